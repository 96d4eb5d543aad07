"""A true number of something else: whether another line of the passages found answers the question more closely.

The checks of a statement look at the passages it cites. A model that takes the rated flow of the line above for the
flow that was asked for writes a statement that stands there word for word. So the line which carries an amount is held
against every line, of all passages, with another amount of its kind, by how much of the question each names.
"""

import re
from collections.abc import Callable, Sequence

from walkdown.answering.verification.intervals import outside
from walkdown.answering.verification.outcome import failed, passed, skipped
from walkdown.answering.verification.owning import owners_of, told_apart
from walkdown.answering.verification.reading import Cited, Matched, Occurrence
from walkdown.documents import Check
from walkdown.packs.schema import GlossaryEntry
from walkdown.retrieval.lexicon import Concept
from walkdown.retrieval.naming import asked_concepts, names_freely
from walkdown.text.asked_amounts import asked_kinds, is_of_kind
from walkdown.text.concepts import sides
from walkdown.text.quantities import Quantity, same_quantity

_FEWEST = 2
"""Concepts that a question must have for its lines to be told apart."""
_YEAR = re.compile(r"(?:19|20)\d\d\s?년")
_DATED = re.compile(r"\d{1,2}(?:월\s?|일\s?|시(?!간)\s?)$")


_OPEN = ("open/close", "start/stop", "allow/forbid")


Odds = Callable[[Occurrence], float | None]
"""The log-odds that the line of an amount answers; None where no line was weighed."""


def check_closest(
    question: str,
    matched: Sequence[Matched],
    everything: Cited,
    glossary: Sequence[GlossaryEntry],
    odds: Odds = lambda _: None,
) -> Check:
    """No line with another amount of the kind names more of the question than the line that carries the claim's.

    `everything` are all passages found. A line counts with its heading and title; a tie is no fault. `odds`: those of
    a line to answer: a line that is less likely to answer than the claim's own is not closer, whatever it names. Where
    the question asks for an amount by its unit, only those of the kind are held against others: the claim's other
    amounts are the case it holds in. A row for another range than the one asked of is no rival.
    """
    amounts = [m for m in matched if m.quantity.unit and m.places and not _is_date(m.quantity, "")]
    asked = asked_concepts(question, glossary)
    if not amounts or len(asked) < _FEWEST:
        return skipped("closest", "no_amount")
    if kinds_asked := asked_kinds(question):
        amounts = [m for m in amounts if is_of_kind(m.quantity, kinds_asked)] or amounts
    spoken = {o.name for o in owners_of(question, everything.reader)}
    places = [o for m in amounts for o in m.places if not _is_anothers(o, spoken, everything)]
    if not places:
        return skipped("closest", "no_amount")
    own = max(_named(asked, o, question) for o in places)
    kinds = {m.quantity.dimension for m in amounts}
    # "Is it still 90 minutes?" is not answered by the line that says 90: it may be what was.
    given = everything.reader.quantities(question)
    rivals = [
        o
        for o in everything.occurrences
        if o.quantity.unit
        and o.quantity.dimension in kinds
        and not _is_date(o.quantity, o.place.statement.text)
        and not any(same_quantity(o.quantity, q) for q in (*given, *(m.quantity for m in matched)))
        and not outside(question, o.place.statement.text)
    ]
    told = _lines_with([m.quantity for m in amounts], spoken, everything)
    rivals = [o for o in rivals if (o.place.evidence.number, o.place.statement.start) not in told]
    known = [x for o in places if (x := odds(o)) is not None]
    if known:
        rivals = [o for o in rivals if (theirs := odds(o)) is None or theirs > max(known)]
    best = max(rivals, key=lambda o: _named(asked, o, question), default=None)
    if best is not None and _named(asked, best, question) > own:
        line = " ".join(best.place.statement.text.split())[:90]
        return failed("closest", "closer_line", amount=best.quantity.text, line=line)
    return passed("closest")


def _is_anothers(occurrence: Occurrence, spoken: set[str], everything: Cited) -> bool:
    """True for an amount of a line that gives it to another thing than the one asked about, and that its own."""
    whose = told_apart(occurrence, everything)
    return len(spoken) == 1 and bool(whose) and whose[0] not in spoken and bool(spoken & set(whose))


def _lines_with(amounts: Sequence[Quantity], spoken: set[str], everything: Cited) -> set[tuple[int, int]]:
    """The lines that hold all amounts of a claim, by passage and place: another amount there is on no other line."""
    held = [
        {
            (o.place.evidence.number, o.place.statement.start)
            for o in everything.occurrences
            if same_quantity(o.quantity, q) and not _is_anothers(o, spoken, everything)
        }
        for q in amounts
    ]
    return set.intersection(*held) if held else set()


def _is_date(quantity: Quantity, text: str) -> bool:
    """True for a year, or a day or a time of the clock, which is no length of time."""
    day = quantity.text.endswith(("일", "분", "시")) and _DATED.search(text[: quantity.start])
    return bool(day) or _YEAR.fullmatch(quantity.text) is not None


def _named(asked: Sequence[Concept], occurrence: Occurrence, question: str) -> int:
    """How many concepts are named by the line of an amount, its label and what stands above it."""
    chunk = occurrence.place.evidence.chunk
    above = (occurrence.part.label, chunk.title, *chunk.heading_path)
    text = "\n".join((occurrence.place.statement.text, *above))
    # Whether it may be opened is answered by a line that says closed.
    asked_sides, told = sides(question), sides(occurrence.place.statement.text)
    both = (name for name in _OPEN if name in asked_sides and name in told)
    turned = sum({asked_sides[name], told[name]} == {"left", "right"} for name in both)
    return turned + sum(names_freely(text, concept, question) for concept in asked)
