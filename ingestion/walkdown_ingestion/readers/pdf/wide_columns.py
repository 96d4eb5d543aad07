"""Columns of a table without rules whose names are centred over them, in several rows, and stand beside their cells.

Browsers centre names and set the cells below at the left (or numbers at the right) of wide columns. A name then stands
above none of its cells, and taken by its place alone it is a column of its own.
"""

from collections.abc import Sequence
from itertools import pairwise

from walkdown_ingestion.readers.pdf.page import Segment

Columns = Sequence[tuple[float, float]]
_SLACK, _IN_LINE = 2.0, 1.0


def with_names_beside(head: Sequence[Sequence[Segment]], body: Columns) -> Columns:
    """The columns of the cells together with their names; () where the names do not name each column once."""
    ends = [*(low for low, _ in body[1:]), float("inf")]
    starts = [float("-inf"), *(high for _, high in body[:-1])]
    at_left = [(low, end) for (low, _), end in zip(body, ends, strict=True)]
    at_right = [(start, high) for (_, high), start in zip(body, starts, strict=True)]
    found = [named for room in (at_left, at_right) if (named := _named(head, room))]
    if len(found) != 1:
        return ()
    whole = [(min(low, s.x0), max(high, s.x1)) for (low, high), s in zip(body, found[0], strict=True)]
    return whole if all(a[1] < b[0] for a, b in pairwise(whole)) else ()


def at_right(body: Sequence[Sequence[Segment]], columns: Columns) -> frozenset[int]:
    """The columns whose cells are in line at the right; none where more columns have them in line at the left."""
    found, votes = set(), 0
    for i, (low, high) in enumerate(columns):
        held = [s for row in body for s in row if s.x0 < high and s.x1 > low]
        if len(held) > 1:
            left, right = (max(edges) - min(edges) for edges in ([s.x0 for s in held], [s.x1 for s in held]))
            votes += (right <= _IN_LINE < left) - (left <= _IN_LINE < right)
            found |= {i} if right <= _IN_LINE else set()
    return frozenset(found) if votes > 0 else frozenset()


def _named(head: Sequence[Sequence[Segment]], room: Columns) -> list[Segment]:
    """The lowest name in the room of each column; [] where one has none or a name of the last row is not in one."""
    names: list[Segment | None] = [None] * len(room)
    for row in reversed(head):
        last = row is head[-1]
        for segment in row:
            inside = [i for i, (a, b) in enumerate(room) if a - _SLACK <= segment.x0 and segment.x1 <= b + _SLACK]
            if last and (len(inside) != 1 or names[inside[0]] is not None):
                return []
            if len(inside) == 1 and names[inside[0]] is None:
                names[inside[0]] = segment
    found = [name for name in names if name is not None]
    return found if len(found) == len(names) else []
