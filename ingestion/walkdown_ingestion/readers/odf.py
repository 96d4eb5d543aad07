"""OpenDocument text, spreadsheets and slides to blocks, from their XML: what the program shows, spans expanded.

ODF stores with each cell the text it shows, so numbers and dates read as displayed. Tracked deletions, hidden
sections, rows and columns are left out; what was hidden is reported.
"""

from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

from walkdown.documents import ParsedDocument
from walkdown_ingestion.blocks import BlockBuilder
from walkdown_ingestion.clean import clean_cell, clean_line
from walkdown_ingestion.readers.base import damaged, empty
from walkdown_ingestion.readers.odf_styles import Styles
from walkdown_ingestion.readers.package import Package, protected
from walkdown_ingestion.readers.sheets import Cell, Sheet, append_sheet

KIND = "an OpenDocument file"
_URN = "urn:oasis:names:tc:opendocument:xmlns:"
_TEXT, _TABLE, _DRAW, _OFFICE = (f"{{{_URN}{part}:1.0}}" for part in ("text", "table", "drawing", "office"))
_STYLE, _PRESENTATION = f"{{{_URN}style:1.0}}", f"{{{_URN}presentation:1.0}}"
_FO = f"{{{_URN}xsl-fo-compatible:1.0}}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_SKIPPED = frozenset(
    {f"{_TEXT}tracked-changes", f"{_OFFICE}annotation", f"{_TEXT}hidden-paragraph", f"{_PRESENTATION}notes"}
    | {f"{_TEXT}{n}-decls" for n in ("sequence", "variable", "user-field")}
    | {f"{_OFFICE}forms", f"{_TABLE}shapes", f"{_TEXT}table-of-content"}
)
_MAX_REPEAT, _MAX_CELLS, _MAX_LEVEL = 2000, 2_000_000, 6
_MAX_DEPTH = 60


def inline_text(element: Any) -> str:
    """The text of a paragraph with spaces, tabs and line breaks, hidden text left out; notes at its end in brackets.

    Not behind their marks, which often stand between a number and its unit.
    """
    notes: list[str] = []
    return "".join((_inline(element, notes), *notes))


def _inline(element: Any, notes: list[str]) -> str:
    parts = [element.text or ""]
    for child in element:
        tag = child.tag
        if tag == f"{_TEXT}s":
            parts.append(" " * min(_count(child, f"{_TEXT}c"), 200))
        elif tag == f"{_TEXT}tab":
            parts.append("\t")
        elif tag == f"{_TEXT}line-break":
            parts.append("\n")
        elif tag == f"{_TEXT}note":
            body = child.find(f"{_TEXT}note-body")
            notes.append(f" [{' '.join(inline_text(p) for p in body)}]" if body is not None else "")
        elif tag not in _SKIPPED and tag not in (f"{_TEXT}hidden-text", f"{_DRAW}frame", f"{_DRAW}custom-shape"):
            parts.append(_inline(child, notes))
        parts.append(child.tail or "")
    return "".join(parts)


def _count(element: Any, name: str) -> int:
    text = element.get(name, "1")
    return max(int(text), 1) if text.isdigit() and len(text) < 9 else 1


class _Walker:
    """Turns the body into blocks."""

    def __init__(self, styles: Styles) -> None:
        self.builder = BlockBuilder()
        self.warnings: list[str] = []
        self._styles = styles

    def walk(self, element: Any, depth: int = 0) -> None:
        for child in element:
            if not isinstance(child.tag, str) or child.tag in _SKIPPED or depth > _MAX_DEPTH:
                continue
            if child.get(f"{_TEXT}display") == "none":
                self.warnings.append("a hidden section was left out")
            elif child.tag == f"{_TEXT}h":
                self.builder.heading(inline_text(child), min(_count(child, f"{_TEXT}outline-level"), _MAX_LEVEL))
                self._frames(child, depth)
            elif child.tag == f"{_TEXT}p":
                self._paragraph(child, depth)
            elif child.tag == f"{_TEXT}list":
                self._list(child, 1, child.get(f"{_TEXT}style-name", ""))
            elif child.tag == f"{_TABLE}table":
                self._table(child)
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

    def _list(self, element: Any, level: int, style: str) -> None:
        number = 0
        for item in element:
            if item.tag not in (f"{_TEXT}list-item", f"{_TEXT}list-header"):
                continue
            number += 1
            marker = f"{number}." if (style, level) in self._styles.numbered else "-"
            for child in item:
                if child.tag == f"{_TEXT}list" and level < _MAX_DEPTH:
                    self._list(child, level + 1, child.get(f"{_TEXT}style-name", style))
                elif child.tag == f"{_TEXT}h":
                    self.builder.heading(inline_text(child), min(_count(child, f"{_TEXT}outline-level"), _MAX_LEVEL))
                elif child.tag == f"{_TEXT}p":
                    if marker:
                        self.builder.item(marker, inline_text(child), level - 1)
                    else:
                        self.builder.continue_item(inline_text(child), level - 1)
                    marker = ""

    def _table(self, table: Any) -> None:
        rows, header = table_rows(table)
        self.builder.table(rows, header or None)

    def sheet(self, table: Any, *, heading: bool) -> None:
        """A sheet of a spreadsheet."""
        name = table.get(f"{_TABLE}name", "")
        if table.get(f"{_TABLE}style-name", "") in self._styles.hidden:
            self.warnings.append(f"sheet {name} is hidden and was left out")
            return
        hidden = sum(1 for row in _rows(table) if _is_hidden(row) and _has_text(row))
        if hidden:
            self.warnings.append(f"sheet {name}: {hidden} hidden rows were left out")
        bold = self._styles.bold
        rows = {r: {c: Cell(text, style in bold) for c, (text, style) in row.items()} for r, row in _cells(table)}
        append_sheet(Sheet(name, {r: row for r, row in rows.items() if row}), self.builder, heading=heading)


def _rows(table: Any) -> Iterator[Any]:
    """The rows of a table in order, those of nested tables apart."""
    for child in table:
        if child.tag == f"{_TABLE}table-row":
            yield child
        elif child.tag in (f"{_TABLE}{n}" for n in ("table-header-rows", "table-rows", "table-row-group")):
            yield from _rows(child)


def _is_hidden(row: Any) -> bool:
    return row.get(f"{_TABLE}visibility") in ("collapse", "filter")


def _has_text(row: Any) -> bool:
    return any((p.text or "").strip() or len(p) for p in row.iter(f"{_TEXT}p"))


def _cell_text(cell: Any) -> str:
    return clean_cell("\n".join(inline_text(p) for p in cell.iter(f"{_TEXT}p", f"{_TEXT}h")))


def _hidden_columns(table: Any) -> set[int]:
    hidden: set[int] = set()
    at = 1
    for column in table.iter(f"{_TABLE}table-column"):
        repeated = _count(column, f"{_TABLE}number-columns-repeated")
        if column.get(f"{_TABLE}visibility") in ("collapse", "filter"):
            hidden.update(range(at, at + min(repeated, _MAX_REPEAT)))
        at += repeated
    return hidden


def _cells(table: Any) -> Iterator[tuple[int, dict[int, tuple[str, str]]]]:
    """Row number and cells (text, style) by column; spans are expanded, repeats of empty cells cost nothing."""
    spans: dict[int, tuple[int, tuple[str, str]]] = {}
    hidden = _hidden_columns(table)
    number = total = 0
    for row in _rows(table):
        repeated = _count(row, f"{_TABLE}number-rows-repeated")
        cells = {} if _is_hidden(row) else _row(row, spans, hidden)
        for i in range(min(repeated, _MAX_REPEAT) if cells else 0):
            total += len(cells)
            yield number + i + 1, cells
        number += repeated
        if total > _MAX_CELLS:
            return


def _row(row: Any, spans: dict[int, tuple[int, tuple[str, str]]], hidden: set[int]) -> dict[int, tuple[str, str]]:
    cells: dict[int, tuple[str, str]] = {}
    for column in [c for c, (left, _) in spans.items() if left > 0]:
        left, cell = spans[column]
        cells[column] = cell
        spans[column] = (left - 1, cell)
    at = 1
    for cell in row:
        if cell.tag not in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            continue
        repeated = _count(cell, f"{_TABLE}number-columns-repeated")
        text = _cell_text(cell) if cell.tag == f"{_TABLE}table-cell" else ""
        if text:
            held = (text, cell.get(f"{_TABLE}style-name", ""))
            across = min(_count(cell, f"{_TABLE}number-columns-spanned"), _MAX_REPEAT)
            down = min(_count(cell, f"{_TABLE}number-rows-spanned"), _MAX_REPEAT)
            for column in range(at, at + max(across, min(repeated, _MAX_REPEAT))):
                cells[column] = held
                if down > 1:
                    spans[column] = (down - 1, held)
        at += repeated
    return {c: held for c, held in cells.items() if c not in hidden}


def table_rows(table: Any) -> tuple[list[list[str]], int]:
    """The rows of a table in a text, and how many of them are header."""
    rows = [cells for _, cells in _cells(table)]
    width = max((max(cells) for cells in rows if cells), default=0)
    marked = table.find(f"{_TABLE}table-header-rows")
    header = len(marked.findall(f"{_TABLE}table-row")) if marked is not None else 0
    return [[cells[c][0] if c in cells else "" for c in range(1, width + 1)] for cells in rows], header


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
