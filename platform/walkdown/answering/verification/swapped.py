"""Two amounts that a sentence tells apart are not changed over: `a true 68 t/h read as 74` for `a true 74 read as 68`.

Both stand in the sentence, and for its subject. What tells them apart there are the words on their two sides; so the
claim's words before and after each amount are held against those before and after each in the sentence.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from walkdown.answering.verification.outcome import failed, passed, skipped
from walkdown.answering.verification.reader import Reader
from walkdown.answering.verification.reading import Matched, Occurrence, clause_at
from walkdown.answering.verification.statements import clauses
from walkdown.documents import Check, Claim
from walkdown.text.concepts import sides
from walkdown.text.languages import detect_language, normalise
from walkdown.text.quantities import Quantity

_MARGIN = 2
"""Words more that must stand beside the amounts changed over than beside them as they are."""
_BESIDE = 30
"""Characters beside an amount that are taken to speak of it."""
_PARTICLE = re.compile(r"[가-힣]{1,2}(?![가-힣])")
_FROM_TO = re.compile(r"\b(from|to|at|of|by|instead of|rather than)\s+(?:every\s+)?$", re.IGNORECASE)
_FALLS = re.compile(
    r"\b(?:falls?|drops?|sinks?|below|lower than|down to)\b|떨어|내려|낮아|아래|밑으로|低于|降到|下が|\b(?:baja|cae)\b",
    re.IGNORECASE,
)
_RISES = re.compile(
    r"\b(?:rises?|climbs?|above|exceeds?|higher than|up to)\b|"
    r"올라|오르|높아|넘|초과|高于|升到|上が|\b(?:sube|supera)\b",
    re.IGNORECASE,
)
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


def check_direction(claim: Claim, matched: Sequence[Matched]) -> Check:
    """What is told of falling is not the amount called high in a cell of two: `950 °C high, 760 °C low`."""
    looked = False
    for item in matched:
        clause = clause_at(claim.text, item.quantity.start)
        falls, rises = bool(_FALLS.search(clause)), bool(_RISES.search(clause))
        there = [sides(_beside_in_cell(o)).get("high/low") for o in item.places]
        if falls == rises or not there or not all(there):
            continue
        looked = True
        if all(side == ("left" if falls else "right") for side in there):
            return failed("swapped", "passage_says", line=" ".join(item.places[0].part.text.split())[:90])
    return passed("swapped") if looked else skipped("swapped", "nothing_paired")


def _beside_in_cell(occurrence: Occurrence) -> str:
    """The clause of a cell in which an amount stands; empty where the cell tells of no other."""
    parts = clauses(occurrence.part.text, occurrence.part.start)
    at = occurrence.place.statement.start + occurrence.quantity.start
    own = next((p.text for p in parts if p.start <= at < p.end), "")
    return own if len(parts) > 1 else ""


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
    if (particle := _PARTICLE.match(after)) is not None:
        found.add(f">{particle.group()}")
    if (word := _FROM_TO.search(before)) is not None:
        # What was before is told by `from 6` and by `instead of every 6`; it tells more than any other word.
        told = "from" if word[1].lower() in ("instead of", "rather than") else word[1].lower()
        found |= {f"<{told}", f"<<{told}"}
    return frozenset(found)
