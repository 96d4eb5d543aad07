"""Paragraphs and tables of OpenDocument as texts: notes at the end, spans expanded, hidden cells left out."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Any

from walkdown_ingestion.clean import clean_cell
from walkdown_ingestion.readers.xlsx_formats import general
from walkdown_ingestion.tables import inline_table

_URN = "urn:oasis:names:tc:opendocument:xmlns:"
_TEXT, _TABLE, _DRAW, _OFFICE = (f"{{{_URN}{part}:1.0}}" for part in ("text", "table", "drawing", "office"))
_PRESENTATION = f"{{{_URN}presentation:1.0}}"
SKIPPED = frozenset(
    {f"{_TEXT}tracked-changes", f"{_OFFICE}annotation", f"{_TEXT}hidden-paragraph", f"{_PRESENTATION}notes"}
    | {f"{_TEXT}{n}-decls" for n in ("sequence", "variable", "user-field")}
    | {f"{_OFFICE}forms", f"{_TABLE}shapes", f"{_TEXT}table-of-content"}
)
BOXES = tuple(
    f"{_DRAW}{name}"
    for name in (
        "text-box", "custom-shape", "rect", "ellipse", "circle", "line", "polyline", "polygon", "regular-polygon",
        "path", "connector", "caption", "measure",
    )
)  # fmt: skip
"""What is drawn and may hold paragraphs of its own."""
_APART = frozenset({f"{_TEXT}hidden-text", f"{_TEXT}ruby-text", f"{_DRAW}frame", f"{_DRAW}g", *BOXES})
"""What is no part of the line it is anchored in: drawn boxes, readings written above a word, hidden text."""
_STORED = {"date": "date-value", "time": "time-value", "boolean": "boolean-value", "string": "string-value"}
_LAPSE = re.compile(r"PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:[.,]\d+)?S)?")
_SPACED = re.compile(r"(?<!\d)\d{1,3}(?: \d{3})+(?!\d)")
_MAX_REPEAT, _MAX_CELLS = 2000, 2_000_000
_MAX_DEPTH = 20


def left_out(root: Any) -> list[str]:
    """What to tell of text that tracked changes delete and of comments."""
    paragraphs = (p for e in root.iter(f"{_TEXT}deletion") for p in e.iter(f"{_TEXT}p", f"{_TEXT}h"))
    deleted = sum(len("".join(p.itertext())) for p in paragraphs)
    comments = sum(1 for _ in root.iter(f"{_OFFICE}annotation"))
    told = [f"{deleted} characters that tracked changes delete were left out"] if deleted else []
    return told + ([f"{comments} comments were left out"] if comments else [])


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
            parts.append(" " * min(count(child, f"{_TEXT}c"), 200))
        elif tag == f"{_TEXT}tab":
            parts.append("\t")
        elif tag == f"{_TEXT}line-break":
            parts.append("\n")
        elif tag == f"{_TEXT}note":
            body = child.find(f"{_TEXT}note-body")
            notes.append(f" [{' '.join(inline_text(p) for p in body)}]" if body is not None else "")
        elif tag not in SKIPPED and tag not in _APART:
            parts.append(_inline(child, notes))
        parts.append(child.tail or "")
    return "".join(parts)


def count(element: Any, name: str) -> int:
    """A number of times that an attribute tells, 1 where it does not."""
    text = element.get(name, "1")
    return max(int(text), 1) if text.isdigit() and len(text) < 9 else 1


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


def hidden_rows(table: Any) -> int:
    """How many rows with text are hidden."""
    return sum(1 for row in _rows(table) if _is_hidden(row) and _has_text(row))


def hidden_columns(table: Any) -> int:
    """How many columns with text are hidden."""
    hidden = set(_hidden(table))
    return len({c for row in _rows(table) for c in _row(row, {})} & hidden) if hidden else 0


def _cell_text(cell: Any, depth: int = 0) -> str:
    """The text of a cell; a table in it row by row under its own header."""
    return clean_cell("\n".join(_cell_parts(cell, depth)))


def _cell_parts(element: Any, depth: int) -> Iterator[str]:
    for child in element:
        if child.tag in SKIPPED or depth > _MAX_DEPTH or child.get(f"{_TEXT}display") == "none":
            continue
        if child.tag in (f"{_TEXT}p", f"{_TEXT}h"):
            yield inline_text(child)
            for frame in child.iter(*BOXES):
                yield from _cell_parts(frame, depth + 1)
        elif child.tag == f"{_TABLE}table":
            rows, header = table_rows(child, depth + 1)
            yield inline_table(rows, header or None)
        else:
            yield from _cell_parts(child, depth + 1)


def _hidden(table: Any) -> list[int]:
    """The numbers of the columns that are hidden, in order."""
    hidden: list[int] = []
    at = 1
    for column in _columns(table):
        repeated = count(column, f"{_TABLE}number-columns-repeated")
        if _is_hidden(column):
            hidden += range(at, at + min(repeated, _MAX_REPEAT))
        at += repeated
    return hidden


def _columns(table: Any) -> Iterator[Any]:
    """The columns of a table, those of nested tables apart."""
    for child in table:
        if child.tag == f"{_TABLE}table-column":
            yield child
        elif child.tag in (f"{_TABLE}{n}" for n in ("table-header-columns", "table-columns", "table-column-group")):
            yield from _columns(child)


Spans = dict[int, tuple[int, tuple[str, str]]]
"""For each column the cell that reaches down into the next rows, and how many of them."""


def sheet_cells(table: Any, depth: int = 0) -> Iterator[tuple[int, dict[int, tuple[str, str]]]]:
    """Row number and cells (text, style) by column; spans are expanded, repeats of empty cells cost nothing.

    Hidden rows and columns are not counted: the rows and columns around them stand beside each other.
    """
    spans: Spans = {}
    hidden = _hidden(table)
    gone = set(hidden)
    number = total = 0
    for row in _rows(table):
        repeated = count(row, f"{_TABLE}number-rows-repeated")
        cells = _row(row, spans, depth)
        if _is_hidden(row):
            continue
        cells = {c - bisect_left(hidden, c): held for c, held in cells.items() if c not in gone}
        for i in range(min(repeated, _MAX_REPEAT) if cells else 0):
            total += len(cells)
            yield number + i + 1, cells
        number += repeated
        if total > _MAX_CELLS:
            return


def _row(row: Any, spans: Spans, depth: int = 0) -> dict[int, tuple[str, str]]:
    cells: dict[int, tuple[str, str]] = {}
    for column in [c for c, (left, _) in spans.items() if left > 0]:
        left, cell = spans[column]
        cells[column] = cell
        spans[column] = (left - 1, cell)
    at = 1
    for cell in row:
        if cell.tag not in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            continue
        repeated = count(cell, f"{_TABLE}number-columns-repeated")
        text = _signed(cell, _cell_text(cell, depth)) if cell.tag == f"{_TABLE}table-cell" else ""
        text = text or (_stored(cell) if cell.tag == f"{_TABLE}table-cell" else "")
        if text:
            held = (text, cell.get(f"{_TABLE}style-name", ""))
            across = min(count(cell, f"{_TABLE}number-columns-spanned"), _MAX_REPEAT)
            down = min(count(cell, f"{_TABLE}number-rows-spanned"), _MAX_REPEAT)
            for column in range(at, at + max(across, min(repeated, _MAX_REPEAT))):
                cells[column] = held
                if down > 1:
                    spans[column] = (down - 1, held)
        at += repeated
    return cells


def _stored(cell: Any) -> str:
    """The value of a cell that was saved without the text it shows, as scripts save them."""
    if cell.find(f"{_TEXT}p") is not None:
        return ""
    kind = cell.get(f"{_OFFICE}value-type", "")
    value = str(cell.get(f"{_OFFICE}{_STORED.get(kind, 'value')}", ""))
    if kind in ("boolean", "string"):
        return value.upper() if kind == "boolean" else clean_cell(value)
    if kind == "date":
        return value.removesuffix("T00:00:00").replace("T", " ")
    if kind == "time" and (time := _LAPSE.fullmatch(value)) is not None:
        return f"{int(time[1] or 0)}:{int(time[2] or 0):02d}:{int(time[3] or 0):02d}"
    try:
        number = float(value)
    except ValueError:
        return value
    return f"{general(number * 100)}%" if kind == "percentage" else general(number)


def _signed(cell: Any, text: str) -> str:
    """A number as the cell shows it, with its minus where brackets or red ink stand for it, and in one piece."""
    try:
        negative = float(cell.get(f"{_OFFICE}value", "")) < 0
    except ValueError:
        return text
    if cell.get(f"{_OFFICE}value-type") not in ("float", "percentage", "currency"):
        return text
    text = _SPACED.sub(lambda match: match[0].replace(" ", ""), text)
    if not negative or any(sign in text for sign in "-−–") or not any(map(str.isdigit, text)):
        return text
    return f"-{text[1:-1] if text[:1] == '(' and text[-1:] == ')' else text}"


def table_rows(table: Any, depth: int = 0) -> tuple[list[list[str]], int]:
    """The rows of a table in a text, and how many of them are header."""
    rows = [cells for _, cells in sheet_cells(table, depth)]
    width = max((max(cells) for cells in rows if cells), default=0)
    marked = table.find(f"{_TABLE}table-header-rows")
    header = len(marked.findall(f"{_TABLE}table-row")) if marked is not None else 0
    return [[cells[c][0] if c in cells else "" for c in range(1, width + 1)] for cells in rows], header


def single_cell(table: Any) -> Any:
    """The only cell of a table that has but one, else None."""
    cells: list[Any] = [cell for row in _rows(table) for cell in row if cell.tag == f"{_TABLE}table-cell"]
    return cells[0] if len(cells) == 1 and count(cells[0], f"{_TABLE}number-columns-repeated") == 1 else None
