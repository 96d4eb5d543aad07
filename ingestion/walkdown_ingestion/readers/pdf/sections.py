"""Headings between the rows of a table without rules: `Feedwater` alone on its line, rows in the same columns below."""

import re
from collections.abc import Sequence

from walkdown_ingestion.readers.pdf.aligned import MARKER, cells_of, columns_of, is_tabular
from walkdown_ingestion.readers.pdf.rows import Row
from walkdown_ingestion.readers.pdf.ruled import Grid
from walkdown_ingestion.table_headers import looks_like_value
from walkdown_ingestion.title_blocks import states_field

_CELLS = 3
_CHARS = 60
_NEAR, _HALF = 2.0, 0.3
_EDGE = 6.0
_SENTENCE = re.compile(r"[.:：;,]$")


def is_section(run: Sequence[Row], row: Row, below: Row | Grid | None) -> bool:
    """True for a line that heads the rows below it in the table of a run, which holds more than this line does."""
    if not isinstance(below, Row) or len(row.segments) > 1 or not _is_name(row.text):
        return False
    over = next((r for r in reversed(run) if is_tabular(r)), None)
    if over is None or min(len(cells_of(over)), len(cells_of(below))) < _CELLS:
        return False
    near = row.area.y0 - run[-1].area.y1 < _NEAR * row.size and below.area.y0 - row.area.y1 < _NEAR * row.size
    left = min(r.area.x0 for r in (*run, below) if is_tabular(r))
    if not near or abs(row.area.x0 - left) > _EDGE or abs(row.size - below.size) > 0.1 * below.size:
        return False
    # Names again begin another table.
    return any(looks_like_value(s.text) for s in below.segments) and _in_columns(run, below)


def is_name_between(run: Sequence[Row], row: Row, below: Row | Grid | None) -> bool:
    """True for a name merged over two rows of names: it stands in the middle between them, beside both."""
    if len(run) != 1 or not isinstance(below, Row) or len(row.segments) > 1 or not _is_name(row.text):
        return False
    others = [*run[0].segments, *below.segments]
    if len(below.segments) < max(_CELLS, len(run[0].segments) + 1) or not all(_is_name(s.text) for s in others):
        return False
    free = all(s.x1 < row.area.x0 or s.x0 > row.area.x1 for s in others)
    middle = (run[0].segments[0].middle + below.segments[0].middle) / 2
    return free and abs(row.segments[0].middle - middle) < _HALF * row.size


def _is_name(text: str) -> bool:
    return len(text) <= _CHARS and not (_SENTENCE.search(text) or MARKER.match(text) or looks_like_value(text))


def _in_columns(run: Sequence[Row], row: Row) -> bool:
    """True when each cell of a row stands in one column of a run at most."""
    columns = columns_of([cells_of(r) for r in run if is_tabular(r)])
    inside = (sum(min(s.x1, high) > max(s.x0, low) for low, high in columns) for s in cells_of(row))
    return all(count <= 1 for count in inside)


def is_title(row: Row, below: Row) -> bool:
    """True for a line with a number or date above names of at least twice as many columns: no row of their table.

    Where it tells the revision of the document, names of more columns do.
    """
    if any(looks_like_value(s.text) for s in below.segments):
        return False
    if any(states_field(s.text) for s in row.segments):
        return len(below.segments) > len(row.segments) > 1
    has_value = any(looks_like_value(s.text) for s in row.segments)
    return has_value and len(below.segments) >= 2 * len(row.segments) > 2
