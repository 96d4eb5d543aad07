"""CSV to one table under the lines above it; its first row is the header; the delimiter is found by counting.

Exports of control systems and laboratories begin with lines of their own: a title, who made it, when.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import PurePath

from walkdown.documents import ParsedDocument
from walkdown.errors import DocumentError
from walkdown_ingestion.blocks import BlockBuilder
from walkdown_ingestion.decoding import decode
from walkdown_ingestion.form_names import is_property
from walkdown_ingestion.readers.base import damaged, empty
from walkdown_ingestion.table_headers import looks_like_value, names_by_moment

_DELIMITERS = ",;\t|^~"
_MAX_CELL_CHARS = 1_000_000
_COMMENT = re.compile(r"\s*#+\s+[^\s\d]")
_SPACED = re.compile(r"[-+−]?[1-9]\d{0,2}(?: \d{3})+(?:[.,]\d+)?")
_AS_TEXT = re.compile(r'\s*="(?P<text>[^"]*)"\s*')
_LEAST_BELOW = 3
_PAIRED = (2, 4)
_MAX_UNCLOSED = 20
_MAX_COLUMNS = 100_000
_LABELLED, _MAX_ABOVE, _LOOKED_AT = 2, 40, 50
_STATED = re.compile(r"sep=(?P<delimiter>[,;\t|])\r?\n")
"""The line by which a spreadsheet program is told the delimiter."""


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


def _extent(row: Sequence[str]) -> int:
    """Cells up to the last one that holds text."""
    return max((i for i, cell in enumerate(row, 1) if cell.strip()), default=0)


def table_start(rows: Sequence[Sequence[str]]) -> int:
    """Where the table begins: 0 for a list, which is a table of one column.

    Lines of a label with its value (`Exported,2024-01-01`) stand above many exports; the table begins below them, at
    the first row of names that is as wide as most rows are.
    """
    first = next((n for n, row in enumerate(rows) if sum(bool(cell.strip()) for cell in row) > 1), 0)
    widths = Counter(width for row in rows if (width := _extent(row)) > 1)
    width = max(widths, key=lambda w: (widths[w], w), default=0)
    for n in range(first, min(first + _MAX_ABOVE, len(rows))):
        if _is_labelled(rows[n]):
            continue
        if _extent(rows[n]) >= width:
            named = all(rows[n][i].strip() and not looks_like_value(rows[n][i]) for i in range(width))
            return n if named else first
        if _extent(rows[n]) > _LABELLED:
            break
    return first


def _is_labelled(row: Sequence[str]) -> bool:
    """True for labels with their values beside each other: `From:,2025-01-05,To:,2025-01-06`."""
    cells = row[: _extent(row)]
    return len(cells) % 2 == 0 and bool(cells) and all(cell.rstrip().endswith((":", "：")) for cell in cells[::2])


def _tells(row: Sequence[str]) -> bool:
    """True for a line above a table that tells of it: a title alone, or words with what they are filled in with."""
    cells = row[: _extent(row)]
    words = all(cell.strip() and not any(map(str.isdigit, cell)) for cell in cells[::2])
    return len(cells) == 1 or (len(cells) in _PAIRED and words and all(cell.strip() for cell in cells))


def _told(row: Sequence[str]) -> list[str]:
    cells = [cell.strip().rstrip(" :：") for cell in row[: _extent(row)]]
    return [": ".join(cells[at : at + _LABELLED]) for at in range(0, len(cells), _LABELLED)]


def _pairs(row: Sequence[str]) -> list[str]:
    """The lines of a row above the table: each label with its value, or all cells in one."""
    if _is_labelled(row):
        pairs = zip(row[::2], row[1::2], strict=False)
        return [f"{label.rstrip(' :：')}: {value}" for label, value in pairs if label.strip()]
    return [": ".join(cell for cell in row if cell.strip())]


def _header_rows(rows: Sequence[Sequence[str]]) -> int:
    """1, or 0 for a table whose first row is like all others: a number among numbers, a tag among tags."""
    if names_by_moment(rows):
        return 1
    first = rows[0] if rows and max(map(_extent, rows)) == _LABELLED == _extent(rows[0]) else []
    if first and looks_like_value(first[1].strip()) and not looks_like_value(first[0].strip()):
        return 0  # `Date,2025-01-05` is a label with its value
    kinds = [[_kind(cell) for cell in row] for row in rows if any(cell.strip() for cell in row)]
    alike = len(kinds) > 1 and "value" in kinds[0] and all(_fits(kinds[0], row) for row in kinds[1:_LOOKED_AT])
    return int(not alike)


def _fits(one: Sequence[str], other: Sequence[str]) -> bool:
    return len(one) == len(other) and all(a == b or not a or not b for a, b in zip(one, other, strict=True))


def _kind(cell: str) -> str:
    text = cell.strip()
    if not text or looks_like_value(text):
        return "value" if text else ""
    return "tag" if any(c.isdigit() for c in text) else "word"


def _without_comments(rows: list[list[str]], builder: BlockBuilder) -> tuple[list[list[str]], int]:
    """The rows without comment lines (`# made by ...`), and how many stood between rows: they no longer hold.

    Those above the table are written as text; the last of them is its header where it is as wide as the rows below,
    of which the first holds values.
    """
    first = next((n for n, row in enumerate(rows) if any(row) and not _is_comment(row)), len(rows))
    body = [row for row in rows[first:] if not _is_comment(row)]
    above = [row for row in rows[:first] if _is_comment(row)]
    if above and body and _extent(above[-1]) == _extent(body[0]) > 1 and any(map(looks_like_value, body[0])):
        head = above.pop()
        body.insert(0, [head[0].lstrip("# "), *head[1:]])
    for row in above:
        builder.paragraph(", ".join(cell.strip() for cell in row if cell.strip()))
    return body, len(rows) - first - sum(1 for row in rows[first:] if not _is_comment(row))


def _is_comment(row: Sequence[str]) -> bool:
    """True for a line that begins with `# `; `#1` is a number and `#` the name of a column of them."""
    return bool(row) and _COMMENT.match(row[0]) is not None


def _in_one_piece(cell: str) -> str:
    """A cell that is one number, without the spaces between its thousands: `12 500,5` would also state 500,5.

    `="00123"` is how exports keep a spreadsheet program from dropping the zeros.
    """
    if (kept := _AS_TEXT.fullmatch(cell)) is not None:
        return kept["text"]
    return cell.replace(" ", "") if _SPACED.fullmatch(cell.strip()) else cell


def _tables(rows: list[list[str]]) -> Iterator[list[list[str]]]:
    """The tables that stand below each other: a new one begins after an empty row with a row of names."""
    begin = 0
    for n in range(2, len(rows) - 1):
        titled = n > 2 and _extent(rows[n - 1]) == 1 and not any(cell.strip() for cell in rows[n - 2])
        if (any(cell.strip() for cell in rows[n - 1]) and not titled) or _extent(rows[n]) < _LABELLED:
            continue
        names = rows[n][: _extent(rows[n])]
        named = all(cell.strip() and not looks_like_value(cell) for cell in names) and rows[n] != rows[begin]
        wide = max((_extent(row) for row in rows[begin:n]), default=0) >= _LABELLED
        named = named or names_by_moment([row for row in rows[n : n + _LEAST_BELOW] if _extent(row)])
        # Units may stand below the names.
        if named and wide and any(looks_like_value(cell) for row in rows[n + 1 : n + 3] for cell in row):
            yield rows[begin : n - titled]
            begin = n - titled
    yield rows[begin:]


def _end(rows: Sequence[Sequence[str]], first: int) -> int:
    """Where a table ends: below an empty row, lines of one cell only (`Printed by: op3`) are no rows of it.

    Nor is a field of a form (`Approved by,M. Ito`) below many columns.
    """
    end = len(rows)
    wide = max(map(_extent, rows[first:]), default=0) >= 2 * _LABELLED
    while end > first and (_extent(rows[end - 1]) < _LABELLED or (wide and _is_field(rows[end - 1]))):
        end -= 1
    below = next((n for n in range(end, len(rows)) if not _extent(rows[n])), len(rows))
    return below if end > first + 1 else len(rows)


def _is_field(row: Sequence[str]) -> bool:
    return _extent(row) == _LABELLED and is_property(row[0]) and not looks_like_value(row[1].strip())


def _append(parts: Sequence[list[list[str]]], builder: BlockBuilder) -> None:
    for n, part in enumerate(parts):
        above = n + 1 < len(parts) and all(_tells(row) for row in part if _extent(row))
        first = len(part) if above else table_start(part)
        for row in part[:first]:
            for pair in _told(row) if above else _pairs(row):
                builder.paragraph(pair)
        end = _end(part, first)
        if not above:
            builder.table(part[first:end], _header_rows(part[first:end]))
        for row in part[end:]:
            builder.paragraph(": ".join(cell.strip(" :：") for cell in row if cell.strip()))


def _read_rows(text: str, apart: str) -> tuple[list[list[str]], int]:
    """The rows of a text, and in how many a quote is never closed: it would take all rows below into its cell."""
    rows: list[list[str]] = []
    lines, first, unclosed = list(io.StringIO(text, newline="")), 0, 0
    while first < len(lines):
        reader = csv.reader(lines[first:], delimiter=apart, strict=False)
        begun = ended = 0
        for row in reader:
            rows.append(row)
            begun, ended = ended, reader.line_num
        last = lines[first + ended - 1] if ended else ""
        if ended - begun < _LABELLED or last.rstrip().endswith('"') or not rows[-1] or "\n" not in rows[-1][-1]:
            break
        first += begun
        rows[-1] = lines[first].rstrip("\r\n").replace('"', "").split(apart)
        first, unclosed = first + 1, unclosed + 1
        if unclosed > _MAX_UNCLOSED:
            raise csv.Error("quotes are not closed in many rows")
    return rows, unclosed


def read(data: bytes, name: str) -> ParsedDocument:
    """Read a CSV or TSV file. Raises DocumentError when it has no rows or its quotes are not closed."""
    text, _, faults = decode(data, name)
    if not text.strip():
        raise empty(name)
    csv.field_size_limit(_MAX_CELL_CHARS)
    stated = _STATED.match(text)
    text = text[stated.end() :] if stated else text
    apart = stated["delimiter"] if stated else delimiter(text[:20_000])
    try:
        rows, unclosed = _read_rows(text, apart)
    except csv.Error as error:
        raise damaged(name, "CSV", error) from error
    if (width := max(map(len, rows), default=0)) > _MAX_COLUMNS:
        raise DocumentError(
            f"{name} has a row of {width:,} cells; the limit is {_MAX_COLUMNS:,}.",
            "Check its delimiter and its line ends; export the columns that people read.",
        )
    rows = [[_in_one_piece(cell) for cell in row] for row in rows]
    builder = BlockBuilder()
    rows, comments = _without_comments(rows, builder)
    _append(list(_tables(rows)), builder)
    if not builder.blocks:
        raise DocumentError(f"{name} has no cell with text.", "Check that the table was exported with its rows.")
    told = [f"{comments} rows that are commented out (#) were left out"] if comments else []
    told += [f"a quote that is never closed was read as a sign of its own in {unclosed} rows"] if unclosed else []
    return ParsedDocument(title=PurePath(name).stem, blocks=tuple(builder.blocks), warnings=(*faults, *told))
