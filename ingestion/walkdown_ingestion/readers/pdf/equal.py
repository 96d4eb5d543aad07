"""Three columns or more of one width, as on cards and leaflets, whose few lines do not tell a gutter one by one.

A table without rules has cells of one height side by side; columns of text that hold headings and lists do not keep in
step, or their lines run to the edge.
"""

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from walkdown_ingestion.readers.pdf.page import Extent, Segment

_COLUMNS, _LINES = 3, 5
_GUTTER, _CROSSING = 0.9, 0.05
_PITCH = 0.06
"""By how much, of their pitch, columns may begin off the places where they are due."""
_LEVEL, _IN_STEP = 0.5, 2.0
_WORDS, _CHARS, _SHARE = 3, 12, 0.6
_FULL, _EDGE = 0.5, 0.15


def gaps_of(areas: Sequence[Extent], tolerated: float) -> list[tuple[float, float]]:
    """Vertical stretches that at most so many parts cross: candidates for gutters."""
    edges: list[tuple[float, int]] = []
    for box in areas:
        edges += [(box.x0, 1), (box.x1, -1)]
    depth, start, gaps = 0, min(area.x0 for area in areas), []
    for x, step in sorted(edges, key=lambda e: (e[0], -e[1])):
        before = depth
        depth += step
        if before > tolerated >= depth:
            start = x
        elif before <= tolerated < depth and x > start:
            gaps.append((start, x))
    return gaps


def equal_gutters(segments: Sequence[Segment], areas: Sequence[Extent]) -> list[float]:
    """The gutters between three columns or more of text; `areas` are those of the segments and of tables among them."""
    if len(segments) < _COLUMNS * _LINES:
        return []
    least = _GUTTER * median(s.size for s in segments)
    for tolerated in (0.0, max(1.0, _CROSSING * len(areas))):
        gaps = [gap for gap in gaps_of(areas, tolerated) if gap[1] - gap[0] >= least]
        if found := _between(gaps, segments, areas):
            return found
    return []


def _between(gaps: Sequence[tuple[float, float]], segments: Sequence[Segment], areas: Sequence[Extent]) -> list[float]:
    """The middles of the gaps between columns of text of one width; none where they are not all that."""
    if len(gaps) < _COLUMNS - 1:
        return []
    left, right = min(a.x0 for a in areas), max(a.x1 for a in areas)
    edges = [left, *(high for _, high in gaps)]
    ends = [*(low for low, _ in gaps), right]
    pitches = [b - a for a, b in pairwise(edges)]
    if max(pitches) - min(pitches) > _PITCH * max(pitches) or right - edges[-1] > 1.1 * max(pitches):
        return []
    columns = [[s for s in segments if s.x0 >= a - 1 and s.x1 <= b + 1] for a, b in zip(edges, ends, strict=True)]
    if not all(len(column) >= _LINES and _reads_on(column) for column in columns):
        return []
    full = [_fill(column, a, b) for column, a, b in zip(columns, edges, ends, strict=True)]
    level = [_level(a, b) for a, b in pairwise(columns)]
    apart = sum(level) / len(level) < _LEVEL
    return [(low + high) / 2 for low, high in gaps] if apart or min(full) >= _FULL else []


def _reads_on(column: Sequence[Segment]) -> bool:
    """True when most of a column is lines of several words; headings and small tables may stand among them."""
    long = sum(len(s.text) for s in column if len(s.words) >= _WORDS and len(s.text) >= _CHARS)
    return long >= _SHARE * sum(len(s.text) for s in column)


def _fill(column: Sequence[Segment], left: float, right: float) -> float:
    slack = _EDGE * (right - left)
    return sum(s.x0 <= left + slack and s.x1 >= right - slack for s in column) / len(column)


def _level(one: Sequence[Segment], other: Sequence[Segment]) -> float:
    """Share of the lines beside others of the next column that are level with one of them."""
    top, bottom = max(one[0].y0, other[0].y0), min(one[-1].y1, other[-1].y1)
    beside = [s for s in one if top - _IN_STEP <= s.middle <= bottom + _IN_STEP]
    level = sum(any(abs(s.middle - t.middle) < _IN_STEP for t in other) for s in beside)
    return level / len(beside) if beside else 1.0
