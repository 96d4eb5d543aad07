"""Labels of a sheet over several rows that no one merged: the lines between the rows end where their column does."""

from collections.abc import MutableMapping
from typing import Any

from walkdown_ingestion.readers.sheets import Cell

_MOST_COLUMNS = 12

Place = tuple[int, int]


def lines_of(book: Any) -> list[tuple[bool, bool]]:
    """For each style of a workbook whether it draws a line above and below a cell."""
    borders = book._borders  # noqa: SLF001 - openpyxl offers styles of streamed cells nowhere else
    found = []
    for style in book._cell_styles:  # noqa: SLF001
        border = borders[style.borderId] if style.borderId < len(borders) else None
        sides = (getattr(border, side, None) for side in ("top", "bottom"))
        top, bottom = (side is not None and side.style not in (None, "none") for side in sides)
        found.append((top, bottom))
    return found


class Lines:
    """The lines above the cells of a sheet, in its first columns."""

    def __init__(self, styles: list[tuple[bool, bool]]) -> None:
        self._styles = styles
        self._above: set[Place] = set()

    def see(self, row: int, column: int, style: int) -> None:
        """A cell, also one that holds nothing."""
        if column > _MOST_COLUMNS or style >= len(self._styles):
            return
        top, bottom = self._styles[style]
        if top:
            self._above.add((row, column))
        if bottom:
            self._above.add((row + 1, column))

    def carry_labels(self, rows: MutableMapping[int, dict[int, Cell]]) -> None:
        """Write a label into the rows below it that a line parts in all columns but its own."""
        if not self._above:
            return
        for row in sorted(rows):
            above, own = rows.get(row - 1, {}), rows[row]
            first = min(own)
            label = above.get(first - 1)
            if label is None or min(above) < first - 1 or (row, first - 1) in self._above:
                continue
            if all((row, column) in self._above for column in own if column <= _MOST_COLUMNS):
                rows[row] = {first - 1: label, **own}
