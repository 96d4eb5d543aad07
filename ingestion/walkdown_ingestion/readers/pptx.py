"""Slides to blocks by python-pptx: titles as headings, text by its level, tables with merged cells, charts as tables.

A slide is a page; boxes are in points from its top-left corner. Hidden slides and text off the slide are kept out and
reported; speaker notes follow the slide they belong to.
"""

import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import Any, NamedTuple

import pptx
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.shapes.group import GroupShape

from walkdown.documents import Box, ParsedDocument
from walkdown.errors import DocumentError
from walkdown_ingestion.blocks import BlockBuilder
from walkdown_ingestion.clean import clean_cell, clean_line
from walkdown_ingestion.readers.base import damaged, empty
from walkdown_ingestion.readers.charts import append_chart
from walkdown_ingestion.readers.counting import slide_number
from walkdown_ingestion.readers.diagrams import DATA, DIAGRAM, diagram_texts
from walkdown_ingestion.readers.embedded import told_objects
from walkdown_ingestion.readers.package import parse_xml
from walkdown_ingestion.readers.pptx_furniture import (
    Key,
    formulas,
    is_furniture,
    repeated,
    run_text,
    seen_text,
    stands_on_white,
    struck_characters,
    unwrap,
)
from walkdown_ingestion.readers.pptx_pairs import pairs
from walkdown_ingestion.readers.strict import opened

KIND = "a presentation"
_EMU = 12700.0
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_FURNITURE = frozenset({PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER, PP_PLACEHOLDER.HEADER})
_TITLES = frozenset({PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE, PP_PLACEHOLDER.VERTICAL_TITLE})
_LISTS = frozenset({PP_PLACEHOLDER.BODY, PP_PLACEHOLDER.OBJECT, PP_PLACEHOLDER.VERTICAL_BODY})
_NOTES = "Speaker notes"
_LINE = 18.0
_MAX_DEPTH = 20


def _placeholder(shape: Any) -> Any:
    return shape.placeholder_format.type if shape.is_placeholder else None


def _is_hidden(shape: Any) -> bool:
    found = shape._element.find(f".//{_P}cNvPr")  # noqa: SLF001 - python-pptx does not tell hidden shapes
    return found is not None and found.get("hidden") in ("1", "true")


def _flat(shapes: Any, depth: int = 0) -> Iterator[Any]:
    """All shapes; a group is read as a whole."""
    for shape in sorted(shapes, key=_place):
        if isinstance(shape, GroupShape) and depth < _MAX_DEPTH:
            yield from _flat(shape.shapes, depth + 1)
        else:
            yield shape


def _place(shape: Any) -> tuple[float, float]:
    """From top to bottom in bands of a line, then from left to right; the title first."""
    if _placeholder(shape) in _TITLES:
        return (-1.0, 0.0)
    top, left = (shape.top or 0) / _EMU, (shape.left or 0) / _EMU
    return (round(top / _LINE), left)


def paragraph_text(paragraph: Any) -> str:
    """The text of a paragraph; fields such as dates stay, line breaks are kept."""
    parts = []
    for node in paragraph._p:  # noqa: SLF001 - runs, fields and breaks in order
        if node.tag in (f"{_A}r", f"{_A}fld"):
            parts.append(run_text(node))
        elif node.tag == f"{_A}br":
            parts.append("\n")
        else:
            parts += formulas(node)
    return "".join(parts)


def table_rows(table: Any) -> tuple[list[list[str]], int | None]:
    """The cells of a table with merged ones expanded, and its header rows where it is marked."""
    rows: list[list[str]] = []
    for r, row in enumerate(table.rows):
        line: list[str] = []
        for c, cell in enumerate(row.cells):
            if (cell.is_spanned and c and row.cells[c - 1]._tc.get("gridSpan", "1") != "1") or (  # noqa: SLF001
                cell._tc.get("hMerge") == "1" and c  # noqa: SLF001
            ):
                line.append(line[c - 1])
            elif cell._tc.get("vMerge") == "1" and r:  # noqa: SLF001
                line.append(rows[r - 1][c])
            else:
                line.append(clean_cell("\n".join(paragraph_text(p) for p in cell.text_frame.paragraphs)))
        rows.append(line)
    return rows, 1 if table.first_row and len(rows) > 1 else None


class _Counted(NamedTuple):
    """The last number of a level, its scheme and where that began."""

    scheme: str
    first: int
    number: int


class _Slide:
    """Writes one slide."""

    def __init__(
        self, number: int, slide: Any, size: tuple[float, float], builder: BlockBuilder, known: Mapping[Key, str]
    ) -> None:
        self._number, self._slide, self._size, self._builder = number, slide, size, builder
        self._known = known
        self.hidden = 0

    def write(self) -> None:
        shown: list[Any] = []
        for shape in _flat(self._slide.shapes):
            if _placeholder(shape) in _FURNITURE or is_furniture(shape, self._known, self._size[1]):
                continue
            if _is_hidden(shape) or self._is_off(shape):
                self.hidden += len(shape.text_frame.text) if shape.has_text_frame else 0
                continue
            shown.append(shape)
        found = pairs(shown, self._one_line)
        values = {value.shape_id for value, _ in found.values()}
        for shape in shown:
            if shape.shape_id in found:
                value, text = found[shape.shape_id]
                self._builder.paragraph(text, (*self._box(shape), *self._box(value)))
            elif shape.shape_id not in values:
                self._shape(shape)
        self._notes()

    def _is_off(self, shape: Any) -> bool:
        if shape.left is None or shape.width is None:
            return False
        x0, y0 = shape.left / _EMU, shape.top / _EMU
        outside = x0 + shape.width / _EMU < 0 or y0 + shape.height / _EMU < 0
        return bool(outside or x0 > self._size[0] or y0 > self._size[1])

    def _box(self, shape: Any) -> tuple[Box, ...]:
        if shape.left is None or shape.width is None:
            return (Box(page=self._number, x0=0, y0=0, x1=self._size[0], y1=self._size[1]),)
        (x0, x1), (y0, y1) = (
            sorted(min(max(v / _EMU, 0.0), limit) for v in (start, start + length))
            for start, length, limit in (
                (shape.left, shape.width, self._size[0]),
                (shape.top, shape.height, self._size[1]),
            )
        )
        return (Box(page=self._number, x0=round(x0, 1), y0=round(y0, 1), x1=round(x1, 1), y1=round(y1, 1)),)

    def _shape(self, shape: Any) -> None:
        boxes = self._box(shape)
        if shape.has_text_frame:
            self._text(shape, boxes)
        elif getattr(shape, "has_table", False) and shape.has_table:
            self._builder.table(*table_rows(shape.table), boxes)
        elif getattr(shape, "has_chart", False) and shape.has_chart:
            append_chart(shape.chart._chartSpace, self._builder, boxes)  # noqa: SLF001
        else:
            for text in self._diagram(shape):
                self._builder.item("-", text, 0, boxes)

    def _text(self, shape: Any, boxes: tuple[Box, ...]) -> None:
        kind = _placeholder(shape)
        white = stands_on_white(self._slide)
        read = [(p, *seen_text(p, on_white=white)) for p in shape.text_frame.paragraphs]
        self.hidden += sum(left_out for _, _, left_out in read)
        paragraphs = [(p, text) for p, text, _ in read]
        filled = [(p, text) for p, text in paragraphs if text.strip()]
        if kind in _TITLES:
            self._builder.heading(" ".join(text for _, text in filled), 1, boxes)
            return
        counts: dict[int, _Counted] = {}
        for paragraph, text in filled:
            listed = (kind in _LISTS and len(filled) > 1) or paragraph.level or _has_bullet(paragraph)
            marker = _marker(paragraph, counts)
            if listed:
                self._builder.item(marker, text, paragraph.level, boxes)
            else:
                self._builder.paragraph(text, boxes)

    def _one_line(self, shape: Any) -> str:
        """The text of a box of one plain line, all of which is seen; "" for any other."""
        white = stands_on_white(self._slide)
        read = [seen_text(p, on_white=white) for p in shape.text_frame.paragraphs]
        lines = [text.strip() for text, _ in read if text.strip()]
        plain = len(lines) == 1 and not any(left_out for _, left_out in read) and "\n" not in lines[0]
        return lines[0] if plain and not any(map(_has_bullet, shape.text_frame.paragraphs)) else ""

    def _diagram(self, shape: Any) -> list[str]:
        """Texts of a SmartArt diagram, in the order they were written."""
        found = shape._element.find(f".//{DIAGRAM}")  # noqa: SLF001
        if found is None:
            return []
        part = self._slide.part.related_part(found.get(DATA))
        return diagram_texts(parse_xml(part.blob, str(part.partname), KIND))

    def _notes(self) -> None:
        if self._slide.has_notes_slide and self._slide.notes_slide.notes_text_frame is not None:
            text = self._slide.notes_slide.notes_text_frame.text.strip()
            # A remark of who speaks is told from what the slide states.
            self._builder.paragraph(f"{_NOTES}: {text}" if text else "", self._whole())

    def _whole(self) -> Sequence[Box]:
        return (Box(page=self._number, x0=0, y0=0, x1=self._size[0], y1=self._size[1]),)


def _marker(paragraph: Any, counts: dict[int, _Counted]) -> str:
    """The number of a paragraph that is numbered by itself, else a dash; `counts` holds the last ones by level.

    Numbers of another scheme, or that begin elsewhere, are counted anew.
    """
    for deeper in [level for level in counts if level > paragraph.level]:
        del counts[deeper]
    numbered = paragraph._p.find(f"{_A}pPr/{_A}buAutoNum")  # noqa: SLF001
    if numbered is None:
        counts.pop(paragraph.level, None)
        return "-"
    start, scheme = numbered.get("startAt", "1"), numbered.get("type", "")
    first = int(start) if start.isdigit() and len(start) < 6 else 1
    before = counts.get(paragraph.level)
    goes_on = before is not None and before[:2] == (scheme, first)
    number = before.number + 1 if before is not None and goes_on else first
    counts[paragraph.level] = _Counted(scheme, first, number)
    return slide_number(number, scheme)


def _has_bullet(paragraph: Any) -> bool:
    properties = paragraph._p.find(f"{_A}pPr")  # noqa: SLF001
    return properties is not None and any(properties.find(f"{_A}{t}") is not None for t in ("buChar", "buAutoNum"))


def _blocks(slides: Any, builder: BlockBuilder) -> tuple[list[str], str]:
    """What to tell of the slides, and the text they repeat at their edges."""
    size = ((slides.slide_width or 0) / _EMU, (slides.slide_height or 0) / _EMU)
    notes = []
    shown = [s for s in slides.slides if s._element.get("show") not in ("0", "false")]  # noqa: SLF001
    for slide in shown:
        unwrap(slide)
    known = repeated((_flat(slide.shapes) for slide in shown), size[1])
    for number, slide in enumerate(slides.slides, 1):
        if slide._element.get("show") in ("0", "false"):  # noqa: SLF001 - hidden slides are told nowhere else
            notes.append(f"slide {number} is hidden and was left out")
            continue
        one = _Slide(number, slide, size, builder, known)
        one.write()
        kinds = Counter(e.get("progId") or "unknown" for e in slide._element.iter(f"{_P}oleObj"))  # noqa: SLF001
        notes += told_objects(kinds, f"slide {number}: ")
        if struck := struck_characters(slide):
            notes.append(f"slide {number}: {struck} characters that are struck through were left out")
        if one.hidden:
            notes.append(f"slide {number}: {one.hidden} characters that no viewer of the slide can see were left out")
    return notes, "\n".join(text for key, text in known.items() if key[0].strip(" #/-"))


def read(data: bytes, name: str) -> ParsedDocument:
    """Read a presentation (.pptx, .pptm). Raises DocumentError when it is damaged, protected, a bomb or empty."""
    data, _ = opened(data, name, KIND)
    builder = BlockBuilder()
    try:
        slides = pptx.Presentation(io.BytesIO(data))
        notes, margins = _blocks(slides, builder)
        title = clean_line(slides.core_properties.title or "")
        count = len(slides.slides)
    except DocumentError:
        raise
    except Exception as error:
        raise damaged(name, KIND, error) from error
    if not builder.blocks:
        raise empty(name)
    first = next((b.text for b in builder.blocks if b.level == 1 and not b.heading_path), "")
    generic = title.lower() in ("powerpoint presentation", "powerpoint 프레젠테이션", "")
    return ParsedDocument(
        title=first or ("" if generic else title) or PurePath(name).stem,
        blocks=tuple(builder.blocks),
        page_count=count,
        warnings=tuple(notes),
        metadata={
            key: value for key, value in (("property.title", "" if generic else title), ("margins", margins)) if value
        },
    )
