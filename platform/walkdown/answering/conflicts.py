"""Sources in force that contradict each other: both values are shown and neither is chosen."""

from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

from walkdown.answering.verification import Basis
from walkdown.answering.verification.reading import Cited, Occurrence
from walkdown.documents import Claim, DocumentStatus, Evidence
from walkdown.text.labels import find_labels
from walkdown.text.quantities import same_quantity

_SAME = 0.75
"""Share of the words of each statement, by weight, that the other must hold to speak of the same thing."""


class Conflict(NamedTuple):
    """Two statements of different documents that give different amounts for one thing."""

    one: Occurrence
    other: Occurrence


def _units(item: Evidence) -> set[str]:
    """What sets documents of one form apart: the plant unit, level or grade in title and headings."""
    text = "\n".join((item.chunk.title, *item.chunk.heading_path))
    return {f"{x.kind} {x.number}" for x in find_labels(text) if x.kind in ("unit", "grade", "zone", "train")}


def _about_the_same(one: Occurrence, other: Occurrence, both: Cited) -> bool:
    a, b = one.place.statement.text, other.place.statement.text
    reader = both.reader
    keys = [{t.normal for t in reader.tags(t)} | {f"{x.kind}{x.number}" for x in find_labels(t)} for t in (a, b)]
    titles = [{t.normal for t in reader.tags(o.place.evidence.chunk.title)} for o in (one, other)]
    if keys[0] != keys[1] or titles[0] != titles[1] or _units(one.place.evidence) != _units(other.place.evidence):
        return False
    mine, theirs = reader.features(a), reader.features(b)
    return len(mine) > 3 and both.share(mine, b) >= _SAME and both.share(theirs, a) >= _SAME


def _told_apart(one: Occurrence, other: Occurrence, both: Cited) -> bool:
    """True when the clauses around the numbers name different things: the alarm here, the trip there."""
    a, b = both.part_features(one.part), both.part_features(other.part)
    return both.share(a, f"{other.part.label} {other.part.text}") < _SAME or len(a) < 1 or not b


def find_conflicts(claims: Sequence[Claim], basis: Basis) -> list[Conflict]:
    """Contradictions between the statements that carry the claims and other retrieved passages in force."""
    in_force = [e for e in basis.evidence if e.chunk.status is DocumentStatus.IN_FORCE]
    cited = {n for claim in claims for n in claim.citations}
    out: list[Conflict] = []
    for left, right in combinations(in_force, 2):
        if left.chunk.document_id == right.chunk.document_id or not {left.number, right.number} & cited:
            continue
        if left.chunk.language != right.chunk.language:
            continue
        both = basis.cited((left.number, right.number))
        mine = [o for o in both.occurrences if o.place.evidence is left and o.quantity.unit]
        theirs = [o for o in both.occurrences if o.place.evidence is right and o.quantity.unit]
        out += [
            Conflict(a, b)
            for a in mine
            for b in theirs
            if a.quantity.dimension == b.quantity.dimension
            and not same_quantity(a.quantity, b.quantity)
            and not _elsewhere(a, b, both)
            and _about_the_same(a, b, both)
            and not _told_apart(a, b, both)
        ]
    return out[:3]


def _elsewhere(one: Occurrence, other: Occurrence, both: Cited) -> bool:
    """True when each statement also holds the other's amount: then they do not disagree."""
    held = [o.quantity for o in both.occurrences if o.place.statement is one.place.statement]
    counter = [o.quantity for o in both.occurrences if o.place.statement is other.place.statement]
    return any(same_quantity(other.quantity, q) for q in held) or any(same_quantity(one.quantity, q) for q in counter)
