"""Whether an answer rests on a line that likely answers the question, by the calibrated probability of each line.

A small model picks the wrong row of the right table, or a true number of something else; the words it writes stand in
the passage all the same. A line that is unlikely to answer, or far less likely than another one found, is not shown as
the answer: the likelier lines are quoted instead (docs/verification.md).
"""

import re
from collections.abc import Sequence

from walkdown.answering.finish import basis_of
from walkdown.answering.spans import CELLS, Span
from walkdown.answering.turn import Turn
from walkdown.answering.verification.amounts import match_all
from walkdown.answering.verification.intervals import outside
from walkdown.answering.verification.outcome import failed, passed, skipped
from walkdown.documents import Check, Claim, ClaimSpan
from walkdown.text.quantities import same_quantity

LEAST = 0.01
"""Probability that the best line of an answer must have. A line that the model has picked is right more often than it
says, since the model has read it."""
_STEP = re.compile(r"\s*(?:\d{1,2}[.)]|\d{1,2}(?:\.\d{1,2}){1,3}[.)]?)\s+(?=[^\W\d])")
"""The number of a step or a clause before its text."""
SHARE = 0.2
"""Share of the likeliest line's probability that it must have."""


def is_sharp(turn: Turn) -> bool:
    """False where probabilities say little: too few passages to tell every feature, or a question in no known words."""
    return turn.judged is not None and None not in turn.judged.values.values()


def with_line(claim: Claim, turn: Turn) -> Claim:
    """The claim with a place to mark: an amount alone, which shares no word with a line, is marked in the likeliest."""
    if claim.spans or not (lines := _holding(claim, turn)):
        return claim
    best = max(lines, key=lambda line: line.score)
    return claim.model_copy(update={"spans": (ClaimSpan(number=best.number, start=best.start, end=best.end),)})


def check_likely(claims: Sequence[Claim], turn: Turn) -> Check:
    """The likeliest line that carries a claim of an answer is likely enough, of itself and beside the others.

    The steps of a procedure share what is asked among them, so they are only held against each other.
    """
    lines = [line for claim in claims for line in (*carrying(claim, turn), *_also_saying(claim, turn))]
    if not is_sharp(turn):
        return skipped("likely", "no_line")
    if not lines:
        # Nothing of the answer stands anywhere: there is nothing to hold it against, nor to show beside it.
        return failed("likely", "no_line")
    best = max(lines, key=lambda line: line.score)
    rivals = [line for line in turn.spans if not outside(turn.plan.compared, line.text)]
    top = max(rivals or turn.spans, key=lambda line: line.score)
    # Sentences of one passage go on from each other; rows of one table do not, nor do its steps.
    alone = turn.plan.wants != "procedure" and _STEP.match(top.text)
    goes_on = not alone and any(line.number == top.number and CELLS not in f"{line.text}{top.text}" for line in lines)
    if best.probability < SHARE * top.probability and not goes_on:
        return failed("likely", "likelier_line", line=" ".join(top.text.split())[:90])
    said = top.probability if goes_on else best.probability
    if said < LEAST and turn.plan.wants != "procedure":
        return failed("likely", "hardly_answers", share=f"{said:.0%}")
    return passed("likely", "found", what=f"{best.probability:.0%}")


def carrying(claim: Claim, turn: Turn) -> list[Span]:
    """The lines that carry a claim: those it is located in, else those that hold its amounts."""
    own = [
        line
        for line in turn.spans
        for place in claim.spans
        if line.number == place.number and line.start < place.end and place.start < line.end
    ]
    # What is put together from two lines rests on both, wherever it was located.
    amounts = basis_of(turn).reader.quantities(claim.text)
    return [*own, *_holding(claim, turn)] if len(amounts) > 1 or not own else own


def _also_saying(claim: Claim, turn: Turn) -> list[Span]:
    """Lines of other passages that hold all amounts and tags of a claim: a report and the log both tell of a trip."""
    basis = basis_of(turn)
    wanted, tags = basis.reader.quantities(claim.text), {t.normal for t in basis.reader.tags(claim.text)}
    if not wanted:
        return []
    found = []
    for line in turn.spans:
        stated = basis.reader.quantities(line.text)
        held = all(any(same_quantity(q, s) for s in stated) for q in wanted)
        if held and tags <= {t.normal for t in basis.reader.tags(line.text)}:
            found.append(line)
    return found


def _holding(claim: Claim, turn: Turn) -> list[Span]:
    matched = match_all(claim, basis_of(turn).cited(claim.citations))
    places = [
        (o.place.evidence.number, o.place.statement.start, o.place.statement.end) for m in matched for o in m.places
    ]
    return [s for s in turn.spans if any(s.number == n and s.start < end and start < s.end for n, start, end in places)]
