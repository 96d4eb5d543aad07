"""Reading order: finds columns of running text, and reads each zone of a page left column first.

A gutter counts only when running text stands on both sides of it. Labels with values beside them (`Brand : Sigma`) and
tables also have a clear gap between them, but are read across.
"""

from collections.abc import Sequence
from itertools import groupby, pairwise
from statistics import median
from typing import NamedTuple

from walkdown_ingestion.readers.pdf.bands import across, alone, visual_lines
from walkdown_ingestion.readers.pdf.equal import equal_gutters, gaps_of
from walkdown_ingestion.readers.pdf.page import Extent, Segment, extent
from walkdown_ingestion.readers.pdf.ruled import Grid
from walkdown_ingestion.readers.pdf.stretches import stretches

Part = Segment | Grid
_MIN_LINES = 4
_EDGE_SHARE = 0.12
_WORDS_OF_TEXT = 3
_MIN_WIDTH = 120.0
_OUT_OF_STEP, _MANY_LINES, _FULL_OUT_OF_STEP, _HALF = 0.3, 10, 0.2, 0.38
_LINES_BESIDE_TABLES, _FULL_BESIDE_TABLES, _SHARE_BESIDE_TABLES = 6, 0.5, 0.4
_APART = 1.0
"""Gap, in letters, that sets what is below two columns apart from them."""
_TIGHT, _TITLE = 0.6, 1.3
_LEAST_PITCH = 60.0
_CROSSING = (0.0, 0.05, 0.12, 0.25)


class Group(NamedTuple):
    """Parts that are read one after the other, and where the lines of their column end at most."""

    parts: list[Part]
    right: float = 0.0


def extent_of(part: Part) -> Extent:
    """The area of a line of text or a table."""
    return part.area if isinstance(part, Grid) else extent([part])


def _gutter(parts: Sequence[Part]) -> float | None:
    """Where the widest gap between two columns of running text lies, or None.

    Titles and wide tables may cross it; the fewer do, the surer it is, so few are tried first.
    """
    areas = [extent_of(p) for p in parts]
    area = extent(areas)
    width = area.x1 - area.x0
    segments = [p for p in parts if isinstance(p, Segment)]
    if len(segments) < _LINES_BESIDE_TABLES or width < _MIN_WIDTH:
        return None
    size = median(s.size for s in segments)
    for share in _CROSSING:
        found = [
            (high - low, (low + high) / 2)
            for low, high in gaps_of(areas, share * len(parts))
            if high - low >= 0.9 * size
            and area.x0 + 0.2 * width < (low + high) / 2 < area.x1 - 0.2 * width
            and _is_text(parts, low, high)
        ]
        if found:
            return max(found)[1]
    return None


def _fills(segments: Sequence[Segment], left: float, right: float) -> float:
    """Share of the lines that begin at the left edge of a column and reach its right edge, as running text does."""
    slack = _EDGE_SHARE * (right - left)
    return sum(s.x1 >= right - slack and s.x0 <= left + 2 * slack for s in segments) / len(segments)


def _density(segments: Sequence[Segment]) -> float:
    """How much of a column's height its lines fill; labels beside longer values leave gaps."""
    height = max(s.y1 for s in segments) - min(s.y0 for s in segments)
    return sum(1.2 * s.size for s in segments) / height if height > 0 else 1.0


def _are_halves(left: Sequence[Segment], right: Sequence[Segment]) -> bool:
    """True when both sides have many lines and are about as wide; labels are narrower than their values."""
    start, end = min(s.x0 for s in left), max(s.x1 for s in right)
    narrower = min(max(s.x1 for s in left) - start, end - min(s.x0 for s in right))
    return min(len(left), len(right)) >= _MANY_LINES and narrower >= _HALF * (end - start)


def _is_text(parts: Sequence[Part], low: float, high: float) -> bool:
    """True when both sides of a gutter are columns of text rather than labels with values or cells of a table."""
    left = [s for s in parts if isinstance(s, Segment) and s.x1 <= low + 1]
    right = [s for s in parts if isinstance(s, Segment) and s.x0 >= high - 1]
    if min(len(left), len(right)) >= _MIN_LINES and (
        _are_columns(left, right, low, high) or _hold_tables(left, right, low, high)
    ):
        return True
    grids = [p.area for p in parts if isinstance(p, Grid)]
    return _stands_beside(left, low, right, [g for g in grids if g.x0 >= high - 1]) or _stands_beside(
        right, max((s.x1 for s in right), default=high), left, [g for g in grids if g.x1 <= low + 1]
    )


def _stands_beside(text: Sequence[Segment], end: float, cells: Sequence[Segment], grids: Sequence[Extent]) -> bool:
    """True when one side is running text and the other holds a table whose rows are not in step with its lines."""
    lines = alone(text)
    if len(lines) < _LINES_BESIDE_TABLES or _chars(lines) < 0.8 * _chars(text):
        return False
    if _fills(lines, min(s.x0 for s in lines), end) < _FULL_BESIDE_TABLES or median(len(s.words) for s in lines) <= 3:
        return False
    top, bottom = min(s.y0 for s in lines), max(s.y1 for s in lines)
    if any(min(g.y1, bottom) - max(g.y0, top) > 0 for g in grids):
        return True
    rows = [line[0] for line in visual_lines(cells) if len(line) > 1]
    if len(rows) < _MIN_LINES or _density(rows) < 0.5:
        return False
    return sum(any(abs(r.middle - s.middle) < 2 for s in lines) for r in rows) < 0.5 * len(rows)


def _are_columns(left: Sequence[Segment], right: Sequence[Segment], low: float, high: float) -> bool:
    """True when the lines of both sides are those of running text."""
    full = min(_fills(left, min(s.x0 for s in left), low), _fills(right, high, max(s.x1 for s in right)))
    level = sum(any(abs(s.middle - t.middle) < 2 for t in right) for s in left) / len(left)
    if level < _OUT_OF_STEP and full >= _FULL_OUT_OF_STEP and _are_halves(left, right):
        # Lines that do not stand in step are no rows of one table, though lists and small tables among them are short.
        return True
    if min(median(len(s.words) for s in side) for side in (left, right)) < _WORDS_OF_TEXT:
        return False
    dense = min(_density(left), _density(right)) > 0.6
    # Lines that stand in step may be rows of one table: more of them must be full.
    return full >= (0.35 if level < 0.5 else 0.25 if dense else 0.5)


def _hold_tables(left: Sequence[Segment], right: Sequence[Segment], low: float, high: float) -> bool:
    """True when the lines of one piece make columns of text, though cells stand side by side among them."""
    sides = [alone(left), alone(right)]
    if min(map(len, sides)) < _LINES_BESIDE_TABLES:
        return False
    full = min(_fills(sides[0], min(s.x0 for s in sides[0]), low), _fills(sides[1], high, max(s.x1 for s in sides[1])))
    words = min(median(len(s.words) for s in side) for side in sides)
    chars = min(_chars(one) / max(_chars(side), 1) for one, side in zip(sides, (left, right), strict=True))
    return full >= _FULL_BESIDE_TABLES and words > _WORDS_OF_TEXT and chars >= _SHARE_BESIDE_TABLES


def _chars(segments: Sequence[Segment]) -> int:
    return sum(len(s.text) for s in segments)


def reading_order(parts: Sequence[Part], pitch: float = 0.0) -> list[Group]:
    """The parts in groups that are read one after the other; each group is one column of one zone.

    `pitch` is how far apart the columns at the left of these parts begin, 0 where there are none.
    """
    parts = sorted(parts, key=lambda p: (extent_of(p).y0, extent_of(p).x0))
    if not parts:
        return []
    if _is_title(parts) and len(rest := reading_order(parts[1:], pitch)) > 1:
        # A title in the middle of the page may be no wider than the column below it.
        return [Group([parts[0]]), *rest]
    if gutters := equal_gutters([p for p in parts if isinstance(p, Segment)], [extent_of(p) for p in parts]):
        return _side_by_side(parts, gutters)
    gutter = _gutter(parts) or _last_gutter(parts, pitch)
    if gutter is None:
        return _short_columns(parts)
    groups: list[Group] = []
    zone: list[Part] = []
    wide = across([p for p in parts if isinstance(p, Segment)], gutter)
    crossing = False
    for part in parts:
        if not (part in wide if isinstance(part, Segment) else _crosses(part, gutter)):
            if not zone and crossing and _ends(groups[-1].parts[-1], part, parts):
                groups[-1].parts.append(part)
            else:
                zone.append(part)
            continue
        columns, below = _above_and_below(zone, gutter)
        groups += _zone(columns, gutter)
        # Lines across the gutter that follow each other are one group.
        if below:
            groups.append(Group([*below, part]))
        elif crossing and not zone:
            groups[-1].parts.append(part)
        else:
            groups.append(Group([part]))
        crossing, zone = True, []
    return groups + _zone(zone, gutter)


def _side_by_side(parts: Sequence[Part], gutters: Sequence[float]) -> list[Group]:
    """Columns one after the other; what crosses a gutter stands between those above it and those below."""
    groups: list[Group] = []
    zone: list[Part] = []
    for part in [*parts, None]:
        if part is not None and not any(_crosses(part, gutter) for gutter in gutters):
            zone.append(part)
            continue
        for low, high in pairwise((float("-inf"), *gutters, float("inf"))):
            groups += reading_order([p for p in zone if low < extent_of(p).x1 <= high])
        zone = []
        if part is not None:
            groups.append(Group([part]))
    return groups


def _is_title(parts: Sequence[Part]) -> bool:
    """True when the first part stands above all others, in letters larger than theirs."""
    first, others = parts[0], [p for p in parts[1:] if isinstance(p, Segment)]
    if not isinstance(first, Segment) or not others:
        return False
    above = all(extent_of(p).y0 > first.y1 for p in parts[1:])
    return above and first.size >= _TITLE * median(p.size for p in others)


def _short_columns(parts: Sequence[Part]) -> list[Group]:
    """Parts in one column, but for stretches of a few lines in two."""
    groups: list[Group] = []
    right = max((p.x1 for p in parts if isinstance(p, Segment)), default=0.0)
    rest: list[Part] = []
    for is_grid, run in groupby(parts, key=lambda p: isinstance(p, Grid)):
        held, at = list(run), 0
        for begin, end, gutter in () if is_grid else stretches([p for p in held if isinstance(p, Segment)]):
            groups += [Group([*rest, *held[at:begin]], right), *_zone(held[begin:end], gutter)]
            rest, at = [], end
        rest += held[at:]
    return [group for group in (*groups, Group(rest, right)) if group.parts]


def _above_and_below(zone: Sequence[Part], gutter: float) -> tuple[Sequence[Part], Sequence[Part]]:
    """A zone that ends with something over both columns: the columns, and what is below the right one and set apart.

    A short heading or a narrow table in front of text over the whole page stands where the left column does.
    """
    right = [extent_of(p).y1 for p in zone if extent_of(p).x1 > gutter]
    left = [p for p in zone if extent_of(p).x1 <= gutter]
    if not right or not left:
        return zone, []
    for above, part in pairwise(left):
        box = extent_of(part)
        apart = box.y0 - extent_of(above).y1 > _APART * _size(part)
        if box.y0 >= max(right) and (apart or _style(above) != _style(part)):
            cut = zone.index(part)
            return zone[:cut], zone[cut:]
    return zone, []


def _ends(above: Part, part: Part, parts: Sequence[Part]) -> bool:
    """True for the short last line of a paragraph that runs over both columns; nothing stands beside it."""
    if not isinstance(above, Segment) or not isinstance(part, Segment) or _style(above) != _style(part):
        return False
    tight = part.y0 - above.y1 < _TIGHT * part.size and abs(part.x0 - extent([above]).x0) < part.size
    return tight and not any(
        min(extent_of(p).y1, part.y1) > max(extent_of(p).y0, part.y0) + 1 for p in parts if p is not part
    )


def _size(part: Part) -> float:
    return part.size if isinstance(part, Segment) else 0.0


def _style(part: Part) -> tuple[float, bool] | None:
    return (part.size, part.bold) if isinstance(part, Segment) else None


def _crosses(part: Part, gutter: float) -> bool:
    box = extent_of(part)
    return box.x0 < gutter < box.x1


def _zone(parts: Sequence[Part], gutter: float) -> list[Group]:
    """One zone: the left column, then the right, each with columns of its own."""
    left = [p for p in parts if extent_of(p).x1 <= gutter]
    right = [p for p in parts if extent_of(p).x1 > gutter]
    if not left or not right:
        return reading_order(left or right)
    groups = reading_order(left)
    edges = sorted({round(_edge(group.parts)) for group in groups})
    apart = [b - a for a, b in pairwise(edges) if b - a > _LEAST_PITCH]
    return groups + reading_order(right, min(apart, default=_edge(right) - edges[0]))


def _edge(parts: Sequence[Part]) -> float:
    return min(extent_of(p).x0 for p in parts)


def _last_gutter(parts: Sequence[Part], pitch: float) -> float | None:
    """The gutter in front of the last column of a page, which may be a few lines long: where the next one is due."""
    segments = [p for p in parts if isinstance(p, Segment)]
    if not pitch or len(segments) < _MIN_LINES or len(segments) < len(parts):
        return None
    due = _edge(parts) + pitch
    left = [s for s in segments if s.x0 < due - s.size]
    right = [s for s in segments if s.x0 >= due - s.size]
    if not right or len(left) < _MIN_LINES or abs(_edge(right) - due) > right[0].size:
        return None
    low, high = max(s.x1 for s in left), _edge(right)
    running = _fills(left, _edge(left), low) >= _SHARE_BESIDE_TABLES and median(len(s.words) for s in left) > 1
    return (low + high) / 2 if high - low >= _TIGHT * left[0].size and running else None
