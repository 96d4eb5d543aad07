"""Writes a source as an Excel workbook by openpyxl: a sheet for each section, its text above its table."""

import datetime as dt
import io
import re
from collections.abc import Iterator

from corpus_blocks import Block, Runs, Section, UnsupportedMarkdownError, parse, plain, sections, table_rows
from corpus_title import title_block
from corpus_zip import fixed
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from walkdown.packs.figures import figure_rows
from walkdown.packs.sources import Source

_FONT = "맑은 고딕"
_FORBIDDEN = re.compile(r"[\\/*?:\[\]]")
_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,8})(?:\.\d*[1-9])?")
_THIN = Side(style="thin", color="FF555555")
_GRID = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_SHADE = PatternFill("solid", fgColor="FFE8ECEF")
_WIDEST = 48


def cell_value(text: str) -> str | int | float:
    """A number where Excel shows it as it is written, else the text: 52 and 0.35, but not 0.10, 2,300 or 007."""
    if not _NUMBER.fullmatch(text):
        return text
    return float(text) if "." in text else int(text)


def _sheet_name(heading: str, taken: set[str]) -> str:
    name = _FORBIDDEN.sub(" ", heading).strip(" '")[:31].strip() or "Sheet"
    number = 2
    while name.casefold() in taken:
        name = f"{name[:27]} ({number})"
        number += 1
    taken.add(name.casefold())
    return name


def _write_table(sheet: Worksheet, rows: tuple[tuple[Runs, ...], ...]) -> None:
    """A table under what the sheet holds; a header cell that is empty is joined to the one before it."""
    top = sheet.max_row + 1 if sheet.max_row > 1 or sheet["A1"].value is not None else 1
    for row_number, row in enumerate(rows, top):
        for column, runs in enumerate(row, 1):
            cell = sheet.cell(row_number, column, cell_value(plain(runs)) if row_number > top else plain(runs))
            cell.border, cell.alignment = _GRID, Alignment(wrap_text=True, vertical="center")
            cell.font = Font(name=_FONT, size=10, bold=row_number == top or any(run.bold for run in runs))
            if row_number == top:
                cell.fill = _SHADE
    for first, last in _joined([plain(runs) for runs in rows[0]]):
        sheet.merge_cells(start_row=top, end_row=top, start_column=first, end_column=last)


def _joined(header: list[str]) -> Iterator[tuple[int, int]]:
    """First and last column (from 1) of header cells that span several."""
    starts = [n for n, text in enumerate(header, 1) if text or n == 1]
    for start, following in zip(starts, [*starts[1:], len(header) + 1], strict=True):
        if following - start > 1:
            yield start, following - 1


def _write_line(sheet: Worksheet, text: str, *, size: int = 10, bold: bool = False) -> None:
    sheet.append([text])
    sheet.cell(sheet.max_row, 1).font = Font(name=_FONT, size=size, bold=bold)


def _write_block(sheet: Worksheet, block: Block, language: str) -> None:
    if block.kind == "table":
        _write_table(sheet, block.rows)
    elif block.figure is not None:
        _write_line(sheet, block.figure.caption)
        _write_table(sheet, table_rows(figure_rows(block.figure, language)))  # type: ignore[arg-type]  # a Language
    else:
        mark = {"number": f"{block.number}. ", "bullet": "• "}.get(block.kind, "")
        _write_line(sheet, mark + plain(block.runs), bold=block.kind in ("heading", "warning"))


def _fit_columns(sheet: Worksheet, blocks: tuple[Block, ...]) -> None:
    tables = [block.rows for block in blocks if block.kind == "table"]
    for column in range(max((len(rows[0]) for rows in tables), default=0)):
        cells = [plain(row[column]) for rows in tables for row in rows if column < len(row)]
        # A Korean letter is about twice as wide as a Latin one.
        longest = max(sum(2 if ord(c) > 0x1100 else 1 for c in cell) for cell in cells)
        sheet.column_dimensions[get_column_letter(column + 1)].width = min(_WIDEST, max(9, longest + 3))


def _write_sheet(sheet: Worksheet, section: Section, source: Source) -> None:
    if section.heading:
        _write_line(sheet, section.heading, size=12, bold=True)
    for block in section.blocks:
        _write_block(sheet, block, source.header.language)
    _fit_columns(sheet, section.blocks)
    title = title_block(source.header)
    sheet.oddHeader.left.text = title.header
    sheet.oddFooter.left.text = title.sample
    sheet.page_setup.paperSize, sheet.page_setup.orientation = sheet.PAPERSIZE_A4, sheet.ORIENTATION_LANDSCAPE


def to_xlsx(source: Source) -> bytes:
    """The workbook of a source; the same source gives the same bytes. Raises UnsupportedMarkdownError for no table."""
    found = sections(parse(source.body), 2)
    if not any(block.kind in ("table", "figure") for section in found for block in section.blocks):
        raise UnsupportedMarkdownError("a workbook without any table")
    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]  # a new book has an active sheet
    taken: set[str] = set()
    for position, section in enumerate(found):
        name = _sheet_name(section.heading or source.header.id, taken)
        sheet = book.create_sheet(name)
        if position == 0:
            _write_line(sheet, source.header.title, size=14, bold=True)
            for line in title_block(source.header).lines:
                _write_line(sheet, line)
        _write_sheet(sheet, section, source)
    header = source.header
    book.properties.title, book.properties.identifier = header.title, header.id
    book.properties.version, book.properties.creator = header.revision, title_block(header).sample
    book.properties.created = dt.datetime.combine(header.effective_date, dt.time())
    out = io.BytesIO()
    book.save(out)
    return fixed(out.getvalue(), f"{header.effective_date}T00:00:00Z")
