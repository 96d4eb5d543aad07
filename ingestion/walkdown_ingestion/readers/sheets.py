"""A sheet of cells to blocks: titles above tables, the tables between empty rows, notes below them.

Shared by the readers of spreadsheets. A table that goes on after an empty row keeps its header.
"""

import re
from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from walkdown_ingestion.blocks import BlockBuilder
from walkdown_ingestion.form_cells import is_key
from walkdown_ingestion.forms import looks_like_tag
from walkdown_ingestion.table_headers import header_height, is_unit_row, looks_like_value
from walkdown_ingestion.tables import square

_HEADING_CHARS = 90
_MAX_HEADER = 3
_WIDEST = 2000
_NOTE, _LEAST_APART = 20, 3
_NOTES = re.compile(r"(?:(?:general\s+)?notes?|remarks?|legend|비고|참고|주기?|범례)\s*[:：]?|.*[:：]", re.IGNORECASE)
_PLAIN_TITLE = ".!?。다요:："


class Cell(NamedTuple):
    """What a cell shows, and whether it is set in bold."""

    text: str
    bold: bool = False


class Sheet(NamedTuple):
    """The visible cells of a sheet by row and column, counted from 1; merged cells are already expanded."""

    name: str
    rows: Mapping[int, Mapping[int, Cell]]


Row = Mapping[int, Cell]


def without_hidden(
    rows: Mapping[int, Row], hidden_rows: Collection[int], hidden_columns: Collection[int]
) -> dict[int, Row]:
    """The cells that are shown, moved together: a hidden column or row is no gap between two tables."""
    above, before = sorted(hidden_rows), sorted(hidden_columns)
    gone, left = set(above), set(before)
    return {
        r - bisect_left(above, r): {c - bisect_left(before, c): cell for c, cell in row.items() if c not in left}
        for r, row in sorted(rows.items())
        if r not in gone
    }


class _Table(NamedTuple):
    """Rows as lists from column `first` on, and how many of them are header (None: judged by content)."""

    first: int
    rows: list[list[str]]
    header: int | None


def _regions(rows: Mapping[int, Row]) -> list[dict[int, Row]]:
    """Runs of rows without an empty row between them."""
    out: list[dict[int, Row]] = []
    last = -1
    for index, row in rows.items():
        if not out or index != last + 1:
            out.append({})
        out[-1][index] = row
        last = index
    return out


def _distinct(row: Row) -> set[str]:
    return {cell.text for cell in row.values()}


def _gap(rows: Sequence[Row]) -> int | None:
    """A column that is empty throughout between two tables that each have a header of their own.

    A column left empty inside one table must not tear its last columns from their labels, so the second table must
    begin in another row, or with labels of its own: the names of the first again, or tags.
    """
    used = {c for row in rows for c in row}
    if (beside := _notes_beside(rows, sorted(used))) is not None:
        return beside
    for column in range(min(used) + 2, min(max(used), _WIDEST) - 1):
        if column in used:
            continue
        sides = [[c for c in used if c < column], [c for c in used if c > column]]
        (above, left), (begin, right) = (_own_table(rows, side) for side in sides)
        if not left or not right:
            continue
        # Units below the names are no labels.
        body = [row for row in right[1:] if not is_unit_row(tuple(row))]
        labelled = set(filter(None, left[0])) & set(right[0]) or (body and all(looks_like_tag(row[0]) for row in body))
        if begin != above or labelled:
            return column
    return None


def _notes_beside(rows: Sequence[Row], used: Sequence[int]) -> int | None:
    """The empty column in front of notes that stand in a column of their own, apart from a table."""
    if len(used) < _LEAST_APART or used[-1] - used[-2] < _LEAST_APART or any(b - a > 1 for a, b in pairwise(used[:-1])):
        return None
    first = next(row[used[-1]].text for row in rows if used[-1] in row)
    return used[-1] - 1 if _NOTES.fullmatch(first) else None


def _own_table(rows: Sequence[Row], columns: Sequence[int]) -> tuple[int, list[list[str]]]:
    """Where a table in some columns begins, and its rows from the one that names each column; none without such names.

    A single cell above the names is the title of the table.
    """
    low, high = min(columns), max(columns)
    cells = [[row[c].text if c in row else "" for c in range(low, high + 1)] for row in rows]
    begin = next(n for n, row in enumerate(cells) if any(row))
    cells = [row for row in cells if any(row)]
    if len(cells) > 1 and sum(map(bool, cells[0])) == 1 < len(columns):
        cells = cells[1:]
    headed = len(columns) > 1 and len(cells) > 1 and all(cells[0][c - low] for c in columns)
    return begin, cells if headed and not any(map(looks_like_value, cells[0])) else []


def _bold_rows(rows: Sequence[Row]) -> int | None:
    """How many leading rows are bold when the others are not."""
    bold = [all(cell.bold for cell in row.values()) for row in rows]
    height = bold.index(False) if False in bold else len(bold)
    return height if 0 < height < len(rows) and height <= _MAX_HEADER else None


_OF_DOCUMENT = re.compile(
    r"\b(?:doc(?:ument)?|rev(?:ision)?|ver(?:sion)?|effective|issued?|date|page|sheet|prepared|checked|approved)\b"
    r"|문서|개정|시행|발행|작성|검토|승인|판번호|버전|일자|쪽|文件|编号|版本|版次|生效|实施|编制|审核|批准|日期|文書|改訂|制定|作成|施行|承認"
    r"|\b(?:código|versión|revisión|fecha|página|elaborado|revisado|aprobado)\b",
    re.IGNORECASE,
)


def _is_preamble(rows: Sequence[Row]) -> bool:
    """True when the first row tells of the document (number, revision, date) above the names of the columns."""
    columns = {c for row in rows for c in row}
    if len(rows) < 3 or len(columns) < 4 or 2 * len(rows[0]) > len(columns):
        return False
    told = [bool(_OF_DOCUMENT.search(cell.text)) for cell in rows[0].values()]
    return 2 * sum(told) >= len(told) and any(len(row) >= 0.8 * len(columns) for row in rows[1:4])


def _table(rows: Sequence[Row]) -> _Table:
    used = [c for row in rows for c in row]
    low, high = min(used), max(used)
    grid = [[row[c].text if c in row else "" for c in range(low, high + 1)] if high - low < _WIDEST else
            [row[c].text for c in sorted(row)] for row in rows]  # fmt: skip
    return _Table(low, grid, _bold_rows(rows))


def _used(table: _Table) -> set[int]:
    """The columns of a table in which anything stands."""
    return {table.first + c for row in table.rows for c, cell in enumerate(row) if cell}


def _named_again(rows: Sequence[Row]) -> int | None:
    """The row from which on a second table stands right below the first: names in bold, above rows that are not."""
    if not all(cell.bold for cell in rows[0].values()):
        return None
    for n in range(2, len(rows) - 1):
        row, below = rows[n], rows[n + 1]
        bold = len(row) > 1 and all(cell.bold and not looks_like_value(cell.text) for cell in row.values())
        new = bold and not set(_distinct(row)) & _distinct(rows[0]) and len(_distinct(row)) == len(row)
        if new and set(below) <= set(row) and any(looks_like_value(c.text) and not c.bold for c in below.values()):
            # Its title stands above it, in bold as well.
            titled = n > 2 and len(rows[n - 1]) == 1 and next(iter(rows[n - 1].values())).bold
            return n - titled
    return None


def _names_alone(rows: Sequence[Sequence[str]]) -> bool:
    """True for a single row of names, below which empty rows part each row of the table from the next."""
    names = [cell for cell in rows[0] if cell]
    plain = not any(looks_like_value(name) or looks_like_tag(name) or is_key(name) for name in names)
    return len(rows) == 1 and len(names) >= _LEAST_APART and len(set(names)) == len(names) and plain


def _fields_below(rows: Sequence[Row]) -> int:
    """How many rows at the end are labels with values, each label with a colon: `Result: | FAIL | Tested by: | Kim`."""
    count = 0
    while count + 2 < len(rows):
        texts = [cell.text for _, cell in sorted(rows[-count - 1].items())]
        keys = [is_key(text) for text in texts]
        if len(texts) % 2 or not texts or not all(keys[::2]) or any(keys[1::2]):
            return count
        count += 1
    return 0


class _Writer:
    """Writes the regions of one sheet; the last table waits, because the next region may go on with it."""

    def __init__(self, builder: BlockBuilder, level: int) -> None:
        self._builder = builder
        self._level = level
        self._open: _Table | None = None

    def region(self, region: Mapping[int, Row]) -> None:
        rows = list(region.values())
        while len(rows) > 1 and len(_distinct(rows[0])) == 1 and self._is_title(rows):
            self._text(rows[0])
            rows = rows[1:]
        while _is_preamble(rows):
            self.flush()
            self._builder.paragraph(" | ".join(dict.fromkeys(cell.text for _, cell in sorted(rows[0].items()))))
            rows = rows[1:]
        notes: list[Row] = []
        while len(rows) > 1 and len(_distinct(rows[-1])) == 1 and len(next(iter(_distinct(rows[-1])))) > _NOTE:
            notes.insert(0, rows[-1])
            rows = rows[:-1]
        below = _fields_below(rows)
        fields, rows = rows[len(rows) - below :], rows[: len(rows) - below]
        if len({c for row in rows for c in row}) == 1 or (len(rows) == 1 and len(_distinct(rows[0])) == 1):
            for row in rows:
                self._text(row)
        elif (column := _gap(rows)) is not None:
            kept = [index for index, row in region.items() if row in rows]
            self._side({i: {c: cell for c, cell in region[i].items() if c < column} for i in kept})
            self._side({i: {c: cell for c, cell in region[i].items() if c > column} for i in kept})
        elif (again := _named_again(rows)) is not None:
            self._add(_table(rows[:again]))
            self._side(dict(enumerate(rows[again:])))
        else:
            self._add(_table(rows))
        if fields:
            self._side(dict(enumerate(fields)))
        for note in notes:
            self._text(note)

    def _side(self, rows: Mapping[int, Row]) -> None:
        """One of two tables that stand side by side."""
        for region in _regions({index: row for index, row in rows.items() if row}):
            self.region(region)

    def _is_title(self, rows: Sequence[Row]) -> bool:
        """True when the first row says something of its own: it is not the first label of a column of them."""
        return len({c for row in rows[1:] for c in row}) > 1

    def _add(self, table: _Table) -> None:
        above = self._open
        if above is not None and self._continues(above, table):
            width = max(len(row) for row in above.rows)
            shift = table.first - above.first
            added = [([""] * shift + row)[:width] + [""] * max(width - shift - len(row), 0) for row in table.rows]
            self._open = above._replace(rows=[*above.rows, *added])
            return
        self.flush()
        self._open = table

    @staticmethod
    def _continues(above: _Table, table: _Table) -> bool:
        width = max(len(row) for row in above.rows)
        fits = above.first <= table.first and table.first + max(map(len, table.rows)) <= above.first + width
        headed = bool(above.header or header_height(square(above.rows)) or _names_alone(above.rows))
        value = any(looks_like_value(cell) for cell in table.rows[0])
        if len(table.rows) == 1 and _names_alone(above.rows[:1]):
            value = value or any(map(str.isdigit, "".join(table.rows[0])))
        # Its cells stand under names: one beside them belongs to no column of the first.
        return fits and headed and value and not table.header and _used(table) <= _used(above)

    def _text(self, row: Row) -> None:
        self.flush()
        cell = next(iter(row.values()))
        titled = cell.bold and len(cell.text) <= _HEADING_CHARS and cell.text[-1] not in _PLAIN_TITLE
        if titled:
            self._builder.heading(cell.text, self._level)
        else:
            self._builder.paragraph(cell.text)

    def flush(self) -> None:
        if self._open is not None:
            self._builder.table(self._open.rows, self._open.header)
            self._open = None


def append_sheet(sheet: Sheet, builder: BlockBuilder, *, heading: bool) -> None:
    """Append the blocks of a sheet, under its name where `heading` is set. An empty sheet gives none."""
    if not sheet.rows:
        return
    if heading:
        builder.heading(sheet.name, 1)
    writer = _Writer(builder, 2 if heading else 1)
    for rows in _regions(sheet.rows):
        writer.region(rows)
    writer.flush()
