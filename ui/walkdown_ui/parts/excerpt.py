"""The part of a page picture around a passage, so that the marked lines are in view and large enough to read."""

import io
from collections.abc import Sequence

from PIL import Image

from walkdown.documents import Box

_POINTS_PER_INCH = 72
_ABOVE, _BESIDE = 36.0, 24.0
"""Points shown above and below, and on either side."""
_MIN_WIDTH, _MIN_HEIGHT = 300.0, 110.0
"""Points; less would blow up a short line beyond measure."""
_WHOLE = 0.6
"""A passage that takes more than this share of the page's height is seen best on the whole page."""


def _span(low: float, high: float, margin: float, least: float, limit: float) -> tuple[float, float]:
    """A stretch from low to high with a margin, at least `least` long, within 0 to limit."""
    low, high = low - margin, high + margin
    missing = max(0.0, least - (high - low)) / 2
    return max(0.0, low - missing), min(limit, high + missing)


def excerpt(png: bytes, boxes: Sequence[Box], dpi: int) -> bytes | None:
    """The strip of a page around the passage's boxes, those on that page, as PNG.

    `png` is the page, drawn at `dpi`. None where a strip would show no more than the page does, or where the boxes
    do not lie on the picture.
    """
    here = list(boxes)
    if not here:
        return None
    picture = Image.open(io.BytesIO(png))
    scale = dpi / _POINTS_PER_INCH
    width, height = picture.width / scale, picture.height / scale
    left, top = min(box.x0 for box in here), min(box.y0 for box in here)
    right, bottom = max(box.x1 for box in here), max(box.y1 for box in here)
    if min(left, top) < -1 or right > width + 1 or bottom > height + 1 or bottom - top > _WHOLE * height:
        return None
    x0, x1 = _span(left, right, _BESIDE, _MIN_WIDTH, width)
    y0, y1 = _span(top, bottom, _ABOVE, _MIN_HEIGHT, height)
    out = io.BytesIO()
    picture.crop((round(x0 * scale), round(y0 * scale), round(x1 * scale), round(y1 * scale))).save(out, "PNG")
    return out.getvalue()
