"""Boxes to tick that are drawn and no letters: each is written before the words it stands beside, ticked or not.

A drawn square alone may be a bullet. So a filled one counts as ticked only where the page shows an empty one as well.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from walkdown_ingestion.readers.pdf.page import Extent, Rule, Segment, Word

_LEAST, _MOST = 5.5, 16.0
"""Sides of a box, in points."""
_SAME, _ROUND = 1.3, 3.5
_NEAR = 1.6
"""How far the words stand behind a box at most, in sizes of their letters."""
_INNER, _REACH = 0.4, 2.2
_THIN = 2.2
_DARK = 0xE0
_MANY = 60
_LEFTWARDS = re.compile("[\u0590-\u08ff]")
_INK = ("ink", "stamp")
EMPTY, TICKED = "☐", "☑"


class _Box(NamedTuple):
    area: Extent
    ticked: bool


def with_drawn_boxes(
    native: Any, segments: Sequence[Segment], rules: Sequence[Rule]
) -> tuple[list[Segment], tuple[Rule, ...]]:
    """The text of a page with its boxes to tick, and its rules without the sides of these."""
    areas = [
        area for area in _squares(rules) if not any(area.holds(*w.middle, slack=-1) for s in segments for w in s.words)
    ]
    if not areas or len(areas) > _MANY:
        return list(segments), tuple(rules)
    boxes = [_Box(area, _is_ticked(area, native)) for area in areas]
    if all(box.ticked for box in boxes):
        return list(segments), tuple(rules)
    placed = [(box, s) for box in boxes if (s := _beside(box.area, segments)) is not None]
    marks = [_mark(box, segment) for box, segment in placed]
    sides = tuple(r for r in rules if not any(_is_side(r, box.area) for box, _ in placed))
    return [*segments, *marks], sides


def _squares(rules: Sequence[Rule]) -> Iterator[Extent]:
    """The squares that four lines of their own draw, which go on to no other cell; their corners may be round."""
    short = [r for r in rules if _LEAST - _ROUND <= max(r.x1 - r.x0, r.y1 - r.y0) <= _MOST]
    found: list[Extent] = []
    for top in (r for r in short if r.horizontal):
        size = top.x1 - top.x0
        sides = [
            [r for r in short if _lies(r, *side)] for side in _sides(Extent(top.x0, top.y0, top.x1, top.y0 + size))
        ]
        if not all(sides):
            continue
        low, left, right = max(r.y0 for r in sides[1]), min(r.x0 for r in sides[2]), max(r.x0 for r in sides[3])
        area = Extent(left, top.y0, right, low)
        square = abs((right - left) - (low - top.y0)) <= _SAME and _LEAST <= right - left <= _MOST
        if square and not any(_same(area, other) for other in found) and not _goes_on(area, rules):
            found.append(area)
    yield from found


def _sides(area: Extent) -> Iterator[tuple[bool, float, float, float]]:
    yield True, area.y0, area.x0, area.x1
    yield True, area.y1, area.x0, area.x1
    yield False, area.x0, area.y0, area.y1
    yield False, area.x1, area.y0, area.y1


def _lies(rule: Rule, across: bool, at: float, low: float, high: float) -> bool:
    place, begin, end = (rule.y0, rule.x0, rule.x1) if across else (rule.x0, rule.y0, rule.y1)
    if rule.horizontal is not across or abs(place - at) > _ROUND:
        return False
    return abs(begin - low) <= _ROUND and abs(end - high) <= _ROUND


def _same(one: Extent, other: Extent) -> bool:
    return abs(one.x0 - other.x0) <= _LEAST / 2 and abs(one.y0 - other.y0) <= _LEAST / 2


def _is_side(rule: Rule, area: Extent) -> bool:
    return any(_lies(rule, *side) for side in _sides(area))


def _goes_on(area: Extent, rules: Sequence[Rule]) -> bool:
    """True for a cell of a table: a line that meets it reaches beyond it."""
    touching = (
        r
        for r in rules
        if r.x0 <= area.x1 + _SAME and r.x1 >= area.x0 - _SAME and r.y0 <= area.y1 + _SAME and r.y1 >= area.y0 - _SAME
    )
    return any(
        r.x0 < area.x0 - 2 * _SAME
        or r.x1 > area.x1 + 2 * _SAME
        or r.y0 < area.y0 - 2 * _SAME
        or r.y1 > area.y1 + 2 * _SAME
        for r in touching
    )


def _is_ticked(area: Extent, native: Any) -> bool:
    """True when anything is drawn in a box besides its sides and its white ground; ticks often reach out of it."""
    side, outlines = area.x1 - area.x0, 0
    for shape in native.vector_graphics.shapes if native.vector_graphics else ():
        x, y, width, height = shape.bbox
        near = area.holds(x + width / 2, y + height / 2, slack=_SAME)
        if not near or not _INNER * side <= max(width, height) <= _REACH * side or min(width, height) <= _THIN:
            continue
        if shape.fill and not shape.stroke and _is_light(shape.fill_color):
            continue
        is_outline = shape.stroke and not shape.fill and max(abs(width - side), abs(height - side)) <= 2 * _SAME
        if not is_outline or outlines:
            return True
        outlines += 1
    return False


def _is_light(colour: str | None) -> bool:
    return not colour or min(bytes.fromhex(colour[2:])) >= _DARK


def _beside(area: Extent, segments: Sequence[Segment]) -> Segment | None:
    """The words that begin right behind a box."""
    middle = (area.y0 + area.y1) / 2
    # What runs from right to left has its boxes at the other side.
    lines = (s for s in segments if not _LEFTWARDS.search(s.text))
    near = [s for s in lines if s.y0 - 1 <= middle <= s.y1 + 1 and -1 <= s.x0 - area.x1 <= _NEAR * s.size]
    return min(near, key=lambda s: s.x0, default=None)


def _mark(box: _Box, segment: Segment) -> Segment:
    word = Word(TICKED if box.ticked else EMPTY, box.area.x0, segment.y0, box.area.x1, segment.y1)
    return Segment((word,), segment.size, segment.bold)
