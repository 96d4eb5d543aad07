"""What the claims of an answer are checked against: passages, grammar and glossary, and what was asked; read once."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from walkdown.answering.verification.reader import Reader, reader_of
from walkdown.answering.verification.reading import Cited, Occurrence
from walkdown.documents import ClaimSpan, Evidence, Language
from walkdown.packs.schema import GlossaryEntry
from walkdown.text.clock import at_clock
from walkdown.text.quantities import Quantity
from walkdown.text.tags import Tag, TagPattern

_COUNTED = re.compile(
    r"\s?(?:[시월일호번차째급층단](?![가-힣]{2})|등급|호기|단계|번째|時|号|番|月|日|st\b|nd\b|rd\b|th\b)|[-/]\d"
)
"""What makes a bare number of a question a name, a day or a count."""


_SMALL = 10


def _is_small(quantity: Quantity) -> bool:
    """True for a bare figure, which as often names a thing (`bay 2`) as it is an amount."""
    return quantity.value < _SMALL and quantity.value == int(quantity.value)


@dataclass(frozen=True)
class Basis:
    """What claims are checked against: the passages retrieved, the pack's grammar and glossary, and the question.

    `as_of` is set where an answer speaks of another time than today, and says so; `revision_asked` where the question
    is about a revision or a day of its own. `likeliest`: the line that in all likelihood answers, in each place;
    `weighed`: all lines with their log-odds to answer. `excluded`: equipment that the question leaves out.
    """

    evidence: Sequence[Evidence]
    grammar: Sequence[TagPattern]
    glossary: Sequence[GlossaryEntry]
    question: str
    language: Language
    as_of: str = ""
    revision_asked: bool = False
    likeliest: Sequence[ClaimSpan] = ()
    weighed: Sequence[tuple[ClaimSpan, float]] = ()
    excluded: Sequence[str] = ()

    @cached_property
    def reader(self) -> Reader:
        """Reads claims and passages with the pack's grammar and glossary."""
        return reader_of(self.grammar, self.glossary)

    @cached_property
    def asked_amounts(self) -> tuple[Quantity, ...]:
        """The amounts of the question."""
        return self.reader.quantities(self.question)

    @cached_property
    def judged_amounts(self) -> tuple[Quantity, ...]:
        """The amounts of the question that may be held against a limit: times of day and what is counted are none."""
        asked = self.question
        return tuple(
            q
            for q in self.asked_amounts
            if q.unit
            or not (at_clock(asked, q.start) or _COUNTED.match(asked, q.end) or asked[: q.start].endswith("#"))
        )

    def odds(self, occurrence: Occurrence) -> float | None:
        """The log-odds that the line of an amount answers; None where it was not weighed."""
        number, at = occurrence.place.evidence.number, occurrence.place.statement.start + occurrence.quantity.start
        return next((x for line, x in self.weighed if line.number == number and line.start <= at < line.end), None)

    @cached_property
    def _read(self) -> dict[tuple[int, ...], Cited]:
        return {}

    def cited(self, numbers: Sequence[int]) -> Cited:
        """The passages of some evidence numbers, read once."""
        key = tuple(numbers)
        if key not in self._read:
            self._read[key] = Cited([e for e in self.evidence if e.number in key], self.reader)
        return self._read[key]

    @cached_property
    def tags(self) -> tuple[Tag, ...]:
        """The tags of all passages found."""
        return tuple(t for e in self.evidence for t in self.reader.tags(e.chunk.text))

    @property
    def everything(self) -> Cited:
        """All passages found."""
        return self.cited(tuple(e.number for e in self.evidence))
