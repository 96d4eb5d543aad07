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
    denials,
    denied_amount,
    denies_a_duty,
    denies_an_amount,
    denies_otherwise,
    jumps_ahead,
    turned_clause,
    waits,
)
from walkdown.answering.verification.grounding import content_words
from walkdown.answering.verification.outcome import failed, passed, skipped
from walkdown.answering.verification.reading import TELLING, Cited, Matched, Place, about_at, clause_at
from walkdown.answering.verification.statements import Part, clauses, split_statements
from walkdown.documents import Check, Claim
from walkdown.text.concepts import sides, words_of
from walkdown.text.languages import detect_language
from walkdown.text.quantities import find_quantities

_OF_REASON = re.compile(r"때문(?:이다|입니다|이에요)\.?\s*$|ためです|からです")
"""A sentence that gives the reason of what the sentence before it denies."""
_TELLS = 2
"""Words that a denied clause must have, besides its denial, to be told from another."""
CLOSE = 0.6
"""Share of a clause's words, by weight, from which two clauses say the same thing."""
_SHARPEST = "alarm/trip"
_SHARP = (_SHARPEST, "high-high/low-low")
"""Pairs of which a clause of prose tells as much as a heading does."""
_LOOSE_PAIRS = (
    "and/or", "first/last", "slow/fast", "gas/liquid", "all/any", "add/remove", "high/low", "must/may",
    "normal/abnormal", "warm/standby", "local/remote", "accept/reject", "before/after",
)  # fmt: skip
"""Pairs whose words have other senses: they count between clauses that say nearly the same only."""
_NEARLY = 0.8


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
        if denials(part.text) % 2 and len(own) >= _TELLS and own <= said:
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
    if not (claimed or only or reason) and short and not basis.pairs and _denied_alone(claim, cited, basis):
        return failed("negation", "denies_it")
    return passed("negation") if claimed or any(stated) else skipped("negation", "nothing_denied")


def _denied_elsewhere(claim: Claim, cited: Cited) -> bool:
    """True where each clause of a claim that denies something is a statement of its own: `no toluene was lost`."""
    denying = [p.text for p in _claim_parts(claim.text) if denials(p.text)]
    return bool(denying) and all(
        any(
            denials(p.statement.text) % 2 and cited.share(_bare(text, cited), p.statement.text) >= CLOSE
            for p in cited.places
        )
        for text in denying
    )


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


def check_opposites(claim: Claim, cited: Cited, basis: Basis, matched: Sequence[Matched] = ()) -> Check:
    """No word is put for its opposite: `open` for `close`, `alarm` for `trip`, `before` for `after`."""
    wrong = next((w for item in matched if (w := _under_opposite(claim, item))), None)
    if wrong is not None:
        return wrong
    parts = [o.part for item in matched for o in item.places]
    told = {sides(f"{p.label} {p.text}").get(_SHARPEST) for p in parts}
    for part, near, share in basis.pairs:
        for name, side in sides(part.text).items():
            if side == "both" or (name in _LOOSE_PAIRS and share < _NEARLY):
                continue
            # "It trips when above 1.0" has its amount in the other clause, and that has told.
            if name == _SHARPEST and side in told:
                continue
            there = [sides(f"{p.label} {p.text}").get(name) for p in near]
            if there and all(s not in (None, side, "both") for s in there):
                return _opposite(name, side, part.text, near[0].text)
    if turned := _turned_as_a_whole(claim, cited, basis):
        return turned
    return passed("opposites") if sides(claim.text) else skipped("opposites", "no_opposite")


def _turned_as_a_whole(claim: Claim, cited: Cited, basis: Basis) -> Check | None:
    """Where every statement that carries a claim, with what stands above it, has only the other word of a pair."""
    texts = [f"{cited.reader.context(p.evidence)}\n{p.statement.text}" for p in basis.carriers]
    for name, side in sides(claim.text).items():
        told = side != "both" and name not in _LOOSE_PAIRS
        if texts and told and all(sides(t).get(name) not in (None, side, "both") for t in texts):
            return _opposite(name, side, claim.text, basis.carriers[0].statement.text)
    return None


def _under_opposite(claim: Claim, item: Matched) -> Check | None:
    """A trip that stands under `Alarm` in a table, whether or not the row has another amount under `Trip`.

    In prose a clause tells as much of alarm and trip alone ("above 0.5 µS/cm alarm, 1.0 µS/cm trip").
    """
    places = [o.part for o in item.places]
    if not places:
        return None
    own, around = (at(claim.text, item.quantity.start) for at in (clause_at, about_at))
    for name, side in {**sides(around), **sides(own)}.items():
        if side == "both" or name not in TELLING or not (name in _SHARP or all(p.label for p in places)):
            continue
        there = [sides(f"{p.label} {p.text}").get(name) for p in places]
        if all(s not in (None, side, "both") for s in there):
            said = own if name in sides(own) else around
            return _opposite(name, side, said, f"{places[0].label} {places[0].text}")
    return None


def _opposite(name: str, side: str, claim: str, passage: str) -> Check:
    other = "right" if side == "left" else "left"
    there, here = words_of(name, other, passage), words_of(name, side, claim)
    return failed("opposites", "opposite", stated=there or name, claimed=here)
