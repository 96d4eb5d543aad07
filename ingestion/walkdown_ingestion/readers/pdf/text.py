"""Rows of a column to paragraphs, list items, captions and candidates for headings."""

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import Literal, NamedTuple

from walkdown_ingestion.clean import upright_word
from walkdown_ingestion.joining import Known, join_lines
from walkdown_ingestion.readers.pdf.aligned import MARKER, key_value_text
from walkdown_ingestion.readers.pdf.page import Extent, Word
from walkdown_ingestion.readers.pdf.rows import Row
from walkdown_ingestion.readers.pdf.ruled import Grid

_TERMINAL = re.compile(r"[.!?。:：;]['\"”’)\]]*$|[다요음함임됨]\.?$")
_NUMBERS = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,4}\.?")
_ORDINAL = re.compile(r"\d+")
# A line of a table of contents ends with the page it leads to.
_AMOUNT = re.compile(r"\d+\.\d+\s?[-–~]\s?\d[\d.]*(?:\s\S{1,8}){0,2}")
"""A range on a line of its own, which is no clause: `1.2 - 7.1 vol%`."""
_SHORT_LINE = 40
_SHORT_SHARE = 0.25
_STATED = re.compile(r"[A-Z가-힣][\w /.()-]{1,30}[:：]\s+\S")
"""A line that begins with a label and its value."""
_LEADER = re.compile(r"…\s?\S{1,16}(?:,\s?\S{1,16})*$|…\s?\S{1,16}\s\S{1,12}$")
_GANADA = "가나다라마바사아자차카타파하"
_YEAR_END = re.compile(r"\d{4}\s?\.$")
_CAPTION = re.compile(
    r"[\[<【(]?\s*(?:table|fig(?:ure)?\.?|표|그림|사진|도표|図|表|图|tabla|figura)\s*[<\[]?\s*[A-Z]?\d+", re.IGNORECASE
)
_CAPTION_CHARS = 200
_SYLLABLE = 1.3
"""Width of a Korean syllable and of what may be left beside it, in font sizes."""


class Element(NamedTuple):
    """A piece of running text with the line boxes it stands on; `marker` only for list items."""

    kind: Literal["text", "item", "caption"]
    text: str
    lines: tuple[Extent, ...]
    size: float
    bold: bool
    marker: str = ""
    alone: bool = False
    """True when space sets it apart from what is above and below."""
    full: bool = False
    """True when its last line reaches the right edge of its column."""

    @property
    def x0(self) -> float:
        """Left edge."""
        return min(line.x0 for line in self.lines)


def _typical_gap(rows: Sequence[Row]) -> float:
    """The usual distance between lines of one paragraph."""
    gaps = [
        b.area.y0 - a.area.y1
        for a, b in pairwise(rows)
        if abs(a.size - b.size) < 0.6 and -0.5 * a.size < b.area.y0 - a.area.y1 < 1.2 * a.size
    ]
    return max(median(gaps), 0.0) if gaps else 3.0


def _marker(row: Row) -> Word | None:
    """The list marker or clause number a row begins with."""
    first = row.segments[0].words[0]
    more = len(row.segments) > 1 or len(row.segments[0].words) > 1
    return first if more and MARKER.fullmatch(first.text) and not _AMOUNT.fullmatch(row.text) else None


class _Column:
    """Groups the rows of one column."""

    def __init__(self, rows: Sequence[Row], right: float, known: Known) -> None:
        self._rows = rows
        self._known = known
        self._typical = _typical_gap(rows)
        self._right = right

    def _is_full(self, above: Row, below: Row) -> bool:
        """True when the line above was wrapped: the first word below had no more room on it."""
        if _LEADER.search(above.text):
            return False
        first = below.segments[0].words[0]
        # Boxes and ragged paragraphs end a little before the edge of the column, labels with their values anywhere.
        stated = _STATED.match(above.text) and _STATED.match(below.text)
        if stated and len(above.text) <= _SHORT_LINE:
            return False
        ragged = 0.0 if stated else 2.0 * above.size
        return above.area.x1 + 0.3 * above.size + (first.x1 - first.x0) > self._right - ragged

    def _is_short(self, row: Row) -> bool:
        """True for a line that begins anew and ends far from the edge: a name in bold in a narrow list."""
        whole = all(word.bold for segment in row.segments for word in segment.words)
        return (
            whole
            and not row.text[:1].islower()
            and row.area.x1 < self._right - _SHORT_SHARE * (self._right - row.area.x0)
        )

    def _set_apart(self, above: Row, below: Row) -> bool:
        return below.area.y0 - above.area.y1 > 1.4 * self._typical + 1.5

    def _begins(self, group: Sequence[Row], row: Row) -> bool:
        """True when a row begins a new element."""
        above = group[-1]
        if self._set_apart(above, row) or above.area.y0 > row.area.y0 + row.size:
            return True
        if abs(above.size - row.size) > 0.08 * above.size + 0.2:
            return True
        ended = bool(_TERMINAL.search(above.text))
        full = self._is_full(above, row)
        if above.bold != row.bold and (ended or not full):
            return True
        # A phrase in bold that the line above begins goes on.
        begun = any(word.bold for segment in above.segments[-2:] for word in segment.words[-2:])
        if row.bold and not begun and self._is_short(row):
            return True
        if row.bold and not full:
            # Headings below each other; running text is rarely bold.
            return True
        marker = _marker(row)
        if marker is not None:
            return self._begins_item(group, marker, wrapped=full and not ended)
        indented = row.area.x0 - above.area.x0
        hanging = _marker(group[0]) is not None
        if hanging and len(group) == 1:
            return indented < 1.0 and not full
        return (indented > 1.2 * row.size and ended) or (ended and not full and above.text[-1] not in ":：;")

    def _begins_item(self, group: Sequence[Row], marker: Word, *, wrapped: bool) -> bool:
        """True when a number or bullet at the start of a line begins an item, rather than going on with a sentence."""
        if _NUMBERS.fullmatch(marker.text):
            # `2020.` and below it `3. 11.` is a date; `12.5` below a full line is a value.
            return not wrapped and not _YEAR_END.search(group[-1].text)
        if wrapped and marker.text[0] in _GANADA:
            # `다.` is the end of a verb far more often than the third item.
            kin = _marker(group[0])
            return kin is not None and _GANADA.find(kin.text[0]) == _GANADA.index(marker.text[0]) - 1 >= 0
        number = _ORDINAL.search(marker.text)
        if wrapped and number is not None:
            kin = _marker(group[0])
            before = _ORDINAL.search(kin.text) if kin is not None else None
            return int(number.group()) in (1, int(before.group()) + 1 if before is not None else 1)
        return True

    def elements(self) -> list[Element]:
        """The rows as elements, in order."""
        groups: list[list[Row]] = []
        for row in self._rows:
            if groups and not self._begins(groups[-1], row):
                groups[-1].append(row)
            else:
                groups.append([row])
        out = []
        for i, group in enumerate(groups):
            above = i == 0 or self._set_apart(groups[i - 1][-1], group[0])
            below = i + 1 == len(groups) or self._set_apart(group[-1], groups[i + 1][0])
            out.append(self._element(group, alone=above and below))
        return out

    def _element(self, group: Sequence[Row], *, alone: bool) -> Element:
        marker = _marker(group[0])
        text = self._text(group)
        size = max(group, key=lambda r: len(r.text)).size
        bold = all(row.bold for row in group)
        lines = tuple(row.area for row in group)
        full = lines[-1].x1 > self._right - size
        if marker is not None and text.startswith(marker.text):
            rest = text[len(marker.text) :].strip()
            return Element("item", rest, lines, size, bold, marker.text, alone, full)
        caption = _CAPTION.match(text) and len(text) <= _CAPTION_CHARS
        return Element("caption" if caption else "text", text, lines, size, bold, "", alone, full)

    def _text(self, group: Sequence[Row]) -> str:
        """The rows as one text: wrapped lines joined, deliberate breaks kept, a word set downwards in one piece."""
        if word := upright_word("\n".join(row.text for row in group)):
            return word
        parts: list[list[Row]] = [[group[0]]]
        for above, below in pairwise(group):
            if self._is_full(above, below) or below.text[:1].islower():
                parts[-1].append(below)
            else:
                parts.append([below])
        return "\n".join(self._joined(rows) for rows in parts)

    def _joined(self, rows: Sequence[Row]) -> str:
        full = [row.area.x1 > self._right - _SYLLABLE * row.size for row in rows[:-1]]
        return join_lines([key_value_text(row) for row in rows], self._known, full)


def elements_of(rows: Sequence[Row | Grid], known: Known, right: float = 0.0) -> list[Element | Grid]:
    """The rows of a column as elements, tables left as they are. `known`: what the document shows of its words.

    `right` is where other lines of the column end.
    """
    out: list[Element | Grid] = []
    run: list[Row] = []
    right = max((right, *(row.area.x1 for row in rows)))
    for row in [*rows, None]:
        if isinstance(row, Row):
            run.append(row)
            continue
        if run:
            out += _Column(run, right, known).elements()
        run = []
        if row is not None:
            out.append(row)
    return out
