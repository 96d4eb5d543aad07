"""All checks of one claim, and the search for the passage that carries a claim whose citation is missing or wrong."""

from collections.abc import Sequence

from walkdown.answering.verification import checks
from walkdown.documents import Claim, Evidence, Language
from walkdown.text.tags import TagPattern


def _checked(
    claim: Claim, evidence: Sequence[Evidence], grammar: Sequence[TagPattern], question: str, language: Language
) -> Claim:
    cited = [e for e in evidence if e.number in claim.citations]
    citation = checks.check_citation(claim, evidence)
    found = [citation]
    if cited:
        found += [
            checks.check_numbers(claim, cited, grammar),
            checks.check_comparators(claim, cited, grammar),
            checks.check_tags(claim, cited, grammar),
            checks.check_negation(claim, cited),
            checks.check_grounding(claim, cited, question),
        ]
        found.append(checks.check_anchor(found))
    found.append(checks.check_language(claim, language))
    return claim.model_copy(update={"checks": tuple(found)})


def verify_claim(
    claim: Claim, evidence: Sequence[Evidence], grammar: Sequence[TagPattern], *, question: str, language: Language
) -> Claim:
    """The claim with its checks; citations that do not resolve are dropped first.

    Small models cite carelessly: where the cited passage does not carry the claim and another retrieved one
    does, the citation is set to that passage. The claim itself is never changed.
    """
    known = {e.number for e in evidence}
    claim = claim.model_copy(update={"citations": tuple(n for n in claim.citations if n in known)})
    checked = _checked(claim, evidence, grammar, question, language)
    if checked.supported:
        return checked
    for candidate in evidence:
        recited = claim.model_copy(update={"citations": (candidate.number,)})
        rechecked = _checked(recited, evidence, grammar, question, language)
        if rechecked.supported:
            return rechecked
    return checked
