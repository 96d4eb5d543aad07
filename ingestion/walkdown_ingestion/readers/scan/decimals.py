"""Figures of a recognised table that lack the decimals which the others of their column have: `25` among 2.4 and 2.6.

A lost point is the misreading that two readings often share, and it makes a figure ten times as large.
"""

import re
from collections import Counter

from walkdown.documents import Block, Table
from walkdown_ingestion.table_headers import Row
from walkdown_ingestion.tables import table_text

_DECIMALS = re.compile(r"[<>≤≥±+\-−]?\s?\d[\d,]*\.(?P<decimals>\d+)")
_LEAST, _MOST_OF = 6, 2 / 3


def doubted(block: Block, mark: str) -> Block:
    """A table with such figures marked; any other block as it is."""
    if block.table is None:
        return block
    rows = block.table.rows
    columns = {c: shape for c in range(len(rows[0]) if rows else 0) if (shape := _shape(rows, c, mark))}
    marked = tuple(tuple(_marked(cell, columns.get(c, 0), mark) for c, cell in enumerate(row)) for row in rows)
    if marked == rows:
        return block
    table = Table(header=block.table.header, rows=marked)
    return block.model_copy(update={"table": table, "text": table_text(table)})


def _shape(rows: tuple[Row, ...], column: int, mark: str) -> int:
    """How many decimals nearly all figures of a column have; 0 where they differ or have none."""
    cells = [row[column] for row in rows if column < len(row)]
    held = [cell for cell in cells if any(map(str.isdigit, cell)) and mark not in cell]
    counts = Counter(len(found["decimals"]) for cell in held if (found := _DECIMALS.fullmatch(cell)) is not None)
    decimals, count = max(counts.items(), key=lambda pair: pair[1], default=(0, 0))
    return decimals if len(held) >= _LEAST and count >= _MOST_OF * len(held) else 0


def _marked(cell: str, decimals: int, mark: str) -> str:
    found = _DECIMALS.fullmatch(cell)
    fits = found is not None and len(found["decimals"]) == decimals
    plain = not decimals or fits or mark in cell or not any(map(str.isdigit, cell))
    return cell if plain else f"{cell}{mark}"
