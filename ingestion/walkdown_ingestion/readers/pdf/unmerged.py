"""Rows of a ruled table between whose cells no lines are drawn: banded tables draw them in every other row only."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from itertools import pairwise

from walkdown_ingestion.readers.pdf.page import Word

Cell = tuple[int, int]
_GAP = 0.8
"""Of the letters' height; words of one text stand closer."""
_LEAST, _SHARE = 3, 0.6
_FEW = 4
"""Rows of a table of which one alone may be banded."""


def unmerged(owner: Mapping[Cell, Cell], words: Iterable[tuple[Cell, Word]]) -> dict[Cell, Cell]:
    """The owners of cells with those rows parted that seem one cell, but whose words stand in the columns of others."""
    out = dict(owner)
    members: dict[Cell, list[Cell]] = defaultdict(list)
    for cell, held in owner.items():
        members[held].append(cell)
    inside: dict[Cell, dict[Cell, list[Word]]] = defaultdict(lambda: defaultdict(list))
    for cell, word in words:
        inside[owner[cell]][cell].append(word)
    found = [members[held] for held, parts in inside.items() if _is_parted(members[held], parts)]
    # A single row may be a text with wide gaps, such as boxes to tick.
    rows = len({row for row, _ in owner})
    for cells in found if len(found) > 1 or rows <= _FEW else ():
        out.update({cell: cell for cell in cells})
    return out


def _is_parted(cells: Collection[Cell], parts: Mapping[Cell, list[Word]]) -> bool:
    """True for a row of one cell whose words stand in most columns of the others, apart from each other."""
    return len({row for row, _ in cells}) == 1 and len(parts) >= max(_LEAST, _SHARE * len(cells)) and _apart(parts)


def _apart(parts: Mapping[Cell, list[Word]]) -> bool:
    """True when a gap wider than a space lies between the words of neighbouring columns."""
    columns = [parts[cell] for cell in sorted(parts)]
    return all(
        min(w.x0 for w in b) - max(w.x1 for w in a) > _GAP * min(w.y1 - w.y0 for w in (*a, *b))
        for a, b in pairwise(columns)
    )
