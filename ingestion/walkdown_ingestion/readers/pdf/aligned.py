"""Tables without rules between columns, and labels with their values: rows whose segments stand in line."""

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from walkdown_ingestion.readers.pdf.cells import join_cell
from walkdown_ingestion.readers.pdf.lines import COLONS, TableLines, has_colon
from walkdown_ingestion.readers.pdf.page import Extent, Page, Segment, Word, extent
from walkdown_ingestion.readers.pdf.rows import Row
from walkdown_ingestion.readers.pdf.ruled import Grid, bold_header
from walkdown_ingestion.readers.pdf.spans import Head, spanning_head
from walkdown_ingestion.tables import looks_like_value

MARKER = re.compile(
    r"(?:[-–—•·▪◦*○●□■▶➢✓※]|\(?\d{1,2}[.)]|\d{1,2}(?:\.\d{1,2}){1,4}\.?|\(?[a-zA-Z가-하][.)]|\([ivx]+\)|[ivx]{1,4}[.)]"
    r"|[①-⑳㉠-㉻]|(?:Article|Section|Step)?\s?\d{1,2}\.|제\s?\d+\s?[조항장절])"
)
_MAX_GAP = 2.4
_CLOSE = 0.3
_NAME_WORDS, _NAMED_COLUMNS = 3, 3
_INTERLEAVED = 0.25
"""Of the letters' size, by how much the lines of cells that are aligned at their middle reach into each other."""
_MOST_CROWDED = 0.2
"""Share of the lines that may hold two cells in one column."""
_LONG = 90
"""Characters that a cell of two columns seldom has."""
_COLON = re.compile(r"\s*[:：]\s*$")


def _cells(row: Row) -> list[Segment]:
    """The segments of a row, a list marker or clause number joined with the text after it, lone colons dropped."""
    segments = [
        s._replace(words=s.words[1:]) if s.words[0].text in COLONS and len(s.words) > 1 else s
        for s in row.segments
        if s.text not in COLONS
    ]
    if len(segments) == 2 and MARKER.fullmatch(segments[0].text):
        first, second = segments
        return [Segment((*first.words, *second.words), second.size, second.bold)]
    return segments


def is_tabular(row: Row) -> bool:
    """True when a row has more than one cell."""
    return len(_cells(row)) > 1


def _columns(rows: Sequence[Sequence[Segment]]) -> list[tuple[float, float]]:
    """The columns that the cells of some rows fall into: stretches with a gap between them in every row."""
    size = median(s.size for row in rows for s in row)
    spans = sorted((s.x0, s.x1) for row in rows if len(row) > 1 for s in row)
    columns: list[tuple[float, float]] = []
    for x0, x1 in spans:
        if columns and x0 < columns[-1][1] + 0.3 * size:
            columns[-1] = (columns[-1][0], max(columns[-1][1], x1))
        else:
            columns.append((x0, x1))
    return columns


def _place(segment: Segment, columns: Sequence[tuple[float, float]]) -> int:
    """The column a segment stands in: the one it overlaps most, else the nearest to its left edge."""
    overlaps = [min(segment.x1, high) - max(segment.x0, low) for low, high in columns]
    best = max(range(len(columns)), key=lambda i: overlaps[i])
    if overlaps[best] > 0:
        # A heading over several columns is placed by where it begins.
        return next(i for i, overlap in enumerate(overlaps) if overlap > 0)
    return min(range(len(columns)), key=lambda i: abs(columns[i][0] - segment.x0))


def _table(rows: Sequence[Row], page: Page) -> Grid | list[Row] | None:
    """A grid of the rows, their lines cell by cell where these are prose, or None when they stand in no columns."""
    cells = [_cells(row) for row in rows]
    head = spanning_head(cells, _columns)
    if head is not None and (table := _table_below(rows, page, head)) is not None:
        return table
    columns = _columns(cells)
    if len(columns) < 2:
        return None
    placed = [[_place(s, columns) for s in row] for row in cells]
    if sum(len(set(p)) < len(p) for p in placed) > _MOST_CROWDED * len(placed):
        return None
    lines = TableLines(rows, cells, placed, page)
    groups = lines.groups()
    if len(groups) < 2 and len(columns) < 3 and not (lines.by_colons and len(rows) > 1):
        return None
    grid_rows, extents = _grid_rows(rows, cells, placed, groups, len(columns))
    if not lines.by_colons and not _is_table(grid_rows):
        return _cell_by_cell(cells, placed, groups) if _is_prose(grid_rows) else None
    header = (
        1
        if lines.header_end
        else _header_rows(grid_rows, [[w for i in group for s in cells[i] for w in s.words] for group in groups])
    )
    return Grid(
        extent(row.area for row in rows), grid_rows, extents, ruled=False, header_rows=header, columns=tuple(columns)
    )


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
    cells = [_cells(row) for row in rows]
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
        grid_rows.append([join_cell(lines) for lines in texts])
        extents.append(extent(rows[i].area for i in group))
    return grid_rows, extents


def _header_rows(rows: Sequence[Sequence[str]], words: Sequence[Sequence[Word]]) -> int | None:
    """Rows of header. Labels with values have none; of other tables the print may not tell."""
    bold = bold_header(words)
    if bold is not None and sum(map(bool, rows[0])) > 1:
        return bold
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
    full = sum(sum(bool(cell) for cell in row) > 1 for row in rows)
    lengths = [len(cell) for row in rows for cell in row if cell]
    return full >= max(2, 0.5 * len(rows)) and (len(rows[0]) > 2 or median(lengths) < _LONG)


def aligned_tables(rows: Sequence[Row | Grid], page: Page) -> list[Row | Grid]:
    """The rows of a column with runs of tabular rows replaced by tables."""
    out: list[Row | Grid] = []
    run: list[Row] = []
    for row in [*rows, None]:
        if isinstance(row, Row) and run and _goes_on(run, row):
            run.append(row)
            continue
        out += _settled(_with_lines_above(run, out), page)
        run = []
        if isinstance(row, Row) and is_tabular(row):
            run = [row]
        elif row is not None:
            out.append(row)
    return out


def _with_lines_above(run: list[Row], out: list[Row | Grid]) -> list[Row]:
    """A run with the lines right above it that stand over one of its later columns: the first lines of long names.

    A title of the table begins at its left edge, or stands further above.
    """
    while run and out and isinstance(above := out[-1], Row) and len(above.segments) == 1:
        gap = run[0].area.y0 - above.area.y1
        columns = _columns([_cells(row) for row in run if is_tabular(row)])
        edges = [*(low for low, _ in columns[2:]), float("inf")]
        inside = any(
            low - 2 <= above.area.x0 and above.area.x1 <= edge - 2
            for (low, _), edge in zip(columns[1:], edges, strict=False)
        )
        if len(columns) < _NAMED_COLUMNS or not all(map(_names, (above, run[0]))):
            break
        if not inside or not -above.size < gap < _CLOSE * above.size or abs(above.size - run[0].size) > 0.5:
            break
        run = [out.pop(), *run]  # type: ignore[list-item]  # it is a row, as was just asked
    return run


def _goes_on(run: Sequence[Row], row: Row) -> bool:
    """True when a row may belong to the run above: close below it, tabular or inside one of its columns."""
    last = run[-1]
    gap = row.area.y0 - last.area.y1
    if gap > _MAX_GAP * row.size or gap < -row.size or abs(row.size - last.size) > 0.35 * last.size:
        return False
    if is_tabular(row):
        return True
    if gap < -_INTERLEAVED * row.size and all(map(_names, [*run, row])) and _beside(last, row):
        return True
    if MARKER.match(row.text) and not looks_like_value(row.text):
        return False
    # A single cell: the wrapped text of a column, which it neither leaves to the left nor crosses.
    columns = _columns([_cells(r) for r in run])
    if len(columns) < 2:
        return False
    inside = [
        low - 2 <= row.area.x0 and row.area.x1 <= (nxt[0] - 2 if nxt else 10_000)
        for (low, _), nxt in zip(columns, [*columns[1:], None], strict=True)
    ]
    beyond_first = row.area.x0 >= columns[1][0] - 2
    return gap < 0.9 * row.size and any(inside) and (beyond_first or inside[0])


def _names(row: Row) -> bool:
    """True for a line of short names without a value, as of a header."""
    return all(len(s.words) <= _NAME_WORDS and not looks_like_value(s.text) for s in row.segments)


def _beside(last: Row, row: Row) -> bool:
    """True when no cell of a row stands over one of the row before it."""
    return all(a.x1 <= b.x0 or b.x1 <= a.x0 for a in last.segments for b in row.segments)


def _settled(run: Sequence[Row], page: Page) -> list[Row | Grid]:
    """A run as a table where it is one; trailing single-cell rows under the first column are given back as text."""
    if not run:
        return []
    rows = list(run)
    tail: list[Row] = []
    last = max(i for i, row in enumerate(rows) if is_tabular(row))
    wrapped = has_colon(rows[last]) and all(b.area.y0 - a.area.y1 < 0.4 * b.size for a, b in pairwise(rows[last:]))
    while len(rows) > last + 1 and not wrapped and rows[-1].area.x0 < rows[0].area.x0 + 2:
        tail.insert(0, rows.pop())
    if len(rows) < 2:
        return [*rows, *tail]
    found = _table(rows, page)
    return [*([found] if isinstance(found, Grid) else found or rows), *tail]


def key_value_text(row: Row) -> str:
    """A row of cells as text: a label, a colon and its value; other cells with a space."""
    cells = _cells(row)
    if len(cells) == len(row.segments) or len(cells) != 2:
        return row.text
    return f"{_COLON.sub('', cells[0].text)}: {cells[1].text}"
