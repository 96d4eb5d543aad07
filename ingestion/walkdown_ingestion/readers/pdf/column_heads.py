"""Names of columns that stand at the same place on each page: they repeat as a running header does, and are none.

A list over several pages prints them above its first row, right below the header of the page.
"""

from collections.abc import Sequence
from itertools import groupby

from walkdown_ingestion.readers.pdf.page import Page, Segment

_CELLS, _ROWS, _LINES, _FULL, _MOSTLY = 3, 3, 8, 2, 0.85
"""Of the lines below the names, some hold a cell under nearly each of them, and the others the rest of such cells."""
_ALIGNED, _LEVEL = 1.5, 3.0
_BELOW, _TIGHT = 2.5, 0.6
"""How far, in letters, the first row is below the names at most, and two rows of names are apart."""

_Line = list[Segment]


def names_of_columns(page: Page, repeated: Sequence[Segment]) -> list[Segment]:
    """Of the lines that repeat at the head of a page, those right above rows of as many columns."""
    head = _lines([s for s in repeated if s.middle < page.height / 2])
    body = _lines([s for s in page.segments if s not in repeated])
    if not head or len(body) < _ROWS:
        return []
    rows = [line for line in body if line[0].y0 > head[-1][0].y0][:_LINES]
    if len(rows) < _ROWS or not _stands_above(head[-1], rows):
        return []
    found = list(head[-1])
    for line in reversed(head[:-1]):
        # `Alarm` above `High`: a row of names of its own.
        near = min(s.y0 for s in found) - max(s.y1 for s in line) < _TIGHT * line[0].size
        if not near or not all(any(_aligned(s, other) for other in head[-1]) for s in line):
            break
        found += line
    return found


def _stands_above(names: _Line, rows: Sequence[_Line]) -> bool:
    """True when a line is right above rows of its own columns, and says nothing that they say."""
    gap = min(s.y0 for s in rows[0]) - max(s.y1 for s in names)
    if len(names) < _CELLS or gap > _BELOW * names[0].size:
        return False
    if 2 * sum(any(map(str.isdigit, s.text)) for s in names) > len(names):
        return False
    full = [
        row for row in rows if sum(any(_aligned(s, cell) for cell in row) for s in names) >= max(_CELLS, len(row) - 1)
    ]
    if len(full) == len(rows[:_ROWS]) and rows[:_ROWS] == full[:_ROWS]:
        return True
    # Lines between those go on with the cells above them.
    cells = [cell for row in rows for cell in row]
    under = sum(any(_aligned(s, cell) for s in names) for cell in cells)
    return len(full) >= _FULL and under >= _MOSTLY * len(cells)


def _aligned(one: Segment, other: Segment) -> bool:
    centre = abs(one.x0 + one.x1 - other.x0 - other.x1) / 2
    return min(abs(one.x0 - other.x0), abs(one.x1 - other.x1), centre) < _ALIGNED


def _lines(segments: Sequence[Segment]) -> list[_Line]:
    """Segments by the lines they stand on, from the top of the page down."""
    order = sorted(segments, key=lambda s: (s.middle, s.x0))
    lines = [list(line) for _, line in groupby(order, key=lambda s: round(s.middle / _LEVEL))]
    return [sorted(line, key=lambda s: s.x0) for line in lines]
