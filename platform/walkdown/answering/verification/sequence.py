"""What comes first: a claim that tells an order tells that of the passage's steps and rows.

"First 650 kg/h, then 850" holds two amounts of a table whose rows have them the other way, and "first isolate the
battery" a step that is the third.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from walkdown.answering.verification.outcome import failed, passed, skipped
from walkdown.answering.verification.reading import Matched, Occurrence, Place
from walkdown.documents import Check, Claim
from walkdown.retrieval.foreign_passages import language_of
from walkdown.retrieval.foreign_words import READ
from walkdown.text.languages import normalise
from walkdown.text.lexical import terms

_FIRST = re.compile(
    r"^\W*(?:먼저|우선|제일 먼저|가장 먼저|맨 먼저|"
    r"first(?:ly| of all)?|the first (?:thing|step)|首先|先|まず|最初に|primero|en primer lugar)(?![A-Za-z])",
    re.IGNORECASE,
)
_THEN = re.compile(
    r"그\s?다음|그런\s?뒤|그\s?뒤|그러고|이어서?\s|다음에|\bthen\b|\bafter that\b|\bnext\b|然后|接着|再|次に|その後|"
    r"\b(?:luego|después)\b",
    re.IGNORECASE,
)


_ACTIONS = re.compile(r"[,;.:。、，；：]|\s(?:y|e|luego|después)\s|(?:然后|接着|次に|その後)")
_TURNED = re.compile(r"\bantes de|\bdespués de|之前|之后|前に|後に|てから")
_SAID = 0.5
"""Share of the words of an action that one of the passage must have to be it."""
_FEWEST = 2
"""Actions of a claim that one statement must tell to be a list of them."""


def check_sequence(claim: Claim, matched: Sequence[Matched], carriers: Sequence[Place]) -> Check:
    """Amounts told one after the other stand so in the passage, and what is told to be first is no later step."""
    text = normalise(claim.text)
    first, then = _FIRST.search(text), _THEN.search(text)
    if not first and not then:
        return skipped("sequence", "no_order")
    within = _within(text, carriers) if then else ()
    if any(a > b for a, b in pairwise(within)):
        return failed("sequence", "not_first", number=str(min(within) + 1), line=_short(carriers[0]))
    if first and len(within) < _FEWEST and (late := _late_step(carriers)) is not None:
        return failed("sequence", "not_first", number=str(late.statement.step), line=_short(late))
    amounts = sorted((m for m in matched if m.quantity.unit and m.places), key=lambda m: m.quantity.start)
    for one, other in pairwise(amounts) if then else ():
        between = text[one.quantity.end : other.quantity.start]
        same = one.quantity.dimension == other.quantity.dimension and one.quantity.base != other.quantity.base
        if same and _THEN.search(between) and _all_before(other.places, one.places):
            return failed("sequence", "other_order", first=other.quantity.text, then=one.quantity.text)
    return passed("sequence")


def _within(text: str, carriers: Sequence[Place]) -> tuple[int, ...]:
    """The places, in one statement, of the actions that a claim tells one after the other; empty in other words.

    Looked at in the languages that are read: of Korean and English the other checks of this package know more. Where
    one of the two says `before` or `after` the order of its clauses is not that of what is done.
    """
    own = carriers[0].statement.text if len(carriers) == 1 else ""
    if language_of(text) not in READ or language_of(own) != language_of(text) or _TURNED.search(f"{text}\n{own}"):
        return ()
    stated = [set(terms(piece)) for piece in _ACTIONS.split(own)]
    found = []
    for piece in _ACTIONS.split(text):
        said = set(terms(piece))
        shares = [len(said & held) / len(said) if said else 0.0 for held in stated]
        best = max(shares)
        if best >= _SAID and shares.count(best) == 1:
            found.append(shares.index(best))
    return tuple(found)


def _late_step(carriers: Sequence[Place]) -> Place | None:
    """The statement that carries a claim, where each that does is a later step of its list."""
    late = [p for p in carriers if p.statement.step is not None and p.statement.step > 1]
    return late[0] if late and len(late) == len(carriers) else None


def _all_before(ones: Sequence[Occurrence], others: Sequence[Occurrence]) -> bool:
    """True when every place of some amounts stands before every place of others, in rows or steps."""
    pairs = [(a.place, b.place) for a in ones for b in others]
    return all(
        a.evidence.number == b.evidence.number and a.statement.end <= b.statement.start and _ordered(a) and _ordered(b)
        for a, b in pairs
    )


def _ordered(place: Place) -> bool:
    """True for a row or a step: sentences of prose are not always in the order of what is done."""
    return place.statement.kind in ("row", "step")


def _short(place: Place) -> str:
    return " ".join(place.statement.text.split())[:80]
