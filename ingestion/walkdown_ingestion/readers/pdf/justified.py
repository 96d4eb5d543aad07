"""Lines of justified text whose words stand so far apart that each looks like a cell of its own.

In a narrow column set to both edges the gaps of a line with few words are wider than those between words otherwise.
They are equal, the line ends where full lines of its column end, and its words stand below no others, as cells would.
"""

from collections.abc import Sequence
from itertools import pairwise

from walkdown_ingestion.readers.pdf.page import Segment

_WIDEST, _EQUAL = 1.8, 0.35
"""Gaps in letters: the widest in such a line, and by how much they may differ."""
_SEGMENTS, _WORDS, _LINE_WORDS, _FULL_LINES = 3, 4, 4, 2
_AT = 1.0
_LEVEL = 0.12
_NEAR = 2.5


def with_justified_joined(lines: Sequence[Sequence[Segment]]) -> list[Segment]:
    """The segments of visual lines, those of a justified line as one."""
    whole = [s for line in lines for s in line]
    rights = [s.x1 for s in whole if len(s.words) >= _LINE_WORDS]
    lefts = [s.x0 for s in whole if len(s.words) >= _LINE_WORDS]
    out: list[Segment] = []
    for line in lines:
        for run in (part for whole_run in _runs(line) for part in _columns(whole_run, lefts, rights)):
            ends = sum(abs(run[-1].x1 - x) < _AT for x in rights) - (len(run[-1].words) >= _LINE_WORDS)
            begins = any(abs(run[0].x0 - x) < _AT for x in lefts)
            if len(run) >= _SEGMENTS and ends >= _FULL_LINES and begins and _is_text(run, whole):
                words = tuple(word for s in run for word in s.words)
                out.append(Segment(words, run[0].size, all(s.bold for s in run), run[0].downwards))
            else:
                out += run
    return out


def _runs(line: Sequence[Segment]) -> list[list[Segment]]:
    """The line cut where a gap is none between words."""
    runs: list[list[Segment]] = []
    for segment in line:
        gap = segment.x0 - runs[-1][-1].x1 if runs else 0.0
        if runs and 0 < gap < _WIDEST * segment.size and abs(runs[-1][-1].size - segment.size) < _EQUAL:
            runs[-1].append(segment)
        else:
            runs.append([segment])
    return runs


def _columns(run: list[Segment], lefts: Sequence[float], rights: Sequence[float]) -> list[list[Segment]]:
    """The run cut where the lines of one column end and those of the next begin, or the letters stand higher.

    The gap between narrow columns may be no wider than those inside a justified line.
    """
    parts = [[run[0]]]
    for left, right in pairwise(run):
        ends = sum(abs(left.x1 - x) < _AT for x in rights) >= _FULL_LINES
        begins = sum(abs(right.x0 - x) < _AT for x in lefts) >= _FULL_LINES
        if (ends and begins) or abs(left.middle - right.middle) > _LEVEL * left.size:
            parts.append([right])
        else:
            parts[-1].append(right)
    return parts


def _is_text(run: Sequence[Segment], whole: Sequence[Segment]) -> bool:
    """True for equal gaps, words enough, and starts of words that do not stand below those of other lines."""
    gaps = [b.x0 - a.x1 for a, b in pairwise(run)]
    if max(gaps) - min(gaps) > _EQUAL * run[0].size or sum(len(s.words) for s in run) < _WORDS:
        return False
    near = [s for s in whole if s not in run and abs(s.middle - run[0].middle) < _NEAR * s.size]
    aligned = sum(any(abs(s.x0 - o.x0) < _AT or abs(s.x1 - o.x1) < _AT for o in near) for s in run[1:-1])
    return aligned <= (len(run) - 2) // 3
