"""Verbatim quotes: the lines nearest to the question, as they stand. What is shown when no model speaks."""

from collections.abc import Sequence

from walkdown.answering.spans import Span, choose_spans
from walkdown.documents import Check, Claim, ClaimSpan, Evidence, Verdict

MAX_QUOTE_CHARS = 450


def _runs(spans: Sequence[Span], text: str) -> list[tuple[int, int]]:
    """Characters of one passage as quotes; lines that follow each other are one quote."""
    runs: list[tuple[int, int]] = []
    for span in spans:
        if runs and not text[runs[-1][1] : span.start].strip():
            runs[-1] = (runs[-1][0], span.end)
        else:
            runs.append((span.start, span.end))
    return runs


def quote_claims(
    ranked: Sequence[Span], evidence: Sequence[Evidence], *, budget: int = MAX_QUOTE_CHARS
) -> tuple[Claim, ...]:
    """The nearest lines as claims, best passage first; each stands in its passage by construction."""
    check = Check(name="quote", verdict=Verdict.PASSED, reason="verbatim")
    chosen = choose_spans(ranked, evidence, budget=budget)
    texts = {e.number: e.chunk.text for e in evidence}
    best_first = sorted(chosen, key=lambda n: -max(s.score for s in chosen[n]))
    return tuple(
        Claim(
            text=texts[number][start:end].strip(),
            citations=(number,),
            checks=(check,),
            spans=(ClaimSpan(number=number, start=start, end=end),),
        )
        for number in best_first
        for start, end in _runs(chosen[number], texts[number])
    )
