"""The single checks. Each takes a claim and the cited evidence and returns a `Check` with its reason."""

import re
from collections.abc import Sequence

from walkdown.documents import Check, Claim, Evidence, Language, Verdict
from walkdown.text.languages import detect_language, normalise
from walkdown.text.lexical import terms
from walkdown.text.quantities import Comparator, Quantity, find_quantities, same_quantity
from walkdown.text.tags import TagPattern, find_tags

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
MIN_OVERLAP = 0.5
"""Share of a claim's content terms that the cited evidence must hold when both are in one language."""


def evidence_text(evidence: Evidence) -> str:
    """What a claim may rest on: the passage and where it stands (title, revision, headings)."""
    chunk = evidence.chunk
    return "\n".join(part for part in (chunk.title, chunk.document_id, *chunk.heading_path, chunk.text) if part)


def _passed(name: str, reason: str = "") -> Check:
    return Check(name=name, verdict=Verdict.PASSED, reason=reason)


def _failed(name: str, reason: str) -> Check:
    return Check(name=name, verdict=Verdict.FAILED, reason=reason)


def _skipped(name: str, reason: str) -> Check:
    return Check(name=name, verdict=Verdict.SKIPPED, reason=reason)


def check_citation(claim: Claim, cited: Sequence[Evidence]) -> Check:
    """Every citation resolves to a passage retrieved for this question, and there is at least one."""
    known = {e.number for e in cited}
    dangling = [n for n in claim.citations if n not in known]
    if dangling:
        return _failed("citation", f"there is no evidence {dangling}")
    if not claim.citations:
        return _failed("citation", "no evidence is cited")
    return _passed("citation")


def _outside_tags(text: str, grammar: Sequence[TagPattern]) -> str:
    """The text with tags blanked out, so that their digits are not taken for quantities."""
    for tag in find_tags(text, grammar):
        text = text[: tag.start] + " " * (tag.end - tag.start) + text[tag.end :]
    return text


def check_numbers(claim: Claim, cited: Sequence[Evidence], grammar: Sequence[TagPattern]) -> Check:
    """Every number of the claim, with its unit, stands in the cited evidence (unit-aware)."""
    claimed = find_quantities(_outside_tags(claim.text, grammar))
    if not claimed:
        return _skipped("numbers", "the claim holds no number")
    stated = [q for e in cited for q in find_quantities(evidence_text(e))]
    for quantity in claimed:
        if not any(_stands(quantity, other, cited) for other in stated):
            return _failed("numbers", f"{quantity.text} does not stand in the cited passage")
    return _passed("numbers", ", ".join(q.text for q in claimed))


def _stands(claimed: Quantity, stated: Quantity, cited: Sequence[Evidence]) -> bool:
    if not same_quantity(claimed, stated):
        return False
    # A table states its unit in the header: then the claim's unit must stand somewhere in the passage.
    if claimed.unit and not stated.unit:
        return any(claimed.unit.lower() in normalise(evidence_text(e)).lower() for e in cited)
    return True


def check_comparators(claim: Claim, cited: Sequence[Evidence], grammar: Sequence[TagPattern]) -> Check:
    """No limit is turned round: `at least` never stands for `at most`."""
    claimed = [q for q in find_quantities(_outside_tags(claim.text, grammar)) if q.comparator != "="]
    if not claimed:
        return _skipped("comparators", "the claim sets no limit")
    stated = [q for e in cited for q in find_quantities(evidence_text(e))]
    for quantity in claimed:
        same = [q.comparator for q in stated if same_quantity(quantity, q)]
        if same and all(c in _OPPOSITE[quantity.comparator] for c in same):
            return _failed("comparators", f"{quantity.text}: the passage says {same[0]}, not {quantity.comparator}")
    return _passed("comparators")


def check_tags(claim: Claim, cited: Sequence[Evidence], grammar: Sequence[TagPattern]) -> Check:
    """Every equipment tag and document number of the claim stands in the cited evidence."""
    claimed = find_tags(claim.text, grammar)
    if not claimed:
        return _skipped("tags", "the claim names no tag")
    stated = {t.normal for e in cited for t in find_tags(evidence_text(e), grammar)}
    missing = [t.text for t in claimed if t.normal not in stated]
    if missing:
        return _failed("tags", f"{', '.join(missing)} does not stand in the cited passage")
    return _passed("tags", ", ".join(t.text for t in claimed))


def check_grounding(claim: Claim, cited: Sequence[Evidence], question: str) -> Check:
    """Enough of the claim's words stand in the cited evidence or in the question.

    Only within one language; across languages the numbers, units and tags carry the check.
    """
    language = detect_language(claim.text)
    same = [e for e in cited if e.chunk.language == language]
    if not same:
        return _skipped("grounding", "claim and passage are in different languages")
    claimed = set(terms(claim.text))
    if not claimed:
        return _skipped("grounding", "the claim holds no content word")
    held = {t for e in same for t in terms(evidence_text(e))}
    overlap = len(claimed & (held | set(terms(question)))) / len(claimed)
    if overlap < MIN_OVERLAP or not claimed & held:
        return _failed("grounding", f"only {overlap:.0%} of its words stand in the cited passage")
    return _passed("grounding", f"{overlap:.0%} of its words")


def check_negation(claim: Claim, cited: Sequence[Evidence]) -> Check:
    """A claim that forbids or denies needs evidence that does."""
    if not _NEGATION.search(claim.text):
        return _skipped("negation", "the claim denies nothing")
    if any(_NEGATION.search(evidence_text(e)) for e in cited):
        return _passed("negation")
    return _failed("negation", "the cited passage denies nothing")


def check_language(claim: Claim, language: Language) -> Check:
    """The claim is in the reader's language; one of codes and numbers only is in any."""
    words = re.sub(r"[^\w\s]|\d|_", " ", claim.text).split()
    if len("".join(words)) < 12:
        return _skipped("language", "too short to tell")
    found = detect_language(claim.text)
    if found == language:
        return _passed("language")
    return _failed("language", f"the claim is in {found}, not {language}")


def check_anchor(found: Sequence[Check]) -> Check:
    """Something of the claim was positively found in the cited evidence: a number, a tag, or enough of its words.

    Without this a claim that every other check skipped would stand on nothing.
    """
    anchors = [c.name for c in found if c.name in ("numbers", "tags", "grounding") and c.verdict is Verdict.PASSED]
    if anchors:
        return _passed("anchor", ", ".join(anchors))
    return _failed("anchor", "nothing of it could be found in the cited passage")
