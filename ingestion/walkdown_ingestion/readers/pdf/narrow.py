"""Cells so close together that the print joins them: names of columns parted where the rows below are."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from walkdown_ingestion.readers.pdf.aligned import cells_of, columns_of, is_tabular
from walkdown_ingestion.readers.pdf.page import Segment, Word
from walkdown_ingestion.readers.pdf.rows import Row
from walkdown_ingestion.readers.pdf.wide_columns import Columns
from walkdown_ingestion.table_headers import looks_like_value

_LEAST_ROWS, _LEAST_CELLS = 3, 2
_WIDER_THAN_A_SPACE = 0.42
_SIGNS = frozenset("-–—~～±")


def parted_rows(rows: Sequence[Row]) -> list[Row]:
    """The rows of a table with those cells cut in two that reach over several columns of the rows around them."""
    rows = _at_values(rows)
    pieces = [[_pieces(s) for s in row.segments] for row in rows]
    if all(len(parts) == 1 for row in pieces for parts in row):
        return list(rows)
    cut = [Row(tuple(part for parts in row for part in parts)) for row in pieces]
    tabular = [cells_of(row) for row in cut if is_tabular(row)]
    if len(tabular) < _LEAST_ROWS:
        return list(rows)
    columns = columns_of(tabular)
    plain = [places[0] for row in rows for s in row.segments if len(places := _over(s.x0, s.x1, columns)) == 1]
    known = {c for c, count in Counter(plain).items() if count >= _LEAST_CELLS}
    return [
        Row(
            tuple(
                s for parts, whole in zip(held, row.segments, strict=True) for s in _parts(parts, whole, columns, known)
            )
        )
        for held, row in zip(pieces, rows, strict=True)
    ]


def _at_values(rows: Sequence[Row]) -> Sequence[Row]:
    """Rows with a number at the right of its column parted from the text at the left of the next: `14.5 barg`.

    The names above tell where columns begin; one row must stand in them as it is, or several as they are cut.
    """
    head = next((i for i, row in enumerate(rows) if len(cells_of(row)) >= _LEAST_ROWS), len(rows))
    if head + 2 >= len(rows) or any(looks_like_value(s.text) for s in rows[head].segments):
        return rows
    starts = [s.x0 for s in rows[head].segments]
    body = [_in_columns(row, starts) for row in rows[head + 1 :]]
    whole = sum(
        new is not None and len(new) == len(row.segments) for new, row in zip(body, rows[head + 1 :], strict=True)
    )
    if None in body or (not whole and len(body) < _LEAST_ROWS):
        return rows
    return [*rows[: head + 1], *(Row(new) for new in body if new is not None)]


def _in_columns(row: Row, starts: Sequence[float]) -> tuple[Segment, ...] | None:
    """The cells of a row, each in one column; None where one reaches over columns and no number ends there."""
    out: list[Segment] = []
    for segment in row.segments:
        groups: dict[int, list[Word]] = {}
        for word in segment.words:
            column = sum(start <= word.x0 + 2 for start in starts) - 1
            if column < 0 or (column + 1 < len(starts) and word.x1 > starts[column + 1]):
                return None
            groups.setdefault(column, []).append(word)
        cells = [segment._replace(words=tuple(words)) for words in groups.values()]
        ranges = any(_is_sign(cell.words[0]) and len(cell.words) > 1 for cell in cells[1:])
        if ranges or any(not (_is_value(a) or _is_value(b)) for a, b in pairwise(cells)):
            return None
        out += cells
    return tuple(out)


def _is_value(cell: Segment) -> bool:
    return looks_like_value(cell.text) or cell.text in ("-", "–", "—")


def _pieces(segment: Segment) -> list[Segment]:
    """A segment cut at the gaps that are wider than a space."""
    groups: list[list[Word]] = [[segment.words[0]]]
    for a, b in pairwise(segment.words):
        if b.x0 - a.x1 > _WIDER_THAN_A_SPACE * segment.size and not _is_sign(a) and not _is_sign(b):
            groups.append([b])
        else:
            groups[-1].append(b)
    return [segment._replace(words=tuple(group)) for group in groups]


def _is_sign(word: Word) -> bool:
    """True for the sign of a range: `6.5 – 8.5` is one cell."""
    return word.text in _SIGNS


def _parts(pieces: Sequence[Segment], whole: Segment, columns: Columns, known: set[int]) -> Sequence[Segment]:
    """The pieces of a segment where each stands in a column of its own that other rows show, else the whole."""
    places = [_over(piece.x0, piece.x1, columns) for piece in pieces]
    apart = all(len(place) == 1 for place in places) and len({place[0] for place in places}) == len(places)
    return pieces if apart and {c for place in places for c in place} <= known else [whole]


def _over(x0: float, x1: float, columns: Columns) -> list[int]:
    return [i for i, (low, high) in enumerate(columns) if min(x1, high) > max(x0, low)]
