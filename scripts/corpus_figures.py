"""Lays a figure out as lines, boxes and texts in points, which corpus_drawing renders as vectors or as a picture."""

import itertools
import math
from typing import Literal, NamedTuple

from corpus_fonts import text_width

from walkdown.packs.figures import Figure, number_text

WIDTH, HEIGHT = 430.0, 215.0
_LEFT, _RIGHT, _BOTTOM, _TOP = 52.0, 14.0, 40.0, 22.0
_SMALL = 8.0
_STEP_WIDTH, _STEP_HEIGHT, _STEP_GAP, _ROW_GAP = 92.0, 34.0, 20.0, 24.0


class Line(NamedTuple):
    """A stroke. `gray` is 0 for black; `dash` is the length of dashes, 0 for none."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float = 1.0
    gray: float = 0.0
    dash: float = 0.0


class Box(NamedTuple):
    """A filled rectangle with a thin black edge, given by its lower left corner."""

    x: float
    y: float
    width: float
    height: float
    gray: float = 0.9


class Text(NamedTuple):
    """A line of text at its base line."""

    x: float
    y: float
    text: str
    size: float = _SMALL
    anchor: Literal["start", "middle", "end"] = "start"


Shape = Line | Box | Text


class Layout(NamedTuple):
    """The shapes of a figure and its size in points; the origin is the lower left corner."""

    width: float
    height: float
    shapes: list[Shape]


def ticks(low: float, high: float) -> list[float]:
    """About five round numbers that span from `low` to `high`."""
    span = (high - low) or abs(high) or 1.0
    step = 10.0 ** math.floor(math.log10(span / 5))
    step *= next(m for m in (1, 2, 5, 10) if span / (step * m) <= 6)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(n * step, 10) for n in range(first, max(last, first + 1) + 1)]


class _Scale(NamedTuple):
    marks: list[float]
    start: float
    length: float

    def at(self, value: float) -> float:
        low, high = self.marks[0], self.marks[-1]
        return self.start + (value - low) / (high - low) * self.length


def _axes(figure: Figure, y: _Scale) -> list[Shape]:
    end = WIDTH - _RIGHT
    shapes: list[Shape] = [Line(_LEFT, _BOTTOM, end, _BOTTOM), Line(_LEFT, _BOTTOM, _LEFT, HEIGHT - _TOP)]
    for mark in y.marks:
        height = y.at(mark)
        shapes += [
            Line(_LEFT, height, end, height, 0.4, 0.75),
            Text(_LEFT - 4, height - 3, number_text(mark), anchor="end"),
        ]
    shapes.append(Text(_LEFT, HEIGHT - 12, figure.y))
    shapes.append(Text((_LEFT + end) / 2, 8, figure.x, anchor="middle"))
    return shapes


def _line_chart(figure: Figure) -> list[Shape]:
    points = [point for series in figure.series.values() for point in series]
    x = _Scale(ticks(min(p[0] for p in points), max(p[0] for p in points)), _LEFT, WIDTH - _LEFT - _RIGHT)
    y = _Scale(ticks(min(p[1] for p in points), max(p[1] for p in points)), _BOTTOM, HEIGHT - _BOTTOM - _TOP)
    shapes = _axes(figure, y)
    for mark in x.marks:
        place = x.at(mark)
        shapes += [Line(place, _BOTTOM, place, _BOTTOM - 3), Text(place, 26, number_text(mark), anchor="middle")]
    legend = WIDTH - _RIGHT
    for position, (name, series) in enumerate(reversed(figure.series.items())):
        dash = 0.0 if position == len(figure.series) - 1 else 3.0 + 2 * position
        for (x1, y1), (x2, y2) in itertools.pairwise(series):
            shapes.append(Line(x.at(x1), y.at(y1), x.at(x2), y.at(y2), 1.4, 0.0, dash))
        for px, py in series:
            shapes.append(Box(x.at(px) - 1.6, y.at(py) - 1.6, 3.2, 3.2, 0.2))
        shapes.append(Text(legend, HEIGHT - 12, name, anchor="end"))
        legend -= text_width(name, _SMALL) + 4
        shapes.append(Line(legend - 20, HEIGHT - 9, legend, HEIGHT - 9, 1.4, 0.0, dash))
        legend -= 32
    return shapes


def _bar_chart(figure: Figure) -> list[Shape]:
    values = list(figure.bars.values())
    y = _Scale(ticks(min(0.0, *values), max(0.0, *values)), _BOTTOM, HEIGHT - _BOTTOM - _TOP)
    shapes = _axes(figure, y)
    slot = (WIDTH - _LEFT - _RIGHT) / len(values)
    for position, (name, value) in enumerate(figure.bars.items()):
        middle = _LEFT + slot * (position + 0.5)
        low, high = sorted((y.at(0.0), y.at(value)))
        size = min(_SMALL, _SMALL * slot / (text_width(name, _SMALL) + 4))
        shapes += [
            Box(middle - slot * 0.3, low, slot * 0.6, max(high - low, 0.5), 0.7),
            Text(middle, high + 3, number_text(value), anchor="middle"),
            Text(middle, 26, name, size, "middle"),
        ]
    return shapes


def _label(text: str, middle: float, base: float) -> list[Shape]:
    """The text of a step in one or two lines that fit its box."""
    words = text.split()
    lines = [text]
    if text_width(text, _SMALL) > _STEP_WIDTH - 8 and len(words) > 1:
        cuts = [(" ".join(words[:n]), " ".join(words[n:])) for n in range(1, len(words))]
        lines = list(min(cuts, key=lambda cut: max(text_width(part, _SMALL) for part in cut)))
    size = min(_SMALL, *(_SMALL * (_STEP_WIDTH - 8) / (text_width(line, _SMALL) + 0.1) for line in lines))
    top = base + _STEP_HEIGHT / 2 - 3 + (len(lines) - 1) * 5
    return [Text(middle, top - 10 * n, line, size, "middle") for n, line in enumerate(lines)]


def _arrow(x1: float, y1: float, x2: float, y2: float) -> list[Shape]:
    """A stroke along an axis with a head at its end."""
    dx, dy = (math.copysign(4, x2 - x1), 0.0) if x1 != x2 else (0.0, math.copysign(4, y2 - y1))
    sides = [(x2 - dx + side * dy * 0.6, y2 - dy + side * dx * 0.6) for side in (1, -1)]
    return [Line(x1, y1, x2, y2), *(Line(x, y, x2, y2) for x, y in sides)]


def _flow(figure: Figure) -> Layout:
    a_row = int((WIDTH + _STEP_GAP) // (_STEP_WIDTH + _STEP_GAP))
    rows = -(-len(figure.steps) // a_row)
    height = rows * _STEP_HEIGHT + (rows - 1) * _ROW_GAP + 8
    shapes: list[Shape] = []
    for position, step in enumerate(figure.steps):
        row, column = divmod(position, a_row)
        x = column * (_STEP_WIDTH + _STEP_GAP) + 2
        y = height - 4 - _STEP_HEIGHT - row * (_STEP_HEIGHT + _ROW_GAP)
        middle = y + _STEP_HEIGHT / 2
        shapes += [Box(x, y, _STEP_WIDTH, _STEP_HEIGHT), *_label(step, x + _STEP_WIDTH / 2, y)]
        if position + 1 == len(figure.steps):
            continue
        if column + 1 < a_row:
            shapes += _arrow(x + _STEP_WIDTH, middle, x + _STEP_WIDTH + _STEP_GAP, middle)
        else:
            # Down from the last box of a row, back along the gap, and down into the first of the next.
            first, gap = 2 + _STEP_WIDTH / 2, y - _ROW_GAP / 2
            last = x + _STEP_WIDTH / 2
            shapes += [Line(last, y, last, gap), Line(last, gap, first, gap), *_arrow(first, gap, first, y - _ROW_GAP)]
    return Layout(WIDTH, height, shapes)


def lay_out(figure: Figure) -> Layout:
    """The shapes of a figure without its caption."""
    if figure.kind == "flow":
        return _flow(figure)
    shapes = _line_chart(figure) if figure.kind == "line" else _bar_chart(figure)
    return Layout(WIDTH, HEIGHT, shapes)
