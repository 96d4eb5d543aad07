"""Rows of a table that has lines between its columns only: all of them stand in one tall row of the grid.

White runs across the table between two rows, and the cells of each begin at one height or have one middle.
"""

from collections.abc import Sequence

from walkdown_ingestion.readers.pdf.page import Word

_WHITE, _SLACK, _SHARE = 0.35, 0.3, 0.6
"""In letters, the white between rows at least, and by how much heights may differ; share of cells that are filled."""
_LEAST_COLUMNS, _LEAST_ROWS = 3, 2

Cells = list[list[Word]]


def rows_between_columns(cells: Sequence[Sequence[Word]]) -> list[Cells]:
    """The words of each row by column; [] where they do not stand in rows."""
    filled = [n for n, words in enumerate(cells) if words]
    bands = _bands([(word, n) for n in filled for word in cells[n]])
    if len(filled) < _LEAST_COLUMNS or len(bands) < _LEAST_ROWS:
        return []
    rows: list[Cells] = []
    for band in bands:
        row: Cells = [[] for _ in cells]
        for word, column in band:
            row[column].append(word)
        if not row[filled[0]] or sum(map(bool, row)) < max(2.0, _SHARE * len(filled)) or not _is_row(row):
            return []
        rows.append(row)
    return rows


def _bands(words: Sequence[tuple[Word, int]]) -> list[list[tuple[Word, int]]]:
    bands: list[list[tuple[Word, int]]] = []
    bottom = float("-inf")
    for word, column in sorted(words, key=lambda one: one[0].y0):
        if bands and word.y0 < bottom + _WHITE * (word.y1 - word.y0):
            bands[-1].append((word, column))
        else:
            bands.append([(word, column)])
        bottom = max(bottom, word.y1)
    return bands


def _is_row(row: Cells) -> bool:
    """True when the cells begin at one height, or have one middle."""
    spans = [(min(w.y0 for w in words), max(w.y1 for w in words)) for words in row if words]
    height = min(w.y1 - w.y0 for words in row for w in words)
    tops = [top for top, _ in spans]
    middles = [(top + bottom) / 2 for top, bottom in spans]
    return any(max(places) - min(places) <= _SLACK * height for places in (tops, middles))
