"""Claims that join two passages: which may be joined, and which amounts must not be put together.

"Below 65 t/h it trips after 20 s" takes 65 t/h from the row of one pump and 20 s from the sheet of another, while the
row itself says 30 s. Both amounts stand in cited passages, each where the words of the claim point.
"""

import re
from collections.abc import Iterator, Sequence

from walkdown.answering.verification.outcome import failed, passed, skipped
from walkdown.answering.verification.owning import owners_of
from walkdown.answering.verification.reading import Cited, Matched, Occurrence, told_of
from walkdown.documents import Check, Claim
from walkdown.text.quantities import Quantity, same_quantity

_LEAST = 2
_ABOUT = 0.3
"""Share of the words said of an amount, by rarity, that a row about the same holds."""

_AND = re.compile(r"[이하되]?고[\s,]|며[\s,]|그리고|[,;、，；]|\b(?:and|while|y)\b|並び|그런데")
"""What parts two things that are told one after the other; without it, one is the case of the other."""


def check_joined(claim: Claim, matched: Sequence[Matched], cited: Cited) -> Check:
    """No amount from elsewhere takes the place of the one of its kind in the row of another amount of the claim."""
    amounts = [m for m in matched if m.quantity.unit and m.places]
    # "150 L for A and 90 L for B" tells of two things, and each has its own.
    if len(amounts) < _LEAST or len({o.name for o in owners_of(claim.text, cited.reader)}) >= _LEAST:
        return skipped("joined", "nothing_paired")
    if (wrong := _of_two_rows(claim, amounts, matched, cited)) is not None:
        return wrong
    numbers = [{o.place.evidence.number for o in m.places} for m in amounts]
    if len(cited.evidence) < _LEAST or set.intersection(*numbers):
        return skipped("joined", "nothing_paired")
    for i, item in enumerate(amounts):
        elsewhere = [
            m.quantity
            for m, found in zip(amounts, numbers, strict=True)
            if not found & numbers[i] and _is_of_row(claim, m.quantity, item, cited)
        ]
        if other := given_otherwise(elsewhere, [item], matched, cited):
            taken = next(q for q in elsewhere if q.dimension == other.quantity.dimension)
            return _said_otherwise(taken, item, other)
    return passed("joined")


def _of_two_rows(claim: Claim, amounts: Sequence[Matched], matched: Sequence[Matched], cited: Cited) -> Check | None:
    """The failure of `-260 mm after 5 s` where the row of -260 mm says 10 s, and 5 s stands in the next one."""
    for item in amounts:
        rows = [o.place for o in item.places]
        if len({(p.evidence.number, p.statement.start) for p in rows}) != 1 or rows[0].statement.kind != "row":
            continue
        elsewhere = [
            m.quantity
            for m in amounts
            if m.quantity.dimension != item.quantity.dimension
            and not any(o.place == rows[0] for o in m.places)
            and _is_of_row(claim, m.quantity, item, cited)
        ]
        if other := given_otherwise(elsewhere, [item], matched, cited):
            return _said_otherwise(next(q for q in elsewhere if q.dimension == other.quantity.dimension), item, other)
    return None


def _said_otherwise(taken: Quantity, item: Matched, other: Occurrence) -> Check:
    return failed(
        "joined", "row_says_otherwise", amount=taken.text, beside=item.quantity.text, stated=other.quantity.text
    )


def _is_of_row(claim: Claim, quantity: Quantity, holding: Matched, cited: Cited) -> bool:
    """True where a claim says of an amount what the row of another one is about, or that it follows from that one."""
    first, second = sorted((quantity, holding.quantity), key=lambda q: q.start)
    if not _AND.search(claim.text[first.end : second.start]):
        return True
    told = cited.reader.features(told_of(claim.text, quantity, cited.reader))
    return any(cited.share(told, o.place.statement.text) >= _ABOUT for o in holding.places)


def given_otherwise(
    lacking: Sequence[Quantity], holding: Sequence[Matched], matched: Sequence[Matched], cited: Cited
) -> Occurrence | None:
    """What the row of an amount that stands says, where a claim takes an amount of that kind from elsewhere.

    `Flow below the minimum | 65 t/h | 30 s` is not joined with the 20 s of another pump.
    """
    rows = [o.place for m in holding for o in m.places if o.place.statement.kind == "row"]
    given = [m.quantity for m in matched]
    kinds = {q.dimension for q in lacking}
    found = (
        o
        for o in cited.occurrences
        if o.place in rows
        and o.quantity.unit
        and o.quantity.dimension in kinds
        and not any(same_quantity(q, o.quantity) for q in given)
    )
    return next(found, None)


def passages_to_join(
    claim: Claim, matched: Sequence[Matched], cited: Cited, alone: Sequence[Cited], failures: frozenset[str]
) -> Iterator[tuple[int, ...]]:
    """The claim's citations with one more passage, where they hold some of its amounts and that one all others.

    An answer may join two passages ("150 L for A and 90 L for B") and cite one. Where they hold all amounts and give
    one of them to another thing than the claim does, a passage with all amounts may give it to both. `alone`: each
    passage found by itself.
    """
    of_unit = [m for m in matched if m.quantity.unit]
    lacking = [m.quantity for m in of_unit if not m.places]
    if not lacking and "pairing" in failures:
        lacking = [m.quantity for m in of_unit]
    elif (
        not lacking
        or len(lacking) == len(of_unit)
        or given_otherwise(lacking, [m for m in of_unit if m.places], of_unit, cited)
    ):
        return
    for one in alone:
        number = one.evidence[0].number
        stated = [o.quantity for o in one.occurrences]
        if number not in claim.citations and all(any(same_quantity(q, s) for s in stated) for q in lacking):
            yield (*claim.citations, number)
