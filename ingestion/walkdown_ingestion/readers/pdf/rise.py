"""How high and large a glyph stands beside another: what tells a raised figure from one on the line."""

from collections.abc import Callable
from typing import NamedTuple

HIGHER, LITTLE_SMALLER = 0.12, 0.86
"""Of the height of the glyph beside it: how far a raised one stands above its foot, and how large it is at most."""
_SAME_LINE = 0.03


class Glyph(NamedTuple):
    """The box of a glyph, and the line it is written on."""

    bottom: float
    height: float
    line: Callable[[], float]
    """The height of the line it is written on. Some boxes hold the ink only: those of `(` and `g` reach below it."""

    def stands_above(self, base: "Glyph") -> bool:
        """True for a glyph that is not written on the line of another."""
        return self.line() - base.line() > _SAME_LINE * base.height


def tops(glyph: Glyph, lowered: Glyph, whole: Glyph) -> bool:
    """True for one raised behind a lowered one of its size, as the square of n with a lowered index."""
    return (
        lowered.height <= LITTLE_SMALLER * whole.height
        and glyph.height <= LITTLE_SMALLER * whole.height
        and glyph.bottom - whole.bottom >= HIGHER * whole.height
        and glyph.stands_above(whole)
        and whole.stands_above(lowered)
    )
