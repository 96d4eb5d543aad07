"""Tables of plain text: reports whose columns stand at fixed places, under a line of dashes or apart by wide gaps.

Joined as running text, the values of such a report would stand far from their names.
"""

import re
import unicodedata
from collections.abc import Sequence

from walkdown_ingestion.table_headers import looks_like_value

_DASHES = re.compile(r"\s*(?:-{2,}|={2,}|_{2,})(?:\s+(?:-{2,}|={2,}|_{2,}))+\s*")
_RUN = re.compile(r"[-=_]+")
_GAP = re.compile(r"\s{2,}|\t+")
_BORDER = re.compile(r"\s*[|+][-=+|:\s]*[-=][-=+|:\s]*|\s*[-=]{2,}(?:[+|][-=]{2,})+\s*")
_DELIMITERS = "|\t;"
_LEAST_ROWS, _LEAST_COLUMNS = 3, 3
_WHITE, _MOSTLY, _NEAR = 2, 0.6, 3
_NONE = re.compile(r"[-–—]{1,4}|n/?a", re.IGNORECASE)
_CELL = re.compile(r"\S+(?: \S+)*")


def is_columned(lines: Sequence[str]) -> bool:
    """True for lines of which most have wide gaps inside: they are rows, and no text that was wrapped."""
    return len(lines) > 1 and sum(bool(_GAP.search(line.strip())) for line in lines) > len(lines) / 2


def text_table(lines: Sequence[str]) -> tuple[list[str], list[list[str]], int | None] | None:
    """The lines above a table, its rows and how many are header; None for lines that are no clear table."""
    ruled = next((n for n, line in enumerate(lines) if n and _DASHES.fullmatch(line)), None)
    if ruled is not None:
        spans = _spans(lines[ruled])
        body = [line for line in (lines[ruled - 1], *lines[ruled + 1 :]) if not _DASHES.fullmatch(line)]
        sliced = [row for line in body if (row := _sliced(line, spans)) is not None]
        if len(sliced) < len(body) or len(body) <= 1:
            return None
        upper = _sliced(lines[ruled - 2], spans) if ruled > 1 and not sliced[0][0] else None
        if upper is not None and upper[0]:
            # `Trip` above `setting`: names in two lines.
            sliced[0] = [f"{a} {b}".strip() for a, b in zip(upper, sliced[0], strict=True)]
            return list(lines[: ruled - 2]), _unwrapped(sliced), 1
        return list(lines[: ruled - 1]), _unwrapped(sliced), 1
    rows = [_GAP.split(line.strip()) for line in lines]
    alike = len({len(row) for row in rows}) == 1 and len(rows[0]) >= _LEAST_COLUMNS
    if alike and len(rows) >= _LEAST_ROWS:
        return [], rows, None
    return ([], placed, None) if (placed := _by_places(lines)) is not None else None


def _unwrapped(rows: list[list[str]]) -> list[list[str]]:
    """The rows with a line that holds words below one cell only put into that cell."""
    out = rows[:1]
    for row in rows[1:]:
        filled = [n for n, cell in enumerate(row) if cell]
        if len(out) > 1 and len(filled) == 1 and filled[0] and not looks_like_value(row[filled[0]]):
            out[-1][filled[0]] = f"{out[-1][filled[0]]} {row[filled[0]]}".strip()
        else:
            out.append(row)
    return out


def names_above(line: str, lines: Sequence[str]) -> list[list[str]] | None:
    """Rows under the names of their columns, which a line of dashes sets apart; the labels may have no name.

    `NIGHT  DAY  LIMIT` above `LOAD  412.5  498.0  520.0`: each name stands over its column.
    """
    names = list(_CELL.finditer(line))
    rows = [list(_CELL.finditer(one)) for one in lines]
    if len(rows) < _WHITE or len(names) < _WHITE or any(looks_like_value(name.group()) for name in names):
        return None
    first = len(rows[0]) - len(names)
    if first not in (0, 1) or any(len(row) != len(rows[0]) for row in rows) or line.count("\t"):
        return None
    for row in rows:
        over = all(_near(name, cell) for name, cell in zip(names, row[first:], strict=True))
        if not over or not any(looks_like_value(cell.group()) for cell in row[1:]):
            return None
    return [[""] * first + [name.group() for name in names], *([cell.group() for cell in row] for row in rows)]


_WIDEST = 2000
"""Letters of a line of a report; no printer has more."""


def _near(name: re.Match[str], cell: re.Match[str]) -> bool:
    return name.start() - _NEAR <= cell.end() and cell.start() <= name.end() + _NEAR


def _by_places(lines: Sequence[str]) -> list[list[str]] | None:
    """Rows whose cells stand at fixed places, told by white that runs down all of them; some may be empty.

    The first line names each column; most of the others begin with a label and hold a value.
    """
    occupied: set[int] = set()
    # One line of millions of letters is no table, and would be looked at letter by letter.
    if len(lines) < _LEAST_ROWS or max(map(len, lines)) > _WIDEST:
        return None
    if any("\t" in line for line in lines):
        return None  # how wide a tab is, only who wrote it knows
    for line in lines:
        places = _placed(line)
        for part in re.finditer(r"\S+(?: \S+)*", line):
            occupied.update(range(places[part.start()], places[part.end()]))
    spans: list[tuple[int, int]] = []
    for at in sorted(occupied):
        if spans and at - spans[-1][1] < _WHITE:
            spans[-1] = (spans[-1][0], at + 1)
        else:
            spans.append((at, at + 1))
    rows = [row for line in lines if (row := _sliced(line, spans)) is not None]
    if len(rows) < max(_LEAST_ROWS, len(lines)) or len(spans) < _LEAST_COLUMNS or not all(rows[0]):
        return None
    full = sum(bool(row[0]) and any(map(looks_like_value, row[1:])) for row in rows[1:])
    return rows if full >= _MOSTLY * len(rows[1:]) and not any(map(looks_like_value, rows[0])) else None


def table_inside(lines: Sequence[str]) -> tuple[int, int, list[list[str]]] | None:
    """From which line to which (not included) a table stands among lines of text, and its rows.

    Names without a value stand above at least two rows with as many wide gaps, each with a value.
    """
    rows = [_GAP.split(line.strip()) for line in lines]
    begin = 0
    while begin + _LEAST_ROWS <= len(lines):
        end = begin + 1
        while end < len(lines) and _fits(rows[end], len(rows[begin])):
            end += 1
        named = len(rows[begin]) >= _LEAST_COLUMNS and not any(map(looks_like_value, rows[begin]))
        if named and end - begin >= _LEAST_ROWS:
            return begin, end, rows[begin:end]
        begin += 1
    return None


def _fits(row: Sequence[str], width: int) -> bool:
    """True for a row under so many names, perhaps with a remark behind it: a value in it, or dashes for none."""
    if len(row) == width + 1 and not looks_like_value(row[-1]):
        row = row[:-1]
    return len(row) == width and any(looks_like_value(cell) or _NONE.fullmatch(cell) for cell in row[1:])


def delimited_inside(lines: Sequence[str]) -> tuple[int, int, list[list[str]]] | None:
    """From which line to which (not included) lines are cut by as many bars, tabs or semicolons each, and their cells.

    Tabs one behind the other hold empty cells. Borders drawn with signs (`+-----+-----+`) are no rows.
    """
    for sign in _DELIMITERS:
        counts = [line.strip(" ").count(sign) for line in lines]
        begin = 0
        while begin < len(lines):
            end = begin
            while end < len(lines) and (counts[end] == counts[begin] or _BORDER.fullmatch(lines[end])):
                end += 1
            rows = [_cut(line, sign) for line in lines[begin:end] if not _BORDER.fullmatch(line)]
            full = sum(sum(map(bool, row)) > 1 for row in rows)
            if counts[begin] and len(rows) >= _LEAST_ROWS and len(rows[0]) >= _LEAST_COLUMNS and full == len(rows):
                return begin - bool(begin and _BORDER.fullmatch(lines[begin - 1])), end, rows
            begin = max(end, begin + 1)
    return None


def _cut(line: str, sign: str) -> list[str]:
    line = line.strip(" ")
    if sign == "|" and line.startswith(sign) and line.endswith(sign):
        line = line[1:-1]
    return [cell.strip() for cell in line.split(sign)]


def _spans(line: str) -> list[tuple[int, int]]:
    return [match.span() for match in _RUN.finditer(line)]


def _sliced(line: str, spans: Sequence[tuple[int, int]]) -> list[str] | None:
    """The cells of a line at the places of the columns; None where a text lies across the gap between two."""
    places = _placed(line.expandtabs(8))
    cells = [""] * len(spans)
    for part in re.finditer(r"\S+", line.expandtabs(8)):
        begin, end = places[part.start()], places[part.end()]
        at = [n for n in range(len(spans)) if _holds(spans, n, begin, end)]
        if len(at) != 1:
            return None
        cells[at[0]] = f"{cells[at[0]]} {part.group()}".strip()
    return cells


def _holds(spans: Sequence[tuple[int, int]], n: int, begin: int, end: int) -> bool:
    """True for a text in a column; one place off, as programs of old set it, where it does not reach into the next."""
    low, high = spans[n]
    if n == len(spans) - 1:
        return low - 1 <= begin < high
    return low - 1 <= begin < high and (end <= high or end == high + 1 < spans[n + 1][0])


def _placed(line: str) -> list[int]:
    """The place of each character and of the end: a letter of Hangul takes two."""
    places = [0]
    for letter in line:
        places.append(places[-1] + (2 if unicodedata.east_asian_width(letter) in "WF" else 1))
    return places
