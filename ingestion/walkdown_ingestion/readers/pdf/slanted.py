"""Letters that a program slants itself where the font has no italics, as Word and browsers do with Korean fonts.

The parser takes the slant for the direction of the line, and leaves it out as what is printed across a page.
"""

import math
from itertools import pairwise
from typing import Any

_LEAST, _MOST = 8.0, 25.0
"""Degrees by which letters are slanted to the right."""
_STRAIGHT = 2.0
_SPACE = 0.15
_BELOW, _LEAST_WIDTH = 0.2, 0.5
"""Share of the letters' height that is below their line, and the width that is left of a box at least."""
_TALLEST = 1.75
"""Of the letters' size, the height of a slanted line; that of one which rises or falls grows with its length."""


def without_diagonal(items: list[Any]) -> list[Any]:
    """The text of a page but for what runs across it; slanted letters are set upright."""
    return [item for item in items if _is_along(item.rotation or 0.0) or _set_upright(item)]


def _is_along(rotation: float) -> bool:
    """True for text that runs along an edge of the page."""
    off = rotation % 90
    return min(off, 90 - off) <= _STRAIGHT


def _set_upright(item: Any) -> bool:
    """Give a line of slanted letters their upright size; False for a line that rises or falls."""
    if not _LEAST <= item.rotation <= _MOST or not item.font_height:
        return False
    slant = math.tan(math.radians(item.rotation))
    # The parser gives the letters' size across their slant.
    size = item.font_height / math.sqrt(1 + slant**2 / 2 - slant * math.sqrt(1 + slant**2 / 4))
    if item.height > _TALLEST * size:
        return False
    item.rotation, item.font_height = 0.0, size
    for box in (item, *(item.words or [])):
        _without_slant(box, slant * box.height)
    item.text = _text(item.words, size) if item.words else item.text
    return True


def _text(words: list[Any], size: float) -> str:
    """The words with the spaces that the slant had filled."""
    text = words[0].text
    for before, after in pairwise(words):
        text += (" " if after.x - before.x - before.width > _SPACE * size else "") + after.text
    return str(text)


def _without_slant(box: Any, wide: float) -> None:
    """Take from a box what its letters lean over to both sides: else no gap is left between words."""
    box.x += _BELOW * wide
    box.width = max(box.width - wide, _LEAST_WIDTH)
