"""Two amounts that a sentence tells apart are not changed over: `a true 68 t/h read as 74` for `a true 74 read as 68`.

Both stand in the sentence, and for its subject. What tells them apart there are the words on their two sides; so the
claim's words before and after each amount are held against those before and after each in the sentence.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from walkdown.answering.verification.outcome import failed, passed, skipped
from walkdown.answering.verification.reading import Matched, Occurrence, Reader
from walkdown.documents import Check, Claim
from walkdown.text.languages import detect_language, normalise
from walkdown.text.quantities import Quantity

_MARGIN = 2
"""Words more that must stand beside the amounts changed over than beside them as they are."""
_BESIDE = 30
"""Characters beside an amount that are taken to speak of it."""
_PARTICLE = re.compile(r"[가-힣]{1,2}(?![가-힣])")
_FROM_TO = re.compile(r"\b(from|to|at|of|by)\s+$", re.IGNORECASE)
Sides = frozenset[str]


def check_swapped(claim: Claim, matched: Sequence[Matched], reader: Reader) -> Check:
    """The words beside two amounts of a claim are not those beside the other of the two, in every sentence of both."""
    text = normalise(claim.text)
    amounts = [m for m in matched if m.quantity.unit and m.places]
    if " | " in text:
        return skipped("swapped", "nothing_paired")
    looked = False
    for one, other in combinations(amounts, 2):
        if one.quantity.dimension != other.quantity.dimension or one.quantity.base == other.quantity.base:
            continue
        ours = [_beside(text, m.quantity, [x.quantity for x in matched], reader) for m in (one, other)]
        there = list(_sentences(claim, one, other))
        looked = looked or bool(there)
        if there and all(_changed_over(ours, pair, reader) for pair in there):
            line = " ".join(there[0][0].place.statement.text.split())[:90]
            return failed("swapped", "passage_says", line=line)
    return passed("swapped") if looked else skipped("swapped", "nothing_paired")


def _sentences(claim: Claim, one: Matched, other: Matched) -> Iterator[tuple[Occurrence, Occurrence]]:
    """The two amounts in each sentence of the claim's language that holds both."""
    language = detect_language(claim.text)
    for a in one.places:
        for b in other.places:
            prose = a.place.statement.kind != "row" and a.place.evidence.chunk.language == language
            if prose and a.place == b.place:
                yield a, b


def _changed_over(ours: Sequence[Sides], pair: tuple[Occurrence, Occurrence], reader: Reader) -> bool:
    text = pair[0].place.statement.text
    stated = reader.quantities(text)
    first, second = (_beside(text, o.quantity, stated, reader) for o in pair)
    straight = len(ours[0] & first) + len(ours[1] & second)
    return len(ours[0] & second) + len(ours[1] & first) >= straight + _MARGIN


def _beside(text: str, quantity: Quantity, amounts: Sequence[Quantity], reader: Reader) -> Sides:
    """The words before and after an amount, each marked with its side, as far as the next amount."""
    begin = max([q.end for q in amounts if q.end <= quantity.start] + [quantity.start - _BESIDE, 0])
    end = min([q.start for q in amounts if q.start >= quantity.end] + [quantity.end + _BESIDE, len(text)])
    before, after = text[begin : quantity.start], text[quantity.end : end]
    found = {f"<{f}" for f in reader.features(before)} | {f">{f}" for f in reader.features(after)}
    particle, word = _PARTICLE.match(after), _FROM_TO.search(before)
    found |= {f">{particle.group()}"} if particle else set()
    return frozenset(found | ({f"<{word[1].lower()}"} if word else set()))
