"""Names of columns that stand in two rows of which the second repeats some of the first, or counts the columns.

Merged cells reach a table as equal neighbours, so a name merged downwards stands in both rows. A matrix of causes and
effects numbers its effects below their names.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from walkdown_ingestion.forms import looks_like_tag

_LEAST, _NAME_CHARS = 2, 60
_NAMED = re.compile(r"([^\W\d][^\d:=]{0,20}?)\.?\s?[:=]?\s?[<>≤≥±+\-−]?\d[\d.,]*(?:\s?\S{1,8})?")
"""An amount with its name in one cell: `Max. 9.0`."""


def reaches_down(rows: Sequence[Sequence[str]], at: int) -> bool:
    """True when the row below the one at `at` is header as well: it repeats names of it, the first among them.

    `Parameter | Target | Action | Limit` above `Parameter | Target | 1 (24 h) | 2 (stop)`: no row of data says again
    what its columns are called.
    """
    if at + 2 >= len(rows):
        return False
    above, below, third = rows[at : at + 3]
    again = [a for a, b in zip(above, below, strict=True) if a and a == b]
    own = [b for a, b in zip(above, below, strict=True) if b and a != b]
    if len(set(again)) < _LEAST or above[0] != below[0] or not own or third[0] == above[0]:
        return False
    return (at > 0 or all(above)) and all(map(_is_name, again)) and not any(map(looks_like_tag, (*own, *above)))


def names_amounts(rows: Sequence[Sequence[str]]) -> bool:
    """True when the first row is one of amounts that say what they are, as those below it: `Normal 65 | Max. 90`."""
    for column in zip(*(row for row in rows if len(set(row)) > 1), strict=True):
        named = [_NAMED.fullmatch(cell) for cell in column]
        if len(named) >= _LEAST and all(named) and len({one[1].casefold() for one in named if one}) == 1:
            return len(set(column)) > 1
    return False


def _is_name(cell: str) -> bool:
    return len(cell) <= _NAME_CHARS and any(map(str.isalpha, cell)) and not any(map(str.isdigit, cell))


_TAG = re.compile(r"[A-Z]{1,5}-?\d{1,6}[A-Z]?(?:[/,]\s?[A-Z0-9]{1,3}){0,3}|\d{2,4}-[A-Z]{1,4}-?\d{1,5}[A-Z]?")
_OF_TAGS = re.compile(
    r"(?:tag|item|equipment|instrument|valve|pump|unit)\.?\s*(?:no\.?|number|name|id)?|tag|(?:기\s*기|설\s*비|장\s*비|계\s*기|기기)\s*(?:번\s*호|명|no\.?)"
    r"|位号|设备位号|设备编号|機器番号|número de equipo",
    re.IGNORECASE,
)


def names_by_tags(rows: Sequence[Sequence[str]]) -> bool:
    """True when the last columns are named by tags: `1 | Item no. | | P-401A | P-401B` above data with units."""
    first = rows[0]
    at = next((i for i, cell in enumerate(first) if _OF_TAGS.fullmatch(cell.strip(" :."))), None)
    if at is None or len(rows) <= _LEAST or all(first[at:]):
        return False
    tags = [cell for cell in first[at + 1 :] if cell]
    behind = first[len(first) - len(tags) :]
    if len(tags) < _LEAST or list(behind) != tags or len(set(tags)) < len(tags) or not all(map(_TAG.fullmatch, tags)):
        return False
    return all(row[at] and not looks_like_tag(row[at]) for row in rows[1:] if len(set(row)) > 1)


def below_tags(first: tuple[str, ...]) -> tuple[str, ...]:
    """Such names without what stands in front of the label, which is the section and line of that row only."""
    at = next(i for i, cell in enumerate(first) if _OF_TAGS.fullmatch(cell.strip(" :.")))
    return ("",) * at + first[at:]


def over_columns(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    """The titles of several columns each, written over all of them where the row below names each column."""
    if sum(map(bool, first)) < _LEAST or not first[0] or all(first) or not all(second):
        return first
    out = list(first)
    for i, cell in enumerate(out):
        out[i] = cell or out[i - 1]
    return tuple(out)


def counted_below(rows: Sequence[Sequence[str]]) -> bool:
    """True when the second row names the columns in front and counts those that the first row names.

    `| | | Close XV-1 | Stop P-2` above `Tag | Cause | Set point | 1 | 2`.
    """
    if len(rows) <= _LEAST:
        return False
    first, second = rows[0], rows[1]
    blank = next((i for i, cell in enumerate(first) if cell), len(first))
    at = next((i for i, cell in enumerate(second) if cell.isdigit()), len(second))
    if blank < _LEAST or at < blank or len(second) - at < _LEAST or not all((*first[at:], *second)):
        return False
    if not all(cell.isdigit() for cell in second[at:]) or not all(map(_is_name, second[:at])):
        return False
    counted = all(int(b) == int(a) + 1 for a, b in pairwise(second[at:]))
    return counted and all(any(map(str.isalpha, cell)) for cell in first[at:])
