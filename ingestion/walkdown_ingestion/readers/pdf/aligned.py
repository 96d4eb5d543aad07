"""Tables without rules between columns, and labels with their values: rows whose segments stand in line."""

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from walkdown_ingestion.readers.pdf.cells import join_cell
from walkdown_ingestion.readers.pdf.lines import COLONS, TableLines
from walkdown_ingestion.readers.pdf.page import Extent, Page, Segment, Word, extent
from walkdown_ingestion.readers.pdf.rows import Row
from walkdown_ingestion.readers.pdf.ruled import Grid, bold_header
from walkdown_ingestion.readers.pdf.spans import Head, spanning_head, under_names
from walkdown_ingestion.table_headers import is_unit_row, looks_like_value

MARKER = re.compile(
    r"(?:[-–—•·▪◦*○●□■▶➢✓※]|\(?\d{1,2}[.)]|\d{1,2}(?:\.\d{1,2}){1,4}\.?|\(?[a-zA-Z가-하][.)]|\([ivx]+\)|[ivx]{1,4}[.)]"
    r"|[①-⑳㉠-㉻]|(?:Article|Section|Step)?\s?\d{1,2}\.|제\s?\d+\s?[조항장절])"
)
_MOST_CROWDED = 0.2
"""Share of the lines that may hold two cells in one column."""
_LEAST_LINES = 4
_LEAST_COLUMNS, _LEAST_FULL = 3, 3
_LONG = 90
"""Characters that a cell of two columns seldom has."""
_LEAST_STATED, _MOSTLY = 2, 0.8
_STATED = re.compile(r"(?P<label>[^\W\d_][^:：|]{1,40}?)\s?[:：]\s+(?P<value>\S.*)")
_DECIMAL = re.compile(r"\d{1,2}\.\d{1,2}")
_COLON = re.compile(r"\s*[:：]\s*$")


def cells_of(row: Row) -> list[Segment]:
    """The segments of a row, a list marker or clause number joined with the text after it, lone colons dropped."""
    segments = [
        s._replace(words=s.words[1:]) if s.words[0].text in COLONS and len(s.words) > 1 else s
        for s in row.segments
        if s.text not in COLONS
    ]
    # `24.5` in front of `12 months` are two values, no clause.
    amounts = len(segments) == 2 and _DECIMAL.fullmatch(segments[0].text) and looks_like_value(segments[1].text)
    if len(segments) == 2 and MARKER.fullmatch(segments[0].text) and not amounts:
        first, second = segments
        return [Segment((*first.words, *second.words), second.size, second.bold)]
    return segments


def is_tabular(row: Row) -> bool:
    """True when a row has more than one cell."""
    return len(cells_of(row)) > 1


def columns_of(rows: Sequence[Sequence[Segment]]) -> list[tuple[float, float]]:
    """The columns that the cells of some rows fall into: stretches with a gap between them in every row."""
    size = median(s.size for row in rows for s in row)
    spans = sorted((s.x0, s.x1) for row in rows if len(row) > 1 for s in row)
    columns: list[tuple[float, float]] = []
    for x0, x1 in spans:
        if columns and x0 < columns[-1][1] + 0.3 * size:
            columns[-1] = (columns[-1][0], max(columns[-1][1], x1))
        else:
            columns.append((x0, x1))
    counted = _by_count(rows) or _by_names(rows)
    if counted and (len(counted) != len(columns) or _crowded(rows, columns)):
        return counted
    return sorted([*columns, *_of_lines(rows, columns, size)])


def _crowded(rows: Sequence[Sequence[Segment]], columns: Sequence[tuple[float, float]]) -> bool:
    """True when two cells of a row fall into one column."""
    placed = [[_place(s, columns) for s in row] for row in rows]
    return any(len(set(place)) < len(place) for place in placed)


def _by_count(rows: Sequence[Sequence[Segment]]) -> list[tuple[float, float]]:
    """The columns of a table most of whose rows are full: names at the left of a column, numbers at its right.

    Such names and numbers need not stand over each other, but the first of a row belongs to the first name, and so on.
    """
    width = max(map(len, rows))
    full = [row for row in rows if len(row) == width]
    if width < _LEAST_COLUMNS or len(full) < max(_LEAST_FULL, sum(len(row) > 1 for row in rows) / 2):
        return []
    columns = [(min(s.x0 for s in cells), max(s.x1 for s in cells)) for cells in zip(*full, strict=True)]
    apart = all(a[1] <= b[0] for a, b in pairwise(columns))
    return columns if apart else []


def _by_names(rows: Sequence[Sequence[Segment]]) -> list[tuple[float, float]]:
    """The columns that begin where the names of a first row do, if each cell below lies in one of them."""
    names = rows[0]
    if len(names) < _LEAST_COLUMNS or any(looks_like_value(s.text) for s in names):
        return []
    starts = [s.x0 for s in names]
    ends = [*starts[1:], float("inf")]
    places = [[_within(s, starts, ends) for s in row] for row in rows]
    if any(None in place or len(set(place)) < len(place) for place in places):
        return []
    held = [
        [s.x1 for row, place in zip(rows, places, strict=True) for s, at in zip(row, place, strict=True) if at == c]
        for c in range(len(names))
    ]
    return list(zip(starts, map(max, held), strict=True))


def _within(segment: Segment, starts: Sequence[float], ends: Sequence[float]) -> int | None:
    inside = (i for i, (a, b) in enumerate(zip(starts, ends, strict=True)) if a - 2 <= segment.x0 and segment.x1 <= b)
    return next(inside, None)


def _of_lines(
    rows: Sequence[Sequence[Segment]], columns: Sequence[tuple[float, float]], size: float
) -> list[tuple[float, float]]:
    """Columns of lines that never stand beside other cells, as where these are aligned at their middle or bottom."""
    free = [
        row[0]
        for row in rows
        if len(row) == 1 and all(row[0].x1 + size < low or row[0].x0 > high + size for low, high in columns)
    ]
    if len(columns) < 2 or not free or min(s.x0 for s in free) < columns[0][1]:
        return []
    edges = {round(s.x0) for s in free}
    if len(edges) > 1 or len(free) < _LEAST_LINES:
        return []
    return [(min(s.x0 for s in free), max(s.x1 for s in free))]


def _place(segment: Segment, columns: Sequence[tuple[float, float]]) -> int:
    """The column a segment stands in: the one it overlaps most, else the nearest to its left edge."""
    overlaps = [min(segment.x1, high) - max(segment.x0, low) for low, high in columns]
    best = max(range(len(columns)), key=lambda i: overlaps[i])
    if overlaps[best] > 0:
        # A heading over several columns is placed by where it begins.
        return next(i for i, overlap in enumerate(overlaps) if overlap > 0)
    return min(range(len(columns)), key=lambda i: abs(columns[i][0] - segment.x0))


def table_of(rows: Sequence[Row], page: Page, *, whole: bool = False) -> Grid | list[Row] | None:
    """A grid of the rows, their lines cell by cell where these are prose, or None when they stand in no columns.

    `whole`: each row given is one of the table, where else lines are put together.
    """
    cells = [cells_of(row) for row in rows]
    head = spanning_head(cells, columns_of)
    if head is not None and (table := _table_below(rows, page, head)) is not None:
        return table
    columns = columns_of(cells)
    columns = under_names(cells, columns_of) or columns
    if len(columns) < 2:
        return None
    placed = [[_place(s, columns) for s in row] for row in cells]
    if sum(len(set(p)) < len(p) for p in placed) > _MOST_CROWDED * len(placed):
        return None
    if len(columns) == 2 and _tell_by_themselves(cells, placed):
        return _fields(_cell_by_cell(cells, placed, [range(len(cells))]))
    lines = TableLines(rows, cells, placed, page)
    groups = [[i] for i in range(len(rows))] if whole else lines.groups()
    if len(groups) < 2 and len(columns) < 3 and not (lines.by_colons and len(rows) > 1):
        return None
    grid_rows, extents = _grid_rows(rows, cells, placed, groups, len(columns))
    if not lines.by_colons and not _is_table(grid_rows):
        return _cell_by_cell(cells, placed, groups) if _is_prose(grid_rows) else None
    header = (
        1 + is_unit_row(tuple(grid_rows[1]), tuple(grid_rows[0]))
        if lines.header_end
        else _header_rows(grid_rows, [[w for i in group for s in cells[i] for w in s.words] for group in groups])
    )
    return Grid(
        extent(row.area for row in rows), grid_rows, extents, ruled=False, header_rows=header, columns=tuple(columns)
    )


def _tell_by_themselves(cells: Sequence[Sequence[Segment]], placed: Sequence[Sequence[int]]) -> bool:
    """True for two columns of labels with their values in one cell each: `Head: 48 m` beside `Seal: plan 53B`."""
    for column in (0, 1):
        texts = [
            s.text
            for row, place in zip(cells, placed, strict=True)
            for s, c in zip(row, place, strict=True)
            if c == column
        ]
        labels = [match["label"] for text in texts if (match := _STATED.match(text)) is not None]
        if len(labels) < max(_LEAST_STATED, _MOSTLY * len(texts)) or len(set(labels)) < len(labels):
            return False
    return True


def _fields(lines: Sequence[Row]) -> Grid:
    """Labels with their values as rows; a line that is none is one cell."""
    found = [(_STATED.match(line.text), line.text) for line in lines]
    texts = [[match["label"], match["value"]] if match else [text, text] for match, text in found]
    return Grid(extent(line.area for line in lines), texts, [line.area for line in lines], ruled=False, header_rows=0)


def _table_below(rows: Sequence[Row], page: Page, head: Head) -> Grid | None:
    """The table below a header whose names reach over several columns, together with that header."""
    height = len(head.rows)
    body = _body(rows[height:], page, head.columns)
    if body is None:
        return None
    texts, extents = body
    above = [row.area for row in rows[:height]]
    return Grid(
        extent(row.area for row in rows),
        [*head.rows, *texts],
        [*above, *extents],
        ruled=False,
        header_rows=height,
        columns=tuple(head.columns),
    )


def _body(
    rows: Sequence[Row], page: Page, columns: Sequence[tuple[float, float]]
) -> tuple[list[list[str]], list[Extent]] | None:
    """The rows of a table in known columns with their areas; None when cells do not stand in them one by one."""
    cells = [cells_of(row) for row in rows]
    placed = [[_place(s, columns) for s in row] for row in cells]
    if sum(len(set(p)) < len(p) for p in placed) > _MOST_CROWDED * len(placed):
        return None
    groups = TableLines(rows, cells, placed, page).groups()
    return _grid_rows(rows, cells, placed, groups, len(columns))


def _grid_rows(
    rows: Sequence[Row],
    cells: Sequence[Sequence[Segment]],
    placed: Sequence[Sequence[int]],
    groups: Sequence[Sequence[int]],
    width: int,
) -> tuple[list[list[str]], list[Extent]]:
    """The texts of each row of a table, whose lines are given, and the area of each."""
    grid_rows, extents = [], []
    for group in groups:
        texts: list[list[str]] = [[] for _ in range(width)]
        for i in group:
            for segment, column in zip(cells[i], placed[i], strict=True):
                texts[column].append(segment.text)
        row = [join_cell(lines) for lines in texts]
        heads = width >= _LEAST_COLUMNS and bool(row[0]) and not any(row[1:]) and not looks_like_value(row[0])
        # A heading between rows is one cell over all of them.
        grid_rows.append([row[0]] * width if heads else row)
        extents.append(extent(rows[i].area for i in group))
    return grid_rows, extents


def _header_rows(rows: Sequence[Sequence[str]], words: Sequence[Sequence[Word]]) -> int | None:
    """Rows of header. Labels with values have none; of other tables the print may not tell."""
    bold = bold_header(words)
    if bold is not None and sum(map(bool, rows[0])) > 1:
        # The names of a header do not repeat below each other; rows set in bold may.
        repeat = any(a and a == b for a, b in zip(rows[0], rows[bold - 1], strict=True)) and bold > 1
        return 0 if repeat else bold
    if len(rows[0]) == 2 or any(MARKER.fullmatch(cell) or ":" in cell for cell in rows[0]):
        return 0
    return None


def _is_prose(rows: Sequence[Sequence[str]]) -> bool:
    """True when two cells stand beside each other that are longer than those of a table."""
    return len(rows[0]) == 2 and any(min(map(len, row)) >= _LONG for row in rows)


def _cell_by_cell(
    cells: Sequence[Sequence[Segment]], placed: Sequence[Sequence[int]], groups: Sequence[Sequence[int]]
) -> list[Row]:
    """The lines of the left cell and then those of the right one, row by row."""
    return [
        Row((segment,))
        for group in groups
        for side in (0, 1)
        for i in group
        for segment, column in zip(cells[i], placed[i], strict=True)
        if column == side
    ]


def _is_table(rows: Sequence[Sequence[str]]) -> bool:
    """True when enough rows fill more than one column, and the cells are short as cells are."""
    full = sum(sum(map(bool, row)) > 1 and (len(row) < _LEAST_COLUMNS or len(set(row)) > 1) for row in rows)
    lengths = [len(cell) for row in rows for cell in row if cell]
    return full >= max(2, 0.5 * len(rows)) and (len(rows[0]) > 2 or median(lengths) < _LONG)


def key_value_text(row: Row) -> str:
    """A row of cells as text: a label, a colon and its value; other cells with a space."""
    cells = cells_of(row)
    if len(cells) == len(row.segments) or len(cells) != 2:
        return row.text
    return f"{_COLON.sub('', cells[0].text)}: {cells[1].text}"
