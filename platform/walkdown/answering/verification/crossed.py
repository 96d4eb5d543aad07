"""Two words of two pairs: "the heavier goes to the bottom" does not stand where it goes to the top, the lighter below.

Both sides of both pairs stand in the passage, so no single word tells; which of them stand together in a clause does.
Likewise two gases and two amounts: three purges with nitrogen and two with hydrogen.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations

from walkdown.answering.verification.outcome import failed, passed, skipped
from walkdown.answering.verification.reader import Reader
from walkdown.answering.verification.reading import Cited, Matched, Place
from walkdown.answering.verification.statements import clauses
from walkdown.documents import Check, Claim
from walkdown.text.concepts import sides, words_of
from walkdown.text.quantities import Quantity
from walkdown.text.substances import substances

_LOOSE = ("and/or", "must/may", "all/any", "allow/forbid", "before/after", "add/remove", "accept/reject", "pass/fail")
_OTHER = {"left": "right", "right": "left"}


def check_crossed(claim: Claim, matched: Sequence[Matched], carriers: Sequence[Place], cited: Cited) -> Check:
    """What stands together in a clause of the claim does so in the passage, where that parts both pairs by clauses."""
    if " | " in claim.text or not carriers:
        return skipped("crossed", "nothing_paired")
    seen = {combo for p in carriers for c in clauses(p.statement.text) for combo in _together(c.text)}
    for part in clauses(claim.text):
        for (one, side), (two, other) in _together(part.text):
            against = {((one, side), (two, _OTHER[other])), ((one, _OTHER[side]), (two, other))}
            if against <= seen and ((one, side), (two, other)) not in seen:
                first, second = words_of(one, side, part.text), words_of(two, other, part.text)
                return failed("crossed", "stand_apart", one=first, other=second)
    wrong = _other_substance(claim, matched, cited)
    return failed("crossed", "stand_apart", one=wrong[0], other=wrong[1].text) if wrong else passed("crossed")


def _together(text: str) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    """The sides of two pairs that a clause touches, each on one side only."""
    told = [(name, side) for name, side in sorted(sides(text).items()) if side != "both" and name not in _LOOSE]
    yield from combinations(told, 2)


def _other_substance(claim: Claim, matched: Sequence[Matched], cited: Cited) -> tuple[str, Quantity] | None:
    """A substance and an amount that a sentence of the passage gives crosswise to another of each."""
    mine = _amounts_by_substance(claim.text, cited.reader)
    for place in [o.place for m in matched for o in m.places if o.place.statement.kind != "row"]:
        theirs = _amounts_by_substance(place.statement.text, cited.reader)
        for a, b in combinations([name for name in mine if name in theirs], 2):
            own, other = _key(mine[a][1]), _key(mine[b][1])
            if own != other and (own, other) == (_key(theirs[b][1]), _key(theirs[a][1])):
                return mine[a]
    return None


def _amounts_by_substance(text: str, reader: Reader) -> dict[str, tuple[str, Quantity]]:
    """Each substance with the first amount behind it."""
    amounts = sorted(reader.quantities(text), key=lambda q: q.start)
    places = sorted((text.find(written), name, written) for name, written in substances(text).items())
    out: dict[str, tuple[str, Quantity]] = {}
    for i, (at, name, written) in enumerate(places):
        end = places[i + 1][0] if i + 1 < len(places) else len(text)
        if (found := next((q for q in amounts if at <= q.start < end), None)) is not None:
            out[name] = (written, found)
    return out


def _key(quantity: Quantity) -> tuple[float, str]:
    return quantity.base, quantity.dimension
