"""The straight lines drawn on a page: rules, and the edges of shaded areas, which are none.

Every other row of a table is often shaded. Taken for rules, the edges of the shade would make a table of each shaded
row, and text of the rows between.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from typing import Any

from walkdown_ingestion.readers.pdf.page import Rule

_MIN_RULE = 6.0
_MAX_RULES = 4000
_THICK = 2.0
_AT = 0.6
_SHADED = 0.5
"""Share of a line that must run along shaded areas."""

Edge = tuple[float, float, float]


def drawn_rules(page: Any, is_light: Callable[[str | None], bool]) -> tuple[Rule, ...]:
    """The rules of a page; none of a drawing, which has too many."""
    lines = page.vector_graphics.lines if page.vector_graphics else ()
    if len(lines) > _MAX_RULES:
        return ()
    across, down = (_Edges(page, horizontal=horizontal) for horizontal in (True, False))
    rules = []
    for line in lines:
        if is_light(line.stroke_color if line.stroke else line.fill_color):
            continue
        x0, x1 = sorted((line.x1, line.x2))
        y0, y1 = sorted((line.y1, line.y2))
        if max(x1 - x0, y1 - y0) >= _MIN_RULE and min(x1 - x0, y1 - y0) <= _THICK:
            horizontal = x1 - x0 >= y1 - y0
            soft = not line.stroke and (across.bound(y0, x0, x1) if horizontal else down.bound(x0, y0, y1))
            rules.append(Rule(x0, y0, x1, y1, soft))
    return tuple(rules)


class _Edges:
    """The edges of filled shapes that run one way: of shaded areas, and of lines drawn as thin shapes."""

    def __init__(self, page: Any, *, horizontal: bool) -> None:
        self._wide: list[Edge] = []
        self._thin: list[Edge] = []
        for shape in page.vector_graphics.shapes if page.vector_graphics else ():
            x, y, width, height = shape.bbox
            low, size, begin, length = (y, height, x, width) if horizontal else (x, width, y, height)
            if size <= _THICK or shape.stroke:
                self._thin += [(low, begin, begin + length), (low + size, begin, begin + length)]
            elif shape.fill and min(width, height) > _THICK:
                self._wide += [(low, begin, begin + length), (low + size, begin, begin + length)]
        self._wide.sort()
        self._thin.sort()

    def bound(self, at: float, begin: float, end: float) -> bool:
        """True for a line that a shaded area ends at and that no rule is drawn on."""
        length = (end - begin) * _SHADED
        return _along(self._wide, at, begin, end) > length >= _along(self._thin, at, begin, end)


def _along(edges: list[Edge], at: float, begin: float, end: float) -> float:
    """How much of a stretch edges at one place cover."""
    near = edges[bisect_left(edges, (at - _AT,)) : bisect_right(edges, (at + _AT, float("inf")))]
    return sum(_overlap(edge, begin, end) for edge in near)


def _overlap(edge: Edge, begin: float, end: float) -> float:
    return max(0.0, min(edge[2], end) - max(edge[1], begin))
