"""What claims and passages say between languages that share no word, where one is Chinese, Japanese or Spanish.

Both are read into English, so they are held against each other concept by concept: which statements a claim rests on,
and whether the person it names is the one of the clause that says what is done (`roles` holds the words of a rank
against each other in Korean or in English).
"""

from collections.abc import Sequence

from walkdown.answering.verification.denials import denials
from walkdown.answering.verification.reading import Cited, Place
from walkdown.answering.verification.statements import Part
from walkdown.documents import Claim
from walkdown.retrieval.foreign import read
from walkdown.retrieval.foreign_passages import language_of
from walkdown.retrieval.foreign_words import READ
from walkdown.retrieval.lexicon import Concept, english_key
from walkdown.retrieval.naming import names

_LEAST = 2
"""Concepts that a statement must share with a claim to carry it."""


def _keys(listed: str) -> frozenset[str]:
    return frozenset(map(english_key, listed.split(";")))


_ANYBODY = _keys("operator;supervisor;manager;engineer;worker;person in charge;technician;team;crew;inspector;person")
"""Ranks that say little beside a department or a fuller name."""
_PEOPLE = _ANYBODY | _keys(
    "board operator;panel operator;field operator;shift manager;shift supervisor;shift lead;shift leader;plant manager;"
    "production manager;duty manager;safety officer;process engineer;contractor;supplier;fire watch;attendant;entrant;"
    "analyst;chemist;electrician;mechanic;instrument technician;driver;quality assurance;quality control;laboratory;"
    "production;maintenance;security;fire brigade;occupational physician;rescue team;safety manager;quality manager;"
    "maintenance manager;authority;logistics"
)


def is_read(claim: Claim, cited: Cited) -> bool:
    """True where a claim or a passage that it cites is in a language that is read."""
    return not {language_of(claim.text), *(e.chunk.language for e in cited.evidence)}.isdisjoint(READ)


def naming_most(claim: Claim, cited: Cited) -> tuple[Place, ...]:
    """The statements that name most of what a claim speaks of."""
    spoken = cited.reader.known_concepts(claim.text)
    counts = [_named(spoken, p.statement.text) for p in cited.places]
    most = max(counts, default=0)
    return tuple(p for p, count in zip(cited.places, counts, strict=True) if count == most >= _LEAST)


def other_actor(claim: Claim, cited: Cited) -> tuple[str, str] | None:
    """The person that a claim names and the one whom the passage has do it; None where they are not told apart."""
    if not is_read(claim, cited):
        return None
    # Of the claim one meaning of each word, so that a person is not two.
    language = language_of(claim.text)
    spoken = cited.reader.known_concepts(read(claim.text, language).text if language in READ else claim.text)
    people = [c for c in spoken if _is_of(c, _PEOPLE)]
    people = [c for c in people if not _is_anybody(c)] or people
    best = _saying([c for c in spoken if not _is_of(c, _PEOPLE)], cited, denied=denials(claim.text)) if people else []
    stated = [c for part in best for c in cited.reader.known_concepts(part.text) if _is_of(c, _PEOPLE)]
    if not stated or any(names(part.text, person) for part in best for person in people):
        return None
    return people[0].written, stated[0].written


def _is_of(concept: Concept, keys: frozenset[str]) -> bool:
    return any(english_key(name) in keys for name in concept.en)


def _is_anybody(concept: Concept) -> bool:
    return not _ANYBODY.isdisjoint(map(english_key, (concept.written, concept.en[0])))


def _named(spoken: Sequence[Concept], text: str) -> int:
    return sum(names(text, concept) for concept in dict.fromkeys(spoken))


def _saying(spoken: Sequence[Concept], cited: Cited, *, denied: int) -> list[Part]:
    """The clauses that name most of what a claim says is done, and deny as it does."""
    parts = [p for place in cited.places for p in place.statement.parts if denials(p.text) % 2 == denied % 2]
    counts = [_named(spoken, part.text) for part in parts]
    most = max(counts, default=0)
    return [part for part, count in zip(parts, counts, strict=True) if count == most > 0]
