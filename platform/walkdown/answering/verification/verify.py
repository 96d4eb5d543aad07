"""All checks of one claim, and the search for the passage that carries a claim whose citation is missing or wrong."""

from collections.abc import Sequence
from typing import NamedTuple

from walkdown.answering.verification import checks, grounding
from walkdown.documents import Claim, Evidence, Language, Verdict
from walkdown.packs.schema import GlossaryEntry
from walkdown.text.tags import TagPattern


class Basis(NamedTuple):
    """What claims are checked against: the passages retrieved, the pack's grammar and glossary, and the question."""

    evidence: Sequence[Evidence]
    grammar: Sequence[TagPattern]
    glossary: Sequence[GlossaryEntry]
    question: str
    language: Language


def _checked(claim: Claim, basis: Basis) -> Claim:
    cited = [e for e in basis.evidence if e.number in claim.citations]
    found = [checks.check_citation(claim, basis.evidence)]
    if cited:
        found += [
            checks.check_numbers(claim, cited, basis.grammar),
            checks.check_comparators(claim, cited, basis.grammar),
            checks.check_tags(claim, cited, basis.grammar),
            checks.check_negation(claim, cited),
            grounding.check_terms(claim, cited, basis.glossary),
            grounding.check_grounding(claim, cited),
            grounding.check_relevance(basis.question, cited, basis.glossary),
        ]
        found.append(checks.check_anchor(found))
    found.append(checks.check_language(claim, basis.language))
    return claim.model_copy(update={"checks": tuple(found)})


def _passed(claim: Claim, name: str) -> bool:
    return any(c.name == name and c.verdict is Verdict.PASSED for c in claim.checks)


def verify_claim(claim: Claim, basis: Basis) -> Claim:
    """The claim with its checks; citations that do not resolve are dropped first.

    Small models cite carelessly: where the cited passage does not carry the claim and another retrieved one
    does and speaks of what was asked, the citation is set to that passage. The claim itself is never changed.
    """
    known = {e.number for e in basis.evidence}
    claim = claim.model_copy(update={"citations": tuple(n for n in claim.citations if n in known)})
    checked = _checked(claim, basis)
    if checked.supported:
        return checked
    for candidate in basis.evidence:
        rechecked = _checked(claim.model_copy(update={"citations": (candidate.number,)}), basis)
        if rechecked.supported and _passed(rechecked, "relevance"):
            return rechecked
    return checked
