"""An amount in a table is of the thing whose row it is in: the low flow of R-301A is not that of R-301B.

Rows are told apart by what stands in a cell of its own: a tag under "Reactor", a unit under "Unit". Where the thing
that a claim speaks of has rows with other amounts under the same heading, an amount of another's row is not its own.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from walkdown.answering.verification.owning import owners_of
from walkdown.answering.verification.reader import Reader
from walkdown.answering.verification.reading import Cited, Matched, Occurrence, Place, clause_at
from walkdown.answering.verification.statements import Statement, value_of_cell
from walkdown.documents import Claim
from walkdown.text.heads import REMARK_COLUMN
from walkdown.text.quantities import same_quantity


class Anothers(NamedTuple):
    """An amount in rows of another thing than the one it is said of."""

    amount: str
    owner: str
    claimed: str


def of_anothers_row(claim: Claim, matched: Sequence[Matched], everything: Cited, question: str) -> Anothers | None:
    """An amount of a claim about one thing that stands in rows of others only, where that thing has rows with others.

    `everything`: all passages found, as a table may go on in the next one. What claim or question speaks of is known by
    the tag or the plant unit that they name.
    """
    for item in matched if " | " not in claim.text else ():
        if thing := _spoken_of(claim.text, item, question, everything.reader):
            places = [o for o in everything.occurrences if same_quantity(o.quantity, item.quantity)]
            places = [o for o in places if bool(o.quantity.unit) == bool(item.quantity.unit)] or list(item.places)
            owners = [_of_another(o, thing, everything) for o in places]
            if owners and all(owners):
                return Anothers(item.quantity.text, owners[0], thing)
    return None


def _spoken_of(text: str, item: Matched, question: str, reader: Reader) -> str:
    """The one thing that an amount is said of: named in its clause, else in the claim, else in the question."""
    for said in (clause_at(text, item.quantity.start), text, question):
        if names := {o.name for o in owners_of(said, reader)}:
            return names.pop() if len(names) == 1 else ""
    return ""


def _of_another(own: Occurrence, thing: str, everything: Cited) -> str:
    """Whose row an amount is in, if that is another's; empty if it may be the thing's own, or no table tells."""
    if own.place.statement.kind != "row":
        return ""
    there = _keys(own.place.statement, everything.reader)
    if thing in there.values() or thing == _above(own.place, everything.reader):
        return ""
    for rival in everything.occurrences:
        if _is_beside(own, rival):
            for label, name in _keys(rival.place.statement, everything.reader).items():
                if name == thing and label in there:
                    return there[label]
    return ""


def _above(row: Place, reader: Reader) -> str:
    """The one thing that the headings above a row name."""
    names = {o.name for o in owners_of("\n".join(row.evidence.chunk.heading_path), reader)}
    return names.pop() if len(names) == 1 else ""


def _is_beside(own: Occurrence, rival: Occurrence) -> bool:
    """True for another amount of the kind under the same heading of the same document."""
    one, other = own.place.evidence.chunk, rival.place.evidence.chunk
    return (
        bool(own.part.label)
        and rival.part.label == own.part.label
        and one.document_id == other.document_id
        and rival.place.statement.kind == "row"
        and rival.quantity.dimension == own.quantity.dimension
        and not same_quantity(rival.quantity, own.quantity)
    )


@lru_cache(maxsize=512)
def _keys(row: Statement, reader: Reader) -> Mapping[str, str]:
    """What a row is of: by the heading of a cell, the one tag or unit with which the cell begins (`T-401 feed`).

    A remark names what it compares with, not what its row is of.
    """
    found = {}
    for part in row.parts:
        names = owners_of(value_of_cell(part).strip(), reader) if part.label else []
        if (
            len({o.name for o in names}) == 1
            and names[0].start == 0
            and not REMARK_COLUMN.fullmatch(part.label.strip())
        ):
            found[part.label] = names[0].name
    return found
