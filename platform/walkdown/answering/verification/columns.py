"""Codes under the heading that a table has them under: the valves of the steam line are not those of the liquid line.

Amounts are held against each other by their words (`amounts`); a list of isolation points has none. Looked at are rows
where more than one cell holds codes, so that one may be taken for another.
"""

from collections.abc import Sequence
from typing import NamedTuple

from walkdown.answering.verification.reading import Place, Reader
from walkdown.answering.verification.statements import Part, Statement, value_of_cell
from walkdown.documents import Claim
from walkdown.text.languages import normalise


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
