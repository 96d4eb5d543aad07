"""Cells of several lines in tables without rules, told by how far their lines stand apart: closer than any two rows.

Where the lines of some cell are shifted by half a line against the cells beside it, they cannot be rows of their own.
Their distance then is that of lines of one cell, and all lines of a column that stand so close are one cell. However
cells are aligned in their rows, cells of one row stand beside each other and those of two do not.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from walkdown_ingestion.readers.pdf.page import Segment
from walkdown_ingestion.table_headers import looks_like_value

_EQUAL, _WIDER = 0.07, 0.1
"""Of the letters' size: by how much distances of lines in cells differ, and by how much rows are further apart."""
_LEAST_DISTANCE, _MOST_DISTANCE = 0.9, 2.0
_LABELS = 2
"""Columns at the left at most that may hold labels of several rows."""
_LEVEL = 0.2
"""Of the distance of two lines, how far the middles of level cells may lie apart."""

_BESIDE, _LONG = 2, 8
"""Cells of one line beside one that goes on below them at least, and letters of its lines."""
_OPEN = frozenset("-–—~～±/(+<>≤≥")


class Cell(NamedTuple):
    """The lines of one cell, and its column."""

    lines: tuple[Segment, ...]
    column: int

    @property
    def middle(self) -> float:
        """Its height on the page."""
        return (self.lines[0].middle + self.lines[-1].middle) / 2


def cells_by_pitch(held: Sequence[Sequence[Segment]]) -> list[list[Cell]] | None:
    """The cells of each column, given its lines from top to bottom; None where no distance tells cells from rows."""
    pitch = _pitch(held)
    if not pitch:
        return None
    cells = [_cells(column, pitch, c) for c, column in enumerate(held)]
    every = [cell for column in cells for cell in column]
    tall = [cell for cell in every if len(cell.lines) > 1]
    if any(_values(cell) > 1 for cell in tall):
        return None
    rights = [max(line.x1 for line in column) for column in held]
    told = any(_is_shifted(c, every, rights[c.column], pitch) or _hangs(c, every, rights[c.column]) for c in tall)
    return cells if told else None


def _values(cell: Cell) -> int:
    """How many lines of a cell hold a value of their own, and are no half of one: `38,000 -` above `42,000`."""
    ends = ["", *(line.text[-1] for line in cell.lines)]
    return sum(looks_like_value(line.text) and end not in _OPEN for line, end in zip(cell.lines, ends, strict=False))


def _pitch(held: Sequence[Sequence[Segment]]) -> float:
    """The distance of lines in a cell: the least of all, where others are clearly wider; 0 for none."""
    found = sorted(b.middle - a.middle for column in held for a, b in pairwise(column))
    if not found:
        return 0.0
    size = held[0][0].size
    close = [d for d in found if d <= found[0] + _EQUAL * size]
    wider = found[len(close) :]
    told = wider and wider[0] >= close[-1] + _WIDER * size
    return close[-1] if told and _LEAST_DISTANCE * size <= found[0] <= _MOST_DISTANCE * size else 0.0


def _cells(column: Sequence[Segment], pitch: float, number: int) -> list[Cell]:
    out: list[list[Segment]] = []
    for line in column:
        if out and line.middle - out[-1][-1].middle <= pitch + 0.01:
            out[-1].append(line)
        else:
            out.append([line])
    return [Cell(tuple(lines), number) for lines in out]


def _is_shifted(cell: Cell, every: Sequence[Cell], right: float, pitch: float) -> bool:
    """True for a text that goes on from line to line, between whose lines most of the cells beside it stand.

    Else labels between two rows that they are merged over would say the same.
    """
    top, bottom = cell.lines[0].y0, cell.lines[-1].y1
    beside = [c for c in every if c.column != cell.column and c.lines[0].y0 < bottom and c.lines[-1].y1 > top]
    level = [c for c in beside if abs(c.middle - cell.middle) <= _LEVEL * pitch]
    shifted = [c for c in level if (len(c.lines) - len(cell.lines)) % 2]
    # The label of a group has its middle where that of the group is.
    others = [c for c in beside if c not in level and not c.column < min(_LABELS, cell.column)]
    return not others and len(shifted) > len(level) - len(shifted) + 1 and _goes_on(cell, right)


def _hangs(cell: Cell, every: Sequence[Cell], right: float) -> bool:
    """True for a long text that goes on below the only line of most cells beside it, all aligned at their top."""
    first, bottom = cell.lines[0], cell.lines[-1].y1
    beside = [c for c in every if c.column != cell.column and c.lines[0].y0 < bottom and c.lines[-1].y1 > first.y0]
    top = [c for c in beside if abs(c.lines[0].middle - first.middle) <= _LEVEL * first.size]
    short = [c for c in top if len(c.lines) == 1 and c.column]
    long = all(len(line.text) >= _LONG for line in cell.lines[:-1])
    return cell.column > 0 and len(top) == len(beside) and len(short) >= _BESIDE and long and _goes_on(cell, right)


def _goes_on(cell: Cell, right: float) -> bool:
    """True when no line had room for the first word of the next."""
    for above, below in pairwise(cell.lines):
        word = below.words[0]
        if right - above.x1 > word.x1 - word.x0 + 0.5 * above.size:
            return False
    return True
