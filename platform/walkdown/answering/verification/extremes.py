"""The lowest and the highest of a column: of a log nothing else is said to be its lowest value."""

import re
from collections.abc import Sequence

from walkdown.answering.verification.carried_units import amounts_of
from walkdown.answering.verification.outcome import failed, passed, skipped
from walkdown.answering.verification.reading import Cited, Matched, Occurrence, clause_at
from walkdown.documents import Check, Claim
from walkdown.text.quantities import Quantity

_LOWEST = re.compile(
    r"\b(?:lowest|smallest)\b|최저값|최솟값|최소값|가장 (?:낮|작|적)|最低|最小|\b(?:más baj[oa]|mínimo registrado)\b",
    re.IGNORECASE,
)
_HIGHEST = re.compile(
    r"\b(?:highest|largest|peak)\b|최고값|최댓값|최대값|가장 (?:높|크|큰|많)|最高|最大|"
    r"\b(?:más alt[oa]|máximo registrado)\b",
    re.IGNORECASE,
)
_FEWEST = 3
"""Values that a column must have to be told its lowest."""


def check_extreme(claim: Claim, matched: Sequence[Matched], cited: Cited) -> Check:
    """What a claim calls the lowest (highest) value of a column is the lowest (highest) one there."""
    for item in matched:
        clause = clause_at(claim.text, item.quantity.start)
        low, high = bool(_LOWEST.search(clause)), bool(_HIGHEST.search(clause))
        rows = [o for o in item.places if o.place.statement.kind == "row" and o.part.label]
        if low == high or not rows or len(rows) < len(item.places) or not item.quantity.unit:
            continue
        for own in rows:
            others = _column(own, cited)
            beyond = [q for q in others if (q.base < own.quantity.base if low else q.base > own.quantity.base)]
            if len(others) < _FEWEST or not beyond:
                break
        else:
            return failed("extreme", "not_extreme", amount=item.quantity.text, other=beyond[0].text)
    told = _LOWEST.search(claim.text) or _HIGHEST.search(claim.text)
    return passed("extreme") if told else skipped("extreme", "nothing_extreme")


def _column(own: Occurrence, cited: Cited) -> list[Quantity]:
    """The single amounts of the same kind that stand under a cell's heading in the rows of its passage."""
    found = []
    for place in cited.places:
        row = place.statement
        if place.evidence != own.place.evidence or row.kind != "row":
            continue
        for part in (p for p in row.parts if p.label == own.part.label):
            values = amounts_of(row, part)
            found += values if len(values) == 1 and values[0].dimension == own.quantity.dimension else []
    return found
