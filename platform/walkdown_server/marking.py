"""Where the words of a line stand on a PDF page: the line that carries a statement is marked within its passage.

A table row is known as `Item: Minimum flow | Value: 72 t/h`; on the page only its cells stand, side by side. So each
cell is looked for by itself, inside the passage's boxes, and of several places those are taken that lie on one height.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import pypdfium2

from walkdown.answering.verification.statements import split_statements, value_of_cell
from walkdown.documents import Box

_REACH = 2.0
"""Points by which a letter may lie outside the passage's box."""
_SAME_LINE = 0.5
"""Share of a letter's height by which letters of one line may differ in height."""
_MAX_PLACES = 40


class _Letter(NamedTuple):
    text: str
    box: Box


def find_line(page: "pypdfium2.PdfPage", number: int, line: str, boxes: Sequence[Box]) -> list[Box]:
    """The boxes of a passage's line on page `number`, in points from its top left corner; empty if it is not found."""
    if not boxes:
        return []
    letters = list(_letters(page, number, boxes))
    found: list[Box] = []
    for statement in split_statements(line):
        pieces = [value_of_cell(p) for p in statement.parts] if statement.kind == "row" else [statement.text]
        found += _joined(letters, [_closed(piece) for piece in pieces])
    return found


def _letters(page: "pypdfium2.PdfPage", number: int, boxes: Sequence[Box]) -> Iterator[_Letter]:
    """The letters inside the boxes, in the order of the page's text."""
    text = page.get_textpage()
    try:
        for i in range(text.count_chars()):
            letter = text.get_text_range(i, 1)
            if not letter.strip():
                continue
            box = _as_shown(page, number, text.get_charbox(i))
            if any(_inside(box, other) for other in boxes):
                yield _Letter(letter, box)
    finally:
        text.close()


def _as_shown(page: "pypdfium2.PdfPage", number: int, corners: tuple[float, float, float, float]) -> Box:
    """A box of the unturned page, from its foot, as the page is shown: many tables stand on pages that are turned."""
    left, bottom, right, top = page.get_cropbox()
    x0, y0, x1, y1 = corners
    turned = {
        0: (x0 - left, top - y1, x1 - left, top - y0),
        90: (y0 - bottom, x0 - left, y1 - bottom, x1 - left),
        180: (right - x1, y0 - bottom, right - x0, y1 - bottom),
        270: (top - y1, right - x1, top - y0, right - x0),
    }
    shown = turned[page.get_rotation()]
    return Box(page=number, x0=shown[0], y0=shown[1], x1=shown[2], y1=shown[3])


def _inside(letter: Box, box: Box) -> bool:
    x, y = (letter.x0 + letter.x1) / 2, (letter.y0 + letter.y1) / 2
    return box.x0 - _REACH <= x <= box.x1 + _REACH and box.y0 - _REACH <= y <= box.y1 + _REACH


def _closed(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


def _joined(letters: Sequence[_Letter], pieces: Sequence[str]) -> list[Box]:
    """The boxes of the pieces where all of them stand, nearest to one another in height; empty where one is missing."""
    places = [_places(letters, piece) for piece in pieces if piece]
    if not places or not all(places):
        return []
    rarest = min(places, key=len)
    chosen = min(
        ([min(others, key=lambda o: abs(_middle(o) - _middle(anchor))) for others in places] for anchor in rarest),
        key=lambda row: max(map(_middle, row)) - min(map(_middle, row)),
    )
    return [box for place in chosen for box in _lines(place)]


def _places(letters: Sequence[_Letter], piece: str) -> list[list[_Letter]]:
    """Every place where a piece stands, as its letters. A piece of digits never begins or ends inside a number."""
    text, owner = "", []
    for letter in letters:
        own = _closed(letter.text)
        text += own
        owner += [letter] * len(own)
    out: list[list[_Letter]] = []
    at = text.find(piece)
    while at >= 0 and len(out) < _MAX_PLACES:
        end = at + len(piece)
        if not _cuts_number(text, owner, at, end):
            out.append(list(dict.fromkeys(owner[at:end])))
        at = text.find(piece, at + 1)
    return out


def _cuts_number(text: str, owner: Sequence[_Letter], at: int, end: int) -> bool:
    before = at > 0 and text[at].isdigit() and text[at - 1].isdigit() and _touch(owner[at - 1], owner[at])
    after = end < len(text) and text[end - 1].isdigit() and text[end].isdigit() and _touch(owner[end - 1], owner[end])
    return before or after


def _touch(one: _Letter, other: _Letter) -> bool:
    """True when two letters stand next to each other in one word: digits of two cells do not."""
    height = max(one.box.y1 - one.box.y0, 1.0)
    return abs(_middle([one]) - _middle([other])) < height and other.box.x0 - one.box.x1 < height / 2


def _middle(letters: Sequence[_Letter]) -> float:
    return (letters[0].box.y0 + letters[0].box.y1) / 2


def _lines(letters: Sequence[_Letter]) -> list[Box]:
    """One box for each line that the letters take."""
    rows: list[list[Box]] = []
    for letter in letters:
        box = letter.box
        last = rows[-1][-1] if rows else None
        if last is not None and abs(last.y1 - box.y1) <= _SAME_LINE * max(last.y1 - last.y0, box.y1 - box.y0, 4.0):
            rows[-1].append(box)
        else:
            rows.append([box])
    return [
        Box(
            page=row[0].page,
            x0=min(b.x0 for b in row),
            y0=min(b.y0 for b in row),
            x1=max(b.x1 for b in row),
            y1=max(b.y1 for b in row),
        )
        for row in rows
    ]
