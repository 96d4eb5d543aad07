"""The word lists by which questions in Chinese, Japanese and Spanish are read, and the spellings they are looked up in.

The lists are `lexicon_foreign.txt`, `lexicon_foreign_plant.txt` and `lexicon_foreign_documents.txt`; `traditional.txt`
folds traditional Chinese.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from itertools import product
from typing import NamedTuple

from walkdown.documents import Language
from walkdown.text.languages import normalise

READ: tuple[Language, ...] = ("zh", "ja", "es")
"""Languages that are read into English."""
_NARROW = re.compile(r"[！-～　｡-ﾟ]+")
"""Wide Latin and narrow kana; other compatible characters stay, since 10⁻⁶ is not 10-6."""
_DOT = re.compile(r"(?<=[ァ-ヺー])・(?=[ァ-ヺ])")
_LONG_VOWEL = re.compile(r"(?<=[ァ-ヺ])ー(?![ァ-ヺー])")
"""At the end of a word the long vowel is left out as one likes (モーター, モータ); elsewhere it tells words apart."""
ARTICLES = frozenset("el la los las un una unos unas de del al lo su sus".split())
LEAST_STEM = 3


class Words(NamedTuple):
    """The forms of one language with their English ("" for words without meaning); `longest` in characters.

    Spanish forms are known by their words as written and by stems; of `beginnings` all words that begin so are meant.
    `mixed` are forms of Chinese and Japanese with Latin letters (低pH保持), longest first. `reach`: how long the
    longest form is that begins so, in characters by the first one, in Spanish in words by the first word or its stem.
    """

    forms: Mapping[str, str]
    stems: Mapping[str, str]
    beginnings: frozenset[str]
    longest: int
    mixed: tuple[str, ...] = ()
    reach: Mapping[str, int] = {}


@cache
def _traditional() -> Mapping[int, str]:
    text = resources.files("walkdown.retrieval").joinpath("traditional.txt").read_text("utf-8")
    pairs = "".join(line for line in text.splitlines() if not line.startswith("#")).split()
    return {ord(pair[0]): pair[1] for pair in pairs}


def fold(text: str, language: Language) -> str:
    """A text in the spelling of the lists: narrow Latin, simplified Chinese, katakana without dots in it."""
    text = _NARROW.sub(lambda m: unicodedata.normalize("NFKC", m.group()), normalise(text))
    if language == "zh":
        return text.translate(_traditional())
    return _DOT.sub("", text) if language == "ja" else text


def plain(word: str) -> str:
    """Small letters without accents."""
    return "".join(c for c in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(c))


def stem(word: str) -> str:
    """A Spanish word without plural and gender: `válvulas` and `válvula` are one, `alto` and `altas` too."""
    if word.endswith("ces") and len(word) > LEAST_STEM + 1:
        word = word[:-3] + "z"
    elif word.endswith("es") and len(word) > LEAST_STEM + 2 and word[-3] not in "aeiou":
        word = word[:-2]
    elif word.endswith("s") and len(word) > LEAST_STEM + 1:
        word = word[:-1]
    return word[:-1] if word[-1:] in ("a", "o", "e") and len(word) > LEAST_STEM else word


def _columns(lines: Iterable[str], language: Language) -> Iterator[tuple[str, str]]:
    """The forms of a language in lines `english | zh | ja | es`, each with its English."""
    for line in lines:
        if line.strip() and not line.startswith("#"):
            english, *columns = (part.strip() for part in line.split("|"))
            yield from ((form, english) for f in columns[READ.index(language)].split(";") if (form := f.strip()))


def _put(forms: dict[str, str], form: str, english: str, *, every: bool) -> None:
    """The first English of a form wins; with `every` further ones stand behind it, but for words without meaning."""
    known = forms.setdefault(form, english)
    if every and known and english not in ("", *known.split(", ")):
        forms[form] = f"{known}, {english}"


def parse_words(lines: Iterable[str], language: Language, *, every: bool = False) -> Words:
    """The list of one language from lines `english | zh | ja | es`.

    The first line that has a form wins; with `every` a form has the English of all its lines.
    """
    forms: dict[str, str] = {}
    stems: dict[str, str] = {}
    reach: dict[str, int] = {}
    for form, english in _columns(lines, language):
        if language != "es":
            written = _LONG_VOWEL.sub("", fold(form, language))
            _put(forms, written, english, every=every)
            reach[written[0]] = max(len(written), reach.get(written[0], 0))
            continue
        tokens = [w for w in plain(form).split() if w not in ARTICLES] or plain(form).split()
        stemmed = [t if t.endswith("-") else stem(t) for t in tokens]
        _put(forms, " ".join(tokens), english, every=every)
        _put(stems, " ".join(stemmed), english, every=every)
        for first in (tokens[0], stemmed[0]):
            reach[first] = max(len(tokens), reach.get(first, 0))
    beginnings = frozenset(token for key in stems for token in key.split() if token.endswith("-"))
    mixed = sorted((f for f in forms if language != "es" and re.search("[A-Za-z]", f)), key=len, reverse=True)
    return Words(forms, stems, beginnings, max(map(len, forms), default=0), tuple(mixed), reach)


@cache
def words_of(language: Language, *, every: bool = False) -> Words:
    """The list that comes with Walkdown; with `every` by all that a form may mean, as passages are read."""
    return parse_words(_lines(), language, every=every)


def _lines() -> list[str]:
    folder = resources.files("walkdown.retrieval")
    names = ("lexicon_foreign.txt", "lexicon_foreign_plant.txt", "lexicon_foreign_documents.txt")
    return "\n".join(folder.joinpath(name).read_text("utf-8") for name in names).splitlines()


def listed(language: Language) -> Iterator[tuple[str, str]]:
    """The forms of a language as written in the lists, each with its English."""
    return _columns(_lines(), language)


def _candidates(word: str, words: Words) -> list[str]:
    begun = [word[:end] + "-" for end in range(len(word), 2, -1) if word[:end] + "-" in words.beginnings]
    return [stem(word), *begun]


def looked_up(tokens: Sequence[str], words: Words) -> str | None:
    """The English of a Spanish phrase without accents: as written before its stems."""
    written = words.forms.get(" ".join(tokens))
    if written is not None:
        return written
    choices = product(*(_candidates(token, words) for token in tokens))
    return next((words.stems[key] for c in choices if (key := " ".join(c)) in words.stems), None)


def phrases(tokens: Sequence[str], words: Words) -> Iterator[tuple[tuple[str, ...], str | None]]:
    """Spanish words in a row by the longest phrases there are, each with its English; None for a word in no list.

    Articles are let pass.
    """
    content = [(token, plain(token)) for token in tokens if plain(token) not in ARTICLES]
    at = 0
    while at < len(content):
        first = content[at][1]
        reach = max((words.reach.get(key, 0) for key in (first, *_candidates(first, words))), default=0)
        for size in range(min(reach, len(content) - at), 0, -1):
            english = looked_up([bare for _, bare in content[at : at + size]], words)
            if english is not None:
                break
        else:
            size, english = 1, None
        yield tuple(token for token, _ in content[at : at + size]), english
        at += size
