"""CSV to one table under the lines above it; its first row is the header; the delimiter is found by counting.

Exports of control systems and laboratories begin with lines of their own: a title, who made it, when.
"""

import csv
import io
from collections import Counter
from collections.abc import Sequence
from pathlib import PurePath

from walkdown.documents import ParsedDocument
from walkdown.errors import DocumentError
from walkdown_ingestion.blocks import BlockBuilder
from walkdown_ingestion.decoding import decode
from walkdown_ingestion.readers.base import damaged, empty

_DELIMITERS = ",;\t|"
_MAX_CELL_CHARS = 1_000_000


def delimiter(sample: str) -> str:
    """The delimiter that cuts the first lines into the same number of cells most often; a comma in doubt."""
    best, best_score = ",", 0
    lines = [line for line in sample.splitlines()[:50] if line.strip()]
    for candidate in _DELIMITERS:
        counts = Counter(len(row) for row in csv.reader(lines, delimiter=candidate))
        width, rows = max(counts.items(), key=lambda pair: (pair[0] > 1, pair[1], pair[0]), default=(1, 0))
        score = rows * (width > 1)
        if score > best_score:
            best, best_score = candidate, score
    return best


def table_start(rows: Sequence[Sequence[str]]) -> int:
    """Where the table begins: the first row with two cells that hold text; 0 when no row has, for a list is a table."""
    return next((n for n, row in enumerate(rows) if sum(bool(cell.strip()) for cell in row) > 1), 0)


def read(data: bytes, name: str) -> ParsedDocument:
    """Read a CSV or TSV file. Raises DocumentError when it has no rows or a quote is never closed."""
    text = decode(data, name).text
    if not text.strip():
        raise empty(name)
    csv.field_size_limit(_MAX_CELL_CHARS)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter(text[:20_000]), strict=False))
    except csv.Error as error:
        raise damaged(name, "CSV", error) from error
    builder = BlockBuilder()
    first = table_start(rows)
    for row in rows[:first]:
        builder.paragraph("".join(row))
    builder.table(rows[first:], header_rows=1)
    if not builder.blocks:
        raise DocumentError(f"{name} has no cell with text.", "Check that the table was exported with its rows.")
    return ParsedDocument(title=PurePath(name).stem, blocks=tuple(builder.blocks))
