"""Labels of groups that a table writes once and leaves blank below: `Equipment | Check | Limit`, P-1 above two rows.

A row is read on its own, and `Bearing temperature: 85` does not say of which pump. A blank may also mean "none" or
stand on a line of totals, so a label is carried only where its column is one of things that have parts, or where the
same items come again below another label.
"""

import re
from collections.abc import Sequence

from walkdown.documents import Table
from walkdown_ingestion.table_headers import Row, spans_all

_GROUP = re.compile(
    r"(?:(?:main|sub)[- ]?)?(?:system|subsystem|equipment|machine|device|area|section|group|category|location|building"
    r"|train|skid|package)s?"
    r"(?:\s*(?:name|no\.?|tag))?"
    r"|(?:설\s*비|기\s*기|장\s*비|계\s*통|구\s*역|지\s*역|공\s*정|부\s*위|대\s*상|분\s*류|구\s*분|위\s*치|건\s*물)(?:\s*명)?"
    r"|系统|设备|装置|区域|类别|分类|部位|位置|系統|設備|機器|区分|分類|場所"
    r"|equipos?|sistemas?|área|zona|sección|grupo|categoría|ubicación",
    re.IGNORECASE,
)
_SUM = re.compile(
    r"(?:grand\s+|sub-?\s?)?totals?\b.*|sum\b.*|average\b.*|mean|balance|합\s*계|소\s*계|총\s*계|누\s*계|계|평\s*균|合[计計]|小[计計]|总计|総計|計"
    r"|平均|promedio|suma",
    re.IGNORECASE,
)
_LEAST = 2


def with_group_labels(table: Table) -> Table:
    """The table with each label on the rows below it that leave it blank; as it is where that is not certain."""
    if not table.header or len(table.rows) <= _LEAST or len(table.rows[0]) <= _LEAST or not _certain(table):
        return table
    rows: list[Row] = []
    label = ""
    for row in table.rows:
        across = spans_all(row) or not any(row[1:])
        label = "" if across else row[0] or label
        rows.append(row if across or row[0] else (label, *row[1:]))
    return table.model_copy(update={"rows": tuple(rows)})


def _certain(table: Table) -> bool:
    plain = [row for row in table.rows if not spans_all(row) and any(row[1:])]
    blank = [row for row in plain if not row[0]]
    labelled = [row for row in plain if row[0]]
    if not blank or len(labelled) < _LEAST or not plain[0][0] or any(_SUM.fullmatch(row[1]) for row in plain):
        return False
    # A row that says less than the labelled ones goes on with the cells above it, or is a note.
    least = min(sum(map(bool, row[1:])) for row in labelled)
    if any(not row[1] or sum(map(bool, row[1:])) < max(least - 1, 2) for row in blank):
        return False
    name = next((row[0] for row in reversed(table.header) if row[0]), "")
    return bool(_GROUP.fullmatch(name)) or _items_come_again(plain)


def _items_come_again(rows: Sequence[Row]) -> bool:
    """True when each label has rows below it and some items of the second column stand below more than one label."""
    groups: list[list[str]] = []
    for row in rows:
        if row[0]:
            groups.append([])
        groups[-1].append(row[1])
    seen = [set(group) for group in groups]
    unique = all(len(one) == len(group) for one, group in zip(seen, groups, strict=True))
    shared = any(a & b for i, a in enumerate(seen) for b in seen[i + 1 :])
    return unique and shared and all(len(group) >= _LEAST for group in groups)
