"""Runs of rows whose cells stand in columns, found among the lines of a page and made into tables."""

import re
from collections.abc import Sequence
from itertools import pairwise

from walkdown_ingestion.readers.pdf.aligned import MARKER, cells_of, columns_of, is_tabular, table_of
from walkdown_ingestion.readers.pdf.beside import two_tables
from walkdown_ingestion.readers.pdf.centred import with_centred_cells
from walkdown_ingestion.readers.pdf.lines import has_colon
from walkdown_ingestion.readers.pdf.narrow import parted_rows
from walkdown_ingestion.readers.pdf.page import Page, Segment
from walkdown_ingestion.readers.pdf.rows import Row
from walkdown_ingestion.readers.pdf.ruled import Grid
from walkdown_ingestion.readers.pdf.sections import is_name_between, is_section, is_title
from walkdown_ingestion.readers.pdf.wide_columns import Columns
from walkdown_ingestion.table_headers import looks_like_value

_MAX_GAP = 2.4
_NAME_WORDS, _NAMED_COLUMNS = 3, 3
_MOST_NAMES, _LEAST_BODY, _MOSTLY_FULL = 3, 3, 0.6
_WIDER = 0.6
_AS_CLOSE, _OFF_CENTRE = 0.1, 0.3
_LEAST_CELLS = 2
_SAME_SIZE = 0.5
_BROKEN_TAG = re.compile(r"[A-Z]-$")
_MOST_BACK, _MANY_COLUMNS = 1.25, 4
"""Lines half a line lower than a row beside them make it reach so far below the next."""
_INTERLEAVED = 0.25
_ROWS_APART = 1.5
"""Of the letters' size, by how much the lines of cells that are aligned at their middle reach into each other."""
_CLOSE, _CLOSE_LINE, _AT_EDGE, _SAME_EDGE = 0.3, 0.6, 3.0, 1.5


def aligned_tables(rows: Sequence[Row | Grid], page: Page, before: Columns = ()) -> list[Row | Grid]:
    """The rows of a column with runs of tabular rows replaced by tables.

    `before` are the columns of the table that ended the page before.
    """
    out: list[Row | Grid] = []
    run: list[Row] = []
    for row, below in pairwise([*rows, None, None]):
        if (
            isinstance(row, Row)
            and run
            and (
                _goes_on(run, row)
                or _opens_cell(run, row, below)
                or is_section(run, row, below)
                or is_name_between(run, row, below)
            )
        ):
            run.append(row)
            continue
        run = _with_first_lines(run, out, before) if before and run else _with_lines_above(run, out)
        if len(run) == 1 and not out and (last := _last_row(run[0], before)) is not None:
            out.append(last)
            run = []
        for part in _by_headers(run):
            out += _settled(part, page)
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
        if _goes_on_below(above, run[0]) or _spans_names(above, run):
            run = [above, *run]
            out.pop()
            continue
        columns = columns_of([cells_of(row) for row in run if is_tabular(row)])
        # Numbers at the right of a column leave its name to their left.
        inside = len(columns) > 1 and above.area.x0 > columns[0][1] + 2 and _in_one(above.segments[0], columns)
        if len(columns) < _NAMED_COLUMNS or not all(map(_names, (above, run[0]))):
            break
        if not inside or not -above.size < gap < _CLOSE * above.size or abs(above.size - run[0].size) > 0.5:
            break
        run = [out.pop(), *run]  # type: ignore[list-item]  # it is a row, as was just asked
    return run


def _spans_names(above: Row, run: Sequence[Row]) -> bool:
    """True for a name centred over some of the later columns, as close above their names as the next line is below.

    A title stands over all columns or at their left edge.
    """
    if len(run) < _LEAST_BODY or not all(map(_names, (above, *run[:2]))) or above.bold != run[0].bold:
        return False
    gap, below = (b.area.y0 - a.area.y1 for a, b in ((above, run[0]), (run[0], run[1])))
    if not -above.size < gap <= below + _AS_CLOSE * above.size or abs(above.size - run[0].size) > _SAME_SIZE:
        return False
    valued = [cells_of(row) for row in parted_rows(run) if any(looks_like_value(s.text) for s in row.segments)]
    columns = columns_of(valued) if valued else []
    if len(columns) < _NAMED_COLUMNS or above.area.x0 <= columns[1][0]:
        return False
    middle, slack = (above.area.x0 + above.area.x1) / 2, _OFF_CENTRE * (columns[-1][1] - columns[0][0]) / len(columns)
    over = [(a[0] + b[1]) / 2 for i, a in enumerate(columns[1:], 1) for b in columns[i + 1 :]]
    return any(abs(middle - at) <= slack for at in over)


def _goes_on_below(above: Row, row: Row, labels: float = float("inf")) -> bool:
    """True for a line that breaks off and goes on in a cell right below it, at the same edge and beside a label.

    `labels` is where the column of labels ends: a row without one begins right of it.
    """
    line = above.segments[0]
    labelled = len(row.segments) > 1 and row.segments[0].x0 < labels
    cell = next((s for s in row.segments[1 if labelled else 0 :] if abs(s.x0 - line.x0) < _SAME_EDGE), None)
    if cell is None or not -line.size < cell.y0 - line.y1 < _CLOSE_LINE * line.size or cell.bold != line.bold:
        return False
    return cell.text[:1].islower() and line.text[-1].isalnum() and len(line.words) > _NAME_WORDS


def _with_first_lines(run: list[Row], out: list[Row | Grid], before: Columns) -> list[Row]:
    """A run at the top of a page with the lines right above it that are the first of a cell of the table before.

    Cells that are aligned at their middle or bottom leave the first lines of a longer one alone above their row.
    """
    taken: list[Row] = []
    while len(out) > len(taken) and isinstance(above := out[-1 - len(taken)], Row) and len(above.segments) == 1:
        gap = (taken or run)[0].area.y0 - above.area.y1
        places = zip(before[1:], [*(low for low, _ in before[2:]), float("inf")], strict=True)
        inside = any(abs(above.area.x0 - low) < _AT_EDGE and above.area.x1 < edge - 2 for (low, _), edge in places)
        if not inside or above.bold or not -above.size < gap < _CLOSE_LINE * above.size:
            break
        taken.insert(0, above)
    if len(taken) < len(out) or not all(_in_one(s, before) for s in run[0].segments):
        return _with_lines_above(run, out)
    out.clear()
    return [*taken, *run]


def _last_row(row: Row, before: Columns) -> Grid | None:
    """A row alone at the top of a page as a table, where its cells stand in columns of the one that ended the last."""
    cells = cells_of(row)
    enough = len(cells) >= max(_LEAST_CELLS, _MOSTLY_FULL * len(before)) and not has_colon(row)
    if not enough or not all(_in_one(s, before) for s in cells):
        return None
    columns = tuple((s.x0, s.x1) for s in cells)
    return Grid(row.area, [[s.text for s in cells]], [row.area], ruled=False, columns=columns)


def _in_one(segment: Segment, columns: Columns) -> bool:
    return _is_over(segment, columns) == 1


def _is_over(segment: Segment, columns: Columns) -> int:
    return sum(segment.x0 < high + 2 and segment.x1 > low - 2 for low, high in columns)


def _goes_on(run: Sequence[Row], row: Row) -> bool:
    """True when a row may belong to the run above: close below it, tabular or inside one of its columns."""
    last = run[-1]
    gap = row.area.y0 - last.area.y1
    if gap > _MAX_GAP * row.size or gap < -_MOST_BACK * row.size or abs(row.size - last.size) > 0.35 * last.size:
        return False
    if gap < -row.size:
        columns = columns_of([cells_of(r) for r in run])
        return len(columns) >= _MANY_COLUMNS and is_tabular(row) and all(_in_one(s, columns) for s in row.segments)
    if is_tabular(row):
        return True
    if gap < -_INTERLEAVED * row.size and all(map(_names, [*run, row])) and _beside(last, row):
        return True
    # A single cell: the wrapped text of a column, which it neither leaves to the left nor crosses.
    columns = columns_of([cells_of(r) for r in run])
    marked = MARKER.match(row.text) and not looks_like_value(row.text)
    if len(columns) < 2 or (marked and (len(columns) < _NAMED_COLUMNS or row.area.x0 < columns[1][0] - 2)):
        return False
    inside = [
        low - 2 <= row.area.x0 and row.area.x1 <= (nxt[0] - 2 if nxt else 10_000)
        for (low, _), nxt in zip(columns, [*columns[1:], None], strict=True)
    ]
    beyond_first = row.area.x0 >= columns[1][0] - 2
    return gap < 0.9 * row.size and any(inside) and (beyond_first or inside[0])


def _opens_cell(run: Sequence[Row], row: Row, below: Row | Grid | None) -> bool:
    """True for the first line of a long cell aligned at its middle: the next reaches into it or goes on with it."""
    if len(row.segments) > 1 or not isinstance(below, Row) or len(run[0].segments) < _NAMED_COLUMNS:
        return False
    columns = columns_of([cells_of(r) for r in run])
    # A name of several lines aligned at its middle stands beside no other name.
    alone = [(r.area.x0, r.area.x1) for r in run if len(r.segments) == 1 and not _is_over(r.segments[0], columns)]
    columns += list(dict.fromkeys(alone))
    gap = row.area.y0 - run[-1].area.y1
    interleaved = below.area.y0 < row.area.y1 - _INTERLEAVED * row.size and _beside(row, below)
    close = -row.size < gap < _MAX_GAP * row.size and abs(row.size - run[-1].size) < _SAME_SIZE
    apart = below.area.y0 - row.area.y1
    # Lines of one cell stand closer than rows do.
    tight = -_INTERLEAVED * row.size < apart < _CLOSE_LINE * row.size and gap > _ROWS_APART * max(apart, 1.0)
    goes_on = tight and len(below.segments) >= _NAMED_COLUMNS and row.area.x0 > columns[0][1]
    begins = interleaved or goes_on or _goes_on_below(row, below, columns[0][1])
    return close and begins and all(_in_one(s, columns) for s in (*row.segments, *below.segments))


def _by_headers(run: Sequence[Row]) -> list[Sequence[Row]]:
    """A run cut where a line of names in bold stands below plain rows: the header of another table close below."""
    cuts = [0, 1] if len(run) > _LEAST_BODY and is_title(run[0], run[1]) else [0]
    for i in range(1, len(run) - 1):
        cells = cells_of(run[i])
        plain = not run[i - 1].bold and not run[i + 1].bold and i - cuts[-1] > 1
        if run[i].bold and plain and len(cells) >= _NAMED_COLUMNS and not any(looks_like_value(s.text) for s in cells):
            below = columns_of([cells_of(row) for row in parted_rows(run[i:])])
            if len(cells) == len(below):
                cuts.append(i)
        elif i > _LEAST_BODY - 1 and i - cuts[-1] > 1 and _is_apart(run, i):
            cuts.append(i)
    return [run[a:b] for a, b in pairwise([*cuts, len(run)])]


def _is_apart(run: Sequence[Row], i: int) -> bool:
    """True where a run goes on below a wider gap with fewer cells in each row: another table, not under those names."""
    gaps = [b.area.y0 - a.area.y1 for a, b in pairwise(run[: i + 1])]
    above = [len(cells_of(row)) for row in run[:i] if is_tabular(row)]
    below = [len(cells_of(row)) for row in run[i:]]
    wider = gaps[-1] > max(gaps[:-1]) + _WIDER * run[i].size
    return wider and len(below) > 1 and min(below) > 1 and max(below) < min(above)


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
    if (halves := two_tables(run)) is not None:
        return [part for half in halves for part in (half[0], *_settled(half[1:], page))]
    rows = list(run)
    tail: list[Row] = []
    last = max(i for i, row in enumerate(rows) if is_tabular(row))
    left = min(row.area.x0 for row in rows if is_tabular(row))
    wrapped = has_colon(rows[last]) and all(b.area.y0 - a.area.y1 < 0.4 * b.size for a, b in pairwise(rows[last:]))
    if len(rows) == last + 2 and _ends_label(rows[last], rows[-1]):
        wrapped = True
    while len(rows) > last + 1 and not wrapped and rows[-1].area.x0 < left + 2:
        tail.insert(0, rows.pop())
    if len(rows) < 2:
        return [*rows, *tail]
    settled, whole = with_centred_cells(parted_rows(rows), page)
    found = table_of(settled, page, whole=whole)
    if found is None:
        return [*_below_names(rows, page), *tail]
    return [*([found] if isinstance(found, Grid) else found), *tail]


def _ends_label(last: Row, row: Row) -> bool:
    """True for a last line that goes on with the label right above it in small letters and reaches no other column."""
    beside = [s.x0 for s in last.segments[1:]]
    if row.area.y0 < last.area.y1 - _INTERLEAVED * row.size and len(last.segments) >= _NAMED_COLUMNS - 1:
        # The second line of a label aligned at its middle reaches into the row.
        return row.area.x1 < min(beside) - 2
    close = row.area.y0 - last.area.y1 < _CLOSE_LINE * row.size and last.segments[0].bold == row.bold
    goes_on = row.text[:1].islower() or _BROKEN_TAG.search(last.segments[0].text)
    return close and bool(goes_on) and bool(beside) and row.area.x1 < min(beside) - 2


def _is_full(grid: Grid) -> bool:
    """True for a table of which most rows have cells in three columns and more."""
    full = sum(sum(map(bool, row)) >= _NAMED_COLUMNS and len(set(row)) > 1 for row in grid.rows)
    return full >= max(_LEAST_BODY, _MOSTLY_FULL * len(grid.rows))


def _below_names(rows: Sequence[Row], page: Page) -> list[Row | Grid]:
    """Rows that make a table but for the lines above them, which run across its columns: these stay text.

    Names that run into each other name nothing, and no row below is taken for them; a title leaves the names below it.
    """
    for height in range(1, min(_MOST_NAMES, len(rows) - _LEAST_BODY) + 1):
        found = table_of(parted_rows(rows[height:]), page)
        if isinstance(found, Grid) and _is_full(found) and not any(map(has_colon, rows)):
            named = any(2 * len(row.segments) >= len(found.columns) for row in rows[:height])
            return [*rows[:height], found._replace(header_rows=0) if named else found]
    return [*parted_rows(rows)]
