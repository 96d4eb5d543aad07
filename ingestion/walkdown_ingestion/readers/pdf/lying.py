"""A table that lies on its side on an upright page: all of its text runs upwards or downwards."""

from collections.abc import Sequence
from itertools import pairwise

from walkdown_ingestion.readers.pdf.page import Extent


def laid_upright(
    rows: Sequence[Sequence[str]], edges: Sequence[float], area: Extent, *, down: bool
) -> tuple[list[list[str]], list[Extent]]:
    """The rows as they are read, and where each lies on the page; `edges` are those of the columns as they lie.

    Text that runs upwards begins at the bottom and goes on in the column to the right, text that runs downwards begins
    at the top and goes on in the column to the left.
    """
    columns = [list(column) for column in zip(*rows, strict=True)]
    places = [Extent(low, area.y0, high, area.y1) for low, high in pairwise(edges)]
    return (columns[::-1], places[::-1]) if down else ([column[::-1] for column in columns], places)
