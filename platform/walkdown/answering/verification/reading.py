"""Cited passages, read: their statements, the numbers in them, and what tells one statement from another."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from walkdown.answering.verification.carried_units import shared_unit, unit_of, with_unit
from walkdown.answering.verification.reach import said_of
from walkdown.answering.verification.reader import Reader
from walkdown.answering.verification.statements import Part, Statement, clauses, split_statements
from walkdown.documents import Evidence
from walkdown.text.languages import normalise
from walkdown.text.quantities import Quantity, find_quantities

_CONTEXT_SHARE = 0.5


class Place(NamedTuple):
    """A statement of a cited passage."""

    evidence: Evidence
    statement: Statement


class Occurrence(NamedTuple):
    """A number in a cited passage, with the clause or cell it stands in and all that is said of it there."""

    place: Place
    part: Part
    quantity: Quantity
    said: Part


class Matched(NamedTuple):
    """A number of a claim and the places where it stands for what the claim says; the rival, if one fits better."""

    quantity: Quantity
    places: tuple[Occurrence, ...]
    rival: Occurrence | None = None


class Cited:
    """The passages a claim cites, read: their statements, the numbers in them, and what tells statements apart."""

    def __init__(self, evidence: Sequence[Evidence], reader: Reader) -> None:
        self.evidence, self.reader = tuple(evidence), reader
        self.places = tuple(Place(e, s) for e in evidence for s in split_statements(normalise(e.chunk.text)))
        self._idf = _rarity(reader.features(p.statement.text) for p in self.places)
        self._part_idf = _rarity(self.part_features(q) for p in self.places for q in p.statement.parts)
        self.occurrences = tuple(self._occurrences())

    def part_features(self, part: Part) -> frozenset[str]:
        """What a clause or cell speaks of, its label included."""
        own = self.reader.features(part.text)
        return own | self.reader.features(part.label) if part.label else own

    def _occurrences(self) -> Iterable[Occurrence]:
        for place in self.places:
            statement = place.statement
            stated = (*self.reader.quantities(statement.text), *self.reader.written(statement.text))
            for q in stated:
                at = statement.start + q.start
                part = next((p for p in statement.parts if p.start <= at < p.end), None)
                whole = part or Part(statement.start, statement.end, statement.text)
                said = (
                    whole if statement.kind == "row" else whole._replace(text=said_of(statement.text, q.start, stated))
                )
                yield Occurrence(place, whole, q, said)
                if (unit := shared_unit(q, stated, statement)) and part:
                    yield Occurrence(place, part, with_unit(q, unit), whole)
                # A bare number under "Least, mm" may be said with the unit or as it stands; one that a list lends a
                # unit (`LL 6, 10분`) may have that of its row instead.
                bare = not q.unit or q.unit not in q.text
                unit = unit_of(statement, part, q) if part and bare and statement.kind == "row" else ""
                if unit and part:
                    yield Occurrence(place, part, with_unit(q, unit), part)

    def weight(self, features: Iterable[str]) -> float:
        """How much features tell of a statement: rare ones more."""
        return sum(self._idf.get(f, 0.0) for f in features)

    def held(self, claim: frozenset[str], place: Place) -> float:
        """Weight of a claim's features that a statement holds; what stands above it counts half."""
        own = self.reader.features(place.statement.text)
        above = self.reader.features(self.reader.context(place.evidence)) - own
        return self.weight(claim & own) + _CONTEXT_SHARE * self.weight(claim & above)

    def held_by_part(self, clause: frozenset[str], part: Part) -> float:
        """Weight of a clause's features that a clause or cell holds."""
        return sum(self._part_idf.get(f, 0.0) for f in clause & self.part_features(part))

    def share(self, features: frozenset[str], text: str) -> float:
        """Share of features, by weight, that a text holds; features that no passage holds weigh like rare ones."""
        features = frozenset(f for f in features if f[0] not in "~@§")
        top = max(self._idf.values(), default=1.0)
        total = sum(self._idf.get(f, top) for f in features)
        return sum(self._idf.get(f, top) for f in features & self.reader.features(text)) / total if total else 0.0


def _rarity(sets: Iterable[frozenset[str]]) -> dict[str, float]:
    listed = list(sets)
    counts = Counter(f for features in listed for f in features)
    return {f: math.log(1.0 + len(listed) / n) for f, n in counts.items()}


def clause_at(text: str, position: int) -> str:
    """The clause or cell of a text that holds a position."""
    cells = " | " in text
    parts = split_statements(text)[0].parts if cells and split_statements(text) else clauses(text)
    return next((p.text for p in parts if p.start <= position < p.end), text)


def told_of(claim: str, quantity: Quantity, reader: Reader) -> str:
    """What a claim says of one of its numbers: its cell, or its clause with what follows from it."""
    if " | " in claim:
        return clause_at(claim, quantity.start)
    return said_of(claim, quantity.start, reader.quantities(claim))


def _ends_at(text: str, one: Part, other: Part, beside: Part) -> bool:
    """True where a clause beside has an amount, or tells of something else: `it is 30 s; the LL delay stays`."""
    if find_quantities(beside.text):
        return True
    return ";" in text[one.end - 1 : other.start + 1] or _CONTRASTS.search(one.text) is not None


_CONTRASTS = re.compile(r"(?:지만|반면|는데|으나),?\s*$")


def about_at(text: str, position: int) -> str:
    """The clause that holds a position, with the clauses on both sides that hold no amount of their own.

    "0.5 µS/cm 이상이면 트립이다" tells of 0.5 in one clause and what happens at it in the next.
    """
    if " | " in text:
        return clause_at(text, position)
    parts = clauses(text)
    own = next((i for i, p in enumerate(parts) if p.start <= position < p.end), None)
    if own is None:
        return text
    first = last = own
    while first > 0 and not _ends_at(text, parts[first - 1], parts[first], parts[first - 1]):
        first -= 1
    while last + 1 < len(parts) and not _ends_at(text, parts[last], parts[last + 1], parts[last + 1]):
        last += 1
    return text[parts[first].start : parts[last].end]
