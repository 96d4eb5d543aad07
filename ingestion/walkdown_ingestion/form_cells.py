"""Cells of forms that are more than a label and its value: merged over columns, or with the unit in one of its own.

Sheets are ruled finer than the form on them, so a value lies over several columns. Vendors' data sheets give the unit
of each value beside it: `Rated flow | 145 | m³/h | Normal flow | 120 | m³/h`.
"""

import re
from collections.abc import Callable, Sequence

from walkdown.text.units import is_unit

_UNITS = _LEAST = 3
_LABEL_CHARS = 40
_KNOWN = 0.6
"""Share of the units that are known as such; the others are short and in one word, like `EA`."""
_LIKE_UNIT = re.compile(r"(?:1/)?[^\W\d_][^\s:：]{0,9}")
_NO_UNIT = frozenset(("", "-", "–", "—"))


def once(grid: Sequence[Sequence[str]]) -> list[list[str]] | None:
    """The rows with each merged cell once, to one width; None where none is merged or labels would lose their values.

    Columns that are empty throughout are no cells. A row that is one cell across stays that.
    """
    width = max(map(len, grid), default=0)
    used = [c for c in range(width) if any(row[c] for row in grid)]
    rows = [[row[c] for n, c in enumerate(used) if not n or row[c] != row[used[n - 1]]] for row in grid]
    widest = max(map(len, rows), default=0)
    if widest == width or widest < 2 * 2 or any(len(row) % 2 for row in rows if len(row) > 1):
        return None
    return [[row[0] if row else ""] * widest if len(row) < 2 else row + [""] * (widest - len(row)) for row in rows]


def by_colons(grid: Sequence[Sequence[str]]) -> list[list[str]] | None:
    """The rows of a form of which each label ends in a colon, with their values wherever they stand in the row.

    None where a cell stands in front of the labels, a label has several values or heads others, or one comes again.
    """
    rows: list[list[str]] = []
    for row in grid:
        cells = [cell for i, cell in enumerate(row) if cell and (not i or cell != row[i - 1])]
        found: list[str] = []
        for cell in cells:
            if is_key(cell):
                found += ([""] if len(found) % 2 else []) + [cell]
            elif len(found) % 2:
                found.append(cell)
            elif len(cells) > 1:
                return None
        if len(found) > 2 and not found[1]:
            return None
        rows.append(found + [""] * (len(found) % 2) if found else list(cells))
    labels = [label.casefold() for row in rows if len(row) > 1 for label in row[::2]]
    if len(set(labels)) < len(labels):
        return None
    if sum(map(len, rows)) < 2 * _LEAST or not any(len(row) > 1 for row in rows):
        return None
    widest = max(map(len, rows))
    return [row * widest if len(row) == 1 else row + [""] * (widest - len(row)) for row in rows]


def without_lone_colons(grid: Sequence[Sequence[str]]) -> list[list[str]] | None:
    """Labels with their values where the colon between them has a column of its own; None for any other table."""
    width = max(map(len, grid), default=0)
    at = next((c for c in range(1, width - 1) if {row[c] for row in grid if any(row)} <= {":", "：", ""}), None)
    if at is None or sum(bool(row[at]) for row in grid) < max(2, _KNOWN * len(grid)):
        return None
    if any(not row[at - 1] for row in grid if row[at]) or at > 1:
        return None
    return [[row[0], " ".join(dict.fromkeys(filter(None, row[at + 1 :])))] if row[at] else [row[0]] * 2 for row in grid]


def is_key(cell: str) -> bool:
    """True for a label that says by a colon that its value follows."""
    return len(cell) <= _LABEL_CHARS and cell.endswith((":", "："))


def triples(row: Sequence[str]) -> list[Sequence[str]]:
    """Labels with their value and unit; a row that is one cell across is one of them."""
    if len(set(row)) == 1:
        return [row[:1]] if row[0] else []
    return [row[at : at + 3] for at in range(0, len(row), 3) if any(row[at : at + 3])]


def values_with_units(grid: Sequence[Sequence[str]], is_label: Callable[[str], bool]) -> list[list[str]] | None:
    """The rows of a form of labels, values and units, each value with its unit; None for any other table."""
    width = max(map(len, grid), default=0)
    if width % 3 or width < 2 * 3:
        return None
    cells = [triple for row in grid if len(set(row)) > 1 for triple in triples(row)]
    labels = [label.casefold() for label, _, _ in cells]
    if not all(is_label(label) for label, _, _ in cells) or len(set(labels)) < len(labels):
        return None
    units = [unit for _, _, unit in cells if unit not in _NO_UNIT]
    known = sum(map(is_unit, units))
    if len(units) < max(_UNITS, len(cells) / 3) or known < _KNOWN * len(units):
        return None
    if not all(is_unit(unit) or _LIKE_UNIT.fullmatch(unit) for unit in units):
        return None
    found = [triple for row in grid for triple in triples(row)]
    return [[one[0], one[0]] if len(one) == 1 else [one[0], _with_unit(one[1], one[2])] for one in found]


def _with_unit(value: str, unit: str) -> str:
    return value if unit in _NO_UNIT else f"{value} {unit}".strip()
