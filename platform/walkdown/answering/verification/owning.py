"""Whose an amount is: the tag or plant unit that it is said of in a row, under a heading or in a clause."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from walkdown.answering.verification.reader import Reader
from walkdown.answering.verification.reading import Cited, Occurrence
from walkdown.answering.verification.statements import clauses
from walkdown.text.codes import EQUIPMENT_LIKE, PRODUCT
from walkdown.text.labels import find_labels
from walkdown.text.quantities import Quantity

_LEAST = 2
_OWNERS = ("unit", "train", "channel", "line")
_CODE = re.compile(
    r"(?<![A-Za-z0-9-])(?=[0-9A-Z-]*[A-Z])[0-9]?[A-Z]{1,5}-?[A-Z]?\d{2,5}[A-Z]?(?:-\d)?(?![A-Za-z0-9-])|"
    rf"{PRODUCT}"
)
"""Equipment by a tag that the pack's grammar does not know."""


_AND = re.compile(r"\s?(?:와|과|및|,|/|·|and|y|和|と|、)\s?")


class Owner(NamedTuple):
    """A tag or a plant unit of a text, by its normal form."""

    name: str
    written: str
    start: int
    end: int


def owners_of(text: str, reader: Reader, *, every: bool = False) -> list[Owner]:
    """What amounts of a text may belong to, in order; `every`: codes beside tags of other letters, too."""
    found = [Owner(t.normal, t.text, t.start, t.end) for t in reader.tags(text)]
    # Of `ST-10 and ST-20` the grammar may know but one.
    kinds = {_letters(o.written) for o in found}
    spans = {m.span() for pattern in (_CODE, EQUIPMENT_LIKE) for m in pattern.finditer(text)}
    codes = [Owner(text[a:b].upper().replace("-", ""), text[a:b], a, b) for a, b in sorted(spans)]
    taken = [(o.start, o.end) for o in found]
    found += [
        o
        for o in codes
        if (every or not kinds or _letters(o.written) in kinds) and not any(a < o.end and o.start < b for a, b in taken)
    ]
    if not found:
        labels = [x for x in find_labels(text) if x.kind in _OWNERS]
        found = [Owner(f"{x.kind} {x.number}", text[x.start : x.end].strip(), x.start, x.end) for x in labels]
    return sorted(found, key=lambda owner: owner.start)


def are_alike(one: Owner, other: Owner) -> bool:
    """True for things of one kind by the letters of their tags, or both plant units: CT-1 and CT-2."""
    return (
        one.name.split(" ")[0] == other.name.split(" ")[0]
        if " " in one.name
        else _letters(one.written) == _letters(other.written)
    )


def _letters(code: str) -> str:
    return re.split(r"[\d-]", code.upper(), maxsplit=1)[0]


def told_apart(occurrence: Occurrence, cited: Cited) -> list[str]:
    """Whose an amount is, then whose the other amounts of its kind are; empty where a line does not tell them apart.

    `below 150 °C on ST-10 and below 120 °C on ST-20`, and the cells of a row under names of equipment.
    """
    reader, statement = cited.reader, occurrence.place.statement
    if statement.kind == "row":
        heads = [{o.name for o in owners_of(p.label, reader)} for p in statement.parts]
        own = {o.name for o in owners_of(occurrence.part.label, reader)}
        if len(own) != 1:
            whose = _respectively(statement.text, _alike(statement.text, occurrence, reader), reader)
            mine = whose.get(occurrence.quantity.start)
            return [mine, *(name for name in whose.values() if name != mine)] if mine else []
        return [*own, *(name for head in heads if len(head) == 1 for name in head - own)]
    alike = _alike(statement.text, occurrence, reader)
    whose = _in_turns(statement.text, alike, reader) or _by_clause(statement.text, alike, reader)
    mine = whose.get(occurrence.quantity.start)
    return [mine, *(name for name in whose.values() if name != mine)] if mine else []


def _alike(text: str, occurrence: Occurrence, reader: Reader) -> list[Quantity]:
    return [q for q in reader.quantities(text) if q.dimension == occurrence.quantity.dimension]


def _respectively(text: str, alike: Sequence[Quantity], reader: Reader) -> dict[int, str]:
    """The same for two things and then their two amounts: `minimum flow of units 1 and 2? 65 t/h and 72 t/h`."""
    owners = owners_of(text, reader)
    apart = len({o.name for o in owners}) == len(owners) == len(alike) == _LEAST
    if not apart or owners[-1].end > alike[0].start or not _AND.fullmatch(text[alike[0].end : alike[1].start]):
        return {}
    return {q.start: o.name for q, o in zip(alike, owners, strict=True)}


def _in_turns(text: str, alike: Sequence[Quantity], reader: Reader) -> dict[int, str]:
    """Where each amount begins, and whose it is, if amounts and owners take turns; else nothing."""
    # `V-1 25 min, V-2 35 min, line TL-5 20 min`: the grammar may know the first two only.
    told = (owners_of(text, reader, every=every) for every in (False, True))
    owners = next((o for o in told if len(o) == len(alike)), [])
    if len(alike) < _LEAST or len(owners) != len(alike) or len({o.name for o in owners}) != len(owners):
        return {}
    order = sorted([(o.start, 0) for o in owners] + [(q.start, 1) for q in alike])
    if any(kind != (order[0][1] + i) % 2 for i, (_, kind) in enumerate(order)):
        return {}
    return {q.start: o.name for q, o in zip(alike, owners, strict=True)}


def _by_clause(text: str, alike: Sequence[Quantity], reader: Reader) -> dict[int, str]:
    """The same for clauses about one thing each: `it lasts 45 min; ST-1 needs 12 min and ST-2 needs 28 min`."""
    whose: dict[int, str] = {}
    for part in clauses(text):
        names = {o.name for o in owners_of(part.text, reader)}
        own = [q for q in alike if part.start <= q.start < part.end]
        if len(names) == 1 and len(own) == 1:
            whose[own[0].start] = names.pop()
    return whose if len(set(whose.values())) >= _LEAST else {}
