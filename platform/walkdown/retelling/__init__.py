"""What Walkdown tells in English, told in the reader's language: causes, remedies, and notes on documents.

They are written where they are found out, in one language, and kept as they were written (a refused file has its reason
in the registry). What a reader may meet of them has a code here and a sentence in every language. The English one is a
form with blanks: a text that fits it is told again, with what stood in its blanks, and any other text stays as it is.
See decision 0059.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from string import Formatter
from typing import NamedTuple

from walkdown.documents import LANGUAGES, Language
from walkdown.retelling.asking import ASKING
from walkdown.retelling.notes import NOTES
from walkdown.retelling.phrases import PHRASES
from walkdown.retelling.refused import REFUSED

__all__ = ["SENTENCES", "is_retold", "retold"]

SENTENCES: Mapping[Language, Mapping[str, str]] = {
    code: {**ASKING[code], **REFUSED[code], **NOTES[code], **PHRASES[code]} for code in LANGUAGES
}
_COUNTS = frozenset({"count", "page", "more", "line", "seconds"})
_WORDS = frozenset({"what", "kind", "first", "others"})
"""Blanks that hold words of Walkdown, which are told again as well; the rest hold names and what programs say."""
_END = re.compile(r"(?<=[.?])\s+")
_MOST_SENTENCES = 8
_UNSPACED = ("ja", "zh")


class _Form(NamedTuple):
    code: str
    pattern: re.Pattern[str]
    longest: str
    """The longest part of it that stands in every text which fits."""


def _blank(name: str) -> str:
    if name in _WORDS:
        # Never the end of one sentence and the beginning of the next.
        return rf"(?P<{name}>(?:(?![.?]\s).)+?)"
    return rf"(?P<{name}>[\d,.]*\d)" if name in _COUNTS else rf"(?P<{name}>.+?)"


def _form(code: str, sentence: str) -> tuple[int, _Form]:
    parts = [(literal, name) for literal, name, _, _ in Formatter().parse(sentence)]
    pattern = "".join(re.escape(literal) + (_blank(name) if name else "") for literal, name in parts)
    literals = [literal for literal, _ in parts]
    return len("".join(literals)), _Form(code, re.compile(pattern, re.DOTALL), max(literals, key=len))


@lru_cache(maxsize=1)
def _forms() -> tuple[_Form, ...]:
    """The English sentences, those that say most first: they fit the fewest texts."""
    weighed = (_form(code, sentence) for code, sentence in SENTENCES["en"].items())
    return tuple(form for _, form in sorted(weighed, key=lambda pair: -pair[0]))


def _fitting(text: str, language: Language, *, inside: bool = False) -> str | None:
    """A text that fits one form, in a language; None where it fits none. Phrases are forms `inside` a blank only."""
    for form in _forms():
        if form.longest in text and (inside or form.code not in PHRASES["en"]) and (m := form.pattern.fullmatch(text)):
            values = {name: _words(name, value, language) for name, value in m.groupdict().items()}
            return SENTENCES[language][form.code].format(**values)
    return None


def _words(name: str, value: str, language: Language) -> str:
    """What stands in a blank, in a language where it is words of Walkdown."""
    if name not in _WORDS:
        return value
    parts = value.split(", ") if name == "others" else [value]
    return ", ".join(_fitting(part, language, inside=True) or part for part in parts)


def _after_a_name(text: str, language: Language) -> str | None:
    """A text behind the name of what it is about (`a.docx: ...`); None where that fits no form either."""
    name, colon, rest = text.partition(": ")
    told = _fitting(rest, language) if colon else None
    return None if told is None else f"{name}: {told}"


def _sentences(text: str, language: Language) -> list[tuple[str, bool]]:
    """A text in pieces, as short as forms fit them: each in the language if it can be, and whether it could."""
    parts = _END.split(text, maxsplit=_MOST_SENTENCES)
    pieces: list[tuple[str, bool]] = []
    while parts:
        told, count = _first(parts, language)
        pieces.append((parts[0] if told is None else told, told is not None))
        del parts[:count]
    return pieces


def _first(parts: Sequence[str], language: Language) -> tuple[str | None, int]:
    """The shortest beginning that fits a form, told, and of how many parts it is; None and 1 where there is none."""
    for fit in (_fitting, _after_a_name):
        for count in range(1, len(parts) + 1):
            if (told := fit(" ".join(parts[:count]), language)) is not None:
                return told, count
    return None, 1


@lru_cache(maxsize=2000)
def retold(text: str, language: Language) -> str:
    """A text of Walkdown in a language; sentences that have no form here stay in English."""
    if language == "en" or not text:
        return text
    pieces = _sentences(text, language)
    if not any(known for _, known in pieces):
        return text
    between = "" if language in _UNSPACED and all(known for _, known in pieces) else " "
    return between.join(piece for piece, _ in pieces)


def is_retold(text: str) -> bool:
    """True where every sentence of a text can be told in every language."""
    return all(known for _, known in _sentences(text, "en"))
