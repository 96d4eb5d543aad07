"""Visual lines of a page against a gutter: which run across it, as the rows of a table over both columns do.

The cells of such a row need not cross the gutter one by one; taken apart, half of the row would be read with the left
column and half with the right.
"""

from collections.abc import Sequence

from walkdown_ingestion.readers.pdf.page import Segment

_IN_LINE = 0.4
_FAR = 2.4
_WORDS = 3
_CELLS = 3
_AT_EDGE = 14.0
_FILLED = 0.75


def visual_lines(segments: Sequence[Segment]) -> list[list[Segment]]:
    """Segments whose middles are at one height, from top to bottom."""
    lines: list[list[Segment]] = []
    for segment in sorted(segments, key=lambda s: s.middle):
        if lines and abs(segment.middle - lines[-1][0].middle) < _IN_LINE * min(segment.size, lines[-1][0].size):
            lines[-1].append(segment)
        else:
            lines.append([segment])
    return lines


def alone(segments: Sequence[Segment]) -> list[Segment]:
    """Those that are alone on their line: running text, while cells stand side by side."""
    return [line[0] for line in visual_lines(segments) if len(line) == 1]


def _reads_on(side: Sequence[Segment], start: float, end: float) -> bool:
    """True when what a line holds on one side of the gutter is running text of that column."""
    return any(
        len(s.words) >= _WORDS and (s.x0 < start + _AT_EDGE or s.x1 - s.x0 > _FILLED * (end - start)) for s in side
    )


class _Gutter:
    """A gutter between two columns whose edges are known."""

    def __init__(self, at: float, segments: Sequence[Segment]) -> None:
        self.at = at
        left = alone([s for s in segments if s.x1 <= at])
        right = alone([s for s in segments if s.x0 >= at])
        self._left = (min((s.x0 for s in left), default=at), max((s.x1 for s in left), default=at))
        self._right = (min((s.x0 for s in right), default=at), max((s.x1 for s in right), default=at))

    def crossed(self, line: Sequence[Segment]) -> bool:
        """True when a word or cell of the line lies on the gutter."""
        return any(s.x0 < self.at < s.x1 for s in line)

    def is_row(self, line: Sequence[Segment]) -> bool:
        """True for cells on both sides, none of which is running text or begins where the right column does."""
        left, right = [s for s in line if s.x1 <= self.at], [s for s in line if s.x0 >= self.at]
        if not left or not right or len(line) < _CELLS:
            return False
        if _reads_on(left, *self._left) or _reads_on(right, *self._right):
            return False
        return min(s.x0 for s in right) > self._right[0] + _AT_EDGE

    def is_text(self, line: Sequence[Segment]) -> bool:
        """True when a line holds running text of one of the columns."""
        return any(
            _reads_on([s for s in line if (s.x0 >= self.at) is side], *edges)
            for side, edges in ((False, self._left), (True, self._right))
        )


def across(segments: Sequence[Segment], gutter: float) -> set[Segment]:
    """The segments of the lines that run across a gutter."""
    known = _Gutter(gutter, segments)
    lines = visual_lines(segments)
    crossed = [known.crossed(line) for line in lines]
    rows = [known.is_row(line) for line in lines]
    found = [crossed[i] or (rows[i] and _has_kin(lines, i, crossed, rows)) for i in range(len(lines))]
    last: int | None = None
    for i in [i for i, is_across in enumerate(found) if is_across]:
        if last is not None and all(_near(a, b) for a, b in zip(lines[last:i], lines[last + 1 : i + 1], strict=True)):
            between = range(last + 1, i)
            if not any(known.is_text(lines[k]) for k in between):
                # Second lines of cells.
                for k in between:
                    found[k] = True
        last = i
    return {s for line, is_across in zip(lines, found, strict=True) if is_across for s in line}


def _has_kin(lines: Sequence[Sequence[Segment]], i: int, crossed: Sequence[bool], rows: Sequence[bool]) -> bool:
    """True when the line above or below is a row too, or crosses the gutter close by."""
    beside = [k for k in (i - 1, i + 1) if 0 <= k < len(lines)]
    return any(rows[k] or (crossed[k] and _near(lines[min(i, k)], lines[max(i, k)])) for k in beside)


def _near(upper: Sequence[Segment], lower: Sequence[Segment]) -> bool:
    return lower[0].middle - upper[0].middle <= _FAR * max(upper[0].size, lower[0].size)
