"""A true number of something else: whether another line of the passages found answers the question more closely.

The checks of a statement look at the passages it cites. A model that takes the rated flow of the line above for the
flow that was asked for writes a statement that stands there word for word. So the line which carries an amount is held
against every line, of all passages, with another amount of its kind, by how much of the question each names.
"""

from collections.abc import Sequence

from walkdown.answering.verification.amounts import Matched
from walkdown.answering.verification.outcome import failed, passed, skipped
from walkdown.answering.verification.reading import Cited, Occurrence
from walkdown.documents import Check
from walkdown.packs.schema import GlossaryEntry
from walkdown.retrieval.lexicon import Concept
from walkdown.retrieval.naming import asked_concepts, names_freely
from walkdown.text.quantities import same_quantity

_FEWEST = 2
"""Concepts that a question must have for its lines to be told apart."""


def check_closest(
    question: str, matched: Sequence[Matched], everything: Cited, glossary: Sequence[GlossaryEntry]
) -> Check:
    """No line with another amount of the kind names more of the question than the line that carries the claim's.

    `everything` are all passages found. A line counts with its heading and title; a tie is no fault.
    """
    amounts = [m for m in matched if m.quantity.unit and m.places]
    asked = asked_concepts(question, glossary)
    if not amounts or len(asked) < _FEWEST:
        return skipped("closest", "no_amount")
    own = max(_named(asked, o, question) for m in amounts for o in m.places)
    kinds = {m.quantity.dimension for m in amounts}
    rivals = [
        o
        for o in everything.occurrences
        if o.quantity.unit
        and o.quantity.dimension in kinds
        and not any(same_quantity(o.quantity, m.quantity) for m in matched)
    ]
    best = max(rivals, key=lambda o: _named(asked, o, question), default=None)
    if best is not None and _named(asked, best, question) > own:
        line = " ".join(best.place.statement.text.split())[:90]
        return failed("closest", "closer_line", amount=best.quantity.text, line=line)
    return passed("closest")


def _named(asked: Sequence[Concept], occurrence: Occurrence, question: str) -> int:
    """How many concepts are named by the line of an amount, its label and what stands above it."""
    chunk = occurrence.place.evidence.chunk
    above = (occurrence.part.label, chunk.title, *chunk.heading_path)
    text = "\n".join((occurrence.place.statement.text, *above))
    return sum(names_freely(text, concept, question) for concept in asked)
