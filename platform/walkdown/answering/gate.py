"""The evidence gate: whether the passages found can answer the question at all. Below it the answer is a refusal."""

import math
from collections.abc import Mapping, Sequence

from walkdown.answering.line_features import question_terms
from walkdown.answering.verification.sources import evidence_text
from walkdown.answering.verification.topic import unnamed
from walkdown.documents import Evidence
from walkdown.packs.schema import Pack
from walkdown.retrieval.intent import plant_units, unit_words
from walkdown.retrieval.understanding import QueryPlan
from walkdown.text.asked_amounts import asked_kinds, is_of_kind
from walkdown.text.codes import EQUIPMENT_LIKE, spelled
from walkdown.text.lexical import terms
from walkdown.text.quantities import find_quantities
from walkdown.text.tags import Tag, find_tags, unit_of

MIN_COVERAGE = 0.25
"""Without a model: share of the question's terms that the best passage in its language must hold."""


def missing_tags(plan: QueryPlan, evidence: Sequence[Evidence], pack: Pack) -> list[str]:
    """Tags of the question, as written, that no passage names: then nothing found is about that equipment.

    A code that the pack's grammar does not know is looked for letter by letter.
    """
    texts = [evidence_text(e) for e in evidence]
    known = find_tags(plan.compared, pack.grammar)
    named = {t.normal for text in texts for t in find_tags(text, pack.grammar)} if known else set()
    papers = [e.chunk.document_id for e in evidence]
    missing = [t.text for t in known if t.normal not in named and not any(_is_end_of(t.text, p) for p in papers)]
    for code in EQUIPMENT_LIKE.finditer(plan.compared):
        taken = any(t.start < code.end() and code.start() < t.end for t in known)
        if taken or any(_is_end_of(code.group(), paper) for paper in papers):
            continue
        if not any(spelled(code).search(text) for text in texts):
            missing.append(code.group())
    return missing


def _is_end_of(code: str, document_id: str) -> bool:
    """A document by the end of its number, as people call it: `ER-401` for `SHC2-ER-401`."""
    return document_id.upper().endswith(f"-{code.upper()}")


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


def missing_amounts(plan: QueryPlan, evidence: Sequence[Evidence], pack: Pack) -> bool:
    """True when a unit is asked for (`몇 barg`) and no passage about the asked equipment holds an amount of its kind.

    A passage that names no tag of that kind speaks of all equipment alike.
    """
    kinds = asked_kinds(plan.compared)
    if not kinds:
        return False
    asked = find_tags(plan.compared, pack.grammar)
    return not any(_about(e, asked, pack) and _holds_amount(e, kinds) for e in evidence)


def missing_terms(plan: QueryPlan, evidence: Sequence[Evidence], pack: Pack) -> list[str]:
    """Technical terms of the question, as written, that no passage found names in any form, language or unit.

    A unit of the plant is one too where the passages name others: of unit 4 nothing is told by the sheet of unit 1.
    """
    amounts = [q for e in evidence for q in find_quantities(e.chunk.text)]
    return [*(unnamed(plan, pack, evidence, amounts) or []), *_other_units(plan, evidence, pack)]


def _other_units(plan: QueryPlan, evidence: Sequence[Evidence], pack: Pack) -> list[str]:
    texts = [evidence_text(e) for e in evidence]
    named = {unit for text in texts for unit in plant_units(text)}
    asked = unit_words(plan.question)
    if not asked or not named or named & set(asked):
        return []
    # A sheet may name the unit by its tags alone.
    by_tag = {unit_of(tag.text) for text in texts for tag in find_tags(text, pack.grammar)}
    return [] if by_tag & set(asked) else list(asked.values())


def _about(evidence: Evidence, asked: Sequence[Tag], pack: Pack) -> bool:
    if not asked:
        return True
    kinds, wanted = {t.kind for t in asked}, {t.normal for t in asked}
    named = {t.normal for t in find_tags(evidence_text(evidence), pack.grammar) if t.kind in kinds}
    return not named or bool(named & wanted)


def _holds_amount(evidence: Evidence, kinds: Sequence[frozenset[str]]) -> bool:
    measured = {m.dimension for m in evidence.chunk.measures}
    if any(measured & kind for kind in kinds):
        return True
    return any(is_of_kind(q, kinds) for q in find_quantities(evidence.chunk.text))
