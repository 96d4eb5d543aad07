"""A question that names no unit of the plant, answered from the documents of one: the others' values are shown too.

Twin documents differ in one number. Which unit is meant is not for the model to choose, so where a passage found says
the same of another unit with another amount, that statement is put beside the answer word for word.
"""

from collections.abc import Iterator, Sequence

from walkdown.answering.verbatim import statement_of
from walkdown.answering.verification import Basis
from walkdown.answering.verification.reading import Occurrence
from walkdown.documents import Claim, DocumentStatus
from walkdown.retrieval.intent import plant_units
from walkdown.text.labels import find_labels
from walkdown.text.quantities import same_quantity
from walkdown.text.tags import find_tags, of_unit

_SAME = 0.75
"""Share of the words of each statement, by weight, that the other must hold, units apart."""


def with_other_units(claims: Sequence[Claim], basis: Basis) -> tuple[tuple[Claim, ...], dict[str, Occurrence]]:
    """The claims, followed by what is said of other units; and each unit's amount, by its index ("1", "2").

    Nothing is added where the question names a unit or a tag.
    """
    amounts: dict[str, Occurrence] = {}
    if plant_units(basis.question) or find_tags(basis.question, basis.grammar):
        return tuple(claims), amounts
    shown = list(claims)
    for one, other in _twins(claims, basis):
        amounts.setdefault(_unit_of(one), one)
        if _unit_of(other) in amounts:
            continue
        amounts[_unit_of(other)] = other
        claim = statement_of(other, "other_unit")
        if all(claim.text not in c.text for c in shown):
            shown.append(claim)
    return tuple(shown), amounts


def _twins(claims: Sequence[Claim], basis: Basis) -> Iterator[tuple[Occurrence, Occurrence]]:
    """(amount that a claim rests on, another amount said of the same thing at another unit)."""
    everything = [
        o
        for o in basis.everything.occurrences
        if o.quantity.unit and o.place.evidence.chunk.status is DocumentStatus.IN_FORCE
    ]
    for one in everything:
        if not any(_carries(one, claim, basis) for claim in claims):
            continue
        mine = _unit_of(one)
        yield from (
            (one, other)
            for other in everything
            if one.quantity.dimension == other.quantity.dimension
            and not same_quantity(one.quantity, other.quantity)
            and mine
            and _unit_of(other) not in ("", mine)
            and _says_the_same(one, other, basis)
        )


def _carries(occurrence: Occurrence, claim: Claim, basis: Basis) -> bool:
    statement, number = occurrence.place.statement, occurrence.place.evidence.number
    there = any(s.number == number and s.start < statement.end and statement.start < s.end for s in claim.spans)
    return there and any(same_quantity(occurrence.quantity, q) for q in basis.reader.quantities(claim.text))


def _unit_of(occurrence: Occurrence) -> str:
    """The one unit that a statement is about, by its own words or by what stands above it; "" where that is open."""
    chunk = occurrence.place.evidence.chunk
    for text in (occurrence.place.statement.text, *reversed(chunk.heading_path), chunk.title):
        units = {x.number for x in find_labels(text) if x.kind == "unit"}
        if units:
            return units.pop() if len(units) == 1 else ""
    return ""


def _says_the_same(one: Occurrence, other: Occurrence, basis: Basis) -> bool:
    a, b = one.place.statement.text, other.place.statement.text
    reader, read = basis.reader, basis.everything
    if {of_unit(t.normal, "*") for t in reader.tags(a)} != {of_unit(t.normal, "*") for t in reader.tags(b)}:
        return False
    mine, theirs = (frozenset(f for f in reader.features(t) if f[0] not in "#§") for t in (a, b))
    if len(mine) < 2 or read.share(mine, b) < _SAME or read.share(theirs, a) < _SAME:
        return False
    if one.part.label or other.part.label:
        return one.part.label == other.part.label
    return read.share(read.part_features(one.part), other.part.text) >= _SAME
