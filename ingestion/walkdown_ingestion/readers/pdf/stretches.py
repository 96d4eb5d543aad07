"""Two short columns of text in the middle of a page: a stretch of a few lines, too short to tell a gutter of the page.

Taken line by line, as a table without rules is read, the halves of their sentences would be crossed: the limit of the
one would stand behind the words of the other.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from walkdown_ingestion.readers.pdf.page import Segment

_GUTTER = 0.9
_TIGHT = 0.9
"""Widest gap between the lines of one paragraph, in letters."""
_APART = 2.4
_LEFT, _RIGHT = 0.42, 0.3
"""Least shares of the width; labels are narrower than the values beside them, the last column ends anywhere."""
_WORDS, _CJK_CHARS = 3, 9
_SPARE = 1.0
_NEAR = 12
_MOST = 80
"""Lines of both columns; longer ones have a gutter that the page shows."""
_BROKEN = 0.34
_COLONS = (":", "：")
_SAME_SIZE, _IN_STEP = 0.5, 2.0
_HEADED = 4
"""Places of cuts, the ends counted, from which on two columns under names look like the rows of a table."""
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff가-힣]")
_TERMINAL = (".", "!", "?", ":", ";", "。", "다")


class Stretch(NamedTuple):
    """From which part to which (not included) two columns stand side by side, and the middle of their gutter."""

    begin: int
    end: int
    gutter: float


class _Sides(NamedTuple):
    """The lines of two columns."""

    left: list[Segment]
    right: list[Segment]

    @property
    def low(self) -> float:
        """Where the left column ends."""
        return max(s.x1 for s in self.left)

    @property
    def high(self) -> float:
        """Where the right column begins."""
        return min(s.x0 for s in self.right)


def stretches(segments: Sequence[Segment]) -> Iterator[Stretch]:
    """The stretches of segments, which are sorted by height, that are two columns of running text."""
    at = 0
    while at + 1 < len(segments):
        found = _beside(segments, at)
        end = at + (len(found.left) + len(found.right) if found is not None else 1)
        if found is None or not _are_text(found) or _among_cells(segments, at, end):
            at += 1
            continue
        cuts = [at, *_cuts(found, segments[at:end], at), end]
        if len(cuts) < _HEADED or not _has_header(found):
            yield from (Stretch(a, b, (found.low + found.high) / 2) for a, b in pairwise(cuts))
        at = end


def _among_cells(segments: Sequence[Segment], begin: int, end: int) -> bool:
    """True when others stand on the lines of a stretch: `1 | text | 35 °C | text` is a row of a table."""
    top, bottom = min(s.y0 for s in segments[begin:end]), max(s.y1 for s in segments[begin:end])
    others = (*segments[max(0, begin - _NEAR) : begin], *segments[end : end + _NEAR])
    return any(top < s.middle < bottom for s in others)


def _beside(segments: Sequence[Segment], begin: int) -> _Sides | None:
    """The lines side by side from a segment on; None where there is no gap beside it."""
    left, right = sorted(segments[begin : begin + 2], key=lambda s: s.x0)
    gutter = _GUTTER * left.size
    if abs(left.y0 - right.y0) > 2 * left.size or right.x0 - left.x1 < gutter:
        return None
    sides = _Sides([left], [right])
    low, high, bottom = left.x1, right.x0, max(left.y1, right.y1)
    for segment in segments[begin + 2 : begin + _MOST]:
        if segment.y0 - bottom > _APART * segment.size or abs(segment.size - left.size) > _SAME_SIZE:
            break
        if segment.x1 + gutter <= high:
            sides.left.append(segment)
            low = max(low, segment.x1)
        elif segment.x0 - gutter >= low:
            sides.right.append(segment)
            high = min(high, segment.x0)
        else:
            break
        bottom = max(bottom, segment.y1)
    for side, other in (sides, sides[::-1]):
        del side[_end(side, max(s.y1 for s in other)) :]
    return sides


def _end(side: Sequence[Segment], bottom: float) -> int:
    """How many lines of a side belong to it: those below the other one that are set apart do not."""
    for i, (above, below) in enumerate(pairwise(side), 1):
        if below.y0 >= bottom and (below.y0 - above.y1 > _TIGHT * above.size or above.bold != below.bold):
            return i
    return len(side)


def _are_text(sides: _Sides) -> bool:
    """True when both columns are running text whose lines go on one with the next, and none is of labels."""
    start, end = min(s.x0 for s in sides.left), max(s.x1 for s in sides.right)
    if min(map(len, sides)) < 2 or any(_on_one_line(a, b) for side in sides for a, b in pairwise(side)):
        return False
    if sides.high - start < _LEFT * (end - start) or end - sides.high < _RIGHT * (end - start):
        return False
    return all(map(_reads_on, sides))


def _on_one_line(one: Segment, other: Segment) -> bool:
    return min(one.y1, other.y1) - max(one.y0, other.y0) > 0.5 * min(one.y1 - one.y0, other.y1 - other.y0)


def _reads_on(side: Sequence[Segment]) -> bool:
    """True when lines are those of sentences, of which many were broken for want of room; labels are not."""
    edge = max(s.x1 for s in side)
    long = [len(s.words) >= _WORDS or len(_WIDE.findall(s.text)) >= _CJK_CHARS for s in side]
    if sum(long) < 0.5 * len(side) or median(len(s.text) for s in side) < _CJK_CHARS:
        return False
    if side[0].text[:1].islower() or any(s.text.endswith(_COLONS) for s in side):
        return False
    return sum(_wrapped(a, b, edge) for a, b in pairwise(side)) >= _BROKEN * (len(side) - 1)


def _wrapped(above: Segment, below: Segment, edge: float) -> bool:
    """True when a line goes on in the one below: it is no end of a sentence, and the next word had no room on it."""
    if below.y0 - above.y1 > _TIGHT * above.size or above.text.endswith(_TERMINAL) or above.bold != below.bold:
        return False
    first = below.words[0]
    room = above.x1 + (first.x1 - first.x0) + 0.2 * above.size > edge - _SPARE * above.size
    return room and not below.text[:1].isupper() and above.text != below.text


def _paragraphs(side: Sequence[Segment]) -> list[Segment]:
    """The lines that begin a paragraph, told by space above them."""
    gaps = [b.y0 - a.y1 for a, b in pairwise(side)]
    usual = min(gaps)
    return [side[0], *(b for gap, b in zip(gaps, side[1:], strict=True) if gap > usual + 0.3 * b.size)]


def _cuts(sides: _Sides, segments: Sequence[Segment], begin: int) -> list[int]:
    """Where paragraphs begin beside each other again: each pair is read on its own, as are the cells of a row."""
    starts, others = map(_paragraphs, sides)
    tops = [a.y0 for a in starts[1:] if any(abs(a.y0 - b.y0) < _IN_STEP for b in others)]
    return [next(begin + i for i, s in enumerate(segments) if s.y0 > top - _IN_STEP) for top in tops]


def _has_header(sides: _Sides) -> bool:
    """True when the columns begin with names beside each other: a table with text in its cells."""
    return abs(sides.left[0].middle - sides.right[0].middle) < _IN_STEP and all(
        len(side[0].words) <= _WORDS and side[0].text[-1].isalnum() and not _wrapped(side[0], side[1], sides_end)
        for side, sides_end in ((sides.left, sides.low), (sides.right, max(s.x1 for s in sides.right)))
    )
