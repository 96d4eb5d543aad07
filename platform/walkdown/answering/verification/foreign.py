"""The words of claims in Chinese, Japanese and Spanish, and whether a passage in whatever language holds them."""

import re
from collections.abc import Sequence
from functools import lru_cache

from walkdown.documents import Language
from walkdown.retrieval.foreign_passages import in_english, language_of, telling
from walkdown.retrieval.foreign_words import READ
from walkdown.retrieval.lexicon import Concept, concepts
from walkdown.retrieval.naming import names

_CHARACTERS = re.compile(r"[ぁ-ヿ㐀-鿿]")


def telling_words(words: Sequence[str], text: str) -> list[str]:
    """The words of a text that carry meaning, where it is in a language that is read; else all of them."""
    language = language_of(text)
    if language not in READ:
        return list(words)
    read = [word for word in words if language == "es" or _CHARACTERS.search(word)]
    return [piece for word in words for piece in (telling(word, language) if word in read else [word])]


@lru_cache(maxsize=4096)
def _meant(word: str, language: Language) -> tuple[Concept, ...]:
    return tuple(c for c in concepts(in_english(word, language), (), ()) if c.weight == 1.0)


def holds_meaning(text: str, word: str, language: Language) -> bool:
    """True where a passage has a word of a language that is read, or names one of its meanings."""
    if language not in READ:
        return False
    return (len(word) > 1 and word in text.casefold()) or any(names(text, c) for c in _meant(word, language))
