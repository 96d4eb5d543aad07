"""Rows of ruled tables that a page end cuts, where no line closes the cells above it or below."""

from collections.abc import Sequence

from walkdown_ingestion.readers.pdf.page import Rule

_COLUMNS, _SHARE = 3, 0.6
_LEAST, _MOST = 5.0, 80.0
"""Heights of such a row: some lines of text, not the rest of a page."""
_SNAP = 3.0


def with_open_ends(ys: Sequence[float], down: Sequence[Rule], columns: int) -> list[float]:
    """The heights of a table's lines, and those at which most of its upright ones end beyond them."""
    found = list(ys)
    if not found or not down:
        return found
    for ends, outer, beyond in (([r.y0 for r in down], ys[0], -1), ([r.y1 for r in down], ys[-1], 1)):
        edge = beyond * max(beyond * y for y in ends)
        open_at = {round(r.x0) for r, y in zip(down, ends, strict=True) if abs(y - edge) < _SNAP}
        if _LEAST < beyond * (edge - outer) < _MOST and len(open_at) >= max(_COLUMNS, _SHARE * columns):
            found.append(edge)
    return sorted(found)
