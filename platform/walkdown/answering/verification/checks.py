"""The single checks. Each takes a claim and the cited evidence and returns a `Check` with its reason."""

import re
from collections.abc import Sequence

from walkdown.answering.verification.outcome import failed, passed, skipped
from walkdown.answering.verification.sources import evidence_text
from walkdown.documents import Check, Claim, Evidence, Language, Verdict
from walkdown.text.languages import detect_language, normalise
from walkdown.text.quantities import Comparator, Quantity, find_quantities, same_quantity
from walkdown.text.tags import Tag, TagPattern, find_tags

_OPPOSITE: dict[Comparator, tuple[Comparator, ...]] = {
    ">=": ("<=", "<"),
    ">": ("<=", "<"),
    "<=": (">=", ">"),
    "<": (">=", ">"),
    "=": (),
}
_NEGATION = re.compile(
    r"\b(?:not|never|no|without|cannot|prohibited|forbidden)\b|n't\b"
    r"|금지|않|아니|못하|없|말아야|말 것|안 된다|안된다|불가"
)


def check_citation(claim: Claim, cited: Sequence[Evidence]) -> Check:
    """Every citation resolves to a passage retrieved for this question, and there is at least one."""
    known = {e.number for e in cited}
    dangling = [n for n in claim.citations if n not in known]
    if dangling:
        return failed("citation", f"there is no evidence {dangling}")
    if not claim.citations:
        return failed("citation", "no evidence is cited")
    return passed("citation")


def _quantities(text: str, grammar: Sequence[TagPattern]) -> list[Quantity]:
    """Quantities outside tags; where a tag rule would eat a unit (`m3`), the quantity wins."""
    tags = _tags(text, grammar)
    return [q for q in find_quantities(text) if not any(t.start <= q.start and q.end <= t.end for t in tags)]


def _tags(text: str, grammar: Sequence[TagPattern]) -> list[Tag]:
    """Tags that are not the unit of a quantity."""
    units = [(q.start, q.end) for q in find_quantities(text) if q.unit]
    return [t for t in find_tags(text, grammar) if not any(a < t.end and t.start < b for a, b in units)]


def check_numbers(claim: Claim, cited: Sequence[Evidence], grammar: Sequence[TagPattern]) -> Check:
    """Every number of the claim, with its unit, stands in the cited evidence (unit-aware)."""
    claimed = _quantities(claim.text, grammar)
    if not claimed:
        return skipped("numbers", "the claim holds no number")
    stated = [q for e in cited for q in find_quantities(evidence_text(e))]
    for quantity in claimed:
        if not any(_stands(quantity, other, cited) for other in stated):
            return failed("numbers", f"{quantity.text} does not stand in the cited passage")
    return passed("numbers", ", ".join(q.text for q in claimed))


def _stands(claimed: Quantity, stated: Quantity, cited: Sequence[Evidence]) -> bool:
    if not same_quantity(claimed, stated):
        return False
    # A table states its unit in the header: then the claim's unit must stand somewhere in the passage.
    if claimed.unit and not stated.unit:
        return any(claimed.unit.lower() in normalise(evidence_text(e)).lower() for e in cited)
    return True


def check_comparators(claim: Claim, cited: Sequence[Evidence], grammar: Sequence[TagPattern]) -> Check:
    """No limit is turned round: `at least` never stands for `at most`."""
    claimed = [q for q in _quantities(claim.text, grammar) if q.comparator != "="]
    if not claimed:
        return skipped("comparators", "the claim sets no limit")
    stated = [q for e in cited for q in find_quantities(evidence_text(e))]
    for quantity in claimed:
        same = [q.comparator for q in stated if same_quantity(quantity, q)]
        if same and all(c in _OPPOSITE[quantity.comparator] for c in same):
            return failed("comparators", f"{quantity.text}: the passage says {same[0]}, not {quantity.comparator}")
    return passed("comparators")


def check_tags(claim: Claim, cited: Sequence[Evidence], grammar: Sequence[TagPattern]) -> Check:
    """Every equipment tag and document number of the claim stands in the cited evidence."""
    claimed = _tags(claim.text, grammar)
    if not claimed:
        return skipped("tags", "the claim names no tag")
    stated = {t.normal for e in cited for t in find_tags(evidence_text(e), grammar)}
    missing = [t.text for t in claimed if t.normal not in stated]
    if missing:
        return failed("tags", f"{', '.join(missing)} does not stand in the cited passage")
    return passed("tags", ", ".join(t.text for t in claimed))


def check_negation(claim: Claim, cited: Sequence[Evidence]) -> Check:
    """A claim that forbids or denies needs evidence that does."""
    if not _NEGATION.search(claim.text):
        return skipped("negation", "the claim denies nothing")
    if any(_NEGATION.search(evidence_text(e)) for e in cited):
        return passed("negation")
    return failed("negation", "the cited passage denies nothing")


def check_language(claim: Claim, language: Language) -> Check:
    """The claim is in the reader's language; one of codes and numbers only is in any."""
    words = re.sub(r"[^\w\s]|\d|_", " ", claim.text).split()
    if len("".join(words)) < 12:
        return skipped("language", "too short to tell")
    found = detect_language(claim.text)
    if found == language:
        return passed("language")
    return failed("language", f"the claim is in {found}, not {language}")


def check_anchor(found: Sequence[Check]) -> Check:
    """Something of the claim was positively found in the evidence: a number, a tag, a term, or enough of its words.

    Without this a claim that every other check skipped would stand on nothing.
    """
    anchors = [
        c.name for c in found if c.name in ("numbers", "tags", "grounding", "terms") and c.verdict is Verdict.PASSED
    ]
    if anchors:
        return passed("anchor", ", ".join(anchors))
    return failed("anchor", "nothing of it could be found in the cited passage")
