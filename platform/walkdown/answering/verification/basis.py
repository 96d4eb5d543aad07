"""What the claims of an answer are checked against: passages, grammar and glossary, and what was asked; read once."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from walkdown.answering.verification.reading import Cited, Occurrence, Reader
from walkdown.documents import ClaimSpan, Evidence, Language
from walkdown.packs.schema import GlossaryEntry
from walkdown.text.quantities import Quantity
from walkdown.text.tags import Tag, TagPattern


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
        return Reader(self.grammar, self.glossary)

    @cached_property
    def asked_amounts(self) -> tuple[Quantity, ...]:
        """The amounts of the question."""
        return self.reader.quantities(self.question)

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
