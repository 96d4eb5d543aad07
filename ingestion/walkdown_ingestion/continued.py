"""A table that goes on in another one, after a page end: rows of both under the header of the first.

Whether the places of the columns agree is the reader's business; here the cells tell whether the second is a table of
its own, which rows repeat the header, and which go on with what was cut at the page end.
"""

import re
from collections.abc import Sequence

from walkdown_ingestion.joining import join_pair
from walkdown_ingestion.table_headers import looks_like_value

Cells = Sequence[str]

_MARK = (
    r"(?:cont(?:inue[ds]|['’]?d|\.)?(?:\s+(?:on|from|overleaf)\b.{0,30})?|(?:[앞뒤다음이전]{1,2}\s?(?:쪽|면|페이지)\S{0,3}\s?)?계속|이어서"
    r"|続き|つづき|つづく|接上表|续表?|continuación|continúa(?:\s+en\b.{0,30})?)"
)
_ENDS_MARKED = re.compile(rf"(?:[(（\[]\s*|[-–—,:]\s*|\s){_MARK}[\s.)）\]…]*$|^续表", re.IGNORECASE)
_ONLY_MARK = re.compile(rf"[\s(（\[<\-–—.]*{_MARK}[\s)）\]>\-–—.…]*", re.IGNORECASE)
_CAPTION_CHARS = 200
_NUMERIC_SHARE = 0.5
_TERMINAL = re.compile(r"[.!?;。]$")
_LEAST_BLANK = 3
_NAME_ALONE, _NUMBERED = re.compile(r"[^\W\d]{2,}$"), re.compile(r"[^\W\d]{2}.*\s\d+$")


def without_mark(text: str) -> str:
    """A caption without its `(continued)`."""
    return _ENDS_MARKED.sub("", text).strip()


def is_marked(text: str) -> bool:
    """True for a caption that says it is of a table which began before: `Table 3 (continued)`, `표 3 (계속)`."""
    return len(text) <= _CAPTION_CHARS and bool(_ENDS_MARKED.search(text))


def is_mark(text: str) -> bool:
    """True for a line that says nothing but that something goes on: `(continued on next page)`."""
    return bool(_ONLY_MARK.fullmatch(text))


def _plain(row: Cells) -> list[str]:
    """The cells as they compare: `Tag (cont.)` is `Tag`."""
    return ["".join(without_mark(cell).split()).casefold() for cell in row]


def repeated_rows(above: Sequence[Cells], below: Sequence[Cells]) -> int:
    """How many rows at the head of the second repeat those at the head of the first."""
    count = 0
    while count < min(3, len(below), len(above)) and _plain(below[count]) == _plain(above[count]):
        count += 1
    return count


def is_section(row: Cells) -> bool:
    """True for a row that is one cell across, or holds only one: a heading inside the table."""
    return len({cell for cell in row if cell.strip()}) <= 1


def names_columns(above: Sequence[Cells], row: Cells) -> bool:
    """True for a row that could be the header of a table like the first: several cells, and no number among numbers."""
    numeric = [c for c in range(len(row)) if _numeric(above[1:], c)]
    return not is_section(row) and not any(looks_like_value(row[c]) for c in numeric)


def has_own_header(above: Sequence[Cells], below: Sequence[Cells]) -> bool:
    """True when the second begins with names where the rows of both hold numbers: it is another table."""
    first, body = below[0], below[1:]
    if not body or not names_columns(above, first):
        return False
    return any(first[c].strip() and _numeric(above[1:], c) and _numeric(body, c) for c in range(len(first)))


def _numeric(rows: Sequence[Cells], column: int) -> bool:
    cells = [row[column] for row in rows if row[column].strip()]
    return bool(cells) and sum(map(looks_like_value, cells)) >= _NUMERIC_SHARE * len(cells)


def without_names(names: Sequence[Cells], rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """Rows below names that were repeated, without those where no line parted a name from an empty cell below it."""
    out = [list(row) for row in rows]
    for column, name in enumerate(names[-1] if names else ()):
        for row in out:
            if not name.strip() or row[column] != name:
                break
            row[column] = ""
    return out


def mended(above: Sequence[Cells], below: Sequence[Cells]) -> tuple[list[list[str]], bool]:
    """The rows of the second, and whether its first only goes on with the last row of the first and is joined to it.

    What was one cell over several rows and was cut by the page end stands on the second page without its text.
    """
    rows = [list(row) for row in below]
    last = above[-1]
    rest = bool(rows) and (_is_rest(last, rows[0]) or _ends_names(above, rows[0]))
    if rest:
        rows[0] = [join_pair(a, b) for a, b in zip(last, rows[0], strict=True)]
    for column in range(len(last)):
        label = last[column]
        merged = column == 0 or (len(above) > 1 and label == above[-2][column] and not looks_like_value(label))
        if not merged or not label.strip():
            break
        for row in rows[rest:]:
            if row[column].strip() or is_section(row):
                break
            row[column] = label
    return rows, rest


def _is_rest(last: Cells, first: Cells) -> bool:
    """True when a row holds only the rest of texts that the row before it broke off."""
    held = [(a, b) for a, b in zip(last, first, strict=True) if b.strip()]
    if not held or first[0].strip() or any(not a.strip() or looks_like_value(b) for a, b in held):
        return False
    return all(b[0].islower() or (len(a) > 20 and not _TERMINAL.search(a) and not looks_like_value(a)) for a, b in held)


def with_labels_whole(above: Sequence[Cells], below: Sequence[Cells]) -> tuple[list[list[str]], list[list[str]]]:
    """The two parts with a label in one piece that stands beside rows of both and was broken by the page end.

    It is put on the rows above, and left out below as any label is that a page end cut.
    """
    first, second = [list(row) for row in above], [list(row) for row in below]
    begin, end = (first[-1][0], second[0][0]) if first and second else ("", "")
    merged = (len(first) > 1 and first[-2][0] == begin) or (len(second) > 1 and second[1][0] == end)
    if not merged or not begin or not end[:1].islower() or _TERMINAL.search(begin) or not begin[-1].isalpha():
        return first, second
    for rows, label, whole in ((first[::-1], begin, join_pair(begin, end)), (second, end, "")):
        for row in rows:
            if row[0] != label:
                break
            row[0] = whole
    return first, second


def _ends_names(above: Sequence[Cells], first: Cells) -> bool:
    """True when a row holds only the numbers that names of the row before it end with, as those of other rows do.

    `Pressure of stage` is broken off where others read `Pressure of stage 19`; `20` alone on the next page ends it.
    """
    last = above[-1]
    filled = [i for i in range(len(last)) if all(row[i].strip() for row in above)]
    if sum(not first[i].strip() for i in filled) < _LEAST_BLANK or first[0].strip() or not any(first):
        return False
    return all(
        b[0].islower() or (b.isdigit() and _NAME_ALONE.search(a) and _are_numbered([row[i] for row in above[:-1]]))
        for i, (a, b) in enumerate(zip(last, first, strict=True))
        if b.strip()
    )


def _are_numbered(cells: Sequence[str]) -> bool:
    return 3 * sum(bool(_NUMBERED.match(cell)) for cell in cells) >= 2 * len(cells) > 0
