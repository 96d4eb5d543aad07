"""Which leading rows of a table name its columns, judged by what stands in the cells."""

import re
from collections.abc import Sequence
from itertools import pairwise

from walkdown.text.units import is_unit
from walkdown_ingestion.form_names import (
    codes_count_on,
    counts_on,
    labels_stand_apart,
    names_by_count,
    names_by_range,
    unit_at_end,
)
from walkdown_ingestion.forms import looks_like_tag
from walkdown_ingestion.names_over_rows import counted_below, names_amounts, names_by_tags, reaches_down

Row = tuple[str, ...]

_VALUE_LIKE = re.compile(r"[<>≤≥±~=+\-−–]?\s*\d[\d.,:;/~\-–−×x^ ]*\s*\S{0,8}")
_TAGGED = re.compile(r"\d[A-Z]{2,5}[-_]?\d{2}")
"""A tag that begins with the number of its unit or area: `301TI3107`, `10LAB20`."""
_STEP = re.compile(r"(?P<number>\d[\d,]*(?:\.\d+)?)(?P<unit>\s*[^\W\d_]\S{0,7}|\s*[%°]\S{0,3}|)")
_DAY = r"(?:19|20)\d\d\s?([-./])\s?\d{1,2}(?:\s?\1\s?\d{1,2}\.?)?|\d{1,2}([-./])\d{1,2}\2\d{2,4}|\d{1,2}[-/]\d{1,2}"
_MOMENT = re.compile(rf"(?:{_DAY})?(?:(?:(?<!\d)|(?<=\d)\s)\d{{1,2}}:\d\d(?::\d\d)?)?")
"""A day or a time of day."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_PLANT_UNIT = re.compile(r"\d{1,2}\s?(?:호기|号機|号机)(?:\s?[,·~&/]\s?\d{1,2}\s?(?:호기|号機|号机))*")
"""One or more units of a plant, which no cell measures."""
KEY_END = re.compile(r"\s*[:：]\s*$")
_UNIT_WORDS = frozenset("unit units uom 단위 单位 単位 unidad unidades".split())
_STATED = re.compile(r"[^\W\d_][^:：]{0,40}[:：]\s+\S.*|[^\W\d_][^:：]{0,40}(?:[:：](?!\d)|(?<=\D)[:：])\S.*")
"""A label with its value in one cell: `Batch No.: B25-0417`."""
_TICKED = re.compile(r"[☐☑☒□■✓✔]\s?\S")
_NO_UNIT = re.compile(r"[-–—/]|n/a|[YMDHS]{1,4}(?:[-:/. ][YMDHS]{1,4})+", re.IGNORECASE)


def looks_like_value(cell: str) -> bool:
    """True for a cell that begins with a number: a measured value, a date, a quantity with unit."""
    return bool(_VALUE_LIKE.fullmatch(cell)) and not _TAGGED.search(cell) and not _PLANT_UNIT.fullmatch(cell)


def spans_all(row: Row) -> bool:
    """True for a row that is one cell over all columns."""
    return len(row) > 1 and len(set(row)) == 1


def header_height(rows: Sequence[Row]) -> int:
    """How many leading rows are header, judged by their content alone.

    The first row is a header when it names every column, holds no value, and the rows below differ in kind or
    number. A table of two columns is taken as labels with values, which have none.
    """
    if len(rows) < 2 or len(rows[0]) < 2:
        return 0
    first, body = rows[0], rows[1:]
    if spans_all(first):
        below = header_height(body)
        return below + 1 if below else 0
    if told := _told_by_shape(rows):
        return told
    if not all(first[1:]) or any(map(looks_like_value, _without_ordinals(first))) or _holds_data(rows):
        return 0
    if not first[0]:
        # Names below merged ones leave the corner blank as well.
        lower = not body[0][0] and len(body) > 1 and is_merged(first) and continues_header(first, body[0])
        return 2 if lower and _is_labelled(body[1:]) else int(len(first) > 2 and _is_labelled(body))
    # A name merged over its columns stands in a run; one that comes back later is no name, but for that of units.
    again = (b for i, (a, b) in enumerate(pairwise(first), 1) if b != a and b in first[:i])
    if any(not _may_repeat(name, rows) for name in again) or any(map(KEY_END.search, first)):
        return 0
    if len(first) == 2:
        # Labels with values read well without a header; a wrong header would spoil every row.
        return int(not looks_like_tag(first[0]) and (_lists_numbers(body) or _names_two(first, body)))
    if len(body) > 1 and len(set(first)) < len(first) and continues_header(first, body[0]):
        return 2
    if any(looks_like_value(cell) for row in body for cell in row):
        return 1
    return int(len(first) > 2)


def _may_repeat(name: str, rows: Sequence[Row]) -> bool:
    """True for a name that comes back, where it stands over values: `T °C` of two cases, or the units of two."""
    if name.casefold() in _UNIT_WORDS:
        return True
    columns = [
        [row[i] for row in rows[1:] if row[i] and not spans_all(row)] for i, n in enumerate(rows[0]) if n == name
    ]
    return all(len(cells) > 1 and 2 * sum(map(looks_like_value, cells)) > len(cells) for cells in columns)


def _told_by_shape(rows: Sequence[Row]) -> int:
    """How many rows name columns by numbers, by moments, or each the columns that the other leaves; 0 for none."""
    first, body = rows[0], rows[1:]
    told = (names_by_moment, names_by_count, names_by_range, names_by_tags)
    if _names_by_number(first, body) or any(named(rows) for named in told):
        return 1
    return 2 if _fill_each_other(first, body) or counted_below(rows) or reaches_down(rows, 0) else 0


def _fill_each_other(first: Row, body: Sequence[Row]) -> bool:
    """True for names in two rows, the second under the blanks of the first, as at the corner of a matrix.

    `| | Effect | Stop P-1 | Close V-2` above `Cause | Set point | Voting | |`: labels in front, columns behind.
    """
    second = body[0]
    blank = next((i for i, cell in enumerate(first) if cell), len(first))
    end = next((i for i, cell in enumerate(second) if not cell), len(second))
    if not _LEAST_LABELS <= blank <= end < len(first) or len(body) < _LEAST_LABELS:
        return False
    names = [*first[blank:], *second[:end]]
    if any(second[end:]) or not all(0 < len(name) <= _NAME_CHARS for name in names):
        return False
    return not any(looks_like_value(name) or looks_like_tag(name) for name in second[:end])


def _holds_data(rows: Sequence[Row]) -> bool:
    """True when the first row names nothing: it begins a list of codes, holds boxes to tick or labels with values."""
    stated = all(2 * sum(map(bool, map(_STATED.fullmatch, row))) > len(row) for row in rows[:2])
    items = list(dict.fromkeys(row[0] for row in rows if not spans_all(row)))
    listed = codes_count_on(rows[0], rows[1:]) or counts_on(items)
    return stated or listed or any(map(_TICKED.match, rows[0])) or labels_stand_apart(rows) or names_amounts(rows)


_LEAST_LABELS, _LEAST_STEPS, _NAME_CHARS = 2, 3, 60


_ORDINAL = re.compile(
    r"(?:제\s?)?#?(\d{1,2})\s?(회차|차|회|번째|호기?|호선|기|계열|계통|라인|부두|공장|월|분기|주차|주|일차|년차|단계?|교대|号机?|号機|号炉|系列?|st|nd|rd|th)|"
    r"(?:run|lot|batch|unit|train|line|no\.?|#)\s?(\d{1,2})",
    re.I,
)


def _without_ordinals(row: Row) -> list[str]:
    """A row's cells but those that count on from one to the next: `1회차 | 2회차`, `1호기 | 1호기 | 2호기 | 2호기`."""
    if counts_on(row):
        return []  # `1. Zone | 2. Limit`
    found = [_ORDINAL.fullmatch(cell) for cell in row]
    numbers = [int(m[1] or m[3]) for m in found if m]
    # A name merged over its columns counts once.
    if len(set(numbers)) < 2 or any(b not in (a, a + 1) for a, b in pairwise(numbers)):
        return list(row)
    return [cell for cell, match in zip(row, found, strict=True) if match is None]


_KEYS = re.compile(
    r"(?:items?|parameters?|propert(?:y|ies)|levels?|limits?|routes?|sizes?|times?|steps?|stages?|conditions?|situations?|"
    r"case|symptoms?|test|alarm|role|class|grade|state|status|field|항목|구분|상황|단계|등급|시간|시각|조건|증상|시험|"
    r"원인|규모|경로|상태|종류|역할)",
    re.IGNORECASE,
)
_NAMES_ROWS = re.compile(r"items?|parameters?|propert(?:y|ies)|항목|구분|성질|물성|특성", re.IGNORECASE)
"""What stands above names of rows and above nothing else."""
_SAYS = re.compile(
    r"(?:limits?|actions?|events?|results?|settings?|criteri(?:on|a)|requirements?|responses?|meaning|"
    r"기준|기준값|한계|조치|조치 사항|결과|설정|설정값|대응|의미|사건|경과)",
    re.IGNORECASE,
)


def _names_two(first: Row, body: Sequence[Row]) -> bool:
    """True when two cells name what stands below: `Level | Action`, or `Level | Hours allowed` above bare numbers.

    `Item | Value` tells nothing that the rows do not.
    """
    if len(body) < 2 or not _KEYS.fullmatch(first[0]) or looks_like_value(first[1]) or looks_like_tag(first[1]):
        return False
    plain = [row for row in body if not spans_all(row)]
    bare = bool(plain) and all(re.fullmatch(r"[\d.,]+", row[1]) for row in plain)
    return bool(_SAYS.fullmatch(first[1])) or (bare and len(first[1].split()) > 1)


def _is_labelled(body: Sequence[Row]) -> bool:
    """True when each row begins with a label and values follow; the column of labels is often left without a name."""
    labelled = all(row[0] and not looks_like_value(row[0]) for row in body if not is_unit_row(row))
    return labelled and any(looks_like_value(cell) for row in body for cell in row[1:])


def _lists_numbers(body: Sequence[Row]) -> bool:
    """True when no cell of two columns is a label: `4.5 | 6.0` (below `Low | High`), `PSV-1 | 12.5`."""
    plain = [row for row in body if not spans_all(row)]
    tagged = all(looks_like_tag(row[0]) and looks_like_value(row[1]) for row in plain)
    return bool(plain) and (tagged or all(row[1] and looks_like_value(row[0]) for row in plain))


def _names_by_number(first: Row, body: Sequence[Row]) -> bool:
    """True when the columns are named by years or by steps of one quantity: `Load | 50 % | 75 % | 100 %`."""
    steps = [_STEP.fullmatch(cell) for cell in first[1:]]
    if not first[0] or looks_like_value(first[0]) or len(first) < 3 or not all(steps):
        return False
    if any(not row[0] or looks_like_value(row[0]) for row in body if not spans_all(row)):
        return False
    units = {step["unit"].strip() for step in steps if step is not None}
    numbers = [float(step["number"].replace(",", "")) for step in steps if step is not None]
    rising = all(a < b for a, b in pairwise(numbers)) or all(a > b for a, b in pairwise(numbers))
    below = [_STEP.fullmatch(cell) for row in body if not spans_all(row) for cell in row[1:]]
    if len(units) > 1 or not rising or not any(below):
        return False
    if unit := units.pop():
        named = bool(_NAMES_ROWS.fullmatch(first[0]))
        return named or not any(step is not None and step["unit"].strip() == unit for step in below)
    # "HP drum pressure, bar(g) | 30 | 60 | 90": steps of the quantity that the first cell names with its unit.
    if unit_at_end(first[0]) and len(first) > 3 and all(row[0] != first[0] for row in body):
        return all(unit_at_end(row[0]) != unit_at_end(first[0]) for row in body)
    return all(_YEAR.fullmatch(cell) for cell in first[1:]) and not all(
        step is not None and _YEAR.fullmatch(step["number"]) for step in below
    )


def names_by_moment(rows: Sequence[Sequence[str]]) -> bool:
    """True when the columns are named by days or times, as in the log of a shift: `Tag | 02:00 | 06:00 | 10:00`."""
    first, body = rows[0], rows[1:]
    if len(first) < 3 or not first[0].strip() or looks_like_value(first[0]):
        return False
    if not all(_is_moment(cell) for cell in first[1:]) or len(set(first[1:])) < len(first) - 1:
        return False
    below = [cell for row in body for cell in row[1:] if cell.strip()]
    labelled = all(row and row[0].strip() and not looks_like_value(row[0]) for row in body if any(row))
    return labelled and any(map(looks_like_value, below)) and not any(map(_is_moment, below))


def _is_moment(cell: str) -> bool:
    text = cell.strip()
    return bool(text and _MOMENT.fullmatch(text))


def is_merged(row: Row) -> bool:
    """True when a name reaches over neighbouring columns, but not over all of them."""
    return any(a == b and a for a, b in pairwise(row)) and not spans_all(row)


def is_unit_row(row: Row, above: Row = ()) -> bool:
    """True for a row below the names that gives the unit of each column; a column without one repeats its name."""
    own = [bare_unit(cell) for i, cell in enumerate(row) if cell and (i >= len(above) or cell != above[i])]
    units = [cell for i, cell in enumerate(own) if not (i == 0 and row[0] and cell.casefold() in _UNIT_WORDS)]
    units = [cell for cell in units if not _NO_UNIT.fullmatch(cell)]
    first = bare_unit(row[0]) if len(units) > 1 else row[0]
    told = row[0].casefold() in _UNIT_WORDS or (len(units) > 1 and (is_unit(first) or bool(_NO_UNIT.fullmatch(first))))
    labelled = bool(row[0]) and not told and (not above or row[0] != above[0])
    return not labelled and bool(units) and all(map(is_unit, units))


def bare_unit(cell: str) -> str:
    """A cell without the brackets around it; those of `bar(g)` are part of the unit."""
    text = cell.strip()
    while not is_unit(text) and text[:1] in tuple("[(（") and text[-1:] in tuple("])）"):
        text = text[1:-1].strip()
    return text if is_unit(text) else cell.strip("[]()（） ")


def spread(first: Row, second: Row) -> Row:
    """The names of a first row, each over the columns that a second row parts it into; () where it parts none.

    Exports lose what was merged: `Tag | Alarm |  | Trip` above `  | L | H |  ` says that L and H are below Alarm,
    for the second row names those columns and no other.
    """
    over = [next((j for j in range(i, -1, -1) if first[j]), -1) for i in range(len(first))]
    parted = {over[i] for i, cell in enumerate(first) if not cell and second[i]} - {-1}
    under = [second[i] for i in range(len(first)) if over[i] in parted]
    beside = [second[i] for i in range(len(first)) if over[i] >= 0 and over[i] not in parted]
    leading = [second[i] for i in range(len(first)) if over[i] < 0]
    if not parted or any(beside) or not all((*under, *leading)) or not (beside or leading):
        return ()
    if spans_all(second) or any(looks_like_value(name) or looks_like_tag(name) for name in (*first, *second) if name):
        return ()
    return tuple(first[over[i]] if over[i] in parted else cell for i, cell in enumerate(first))


def _rise(names: Sequence[str]) -> bool:
    """True for steps of one quantity: `8.8 | 10.9 | 12.9` below `Torque, property class`."""
    steps = [_STEP.fullmatch(name) for name in names]
    numbers = [float(step["number"].replace(",", "")) for step in steps if step is not None]
    return len(numbers) == len(names) >= _LEAST_STEPS and all(a < b for a, b in pairwise(numbers))


def continues_header(first: Row, second: Row) -> bool:
    """True when a row names what stands below a heading merged over columns: same cells beside it, no values."""
    pairs = list(zip(first, second, strict=True))
    merged = [a and a in (first[i - 1] if i else "", *first[i + 1 : i + 2]) for i, a in enumerate(first)]
    named = [
        b and not looks_like_value(b) and a != b if m else b in ("", a) for (a, b), m in zip(pairs, merged, strict=True)
    ]
    if any(merged) and all(named):
        return True
    # Names below a merged one may be sizes or numbers ("0.5 µm") where the names beside it reach down to them.
    beside = [a == b for (a, b), m in zip(pairs, merged, strict=True) if not m]
    under = [b for (_, b), m in zip(pairs, merged, strict=True) if m]
    names = _without_ordinals(tuple(under))
    worded = len(beside) > 1 or not names or not all(map(looks_like_value, names)) or _rise(names)
    if beside and all(beside) and all(under) and worded:
        return True
    same = any(a == b for a, b in pairs)
    # A name that no one has merged down is blank below.
    blank = any(merged) and sum(a == b != "" for a, b in pairs) > 1
    return same and all(a == b or (not b and blank) or (b and not looks_like_value(b)) for a, b in pairs)
