"""Cells of several lines aligned at their top, in tables without rules whose rows stand as close as the lines.

Some columns, as those of tags and single values, have one line in each row. Lines without any of them go on with the
row above, where their labels go on in small letters.
"""

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from walkdown_ingestion.readers.pdf.cells import join_cell
from walkdown_ingestion.readers.pdf.page import Rule, Segment, Word
from walkdown_ingestion.readers.pdf.rows import Row
from walkdown_ingestion.table_headers import looks_like_value

_LEAST_ROWS, _LEAST_ANCHORS = 3, 2
_CLOSE = 0.45
"""Of the letters' size, the gap between lines of one cell at most."""
Cells = dict[int, Segment]


def put_together(rows: Sequence[Row], placed: Sequence[Cells], rules: Sequence[Rule]) -> list[Row] | None:
    """The rows with their lines in one each; None where no columns tell which lines begin one. `placed`: by column."""
    lines: dict[int, list[int]] = defaultdict(list)
    for i, cells in enumerate(placed):
        for column in cells:
            lines[column].append(i)
    begins = _begins(lines)
    if not begins or not _go_on(rows, placed, begins, rules):
        return None
    ends = [*begins[1:], len(rows)]
    return [_one(placed[begin:end], rows[begin]) for begin, end in zip(begins, ends, strict=True)]


def _begins(lines: dict[int, list[int]]) -> list[int]:
    """The lines that begin rows: those on which several columns other than the labels have all of their cells."""
    shared: dict[tuple[int, ...], int] = defaultdict(int)
    for column, held in lines.items():
        shared[tuple(held)] += column > 0
    most = max(shared, key=lambda held: (shared[held], len(held)), default=())
    enough = len(most) >= _LEAST_ROWS and shared[most] >= _LEAST_ANCHORS and most[0] == 0
    inside = enough and all(set(most) <= set(held) for column, held in lines.items() if column == 0)
    return list(most) if inside and len(lines[0]) > len(most) else []


def _go_on(rows: Sequence[Row], placed: Sequence[Cells], begins: Sequence[int], rules: Sequence[Rule]) -> bool:
    """True when every other line stands close below, in columns that the row has, with no value beside another."""
    begun = 0
    small = 0
    for i, (above, below) in enumerate(pairwise(rows), 1):
        if i in begins:
            begun = i
            continue
        gap = below.area.y0 - above.area.y1
        cells = placed[i]
        lined = any(r.horizontal and above.area.y1 - 2 < r.y0 < below.area.y0 + 2 for r in rules)
        values = sum(looks_like_value(s.text) for s in cells.values())
        if gap > _CLOSE * below.size or lined or values > 1 or not set(cells) <= set(placed[begun]):
            return False
        if 0 in cells and not cells[0].text[:1].islower():
            return False
        small += 0 in cells
    return small > 0


def _one(lines: Sequence[Cells], row: Row) -> Row:
    """The lines of a row in one."""
    out = []
    for column in sorted(lines[0]):
        held = [cells[column] for cells in lines if column in cells]
        text = join_cell([s.text for s in held])
        area = row.area
        word = Word(text, held[0].x0, area.y0, max(s.x1 for s in held), area.y1, all(s.bold for s in held))
        out.append(Segment((word,), held[0].size, word.bold))
    return Row(tuple(out))
