"""Tables in the cells of ruled tables: found by the frame that they have of their own, and written into their cell.

Taken together with the lines around it, the lines of an inner table would cut the rows of the outer one, and its first
row would become part of the outer header.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from walkdown_ingestion.readers.pdf.page import Extent, Rule, Word
from walkdown_ingestion.tables import inline_table

TOUCH = 1.2
"""Points that lines which meet may lie apart; a cell keeps what is in it further from its own."""
_INSET = 1.5
_COVER = 0.9
_DOUBLE = 3.0
_STRIP = (2.5, 15.0)
"""How far a table in a cell stands off the left side of it."""
_PART = 0.5
"""Of the outer table, how much one in a cell covers at most."""


def parted(rules: Sequence[Rule], groups: Sequence[Sequence[Rule]]) -> list[list[Rule]]:
    """The lines of the outer table, and those of each framed table inside it. `groups`: those that really touch."""
    whole = _box(rules)
    inner = [list(group) for group in groups if _is_inset(_box(group), whole) and _is_framed(group)]
    inner += [] if inner else _adjoining(rules, whole)
    inside = {id(rule) for group in inner for rule in group}
    return [[rule for rule in rules if id(rule) not in inside], *inner]


def _adjoining(rules: Sequence[Rule], whole: Extent) -> list[list[Rule]]:
    """Framed tables that share the right or lower side of their cell, and stand off its left one, as Word sets them."""
    down = [r for r in rules if not r.horizontal]
    found = []
    for side in down:
        rows = [r for r in rules if r.horizontal and abs(r.x0 - side.x0) <= TOUCH and _beside(r.y0, side)]
        right = max((r.x1 for r in rows), default=0.0)
        if len({round(r.y0) for r in rows}) < 3 or any(right - r.x1 > TOUCH for r in rows):
            continue
        inside = [r for r in down if side.x0 <= r.x0 <= right + TOUCH and _beside(r.y0, side) and _beside(r.y1, side)]
        # The wall of the cell, which goes on above and below.
        shared = [r for r in down if abs(r.x0 - right) <= TOUCH and r.y0 <= side.y0 + TOUCH and r.y1 >= side.y1 - TOUCH]
        group = [*rows, *inside, *(r._replace(y0=side.y0, y1=side.y1) for r in shared if r not in inside)]
        stands_off = any(_STRIP[0] < side.x0 - r.x0 < _STRIP[1] and r.y0 < side.y0 - TOUCH < r.y1 for r in down)
        if stands_off and _is_framed(group) and _area(_box(group)) < _PART * _area(whole):
            found.append(group)
    return found


def _beside(y: float, side: Rule) -> bool:
    return side.y0 - TOUCH <= y <= side.y1 + TOUCH


def _area(box: Extent) -> float:
    return (box.x1 - box.x0) * (box.y1 - box.y0)


def _box(rules: Sequence[Rule]) -> Extent:
    return Extent(
        min(r.x0 for r in rules), min(r.y0 for r in rules), max(r.x1 for r in rules), max(r.y1 for r in rules)
    )


def _is_inset(one: Extent, other: Extent) -> bool:
    left, top = one.x0 - other.x0, one.y0 - other.y0
    return min(left, top, other.x1 - one.x1, other.y1 - one.y1) > _INSET


def _is_framed(rules: Sequence[Rule]) -> bool:
    """True when lines on all four sides close a table of several rows and columns."""
    box = _box(rules)
    across = [r for r in rules if r.horizontal]
    down = [r for r in rules if not r.horizontal]
    if _places(r.y0 for r in across) < 3 or _places(r.x0 for r in down) < 3:
        return False
    sides = [
        (sum(r.x1 - r.x0 for r in across if abs(r.y0 - y) <= TOUCH), box.x1 - box.x0) for y in (box.y0, box.y1)
    ] + [(sum(r.y1 - r.y0 for r in down if abs(r.x0 - x) <= TOUCH), box.y1 - box.y0) for x in (box.x0, box.x1)]
    return all(length >= _COVER * side for length, side in sides)


def _places(values: Iterable[float]) -> int:
    """How many lines there are, each of which may be drawn as two, as browsers do around each cell."""
    ordered = sorted(values)
    return len(ordered[:1]) + sum(b - a > _DOUBLE for a, b in pairwise(ordered))


def with_inner(
    words: Sequence[Word], inner: Sequence[tuple[Extent, Sequence[Sequence[str]], int | None]]
) -> list[Word]:
    """The words of a page with those of inner tables as one each: its rows under their own names."""
    out = list(words)
    for area, rows, header in inner:
        text = inline_table(rows, header)
        out = [w for w in out if not area.holds(*w.middle)]
        out += [Word(text, area.x0, area.y0, area.x1, area.y1)] if text else []
    return out
