"""What one sentence joins: two amounts of it go together, and are joined by `and` or by `or`, as they do there.

"50 m; if more than 1 m3 leaks, 150 m" is not "above 1 m3, 50 m", and "above 750 °C and within 2 minutes" is not "or".
Amounts tell this in any language.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from walkdown.answering.verification.outcome import failed, passed, skipped
from walkdown.answering.verification.reading import Cited, Matched, Occurrence, Place
from walkdown.answering.verification.statements import Statement
from walkdown.documents import Check, Claim
from walkdown.text.languages import normalise
from walkdown.text.quantities import same_quantity

_PARTED = re.compile(
    r"[;.。；](?=\s|$)|[。；]|,\s(?=(?:and|but|while|whereas|pero|mientras)\s)|(?<![가-힣])(?:단|다만)[,\s]|ただし|但"
)
"""What parts a case with an amount of its own from what was said before it."""
_OR = re.compile(r"거나|또는|혹은|이든|\bor\b|或|または|もしくは|\s[ou]\s")
_AND = re.compile(r"[가-힣]고(?=\s)|[가-힣]며(?=\s)|그리고|(?<![가-힣])및(?![가-힣])|\band\b|且|并|かつ|\sy\s")
_ONLY = re.compile(
    r"에만|에서만|[A-Za-z0-9]만(?![가-힣])|\bonly\b|只|だけ|のみ|\bs[oó]lo\b|\bsolamente\b", re.IGNORECASE
)
_EVERY = re.compile(
    r"\beither\b|\bboth\b|\bany\b|어느\s[가-힣A-Z]+(?:든|이나)|모든|모두|양쪽|两[台个]|任[一何]|均|どちらも|両方|いずれも|"
    r"\bamb[oa]s\b|\bcualquiera?\b|\btod[oa]s\b",
    re.IGNORECASE,
)


_CASES = {
    "or": re.compile(
        r"거나\s[^.]{2,80}?(?:면|경우|때)|\b(?:if|when|provided|where)\b[^.;]{2,80}?\bor\b|\bsi\b[^.;]{2,80}?\s[ou]\s",
        re.IGNORECASE,
    ),
    "and": re.compile(
        r"(?<=[가-힣])[고며]\s[^.]{2,80}?(?:면|경우|때)|\b(?:if|when|provided|where)\b[^.;]{2,80}?\band\b|"
        r"\bsi\b[^.;]{2,80}?\sy\s",
        re.IGNORECASE,
    ),
}
"""Two conditions, by what joins them."""


def check_together(claim: Claim, matched: Sequence[Matched], carriers: Sequence[Place], cited: Cited) -> Check:
    """No amount of a sentence is said of another's case, two keep their `and` or `or`, and `both` is no `only one`."""
    if " | " in claim.text:
        return skipped("together", "nothing_paired")
    if wrong := _narrowed(claim, carriers) or _other_condition(claim, carriers):
        return wrong
    placed = [(m, m.places[0]) for m in matched if m.quantity.unit and _of_one_sentence(m)]
    for item, own in placed:
        for beside, there in placed:
            if own.place != there.place or item.quantity.dimension == beside.quantity.dimension:
                continue
            if other := _of_its_case(own, there, [m for m, _ in placed], cited):
                return failed(
                    "together",
                    "case_says_otherwise",
                    amount=item.quantity.text,
                    beside=beside.quantity.text,
                    stated=other.quantity.text,
                )
    if wrong := _joined_otherwise(claim, placed):
        return wrong
    return passed("together") if len(placed) > 1 else skipped("together", "nothing_paired")


def _of_one_sentence(item: Matched) -> bool:
    places = {(o.place.evidence.number, o.place.statement.start) for o in item.places}
    return len(places) == 1 and item.places[0].place.statement.kind != "row"


def _of_its_case(own: Occurrence, there: Occurrence, given: Sequence[Matched], cited: Cited) -> Occurrence | None:
    """The amount that the sentence has in the case of another one, where a claim takes that of another case."""
    statement = own.place.statement
    mine, theirs = _case(statement, own), _case(statement, there)
    if mine == theirs:
        return None
    alike = [
        o
        for o in cited.occurrences
        if o.place == own.place and o.quantity.unit and o.quantity.dimension == own.quantity.dimension
    ]
    if any(_case(statement, o) == theirs and same_quantity(o.quantity, own.quantity) for o in alike):
        return None
    if any(_case(statement, o) == mine for o in alike if o.quantity.dimension == there.quantity.dimension):
        return None
    return next(
        (
            o
            for o in alike
            if _case(statement, o) == theirs and not any(same_quantity(o.quantity, m.quantity) for m in given)
        ),
        None,
    )


def _case(statement: Statement, of: Occurrence) -> int:
    return sum(m.end() <= of.quantity.start for m in _PARTED.finditer(statement.text))


def _joined_otherwise(claim: Claim, placed: Sequence[tuple[Matched, Occurrence]]) -> Check | None:
    text = normalise(claim.text)
    in_order = sorted(placed, key=lambda pair: pair[0].quantity.start)
    for (one, here), (other, there) in pairwise(in_order):
        if here.place != there.place or here.quantity.start >= there.quantity.start:
            continue
        said = text[one.quantity.end : other.quantity.start]
        stated = here.place.statement.text[here.quantity.end : there.quantity.start]
        claimed, told = _joints(said), _joints(stated)
        if len(claimed) == 1 and len(told) == 1 and claimed.keys() != told.keys():
            return failed(
                "together", "opposite", stated=next(iter(told.values())), claimed=next(iter(claimed.values()))
            )
    return None


def _joints(text: str) -> dict[str, str]:
    """By which of `and` and `or` a text joins, with the word."""
    found = ((name, pattern.search(text)) for name, pattern in (("or", _OR), ("and", _AND)))
    return {name: match.group().strip() for name, match in found if match}


def _narrowed(claim: Claim, carriers: Sequence[Place]) -> Check | None:
    """The failure of `only on ISO-B` where the statement says `on either`."""
    only = _ONLY.search(claim.text)
    if not only or _EVERY.search(claim.text) or not carriers:
        return None
    every = [_EVERY.search(p.statement.text) for p in carriers]
    if not (first := every[0]) or not all(every) or any(_ONLY.search(p.statement.text) for p in carriers):
        return None
    return failed("together", "opposite", stated=first.group(), claimed=only.group())


def _other_condition(claim: Claim, carriers: Sequence[Place]) -> Check | None:
    """The failure of `if A or B` where each statement that carries it says `if A and B`, or the other way round."""
    claimed, stated = _case_of(claim.text), {_case_of(p.statement.text) for p in carriers}
    if not claimed or len(stated) != 1 or stated & {"", claimed}:
        return None
    return failed("together", "opposite", stated=stated.pop(), claimed=claimed)


def _case_of(text: str) -> str:
    found = [name for name, pattern in _CASES.items() if pattern.search(normalise(text))]
    return found[0] if len(found) == 1 else ""
