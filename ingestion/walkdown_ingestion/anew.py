"""Names of columns that come again inside a table: the same ones are no row, other ones name what is below them."""

from collections.abc import Sequence
from typing import NamedTuple

from walkdown_ingestion.forms import looks_like_tag
from walkdown_ingestion.table_headers import header_height, looks_like_value, spans_all

_LEAST_NAMES = 3
_TITLED = 2
_MAX_ROWS = 2000


class Part(NamedTuple):
    """Rows of one header, by their place in the table; `header` is how many of them are header (None: not told)."""

    rows: list[int]
    header: int | None


def parts_of(rows: Sequence[Sequence[str]], header: int | None) -> list[Part]:
    """The table as parts, each under names of its own; one part of all rows for nearly every table."""
    whole = [Part(list(range(len(rows))), header)]
    if not _comes_again(rows):
        return whole
    header = told_header(rows, header)
    width = max(map(len, rows))
    grid = [tuple(" ".join(cell.split()) for cell in row) + ("",) * (width - len(row)) for row in rows]
    filled = [n for n, row in enumerate(grid) if any(row)]
    height = header_height([grid[n] for n in filled]) if header is None else header
    if not height or height >= len(filled):
        return whole
    height = filled.index(header) if header in filled else height
    return _cut(grid, filled, height, header)


def told_header(rows: Sequence[Sequence[str]], header: int | None) -> int | None:
    """How many rows are marked as header; None where these are titles across all columns, which name none."""
    titles = [tuple(" ".join(cell.split()) for cell in row) for row in rows[: header or 0]]
    return None if titles and all(map(spans_all, titles)) else header


def _comes_again(rows: Sequence[Sequence[str]]) -> bool:
    """True when the first cell of a row near the top, a name, comes back further below: cheap, and rarely so."""
    if not 3 < len(rows) <= _MAX_ROWS:
        return False
    first = [row[0].strip() if row else "" for row in rows]
    return any(name and first.count(name) > 1 for name in set(first[:4]))


def _cut(grid: Sequence[tuple[str, ...]], filled: Sequence[int], height: int, header: int | None) -> list[Part]:
    heads = [grid[n] for n in filled[:height] if not spans_all(grid[n])]
    if not heads or not heads[-1][0]:
        return [Part(list(range(len(grid))), header)]
    parts = [Part(list(range(filled[height - 1] + 1)), header)]
    at = filled[height - 1] + 1
    while at < len(grid):
        end = at
        while end < len(grid) and _is_head(grid[end], heads):
            end += 1
        found = grid[at:end]
        below = grid[end] if end < len(grid) else ()
        if at == filled[height - 1] + 1:
            # Right below the header it goes on: names below a merged one.
            found, end = [], max(end, at + 1)
        if found and all(row in heads for row in found) and _is_titled(grid, at, filled[:height], parts[-1].rows):
            # `Pump 1 | | Pump 2 |` above the names is no row either: it says whose values come below.
            parts[-1].rows.remove(at - 1)
            parts.append(Part(list(range(at - 1, end)), _TITLED))
        elif found and not all(row in heads for row in found) and _is_body(below, heads):
            parts.append(Part(list(range(at, end)), end - at))
            heads = list(found)
        elif not found or not all(row in heads for row in found):
            end = max(end, at + 1)
            parts[-1].rows.extend(range(at, end))
        at = end
    return parts


def _is_titled(grid: Sequence[tuple[str, ...]], at: int, head: Sequence[int], body: Sequence[int]) -> bool:
    """True when names that come again have other titles above them, over the same columns as those at the top."""
    if len(head) != _TITLED or at - 1 not in body:
        return False
    first, again = ([i for i, cell in enumerate(row) if cell and (not i or cell != row[i - 1])] for row in
                    (grid[head[0]], grid[at - 1]))  # fmt: skip
    words = [grid[at - 1][i] for i in again]
    return first == again and 1 < len(again) < len(grid[at]) and not any(map(looks_like_value, words))


def _is_head(row: Sequence[str], heads: Sequence[Sequence[str]]) -> bool:
    """True for a row that begins with the name of the first column and holds names only."""
    if row[0].casefold() != heads[-1][0].casefold() or looks_like_value(row[0]):
        return False
    names = [cell for cell in row if cell]
    if tuple(row) in heads:
        return len(names) > 1
    # Tags are no names of columns, but where the columns above are named by tags as well.
    above = any(looks_like_tag(cell) for head in heads for cell in head[1:])
    tagged = not above and any(map(looks_like_tag, names[1:]))
    return len(set(names)) >= min(_LEAST_NAMES, len(row)) and not tagged and not any(map(looks_like_value, names))


def _is_body(row: Sequence[str], heads: Sequence[Sequence[str]]) -> bool:
    return bool(row) and sum(map(bool, row)) > 1 and not _is_head(row, heads)
