"""Two drawn tables right below each other, whose lines touch: told by the sides, which do not go on in one line.

Taken as one, the second stands under the names of the first. Its own names are in bold, as those of the first are.
"""

from collections.abc import Sequence

from walkdown_ingestion.readers.pdf.page import Page, Word
from walkdown_ingestion.readers.pdf.ruled import Grid
from walkdown_ingestion.table_headers import looks_like_value

_LEAST = 2


def parted_at_sides(grid: Grid, page: Page) -> list[Grid]:
    """The table in two where the lower rows are wider or narrower and begin with names; else as it is."""
    if not grid.header_rows or len(grid.columns) <= _LEAST or len(grid.extents) != len(grid.rows):
        return [grid]
    words = [word for segment in page.segments for word in segment.words]
    for at in range(grid.header_rows + 1, len(grid.rows) - 1):
        if not _are_names(grid, at, words) or _is_bold(grid, at - 1, words) or _is_bold(grid, at + 1, words):
            continue
        upper, lower = grid.rows[:at], grid.rows[at:]
        for narrow, wide in ((upper, lower), (lower, upper)):
            if all(not row[-1] for row in narrow) and all(row[-1] and row[-1] == row[-2] for row in wide):
                return [_part(grid, 0, at, narrow is upper), _part(grid, at, len(grid.rows), narrow is lower)]
    return [grid]


def _part(grid: Grid, begin: int, end: int, narrow: bool) -> Grid:
    """Some rows as a table of their own, without the column that only the wider one has."""
    *columns, (low, _), (_, high) = grid.columns
    last = grid.columns[-2] if narrow else (low, high)
    right = last[1]
    extents = [extent._replace(x1=right) for extent in grid.extents[begin:end]]
    return grid._replace(
        area=grid.area._replace(y0=extents[0].y0, x1=right, y1=extents[-1].y1),
        rows=[row[:-1] for row in grid.rows[begin:end]],
        extents=extents,
        header_rows=grid.header_rows if not begin else 1,
        columns=(*columns, last),
    )


def _row_words(grid: Grid, at: int, words: Sequence[Word]) -> list[Word]:
    return [word for word in words if grid.extents[at].holds(*word.middle)]


def _is_bold(grid: Grid, at: int, words: Sequence[Word]) -> bool:
    return all(word.bold for word in _row_words(grid, at, words))


def _are_names(grid: Grid, at: int, words: Sequence[Word]) -> bool:
    cells = [cell for cell in dict.fromkeys(grid.rows[at]) if cell]
    return len(cells) >= _LEAST and _is_bold(grid, at, words) and not any(map(looks_like_value, cells))
