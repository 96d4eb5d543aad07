"""A page as the layout step sees it: words in visual lines, and the straight rules drawn on it.

Lengths are PDF points from the top-left corner of the page.
"""

from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

from walkdown.documents import Box
from walkdown_ingestion.readers.pdf.turning import filed_place


class Word(NamedTuple):
    """One word and where it stands."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    bold: bool = False

    @property
    def middle(self) -> tuple[float, float]:
        """Its centre."""
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2


class _Run(NamedTuple):
    words: tuple[Word, ...]
    size: float
    bold: bool
    downwards: bool = False
    """Of text that runs sideways: from the top to the bottom."""


class Segment(_Run):
    """A run of words on one visual line without a wide gap, in one style.

    What is made of its words is kept: the layout asks for the edges of each a few thousand times.
    """

    @cached_property
    def text(self) -> str:
        """The words with single spaces."""
        return " ".join(word.text for word in self.words)

    @property
    def x0(self) -> float:
        """Left edge."""
        return self.words[0].x0

    @property
    def x1(self) -> float:
        """Right edge."""
        return self.words[-1].x1

    @cached_property
    def y0(self) -> float:
        """Top edge."""
        return min(word.y0 for word in self.words)

    @cached_property
    def y1(self) -> float:
        """Bottom edge."""
        return max(word.y1 for word in self.words)

    @property
    def middle(self) -> float:
        """Height of its centre."""
        return (self.y0 + self.y1) / 2


class Rule(NamedTuple):
    """A straight horizontal or vertical line; `x0 <= x1` and `y0 <= y1`. `soft`: only where a shaded area ends."""

    x0: float
    y0: float
    x1: float
    y1: float
    soft: bool = False

    @property
    def horizontal(self) -> bool:
        """True when it is wider than high."""
        return self.x1 - self.x0 >= self.y1 - self.y0


class Page(NamedTuple):
    """One page. `scanned`: it shows an image and has no text of its own."""

    number: int
    width: float
    height: float
    segments: tuple[Segment, ...]
    rules: tuple[Rule, ...]
    scanned: bool = False
    hidden: int = 0
    """Characters left out because no reader of the page can see them."""
    struck: int = 0
    """Characters left out because a line is drawn through them."""
    covered: int = 0
    """Characters left out because a shape lies over them or has their colour."""
    switched_off: int = 0
    """Characters left out because their layer is switched off."""
    comments: int = 0
    """Notes of reviewers that were left out."""
    stamps: tuple[str, ...] = ()
    """What is stamped across the page."""
    unplaced: int = 0
    """Raised figures that could not be told from plain ones in the text."""
    turned: tuple[Segment, ...] = ()
    """Text that runs upwards or downwards; it has no place in the order of the lines."""
    garbled: bool = False
    unmapped: float = 0.0
    """The text layer holds characters that are not those of the print."""
    quarter: int = 0
    """Quarter turns clockwise that were made so that its text stands upright; boxes are of the page as filed."""


class Extent(NamedTuple):
    """A rectangle."""

    x0: float
    y0: float
    x1: float
    y1: float

    def holds(self, x: float, y: float, slack: float = 1.0) -> bool:
        """True for a point inside."""
        return self.x0 - slack <= x <= self.x1 + slack and self.y0 - slack <= y <= self.y1 + slack

    def box(self, page: Page) -> Box:
        """As a box of a document, cut to the page."""
        x0, x1 = (min(max(x, 0.0), page.width) for x in (self.x0, self.x1))
        y0, y1 = (min(max(y, 0.0), page.height) for y in (self.y0, self.y1))
        one = filed_place(x0, y0, page.quarter, page.width, page.height)
        other = filed_place(x1, y1, page.quarter, page.width, page.height)
        (x0, x1), (y0, y1) = (sorted((round(a, 1), round(b, 1))) for a, b in zip(one, other, strict=True))
        return Box(page=page.number, x0=x0, y0=y0, x1=x1, y1=y1)


def extent(parts: Iterable[Word | Segment | Extent]) -> Extent:
    """The rectangle around some parts; there must be one."""
    x0, y0, x1, y1 = zip(*((p.x0, p.y0, p.x1, p.y1) for p in parts), strict=True)
    return Extent(min(x0), min(y0), max(x1), max(y1))
