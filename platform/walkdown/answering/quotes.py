"""Verbatim quotes: the lines nearest to the question, as they stand. What is shown when no model speaks."""

from collections.abc import Sequence

from walkdown.answering.spans import Span, choose_spans
from walkdown.documents import Check, Claim, Evidence, Verdict

MAX_QUOTE_CHARS = 450


def _runs(spans: Sequence[Span], text: str) -> list[str]:
    """Lines of one passage as quotes; lines that follow each other are one quote."""
    runs: list[tuple[int, int]] = []
    for span in spans:
        if runs and not text[runs[-1][1] : span.start].strip():
            runs[-1] = (runs[-1][0], span.end)
        else:
            runs.append((span.start, span.end))
    return [text[a:b].strip() for a, b in runs]


def quote_claims(ranked: Sequence[Span], evidence: Sequence[Evidence]) -> tuple[Claim, ...]:
    """The nearest lines as claims, best passage first; each stands in its passage by construction."""
    check = Check(name="quote", verdict=Verdict.PASSED, reason="verbatim")
    chosen = choose_spans(ranked, evidence, budget=MAX_QUOTE_CHARS)
    texts = {e.number: e.chunk.text for e in evidence}
    best_first = sorted(chosen, key=lambda n: -max(s.score for s in chosen[n]))
    return tuple(
        Claim(text=quote, citations=(number,), checks=(check,))
        for number in best_first
        for quote in _runs(chosen[number], texts[number])
    )
