"""An amount is of the kind of what it is said to be: a flow is not in barg.

A small model puts the number of another line after the words of the question ("the minimum flow is 1.5 barg"). Number
and words stand in the passage; that they do not belong together is plain from the unit alone. Looked at are terms of
the glossary that have a unit, and general quantities, where they are what a clause speaks of.
"""

import re
from collections.abc import Iterator, Sequence

from walkdown.answering.verification.outcome import failed, passed, skipped
from walkdown.answering.verification.reader import Reader
from walkdown.documents import Check, Claim
from walkdown.packs.schema import GlossaryEntry
from walkdown.retrieval.glossary import find_terms
from walkdown.text.asked_amounts import is_of_kind, kind_of_unit
from walkdown.text.languages import normalise

_SAID_OF = re.compile(
    r"^(?:은|는|이|가)\s|^\s?:\s|^(?:\s(?:of|for|at|on|in)\s[^,.;|:]{1,60}?)?\s(?:is|are|was|were|must be|shall be)\s",
    re.IGNORECASE,
)
"""What follows a term that a clause speaks of; in `minimum flow valve` it is but part of a name."""
_BETWEEN = re.compile(
    r"(?:about|approximately|around|at least|at most|(?:not? )?(?:less|more|lower|higher) than|below|above|under|over|"
    r"set (?:to|at)|limited to|up to|only|exactly|normally|from|between|약|최소|최대|보통|정상|대략|[\s:+~-])*",
    re.IGNORECASE,
)
"""What may stand between the term and its amount; with a verb or a noun there the amount may be of that."""
_GENERAL: dict[str, tuple[str, ...]] = {
    "bar": ("압력", "pressure"),
    "t/h": ("유량", "flow rate", "flow"),
    "°C": ("온도", "temperature"),
    "min": ("시간", "기간", "time", "duration"),
}
_KINDS = tuple(map(kind_of_unit, _GENERAL))
"""Kinds that are measured in nothing else; a vibration is in mm/s or in µm, a level in mm or in %."""
_WORDS = {word: unit for unit, words in _GENERAL.items() for word in words}
_GENERAL_WORD = re.compile(
    rf"(?<![A-Za-z])(?<!\d)(?<!\d )(?:{'|'.join(sorted(map(re.escape, _WORDS), key=len, reverse=True))})", re.IGNORECASE
)
_ANY_KIND = frozenset({"[time]", "ratio", "dimensionless", ""})
"""A time or a share may be said of any quantity."""


def check_kind(claim: Claim, reader: Reader, glossary: Sequence[GlossaryEntry]) -> Check:
    """The first amount that is said of a quantity is of its kind."""
    text = normalise(claim.text)
    amounts = [q for q in reader.quantities(text) if q.unit]
    compared = False
    for name, unit, end in quantities_of(text, glossary):
        kind, said = kind_of_unit(unit), _SAID_OF.match(text[end:])
        if kind not in _KINDS or said is None:
            continue
        start = end + said.end()
        first = next((q for q in amounts if q.start >= start), None)
        if first is None or not _BETWEEN.fullmatch(text[start : first.start]):
            continue
        compared = True
        if first.dimension not in _ANY_KIND and not is_of_kind(first, [kind]):
            return failed("kind", "other_kind", amount=first.text, quantity=name)
    return passed("kind") if compared else skipped("kind", "no_quantity")


def quantities_of(text: str, glossary: Sequence[GlossaryEntry]) -> Iterator[tuple[str, str, int]]:
    """(name, unit, end) of the quantities that a text names; a general one only where no term covers it."""
    terms = find_terms(text, glossary)
    yield from ((text[t.start : t.end], t.entry.unit, t.end) for t in terms if t.entry.unit)
    for word in _GENERAL_WORD.finditer(text):
        if all(word.end() <= t.start or word.start() >= t.end or not t.entry.unit for t in terms):
            yield word.group(), _WORDS[word.group().lower()], word.end()
