"""What both Hangul formats come down to: paragraphs and tables in order, made into blocks.

Many Korean documents set headings by size and weight alone, so a short line that is larger than the body text, or bold
and numbered, is a heading as well as one of an outline style.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from walkdown_ingestion.blocks import BlockBuilder
from walkdown_ingestion.clean import clean_line
from walkdown_ingestion.readers.charts import append_chart
from walkdown_ingestion.readers.text import heading_level

_CHAPTER = re.compile(
    r"제\s?\d+\s?[편장절관](?:\s|$)|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]+\s?\.\s?\S|부\s?록\s?\d"
    r"|[\[<(【〈「]?\s*(?:별\s?[표지첨]|붙\s?임|첨\s?부|서\s?식)\s*(?:제\s?)?\d{1,2}\s?호?(?!\s*[부매장개건]\b)(?:[\s.\]>)】〉」]|$)"
)
_CAPTION = re.compile(r"[\[<【(〈]?\s*(?:표|그림|도표|Table|Fig(?:ure)?\.?)\s*[<\[]?\s*[A-Z]?\d", re.IGNORECASE)
_SENTENCE = re.compile(r"[.,;:!?。]$|(?:다|요|음|함|것)\.?$")
_MARKER = re.compile(
    r"(?P<marker>[-–•·▪◦∙*○●□■◇◆▶☞※ㅇ]|\(?\d{1,3}[.)]|\([가-하a-z]\)|[가-하][.)]|[①-⑳])\s+(?P<text>\S.*)", re.DOTALL
)
_HEADING_CHARS = 70
_LARGER, _MUCH_LARGER = 1.12, 1.4
_MANY, _MOST = 6, 0.6


class Para(NamedTuple):
    """A paragraph. `level`: of an outline style, 0 for text; `marker`: its number or bullet; `size` in points."""

    text: str
    level: int = 0
    marker: str = ""
    depth: int = 0
    size: float = 0.0
    bold: bool = False
    caption: bool = False


class TablePart(NamedTuple):
    """A table with merged cells expanded; `header` is None where the file marks none."""

    rows: list[list[str]]
    header: int | None = None


class ChartPart(NamedTuple):
    """A chart: the root of its part, as Office files hold them."""

    root: Any


class Placed(NamedTuple):
    """A cell of a table: where it begins, how far it reaches, what it says."""

    row: int
    column: int
    rows: int
    columns: int
    text: str
    header: bool = False


Part = Para | TablePart | ChartPart
_MAX_SIDE = 5000
_MAX_CELLS = 1_000_000


def grid(cells: Sequence[Placed]) -> TablePart:
    """Cells as a table: one merged over rows or columns stands in each of them."""
    cells = [cell for cell in cells if cell.row < _MAX_SIDE and cell.column < _MAX_SIDE]
    height = min(max((c.row + c.rows for c in cells), default=0), _MAX_SIDE)
    width = min(max((c.column + c.columns for c in cells), default=0), _MAX_SIDE)
    if height * width > _MAX_CELLS:
        return TablePart([[cell.text] for cell in cells])
    rows = [[""] * width for _ in range(height)]
    for cell in cells:
        for r in range(cell.row, min(cell.row + cell.rows, height)):
            for c in range(cell.column, min(cell.column + cell.columns, width)):
                rows[r][c] = cell.text
    plain = [cell.row for cell in cells if not cell.header]
    marked = min(plain, default=0)
    return TablePart(rows, marked or None)


def _body_size(parts: Iterable[Part]) -> float:
    sizes: Counter[float] = Counter()
    for part in parts:
        if isinstance(part, Para) and part.size:
            sizes[part.size] += len(part.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _without_misused_outline(parts: Sequence[Part]) -> Sequence[Part]:
    """The parts without outline levels and numbers when most paragraphs have one: such a style tells nothing."""
    paragraphs = [part for part in parts if isinstance(part, Para) and not part.caption]
    outlined = sum(1 for part in paragraphs if part.level)
    if outlined < _MANY or outlined <= _MOST * len(paragraphs):
        return parts
    title = next((part for part in paragraphs if part.text.strip()), None)
    # What is left of the style is that it stands out: short numbered lines are headings, the first line the title.
    return [
        part._replace(level=int(part is title), marker="", bold=True) if isinstance(part, Para) and part.level else part
        for part in parts
    ]


def _level(part: Para, body: float) -> int:
    """Level of a heading, 0 for text."""
    text = clean_line(f"{part.marker} {part.text}")
    if not 1 < len(text) <= _HEADING_CHARS or "\n" in part.text.strip() or _CAPTION.match(text):
        return 0
    if part.level:
        return part.level
    if _CHAPTER.match(text) and not _SENTENCE.search(text):
        return heading_level(text) or 2
    if _SENTENCE.search(text) or not re.search(r"[^\W\d_]{2}", text):
        return 0
    larger = bool(body) and part.size >= _LARGER * body
    if not larger and not (part.bold and re.match(r"\d", text)):
        return 0
    return heading_level(text) or (1 if part.size >= _MUCH_LARGER * body > 0 else 2)


def write(parts: Sequence[Part], builder: BlockBuilder) -> None:
    """Append the parts as blocks."""
    parts = _without_misused_outline(parts)
    body = _body_size(parts)
    for part in parts:
        if isinstance(part, TablePart):
            builder.table(part.rows, part.header)
            continue
        if isinstance(part, ChartPart):
            append_chart(part.root, builder)
            continue
        level = _level(part, body)
        written = _MARKER.fullmatch(part.text.strip()) if not part.marker else None
        if level:
            builder.heading(f"{part.marker} {part.text}", level)
        elif part.caption or (_CAPTION.match(part.text.strip()) and len(part.text) < 2 * _HEADING_CHARS):
            builder.caption(part.text)
        elif part.marker and part.text.strip():
            builder.item(part.marker, part.text, part.depth)
        elif written is not None:
            builder.item(written["marker"], written["text"])
        else:
            builder.paragraph(part.text)
