"""Reading order: finds columns of running text, and reads each zone of a page left column first.

A gutter counts only when running text stands on both sides of it. Labels with values beside them (`Brand : Sigma`) and
tables also have a clear gap between them, but are read across.
"""

from collections.abc import Sequence
from statistics import median

from walkdown_ingestion.readers.pdf.page import Extent, Segment, extent
from walkdown_ingestion.readers.pdf.ruled import Grid

Part = Segment | Grid
_MIN_LINES = 4
_EDGE_SHARE = 0.12
_WORDS_OF_TEXT = 4


def extent_of(part: Part) -> Extent:
    """The area of a line of text or a table."""
    return part.area if isinstance(part, Grid) else extent([part])


def _gutter(parts: Sequence[Part]) -> tuple[float, float] | None:
    """The widest vertical gap that divides the parts into two columns of running text, or None."""
    area = extent(extent_of(p) for p in parts)
    width = area.x1 - area.x0
    segments = [p for p in parts if isinstance(p, Segment)]
    if len(segments) < 2 * _MIN_LINES or width < 120:
        return None
    size = median(s.size for s in segments)
    best: tuple[float, float] | None = None
    for low, high in _gaps(parts, area, 0.25 * len(parts)):
        middle = (low + high) / 2
        if not area.x0 + 0.2 * width < middle < area.x1 - 0.2 * width or high - low < 0.9 * size:
            continue
        if _is_text(segments, low, high) and (best is None or high - low > best[1] - best[0]):
            best = low, high
    return best


def _gaps(parts: Sequence[Part], area: Extent, tolerated: float) -> list[tuple[float, float]]:
    """Vertical stretches that few parts cross: candidates for gutters."""
    edges: list[tuple[float, int]] = []
    for part in parts:
        box = extent_of(part)
        edges += [(box.x0, 1), (box.x1, -1)]
    depth, start, gaps = 0, area.x0, []
    for x, step in sorted(edges, key=lambda e: (e[0], -e[1])):
        before = depth
        depth += step
        if before > tolerated >= depth:
            start = x
        elif before <= tolerated < depth and x > start:
            gaps.append((start, x))
    return gaps


def _is_text(segments: Sequence[Segment], low: float, high: float) -> bool:
    """True when both sides of a gutter are columns of text rather than labels with values or cells of a table."""
    left = [s for s in segments if s.x1 <= low + 1]
    right = [s for s in segments if s.x0 >= high - 1]
    if min(len(left), len(right)) < _MIN_LINES:
        return False
    edge = low - _EDGE_SHARE * (low - min(s.x0 for s in left))
    full = sum(s.x1 >= edge for s in left) / len(left)
    wordy = median(len(s.words) for s in left) >= _WORDS_OF_TEXT and median(len(s.words) for s in right) >= 3
    level = sum(any(abs(s.middle - t.middle) < 2 for t in right) for s in left) / len(left)
    if level < 0.5:
        # Lines that do not stand in step are not rows of one table.
        return wordy or full >= 0.4
    return wordy and full >= 0.5


def reading_order(parts: Sequence[Part]) -> list[list[Part]]:
    """The parts in groups that are read one after the other; each group is one column of one zone."""
    parts = sorted(parts, key=lambda p: (extent_of(p).y0, extent_of(p).x0))
    if not parts:
        return []
    gutter = _gutter(parts)
    if gutter is None:
        return [list(parts)]
    low, high = gutter
    groups: list[list[Part]] = []
    zone: list[Part] = []
    for part in parts:
        box = extent_of(part)
        if box.x0 < high - 1 and box.x1 > low + 1:
            groups += _zone(zone, low)
            zone = []
            # Lines across the gutter that follow each other are one group.
            if groups and _crosses(groups[-1], low, high):
                groups[-1].append(part)
            else:
                groups.append([part])
        else:
            zone.append(part)
    return groups + _zone(zone, low)


def _crosses(group: Sequence[Part], low: float, high: float) -> bool:
    return all(extent_of(p).x0 < high - 1 and extent_of(p).x1 > low + 1 for p in group)


def _zone(parts: Sequence[Part], low: float) -> list[list[Part]]:
    """One zone: the left column, then the right, each with columns of its own."""
    if not parts:
        return []
    left = [p for p in parts if extent_of(p).x1 <= low + 1]
    right = [p for p in parts if extent_of(p).x1 > low + 1]
    return [group for side in (left, right) if side for group in reading_order(side)]
