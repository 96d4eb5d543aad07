"""The evidence gate: whether the passages found can answer the question at all. Below it the answer is a refusal."""

import math
from collections.abc import Mapping, Sequence

from walkdown.answering.spans import question_terms
from walkdown.answering.verification.sources import evidence_text
from walkdown.documents import Evidence
from walkdown.packs.schema import Pack
from walkdown.retrieval.understanding import QueryPlan
from walkdown.text.lexical import terms
from walkdown.text.tags import find_tags

MIN_COVERAGE = 0.25
"""Without a model: share of the question's terms that the best passage in its language must hold."""


def missing_tags(plan: QueryPlan, evidence: Sequence[Evidence], pack: Pack) -> list[str]:
    """Tags of the question, as written, that no passage names: then nothing found is about that equipment."""
    if not plan.tags:
        return []
    named = {t.normal for e in evidence for t in find_tags(evidence_text(e), pack.grammar)}
    return [t.text for t in find_tags(plan.question, pack.grammar) if t.normal not in named]


def coverage(plan: QueryPlan, evidence: Sequence[Evidence]) -> float:
    """Largest share of the question's terms that one passage holds, in [0, 1]; 0 without passages."""
    shares = [0.0]
    for item in evidence:
        wanted = set(terms(plan.question))
        held = set(terms(evidence_text(item)))
        if item.chunk.language != plan.language:
            wanted = question_terms(plan, item.chunk.language) - wanted
        if wanted:
            shares.append(len(wanted & held) / len(wanted))
    return max(shares)


def probability_of_yes(logprobs: Mapping[str, float]) -> float | None:
    """The model's probability of `yes` against `no` from its first token; None if it said neither."""
    mass = {"yes": 0.0, "no": 0.0}
    for token, logprob in logprobs.items():
        word = token.strip().lower()
        if word in mass:
            mass[word] += math.exp(logprob)
    total = sum(mass.values())
    return mass["yes"] / total if total > 0 else None
