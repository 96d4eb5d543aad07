"""Verbatim quotes: the lines nearest to the question, as they stand. What is shown when no model speaks."""

from collections.abc import Sequence

from walkdown.answering.spans import Span, choose_spans
from walkdown.answering.verbatim import in_full, verbatim
from walkdown.documents import Claim, Evidence

MAX_QUOTE_CHARS = 450
_LITTLE = 120
"""Room in which nothing worth reading stands."""


def _runs(spans: Sequence[Span], text: str) -> list[tuple[int, int]]:
    """Characters of one passage as quotes; lines that follow each other are one quote."""
    runs: list[tuple[int, int]] = []
    for span in spans:
        if runs and not text[runs[-1][1] : span.start].strip():
            runs[-1] = (runs[-1][0], span.end)
        else:
            runs.append((span.start, span.end))
    return runs


def whole_passages(
    ranked: Sequence[Span], evidence: Sequence[Evidence], *, whole: int, budget: int
) -> tuple[Claim, ...]:
    """The passages with the nearest lines, each whole if it has at most `whole` characters, else its nearest lines.

    A procedure is quoted as it stands, step by step: lines picked out of it may leave out the step that matters.
    """
    best: dict[int, float] = {}
    for span in ranked:
        best.setdefault(span.number, span.score)
    texts = {e.number: e.chunk.text for e in evidence}
    claims: list[Claim] = []
    for number in best:
        left = budget - sum(len(c.text) for c in claims)
        if len(texts[number]) <= min(whole, left):
            claims.append(verbatim(number, 0, len(texts[number]), texts[number]))
        elif left > 0 and len(texts[number]) > whole:
            own = [span for span in ranked if span.number == number]
            claims += quote_claims(own, evidence, budget=min(whole, left))
        if budget - sum(len(c.text) for c in claims) < _LITTLE:
            break
    return tuple(claims)


def quote_claims(
    ranked: Sequence[Span], evidence: Sequence[Evidence], *, budget: int = MAX_QUOTE_CHARS
) -> tuple[Claim, ...]:
    """The nearest lines as claims, best passage first; each stands in its passage by construction."""
    chosen = choose_spans(ranked, evidence, budget=budget)
    texts = {e.number: e.chunk.text for e in evidence}
    best_first = sorted(chosen, key=lambda n: -max(s.score for s in chosen[n]))
    runs = [(number, *run) for number in best_first for run in _runs(chosen[number], texts[number])]
    return in_full(runs, evidence)
