"""What a claim says with the numbers left out: denials, and words that turn a sentence round.

Each clause of a claim is held against the clause of the cited passage that shares most of its words. Across languages
there is no such clause; then the statement that carries the claim's numbers, tags and terms is taken as a whole.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from walkdown.answering.verification.across import is_read, naming_most
from walkdown.answering.verification.denials import (
    ANSWER_WORD,
    LIMIT,
    NEGATION,
    ONLY,
    WITHOUT,
    bides,
    demands,
    denials,
    denied_amount,
    denies_a_duty,
    denies_an_amount,
    denies_otherwise,
    jumps_ahead,
    says_by_opposite,
    turned_clause,
    waits,
)
from walkdown.answering.verification.grounding import content_words
from walkdown.answering.verification.limits import forbids_beyond
from walkdown.answering.verification.outcome import failed, passed, skipped
from walkdown.answering.verification.reading import Cited, Matched, Place
from walkdown.answering.verification.statements import Part, clauses, split_statements
from walkdown.documents import Check, Claim
from walkdown.text.languages import detect_language
from walkdown.text.quantities import find_quantities

_OF_REASON = re.compile(r"때문(?:이다|입니다|이에요)\.?\s*$|ためです|からです")
"""A sentence that gives the reason of what the sentence before it denies."""
_TELLS = 2
"""Words that a denied clause must have, besides its denial, to be told from another."""
CLOSE = 0.6
"""Share of a clause's words, by weight, from which two clauses say the same thing."""
_ENDS = 12
"""Letters that may follow the denial on which a Korean clause ends."""
_SOME = 0.4
"""Share of a clause's words, by weight, that the clause must hold which it is then held against."""


class Basis(NamedTuple):
    """A claim's clauses, each with the passage's clauses that say the same, and the statements that carry the claim."""

    same_language: bool
    pairs: tuple[tuple[Part, tuple[Part, ...], float], ...]
    carriers: tuple[Place, ...]


def carriers(claim: Claim, cited: Cited, matched: Sequence[Matched]) -> tuple[Place, ...]:
    """The statements that carry a claim: those of its numbers, else the one that holds most of its words."""
    found: dict[tuple[int, int], Place] = {}
    features = cited.reader.features(claim.text)
    for item in matched:
        for o in item.places:
            found[o.place.evidence.number, o.place.statement.start] = o.place
    places = list(found.values()) or list(cited.places)
    if not places:
        return ()
    scores = [cited.held(features, p) for p in places]
    best = max(scores)
    if best <= 0 and not found:
        return naming_most(claim, cited) if is_read(claim, cited) else ()
    if best <= 0:
        # Between languages that share no word the amounts alone tell, and those that stand together.
        held = [sum(o.place == p for m in matched for o in m.places) for p in found.values()]
        return tuple(p for p, n in zip(found.values(), held, strict=True) if n == max(held))
    return tuple(p for p, s in zip(places, scores, strict=True) if s >= 0.9 * best)


def align(claim: Claim, cited: Cited, matched: Sequence[Matched]) -> Basis:
    """Hold a claim's clauses against the cited passage's."""
    language = detect_language(claim.text)
    same = [e for e in cited.evidence if detect_language(e.chunk.text) == language]
    parts = [p for place in cited.places if place.evidence in same for p in _fine(place)]
    pairs = []
    for part in _claim_parts(claim.text):
        features = cited.reader.features(part.text)
        if len(features) < 2 or not parts:
            continue
        shares = [cited.share(features, f"{p.label} {p.text}" if p.label else p.text) for p in parts]
        best = max(shares)
        if best >= CLOSE:
            near = tuple(p for p, s in zip(parts, shares, strict=True) if s >= best - 0.05)
            pairs.append((part, near, best))
    return Basis(bool(same), tuple(pairs), carriers(claim, cited, matched))


def _fine(place: Place) -> list[Part]:
    """The clauses of a statement; those of a cell keep its label."""
    return [c._replace(label=p.label) for p in place.statement.parts for c in clauses(p.text, p.start)]


def _claim_parts(text: str) -> tuple[Part, ...]:
    """A claim's clauses or cells, split as the passage's statements are."""
    if " | " in text:
        return tuple(c for p in split_statements(text)[0].parts for c in clauses(p.text, p.start))
    return clauses(ANSWER_WORD.sub(lambda m: " " * len(m.group()), text))


def _affirmed(claim: Claim, cited: Cited, basis: Basis) -> Part | None:
    """A clause of a carrying statement that denies what the claim affirms, though other clauses fit the claim better.

    "Wait for the trip when the alarm stands" says all of "Do not wait for the trip: when the alarm stands, ...".
    """
    if denials(claim.text) or ONLY.search(claim.text) or not basis.same_language:
        return None
    said = cited.reader.features(claim.text)
    for part in (p for place in basis.carriers for p in _fine(place)):
        # Sides of pairs are left out: a claim that names both has neither.
        own = {f for f in cited.reader.features(NEGATION.sub(" ", part.text)) if not f.startswith("~")}
        affirmed = denials(part.text) % 2 and len(own) >= _TELLS and own <= said
        if affirmed and not demands(claim.text, part.text):
            return part
    return None


def _of_its_time(claim: Claim, basis: Basis) -> Check | None:
    """The verdict on what may not be done before its time, which one denies and the other may say by `when`."""
    if early := next((p for p in basis.carriers if jumps_ahead(claim.text, p.statement.text)), None):
        return failed("negation", "passage_says", line=" ".join(early.statement.text.split())[:80])
    carriers = [p.statement.text for p in basis.carriers]
    if any((waits(claim.text) and waits(text)) or bides(claim.text, text) for text in carriers):
        return passed("negation")
    return None


def _turned(claim: Claim, cited: Cited, basis: Basis, matched: Sequence[Matched]) -> str:
    """The words of the passage that a claim turns round: affirmed, denied, or a duty told by two denials; else ""."""
    if (denied := _affirmed(claim, cited, basis)) is not None:
        return denied.text
    if basis.same_language and (part := denied_amount(claim, matched) or turned_clause(claim, cited, matched)):
        return part.text
    duties = (p.statement.text for p in basis.carriers if denies_a_duty(claim.text, p.statement.text))
    return next(duties, "")


_IF = re.compile(r"\s*(?:and |but |or )?(?:if|when|unless|where|should|si|cuando)\b|\s*(?:如果|若|もし)", re.IGNORECASE)
_CASE = re.compile(r"면\s?$|때\s?$|경우\s?$")


def _without_case(claim: Claim, question: str) -> Claim:
    """A claim without the case that it takes from the question: `EDG-3을 못 쓰게 되면` denies nothing of its own."""
    asked = frozenset(content_words(question))
    text = claim.text
    for part in clauses(text):
        words = content_words(part.text)
        if denials(part.text) and _CASE.search(part.text) and words and asked.issuperset(words):
            text = text.replace(part.text, " ", 1)
    return claim.model_copy(update={"text": text.strip(" ,") or claim.text})


def check_negation(
    claim: Claim, cited: Cited, basis: Basis, matched: Sequence[Matched] = (), question: str = ""
) -> Check:
    """What the passage forbids or denies is not affirmed, and the other way round."""
    claim = _without_case(claim, question)
    if turned := _turned(claim, cited, basis, matched):
        return failed("negation", "passage_says", line=" ".join(turned.split())[:80])
    if (timed := _of_its_time(claim, basis)) is not None:
        return timed
    claimed = denials(claim.text)
    for _, near, _ in basis.pairs:
        # A claim may cut a clause of the passage in two: what says the same is taken together.
        said_of = [" ".join(c.text for c, others, _ in basis.pairs if p in others) for p in near]
        if any(bool(ONLY.search(p.text)) != bool(ONLY.search(own)) for p, own in zip(near, said_of, strict=True)):
            continue
        if any(says_by_opposite(own, p.text) for p, own in zip(near, said_of, strict=True)):
            continue
        if all(denies_otherwise(own, p.text) for p, own in zip(near, said_of, strict=True)):
            said = " ".join(near[0].text.split())[:80]
            return failed("negation", "passage_says", line=said)
    if not basis.carriers:
        return skipped("negation", "no_carrier")
    stated = _denied_there(cited, basis)
    only = any(bool(ONLY.search(p.statement.text)) != bool(ONLY.search(claim.text)) for p in basis.carriers)
    limited = any(o.quantity.comparator != "=" for m in matched for o in m.places) or any(
        LIMIT.search(p.statement.text) for p in basis.carriers
    )
    # "never below 72 t/h" denies what "minimum flow 72 t/h" only implies.
    limited = limited or bool(LIMIT.search(claim.text))
    outright = denials(WITHOUT.sub(" ", claim.text))
    # "Do not stop the clock, and hold for 60 minutes at least" denies nothing that a limit implies.
    denying = [p.text for p in _claim_parts(claim.text) if denials(p.text)]
    bounded = all(find_quantities(text) or _CASE.search(text) or _IF.match(text) for text in denying)
    implied = bool(matched) and limited and bounded and not denies_an_amount(claim.text)
    if outright and not only and not any(stated) and not implied and not _denied_elsewhere(claim, cited):
        return failed("negation", "denies_nothing")
    short = all(len(p.statement.parts) <= 1 for p in basis.carriers)
    reason = _OF_REASON.search(claim.text)
    within = any(forbids_beyond(m) for m in matched)
    if not (claimed or only or reason or within) and short and not basis.pairs and _denied_alone(claim, cited, basis):
        return failed("negation", "denies_it")
    return passed("negation") if claimed or any(stated) else skipped("negation", "nothing_denied")


def _denied_elsewhere(claim: Claim, cited: Cited) -> bool:
    """True where each clause of a claim that denies something is a statement of its own: `no toluene was lost`."""
    denying = [p.text for p in _claim_parts(claim.text) if denials(p.text)]
    language = detect_language(claim.text)

    def says(text: str, place: Place) -> bool:
        if not denials(place.statement.text) % 2:
            return False
        if place.evidence.chunk.language != language:
            # Between languages the terms of the glossary and the tags that both hold tell.
            return bool(_bare(text, cited) & cited.reader.features(place.statement.text))
        return cited.share(_bare(text, cited), place.statement.text) >= CLOSE

    return bool(denying) and all(
        any(says(text, p) for p in cited.places) or _likest_denies(text, cited) for text in denying
    )


def _likest_denies(text: str, cited: Cited) -> bool:
    """True where the clauses of the passages that share most with one, and no little, all deny as it does."""
    words = _bare(text, cited)
    # `오염되지 않은 액은 다시 넣습니다` denies nothing of what is done.
    last = max((m.end() for m in NEGATION.finditer(text)), default=0)
    if detect_language(text) == "ko" and len(text) - last > _ENDS:
        return False
    parts = [p for place in cited.places for p in _fine(place)]
    shares = [cited.share(words, p.text) for p in parts] if len(words) > 1 else []
    most = max(shares, default=0.0)
    return most >= _SOME and all(denials(p.text) % 2 for p, s in zip(parts, shares, strict=True) if s >= most - 1e-6)


def _bare(text: str, cited: Cited) -> frozenset[str]:
    """The words of a text without its denial."""
    return cited.reader.features(NEGATION.sub(" ", text))


_BY_WORD = re.compile(
    r"\b(?:un(?:reacted|used|opened|changed|available|able|safe|mixed|treated|converted)|incomplete|impossible|inactive|"
    r"non-?[a-z]{3,}|lack\w*|missing|absen\w+|free of|fail\w* to|stops?|exclud\w+)\b|"
    r"미(?:반응|사용|완료|개봉|확인|처리)|멈|중지",
    re.IGNORECASE,
)


def _denied_alone(claim: Claim, cited: Cited, basis: Basis) -> bool:
    """True when each statement that carries a claim denies, and between languages its neighbours that speak of it."""
    said = cited.reader.features(claim.text)
    beside = [] if basis.same_language else [p for p in cited.places if _is_beside(p, basis.carriers)]
    speaking = [p for p in beside if said & cited.reader.features(p.statement.text)]
    return not _BY_WORD.search(claim.text) and all(denials(p.statement.text) % 2 for p in (*basis.carriers, *speaking))


def _denied_there(cited: Cited, basis: Basis) -> list[int]:
    """Denials of each statement that carries a claim; one sentence of Korean may be two in English."""
    beside = [] if basis.same_language else [p for p in cited.places if _is_beside(p, basis.carriers)]
    return [denials(p.statement.text) for p in (*basis.carriers, *beside)]


def _is_beside(place: Place, carriers: Sequence[Place]) -> bool:
    """True for the sentence before or after one that carries a claim."""
    return any(
        c.evidence.number == place.evidence.number
        and place.statement.kind != "row"
        and (0 <= place.statement.start - c.statement.end <= 2 or 0 <= c.statement.start - place.statement.end <= 2)
        for c in carriers
    )
