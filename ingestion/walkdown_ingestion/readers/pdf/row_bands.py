"""Rows of a table without rules whose cells are aligned at their middle, told by the white between the rows.

Where every cell of a row has several lines or none stands alone on its line, no column shows how many rows there are:
`PSV-` above `4401` beside a text of two lines, with the set pressure level with neither. But white runs across the
whole table between two rows, and each cell has its middle where that of its row is.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from walkdown.text.units import is_unit
from walkdown_ingestion.readers.pdf.aligned import cells_of, columns_of
from walkdown_ingestion.readers.pdf.cells import join_cell
from walkdown_ingestion.readers.pdf.page import Segment, Word
from walkdown_ingestion.readers.pdf.rows import Row
from walkdown_ingestion.table_headers import looks_like_value

_WHITE, _SLACK, _ROOM = 0.35, 0.25, 0.5
"""In letters: the white between two rows at least, by how much middles may differ, what is left of a full line."""
_LEAST_ROWS, _LEAST_COLUMNS, _MOST_NAMES, _LEAST_LABELS = 3, 3, 6, 2
_AT = 2.0
_BARE = re.compile(r"[<>≤≥±+\-−]?\s?\d[\d.,]*")
_BROKEN = re.compile(r"\w[-–/,]$")

_Cell = list[Segment]


def rows_by_bands(rows: Sequence[Row]) -> list[Row] | None:
    """The rows of names as they are and those below in one line each; None where they are not told so."""
    bands = _bands(rows)
    head = next((n for n, band in enumerate(bands) if _holds_values(band)), len(bands))
    names = [row for band in bands[:head] for row in band]
    body = bands[head:]
    if not names or len(names) > _MOST_NAMES or len(body) < _LEAST_ROWS or all(len(band) == 1 for band in body):
        return None
    columns = columns_of([cells_of(row) for band in body for row in band])
    if len(columns) < _LEAST_COLUMNS:
        return None
    out: list[Row] = []
    for band in body:
        cells = _cells(band, columns)
        if cells is None or not cells[0] or not _are_centred(cells) or not _are_texts(cells, columns):
            return None
        out.append(_row(cells))
    return [*names, *out]


def labels_before(
    cells: Sequence[Sequence[Segment]], columns: Sequence[tuple[float, float]]
) -> list[tuple[float, float]]:
    """The column of labels that stand alone between the rows they are merged over, left of all others; [] for none."""
    if len(columns) < _LEAST_COLUMNS:
        return []
    alone = [row[0] for row in cells if len(row) == 1 and row[0].x1 < columns[0][0] - 1]
    edges = [s.x0 for s in alone]
    if len(alone) < _LEAST_LABELS or max(edges) - min(edges) > 1 or any(looks_like_value(s.text) for s in alone):
        return []
    return [(min(edges), max(s.x1 for s in alone))]


def holds_units_alone(rows: Sequence[Row]) -> bool:
    """True when a unit stands below its number, which had no room for it: such lines are no rows."""
    for above, below in pairwise(rows):
        over = [a for s in below.segments if is_unit(s.text) for a in above.segments if abs(a.x0 - s.x0) < _AT]
        if any(_BARE.fullmatch(a.text) for a in over):
            return True
    return False


def _bands(rows: Sequence[Row]) -> list[list[Row]]:
    """The lines of the table in groups between which white runs across it."""
    bands: list[list[Row]] = []
    bottom = float("-inf")
    for row in sorted(rows, key=lambda r: r.area.y0):
        if bands and row.area.y0 < bottom + _WHITE * row.size:
            bands[-1].append(row)
        else:
            bands.append([row])
        bottom = max(bottom, row.area.y1)
    return bands


def _holds_values(band: Sequence[Row]) -> bool:
    return any(looks_like_value(s.text) for row in band for s in row.segments)


def _cells(band: Sequence[Row], columns: Sequence[tuple[float, float]]) -> list[_Cell] | None:
    """The lines of each column; None where one stands in no column or in two."""
    cells: list[_Cell] = [[] for _ in columns]
    for segment in (s for row in band for s in cells_of(row)):
        over = [c for c, (low, high) in enumerate(columns) if min(segment.x1, high) > max(segment.x0, low)]
        if len(over) != 1:
            return None
        cells[over[0]].append(segment)
    return [sorted(cell, key=lambda s: s.y0) for cell in cells]


def _are_centred(cells: Sequence[_Cell]) -> bool:
    """True when each cell has its middle where that of the row is, and none has two pieces on one line."""
    filled = [cell for cell in cells if cell]
    top, bottom = min(cell[0].y0 for cell in filled), max(cell[-1].y1 for cell in filled)
    slack = _SLACK * filled[0][0].size
    centred = all(abs((cell[0].y0 + cell[-1].y1) - (top + bottom)) / 2 <= slack for cell in filled)
    return centred and all(a.y1 <= b.middle for cell in filled for a, b in pairwise(cell))


def _are_texts(cells: Sequence[_Cell], columns: Sequence[tuple[float, float]]) -> bool:
    """True when the lines of each cell go on one with the next; values below each other are those of two rows."""
    loose = 0
    for cell, (low, high) in zip(cells, columns, strict=True):
        for above, below in pairwise(cell):
            if _BROKEN.search(above.text):
                continue
            if looks_like_value(above.text) and looks_like_value(below.text):
                return False
            first = below.words[0]
            room = high - max(above.x1, low) - (first.x1 - first.x0)
            loose += not (below.text[:1].islower() or room < _ROOM * below.size)
    return loose == 0


def _row(cells: Sequence[_Cell]) -> Row:
    filled = [cell for cell in cells if cell]
    top, bottom = min(cell[0].y0 for cell in filled), max(cell[-1].y1 for cell in filled)
    middle, half = (top + bottom) / 2, filled[0][0].size / 2
    segments = []
    for cell in filled:
        bold = all(line.bold for line in cell)
        x0, x1 = min(line.x0 for line in cell), max(line.x1 for line in cell)
        word = Word(join_cell([line.text for line in cell]), x0, middle - half, x1, middle + half, bold)
        segments.append(Segment((word,), cell[0].size, bold))
    return Row(tuple(segments))
