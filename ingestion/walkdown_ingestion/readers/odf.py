"""OpenDocument text, spreadsheets and slides to blocks, from their XML: what the program shows, spans expanded.

ODF stores with each cell the text it shows, so numbers and dates read as displayed. Tracked deletions, hidden
sections, rows and columns are left out; what was hidden is reported.
"""

from pathlib import PurePath
from typing import Any

from walkdown.documents import ParsedDocument
from walkdown_ingestion.blocks import BlockBuilder
from walkdown_ingestion.clean import clean_line
from walkdown_ingestion.readers.base import damaged, empty
from walkdown_ingestion.readers.odf_styles import Styles
from walkdown_ingestion.readers.odf_tables import (
    SKIPPED,
    count,
    hidden_columns,
    hidden_rows,
    inline_text,
    sheet_cells,
    single_cell,
    table_rows,
)
from walkdown_ingestion.readers.package import Package, protected
from walkdown_ingestion.readers.sheets import Cell, Sheet, append_sheet

KIND = "an OpenDocument file"
_URN = "urn:oasis:names:tc:opendocument:xmlns:"
_TEXT, _TABLE, _DRAW, _OFFICE = (f"{{{_URN}{part}:1.0}}" for part in ("text", "table", "drawing", "office"))
_DC = "{http://purl.org/dc/elements/1.1/}"
_MAX_LEVEL = 6
_MAX_DEPTH = 60


class _Walker:
    """Turns the body into blocks."""

    def __init__(self, styles: Styles) -> None:
        self.builder = BlockBuilder()
        self.warnings: list[str] = []
        self._styles = styles
        self._counted: dict[tuple[str, int], int] = {}

    def walk(self, element: Any, depth: int = 0) -> None:
        for child in element:
            if not isinstance(child.tag, str) or child.tag in SKIPPED or depth > _MAX_DEPTH:
                continue
            if child.get(f"{_TEXT}display") == "none":
                self.warnings.append("a hidden section was left out")
            elif child.tag == f"{_TEXT}h":
                self.builder.heading(inline_text(child), min(count(child, f"{_TEXT}outline-level"), _MAX_LEVEL))
                self._frames(child, depth)
            elif child.tag == f"{_TEXT}p":
                self._paragraph(child, depth)
            elif child.tag == f"{_TEXT}list":
                self._list(child, 1, child.get(f"{_TEXT}style-name", ""))
            elif child.tag == f"{_TABLE}table":
                self._table(child, depth)
            elif child.tag == f"{_DRAW}page":
                self.walk(child, depth + 1)
            else:
                self.walk(child, depth + 1)

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

    def _frames(self, element: Any, depth: int) -> None:
        """Text boxes anchored in a paragraph."""
        for frame in element.iter(f"{_DRAW}text-box", f"{_DRAW}custom-shape"):
            self.walk(frame, depth + 1)

    def _list(self, element: Any, level: int, style: str, above: tuple[str, ...] = ()) -> None:
        numbered = self._styles.numbered.get((style, level))
        goes_on = element.get(f"{_TEXT}continue-numbering") == "true" or element.get(f"{_TEXT}continue-list")
        number = self._counted.get((style, level), 0) if goes_on else (numbered.start - 1 if numbered else 0)
        for item in element:
            if item.tag not in (f"{_TEXT}list-item", f"{_TEXT}list-header"):
                continue
            if item.tag == f"{_TEXT}list-item":
                own = item.get(f"{_TEXT}start-value") is not None
                number = count(item, f"{_TEXT}start-value") if own else number + 1
                self._counted[style, level] = number
            marker = (numbered.shown(number, above) or "-") if numbered else "-"
            below = (*above, numbered.plain(number) if numbered else "")
            marker = marker if item.tag == f"{_TEXT}list-item" else ""
            for child in item:
                if child.tag == f"{_TEXT}list" and level < _MAX_DEPTH:
                    self._list(child, level + 1, child.get(f"{_TEXT}style-name", style), below)
                elif child.tag == f"{_TEXT}h":
                    self.builder.heading(inline_text(child), min(count(child, f"{_TEXT}outline-level"), _MAX_LEVEL))
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
    walker = _Walker(styles)
    if struck := styles.apply(root):
        walker.warnings.append(f"{struck} characters that are struck through were left out")
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
        metadata={"property.title": title} if title else {},
    )


def _title(package: Package) -> str:
    if "meta.xml" not in package:
        return ""
    return clean_line(next((e.text or "" for e in package.xml("meta.xml").iter(f"{_DC}title")), ""))
