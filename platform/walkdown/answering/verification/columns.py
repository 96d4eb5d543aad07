"""Codes under the heading that a table has them under: the valves of the steam line are not those of the liquid line.

Amounts are held against each other by their words (`amounts`); a list of isolation points has none. Looked at are rows
where more than one cell holds codes, so that one may be taken for another.
"""

from collections.abc import Sequence
from typing import NamedTuple

from walkdown.answering.verification.carried_units import amounts_of
from walkdown.answering.verification.reader import TELLING, Reader
from walkdown.answering.verification.reading import Matched, Occurrence, Place, clause_at, told_of
from walkdown.answering.verification.statements import Part, Statement, value_of_cell
from walkdown.documents import Claim
from walkdown.retrieval.lexicon import Concept
from walkdown.retrieval.naming import names
from walkdown.text.concepts import sides
from walkdown.text.heads import REMARK_COLUMN
from walkdown.text.languages import detect_language, normalise
from walkdown.text.quantities import Quantity


class Misplaced(NamedTuple):
    """Codes with the heading they stand under, and the one that a claim gives them."""

    what: str
    column: str
    claimed: str


def misplaced(claim: Claim, carriers: Sequence[Place], reader: Reader) -> Misplaced | None:
    """The codes that a claim puts under another heading; None where it does not.

    Only where every row that carries the claim has them under another heading than the one that the claim names.
    """
    rows = [p.statement for p in carriers if p.statement.kind == "row"]
    reasons = [_misplaced(claim, row, reader) for row in rows]
    return reasons[0] if reasons and all(reasons) and len(rows) == len(carriers) else None


class _Said(NamedTuple):
    """An amount of a claim with its clause, and what that speaks of."""

    quantity: Quantity
    clause: str
    spoken: tuple[Concept, ...]


def under_other_name(claim: Claim, matched: Sequence[Matched], reader: Reader) -> tuple[Occurrence, str] | None:
    """An amount of a row, and the heading of the row's other amount that the claim speaks of.

    `below 55 %: action` for a row with `Action limit: below 70 % | Rejection limit: below 55 %`, in another language;
    in the same one words have told (`amounts`), but of a remark.
    """
    language = detect_language(claim.text)
    clauses = [told_of(claim.text, m.quantity, reader) for m in matched]
    said = [_Said(m.quantity, c, reader.known_concepts(c)) for m, c in zip(matched, clauses, strict=True)]
    for item, own in zip(matched, said, strict=True):
        places = [o for o in item.places if o.place.evidence.chunk.language != language or _is_remark(o.part)]
        found = [(o, _meant(o, own, said)) for o in places]
        if found and len(found) == len(item.places) and all(label for _, label in found):
            return found[0]
    return None


def _is_remark(part: Part) -> bool:
    return REMARK_COLUMN.fullmatch(part.label.strip()) is not None


def _meant(own: Occurrence, mine: _Said, said: Sequence[_Said]) -> str:
    """The heading of another amount of the row that names what is spoken of, where the own one names none of it.

    Where the claim gives that amount too, under its heading, it is not the one that was meant.
    """
    at = own.place.statement.start + own.quantity.start - own.part.start
    # What a remark tells of its amounts stands in its clauses.
    here = _told(own.part.label, mine) | (_told(clause_at(own.part.text, at), mine) if _is_remark(own.part) else set())
    for part in own.place.statement.parts if own.place.statement.kind == "row" else ():
        there = _told(part.label, mine) if part.label else set()
        amounts = amounts_of(own.place.statement, part)
        held = [q for q in amounts if _comparable(q, own.quantity) and _comparable(q, mine.quantity)]
        placed = any(q.value == s.quantity.value and _told(part.label, s) for q in held for s in said)
        if part != own.part and held and not placed and there - here and not here - there:
            return part.label
    return ""


def _comparable(one: Quantity, other: Quantity) -> bool:
    return not (one.unit and other.unit) or one.dimension == other.dimension


def _told(label: str, said: _Said) -> set[str]:
    """What of a clause a heading names: its concepts, and its sides of pairs (`least`, `trip`)."""
    ours, theirs = sides(said.clause), sides(label)
    alike = {f"~{name}" for name in TELLING if ours.get(name) not in (None, "both") and ours[name] == theirs.get(name)}
    return {c.written for c in said.spoken if names(label, c)} | alike


def _misplaced(claim: Claim, row: Statement, reader: Reader) -> Misplaced | None:
    text = _closed(claim.text)
    cells = [p for p in row.parts[1:] if p.label and _codes(value_of_cell(p), reader)]
    named = [p for p in cells if len(_closed(p.label)) > 1 and _closed(p.label) in text]
    claimed = _codes(claim.text, reader)
    held = [p for p in cells if _codes(value_of_cell(p), reader) & claimed - _of_others(cells, p, reader)]
    for cell in held:
        strange = [n for n in named if n not in held]
        if cell not in named and strange:
            return Misplaced(value_of_cell(cell).strip(), cell.label, strange[0].label)
    return None


def _codes(text: str, reader: Reader) -> set[str]:
    return {t.normal for t in reader.tags(text)} | reader.codes(text)


def _of_others(cells: Sequence[Part], cell: Part, reader: Reader) -> set[str]:
    return {code for p in cells if p is not cell for code in _codes(value_of_cell(p), reader)}


def _closed(text: str) -> str:
    return "".join(normalise(text).split()).casefold()
