"""Names of columns that stand where they are seldom looked for: below a history of revisions, or below a corner.

The title block of a drawing grows upwards, so `Rev | Date | Description | By` is its last row. A matrix of causes and
effects has a title in its corner, merged down beside the effects, and the names of the columns of causes below it.
"""

import re
from collections.abc import Sequence

from walkdown_ingestion.form_names import is_property
from walkdown_ingestion.table_headers import Row, looks_like_value, spans_all

REVISION = re.compile(
    r"rev(?:ision)?\.?(?:\s*(?:no\.?|number))?|ver(?:sion)?\.?|issue(?:\s*no\.?)?|개\s*정(?:\s*(?:번\s*호|차\s*수|no\.?))?"
    r"|차\s*수|版本号?|版[次数]?|修[订訂](?:号|次数?)?|改[訂定](?:番号)?|revisión|edición|versión",
    re.IGNORECASE,
)
DATE = re.compile(r".*\b(?:date|fecha)\b.*|.*(?:일\s*자|일|날\s*짜|日期|日付|日)", re.IGNORECASE)
WHAT = re.compile(
    r".*(?:descri|change|reason|content|purpose|내\s*용|사\s*유|변\s*경|说明|内容|descripci).*", re.IGNORECASE
)
_MAX_ROWS, _LEAST_NAMES, _MOST, _LEAST_BESIDE = 40, 3, 4, 2


def names_stand_below(rows: Sequence[Sequence[str]]) -> bool:
    """True when the last row names the columns of a history of revisions, or of the one row filled in above it."""
    if not 1 < len(rows) <= _MAX_ROWS:
        return False
    names = [cell.strip() for cell in rows[-1]]
    if len(rows) == _LEAST_BESIDE and len(set(names)) == len(names) >= _LEAST_NAMES and all(map(is_property, names)):
        # A form with the labels printed below the lines to fill in.
        return not any(map(is_property, rows[0])) and all(cell.strip() for cell in rows[0])
    if sum(map(bool, names)) < _LEAST_NAMES or not _tells_of_revisions(names) or any(map(looks_like_value, names)):
        return False
    column = next(i for i, name in enumerate(names) if REVISION.fullmatch(name.strip(" :：.#")))
    above = [row for row in rows[:-1] if any(cell.strip() for cell in row)]
    stated = [row[column].strip() for row in above if column < len(row)]
    return bool(above) and len(stated) == len(above) and all(0 < len(text) <= _MOST for text in stated)


def _tells_of_revisions(names: Sequence[str]) -> bool:
    revised = any(REVISION.fullmatch(name.strip(" :：.#")) for name in names)
    return revised and any(DATE.fullmatch(name) for name in names) and any(WHAT.fullmatch(name) for name in names)


def rows_of_corner(grid: Sequence[Row]) -> int:
    """How many leading rows are header because a title is merged over the corner beside them; 0 without a corner.

    The names of the columns below the corner belong to them: `Cause | Set point` and nothing beside it.
    """
    corner = grid[0][0]
    wide = next((i for i, cell in enumerate(grid[0]) if cell != corner), len(grid[0]))
    if not corner or wide < 2 or spans_all(grid[0]) or looks_like_value(corner):
        return 0
    high = next((n for n, row in enumerate(grid) if set(row[:wide]) != {corner}), len(grid))
    beside = [row[wide:] for row in grid[:high]]
    if high < 2 or high >= len(grid) - 1 or any(sum(map(bool, row)) < _LEAST_BESIDE for row in beside):
        return 0
    below = grid[high]
    end = next((i for i, cell in enumerate(below) if not cell), len(below))
    named = wide <= end < len(below) and not any(below[end:]) and not any(map(looks_like_value, below[:end]))
    return high + (named and high + 1 < len(grid) - 1)
