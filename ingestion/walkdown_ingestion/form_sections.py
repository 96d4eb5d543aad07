"""Sections of a data sheet that are filled in label by label below sections with columns of numbers.

`PROCESS | Min | Normal | Max` has columns; below the next heading `Type | Diaphragm | Air fail | Close` has none, and
read on under the same names the fail position would stand under "Max".
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from walkdown_ingestion.clean import clean_line
from walkdown_ingestion.forms import looks_like_tag
from walkdown_ingestion.table_headers import looks_like_value

_WIDTHS, _LEAST, _LABEL_CHARS = (4, 6), 2, 40


class Section(NamedTuple):
    """Rows of a table by their number; `pairs` holds labels with values in their place where they are a form."""

    rows: list[int]
    pairs: list[list[str]] | None = None


def sections(rows: Sequence[Sequence[str]]) -> list[Section]:
    """The table in parts, of which some are forms; one part for nearly every table."""
    whole = [Section(list(range(len(rows))))]
    width = max(map(len, rows), default=0)
    if width not in _WIDTHS or any(len(row) != width for row in rows):
        return whole
    grid = [[clean_line(cell) for cell in row] for row in rows]
    heads = [n for n, row in enumerate(grid) if row[0] and len(set(row)) == 1]
    parts: list[Section] = []
    at = 0
    for head, end in pairwise((*heads, len(grid))):
        if head < at + _LEAST or not _is_form(grid[head + 1 : end], grid[at:head]):
            continue
        parts += [_columns(grid, at, head), _form(grid, head, end)]
        at = end
    return [*parts, *([_columns(grid, at, len(grid))] if at < len(grid) else [])] if parts else whole


def _form(grid: Sequence[list[str]], head: int, end: int) -> Section:
    """The labels of a section with their values, below its heading."""
    pairs, rows = [[grid[head][0]] * 2], [head]
    for n in range(head + 1, end):
        for label, value in zip(grid[n][::2], grid[n][1::2], strict=True):
            if label or value:
                pairs.append([label, value])
                rows.append(n)
    return Section(rows, pairs)


def _columns(grid: Sequence[list[str]], begin: int, end: int) -> Section:
    """A section with columns; behind a form its names are those of the first, where it has none of its own."""
    rows = list(range(begin, end))
    first = next((n for n in rows if len(set(grid[n])) > 1), None)
    names = next((n for n, row in enumerate(grid) if len(set(row)) > 1), 0)
    if begin and first is not None and any(map(looks_like_value, grid[first][1:])):
        rows = [names, *rows]
    return Section(rows)


def _is_form(rows: Sequence[Sequence[str]], above: Sequence[Sequence[str]]) -> bool:
    """True when words stand in the places of labels where the rows above hold numbers."""
    rows = [row for row in rows if any(row)]
    before = [row for row in above if len(set(row)) > 1]
    labels = [row[at] for row in rows for at in range(0, len(row), 2) if row[at] or row[at + 1]]
    if not rows or not all(map(_is_label, labels)) or len(set(labels)) < len(labels):
        return False
    inner = range(2, len(rows[0]), 2)
    if not any(row[at] for row in rows for at in inner):
        return False
    numbers = [row[at] for row in before for at in inner if row[at]]
    counted = sum(map(looks_like_value, numbers))
    return counted >= _LEAST and counted >= len(numbers) - len(inner)


def _is_label(cell: str) -> bool:
    named = any(map(str.isalpha, cell)) and not looks_like_value(cell) and not looks_like_tag(cell)
    return named and len(cell) <= _LABEL_CHARS and not cell[-1].isdigit()
