"""Tables that go on at the top of the next page: found by the places of their columns, joined by their cells.

Between the two parts may stand notes under the first, a line that says it goes on, and the caption once more.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from walkdown.documents import Box
from walkdown_ingestion.continued import (
    has_own_header,
    is_mark,
    is_marked,
    mended,
    names_columns,
    repeated_rows,
    with_labels_whole,
    without_mark,
    without_names,
)
from walkdown_ingestion.readers.pdf.page import Page
from walkdown_ingestion.readers.pdf.ruled import Grid
from walkdown_ingestion.readers.pdf.text import Element
from walkdown_ingestion.table_headers import looks_like_value

_NOTE = re.compile(r"(?:notes?|비고|주|참고|備考|注|nota)\b|[※*†‡]|\(?\d{1,2}[).]\s|주\s?\d?\s?[).:]", re.IGNORECASE)
_NOTES = 3
_NOTE_CHARS = 300
_MARGIN = 54.0
"""Where the text of a page begins at the earliest; what stands above is a running header, also where it stands once."""
_APART = 1.5
_EDGE = 8.0
_UPPER_ROWS = 2
_SHIFT = 60.0
"""Left and right pages have other margins."""


class Placed(NamedTuple):
    """An element or table with its boxes on their pages."""

    part: Element | Grid
    boxes: tuple[Box, ...]


def place(part: Element | Grid, page: Page) -> Placed:
    """A part with the boxes of its lines or rows."""
    extents = part.extents if isinstance(part, Grid) else part.lines
    return Placed(part, tuple(e.box(page) for e in extents))


def _columns_of(one: Grid, other: Grid) -> list[int] | None:
    """For each column of the second table that of the first it goes on with; None when they do not lie the same."""
    if one.ruled != other.ruled or not one.columns or len(other.columns) > len(one.columns):
        return None
    if one.ruled:
        if len(other.columns) != len(one.columns):
            return None
        shift = other.columns[0][0] - one.columns[0][0]
        edges = [abs(b - a - shift) for x, y in zip(one.columns, other.columns, strict=True) for a, b in zip(x, y)]  # noqa: B905 - pairs
        return list(range(len(one.columns))) if abs(shift) < _SHIFT and max(edges) < _EDGE else None
    return _overlapping(one.columns, other.columns)


def _overlapping(one: Sequence[tuple[float, float]], other: Sequence[tuple[float, float]]) -> list[int] | None:
    """Columns without rules lie the same when each overlaps one of the first and most share an edge or their middle."""
    found: list[int] = []
    shared = 0
    for low, high in other:
        over = [i for i, (a, b) in enumerate(one) if min(high, b) - max(low, a) > 0]
        if len(over) != 1 or over[0] in found:
            return None
        a, b = one[over[0]]
        shared += min(abs(low - a), abs(high - b), abs(low + high - a - b) / 2) < _EDGE / 2
        found.append(over[0])
    return found if found == sorted(found) and 3 * shared >= 2 * len(other) else None


def _joined(above: Placed, below: Placed, *, told: bool) -> Placed | None:
    """Two tables as one. `told`: the print says that the second goes on with the first."""
    one, other = above.part, below.part
    if not isinstance(one, Grid) or not isinstance(other, Grid) or 1 in (len(one.columns), len(other.columns)):
        return None
    if (whole := _with_upper_names(one, other)) is not None:
        return Placed(whole, (*above.boxes, *below.boxes))
    repeated = repeated_rows(one.rows, other.rows)
    columns = _columns_of(one, other)
    if columns is None and (told or repeated) and len(one.rows[0]) == len(other.rows[0]):
        columns = list(range(len(one.rows[0])))
    if columns is None:
        return None
    width = len(one.rows[0])
    rows = [[dict(zip(columns, row, strict=True)).get(i, "") for i in range(width)] for row in other.rows[repeated:]]
    if not rows:
        return Placed(one, above.boxes)
    if not repeated and not told and _begins_anew(one, other, rows):
        return None
    upper, lower = with_labels_whole(one.rows, without_names(other.rows[:repeated], rows))
    body, rest = mended(upper, lower)
    kept = upper[:-1] if rest else upper
    # The row that was cut is found where it begins.
    skipped = repeated + rest
    return Placed(
        one._replace(rows=[*kept, *body], extents=[*one.extents, *other.extents[skipped:]]),
        (*above.boxes, *below.boxes[skipped:]),
    )


def _with_upper_names(one: Grid, other: Grid) -> Grid | None:
    """The second table under the names that end the page before it, each over the columns it was parted into.

    A page end may part names of two rows: `Tag | Alarm | Trip` above it, `| L | H | LL | HH` below. The second row has
    names only under those of the first that are over several columns.
    """
    if not (one.ruled and other.ruled) or len(one.rows) > _UPPER_ROWS or len(other.columns) <= len(one.columns):
        return None
    shift = other.columns[0][0] - one.columns[0][0]
    over = [
        next((i for i, (a, b) in enumerate(one.columns) if a - _EDGE < x0 - shift and x1 - shift < b + _EDGE), -1)
        for x0, x1 in other.columns
    ]
    parted = [over.count(i) > 1 for i in over]
    if abs(shift) > _SHIFT or set(over) != set(range(len(one.columns))):
        return None
    names = [*other.rows[0], *(cell for row in one.rows for cell in row)]
    under = [bool(cell.strip()) is wide for cell, wide in zip(other.rows[0], parted, strict=True)]
    if not all(under) or any(looks_like_value(cell.strip()) for cell in names) or len(other.rows) < _UPPER_ROWS:
        return None
    upper = [[row[i] for i in over] for row in one.rows]
    return other._replace(rows=[*upper, *other.rows], extents=[*one.extents, *other.extents], header_rows=None)


def _begins_anew(one: Grid, other: Grid, rows: Sequence[Sequence[str]]) -> bool:
    """True when the second table has a header of its own that is another one."""
    in_bold = bool(other.header_rows) and names_columns(one.rows, rows[0])
    return in_bold or has_own_header(one.rows, rows)


def _is_note(placed: Placed) -> bool:
    part = placed.part
    return (
        isinstance(part, Element)
        and len(part.text) <= _NOTE_CHARS
        and bool(_NOTE.match(f"{part.marker} {part.text}".strip()) or is_mark(part.text))
    )


def _caption_of(out: Sequence[Placed], at: int) -> str:
    part = out[at - 1].part if at else None
    return part.text if isinstance(part, Element) else ""


def _names_again(out: Sequence[Placed], below: Placed) -> bool:
    above = out[-1].part
    return isinstance(above, Grid) and isinstance(below.part, Grid) and repeated_rows(above.rows, below.part.rows) > 0


def _is_above_text(line: Placed, below: Placed) -> bool:
    """True for a line in the margin of its page: left and right pages, and the first of a section, have their own.

    A title of the table is in bold or stands close above it.
    """
    part = line.part
    if not isinstance(part, Element) or part.bold or len(line.boxes) != 1:
        return False
    return line.boxes[0].y1 < _MARGIN and below.boxes[0].y0 - line.boxes[0].y1 > _APART * part.size


def join_tables(out: list[Placed], placed: list[Placed]) -> bool:
    """Join the table that ends the pages so far with the one that begins this page; both lists are changed."""
    if len(placed) > 1 and _is_above_text(*placed[:2]) and _names_again(out, placed[1]):
        rest = placed[1:]
        found = join_tables(out, rest)
        placed[1:] = rest
        return found
    at = len(out) - 1
    while at > 0 and len(out) - at <= _NOTES and _is_note(out[at]):
        at -= 1
    lead: list[str] = []
    for one in placed[:2]:
        if isinstance(one.part, Element) and (one.part.kind == "caption" or is_mark(one.part.text)):
            lead.append(one.part.text)
    if len(placed) <= len(lead) or not isinstance(placed[len(lead)].part, Grid):
        return False
    caption = _caption_of(out, at)
    told = bool(lead) and all(is_mark(t) or is_marked(t) or without_mark(t) == caption for t in lead)
    if lead and not told:
        return False
    joined = _joined(out[at], placed[len(lead)], told=told)
    if joined is None:
        return False
    out[at] = joined
    out[at + 1 :] = [one for one in out[at + 1 :] if not (isinstance(one.part, Element) and is_mark(one.part.text))]
    del placed[: len(lead) + 1]
    return True


def joined_over_columns(placed: Sequence[Placed]) -> list[Placed]:
    """The parts of a page with a table that the end of a column cut in two in one piece."""
    out: list[Placed] = []
    for one in placed:
        above, below = out[-1].part if out else None, one.part
        if isinstance(above, Grid) and isinstance(below, Grid) and _in_next_column(above, below):
            shift = above.columns[0][0] - below.columns[0][0]
            moved = below._replace(columns=tuple((low + shift, high + shift) for low, high in below.columns))
            if join_tables(out, [Placed(moved, one.boxes)]):
                continue
        out.append(one)
    return out


def _in_next_column(above: Grid, below: Grid) -> bool:
    beside = below.area.x0 > above.area.x1 and below.area.y1 < above.area.y0
    return beside and bool(above.columns and below.columns)
