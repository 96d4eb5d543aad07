"""OpenDocument text, spreadsheets and slides to blocks, from their XML: what the program shows, spans expanded.

ODF stores with each cell the text it shows, so numbers and dates read as displayed. Tracked deletions, hidden
sections, rows and columns are left out; what was hidden is reported.
"""

import re
from collections.abc import Sequence
from pathlib import PurePath
from typing import Any

from walkdown.documents import ParsedDocument
from walkdown_ingestion.blocks import BlockBuilder
from walkdown_ingestion.clean import clean_line
from walkdown_ingestion.readers.base import damaged, empty
from walkdown_ingestion.readers.charts import write_chart
from walkdown_ingestion.readers.odf_charts import chart_at, chart_series, chart_title
from walkdown_ingestion.readers.odf_styles import Styles
from walkdown_ingestion.readers.odf_tables import (
    BOXES,
    SKIPPED,
    count,
    hidden_columns,
    hidden_rows,
    inline_text,
    left_out,
    sheet_cells,
    single_cell,
    table_rows,
)
from walkdown_ingestion.readers.package import Package, protected
from walkdown_ingestion.readers.sheets import Cell, Sheet, append_sheet

KIND = "an OpenDocument file"
_URN = "urn:oasis:names:tc:opendocument:xmlns:"
_TEXT, _TABLE, _DRAW, _OFFICE = (f"{{{_URN}{part}:1.0}}" for part in ("text", "table", "drawing", "office"))
_SLIDES = f"{{{_URN}presentation:1.0}}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_STYLE = f"{{{_URN}style:1.0}}"
_EDGES = frozenset(f"{_STYLE}{part}{kind}" for part in ("header", "footer") for kind in ("", "-first", "-left"))
_FIELDS = frozenset(f"{_TEXT}{name}" for name in ("page-number", "page-count", "sheet-name", "date", "time"))
_ONLY_PAGE = re.compile(r"(?:page|쪽|페이지|página)[\W_]*(?:of|/)?[\W_]*", re.IGNORECASE)
_MAX_LEVEL = 6
_MAX_DEPTH = 60


class _Walker:
    """Turns the body into blocks."""

    def __init__(self, styles: Styles, package: Package) -> None:
        self._package = package
        self.builder = BlockBuilder()
        self.warnings: list[str] = []
        self._styles = styles
        self._counted: dict[tuple[str, int], int] = {}
        self._outlined: list[int] = []

    def walk(self, element: Any, depth: int = 0) -> None:
        for child in element:
            if not isinstance(child.tag, str) or child.tag in SKIPPED or depth > _MAX_DEPTH:
                continue
            if child.get(f"{_TEXT}display") == "none":
                self.warnings.append("a hidden section was left out")
            elif child.tag == f"{_TEXT}h":
                self._heading(child, self._outline_number(child))
                self._frames(child, depth)
            elif child.tag == f"{_TEXT}p":
                self._paragraph(child, depth)
            elif child.tag == f"{_TEXT}list":
                self._list(child, 1, child.get(f"{_TEXT}style-name", ""))
            elif child.tag == f"{_TABLE}table":
                self._table(child, depth)
            else:
                self._drawn(child, depth)

    def _drawn(self, element: Any, depth: int) -> None:
        """A slide, a chart, the title of a slide, or what only holds other things."""
        if element.tag == f"{_DRAW}page":
            self._slide(element, depth)
        elif element.tag == f"{_DRAW}object":
            self._chart(element)
        elif element.tag == f"{_DRAW}frame" and element.get(f"{_SLIDES}class") == "title":
            self.builder.heading(" ".join(inline_text(p) for p in element.iter(f"{_TEXT}p")), 1)
        else:
            self.walk(element, depth + 1)

    def _paragraph(self, element: Any, depth: int) -> None:
        style = element.get(f"{_TEXT}style-name", "")
        text = inline_text(element)
        if style == "Title" and text.strip():
            self.builder.heading(text, 1)
        elif element.get(f"{_TEXT}style-name", "").startswith(("Caption", "Table", "Illustration", "Figure")):
            self.builder.caption(text)
        else:
            self.builder.paragraph(text)
        self._frames(element, depth)

    def _heading(self, element: Any, number: str) -> None:
        text = inline_text(element)
        level = min(count(element, f"{_TEXT}outline-level"), _MAX_LEVEL)
        self.builder.heading(f"{number} {text}" if number and text.strip() else text, level)

    def _outline_number(self, element: Any) -> str:
        """The number of a heading of the chapters, which the program counts by itself."""
        level = min(count(element, f"{_TEXT}outline-level"), _MAX_DEPTH)
        style = self._styles.outline.get(level)
        unlisted = element.get(f"{_TEXT}is-list-header") == "true" or self._styles.is_unlisted(
            element.get(f"{_TEXT}style-name", "")
        )
        if style is None or not style.format or unlisted:
            return ""
        starts = [self._styles.outline[n].start if n in self._styles.outline else 1 for n in range(1, level + 1)]
        numbers = self._outlined[:level] + [start - 1 for start in starts[len(self._outlined) :]]
        own = element.get(f"{_TEXT}start-value") is not None
        numbers[-1] = count(element, f"{_TEXT}start-value") if own else numbers[-1] + 1
        self._outlined = numbers
        plain = (self._styles.outline.get(n, style).plain(max(i, 1)) for n, i in enumerate(numbers[:-1], 1))
        return style.shown(numbers[-1], tuple(plain))

    def _frames(self, element: Any, depth: int) -> None:
        """Text boxes and charts anchored in a paragraph."""
        for frame in element.iter(*BOXES, f"{_DRAW}object"):
            if frame.tag in BOXES:
                self.walk(frame, depth + 1)
            elif not any(e.tag in BOXES for e in frame.iterancestors()):
                self._chart(frame)

    def _chart(self, place: Any, *, numbers: bool = True) -> None:
        if (chart := chart_at(place, self._package)) is not None:
            write_chart(chart_title(chart), chart_series(chart), self.builder, numbers=numbers)

    def _slide(self, page: Any, depth: int) -> None:
        """A slide and what its speaker notes; one that is not shown is left out and told."""
        if page.get(f"{_DRAW}style-name", "") in self._styles.hidden:
            self.warnings.append(f"slide {page.get(f'{_DRAW}name', '')} is hidden and was left out")
            return
        self.walk(page, depth + 1)
        for frame in page.iterfind(f"{_SLIDES}notes/{_DRAW}frame"):
            texts = [inline_text(p) for p in frame.iter(f"{_TEXT}p")]
            if frame.get(f"{_SLIDES}class") == "notes" and any(text.strip() for text in texts):
                self.builder.paragraph(f"Speaker notes: {chr(10).join(texts)}")

    def _list(
        self, element: Any, level: int, style: str, above: tuple[str, ...] = (), *, goes_on: bool = False
    ) -> None:
        numbered = self._styles.numbered.get((style, level))
        told = element.get(f"{_TEXT}continue-numbering") == "true" or element.get(f"{_TEXT}continue-list")
        goes_on = goes_on or bool(told)
        start = numbered.start - 1 if numbered else 0
        number = self._counted.get((style, level), start) if goes_on else start
        for item in element:
            if item.tag not in (f"{_TEXT}list-item", f"{_TEXT}list-header"):
                continue
            # An item that begins with a list only leads down to its level again, after a text that stood between.
            leads = len(item) > 0 and item[0].tag == f"{_TEXT}list"
            if item.tag == f"{_TEXT}list-item" and not leads:
                own = item.get(f"{_TEXT}start-value") is not None
                number = count(item, f"{_TEXT}start-value") if own else number + 1
                self._counted[style, level] = number
                for deeper in [key for key in self._counted if key[0] == style and key[1] > level]:
                    del self._counted[deeper]
            marker = (numbered.shown(number, above) or "-") if numbered else "-"
            below = (*above, numbered.plain(max(number, 1)) if numbered else "")
            marker = marker if item.tag == f"{_TEXT}list-item" else ""
            for child in item:
                if child.tag == f"{_TEXT}list" and level < _MAX_DEPTH:
                    self._list(
                        child, level + 1, child.get(f"{_TEXT}style-name", style), below, goes_on=leads and goes_on
                    )
                elif child.tag == f"{_TEXT}h":
                    self._heading(child, marker if any(map(str.isalnum, marker)) else "")
                    marker = ""
                elif child.tag == f"{_TEXT}p":
                    if marker:
                        self.builder.item(marker, inline_text(child), level - 1)
                    else:
                        self.builder.continue_item(inline_text(child), level - 1)
                    marker = ""

    def _table(self, table: Any, depth: int) -> None:
        """A table, or a box drawn as a table of one cell."""
        if (box := single_cell(table)) is not None:
            self.walk(box, depth + 1)
        else:
            rows, header = table_rows(table)
            self.builder.table(rows, header or None)
            for place in table.iter(f"{_DRAW}object"):
                self._chart(place)

    def sheet(self, table: Any, *, heading: bool) -> None:
        """A sheet of a spreadsheet."""
        name = table.get(f"{_TABLE}name", "")
        if table.get(f"{_TABLE}style-name", "") in self._styles.hidden:
            self.warnings.append(f"sheet {name} is hidden and was left out")
            return
        if hidden := hidden_rows(table):
            self.warnings.append(f"sheet {name}: {hidden} hidden rows were left out")
        if hidden := hidden_columns(table):
            self.warnings.append(f"sheet {name}: {hidden} hidden columns were left out")
        bold = self._styles.bold
        rows = {r: {c: Cell(text, style in bold) for c, (text, style) in row.items()} for r, row in sheet_cells(table)}
        append_sheet(Sheet(name, {r: row for r, row in rows.items() if row}), self.builder, heading=heading)
        for box in (one for shapes in table.iterfind(f"{_TABLE}shapes") for one in shapes.iter(*BOXES)):
            self.walk(box)
        for place in table.iter(f"{_DRAW}object"):
            self._chart(place, numbers=False)


def read(data: bytes, name: str) -> ParsedDocument:
    """Read an OpenDocument file. Raises DocumentError when it is damaged, protected, a bomb or empty."""
    package = Package(data, name, KIND)
    if "META-INF/manifest.xml" in package and b"encryption-data" in package.read("META-INF/manifest.xml"):
        raise protected(name)
    root = package.xml("content.xml")
    roots = [root, *([package.xml("styles.xml")] if "styles.xml" in package else [])]
    body = root.find(f"{_OFFICE}body")
    if body is None:
        raise damaged(name, KIND, "it has no body")
    styles = Styles(roots)
    walker = _Walker(styles, package)
    if struck := styles.apply(root):
        walker.warnings.append(f"{struck} characters that are struck through were left out")
    if styles.unseen:
        walker.warnings.append(f"{styles.unseen} characters that no reader of the page can see were left out")
    walker.warnings += left_out(root)
    for part in body:
        if part.tag == f"{_OFFICE}spreadsheet":
            sheets = part.findall(f"{_TABLE}table")
            for sheet in sheets:
                walker.sheet(sheet, heading=len(sheets) > 1)
        else:
            walker.walk(part)
    blocks = walker.builder.blocks
    if not blocks:
        raise empty(name)
    first = next((b.text for b in blocks if b.level == 1 and not b.heading_path), "")
    title = _title(package)
    return ParsedDocument(
        title=title or first or PurePath(name).stem,
        blocks=tuple(blocks),
        warnings=tuple(dict.fromkeys(walker.warnings)),
        metadata={key: value for key, value in (("property.title", title), ("margins", _margins(roots[1:]))) if value},
    )


def _margins(roots: Sequence[Any]) -> str:
    """What stands at the head and foot of the pages, where document number and revision often are."""
    lines: list[str] = []
    for edge in (e for root in roots for page in root.iter(f"{_STYLE}master-page") for e in page):
        if edge.tag not in _EDGES:
            continue
        for field in [e for e in edge.iter() if isinstance(e.tag, str) and e.tag in _FIELDS]:
            field.text = ""
        for part in edge:
            if part.tag == f"{_TABLE}table":
                lines += [" | ".join(dict.fromkeys(filter(None, row))) for row in table_rows(part)[0]]
            else:
                lines += [inline_text(p) for p in ([part] if part.tag == f"{_TEXT}p" else part.iter(f"{_TEXT}p"))]
    kept = (line for line in map(clean_line, lines) if any(map(str.isalnum, line)) and not _ONLY_PAGE.fullmatch(line))
    return "\n".join(dict.fromkeys(kept))


def _title(package: Package) -> str:
    if "meta.xml" not in package:
        return ""
    return clean_line(next((e.text or "" for e in package.xml("meta.xml").iter(f"{_DC}title")), ""))
