"""Whether the cited passage speaks of what was asked: a true statement beside the point is no answer.

The question is taken concept by concept, by glossary and lexicon, so that "디오 알람" meets "DO low alarm" and a
passage in the other language is held to the same measure. Words by which one asks carry no weight.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from walkdown.answering.verification.grounding import content_words, holds, terms_of
from walkdown.answering.verification.outcome import failed, passed, skipped
from walkdown.answering.verification.sources import evidence_text
from walkdown.documents import Check, Claim, Evidence
from walkdown.packs.schema import GlossaryEntry
from walkdown.retrieval.glossary import find_terms
from walkdown.retrieval.lexicon import Concept, concepts, english_key
from walkdown.text.languages import normalise
from walkdown.text.quantities import find_quantities

MIN_NAMED = 0.4
"""Share of the question's concepts that the cited passages must name."""
MIN_NAMED_BARE = 0.6
"""The same for an amount alone, which takes its subject from the question."""
_HANGUL = re.compile(r"[가-힣]")
_VERBAL = re.compile(
    r"(?:면|려|려고|어요|아요|나요|까요|습니까|는데|은데|해야|어야|아야|졌|었|았|겠|할까|을까|는지|지|다가|거나|으니|니까|"
    r"버렸|이야|야|해|돼|됐|줘|래|대|니|나|고|서|떠|받아|춰|워|들어|옮겨)[가-힣]{0,2}$"
)
"""Endings of verbs: one in no dictionary is how someone speaks ("쓰면", "떨어졌는데") rather than what of."""
_LONGEST_SYMBOL = 4


def is_bare(claim: Claim) -> bool:
    """True when a claim holds an amount and no word of what it is of ("1 month")."""
    return bool(find_quantities(claim.text)) and not content_words(claim.text)


def check_relevance(
    question: str, cited: Sequence[Evidence], glossary: Sequence[GlossaryEntry], *, bare: bool = False
) -> Check:
    """The cited passages name enough of what the question names; of an amount alone more is wanted."""
    asked = _asked_of(question, [evidence_text(e) for e in cited], glossary)
    if not asked:
        return skipped("relevance", "nothing_to_compare")
    share = sum(named for _, named in asked) / len(asked)
    if share < (MIN_NAMED_BARE if bare else MIN_NAMED):
        missing = ", ".join(c.written for c, named in asked if not named)
        return failed("relevance", "share_asked_missing", share=f"{share:.0%}", missing=missing)
    return passed("relevance", "share_asked", share=f"{share:.0%}")


def asked_concepts(question: str, glossary: Sequence[GlossaryEntry]) -> list[Concept]:
    """What a question is about, concept by concept; words by which one asks are left out."""
    return [c for c in concepts(question, find_terms(question, glossary), ()) if c.weight == 1.0]


def _asked_of(question: str, texts: Sequence[str], glossary: Sequence[GlossaryEntry]) -> list[tuple[Concept, bool]]:
    """What the question asks about, and whether the texts name it; how someone speaks is left out."""
    passages = _Passages(texts)
    asked = [(c, passages.name(c)) for c in asked_concepts(question, glossary)]
    return [(c, named) for c, named in asked if named or not is_manner(c)]


def share_named(question: str, text: str, glossary: Sequence[GlossaryEntry]) -> float:
    """Share of what a question asks about that a text names, 0 to 1; 1 where there is nothing to name."""
    asked = _asked_of(question, [text], glossary)
    return sum(named for _, named in asked) / len(asked) if asked else 1.0


def _is_known(concept: Concept) -> bool:
    return bool(concept.ko and concept.en)


def is_manner(concept: Concept) -> bool:
    """True for a word that is in no dictionary and ends like a verb: how someone speaks, not what of."""
    return not _is_known(concept) and bool(_HANGUL.search(concept.written) and _VERBAL.search(concept.written))


class _Read(NamedTuple):
    """A passage as its concepts are looked for: as it is, without spaces, by stems, by terms."""

    text: str
    closed: str
    stems: str
    terms: frozenset[str]


@lru_cache(maxsize=2048)
def _read(text: str) -> _Read:
    text = normalise(text)
    return _Read(text, "".join(text.split()), f" {english_key(text)} ", frozenset(terms_of(text)))


@lru_cache(maxsize=20_000)
def names(text: str, concept: Concept) -> bool:
    """True when a text names a concept of the question by any of its names, in either language."""
    return _Passages((text,)).name(concept)


class _Passages:
    """Texts of passages, each read once for all claims and concepts."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._read = [_read(text) for text in texts]

    def name(self, concept: Concept) -> bool:
        """True when a passage names a concept by any of its names."""
        if any(self._has(normalise(name)) for name in {*concept.ko, *concept.en, concept.written}):
            return True
        return not _is_known(concept) and any(holds(read.terms, concept.written) for read in self._read)

    def _has(self, name: str) -> bool:
        if _HANGUL.search(name):
            return any(name.replace(" ", "") in read.closed for read in self._read)
        if re.search(r"\d", name):
            return any(name.casefold() in read.text.casefold() for read in self._read)
        if name.isupper() and len(name) <= _LONGEST_SYMBOL:
            alone = re.compile(rf"(?<![A-Za-z]){re.escape(name)}(?![A-Za-z])")
            return any(alone.search(read.text) for read in self._read)
        key = english_key(name)
        return bool(key) and any(f" {key} " in read.stems for read in self._read)
