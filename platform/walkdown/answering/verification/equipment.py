"""The cited passage is about the equipment that was asked for: the pressure of BR-202 is no answer about BR-102."""

from collections.abc import Sequence

from walkdown.answering.verification.outcome import failed, passed, skipped
from walkdown.answering.verification.reading import Cited
from walkdown.answering.verification.sources import evidence_text
from walkdown.documents import Check, Claim
from walkdown.retrieval.exclusions import names_excluded


def check_asked(question: str, claim: Claim, cited: Cited, excluded: Sequence[str] = ()) -> Check:
    """A claim that names no tag takes it from the question, so its passage must name it and not only its neighbours.

    A passage that names no tag of that kind at all speaks of all equipment alike. A claim about nothing but what the
    question leaves out (`excluded`) is no answer.
    """
    asked = cited.reader.tags(question)
    wanted = {t.normal for t in asked}
    told = [t.normal for t in cited.reader.tags(claim.text)]
    if excluded and told and names_excluded(told, excluded) == set(told):
        return failed("asked", "left_out_by_question", others=", ".join(excluded))
    if not asked:
        return skipped("asked", "no_tag_asked")
    if wanted & set(told):
        return skipped("asked", "tag_in_claim")
    kinds = {t.kind for t in asked}
    named = [t for e in cited.evidence for t in cited.reader.tags(evidence_text(e)) if t.kind in kinds]
    if named and not wanted & {t.normal for t in named}:
        others = ", ".join(list(dict.fromkeys(t.text for t in named))[:3])
        return failed("asked", "other_equipment", others=others, asked=", ".join(t.text for t in asked))
    return passed("asked") if named else skipped("asked", "no_tag_there")
