"""Sentences of a small model in which code can bear out nothing but words give way to the lines they rest on.

Amounts, units and tags are held against the source one by one. Of `you may start both at once` code knows the words
alone, and a small model turns them round more often than not (docs/verification.md). Where a model is smaller than the
pack trusts with words, such a sentence is not shown: the lines that it rests on are, word for word.
"""

import re
from collections.abc import Iterator, Sequence

from walkdown.answering import phrases
from walkdown.answering.finish import basis_of
from walkdown.answering.likely import carrying
from walkdown.answering.nearest import headed
from walkdown.answering.spans import Span
from walkdown.answering.turn import Turn
from walkdown.answering.verbatim import in_full
from walkdown.answering.verification.members import names_other_member
from walkdown.answering.verification.outcome import failed
from walkdown.answering.verification.relevance import is_bare
from walkdown.carried import closed
from walkdown.documents import Answer, AnswerStatus, Claim
from walkdown.reasons import say
from walkdown.text.codes import is_of_sibling

_BILLIONS = re.compile(r"(?<![\w.])(?P<size>\d+(?:\.\d+)?)\s?(?P<unit>[bm])(?![a-z0-9])", re.IGNORECASE)
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_LINES = 2
_NEARLY = 0.3
"""Share of the likeliest line's probability from which a line is shown beside those that carry the sentences."""


def billions_of(model: str) -> float | None:
    """Parameters of a model by its name, in 10⁹: `qwen2.5-1.5b` 1.5, `Qwen3-30B-A3B` 30; None where it says nothing."""
    sizes = [float(m["size"]) / (1 if m["unit"] in "bB" else 1000) for m in _BILLIONS.finditer(model)]
    return max(sizes, default=None)


def is_small(turn: Turn) -> bool:
    """True for a model that the operator, or its name, tells to be smaller than the pack trusts with words."""
    size = turn.billions or billions_of(turn.model)
    return size is not None and size < turn.pack.manifest.thresholds.words


def in_words_alone(claims: Sequence[Claim], turn: Turn) -> tuple[Claim, ...]:
    """The claims without an amount of their own, as failed; an amount that the question names is not theirs.

    Nor does an amount alone stand: `1.8 m/s` takes what it is of from the question, and its line may be of another.
    """
    reader = basis_of(turn).reader
    asked = _figures(turn.plan.compared)
    bare = {c: failed("worded", "amount_alone") for c in claims if is_bare(c)}
    worded = {
        c: failed("worded", "words_alone")
        for c in claims
        if all(_figures(quantity.text) <= asked for quantity in reader.quantities(c.text))
    }
    told = worded | bare
    return tuple(c.model_copy(update={"checks": (*c.checks, told[c])}) for c in claims if c in told)


def _figures(text: str) -> set[str]:
    """The numbers of a text; a question may leave their units out (`121.5 밑으로`)."""
    return {number.replace(",", "") for number in _NUMBER.findall(text)}


def lines_for(worded: Sequence[Claim], struck: tuple[Claim, ...], turn: Turn) -> Answer | None:
    """The lines on which sentences rest, then those nearly as likely as any; None where none can be found."""
    own = list(dict.fromkeys(line for claim in worded for line in _best(carrying(claim, turn))))
    if not own:
        return None
    top = max(line.probability for line in turn.spans)
    near = [
        s
        for s in sorted(turn.spans, key=lambda s: -s.probability)[:_LINES]
        if s.probability >= _NEARLY * top and not names_other_member(turn.plan.compared, s.text)
    ]
    lines = list(_once(sorted({*own, *near}, key=lambda s: -s.probability)))
    whole = headed(((s.number, s.text) for s in lines), turn)
    lines = [s for s, text in zip(lines, whole, strict=True) if not is_of_sibling(turn.plan.compared, text)]
    if not lines:
        return None
    quotes = in_full(((s.number, s.start, s.end) for s in lines), turn.evidence)
    reason = say("words_give_way", turn.language)
    return turn.quoted(
        AnswerStatus.QUOTED, phrases.QUOTED[turn.language], reason=reason, struck=(*worded, *struck), claims=quotes
    )


def _best(lines: Sequence[Span]) -> list[Span]:
    return sorted(lines, key=lambda s: -s.score)[:_LINES]


def _once(lines: Sequence[Span]) -> Iterator[Span]:
    shown = ""
    for line in lines:
        if closed(line.text) not in shown:
            shown += closed(line.text)
            yield line
