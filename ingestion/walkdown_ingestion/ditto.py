"""Marks that say "as above" in the cells of a table: each row is read on its own, so what they stand for is written."""

import re
from collections.abc import Sequence

from walkdown_ingestion.table_headers import Row, spans_all

_ABOVE = re.compile(
    r"(?:[〃〻仝″\"]|''|,,|[-–—]\s?(?:do|ditto|〃|″|\")\.?\s?[-–—]|do\.|ditto\.?|[ií]dem\.?|same as above|as above"
    r"|상\s?동|[위상]기?와\s?(?:같음|동일(?:함)?)|同\s?上|同上记?)",
    re.IGNORECASE,
)
_LEFT = re.compile(r"좌\s?동|同\s?左|same as left", re.IGNORECASE)
_INCHES = frozenset("″\"'")
_UNIT_COLUMN = re.compile(r"unit|uom|단위|单位|単位|unidad|size|dia|inch|규격|치수|구경|관경", re.IGNORECASE)


def without_dittos(header: Sequence[Row], rows: Sequence[Row]) -> list[Row]:
    """The rows with each mark replaced by the cell that it stands for; a mark below nothing stays.

    A straight sign in a column of units or sizes may be that of inches, and stays.
    """
    inches = [any(_UNIT_COLUMN.search(row[c]) for row in header) for c in range(len(rows[0]))] if rows else []
    out: list[Row] = []
    above: Row = ()
    for row in rows:
        if spans_all(row):
            out.append(row)
            continue
        cells = list(row)
        for c, cell in enumerate(row):
            if above and above[c] and _ABOVE.fullmatch(cell) and not (inches[c] and set(cell) <= _INCHES):
                cells[c] = above[c]
            elif c and cells[c - 1] and _LEFT.fullmatch(cell):
                cells[c] = cells[c - 1]
        above = tuple(cells)
        out.append(above)
    return out
