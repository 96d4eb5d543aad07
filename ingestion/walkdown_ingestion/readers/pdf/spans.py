"""Headers of tables without rules whose upper names reach over several columns: `Alarm` centred above `Low` and `High`.

Such a name bridges the gap between its columns; taken as a cell, it would make one column of two, and an empty cell
below it would let a value slip under the wrong name.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

from walkdown_ingestion.readers.pdf.page import Segment
from walkdown_ingestion.readers.pdf.wide_columns import Columns, at_right, with_names_beside
from walkdown_ingestion.table_headers import looks_like_value

_MAX_HEIGHT = 3
_LEAST_BODY = 2
_LEAST_COLUMNS = 3
_AT_EDGE = 1.5
_OFF_CENTRE = 0.3
"""How far the middle of a name may lie from that of the columns it is over, in widths of a column."""


class _Below(NamedTuple):
    """What stands below a line of names."""

    groups: Sequence[Sequence[int]]
    """The columns that a name of the next line is over: they are together under any name above it."""
    at_right: frozenset[int]
    """The columns of numbers at the right of their cells."""


class Head(NamedTuple):
    """The rows of a header, cell by cell, and the columns below it."""

    rows: list[list[str]]
    columns: Columns


def body_start(cells: Sequence[Sequence[Segment]]) -> int:
    """The first line that holds a value: those above may be the header."""
    return next((i for i, row in enumerate(cells) if any(looks_like_value(s.text) for s in row)), 0)


def spanning_head(
    cells: Sequence[Sequence[Segment]], columns_of: Callable[[Sequence[Sequence[Segment]]], Columns]
) -> Head | None:
    """The header of some lines where a name in it reaches over several columns; None for any other table."""
    height = body_start(cells)
    if not 1 < height <= _MAX_HEIGHT or len(cells) - height < _LEAST_BODY:
        return None
    columns = columns_of(cells[height - 1 :])
    body = columns_of(cells[height:])
    if len(columns) > len(body) >= _LEAST_COLUMNS:
        columns = with_names_beside(cells[:height], body) or columns
    if len(columns) < _LEAST_COLUMNS:
        return None
    names = _single(cells[height - 1], columns)
    if names is None:
        return None
    spread: list[list[tuple[str, list[int]]]] = []
    for row in reversed(cells[: height - 1]):
        groups = [place for _, place in (spread[0] if spread else []) if len(place) > 1]
        spread = [_spread(row, columns, names, _Below(groups, at_right(cells[height:], columns))), *spread]
    if any(not row for row in spread) or not any(len(place) > 1 for row in spread for _, place in row):
        return None
    rows = [{i: text for text, place in row for i in place} for row in spread]
    return Head([*([row.get(i, "") for i in range(len(columns))] for row in rows), names], columns)


def under_names(
    cells: Sequence[Sequence[Segment]], columns_of: Callable[[Sequence[Sequence[Segment]]], Columns]
) -> list[tuple[float, float]]:
    """The columns of a table together with the names above them, which stand beside them; () for any other table.

    Browsers centre names over wide columns of short cells: a name then stands above none of them.
    """
    names, body = cells[0], columns_of(cells[1:])
    if len(names) < _LEAST_BODY or len(names) != len(body) or any(looks_like_value(s.text) for s in names):
        return []
    if not any(looks_like_value(s.text) for row in cells[1:] for s in row) or len(cells) <= _LEAST_BODY:
        return []
    whole = [(min(s.x0, low), max(s.x1, high)) for s, (low, high) in zip(names, body, strict=True)]
    beside = any(s.x0 > high or s.x1 < low for s, (low, high) in zip(names, body, strict=True))
    return whole if beside and all(a[1] < b[0] for a, b in pairwise(whole)) else []


def _covered(segment: Segment, columns: Columns) -> list[int]:
    """The columns that a name stands above; the nearest where it is above none."""
    found = [i for i, (low, high) in enumerate(columns) if min(segment.x1, high) > max(segment.x0, low)]
    middle = (segment.x0 + segment.x1) / 2
    return found or [min(range(len(columns)), key=lambda i: abs(sum(columns[i]) / 2 - middle))]


def _single(row: Sequence[Segment], columns: Columns) -> list[str] | None:
    """A line with each of its cells in one column; None where one is over several, or two in one."""
    line = [""] * len(columns)
    for segment in row:
        found = _covered(segment, columns)
        if len(found) > 1 or line[found[0]]:
            return None
        line[found[0]] = segment.text
    return line


def _spread(
    row: Sequence[Segment], columns: Columns, names: Sequence[str], below: _Below
) -> list[tuple[str, list[int]]]:
    """The names of a line, each with the columns that it is over; none where two are over one column.

    A name at the left of its first column reaches to the next one, the last as far as the one before it.
    """
    places = [_covered(segment, columns) for segment in row]
    taken = [i for place in places for i in place]
    if len(set(taken)) < len(taken):
        return []
    free = {i for i, name in enumerate(names) if name} - set(taken)
    found: list[tuple[str, list[int]]] = []
    for i, (segment, place) in enumerate(zip(row, places, strict=True)):
        wide = list(place)
        if any(names[c] for c in place) and abs(segment.x0 - columns[place[0]][0]) < _AT_EDGE:
            end = places[i + 1][0] if i + 1 < len(places) else place[0] + max((len(p) for _, p in found), default=1)
            wide += [c for c in range(place[-1] + 1, end) if c in free]
        elif any(names[c] for c in place):
            wide = _widened(segment, place, columns, free, below)
        free -= set(wide)
        found.append((segment.text, wide))
    return found


def _cuts(begin: int, end: int, group: Sequence[int]) -> bool:
    return 0 < sum(begin <= i <= end for i in group) < len(group)


def _widened(segment: Segment, place: Sequence[int], columns: Columns, free: set[int], below: _Below) -> list[int]:
    """The columns beside those a name stands above, with names of their own and none above: where it is centred."""
    low, high = place[0], place[-1]
    first = low
    while first - 1 in free:
        first -= 1
    last = high
    while last + 1 in free:
        last += 1
    middle = (segment.x0 + segment.x1) / 2

    def off(begin: int, end: int) -> float:
        if {begin, end} <= below.at_right and begin:
            left = columns[begin - 1][1]
            if begin - 1 not in below.at_right and begin < end:
                # Labels at the left do not tell where their cells end: the first column is as wide as the next one.
                left = max(left, 2 * columns[begin][1] - columns[begin + 1][1])
            return abs(middle - (left + columns[end][1]) / 2)
        # The last column is about as wide as the one before it.
        edge = max(columns[end][1], 2 * columns[end][0] - columns[end - 1][0])
        right = columns[end + 1][0] if end + 1 < len(columns) else edge
        cells, texts = (columns[begin][0] + right) / 2, (columns[begin][0] + columns[end][1]) / 2
        return min(abs(middle - cells), abs(middle - texts))

    every = [(b, e) for b in range(first, low + 1) for e in range(high, last + 1)]
    ranges = [(b, e) for b, e in every if not any(_cuts(b, e, group) for group in below.groups)] or every
    begin, end = min(ranges, key=lambda r: (off(*r), r[0] - r[1]))
    width = (columns[-1][1] - columns[0][0]) / len(columns)
    return list(range(begin, end + 1)) if off(begin, end) <= _OFF_CENTRE * width else list(place)
