"""What a sentence says beside the amount of a row stands in that row: not the valve or the action of the row below.

`amounts` finds the row by the number; what else is said may still come from a neighbour: "At LL 25 % the feed valve
XV-4101 closes" where the row of 25 % stops the bottom pump, and XV-4101 is in the row of the flow.
"""

from collections.abc import Sequence

from walkdown.answering.verification.outcome import failed, passed, skipped
from walkdown.answering.verification.reading import Cited, Matched, Place
from walkdown.answering.verification.statements import Part, clauses, value_of_cell
from walkdown.documents import Check, Claim
from walkdown.text.languages import detect_language

_FEWEST = 3
"""Words that a clause must have beyond the question's to be told from the row that it is said of."""
_ALL, _FEW = 0.8, 0.34
"""Shares of those words, by weight: at least the first in a cell of another row, at most the second in the own one."""


def check_other_row(claim: Claim, matched: Sequence[Matched], cited: Cited, question: str) -> Check:
    """The tags and actions that a claim gives beside amounts of table rows are those of the same rows."""
    tabled = [p for p in cited.places if p.statement.kind == "row" and len(p.statement.parts) > 1]
    told = [m for m in matched if m.places]
    if not told or any(o.place not in tabled for m in told for o in m.places):
        return skipped("other_row", "no_row")
    said = told
    for clause in clauses(claim.text):
        # A clause without an amount goes on from the one before it.
        said = [m for m in told if clause.start <= m.quantity.start < clause.end] or said
        rows = list({id(o.place): o.place for m in said for o in m.places}.values())
        others = [p for p in tabled if p not in rows]
        found = _foreign_tag(clause.text, rows, others, cited, question)
        if (found := found or _foreign_words(clause.text, rows, others, cited, question)) is not None:
            return failed("other_row", "of_other_row", what=found[0], row=_name(found[1]))
    return passed("other_row")


def _name(place: Place) -> str:
    return " | ".join(value_of_cell(p).strip() for p in place.statement.parts[:2])


def _foreign_tag(
    said: str, rows: Sequence[Place], others: Sequence[Place], cited: Cited, question: str
) -> tuple[str, Place] | None:
    """A tag that stands only in cells of other rows which are not called by it, as written, with such a row."""
    tags = cited.reader.tags
    elsewhere = (p.statement.text for p in cited.places if p not in others)
    above = (cited.reader.context(p.evidence) for p in rows)
    held = {t.normal for text in (*elsewhere, *above, question) for t in tags(text)}
    for tag in tags(said):
        holding = [p for p in others if tag.normal in {t.normal for t in tags(p.statement.text)}]
        called = [p for p in holding if tag.normal in {t.normal for t in tags(_key(p).text)}]
        if tag.normal not in held and holding and not called:
            return tag.text, holding[0]
    return None


def _key(place: Place) -> Part:
    return place.statement.parts[0]


def _foreign_words(
    said: str, rows: Sequence[Place], others: Sequence[Place], cited: Cited, question: str
) -> tuple[str, Place] | None:
    """A clause that a cell of another row holds and the own rows do not, with that row; same language only."""
    language = detect_language(said)
    words = cited.reader.features(said) - cited.reader.features(question)
    words = frozenset(f for f in words if f[0] not in "~@#§")
    if len(words) < _FEWEST:
        return None
    if max(cited.share(words, f"{p.statement.text}\n{cited.reader.context(p.evidence)}") for p in rows) > _FEW:
        return None
    for place in others:
        if detect_language(place.statement.text) == language and any(
            cited.share(words, p.text) >= _ALL for p in place.statement.parts
        ):
            return said.strip(), place
    return None
