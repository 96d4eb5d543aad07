"""Forms and lists laid out side by side: `Tag no. | P-101A | Service | Boiler feed` is two labels with their values.

Read as columns, the labels of the first row would become the names of the values below them. So such rows are
unfolded: each pair, or each repetition of a header that stands several times in one row, becomes a row of its own.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from walkdown.text.units import is_unit
from walkdown_ingestion.clean import clean_line
from walkdown_ingestion.form_cells import by_colons, once, triples, values_with_units, without_lone_colons
from walkdown_ingestion.form_names import counts_on, labels_above, names_throughout
from walkdown_ingestion.title_blocks import title_block

_MAX_ROWS = 200
_WIDTHS = (4, 6, 8)
_WIDEST = 24
_LABEL_CHARS = 40
_LEAST_APART, _LEAST_BELOW = 4, 3
_ABBREVIATION = 6
_COLON = re.compile(r"[:：]$")
_TAG = re.compile(r"\b[A-Z]{1,5}\d?[-_ ]?\d{2,}|\b[A-Z]{1,5}-\d", re.IGNORECASE)
_WORDS = re.compile(r"[^\W\d_]\s?[^\W\d_]")
_VALUE = re.compile(r"[<>≤≥±~=+\-−]?\s*\d[\d.,:/~\-–−×x^ ]*\s*\S{0,8}")
_AMOUNT = re.compile(r"[<>≤≥±~]?\s*\d[\d.,]*\s*(?P<unit>\S+)\s")
_FIELD = re.compile(
    r"tag|(?:tag|serial|model|item|lot|batch|certificate|sample|doc(?:ument)?|drawing|dwg|project|job|order|p\.?o|equip(?:ment)?|permit|form|rev)\.?\s*"
    r"(?:no|number|id)\.?|service|manufacturer|vendor|maker|purchaser|customer|client|model|location|project"
    r"|(?:기기|설비|문서|도면|관리|제조|계약|장비|공사|작업|변경|요청|접수|허가|승인|성적서|시료|배치|로트)\s*(?:번호|명|no\.?)|용도|제조사|제작사|모델(?:명)?|설치\s*(?:위치|장소)"
    r"|\S.{0,15}(?:번호|编号|番号)|작업\s*장소|공사명|작성자|점검자|작업자|(?:점검|작업|측정|작성|검사|시험|운전|제조|(?:차기\s*)?교정|입고|채취|납품)\s*일(?:자|시)?|일자|날짜|date|equipment|instrument|valve|vessel|(?:대상\s*)?(?:설비|기기|장비)|계기",
    re.IGNORECASE,
)
"""Labels of the fields at the head of a form, which are no names of columns."""
_COLUMN = re.compile(
    r"units?|uom|(?:min|max|nor)(?:imum|mal)?\.?|rated|design|low|high|values?|q(?:uanti)?ty\.?|remarks?|notes?|limits?"
    r"|단위|최소|최대|정상|정격|설계|하한|상한|값|수량|비고|기준",
    re.IGNORECASE,
)
"""Names of columns that no field of a form is filled in with."""


def looks_like_tag(text: str) -> bool:
    """True for a text with an equipment tag or the like in it: `P-101A`, `PSV 12`."""
    return bool(_TAG.search(text))


class Unfolded(NamedTuple):
    """The rows of a table, how many of them are header (None: not told), and of which given row each is a part."""

    rows: list[list[str]]
    header: int | None
    sources: list[int]


def unfolded(rows: Sequence[Sequence[str]], header: int | None) -> Unfolded | None:
    """The rows one below the other; None for a table whose columns are columns."""
    width = max(map(len, rows), default=0)
    if len(rows) > _MAX_ROWS or (header or 0) > 1:
        return None
    grid = [[clean_line(cell) for cell in row] + [""] * (width - len(row)) for row in rows]
    if (block := title_block(grid)) is not None:
        return Unfolded(block.rows, 0, block.sources)
    plain = [(n, row) for n, row in enumerate(grid) if any(row) and len(set(row)) > 1]
    above = not header and width <= _WIDEST and labels_above([row for _, row in plain])
    if not plain or width > _WIDEST or above:
        return _below_labels(plain) if above else None
    repeats = _repeats(plain[0][1]) if width in (*_WIDTHS, 9) else 1
    if repeats > 1 and len(plain) > 1:
        return _stacked(grid, plain[0][0], width // repeats)
    marked = bool(header) and plain[0][0] == 0
    if (narrow := once(grid)) is not None and _is_form([narrow[n] for n, _ in plain], marked=marked):
        return _paired(narrow)
    if width in _WIDTHS and _is_form([row for _, row in plain], marked=marked):
        return _paired(grid)
    if (keyed := without_lone_colons(grid)) is not None:
        return Unfolded(keyed, 0, list(range(len(grid))))
    if width > 2 and (keyed := by_colons(grid)) is not None:
        return _paired(keyed)
    if (with_units := values_with_units(grid, _is_label)) is not None:
        return Unfolded(with_units, 0, [n for n, row in enumerate(grid) for _ in triples(row)])
    return None


def apart(rows: Sequence[Sequence[str]], header: int | None) -> list[int]:
    """Where a table that begins as a form goes on with columns of its own; nowhere for most."""
    if not rows or len(rows) > _MAX_ROWS or not _WIDTHS[0] <= len(rows[0]) <= _WIDEST:
        return []
    grid = [[clean_line(cell) for cell in row] for row in rows]
    if any(len(set(row)) > 1 for row in grid[: header or 0]):
        # What names columns is no form; a title across all of them names none.
        return []
    plain = [n for n, row in enumerate(grid) if any(row) and len(set(row)) > 1]
    if len(plain) < _LEAST_APART or unfolded(rows, header) is not None:
        return []
    first = _form_rows([grid[plain[0]]])
    if first is None or not any(_is_field(label, value) for label, value in _pairs(first[0])):
        return []
    for count in range(len(plain) - 2, 1, -1):
        end = plain[count]
        form = _form_rows([grid[n] for n in plain[:count]])
        if form is not None and _is_form(form, marked=False):
            # The names of the columns also look like labels with values; they belong to what is below.
            values = [value for _, value in _pairs(form[-1])]
            sure = count > 2 or len(plain) - count >= _LEAST_BELOW or any(map(_COLUMN.fullmatch, values))
            # Where more words stand below it, those are the names.
            worded = not any(c.isdigit() for cell in grid[end] for c in cell)
            above = grid[plain[count - 1]]
            # Names merged down stand in both rows: these are one header.
            merged = sum(a == b != "" for a, b in zip(above, grid[end], strict=True)) > 1
            sure = (sure or merged) and not (worded and not merged and _breadth(grid[end]) > _breadth(above))
            named = sure and all(values) and not any(c.isdigit() for value in values for c in value)
            return [plain[count - 1] if named else end]
    return []


def _form_rows(rows: Sequence[list[str]]) -> Sequence[list[str]] | None:
    """Rows of which each cell is a label or a value: merged cells once, else as they are; None where neither fits."""
    return once(rows) or (rows if len(rows[0]) in _WIDTHS else None)


def _breadth(row: Sequence[str]) -> int:
    """How many cells a row has, each merged one once."""
    return sum(1 for i, cell in enumerate(row) if cell and (not i or cell != row[i - 1]))


def _repeats(names: Sequence[str]) -> int:
    """How many times the same names stand beside each other in a header; 1 where they do not repeat."""
    for times in (4, 3, 2):
        size, rest = divmod(len(names), times)
        part = names[:size]
        if not rest and size > 1 and all(names[at : at + size] == part for at in range(0, len(names), size)):
            named = all(name and not _VALUE.fullmatch(name) for name in part) and len(set(part)) == size
            return times if named else 1
    return 1


def _stacked(grid: Sequence[list[str]], head: int, size: int) -> Unfolded:
    """The parts of each row below each other, under the names that were repeated."""
    rows, sources = [], []
    for n, row in enumerate(grid):
        across = len(set(row)) == 1
        parts = [row[at : at + size] for at in range(0, len(row), size)]
        for part in parts[:1] if n <= head or across else parts:
            if any(part) or n <= head:
                rows.append(part)
                sources.append(n)
    return Unfolded(rows, head + 1, sources)


def _below_labels(rows: Sequence[tuple[int, list[str]]]) -> Unfolded:
    """Each label with the value that stands below it."""
    pairs, sources = [], []
    for (_, labels), (n, values) in zip(rows[::2], rows[1::2], strict=True):
        for label, value in dict.fromkeys(zip(labels, values, strict=True)):
            if label or value:
                pairs.append([label, value])
                sources.append(n)
    return Unfolded(pairs, 0, sources)


def _is_form(rows: Sequence[Sequence[str]], *, marked: bool) -> bool:
    """True when labels and values alternate in each row.

    The first row decides: where it holds numbers, a field of a form filled in with a tag, or labels that end in a
    colon, it names no columns. `Service | Setpoint | Action | Delay` does, whatever is below, unless several fields of
    a form are filled in there. A first row that the file marks as header needs one of the second and third.
    """
    # A cell merged over a label and its value is text between the fields.
    pairs = [(label, value) for row in rows for label, value in _pairs(row) if label != value]
    labels = [label for label, _ in pairs]
    if not all(map(_is_label, labels)) or len({label.casefold() for label in labels}) < len(labels) or len(labels) < 2:
        return False
    if sum(bool(_COLON.search(label)) for label in labels) > len(labels) / 2 or not any(value for _, value in pairs):
        return True
    first = list(_pairs(rows[0]))
    if len(first) < 2:
        return False
    if any(_is_field(label, value) or _spells_out(label, value) for label, value in first):
        return True
    if marked:
        return False
    if counts_on(labels):
        return True
    filled = sum(_is_field(label, value) for row in rows[1:] for label, value in _pairs(row))
    if filled > 1 or (len(rows) > 1 and any(_is_amount(value) for _, value in first)):
        return True
    return names_throughout([row for row in rows if len(set(row)) > 1])


def _is_amount(text: str) -> bool:
    """True for a number, also one with words behind its unit: `99.8 % 이상`."""
    amount = _AMOUNT.match(f"{text} ")
    return bool(_VALUE.fullmatch(text)) or (amount is not None and is_unit(amount["unit"]))


def _spells_out(label: str, value: str) -> bool:
    """True for an abbreviation with the words whose initials it is of: `DCS`, `Distributed control system`."""
    initials = "".join(word[0] for word in re.findall(r"[^\W\d_]+", value)).casefold()
    return 1 < len(label) <= _ABBREVIATION and label.isupper() and initials == label.casefold()


def _is_field(label: str, value: str) -> bool:
    """True for a field of a form by its name, filled in with something no column is named by: a tag or a number."""
    filled = looks_like_tag(value) or bool(_VALUE.fullmatch(value))
    return filled and _FIELD.fullmatch(label) is not None


def _pairs(row: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Labels with their values; a value merged over the rest of its row ends it."""
    for at in range(0, len(row), 2):
        if not row[at] and not row[at + 1]:
            continue
        yield row[at], row[at + 1]
        if at + 2 < len(row) and len(set(row[at + 1 :])) == 1:
            return


def _is_label(text: str) -> bool:
    named = bool(_WORDS.search(text)) and not _VALUE.fullmatch(text) and not looks_like_tag(text)
    if (amount := _AMOUNT.match(text)) is not None and is_unit(amount["unit"]):
        return False  # `4.5 mm/s 이하` is a limit
    return named and len(text) <= _LABEL_CHARS and not is_unit(text)


def _paired(grid: Sequence[list[str]]) -> Unfolded:
    """Each label with its value in a row of two cells; a row that is one cell across stays one."""
    rows, sources = [], []
    for n, row in enumerate(grid):
        across = len(set(row)) == 1
        for label, value in [(row[0], row[0])] if across and row[0] else _pairs(row):
            rows.append([label, value])
            sources.append(n)
    return Unfolded(rows, 0, sources)
