"""Pages whose glyphs are placed one by one, as some printers write them: the parser takes each for a word."""

from itertools import pairwise
from typing import Any

_TOUCHES = 0.03
"""Of the letters' size, the gap between two glyphs of a word at most; a space is seven times as wide."""
_MOST = 0.5
_LEAST = 20


def touch(before: Any, after: Any, size: float) -> bool:
    """True when a word begins where the one before it ends, so that no space is between them."""
    return bool(abs(after.x - (before.x + before.width)) <= _TOUCHES * size)


def is_set_singly(page: Any) -> bool:
    """True when most of the words that stand beside each other on a page touch: they are pieces of words."""
    pairs = [
        touch(before, after, item.font_height or item.height)
        for item in page.text_items
        for before, after in pairwise(item.words or [])
    ]
    return len(pairs) >= _LEAST and sum(pairs) > _MOST * len(pairs)
