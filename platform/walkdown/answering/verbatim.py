"""Lines of a passage as claims, word for word: what is quoted stands in its passage by construction."""

from collections.abc import Iterable, Sequence

from walkdown.answering.verification.outcome import passed
from walkdown.answering.verification.reading import Occurrence
from walkdown.documents import Claim, ClaimSpan, Evidence

_PARAGRAPH = 700
"""Characters up to which a paragraph is quoted as a whole."""


def in_full(places: Iterable[tuple[int, int, int]], evidence: Sequence[Evidence]) -> tuple[Claim, ...]:
    """Places (passage, first character, last) as quotes, each once; a sentence brings the rest of its paragraph.

    What follows may turn it: `below 8 min it goes on by itself. From 8 to 20 min only after QA's release.`
    """
    texts = {e.number: e.chunk.text for e in evidence}
    whole = [(number, *_paragraph(texts[number], start, end)) for number, start, end in places]
    kept = [
        (number, start, end)
        for i, (number, start, end) in enumerate(whole)
        if not any(
            n == number and a <= start and end <= b and ((a, b) != (start, end) or j < i)
            for j, (n, a, b) in enumerate(whole)
        )
    ]
    return tuple(verbatim(number, start, end, texts[number][start:end]) for number, start, end in kept)


def _paragraph(text: str, start: int, end: int) -> tuple[int, int]:
    """The paragraphs that characters stand in, or what follows of the last one, if either is short enough."""
    first = text.rfind("\n", 0, start) + 1
    last = at if (at := text.find("\n", end)) >= 0 else len(text)
    if last - first <= max(_PARAGRAPH, end - start):
        return first, last
    return (start, last) if last - start <= _PARAGRAPH else (start, end)


def verbatim(number: int, start: int, end: int, text: str, reason: str = "verbatim") -> Claim:
    """Characters `start` to `end` of passage `number`, which read `text`; `reason` is the code of why it is shown."""
    place = ClaimSpan(number=number, start=start, end=end)
    return Claim(text=text.strip(), citations=(number,), checks=(passed("quote", reason),), spans=(place,))


def statement_of(occurrence: Occurrence, reason: str) -> Claim:
    """The statement that an amount stands in."""
    statement = occurrence.place.statement
    return verbatim(occurrence.place.evidence.number, statement.start, statement.end, statement.text, reason)
