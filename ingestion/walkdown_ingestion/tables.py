"""Tables as cells and as lines: squaring off, finding the header, and rows that can be read on their own.

A row is rendered with its header carried, `Parameter: Drum pressure | Limit: 12.5 | Unit: MPa`, so that a single
line of a long table still says what its numbers are.
"""

import re
from collections.abc import Iterable, Sequence

from walkdown.documents import Table
from walkdown.text.units import is_unit
from walkdown_ingestion.anew import told_header
from walkdown_ingestion.clean import clean_line, set_close
from walkdown_ingestion.ditto import without_dittos
from walkdown_ingestion.forms import unfolded
from walkdown_ingestion.names_below import rows_of_corner
from walkdown_ingestion.names_over_rows import below_tags, names_by_tags, over_columns, reaches_down
from walkdown_ingestion.table_headers import (
    KEY_END,
    Row,
    bare_unit,
    continues_header,
    header_height,
    is_merged,
    is_unit_row,
    looks_like_value,
    spans_all,
    spread,
)

_MAX_HEADER_ROWS = 3
_NOTE = re.compile(r"(?:notes?|remarks?|비고|주|참고|備考|注)\s*\d{0,2}\s*[):.：]|[※*]\s?\d{0,2}\s?\S", re.IGNORECASE)
"""How a note begins that an export has in the first cell of a row of its own."""
_MARK = 2
"""Letters of a mark such as `X` or `OK`, which stands in neighbouring columns for each of them."""
_WIDE_LABEL = 3
_LEAST_TITLED = 4
_SIGNS = frozenset("~ 〜 ～ – ± ≤ ≥ < > ＜ ＞ ≦ ≧".split())
"""Signs that say nothing by themselves; a dash does."""
_SHORT = 12
"""Words that stand in two columns by chance are no longer."""


def square(rows: Iterable[Sequence[str]]) -> list[Row]:
    """Clean cells, pad rows to one width, drop rows and columns that are empty throughout."""
    cleaned = [[clean_line(set_close(cell)) for cell in row] for row in rows]
    cleaned = [row for row in cleaned if any(row)]
    width = max((len(row) for row in cleaned), default=0)
    padded = [row + [""] * (width - len(row)) for row in cleaned]
    kept = [i for i in range(width) if any(row[i] for row in padded)]
    return [tuple(row[i] for i in kept) for row in padded]


def make_table(rows: Iterable[Sequence[str]], header_rows: int | None = None) -> Table | None:
    """A rectangular table, or None when there is no text in it.

    `header_rows` is how many of the given rows are header; None judges by content.
    """
    given: list[Sequence[str]] = list(rows)
    header_rows = told_header(given, header_rows)
    if (form := unfolded(given, header_rows)) is not None:
        given, header_rows = list(form.rows), form.header
    grid = square(given)
    if not grid:
        return None
    if header_rows is None:
        height = header_height(grid)
    else:
        height = sum(1 for row in given[:header_rows] if any(cell.strip() for cell in row))
        merged = len(grid) > 2 and is_merged(grid[0]) and continues_header(grid[0], grid[1])
        if height == 1 and (merged or reaches_down(grid, 0)):
            # Programs mark one row as header also where a merged name has names of its own below it.
            height = 2
    if height < 2 and len(grid) > 2 and (first := spread(grid[0], grid[1])):
        grid[0], height = first, 2
    while 1 < height < min(len(grid) - 1, _MAX_HEADER_ROWS) and _goes_on(grid, height):
        height += 1
    if 0 < height < len(grid) - 1 and is_unit_row(grid[height], grid[height - 1]):
        height += 1
    if len(grid) > 2 and header_rows != 0:
        height = max(height, rows_of_corner(grid))
    height = min(height, len(grid) - 1, _MAX_HEADER_ROWS + 1)
    height = 0 if _names_nothing(grid, height) else height or _below_a_title(grid)
    grid[0] = _first_names(grid, height)
    return Table(header=tuple(grid[:height]), rows=tuple(without_dittos(grid[:height], grid[height:])))


def _names_nothing(grid: Sequence[Row], height: int) -> bool:
    """True for names above nothing but cells that are merged over all of them, with which they would be lost."""
    return all(map(spans_all, grid[height:])) and not all(map(spans_all, grid[:height]))


def _below_a_title(grid: list[Row]) -> int:
    """How many rows are header where the first is a title with a remark beside it, which then reaches over all columns.

    `Limits | | | | (unit: mg/m³)` above the names leaves most columns blank, and names none.
    """
    told = [cell for cell in grid[0] if cell]
    if len(grid) < _LEAST_TITLED or len(grid[0]) < _WIDE_LABEL or 2 * len(told) > len(grid[0]) or not grid[0][0]:
        return 0
    if len(set(told)) < len(told) or not all(grid[1]) or any(map(looks_like_value, told)):
        return 0
    below = header_height(grid[1:])
    if below:
        grid[0] = (" | ".join(told),) * len(grid[0])
    return below + 1 if below else 0


def _first_names(grid: Sequence[Row], height: int) -> Row:
    """The first row of names: a title over all columns, titles over theirs, tags without what is in front of them."""
    if height == 1 and names_by_tags(grid):
        return below_tags(grid[0])
    if height < 2 or len(grid[0]) <= 2:
        return grid[0]
    across = _title_across(grid[0])
    return over_columns(across, grid[1]) if height == 2 else across


def _title_across(row: Row) -> Row:
    """A row with the title of a table over all columns, which stands in its first cell where no one has merged it."""
    return (row[0],) * len(row) if row[0] and not any(row[1:]) else row


def _goes_on(grid: Sequence[Row], height: int) -> bool:
    """True when a header has a third row: `L | H` below `Alarm` merged, below `Temperature` merged over both."""
    merged = is_merged(grid[height - 1]) and continues_header(grid[height - 1], grid[height])
    return merged or reaches_down(grid, height - 1)


def column_names(table: Table) -> Row:
    """One name per column; the rows of a tall header are joined: `Limit / High`. Empty without a header."""
    if not table.header:
        return ()
    names = []
    for i in range(len(table.header[0])):
        parts = list(dict.fromkeys(row[i] for row in table.header if row[i] and not spans_all(row)))
        if len(parts) > 1 and is_unit_row(table.header[-1], table.header[-2]):
            unit = bare_unit(parts.pop()) if table.header[-1][i] == parts[-1] else ""
            name = " / ".join(parts)
            names.append(f"{name} ({unit})" if is_unit(unit) else name)
            continue
        names.append(KEY_END.sub("", " / ".join(parts)))
    return tuple(names)


def header_title(table: Table) -> str:
    """The text of a header row that spans the whole table: its title, in effect. Empty when there is none."""
    return " ".join(row[0] for row in table.header if spans_all(row))


def row_cells(names: Row, row: Row) -> list[str]:
    """The non-empty cells of a row, each with its column's name; a cell merged over columns appears once."""
    if spans_all(row) and not (names and looks_like_value(row[0])):
        return [row[0]]
    if len(row) > 2 and not any(row[1:]) and _NOTE.match(row[0]):
        return [row[0]]
    if not names:
        if len(row) == 2 and all(row):
            return [f"{KEY_END.sub('', row[0])}: {row[1]}"]
        # A merged cell was expanded to equal neighbours; values may be equal by chance and stay.
        return [
            cell
            for i, cell in enumerate(row)
            if cell and (i == 0 or row[i - 1] != cell or len(row) == 2 or len(cell) <= _MARK or looks_like_value(cell))
        ]
    cells: list[str] = []
    i = 0
    while i < len(row):
        if (end := _range_end(names, row, i)) > i:
            cells.append(f"{names[i]}: {' '.join(filter(None, row[i:end]))}")
        elif row[i]:
            end = _merged_end(names, row, i)
            name = ", ".join(dict.fromkeys(n for n in names[i:end] if n))
            cells.append(f"{name}: {row[i]}" if name else row[i])
        i = max(end, i + 1)
    return cells


def _merged_end(names: Row, row: Row, begin: int) -> int:
    """Where a cell that was merged over columns ends, which was expanded to equal neighbours.

    Numbers may be equal by chance and stay apart, as do short words under names of their own. A label over the first
    columns (`Total`) is told by its width.
    """
    text = row[begin]
    if looks_like_value(text):
        return begin + 1
    end = begin + 1
    while begin == 0 and end < len(row) and row[end] == text:
        end += 1
    end = end if end >= _WIDE_LABEL else begin + 1
    while end < len(row) and row[end] == text:
        if len(text) <= _SHORT and (not names[begin] or names[end] != names[begin]):
            break
        end += 1
    return end


def _range_end(names: Row, row: Row, begin: int) -> int:
    """Where the columns of one name end that hold a range in parts: `6.8`, `~` and `7.4`; `begin` for any others."""
    end = begin + 1
    while end < len(row) and names[begin] and names[end] == names[begin]:
        end += 1
    return end if end > begin + 1 and any(cell in _SIGNS for cell in row[begin:end]) else begin


def row_lines(table: Table) -> list[str]:
    """One readable line for each row of the body. A table that is only a header gives its cells in one line."""
    names = column_names(table)
    return [" | ".join(row_cells(names, row)) for row in table.rows]


def inline_table(rows: Iterable[Sequence[str]], header_rows: int | None = None) -> str:
    """A table inside a cell in one line, each row under its own header: `Mode: start, Low: 1.0; Mode: run, Low: 2`."""
    table = make_table(rows, header_rows)
    return "; ".join(line.replace(" | ", ", ") for line in row_lines(table)) if table is not None else ""


def table_text(table: Table) -> str:
    """The whole table as readable lines, its spanning title first."""
    title = header_title(table)
    return "\n".join([title, *row_lines(table)] if title else row_lines(table))
