"""Tables of which lines part some columns only: what stands in one cell of the grid are several columns of their own.

A box with one line behind the labels: read cell by cell, the numbers of a row would run into each other.
"""

from collections import Counter
from collections.abc import Sequence
from itertools import groupby, pairwise

from walkdown_ingestion.readers.pdf.page import Extent, Segment

_LEAST_LINES, _LEAST_CELLS, _SHARE = 4, 3, 0.75
_LEVEL, _GAP, _AT = 3.0, 1.2, 2.0


def holds_columns(area: Extent, columns: Sequence[tuple[float, float]], segments: Sequence[Segment]) -> bool:
    """True when the lines in one column of a grid each have several pieces that stand below each other."""
    if len(columns) < 2:
        return False
    inside = [s for s in segments if area.holds((s.x0 + s.x1) / 2, s.middle)]
    return any(_are_cells([s for s in inside if low <= s.x0 and s.x1 <= high]) for low, high in columns)


def _are_cells(segments: Sequence[Segment]) -> bool:
    order = sorted(segments, key=lambda s: (round(s.middle / _LEVEL), s.x0))
    lines = [list(line) for _, line in groupby(order, key=lambda s: round(s.middle / _LEVEL))]
    several = [line for line in lines if _pieces(line) >= _LEAST_CELLS]
    if len(lines) < _LEAST_LINES or len(several) < _SHARE * len(lines):
        return False
    starts = Counter(round(s.x0 / _AT) for line in several for s in line)
    return sum(count >= _SHARE * len(several) for count in starts.values()) >= _LEAST_CELLS


def _pieces(line: Sequence[Segment]) -> int:
    return 1 + sum(b.x0 - a.x1 > _GAP * a.size for a, b in pairwise(line))
