"""Labels merged over rows in tables with lines between rows only: such a line ends where the label's column does."""

from collections.abc import Sequence

from walkdown_ingestion.readers.pdf.page import Extent, Rule
from walkdown_ingestion.readers.pdf.ruled import Grid

_MOST_OF = 0.6
"""Share of a cell's width that a line above it covers."""
_SLACK = 2.0


def with_labels_over_rows(grid: Grid, rules: Sequence[Rule]) -> Grid:
    """A table without lines between columns, each label on all the rows that no line parts from it."""
    across = [r for r in rules if r.horizontal and not r.soft]
    if grid.ruled or len(grid.columns) < 2 or not across or any(len(row) != len(grid.columns) for row in grid.rows):
        return grid
    rows = [list(row) for row in grid.rows]
    for i in range(1, len(rows)):
        lined = _lined(grid.columns, grid.extents[i - 1], grid.extents[i], across)
        first = next((c for c, one in enumerate(lined) if one), 0)
        if not first or not all(lined[first:]):
            continue
        for c in range(first):
            rows[i][c] = rows[i][c] or rows[i - 1][c]
    return grid._replace(rows=rows)


def _lined(columns: Sequence[tuple[float, float]], above: Extent, below: Extent, rules: Sequence[Rule]) -> list[bool]:
    """For each column whether a line is drawn across it between two rows."""
    held = [r for r in rules if above.y1 - _SLACK < r.y0 < below.y0 + _SLACK]
    return [any(min(r.x1, high) - max(r.x0, low) >= _MOST_OF * (high - low) for r in held) for low, high in columns]
