"""Lines of a passage as claims, word for word: what is quoted stands in its passage by construction."""

from walkdown.answering.verification.outcome import passed
from walkdown.answering.verification.reading import Occurrence
from walkdown.documents import Claim, ClaimSpan


def verbatim(number: int, start: int, end: int, text: str, reason: str = "verbatim") -> Claim:
    """Characters `start` to `end` of passage `number`, which read `text`; `reason` is the code of why it is shown."""
    place = ClaimSpan(number=number, start=start, end=end)
    return Claim(text=text.strip(), citations=(number,), checks=(passed("quote", reason),), spans=(place,))


def statement_of(occurrence: Occurrence, reason: str) -> Claim:
    """The statement that an amount stands in."""
    statement = occurrence.place.statement
    return verbatim(occurrence.place.evidence.number, statement.start, statement.end, statement.text, reason)
