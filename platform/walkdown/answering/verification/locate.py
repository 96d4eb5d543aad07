"""Where in the cited passages a claim stands: character offsets, for the highlight."""

from walkdown.answering.verification.meaning import Basis
from walkdown.answering.verification.reading import Cited
from walkdown.documents import Claim, ClaimSpan
from walkdown.text.languages import normalise


def locate(claim: Claim, cited: Cited, basis: Basis) -> tuple[ClaimSpan, ...]:
    """The characters that carry a claim: its exact words where they stand there, else the statements that carry it."""
    text = normalise(claim.text).strip().rstrip(".。")
    exact = [
        ClaimSpan(number=e.number, start=at, end=at + len(text))
        for e in cited.evidence
        if text and (at := normalise(e.chunk.text).find(text)) >= 0
    ]
    if exact:
        return tuple(exact)
    places = dict.fromkeys((p.evidence.number, p.statement.start, p.statement.end) for p in basis.carriers)
    return tuple(ClaimSpan(number=n, start=a, end=b) for n, a, b in places)
