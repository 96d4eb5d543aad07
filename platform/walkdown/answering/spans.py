"""The lines of the evidence that likeliest answer the question.

Small models lose themselves in long passages and reading them is what a user waits for, so the model is shown the
nearest lines rather than whole passages; the same ranking chooses what is quoted when no model speaks. A line is a
line of the passage (a table row carries its header) or a sentence of a longer one.
"""

import math
import re
from collections.abc import Sequence
from typing import NamedTuple

from walkdown.answering.line_features import Line, Similarity, line_features
from walkdown.documents import Evidence
from walkdown.packs.calibration import line_calibration, logistic
from walkdown.packs.schema import Pack
from walkdown.retrieval.understanding import QueryPlan
from walkdown.text.sentences import sentences_of

_LONG_LINE = 220
_SURE = 0.5
"""Share of all lines' odds, or probability, from which the likeliest line is taken to answer."""
CELLS = " | "
"""Between the cells of a table row, each of which carries its column's name."""


class Span(NamedTuple):
    """A line of a passage: the evidence number, the characters it covers, and the log-odds that it answers."""

    number: int
    start: int
    end: int
    text: str
    score: float

    @property
    def probability(self) -> float:
        """How likely the line answers the question."""
        return logistic(self.score)


def split_lines(text: str) -> list[tuple[int, int]]:
    """Character spans of the lines of a text; long lines are cut into sentences. Blank lines are left out."""
    out: list[tuple[int, int]] = []
    for line in re.finditer(r"[^\n]+", text):
        if not line.group().strip():
            continue
        if len(line.group()) <= _LONG_LINE:
            out.append(line.span())
            continue
        out += [(line.start() + a, line.start() + b) for a, b in sentences_of(line.group())]
    return out


def rank_spans(
    plan: QueryPlan, evidence: Sequence[Evidence], pack: Pack, similarity: Similarity | None = None
) -> list[Span]:
    """All lines of the evidence, the likeliest to answer first."""
    lines = [Line(i, a, b) for i, e in enumerate(evidence) for a, b in split_lines(e.chunk.text)]
    if not lines:
        return []
    weights = line_calibration()
    spans = [
        Span(evidence[i].number, a, b, evidence[i].chunk.text[a:b], weights.odds(values))
        for (i, a, b), values in zip(lines, line_features(plan, evidence, lines, pack, similarity), strict=True)
    ]
    return sorted(spans, key=lambda s: -s.score)


def share_of_first(ranked: Sequence[Span]) -> float:
    """Share of the odds of all lines that the likeliest one has, wherever it stands; 0 without lines."""
    if not ranked:
        return 0.0
    odds = {id(s): math.exp(s.score - ranked[0].score) for s in ranked}
    return sum(odds[id(s)] for s in _alike(ranked)) / sum(odds.values())


def _alike(ranked: Sequence[Span]) -> list[Span]:
    return [s for s in ranked if " ".join(s.text.split()) == " ".join(ranked[0].text.split())]


def surest(ranked: Sequence[Span]) -> tuple[Span, ...]:
    """The likeliest line in each place where it stands, if it is likelier than all others together; else none.

    A line's own probability is low where a question is asked in unusual words; that no other comes near still tells.
    """
    sure = share_of_first(ranked) >= _SURE or (bool(ranked) and ranked[0].probability >= _SURE)
    return tuple(_alike(ranked)) if sure else ()


def choose_spans(ranked: Sequence[Span], evidence: Sequence[Evidence], *, budget: int) -> dict[int, list[Span]]:
    """The best lines with their neighbours within `budget` characters, by evidence number, in document order.

    A best line of prose brings the lines before and after it: a step needs its neighbours, a limit its condition. A
    table row says all by itself, and the room of its neighbours is better spent on the next best line.
    """
    order = {e.number: sorted((s for s in ranked if s.number == e.number), key=lambda s: s.start) for e in evidence}
    chosen: dict[tuple[int, int], Span] = {}
    used = 0
    for best in ranked:
        lines = order[best.number]
        at = lines.index(best)
        beside = () if CELLS in best.text else (*lines[at + 1 : at + 2], *lines[max(0, at - 1) : at])
        for span in (best, *beside):
            key = (span.number, span.start)
            if key in chosen or used + len(span.text) > budget:
                continue
            chosen[key] = span
            used += len(span.text)
        if used > 0.9 * budget:
            break
    out: dict[int, list[Span]] = {}
    for key in sorted(chosen):
        out.setdefault(key[0], []).append(chosen[key])
    return out
