"""Cells aligned at their middle in tables without rules: labels merged over rows, and cells of several lines.

A label in the middle of the rows it is merged over stands level with one of them or between two. So that it is not
taken for the label of that one, the lines of a column are shared out among the rows: each run of lines must have its
middle where that of its rows is. Only where one way to do so is found, and no other alignment says the same, are the
rows put together; each then is one line.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from walkdown_ingestion.readers.pdf.aligned import cells_of, columns_of, is_tabular
from walkdown_ingestion.readers.pdf.cells import join_cell
from walkdown_ingestion.readers.pdf.page import Page, Segment, Word
from walkdown_ingestion.readers.pdf.pitch import cells_by_pitch
from walkdown_ingestion.readers.pdf.row_bands import holds_units_alone, labels_before, rows_by_bands
from walkdown_ingestion.readers.pdf.rows import Row, rows_of
from walkdown_ingestion.readers.pdf.topped import put_together
from walkdown_ingestion.table_headers import looks_like_value

_LEAST_ROWS, _MOST_ROWS = 3, 80
_MOST_NAMES = 3
"""Rows of names above a table at most."""
_MOST_LINES = 6
"""Lines that a cell has at most."""
_CLOSE = 0.9
"""Of the letters' size, the gap between lines of one cell at most."""
_SLACK = 0.15
"""Of the distance between two rows or lines, by how much middles may differ."""
_BETWEEN = 0.3
_APART = 0.1


class _Run(NamedTuple):
    """Lines `begin:end` of a column on the rows `first:last`."""

    begin: int
    end: int
    first: int
    last: int


class _Span(NamedTuple):
    """The heights of a line or row."""

    y0: float
    y1: float

    @property
    def middle(self) -> float:
        return (self.y0 + self.y1) / 2


def with_centred_cells(rows: Sequence[Row], page: Page) -> tuple[list[Row], bool]:
    """The rows of a table with merged labels on each of their rows and cells of several lines in one; else as given.

    And whether each then is a whole row of the table.
    """
    found = _settled(rows, page)
    if found is not None:
        return found, True
    head = next((i for i, row in enumerate(rows) if any(looks_like_value(s.text) for s in row.segments)), 0)
    # Names merged over columns stand in none of them; the rows below do.
    body = _settled(rows[head:], page) if 1 < head <= _MOST_NAMES else None
    if body is not None:
        return [*rows[:head], *body], False
    return rows_by_bands(rows) or list(rows), False


def _settled(rows: Sequence[Row], page: Page) -> list[Row] | None:
    if not _LEAST_ROWS <= sum(map(is_tabular, rows)) <= _MOST_ROWS:
        return None
    cells = [cells_of(row) for row in rows]
    columns = columns_of(cells)
    columns = [*labels_before(cells, columns), *columns]
    held: list[list[Segment]] = [[] for _ in columns]
    placed: list[dict[int, Segment]] = [{} for _ in rows]
    for i, segment in ((i, s) for i, row in enumerate(cells) for s in row):
        over = [c for c, (low, high) in enumerate(columns) if min(segment.x1, high) > max(segment.x0, low)]
        if len(over) != 1 or over[0] in placed[i]:
            return None
        held[over[0]].append(segment)
        placed[i][over[0]] = segment
    held = [sorted(column, key=lambda s: s.middle) for column in held]
    if len(columns) < 3 or not all(held) or any(_overlap(column) for column in held):
        return None
    first = _is_first(rows, page)
    if (found := _by_pitch(held, first=first)) is not None:
        return found
    for labels in (2, 1):
        if len(columns) > labels + 1 and (found := _labelled(held, labels, first=first)) is not None:
            return found
    return _put_together(held) or put_together(rows, placed, page.rules) or None


def _by_pitch(held: Sequence[Sequence[Segment]], *, first: bool) -> list[Row] | None:
    """The rows where the distance of lines tells which are of one cell; merged labels are on each of their rows."""
    told = cells_by_pitch(held)
    if told is None:
        return None
    whole = [[_one(cell.lines, _Span(cell.lines[0].y0, cell.lines[-1].y1)) for cell in column] for column in told]
    for labels in (2, 1):
        if len(whole) > labels + 1 and (found := _labelled(whole, labels, first=first, whole=True)) is not None:
            return found
    cells = sorted((s for column in whole for s in column), key=lambda s: (s.middle, s.x0))
    rows = [row for row in rows_of(cells) if isinstance(row, Row)]
    apart = all(a.area.y1 <= b.area.y0 + _APART * b.size for a, b in pairwise(rows))
    if len(rows) < _LEAST_ROWS or not apart or any(len(row.segments) < 2 for row in rows):
        return None
    return [Row(tuple(_one([s], _Span(row.area.y0, row.area.y1)) for s in row.segments)) for row in rows]


def _overlap(column: Sequence[Segment]) -> bool:
    """True when two cells of a column stand side by side."""
    return any(b.y0 < a.middle for a, b in pairwise(column))


def _is_first(rows: Sequence[Row], page: Page) -> bool:
    """True when the table cannot be the rest of one on the page before."""
    top = min(row.area.y0 for row in rows)
    return page.number == 1 or any(segment.y1 <= top for segment in page.segments)


def _runs(lines: Sequence[Segment], rows: Sequence[_Span], *, merged: bool) -> list[list[_Run]]:
    """The ways, two at most, to share the lines of a column out among the rows.

    `merged`: each run of lines is on one row or more and no row is without; else on one row, and rows may be empty.
    """
    slack = _SLACK * min(1.5 * lines[0].size, median(b.middle - a.middle for a, b in pairwise(rows)))
    known: dict[tuple[int, int], list[list[_Run]]] = {}

    def ways(line: int, row: int) -> list[list[_Run]]:
        if line == len(lines):
            return [[]] if row == len(rows) or not merged else []
        if row == len(rows):
            return []
        if (line, row) not in known:
            known[line, row] = list(_first_two(line, row))
        return known[line, row]

    def _first_two(line: int, row: int) -> Iterator[list[_Run]]:
        found = 0
        for run in _next_runs(lines, rows, line, row, slack, merged=merged):
            for rest in ways(run.end, run.last):
                found += 1
                yield [run, *rest]
                if found == 2:
                    return

    return ways(0, 0)


def _next_runs(
    lines: Sequence[Segment], rows: Sequence[_Span], line: int, row: int, slack: float, *, merged: bool
) -> Iterator[_Run]:
    """The runs that may come next: some lines from `line` on, and the rows in whose middle they stand."""
    for end in range(line + 1, min(line + _MOST_LINES, len(lines)) + 1):
        if end > line + 1 and lines[end - 1].y0 - lines[end - 2].y1 > _CLOSE * lines[end - 1].size:
            return
        middle = (lines[line].y0 + lines[end - 1].y1) / 2
        for first in (row,) if merged else range(row, len(rows)):
            for last in range(first + 1, len(rows) + 1 if merged else first + 2):
                if abs((rows[first].y0 + rows[last - 1].y1) / 2 - middle) <= slack:
                    yield _Run(line, end, first, last)


def _labelled(held: Sequence[Sequence[Segment]], labels: int, *, first: bool, whole: bool = False) -> list[Row] | None:
    """The rows with the labels of the first columns on each row they are merged over. `whole`: cells in one piece."""
    beside = sorted((s for column in held[labels:] for s in column), key=lambda s: (s.middle, s.x0))
    body = [row for row in rows_of(beside) if isinstance(row, Row)]
    if len(body) < _LEAST_ROWS or any(len(row.segments) < 2 for row in body):
        return None
    if holds_units_alone(body):
        return None
    spans = [_Span(row.area.y0, row.area.y1) for row in body]
    out: list[list[Segment]] = [[] for _ in body]
    sure = False
    for column in held[:labels]:
        ways = _runs(column, spans, merged=True)
        if whole and len(ways) != 1:
            ways = [found] if (found := _cut_runs(column, spans, first=first)) else []
        if len(ways) != 1 or all(run.last == run.first + 1 for run in ways[0]):
            return None
        sure = sure or _is_centred(ways[0], column, body, first=first)
        for run in ways[0]:
            for r in range(run.first, run.last):
                out[r].append(_one(column[run.begin : run.end], spans[r]))
    return [Row((*out[r], *row.segments)) for r, row in enumerate(body)] if sure else None


def _cut_runs(labels: Sequence[Segment], rows: Sequence[_Span], *, first: bool) -> list[_Run]:
    """The rows of each label where page ends cut those of the last one, or of one on the page before; [] for none."""
    out: list[_Run] = []
    slack = _SLACK * 1.5 * labels[0].size
    row = 0
    for n, label in enumerate(labels):
        # Rows below the names may go on with a label that stands on the page before.
        skipped = range(row, len(rows)) if n == 1 and not first else (row,)
        fits = (
            (begin, end)
            for begin in skipped
            for end in range(begin + 1, len(rows) + 1)
            if abs((rows[begin].y0 + rows[end - 1].y1) / 2 - label.middle) <= slack
        )
        rest = (row, len(rows)) if n + 1 == len(labels) and row < len(rows) and label.y0 >= rows[row].y0 - 1 else None
        if (found := next(fits, rest)) is None:
            return []
        out.append(_Run(n, n + 1, *found))
        row = found[1]
    return out if row == len(rows) else []


def _is_centred(runs: Sequence[_Run], column: Sequence[Segment], body: Sequence[Row], *, first: bool) -> bool:
    """True when labels are not at the top or bottom of their rows: one is between two, or both ends have none."""
    for run in runs:
        middle = (column[run.begin].y0 + column[run.end - 1].y1) / 2
        rows = [(row.area.y0 + row.area.y1) / 2 for row in body[run.first : run.last]]
        if len(rows) > 1 and min(abs(m - middle) for m in rows) > _BETWEEN * (rows[1] - rows[0]):
            return True
    values = [i for i, row in enumerate(body) if any(looks_like_value(s.text) for s in row.segments)]
    if not values or not first:
        return False
    ends = [next(run for run in runs if run.first <= at < run.last) for at in (values[0], len(body) - 1)]
    return all(run.last - run.first > 1 for run in ends) and ends[0] != ends[1]


def _put_together(held: Sequence[Sequence[Segment]]) -> list[Row] | None:
    """The rows with their cells of several lines in one line each, told by a column with one line in each row."""
    best = max(map(len, held))
    for anchor in sorted(range(len(held)), key=lambda c: len(held[c])):
        spans = [_Span(s.y0, s.y1) for s in held[anchor]]
        if len(spans) < _LEAST_ROWS or len(spans) == best:
            continue
        ways = [_runs(column, spans, merged=False) for column in held]
        if any(len(found) != 1 for found in ways):
            continue
        runs = [found[0] for found in ways]
        if _are_cells(held, runs) and _are_apart(held, runs):
            return _rows(held, spans, runs)
    return None


def _are_apart(held: Sequence[Sequence[Segment]], ways: Sequence[Sequence[_Run]]) -> bool:
    """True when the rows stand a little further apart than the lines of a cell.

    Else lines at the top or bottom of their rows could be shared out as well, each half with the next row.
    """
    lines: dict[int, list[Segment]] = {}
    inside = [0.0]
    for column, runs in zip(held, ways, strict=True):
        for run in runs:
            cell = column[run.begin : run.end]
            lines.setdefault(run.first, []).extend(cell)
            inside += [b.y0 - a.y1 for a, b in pairwise(cell)]
    rows = [lines[row] for row in sorted(lines)]
    between = [min(s.y0 for s in b) - max(s.y1 for s in a) for a, b in pairwise(rows)]
    return min(between) > max(inside) + _APART * held[0][0].size


def _are_cells(held: Sequence[Sequence[Segment]], ways: Sequence[Sequence[_Run]]) -> bool:
    """True when the lines of a cell are a text that goes on, not rows of their own beside a label merged over them."""
    tall: dict[int, int] = {}
    for column, runs in zip(held, ways, strict=True):
        for run in runs:
            lines = column[run.begin : run.end]
            if len(lines) > 1 and any(looks_like_value(line.text) for line in lines):
                return False
            if len(lines) > 1 and not any(line.text[:1].islower() for line in lines[1:]):
                tall[run.first] = tall.get(run.first, 0) + 1
    return all(count < 2 for count in tall.values())


def _rows(held: Sequence[Sequence[Segment]], spans: Sequence[_Span], ways: Sequence[Sequence[_Run]]) -> list[Row]:
    out: list[list[Segment]] = [[] for _ in spans]
    for column, runs in zip(held, ways, strict=True):
        for run in runs:
            out[run.first].append(_one(column[run.begin : run.end], spans[run.first]))
    return [Row(tuple(sorted(cells, key=lambda s: s.x0))) for cells in out]


def _one(lines: Sequence[Segment], at: _Span) -> Segment:
    """The lines of a cell as one, level with a row."""
    bold = all(line.bold for line in lines)
    x0, x1 = min(line.x0 for line in lines), max(line.x1 for line in lines)
    word = Word(join_cell([line.text for line in lines]), x0, at.y0, x1, at.y1, bold)
    return Segment((word,), lines[0].size, bold)
