"""Verbatim quotes: the lines of a passage that come closest to the question. What is shown when no model speaks."""

import re
from collections.abc import Sequence

from walkdown.documents import Check, Claim, Evidence, Verdict
from walkdown.retrieval.understanding import QueryPlan
from walkdown.text.lexical import terms

MAX_QUOTE_CHARS = 400
_LINE = re.compile(r"[^\n]+?(?:(?<=[.!?。])(?=\s)|(?=\n)|$)")


def question_terms(plan: QueryPlan, language: str) -> set[str]:
    """Terms of the question in every form that reads in a language, expansions included."""
    found = set(terms(plan.question))
    for form in plan.forms:
        if form.language == language:
            found |= set(terms(form.text)) | {t for e in form.expansions for t in terms(e)}
    return found


def best_quote(plan: QueryPlan, evidence: Evidence) -> str:
    """A run of whole lines or sentences of the passage, at most `MAX_QUOTE_CHARS`, around the best match."""
    text = evidence.chunk.text
    if len(text) <= MAX_QUOTE_CHARS:
        return text
    wanted = question_terms(plan, evidence.chunk.language)
    spans = [(m.start(), m.end()) for m in _LINE.finditer(text) if m.group().strip()]
    scores = [len(wanted & set(terms(text[a:b]))) for a, b in spans]
    first = last = max(range(len(spans)), key=lambda i: (scores[i], -i))
    # Grow towards the better neighbour while the quote stays short.
    while True:
        options = [
            (scores[i], i)
            for i in (first - 1, last + 1)
            if 0 <= i < len(spans) and spans[max(last, i)][1] - spans[min(first, i)][0] <= MAX_QUOTE_CHARS
        ]
        if not options:
            break
        _, i = max(options)
        first, last = min(first, i), max(last, i)
    return text[spans[first][0] : spans[last][1]].strip()


def quote_claims(plan: QueryPlan, evidence: Sequence[Evidence], *, count: int = 2) -> tuple[Claim, ...]:
    """The best quotes of the first `count` passages as claims; each stands in its passage by construction."""
    check = Check(name="quote", verdict=Verdict.PASSED, reason="verbatim")
    return tuple(Claim(text=best_quote(plan, e), citations=(e.number,), checks=(check,)) for e in evidence[:count])
