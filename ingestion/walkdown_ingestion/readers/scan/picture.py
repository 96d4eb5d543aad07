"""Pictures of pages: straightening, and the rules of tables, found as long dark runs of pixels."""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Mask = NDArray[np.bool_]

_MAX_SKEW, _STEP, _FINE = 4.0, 0.5, 0.1
_WORTH = 0.15
_SMALL = 900
_RULE_INCHES = 0.35
_THICK_INCHES = 0.05


class Line(NamedTuple):
    """A straight rule in pixels; `x0 <= x1`, `y0 <= y1`."""

    x0: float
    y0: float
    x1: float
    y1: float


class Straight(NamedTuple):
    """A picture turned upright, and how to find a place of it on the page it was made of."""

    picture: Image.Image
    quarter: int
    """Quarter turns clockwise that were made."""
    angle: float
    """Degrees counterclockwise that were turned after that."""
    size: tuple[int, int]
    """Size in pixels before any turn."""

    def origin(self, x: float, y: float) -> tuple[float, float]:
        """The place in the picture as it was before."""
        width, height = self.picture.size
        cx, cy = width / 2, height / 2
        a = math.radians(self.angle)
        dx, dy = x - cx, y - cy
        x, y = cx + dx * math.cos(a) - dy * math.sin(a), cy + dx * math.sin(a) + dy * math.cos(a)
        if self.quarter == 1:
            return y, self.size[1] - x
        if self.quarter == 2:
            return self.size[0] - x, self.size[1] - y
        if self.quarter == 3:
            return self.size[0] - y, x
        return x, y


def ink(picture: Image.Image) -> Mask:
    """True where a gray picture is dark against its own paper."""
    return np.asarray(picture, dtype=np.uint8) < _threshold(picture)


def paper(picture: Image.Image) -> int:
    """The value of a gray picture's paper: nine of ten pixels are no lighter."""
    below = np.cumsum(picture.histogram())
    return int(np.searchsorted(below, 0.9 * (below[-1] - 1), side="right"))


def _threshold(picture: Image.Image) -> int:
    """Otsu's threshold: the value that parts dark and light pixels best."""
    counts = np.asarray(picture.histogram(), dtype=np.float64)
    total = counts.sum()
    levels = np.arange(256)
    below = np.cumsum(counts)
    mass = np.cumsum(counts * levels)
    with np.errstate(divide="ignore", invalid="ignore"):
        between = (mass[-1] * below - mass * total) ** 2 / (below * (total - below))
    return int(np.nanargmax(np.nan_to_num(between))) + 1


def skew(picture: Image.Image) -> float:
    """Degrees by which the lines of a page fall to the right; 0 where nothing speaks for any."""
    small = picture.copy()
    small.thumbnail((_SMALL, _SMALL), Image.Resampling.BILINEAR)
    dark = Image.fromarray((ink(small) * 255).astype(np.uint8))

    def sharpness(angle: float) -> float:
        turned = np.asarray(dark.rotate(angle, Image.Resampling.NEAREST), dtype=np.float64)
        return float(np.square(np.diff(turned.sum(axis=1))).sum())

    coarse = max(np.arange(-_MAX_SKEW, _MAX_SKEW + _STEP, _STEP), key=sharpness)
    return float(max(np.arange(coarse - _STEP, coarse + _STEP + _FINE, _FINE), key=sharpness))


def straighten(picture: Image.Image, quarter: int = 0) -> Straight:
    """A gray picture after quarter turns clockwise, with its lines level."""
    turned = picture.rotate(-90 * quarter, expand=True) if quarter else picture
    angle = skew(turned)
    if abs(angle) < _WORTH:
        angle = 0.0
    level = turned.rotate(angle, Image.Resampling.BICUBIC, fillcolor=255) if angle else turned
    level.info["dpi"] = picture.info.get("dpi", (300, 300))
    return Straight(level, quarter % 4, angle, picture.size)


def _runs(dark: Mask, shortest: int) -> list[tuple[int, int, int]]:
    """Long dark runs in the rows of a mask: (row, start, end). Single light pixels, left by noise, are bridged."""
    found: list[tuple[int, int, int]] = []
    for row in np.flatnonzero(dark.sum(axis=1) >= shortest):
        edges = np.diff(np.concatenate(([0], dark[row].view(np.int8), [0])))
        starts, ends = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
        apart = (starts[1:] - ends[:-1]) > 1
        starts, ends = starts[np.r_[True, apart]], ends[np.r_[apart, True]]
        for i in np.flatnonzero(ends - starts >= shortest):
            found.append((int(row), int(starts[i]), int(ends[i])))
    return found


def _merge(runs: list[tuple[int, int, int]], thick: int) -> list[tuple[float, float, float]]:
    """Runs that lie on each other as one rule: (middle, start, end). Bands thicker than a rule are areas, not rules."""
    groups: list[list[int]] = []
    for row, start, end in runs:
        for group in reversed(groups):
            if row - group[1] <= 2 and start <= group[3] and group[2] <= end:
                group[1], group[2], group[3] = row, min(group[2], start), max(group[3], end)
                break
        else:
            groups.append([row, row, start, end])
    return [((top + bottom) / 2, start, end) for top, bottom, start, end in groups if bottom - top <= thick]


def rules(picture: Image.Image) -> list[Line]:
    """The horizontal and vertical rules of a straight picture."""
    dpi = float(picture.info.get("dpi", (300,))[0])
    dark = ink(picture)
    shortest, thick = int(_RULE_INCHES * dpi), int(_THICK_INCHES * dpi)
    across = _merge(_runs(dark, shortest), thick)
    down = _merge(_runs(np.ascontiguousarray(dark.T), shortest), thick)
    return [Line(start, y, end, y) for y, start, end in across] + [Line(x, start, x, end) for x, start, end in down]


def without(picture: Image.Image, lines: list[Line]) -> Image.Image:
    """The picture with its rules painted over: letters that touch a rule are read better without it."""
    dpi = float(picture.info.get("dpi", (300,))[0])
    reach = max(round(0.012 * dpi), 2)
    values, blank = np.array(picture), paper(picture)
    for line in lines:
        x0, x1 = max(int(line.x0) - reach, 0), int(line.x1) + reach
        y0, y1 = max(int(line.y0) - reach, 0), int(line.y1) + reach
        values[y0:y1, x0:x1] = blank
    clean = Image.fromarray(values)
    clean.info["dpi"] = picture.info.get("dpi", (300, 300))
    return clean
