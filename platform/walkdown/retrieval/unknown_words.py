"""Words of a pack's documents that neither its glossary nor the lexicon knows: what a domain team adds to the glossary.

Such a word is found only where the question has it letter for letter and in its own language.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from walkdown.documents import Chunk
from walkdown.packs.schema import Pack
from walkdown.retrieval.glossary import find_terms
from walkdown.retrieval.lexicon import WORDED, Concept, concepts, stem
from walkdown.retrieval.naming import is_manner
from walkdown.text.tags import find_tags
from walkdown.text.units import UNITS

_WORD = re.compile(r"[가-힣]{2,}|[A-Za-z]{3,}")
_EXAMPLE = 100
_KOREAN_FORM = re.compile(r"(?:다|으|며|는|던|지|게|에|마다|에서|부터|까지|끼리|함께|모든|모두|것)$|^(?:않|있|없|같)")
"""Verbs, adverbs and words with a particle left: no terms."""
_EVERYDAY = frozenset(
    "one two three four five six seven eight nine ten first second third half once twice none nobody nothing both "
    "other others another without through against out off over under again never always also already here there "
    "them they she his her had has made makes make gives give given stays stay because longer shorter later earlier "
    "until unless while whether very too only here such same own every either neither because though although "
    "min max sec approx etc yes".split()
)
"""English words that say nothing of a trade and are in no list of the search."""
_UNIT_NAMES = frozenset(unit.casefold() for unit in UNITS)


class UnknownWord(NamedTuple):
    """A word as most often written, in how many documents and passages it stands, and one line of one of them."""

    word: str
    documents: int
    passages: int
    example: str
    document_id: str


class _Seen:
    """Where a word was seen."""

    def __init__(self) -> None:
        self.written: dict[str, int] = {}
        self.documents: set[str] = set()
        self.passages: set[str] = set()
        self.example = ("", "")

    def add(self, written: str, line: str, chunk: Chunk) -> None:
        self.written[written] = self.written.get(written, 0) + 1
        self.documents.add(chunk.document_id)
        self.passages.add(chunk.id)
        if not self.example[0]:
            self.example = (_around(written, line), chunk.document_id)


def unknown_words(chunks: Iterable[Chunk], pack: Pack, *, least: int = 3) -> list[UnknownWord]:
    """The unknown words of Korean and English passages that stand in at least so many documents, the commonest first.

    Tags, codes, numbers and verbs of everyday speech are none; English words are counted by their stem.
    """
    seen: dict[str, _Seen] = {}
    for chunk in chunks:
        if chunk.language not in WORDED:
            continue
        for line in dict.fromkeys((chunk.title, *chunk.heading_path, *chunk.text.splitlines())):
            for word in _unknown(line, pack):
                seen.setdefault(stem(word) if word.isascii() else word, _Seen()).add(word, line, chunk)
    found = [
        UnknownWord(max(s.written, key=lambda w: s.written[w]), len(s.documents), len(s.passages), *s.example)
        for s in seen.values()
        if len(s.documents) >= least
    ]
    return sorted(found, key=lambda w: (-w.documents, -w.passages, w.word))


def _unknown(line: str, pack: Pack) -> Iterator[str]:
    tags = [(tag.start, tag.end) for tag in find_tags(line, pack.grammar)]
    for concept in concepts(line, find_terms(line, pack.glossary), tags):
        word = concept.written
        if _WORD.fullmatch(word) and _names_itself_alone(concept) and not (is_manner(concept) or _is_everyday(word)):
            yield word


def _is_everyday(word: str) -> bool:
    folded = word.casefold()
    return folded in _EVERYDAY or folded in _UNIT_NAMES or _KOREAN_FORM.search(word) is not None


def _names_itself_alone(concept: Concept) -> bool:
    """True where neither list gave a word a name."""
    return {*concept.ko, *concept.en} <= {concept.written}


def _around(word: str, line: str) -> str:
    """A line, or the part of it around the word."""
    text = " ".join(line.split())
    if len(text) <= _EXAMPLE:
        return text
    start = max(0, text.find(word) - _EXAMPLE // 2)
    return f"{'…' if start else ''}{text[start : start + _EXAMPLE]}…"
