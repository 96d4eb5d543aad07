"""What documents in Chinese, Japanese and Spanish call the concepts of a question: the word lists, read backwards."""

from collections.abc import Mapping, Sequence
from functools import cache

from walkdown.documents import Language
from walkdown.retrieval.foreign_words import listed
from walkdown.retrieval.lexicon import Concept, Rendered, english_key
from walkdown.text.languages import detect_language

_MOST = 5
"""Names of a concept that are looked for: the later ones of a line are rarer."""


@cache
def _forms(language: Language) -> Mapping[str, tuple[str, ...]]:
    """The forms of a language by the stems of their English, in the order of the lists."""
    forms: dict[str, dict[str, None]] = {}
    for form, english in listed(language):
        if english and not any(word.endswith("-") for word in form.split()):
            forms.setdefault(english_key(english), {})[form] = None
    return {english: tuple(found) for english, found in forms.items()}


def names_in(concept: Concept, language: Language) -> tuple[str, ...]:
    """The names of a concept in one of the languages that are read; an abbreviation or a code is its own."""
    forms = _forms(language)
    own = [name for name in concept.en if not name.isascii() and detect_language(name) == language]
    found = [form for name in concept.en for form in forms.get(english_key(name), ())]
    if not found and not own and concept.written in concept.ko and concept.written.isascii():
        own = [concept.written]
    return tuple(dict.fromkeys((*own, *found)))[:_MOST]


def render_foreign(spoken: Sequence[Concept], language: Language) -> Rendered:
    """Concepts as words of a language that is read; words by which one asks are left out."""
    named = [names for c in spoken if c.weight == 1.0 and (names := names_in(c, language))]
    every = tuple(dict.fromkeys(name for names in named for name in names))
    firsts = [names[0] for names in named]
    return Rendered(" ".join(firsts), tuple(name for name in every if name not in firsts), every)
