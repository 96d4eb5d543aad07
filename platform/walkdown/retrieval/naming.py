"""Whether a text names what a question is about, concept by concept and in either language.

Stricter than the shared terms that a search goes by: a compound is named as a whole, and words by which one asks are no
concepts. The order of the passages, the evidence gate, the ranking of lines and the checks of an answer all use it.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

from walkdown.packs.schema import GlossaryEntry
from walkdown.retrieval.foreign_passages import in_english
from walkdown.retrieval.glossary import find_terms
from walkdown.retrieval.lexicon import Concept, concepts, english_key
from walkdown.text.held_words import holds, terms_of
from walkdown.text.languages import normalise

_DEVICE = (
    r"밸브|스위치|전송기|발신기|계전기|배관|라인|계기|조절기|제어기|"
    r"valves?\b|switch(?:es)?\b|transmitters?\b|relays?\b|lines?\b|pipes?\b|gauges?\b|controllers?\b"
)
_HANGUL = re.compile(r"[가-힣]")
_VERBAL = re.compile(
    r"(?:면|려|려고|어요|아요|나요|까요|습니까|는데|은데|해야|어야|아야|졌|었|았|겠|할까|을까|는지|지|다가|거나|으니|니까|"
    r"버렸|이야|야|해|돼|됐|줘|래|대|니|나|고|서|떠|받아|춰|워|들어|옮겨|며|면서|므로|지만|도록)[가-힣]{0,2}$"
)
"""Endings of verbs: one in no dictionary is how someone speaks ("쓰면", "떨어졌는데") rather than what of."""
_VERBAL_EN = re.compile(r"[a-z]{3,}(?:ing|ed|ly)")
_CHARACTERS = re.compile(r"[ぁ-ヿ㐀-鿿]")
_SMALL = frozenset("of the in to for and by on at with from".split())
_BETWEEN = 1
"""Words that may stand between those of a name in a reading, beside other meanings of them."""
_LONGEST_SYMBOL = 4
_MOST = 40
"""Concepts of a question: each is looked for in every line found, and 5,000 characters hold a thousand."""


def fewest(spoken: Sequence[Concept]) -> list[Concept]:
    """The concepts of a question that passages are compared by; of a page of text the first forty, each once."""
    return list(spoken) if len(spoken) <= _MOST else list(dict.fromkeys(spoken))[:_MOST]


def asked_concepts(question: str, glossary: Sequence[GlossaryEntry]) -> list[Concept]:
    """What a question is about, concept by concept; words by which one asks are left out."""
    return fewest([c for c in concepts(question, find_terms(question, glossary), ()) if c.weight == 1.0])


def asked_among(question: str, texts: Sequence[str], glossary: Sequence[GlossaryEntry]) -> list[Concept]:
    """What a question is about; a word of how someone speaks counts only where some text has it."""
    spoken = asked_concepts(question, glossary)
    return [c for c in spoken if not is_manner(c) or any(names(text, c) for text in texts)]


def _is_known(concept: Concept) -> bool:
    return bool(concept.ko and concept.en)


def is_manner(concept: Concept) -> bool:
    """True for a word that is in no dictionary and ends like a verb: how someone speaks, not what of."""
    if _is_known(concept):
        return False
    korean = _HANGUL.search(concept.written) and _VERBAL.search(concept.written)
    return bool(korean or _VERBAL_EN.fullmatch(concept.written))


class _Read:
    """A text as concepts are looked for in it: as it is, without spaces, by stems, by terms; each made when asked."""

    def __init__(self, text: str) -> None:
        self.text = normalise(text)

    @cached_property
    def folded(self) -> str:
        """Without regard to case."""
        return self.text.casefold()

    @cached_property
    def closed(self) -> str:
        """Without spaces, which Korean compounds may or may not have."""
        return "".join(self.text.split())

    @cached_property
    def stems(self) -> str:
        """The stems of its English words, a space around each."""
        return f" {english_key(self.text)} "

    @cached_property
    def places(self) -> Mapping[str, Sequence[int]]:
        """Where each stem stands in the English reading of a Chinese, Japanese or Spanish text; empty for others."""
        places: dict[str, list[int]] = {}
        for at, word in enumerate(english_key(in_english(self.text)).split()):
            places.setdefault(word, []).append(at)
        return places

    @cached_property
    def terms(self) -> frozenset[str]:
        """Its lexical terms."""
        return frozenset(terms_of(self.text))


# One question looks for its concepts in forty passages, their headings and their lines.
_read = lru_cache(maxsize=4096)(_Read)


class _Names(NamedTuple):
    """The names of a concept by how each is looked for: closed Hangul, codes, abbreviations, stems of English words.

    `words`: the same stems without small words, for readings. `own`: names in Chinese and Japanese characters.
    """

    hangul: tuple[str, ...]
    codes: tuple[str, ...]
    symbols: tuple[re.Pattern[str], ...]
    stems: tuple[str, ...]
    words: tuple[tuple[str, ...], ...]
    own: tuple[str, ...]


@lru_cache(maxsize=4096)
def _names_of(concept: Concept) -> _Names:
    hangul, codes, symbols, stems, words, own = [], [], [], [], [], []
    for name in map(normalise, {*concept.ko, *concept.en, concept.written}):
        if _CHARACTERS.search(name):
            own.append(name)
        elif _HANGUL.search(name):
            hangul.append(name.replace(" ", ""))
        elif re.search(r"\d", name):
            codes.append(name.casefold())
        elif name.isupper() and len(name) <= _LONGEST_SYMBOL:
            symbols.append(re.compile(rf"(?<![A-Za-z]){re.escape(name)}(?![A-Za-z])"))
        elif key := english_key(name):
            stems.append(f" {key} ")
            words.append(tuple(word for word in key.split() if word not in _SMALL) or tuple(key.split()))
    return _Names(tuple(hangul), tuple(codes), tuple(symbols), tuple(stems), tuple(words), tuple(own))


@lru_cache(maxsize=20_000)
def names(text: str, concept: Concept) -> bool:
    """True when a text names a concept of the question by any of its names, in either language."""
    read, wanted = _read(text), _names_of(concept)
    return (
        any(name in read.closed for name in wanted.hangul)
        or any(name in read.stems for name in wanted.stems)
        or any(symbol.search(read.text) for symbol in wanted.symbols)
        or any(name in read.folded for name in wanted.codes)
        or any(holds(read.terms, name) for name in wanted.own)
        or (not _is_known(concept) and holds(read.terms, concept.written))
        or any(_together(read.places, words) for words in wanted.words)
    )


def _together(places: Mapping[str, Sequence[int]], words: Sequence[str]) -> bool:
    """True where the words of a name stand close together, in any order: `presión máxima` is a maximum pressure."""
    found = [places.get(word, ()) for word in words]
    reach = len(words) + _BETWEEN
    return all(found) and any(all(_near(first, other, reach) for other in found) for first in found[0])


def _near(place: int, others: Sequence[int], reach: int) -> bool:
    return any(abs(at - place) <= reach for at in others)


@lru_cache(maxsize=4096)
def _in_device(concept: Concept) -> re.Pattern[str]:
    """A concept that is but part of a device's name: of a minimum flow valve no minimum flow is told."""
    forms = {*concept.ko, *concept.en, concept.written}
    closed = (
        r"\s?".join(map(re.escape, form.replace(" ", ""))) for form in sorted(forms, key=len, reverse=True) if form
    )
    return re.compile(rf"(?:{'|'.join(closed)})\s?(?:{_DEVICE})", re.IGNORECASE)


def names_freely(text: str, concept: Concept, question: str) -> bool:
    """True when a text names a concept of the question, not as part of the name of a device."""
    return names(text if _of_device(concept, question) else _in_device(concept).sub(" ", text), concept)


@lru_cache(maxsize=1024)  # the question is the same for every line
def _of_device(concept: Concept, question: str) -> bool:
    """Whether the question itself names it as part of a device."""
    return _in_device(concept).search(question) is not None
