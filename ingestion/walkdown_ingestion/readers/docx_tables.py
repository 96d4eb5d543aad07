"""Tables of a Word document that a page break cut in two: joined where the second goes on with the first.

People cut a long table by a page break, or begin the next page with a copy of it under `Table 3 (continued)`; either
way the rows of the second need the header of the first.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from docx.oxml.ns import qn

from walkdown_ingestion.continued import has_own_header, is_mark, is_marked, mended, names_columns, repeated_rows
from walkdown_ingestion.readers.docx_xml import Markers, above, is_on, table_rows

_SLACK = 200
"""Twentieths of a point by which the widths of columns may differ."""
_LEAST_ROWS = 2


class Cut(NamedTuple):
    """A table whose end may not have come yet. `broken`: a page ended after it; `told`: a line says it goes on."""

    rows: list[list[str]]
    header: int | None
    widths: tuple[int, ...]
    broken: bool = False
    told: bool = False


def opened(table: Any, markers: Markers) -> Cut:
    """A table as it stands in the document."""
    rows, header = table_rows(table, markers)
    return Cut(rows, header, _widths(table))


def lays_out(table: Any) -> bool:
    """True for a table of one row with tables in it: it only sets them side by side."""
    rows = [row for row in table.iter(qn("w:tr")) if not any(e.tag == qn("w:tbl") for e in above(row, table))]
    return len(rows) == 1 and next(rows[0].iter(qn("w:tbl")), None) is not None


def _widths(table: Any) -> tuple[int, ...]:
    grid = table.find(qn("w:tblGrid"))
    found = [column.get(qn("w:w"), "0") for column in grid] if grid is not None else []
    return tuple(int(width) if width.isdigit() else 0 for width in found)


def ends_page(paragraph: Any) -> bool:
    """True when a paragraph holds a page break or ends a section, or Word last began a page in it."""
    if any(e.get(qn("w:type")) == "page" for e in paragraph.iter(qn("w:br"))):
        return True
    if next(paragraph.iter(qn("w:lastRenderedPageBreak")), None) is not None:
        return True
    return is_on(paragraph, "w:pPr/w:pageBreakBefore") or paragraph.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None


def begins_page(table: Any) -> bool:
    """True when the first row of a table was last laid out on a new page."""
    row = next(table.iter(qn("w:tr")), None)
    if row is None:
        return False
    if any(is_on(p, "w:pPr/w:pageBreakBefore") for p in row.iter(qn("w:p"))):
        return True
    first = next(row.iter(qn("w:t"), qn("w:lastRenderedPageBreak")), None)
    return first is not None and first.tag == qn("w:lastRenderedPageBreak")


def passed_over(cut: Cut, paragraph: Any, text: str) -> Cut | None:
    """The table after a paragraph that may stand between its parts; None when the paragraph says something."""
    mark = is_mark(text) or is_marked(text)
    if text.strip() and not mark:
        return None
    return cut._replace(broken=cut.broken or ends_page(paragraph), told=cut.told or mark)


def joined(cut: Cut, table: Any, markers: Markers) -> Cut | None:
    """The table with the rows of one that goes on with it; None when that is a table of its own."""
    if any(e.tag == qn("w:tbl") for e in above(table, None)):
        return None
    other = opened(table, markers)
    rows = other.rows
    if len(cut.rows) < _LEAST_ROWS or not rows or _breadth(rows) != _breadth(cut.rows):
        return None
    repeated = repeated_rows(cut.rows, rows)
    if not (cut.told or ((cut.broken or begins_page(table)) and _alike(cut.widths, other.widths))):
        return None
    breadth = _breadth(rows)
    one, body = ([[*row, *[""] * (breadth - len(row))] for row in part] for part in (cut.rows, rows[repeated:]))
    if not body:
        return cut
    own = bool(other.header) and names_columns(one, body[0])
    if not repeated and (own or has_own_header(one, body)):
        return None
    added, rest = mended(one, body)
    return cut._replace(rows=[*(one[:-1] if rest else one), *added], broken=False, told=False)


def _breadth(rows: Sequence[Sequence[str]]) -> int:
    return max(map(len, rows), default=0)


def _alike(one: Sequence[int], other: Sequence[int]) -> bool:
    return len(one) == len(other) and all(abs(a - b) <= _SLACK for a, b in zip(one, other, strict=True))
