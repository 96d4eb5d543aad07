"""Names and values in boxes of their own on a slide: `81 %` above `Availability`, or beside it, is one statement.

Read by their places from left to right, a row of values would stand in front of a row of names.
"""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

_VALUE = re.compile(r"[<>≤≥±~+\-−–]?\s?\d[^\n]{0,24}")
_EMU = 12700
_CHARS, _LEAST = 60, 2
_ALIGNED, _LEVEL = 12.0, 8.0
"""How far, in points, what belongs together may be out of line."""
_BELOW = 60.0


class _Spot(NamedTuple):
    """A box with one short line of text; its centre and edges in points."""

    shape: Any
    text: str
    x0: float
    x1: float
    y: float

    @property
    def is_value(self) -> bool:
        return _VALUE.fullmatch(self.text) is not None


def pairs(shapes: Sequence[Any], texts: Callable[[Any], str]) -> dict[int, tuple[Any, str]]:
    """For the shape of each name, by its id: the shape of its value, and both in one line.

    `texts` gives the text of a shape as it is seen, "" where it is more than one plain line.
    """
    lines = _lines([spot for shape in shapes if (spot := _spot(shape, texts)) is not None])
    return {
        name.shape.shape_id: (value.shape, f"{name.text.rstrip(' :：')}: {value.text}")
        for name, value in (*_below(lines), *_beside(lines))
    }


def _spot(shape: Any, texts: Callable[[Any], str]) -> _Spot | None:
    if not shape.has_text_frame or shape.is_placeholder or shape.left is None or shape.width is None:
        return None
    text = texts(shape)
    if not text or len(text) > _CHARS:
        return None
    x0, y0 = shape.left / _EMU, shape.top / _EMU
    return _Spot(shape, text, x0, x0 + shape.width / _EMU, y0 + shape.height / _EMU / 2)


def _lines(spots: Sequence[_Spot]) -> list[list[_Spot]]:
    """The spots by the lines they stand on, from top to bottom and from left to right."""
    lines: list[list[_Spot]] = []
    for spot in sorted(spots, key=lambda s: s.y):
        if lines and spot.y - lines[-1][0].y <= _LEVEL:
            lines[-1].append(spot)
        else:
            lines.append([spot])
    return [sorted(line, key=lambda s: s.x0) for line in lines]


def _beside(lines: Sequence[Sequence[_Spot]]) -> list[tuple[_Spot, _Spot]]:
    """Names with the values at their right, where two lines or more are a name and a value below each other."""
    rows = [(line[0], line[1]) for line in lines if len(line) == _LEAST and not line[0].is_value and line[1].is_value]
    return [row for row in rows if sum(_in_line(row[0], a) and _in_line(row[1], b) for a, b in rows) >= _LEAST]


def _below(lines: Sequence[Sequence[_Spot]]) -> list[tuple[_Spot, _Spot]]:
    """The names and values of two lines of which one holds names and the other as many values, each in line with one.

    The lines above and below must not hold names as well: it would not be told which of them belong to the values.
    """
    found: list[tuple[_Spot, _Spot]] = []
    kinds = [{spot.is_value for spot in line} for line in lines]
    for n, (above, below) in enumerate(pairwise(lines)):
        if len(above) != len(below) or len(above) < _LEAST or below[0].y - above[0].y > _BELOW:
            continue
        if not all(_in_line(a, b) for a, b in zip(above, below, strict=True)) or kinds[n] == kinds[n + 1]:
            continue
        if len(kinds[n]) > 1 or len(kinds[n + 1]) > 1:
            continue
        # Names on the other side of the values, as many, would have as good a claim to them.
        beyond = n - 1 if kinds[n] == {True} else n + _LEAST
        if 0 <= beyond < len(lines) and len(lines[beyond]) == len(above) and kinds[beyond] == {False}:
            continue
        found += [(a, b) if kinds[n] == {False} else (b, a) for a, b in zip(above, below, strict=True)]
    return found


def _in_line(one: _Spot, other: _Spot) -> bool:
    centres = abs(one.x0 + one.x1 - other.x0 - other.x1) / 2
    return min(abs(one.x0 - other.x0), abs(one.x1 - other.x1), centres) <= _ALIGNED
