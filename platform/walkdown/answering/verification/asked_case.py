"""The case that is asked of: a rule for small leaks is no answer about a large one, nor one that its note sets aside.

The statement a claim rests on may stand word for word and yet be of the other case: the test before use where that
after use is asked about, the general limit where the next line has another for the very product of the question.
"""

import re
from collections.abc import Sequence

from walkdown.answering.verification.denials import ANSWER_WORD, ONLY, denials, denies_first
from walkdown.answering.verification.exceptions import exception_of
from walkdown.answering.verification.grounding import content_words, share_held
from walkdown.answering.verification.intervals import amounts_asked
from walkdown.answering.verification.outcome import failed, passed, skipped
from walkdown.answering.verification.premises import lies_within
from walkdown.answering.verification.reading import Cited, Matched, Place, clause_at
from walkdown.answering.verification.statements import clauses
from walkdown.documents import Check, Claim
from walkdown.text.concepts import sides, words_of
from walkdown.text.held_words import holds, terms_of
from walkdown.text.languages import detect_language
from walkdown.text.quantities import Quantity, same_quantity

_CASES = ("large/small", "before use/after use", "summer/winter", "inside/outside", "hot/cold", "anode/cathode",
          "suction/discharge", "inlet/outlet", "upstream/downstream", "wet/dry", "high-high/low-low")  # fmt: skip
"""Pairs of cases that exclude each other, whichever words the rest of a sentence has."""
_VALUES = ("alarm/trip", "alert/action")
"""Pairs of values that one row has both of: who asks for the one is not told the other."""
_CODE = re.compile(r"(?<![A-Za-z0-9])([A-Za-z]{2,5})-?(\d{1,4}[A-Za-z]?)(?![A-Za-z0-9])")
_COVERED = 0.6
"""Share of the words of a claim, by rarity, that a statement about the same holds."""
_REASON = re.compile(r"때문(?:이|입)|\b(?:because|since)\b|因为|ため(?:です|だ)|からです|\bporque\b", re.IGNORECASE)
_LEAST = 2
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_CONDITION = re.compile(
    r"\b(?:if|when|unless|where|within|si|cuando)\b|이면|면[\s,]|경우|이내|때|如果|若|时|もし|場合|とき", re.IGNORECASE
)


def check_case(
    question: str, claim: Claim, carriers: Sequence[Place], cited: Cited, matched: Sequence[Matched]
) -> Check:
    """No statement that carries the claim is of the opposite case, or set aside by one about what is asked."""
    if not carriers or " | " in claim.text:
        return skipped("case", "no_carrier")
    if (wrong := _opposite_case(question, claim, carriers)) is not None:
        return wrong
    for place in carriers:
        excepted = exception_of(place)
        if (
            excepted
            and (code := _coded(question) & _coded(excepted) - _coded(claim.text))
            and not _is_told(claim, excepted, cited, matched)
            and not (ONLY.search(claim.text) and _coded(claim.text))
        ):
            return failed("case", "excepted", what=", ".join(sorted(code)), line=" ".join(excepted.split())[:100])
    if (limit := _beyond(question, claim, carriers, cited)) is not None:
        return failed("case", "beyond", amount=limit[0].text, limit=limit[1].text)
    if (other := _set_aside(question, claim, carriers, cited)) is not None:
        return failed("case", "set_aside", line=" ".join(other.statement.text.split())[:100])
    return passed("case")


def _opposite_case(question: str, claim: Claim, carriers: Sequence[Place]) -> Check | None:
    asked, said = sides(question), sides(claim.text)
    for name in (*_CASES, *_VALUES):
        side = asked.get(name)
        if side in (None, "both") or said.get(name) in ("both", side):
            continue
        there = [sides(p.statement.text).get(name) for p in carriers]
        given = name in _VALUES and not (denies_first(claim.text) or ONLY.search(claim.text))
        told = said.get(name) if given and any(_has_both(p, name) for p in carriers) else None
        if told or (name in _CASES and all(s not in (None, "both", side) for s in there)):
            other = told or there[0] or ""
            stated = words_of(name, other, carriers[0].statement.text)
            return failed("case", "other_case", stated=stated, asked=words_of(name, side or "", question))
    return None


def _has_both(place: Place, name: str) -> bool:
    """True for a statement that tells both sides of a pair, or has them over its cells (`Alert`, `Action`)."""
    told = {sides(text).get(name) for text in (place.statement.text, *(p.label for p in place.statement.parts))}
    return "both" in told or {"left", "right"} <= told


def _coded(text: str) -> set[str]:
    return {f"{m[1]}{m[2]}".upper() for m in _CODE.finditer(text)}


def _is_told(claim: Claim, excepted: str, cited: Cited, matched: Sequence[Matched]) -> bool:
    """True for a claim that gives an amount of the exception, or most of its words."""
    amounts = cited.reader.quantities(excepted)
    given = [m.quantity for m in matched]
    if amounts and given:
        return any(same_quantity(a, q) for a in amounts for q in given)
    return cited.share(cited.reader.features(excepted), claim.text) >= _COVERED


def _beyond(question: str, claim: Claim, carriers: Sequence[Place], cited: Cited) -> tuple[Quantity, Quantity] | None:
    """An amount of the question and the limit, told in a condition of every carrying statement, that it does not keep.

    "Within 10 min it may be resumed from step 6" tells nothing of 15 min, unless the claim names the limit or denies.
    """
    if denials(claim.text) or denies_first(claim.text):
        return None
    found: list[tuple[Quantity, Quantity]] = []
    asked = amounts_asked(question)
    for place in _told_by(claim, cited) or carriers:
        if place.statement.kind == "row":
            return None
        limits = [q for q in cited.reader.quantities(place.statement.text) if q.unit and q.comparator != "="]
        pairs = [(a, q) for a in asked for q in limits if q.dimension == a.dimension]
        told = cited.reader.quantities(claim.text)
        of_case = [
            (a, q)
            for a, q in pairs
            if _CONDITION.search(clause_at(place.statement.text, q.start))
            and not any(same_quantity(q, t) or same_quantity(a, t) for t in told)
        ]
        if len(pairs) != 1 or not of_case or lies_within(of_case[0][0], [of_case[0][1]]):
            return None
        if not set(content_words(question)) & set(content_words(clause_at(place.statement.text, of_case[0][1].start))):
            return None
        found += of_case
    return found[0] if found else None


def _told_by(claim: Claim, cited: Cited) -> list[Place]:
    """The statements that hold all words of the first clause of a claim: what is said to be so, before who decides."""
    first = clauses(ANSWER_WORD.sub("", claim.text))[0].text
    words, numbers = content_words(first), set(_NUMBER.findall(first))
    if len(words) < _LEAST:
        return []
    held = [p for p in cited.places if share_held(words, [p.statement.text], detect_language(claim.text)) == 1.0]
    return [p for p in held if numbers <= set(_NUMBER.findall(p.statement.text))]


def _holds_most(claim: Claim, text: str) -> bool:
    words = content_words(ANSWER_WORD.sub("", claim.text))
    return len(words) >= _LEAST and share_held(words, [text], detect_language(claim.text)) >= _COVERED


def _set_aside(question: str, claim: Claim, carriers: Sequence[Place], cited: Cited) -> Place | None:
    """A statement of the same passages about what the claim says that denies it and names more of what is asked."""
    own = [p.statement.text for p in carriers if not denials(p.statement.text) % 2]
    theirs = " ".join((claim.text, *own))
    more = [w for w in content_words(question) if not holds(terms_of(theirs), w)]
    if not more or denials(claim.text) % 2 or denies_first(claim.text) or _REASON.search(claim.text):
        return None
    for place in cited.places:
        text = place.statement.text
        squeezed = "".join(text.split()).lower()
        denied = [c.text for c in clauses(text) if denials(c.text) % 2]
        named = any(holds(terms_of(text), w) or w in squeezed for w in more)
        if place.statement.kind != "row" and named and any(_holds_most(claim, clause) for clause in denied):
            return place
    return None
