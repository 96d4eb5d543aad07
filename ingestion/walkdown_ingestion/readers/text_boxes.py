"""Tables of plain text drawn with lines: `┌───┬───┐` as word processors and statutes draw them, and `+---+---+`.

A cell may take several lines, and a label may reach over several rows, whose lines then begin beside it: `│ A ├───┤`.
"""

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise

from walkdown_ingestion.table_headers import looks_like_value

_EDGE, _LINE = "\x01", "\x02"
_UPRIGHTS = re.compile(r"[│┃║┆┇┊┋┌-╋╒-╬]")
_STROKES = re.compile(r"[─━═┄┅┈┉╌╍]")
_ASCII_LINE = re.compile(r"\s*\+(?:[-=]+\+)+\s*")
_LEAST_LINES = 4

Rows = list[list[str]]


def drawn_table(lines: Sequence[str]) -> tuple[int, int, Rows] | None:
    """From which line to which (not included) a drawn table stands among lines, and its rows; None for none."""
    signs = [_signs(line) for line in lines]
    begin = next((n for n, line in enumerate(signs) if _is_border(line)), len(lines))
    end = begin
    while end < len(signs) and signs[end].strip().startswith(_EDGE) and signs[end].strip().endswith(_EDGE):
        end += 1
    table = signs[begin:end]
    if len(table) < _LEAST_LINES or not _is_border(table[-1]):
        return None
    widest = max(table, key=lambda line: line.count(_EDGE))
    cut = [_cut(line, widest) for line in table]
    if widest.count(_EDGE) <= 2 or any(not parts for parts in cut):
        return None
    return begin, end, _rows(cut)


def _signs(line: str) -> str:
    """A line with its drawn parts as two signs; bars and hyphens count only in tables drawn with them."""
    line = line.expandtabs(8).rstrip()
    if _ASCII_LINE.fullmatch(line):
        return line.replace("+", _EDGE).replace("-", _LINE).replace("=", _LINE)
    if line.lstrip().startswith("|") and line.endswith("|"):
        return line.replace("|", _EDGE)
    return _UPRIGHTS.sub(_EDGE, _STROKES.sub(_LINE, line))


def _is_border(line: str) -> bool:
    return _LINE in line and set(line.strip()) <= {_EDGE, _LINE}


def _cut(line: str, widest: str) -> list[str]:
    """The cells of a line, a text over several columns in each of them; [] where its edges are those of no column."""
    parts = [part.strip() for part in line.strip().split(_EDGE)[1:-1]]
    if line.count(_EDGE) == widest.count(_EDGE):
        return parts
    for drawn in (1, 2):
        edges, own = _edges(widest, drawn), _edges(line, drawn)
        if set(own) <= set(edges) and own[0] == edges[0] and own[-1] == edges[-1]:
            spans = [edges.index(b) - edges.index(a) for a, b in pairwise(own)]
            return [part for part, span in zip(parts, spans, strict=True) for _ in range(span)]
    return []


def _edges(line: str, drawn: int) -> list[int]:
    """The places of the edges, where a drawn sign is one or two wide, as the font has it, and Hangul is two."""
    places, at = [], 0
    for letter in line:
        if letter == _EDGE:
            places.append(at)
        wide = unicodedata.east_asian_width(letter) in "WF"
        at += drawn if letter in (_EDGE, _LINE) else 2 if wide else 1
    return places


def _rows(lines: Sequence[list[str]]) -> Rows:
    """The cells band by band: a band ends where a line is drawn; a cell it does not end goes on in the next."""
    width = max(map(len, lines))
    rows: Rows = []
    held: Rows = []
    reaches = [False] * width
    ruled = sum(all(set(part) == {_LINE} for part in parts) for parts in lines) > _LEAST_LINES - 1
    for parts in lines:
        ends = [bool(part) and set(part) == {_LINE} for part in parts]
        if not any(ends):
            held.append(parts)
            continue
        above = rows[-1] if rows else [""] * width
        # What stands beside a line in a cell that goes on is text of that cell.
        beside = [part if not end else "" for part, end in zip(parts, ends, strict=True)]
        for row in _band([*held, beside] if held and any(beside) else held, ruled=ruled):
            rows.append([_joined(above[c], row[c]) if reaches[c] else row[c] for c in range(width)])
        reaches = [not end for end in ends] if rows else [False] * width
        held = []
    return rows


def _joined(above: str, below: str) -> str:
    return "\n".join(dict.fromkeys(part for part in (above, below) if part))


def _band(lines: Sequence[Sequence[str]], *, ruled: bool) -> Rows:
    """The rows between two drawn lines: a line with a label begins one, others go on with that above.

    `ruled`: a line is drawn below each row, so that only values below values are rows of their own.
    """
    out: Rows = []
    for line in lines:
        first = lines[0]
        valued = any(looks_like_value(a) and looks_like_value(b) for a, b in zip(first[1:], line[1:], strict=True))
        if not out or (line[0] and (valued or not ruled)):
            out.append(list(line))
        else:
            out[-1] = ["\n".join(filter(None, pair)) for pair in zip(out[-1], line, strict=True)]
    return out
