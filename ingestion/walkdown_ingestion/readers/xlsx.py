"""Spreadsheets to blocks by openpyxl's streaming parser: each sheet a heading, its tables with merged cells expanded.

Only cells that are stored are looked at, so one cell at XFD1048576 costs nothing. Hidden sheets, rows and columns are
kept out and reported; values are those stored with the file, macros and formulas are never run.
"""

import io
import re
import warnings
from collections.abc import Iterator, Sequence
from itertools import takewhile
from pathlib import PurePath
from typing import Any, NamedTuple

import openpyxl
from openpyxl.cell.rich_text import CellRichText
from openpyxl.styles.numbers import BUILTIN_FORMATS

from walkdown.documents import Block, BlockKind, ParsedDocument
from walkdown.errors import DocumentError
from walkdown_ingestion.blocks import BlockBuilder
from walkdown_ingestion.clean import clean_cell, clean_line, lowered, superscript
from walkdown_ingestion.readers.base import damaged, empty
from walkdown_ingestion.readers.charts import append_chart, sheets_of
from walkdown_ingestion.readers.embedded import told_objects
from walkdown_ingestion.readers.package import Package
from walkdown_ingestion.readers.sheets import Cell, Sheet, append_sheet, without_hidden
from walkdown_ingestion.readers.strict import opened
from walkdown_ingestion.readers.xlsx_around import box_texts, chart_sheets, charts, comments, diagrams, margins, objects
from walkdown_ingestion.readers.xlsx_borders import Lines, lines_of
from walkdown_ingestion.readers.xlsx_formats import display
from walkdown_ingestion.readers.xlsx_parser import SheetParser

KIND = "a spreadsheet"
_MAX_CELLS = 3_000_000
_MAX_MERGED = 200_000
_WHITES = ("FFFFFFFF", "00FFFFFF")
_RETURN = "_x000D_"
"""How a workbook writes the first half of a line end of Windows."""
_SHOWS_NOTHING = ";;;"
_TITLE_BLOCKS, _TITLE_CHARS, _TITLED_SHEETS = 3, 80, 2
_NO_TITLE = re.compile(r"[:：\n]|\d{4}\D\d{1,2}\D\d{1,2}|[.。]$")
_DEFAULT_NAME = re.compile(r"(?:sheet|시트|table|hoja|工作表)\s*\d*", re.IGNORECASE)


class _Styles(NamedTuple):
    """Number format and weight of each style of a workbook, whether it shows nothing and whether it strikes through."""

    codes: list[str]
    bold: list[bool]
    unseen: list[bool]
    struck: list[bool]
    lines: list[tuple[bool, bool]]


def _styles(book: Any) -> _Styles:
    codes, bold, unseen, struck = [], [], [], []
    for style in book._cell_styles:  # noqa: SLF001 - openpyxl offers styles of streamed cells nowhere else
        own = style.numFmtId - 164
        custom = book._number_formats  # noqa: SLF001
        codes.append(custom[own] if 0 <= own < len(custom) else BUILTIN_FORMATS.get(style.numFmtId) or "General")
        fonts = book._fonts  # noqa: SLF001
        font = fonts[style.fontId] if style.fontId < len(fonts) else None
        fills = book._fills  # noqa: SLF001
        fill = fills[style.fillId] if style.fillId < len(fills) else None
        bold.append(bool(font is not None and font.b))
        unseen.append(codes[-1].strip() == _SHOWS_NOTHING or (_is_white(font) and _is_bare(fill)))
        struck.append(bool(font is not None and font.strike))
    return _Styles(codes, bold, unseen, struck, lines_of(book))


def _is_white(font: Any) -> bool:
    """True for a font in white; the theme's first colour is its ground, white in nearly every workbook."""
    color = font.color if font is not None else None
    if color is None:
        return False
    return (
        color.rgb in _WHITES if color.type == "rgb" else color.type == "theme" and color.theme == 0 and not color.tint
    )


def _is_bare(fill: Any) -> bool:
    """True for a cell without a ground of its own, or a white one."""
    pattern = getattr(fill, "patternType", None) if fill is None or hasattr(fill, "patternType") else "gradient"
    return pattern in (None, "none") or (pattern == "solid" and fill.fgColor.rgb in _WHITES)


def _parser(sheet: Any, source: Any) -> SheetParser:
    book = sheet.parent
    return SheetParser(
        source,
        sheet._shared_strings,  # noqa: SLF001
        data_only=True,
        epoch=book.epoch,
        date_formats=book._date_formats,  # noqa: SLF001
        timedelta_formats=book._timedelta_formats,  # noqa: SLF001
        rich_text=True,
    )


def _is_on(value: object) -> bool:
    return str(value or "").lower() in ("1", "true")


def _hidden_columns(parser: SheetParser) -> set[int]:
    hidden: set[int] = set()
    for attributes in parser.column_dimensions.values():
        if _is_on(attributes.get("hidden")):
            low, high = int(attributes.get("min", 1)), int(attributes.get("max", 1))
            hidden.update(range(low, min(high, 16384) + 1))
    return hidden


def _rows(parser: SheetParser, styles: _Styles, lines: Lines, name: str) -> Iterator[tuple[int, dict[int, Cell]]]:
    count = 0
    for index, cells in parser.parse():
        count += len(cells)
        if count > _MAX_CELLS:
            raise DocumentError(
                f"{name} holds a sheet of more than {_MAX_CELLS:,} cells.",
                "Export the part that people read as a sheet of its own; raw data belongs in a historian.",
            )
        row: dict[int, Cell] = {}
        for cell in cells:
            style = cell["style_id"] if cell["style_id"] < len(styles.codes) else 0
            lines.see(index, cell["column"], style)
            value, struck = _plain(cell["value"])
            parser.struck += struck
            text = clean_cell(display(value, styles.codes[style] if styles.codes else "General"))
            if text and styles.struck and styles.struck[style]:
                parser.struck += len(text)
            elif text and styles.unseen and styles.unseen[style]:
                parser.unseen += len(text)
            elif text:
                row[cell["column"]] = Cell(text, bool(styles.bold and styles.bold[style]))
        if row:
            yield index, row


def _plain(value: Any) -> tuple[Any, int]:
    """A value whose text has parts of different fonts: raised digits as such, and without what is struck through."""
    if not isinstance(value, CellRichText):
        return value.replace(_RETURN, "") if isinstance(value, str) else value, 0
    parts: list[str] = []
    struck = 0
    for part in value:
        if isinstance(part, str):
            parts.append(part)
        elif part.font.strike:
            struck += len(part.text)
        else:
            shifted = {"superscript": superscript, "subscript": lowered}.get(part.font.vertAlign or "", str)
            parts.append(shifted(part.text))
    return "".join(parts).replace(_RETURN, ""), struck


def _expand(rows: dict[int, dict[int, Cell]], parser: SheetParser) -> None:
    """Write the value of each merged range into all of its cells, inside the area that is in use."""
    ranges = parser.merged_cells.mergeCell if parser.merged_cells is not None else ()
    last = max(rows, default=0)
    right = max((max(row) for row in rows.values()), default=0)
    budget = _MAX_MERGED
    for merged in ranges:
        low_column, low_row, high_column, high_row = merged.min_col, merged.min_row, merged.max_col, merged.max_row
        cell = rows.get(low_row, {}).get(low_column)
        high_row, high_column = min(high_row, last), min(high_column, right)
        budget -= max(high_row - low_row + 1, 0) * max(high_column - low_column + 1, 0)
        if cell is None or budget < 0:
            continue
        for r in range(low_row, high_row + 1):
            for c in range(low_column, high_column + 1):
                rows.setdefault(r, {})[c] = cell


def _sheet(sheet: Any, styles: _Styles, name: str) -> tuple[Sheet, list[str], list[str]]:
    """The cells of a sheet, what to tell of those left out, and what it prints at the head and foot of its pages."""
    with sheet._get_source() as source:  # noqa: SLF001
        parser = _parser(sheet, source)
        lines = Lines(styles.lines)
        rows = dict(_rows(parser, styles, lines, name))
    _expand(rows, parser)
    lines.carry_labels(rows)
    hidden_rows = {int(i) for i, attributes in parser.row_dimensions.items() if _is_on(attributes.get("hidden"))}
    hidden_columns = _hidden_columns(parser)
    dropped = [r for r in rows if r in hidden_rows]
    left_out = {c for row in rows.values() for c in row if c in hidden_columns}
    kept = without_hidden(rows, hidden_rows, hidden_columns)
    found = []
    if dropped:
        found.append(f"sheet {sheet.title}: {len(dropped)} hidden rows were left out")
    if left_out:
        found.append(f"sheet {sheet.title}: {len(left_out)} hidden columns were left out")
    if parser.unseen:
        found.append(f"sheet {sheet.title}: {parser.unseen} characters in cells that show nothing were left out")
    if parser.struck:
        found.append(f"sheet {sheet.title}: {parser.struck} characters that are struck through were left out")
    if parser.faulty:
        found.append(f"sheet {sheet.title}: {parser.faulty} cells are damaged and were left out")
    if parser.unvalued:
        found.append(
            f"sheet {sheet.title}: {parser.unvalued} formulas were saved without a value and are missing; open and "
            "save the file in a spreadsheet program"
        )
    printed = margins(getattr(parser, "HeaderFooter", None))
    return Sheet(sheet.title, {r: row for r, row in kept.items() if row}), found, printed


def _open(data: bytes, name: str) -> Any:
    try:
        return openpyxl.load_workbook(
            io.BytesIO(data), read_only=True, data_only=True, keep_links=False, rich_text=True
        )
    except Exception as error:
        raise damaged(name, KIND, error) from error


def _append_charts(package: Package, path: str, book: Any, builder: BlockBuilder) -> None:
    """The charts of a sheet: their numbers only where they stand on no sheet that is read."""
    visible = {sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"}
    for root in charts(package, path):
        append_chart(root, builder, numbers=not sheets_of(root) <= visible)


def _title(blocks: Sequence[Block], book: Any) -> str:
    """The line above the cells of the first sheet, which names a workbook of one sheet or two."""
    if len(book.worksheets) > _TITLED_SHEETS:
        return ""
    above = list(takewhile(lambda b: b.kind is not BlockKind.TABLE, blocks[:_TITLE_BLOCKS]))
    lines = [b.text for b in above if b.level != 1 and len(b.text) <= _TITLE_CHARS and not _NO_TITLE.search(b.text)]
    return lines[0] if lines and len(above) < len(blocks) else ""


def read(data: bytes, name: str) -> ParsedDocument:
    """Read a workbook (.xlsx, .xlsm). Raises DocumentError when it is damaged, protected, a bomb or empty."""
    found: list[str] = []
    around: list[str] = []
    builder = BlockBuilder()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        data, package = opened(data, name, KIND)
        book = _open(data, name)
        try:
            styles = _styles(book)
            for sheet in book.worksheets:
                if sheet.sheet_state != "visible":
                    found.append(f"sheet {sheet.title} is hidden and was left out")
                    continue
                one, notes, printed = _sheet(sheet, styles, name)
                if count := comments(package, sheet):
                    notes.append(f"sheet {sheet.title}: {count} comments on cells were left out")
                found += notes
                around += printed
                named = len(book.worksheets) > 1 or not _DEFAULT_NAME.fullmatch(sheet.title)
                append_sheet(one, builder, heading=named)
                for text in box_texts(package, sheet):
                    builder.paragraph(text)
                for text in diagrams(package, sheet._worksheet_path):  # noqa: SLF001
                    builder.item("-", text)
                found += told_objects(
                    objects(package, sheet._worksheet_path),  # noqa: SLF001
                    f"sheet {sheet.title}: ",
                )
                _append_charts(package, sheet._worksheet_path, book, builder)  # noqa: SLF001
            for path in chart_sheets(package):
                _append_charts(package, path, book, builder)
        except DocumentError:
            raise
        except Exception as error:
            raise damaged(name, KIND, error) from error
        finally:
            book.close()
    if not builder.blocks:
        raise empty(name)
    properties = {
        f"property.{key}": clean_line(str(getattr(book.properties, key, None) or ""))
        for key in ("title", "subject", "keywords", "category")
    }
    properties["margins"] = "\n".join(dict.fromkeys(around))
    return ParsedDocument(
        title=properties["property.title"] or _title(builder.blocks, book) or PurePath(name).stem,
        blocks=tuple(builder.blocks),
        warnings=tuple(found),
        metadata={key: value for key, value in properties.items() if value},
    )
