"""Workbooks saved as "XML Spreadsheet 2003", as control systems export them under the name of Excel files."""

import datetime as dt
from collections.abc import Iterator, Mapping
from pathlib import PurePath
from typing import Any, NamedTuple

from walkdown.documents import ParsedDocument
from walkdown_ingestion.blocks import BlockBuilder
from walkdown_ingestion.clean import clean_cell
from walkdown_ingestion.readers.base import empty
from walkdown_ingestion.readers.package import parse_xml
from walkdown_ingestion.readers.sheets import Cell, Sheet, append_sheet, without_hidden
from walkdown_ingestion.readers.xlsx_formats import display

KIND = "an Excel file in XML"
_S = "{urn:schemas-microsoft-com:office:spreadsheet}"
_X = "{urn:schemas-microsoft-com:office:excel}"
_NAMED = {"Percent": "0.00%", "Fixed": "0.00", "Standard": "#,##0.00", "Scientific": "0.00E+00"}
_LAST_COLUMN, _MAX_MERGED = 16_384, 2_000


class _Style(NamedTuple):
    """How a cell shows its value."""

    code: str = "General"
    bold: bool = False
    struck: bool = False


def _number(element: Any, name: str, default: int) -> int:
    text = element.get(f"{_S}{name}", "")
    return int(text) if text.isdigit() and len(text) < 8 else default


def _styles(root: Any) -> dict[str, _Style]:
    found: dict[str, _Style] = {}
    for style in root.iterfind(f"{_S}Styles/{_S}Style"):
        above = found.get(style.get(f"{_S}Parent", "Default"), _Style())
        shown, font = style.find(f"{_S}NumberFormat"), style.find(f"{_S}Font")
        code = shown.get(f"{_S}Format", "General") if shown is not None else above.code
        bold = font.get(f"{_S}Bold") == "1" if font is not None else above.bold
        struck = font is not None and font.get(f"{_S}StrikeThrough") == "1"
        found[style.get(f"{_S}ID", "")] = _Style(_NAMED.get(code, code), bold, struck)
    return found


def _shown(data: Any, code: str) -> str:
    text = "".join(data.itertext())
    kind = data.get(f"{_S}Type", "String")
    try:
        if kind == "Number":
            value = float(text)
            return display(int(value) if value.is_integer() else value, code)
        if kind == "DateTime":
            return display(dt.datetime.fromisoformat(text), code if code[:1] in "yYdDmMhH" else "General")
    except ValueError:
        return text
    return ("FALSE", "TRUE")[text.strip() == "1"] if kind == "Boolean" else display(text, code)


class _Table:
    """The cells of one sheet with merged ones expanded, and what is hidden of it."""

    def __init__(self, table: Any, styles: Mapping[str, _Style]) -> None:
        self.rows: dict[int, dict[int, Cell]] = {}
        self.hidden_rows: set[int] = set()
        self.hidden_columns = set(_hidden_columns(table))
        self.struck = 0
        self._styles = styles
        row = 0
        for element in table.iterfind(f"{_S}Row"):
            row = _number(element, "Index", row + 1)
            if element.get(f"{_S}Hidden") == "1":
                self.hidden_rows.add(row)
            self._row(element, row)
            row += _number(element, "Span", 0)

    def _row(self, element: Any, row: int) -> None:
        column = 0
        for cell in element.iterfind(f"{_S}Cell"):
            column = _number(cell, "Index", column + 1)
            across, down = _number(cell, "MergeAcross", 0), _number(cell, "MergeDown", 0)
            style = self._styles.get(cell.get(f"{_S}StyleID") or element.get(f"{_S}StyleID") or "Default", _Style())
            data = cell.find(f"{_S}Data")
            text = clean_cell(_shown(data, style.code)) if data is not None else ""
            if style.struck:
                self.struck += len(text)
            elif text and column <= _LAST_COLUMN:
                for r in range(row, row + min(down, _MAX_MERGED) + 1):
                    for c in range(column, column + min(across, _MAX_MERGED) + 1):
                        self.rows.setdefault(r, {}).setdefault(c, Cell(text, style.bold))
            column += across


def _hidden_columns(table: Any) -> Iterator[int]:
    column = 0
    for element in table.iterfind(f"{_S}Column"):
        column = _number(element, "Index", column + 1)
        end = min(column + _number(element, "Span", 0), _LAST_COLUMN)
        if element.get(f"{_S}Hidden") == "1":
            yield from range(column, end + 1)
        column = end


def _told(title: str, table: _Table, sheet: Any) -> list[str]:
    rows = len(table.hidden_rows & set(table.rows))
    columns = len(table.hidden_columns & {c for row in table.rows.values() for c in row})
    comments = sum(1 for _ in sheet.iter(f"{_S}Comment"))
    counts = (
        (rows, "hidden rows"),
        (columns, "hidden columns"),
        (table.struck, "characters that are struck through"),
        (comments, "comments on cells"),
    )
    return [f"sheet {title}: {count} {what} were left out" for count, what in counts if count]


def read(data: bytes, name: str) -> ParsedDocument:
    """Read a workbook in XML. Raises DocumentError when it is damaged or empty."""
    root = parse_xml(data, name, KIND)
    styles = _styles(root)
    builder, told = BlockBuilder(), list[str]()
    sheets = root.findall(f"{_S}Worksheet")
    for sheet in sheets:
        title = sheet.get(f"{_S}Name", "")
        if (sheet.findtext(f"{_X}WorksheetOptions/{_X}Visible") or "SheetVisible") != "SheetVisible":
            told.append(f"sheet {title} is hidden and was left out")
            continue
        for found in sheet.iterfind(f"{_S}Table"):
            table = _Table(found, styles)
            told += _told(title, table, sheet)
            kept = without_hidden(table.rows, table.hidden_rows, table.hidden_columns)
            shown = Sheet(title, {r: dict(sorted(row.items())) for r, row in sorted(kept.items()) if row})
            append_sheet(shown, builder, heading=len(sheets) > 1)
    if not builder.blocks:
        raise empty(name)
    return ParsedDocument(title=PurePath(name).stem, blocks=tuple(builder.blocks), warnings=tuple(told))
