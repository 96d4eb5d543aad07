"""Cells so close together that the print joins them: names of columns parted where the rows below are."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from walkdown_ingestion.readers.pdf.aligned import cells_of, columns_of, is_tabular
from walkdown_ingestion.readers.pdf.page import Segment, Word
from walkdown_ingestion.readers.pdf.rows import Row
from walkdown_ingestion.readers.pdf.spans import Columns

_LEAST_ROWS, _LEAST_CELLS = 3, 2
_WIDER_THAN_A_SPACE = 0.42


def parted_rows(rows: Sequence[Row]) -> list[Row]:
    """The rows of a table with those cells cut in two that reach over several columns of the rows around them."""
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


def _pieces(segment: Segment) -> list[Segment]:
    """A segment cut at the gaps that are wider than a space."""
    groups: list[list[Word]] = [[segment.words[0]]]
    for a, b in pairwise(segment.words):
        if b.x0 - a.x1 > _WIDER_THAN_A_SPACE * segment.size:
            groups.append([b])
        else:
            groups[-1].append(b)
    return [segment._replace(words=tuple(group)) for group in groups]


def _parts(pieces: Sequence[Segment], whole: Segment, columns: Columns, known: set[int]) -> Sequence[Segment]:
    """The pieces of a segment where each stands in a column of its own that other rows show, else the whole."""
    places = [_over(piece.x0, piece.x1, columns) for piece in pieces]
    apart = all(len(place) == 1 for place in places) and len({place[0] for place in places}) == len(places)
    return pieces if apart and {c for place in places for c in place} <= known else [whole]


def _over(x0: float, x1: float, columns: Columns) -> list[int]:
    return [i for i, (low, high) in enumerate(columns) if min(x1, high) > max(x0, low)]
