"""Two tables without rules that stand side by side, each under a caption at its left edge.

Read as one, the caption of the second would stand over columns of the first, and each row would tell of two things.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from walkdown_ingestion.readers.pdf.aligned import cells_of, columns_of
from walkdown_ingestion.readers.pdf.page import Segment
from walkdown_ingestion.readers.pdf.rows import Row
from walkdown_ingestion.table_headers import looks_like_value

_NUMBERED = re.compile(r"(?:table|tabla|fig(?:ure)?\.?|表|表格|표|그림)\s*\d", re.IGNORECASE)
_INDENT, _SAME = 12.0, 2.0
"""How far cells stand right of their caption at most, and by how much that differs between the two tables."""
_LEAST_ROWS, _LEAST_COLUMNS = 3, 2
_FURTHER = 0.6


def two_tables(rows: Sequence[Row]) -> tuple[list[Row], list[Row]] | None:
    """The rows of each table below its caption; None for what is one table."""
    captions = cells_of(rows[0]) if rows else []
    if len(captions) != 2 or any(looks_like_value(c.text) and not _NUMBERED.match(c.text) for c in captions):
        return None
    cells = [cells_of(row) for row in rows[1:]]
    columns = columns_of(cells) if any(len(row) > 1 for row in cells) else []
    at = next((i for i, (low, _) in enumerate(columns) if low >= captions[1].x0 - _SAME), 0)
    if not _LEAST_COLUMNS <= at <= len(columns) - _LEAST_COLUMNS:
        return None
    first, second = (columns[i][0] - caption.x0 for i, caption in zip((0, at), captions, strict=True))
    if not -_SAME <= first <= _INDENT or abs(first - second) > _SAME:
        return None
    edge = min(columns[at][0], captions[1].x0) - 1
    parts = [[[s for s in row if (s.x0 >= edge) is right] for row in cells] for right in (False, True)]
    if any(s.x1 > edge for row in parts[0] for s in row) or captions[0].x1 > edge:
        return None
    left, right = ([row for row in part if row] for part in parts)
    above = _stand_above(rows)
    told = above or _are_apart(captions, left, right)
    if not told or not all(_is_labelled(part, numbered=above) for part in (left, right)):
        return None
    return [Row((captions[0],)), *map(_row, left)], [Row((captions[1],)), *map(_row, right)]


def _row(cells: Sequence[Segment]) -> Row:
    return Row(tuple(cells))


def _are_apart(captions: Sequence[Segment], left: Sequence[object], right: Sequence[object]) -> bool:
    """True for tables of their own: numbered captions, or one longer than the other; not `Cause` beside `Effect`."""
    return any(_NUMBERED.match(c.text) for c in captions) or len(left) != len(right)


def _stand_above(rows: Sequence[Row]) -> bool:
    """True for captions that stand further above the names than any two rows are apart: they are no row of names."""
    gaps = [b.area.y0 - a.area.y1 for a, b in pairwise(rows)]
    return gaps[0] > max(gaps[1:]) + _FURTHER * rows[0].size


def _is_labelled(rows: Sequence[Sequence[Segment]], *, numbered: bool) -> bool:
    """True for names above rows that each begin with a label, or a number where that may be one."""
    named = not any(looks_like_value(s.text) for s in rows[0]) if rows else False
    labelled = numbered or not any(looks_like_value(row[0].text) for row in rows)
    return named and len(rows) >= _LEAST_ROWS and labelled
