"""Codes under the heading that a table has them under: the valves of the steam line are not those of the liquid line.

Amounts are held against each other by their words (`amounts`); a list of isolation points has none. Looked at are rows
where more than one cell holds codes, so that one may be taken for another.
"""

from collections.abc import Sequence
from typing import NamedTuple

from walkdown.answering.verification.reading import Matched, Occurrence, Place, Reader, told_of
from walkdown.answering.verification.statements import Part, Statement, value_of_cell
from walkdown.documents import Claim
from walkdown.packs.schema import GlossaryEntry
from walkdown.retrieval.glossary import find_terms
from walkdown.retrieval.lexicon import Concept, concepts
from walkdown.retrieval.naming import names
from walkdown.text.languages import detect_language, normalise
from walkdown.text.quantities import find_quantities


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


def under_other_name(
    claim: Claim, matched: Sequence[Matched], glossary: Sequence[GlossaryEntry], reader: Reader
) -> tuple[Occurrence, str] | None:
    """An amount of a row in another language, and the heading of the row's other amount that the claim speaks of.

    `below 55 %: action` for a row with `Action limit: below 70 % | Rejection limit: below 55 %`, in any language.
    """
    language = detect_language(claim.text)
    for item in matched:
        clause = told_of(claim.text, item.quantity, reader)
        spoken = [c for c in concepts(clause, find_terms(clause, glossary), ()) if c.ko and c.en]
        found = [(o, _meant(o, spoken)) for o in item.places if o.place.evidence.chunk.language != language]
        if found and len(found) == len(item.places) and all(label for _, label in found):
            return found[0]
    return None


def _meant(own: Occurrence, spoken: Sequence[Concept]) -> str:
    """The heading of another amount of the row that names what is spoken of, where the own one names none of it."""
    parts = own.place.statement.parts if own.place.statement.kind == "row" else ()
    here = {c.written for c in spoken if names(own.part.label, c)}
    for part in parts:
        there = {c.written for c in spoken if part.label and names(part.label, c)}
        alike = any(q.dimension == own.quantity.dimension for q in find_quantities(value_of_cell(part)))
        if part != own.part and alike and there - here and not here - there:
            return part.label
    return ""


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
