"""Lines shown beside a refusal: those that hold what the model wrote, and the likeliest ones. They may not answer."""

from collections.abc import Iterable, Iterator, Sequence

from walkdown.answering.spans import share_of_first
from walkdown.answering.turn import Turn
from walkdown.answering.verbatim import in_full
from walkdown.answering.verification import Basis
from walkdown.answering.verification.outcome import passed
from walkdown.answering.verification.reading import Cited
from walkdown.documents import Claim, ClaimSpan, Verdict

SHARE_ALONE = 0.8
"""Share of the odds of all lines that the likeliest one has where no other comes near."""
_NEAR, _NEAR_ALONE, _NEAREST = 0.04, 0.01, 3
"""Probability from which a line is shown beside a refusal, also where no other comes near it, and how many are."""
NEAR_WITHOUT_TERM = 0.1
"""The same where no passage names a term of the question."""
QUOTED_SHARE = 0.3
"""Share of the likeliest line's probability that every quote has (all chosen on dev: docs/verification.md)."""
_OF_WORDS = frozenset({"topic", "relevance", "likely", "grounding", "terms", "closest", "language"})
"""Checks that ask whether a statement is to the point, or in which words it is said; not whether it is true."""


def drafted_lines(struck: Sequence[Claim], basis: Basis) -> tuple[Claim, ...]:
    """The lines that hold the amounts of statements which fell for their words or their subject alone.

    "Flush with 400 kg of toluene for 2 hours", asked for the solvent that no passage calls so.
    """
    borne = [c for c in struck if _found(c, "numbers") and _failures(c) <= _OF_WORDS]
    return tuple(dict.fromkeys(line for claim in borne for line in lines_of(claim, basis)))


def _found(claim: Claim, name: str) -> bool:
    return any(c.name == name and c.verdict is Verdict.PASSED for c in claim.checks)


def _failures(claim: Claim) -> set[str]:
    return {c.name for c in claim.checks if c.verdict is Verdict.FAILED}


def nearest_lines(turn: Turn, least: float = _NEAR, drafted: Sequence[Claim] = ()) -> tuple[Claim, ...]:
    """What a refusal shows first: the likeliest lines, word for word, where one is likely enough to be worth a look.

    That the model did not find the answer does not say that it is not there: of 36 answerable questions about new
    documents 27 had the right line among the first three, and half of them were refused. So it is for a question of
    which too little could be read to say how likely the passages answer. `drafted` come first: lines that hold what
    the model wrote.
    """
    ranked = sorted(turn.spans, key=lambda span: -span.probability)[:_NEAREST]
    alone = share_of_first(turn.spans) >= SHARE_ALONE
    if not ranked or ranked[0].probability < (min(least, _NEAR_ALONE) if alone else least):
        ranked = []
    near = [s for s in ranked if s.probability >= QUOTED_SHARE * ranked[0].probability]
    first = [(s.number, s.start, s.end) for claim in drafted for s in claim.spans]
    return in_full([*first, *((s.number, s.start, s.end) for s in near)][:_NEAREST], turn.evidence)


def headed(lines: Iterable[tuple[int, str]], turn: Turn) -> list[str]:
    """Lines, each with the number of its passage, with what stands above them."""
    chunks = {e.number: e.chunk for e in turn.evidence}
    return ["\n".join((text, (c := chunks[number]).title, *c.heading_path)) for number, text in lines]


def lines_of(claim: Claim, basis: Basis) -> Iterator[Claim]:
    """The lines that a claim rests on, word for word."""
    cited: Cited = basis.cited(claim.citations)
    texts = {e.number: e.chunk.text for e in cited.evidence}
    for span in claim.spans:
        whole, end = texts[span.number], span.end
        end += len(whole[end:]) - len(whole[end:].lstrip(".。"))
        text = whole[span.start : end].strip()
        if text:
            own = (ClaimSpan(number=span.number, start=span.start, end=end),)
            yield Claim(text=text, citations=(span.number,), checks=(passed("quote", "verbatim"),), spans=own)
