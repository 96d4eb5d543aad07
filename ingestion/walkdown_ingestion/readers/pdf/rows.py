"""Visual rows of a column: segments that stand side by side, joined where the gap between them is that of words."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from walkdown_ingestion.readers.pdf.columns import Part
from walkdown_ingestion.readers.pdf.justified import with_justified_joined
from walkdown_ingestion.readers.pdf.page import Extent, Segment, extent
from walkdown_ingestion.readers.pdf.ruled import Grid

_WORD_GAP = 0.6
_LEADER = 3.0
"""Width of a row of dots at least, in letters."""


class Row(NamedTuple):
    """Segments on one line, from left to right."""

    segments: tuple[Segment, ...]

    @property
    def text(self) -> str:
        """All words of the line."""
        return " ".join(segment.text for segment in self.segments)

    @property
    def area(self) -> Extent:
        """The rectangle around the line."""
        return extent(self.segments)

    @property
    def size(self) -> float:
        """Font size of the longest segment."""
        return max(self.segments, key=lambda s: len(s.text)).size

    @property
    def bold(self) -> bool:
        """True when all of the line is bold."""
        return all(segment.bold for segment in self.segments)


def _beside(one: Segment, other: Segment) -> bool:
    overlap = min(one.y1, other.y1) - max(one.y0, other.y0)
    lower, taller = sorted((one, other), key=lambda s: s.y1 - s.y0)
    half = 0.5 * (lower.y1 - lower.y0)
    # A box to tick may come from another font, whose signs are taller, and reach into the lines above and below.
    sign = not any(map(str.isalnum, taller.text))
    return overlap > half and not (sign and abs(one.middle - other.middle) >= half)


def _joined(segments: Sequence[Segment]) -> list[Segment]:
    """Neighbours with the gap of a word between them as one segment, bold only when both are."""
    out: list[Segment] = []
    for segment in sorted((part for s in segments for part in _at_leaders(s)), key=lambda s: s.x0):
        last = out[-1] if out else None
        near = last is not None and segment.x0 - last.x1 < _WORD_GAP * max(last.size, segment.size)
        if last is not None and near and not _leads(last):
            size = last.size if len(last.text) >= len(segment.text) else segment.size
            words = (*last.words, *segment.words)
            if segment.x0 - last.x1 < 0.12 * size and not last.text.endswith((",", ".", ":", ";")):
                glued = last.words[-1]._replace(
                    text=last.words[-1].text + segment.words[0].text, x1=segment.words[0].x1
                )
                words = (*last.words[:-1], glued, *segment.words[1:])
            out[-1] = Segment(words, size, last.bold and segment.bold)
        else:
            out.append(segment)
    return out


def _at_leaders(segment: Segment) -> list[Segment]:
    """A segment cut behind the dots that lead to a value."""
    ends = [n for n, word in enumerate(segment.words[:-1], 1) if _leads(segment._replace(words=(word,)))]
    parts = (segment.words[a:b] for a, b in pairwise((0, *ends, len(segment.words))))
    return [segment._replace(words=words) for words in parts] if ends else [segment]


def _leads(segment: Segment) -> bool:
    """True for a label whose dots lead to its value, which is a cell of its own."""
    word = segment.words[-1]
    return word.text.endswith("…") and word.x1 - word.x0 > _LEADER * segment.size


def joined(segments: Sequence[Segment]) -> list[Segment]:
    """Segments that stand side by side with the gap of a word between them as one, for all lines."""
    lines: list[list[Segment]] = []
    line: list[Segment] = []
    for segment in sorted(segments, key=lambda s: (s.middle, s.x0)):
        if line and not _beside(line[0], segment):
            lines.append(_joined(line))
            line = []
        line.append(segment)
    return with_justified_joined([*lines, _joined(line)])


def rows_of(parts: Sequence[Part]) -> list[Row | Grid]:
    """The rows and tables of one column from top to bottom."""
    out: list[Row | Grid] = []
    line: list[Segment] = []
    for part in parts:
        if isinstance(part, Segment) and line and _beside(line[0], part):
            line.append(part)
            continue
        if line:
            out.append(Row(tuple(_joined(line))))
        line = []
        if isinstance(part, Segment):
            line = [part]
        else:
            out.append(part)
    if line:
        out.append(Row(tuple(_joined(line))))
    return out
