"""Tables of HTML as grids: rowspan and colspan expanded, header rows told by <thead> and <th>."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from lxml import etree

from walkdown_ingestion.clean import clean_cell
from walkdown_ingestion.readers.html_fields import FIELDS, field_text, shifted
from walkdown_ingestion.readers.html_hidden import STRUCK
from walkdown_ingestion.readers.html_lists import marker, place_of
from walkdown_ingestion.table_headers import looks_like_value
from walkdown_ingestion.tables import inline_table

_MAX_SPAN = 200
_MAX_CELLS = 2_000_000
_APART = frozenset("br p div li tr td th table ul ol dl dt dd h1 h2 h3 h4 h5 h6".split())
_LEAST, _SHORT = 2, 400
_LAYOUT_CHILDREN = ("table", "h1", "h2", "h3", "section", "article")


class Grid(NamedTuple):
    """A table as rows of texts; `header_rows` is None when the page does not say which rows are header."""

    rows: list[list[str]]
    header_rows: int | None
    caption: str
    again: tuple[int, ...] = ()
    """Rows of names further below, each of a table of its own."""


def is_layout(table: etree._Element) -> bool:
    """True for a table that only places things on the page: it holds other tables or headings, or one cell.

    One of several rows of equal length with little text in each cell is a table of data all the same.
    """
    if table.get("role") in ("presentation", "none"):
        return True
    own = [cell for cell in table.iter("td", "th") if next(cell.iterancestors("table")) is table]
    if len(own) <= 1:
        return True
    if any(cell.tag == "th" for cell in own) or not any(
        child is not table for tag in _LAYOUT_CHILDREN for child in table.iter(tag)
    ):
        return False
    return not _is_regular(own)


def _is_regular(cells: Sequence[etree._Element]) -> bool:
    """True for the cells of a grid of at least two rows and columns, each with little text, of which most is text."""
    widths = Counter(cell.getparent() for cell in cells)
    if len(widths) < _LEAST or len(set(widths.values())) > 1 or min(widths.values()) < _LEAST:
        return False
    holders = sum(cell.find(".//table") is not None for cell in cells)
    return holders <= len(cells) / 2 and all(len(" ".join("".join(c.itertext()).split())) <= _SHORT for c in cells)


def _span(cell: etree._Element, name: str) -> int:
    text = (cell.get(name) or "1").strip()
    if name == "rowspan" and text == "0":
        # To the end of its part of the table.
        return min(1 + sum(1 for row in cell.getparent().itersiblings() if row.tag == "tr"), _MAX_SPAN)
    return min(max(int(text), 1), _MAX_SPAN) if text.isdigit() and len(text) < 6 else 1


def _step(element: etree._Element) -> str:
    """The number that a browser shows before an item of a list; bullets there would read like minus signs."""
    listed = element.getparent()
    if element.tag != "li" or listed is None or listed.tag != "ol":
        return ""
    shown = marker(listed, place_of(element))
    return "" if shown == "-" else f"{shown} "


def _cell_text(cell: etree._Element, hidden: Callable[[etree._Element], bool]) -> str:
    parts: list[str] = []

    def add(text: str | None) -> None:
        parts.append(re.sub(r"\s+", " ", text or ""))

    def add_within(text: str | None, element: etree._Element) -> None:
        add(shifted(text, element) if text else text)

    def collect(element: etree._Element) -> None:
        add_within(element.text, element)
        for child in element:
            if not hidden(child):
                parts.append("\n" if child.tag in _APART else "")
                add(_step(child))
                if child.tag in FIELDS:
                    parts.append(field_text(child))
                elif child.tag == "img":
                    add(f" {child.get('alt') or ''} ")
                elif child.tag == "table":
                    inner = table_grid(child, hidden)
                    parts.append(f" {inline_table(inner.rows, inner.header_rows)} ")
                else:
                    collect(child)
            else:
                # What stands around struck text is not one number.
                parts.append(" " if child.tag in STRUCK else "")
            parts.append(_ends_line(child))
            add_within(child.tail, element)

    collect(cell)
    return clean_cell("".join(parts))


def _ends_line(child: etree._Element) -> str:
    """The end of a block in front of text: `<div>12</div>5` is no 125."""
    return "\n" if child.tag in _APART and (child.tail or "").strip() else ""


def _rows(table: etree._Element, hidden: Callable[[etree._Element], bool]) -> Iterator[etree._Element]:
    """The visible rows of this table, those of <tfoot> last."""
    own = [
        row
        for row in table.iter("tr")
        if next(row.iterancestors("table")) is table and not hidden(row) and not hidden(row.getparent())
    ]
    yield from (row for row in own if row.getparent().tag != "tfoot")
    yield from (row for row in own if row.getparent().tag == "tfoot")


def table_grid(table: etree._Element, hidden: Callable[[etree._Element], bool]) -> Grid:
    """Expand a table: a cell merged over rows or columns stands in each of them."""
    rows: list[list[str]] = []
    open_spans: dict[int, tuple[int, str]] = {}
    header_rows, in_header, seen_th = 0, True, False
    size = begun = 0
    again: list[int] = []
    shown = list(_rows(table, hidden))
    is_form = _alternate(shown)
    for row in shown:
        cells = [cell for cell in row if cell.tag in ("td", "th") and not hidden(cell)]
        grid_row: list[str] = []
        _take_spans(grid_row, open_spans)
        for cell in cells:
            text = _cell_text(cell, hidden)
            if is_form and cell.tag == "th" and len(cells) > 1 and text and text[-1] not in ":：":
                text += ":"
            down = _span(cell, "rowspan") - 1
            begun = max(begun, len(grid_row) + 1)
            for _ in range(_span(cell, "colspan")):
                if down:
                    open_spans[len(grid_row)] = (down, text)
                grid_row.append(text)
            _take_spans(grid_row, open_spans)
        if any(column >= len(grid_row) for column in open_spans):
            grid_row += [""] * (max(open_spans) + 1 - len(grid_row))
            open_spans.clear()
        heads = bool(cells) and (row.getparent().tag == "thead" or _are_names(cells, grid_row))
        if heads and not in_header and grid_row not in rows and _names_anew(cells, grid_row):
            again.append(len(rows))
        # A line across the table above its names, such as `(단위: bar)`, is none of its rows.
        across = len(cells) == 1 and len(grid_row) > 1 and header_rows == len(rows)
        in_header = in_header and (heads or across)
        header_rows += in_header
        seen_th = seen_th or any(cell.tag == "th" for cell in cells)
        rows.append(grid_row)
        size += len(grid_row)
        if size > _MAX_CELLS:
            break
    # `colspan=100` is a way to say "over all columns": those in which no cell begins are none.
    rows = [row[:begun] for row in rows]
    caption = table.find("caption")
    text = _cell_text(caption, hidden) if caption is not None else ""
    return Grid(rows, header_rows if header_rows or seen_th else None, text, tuple(again))


def _are_names(cells: Sequence[etree._Element], row: Sequence[str]) -> bool:
    """True for cells that are all marked as names, but for an empty one in the corner."""
    first = 1 if len(row) > _LEAST and cells[0].tag == "td" and not row[0] else 0
    return len(cells) > first and all(cell.tag == "th" for cell in cells[first:])


def _alternate(rows: Sequence[etree._Element]) -> bool:
    """True for a form: names and values take turns in each of its rows."""
    kinds = [[cell.tag for cell in row if cell.tag in ("td", "th")] for row in rows]
    turns = all(row == (["th", "td"] * len(row))[: len(row)] and len(row) % 2 == 0 for row in kinds if len(row) > 1)
    return turns and sum(len(row) >= 2 * _LEAST for row in kinds) > 0


def _names_anew(cells: Sequence[etree._Element], row: Sequence[str]) -> bool:
    """True for names of columns of their own, none of which reaches down from above."""
    whole = sum(_span(cell, "colspan") for cell in cells) == len(row)
    return whole and len(set(row)) > 1 and not any(map(looks_like_value, row))


def _take_spans(row: list[str], open_spans: dict[int, tuple[int, str]]) -> None:
    """Fill the next columns of a row with the cells that reach down from above."""
    while (column := len(row)) in open_spans:
        left, text = open_spans.pop(column)
        row.append(text)
        if left > 1:
            open_spans[column] = (left - 1, text)
