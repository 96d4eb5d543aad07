"""The word lists by which questions in Chinese, Japanese and Spanish are read, and the spellings they are looked up in.

The lists are `lexicon_foreign.txt` and `lexicon_foreign_plant.txt`, `traditional.txt` folds traditional Chinese.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
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
    `mixed` are forms of Chinese and Japanese with Latin letters (低pH保持), longest first.
    """

    forms: Mapping[str, str]
    stems: Mapping[str, str]
    beginnings: frozenset[str]
    longest: int
    mixed: tuple[str, ...] = ()


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


def parse_words(lines: Iterable[str], language: Language) -> Words:
    """The list of one language from lines `english | zh | ja | es`; the first line that has a form wins."""
    forms: dict[str, str] = {}
    stems: dict[str, str] = {}
    beginnings: set[str] = set()
    for line in lines:
        if not line.strip() or line.startswith("#"):
            continue
        english, *columns = (part.strip() for part in line.split("|"))
        for form in filter(None, (f.strip() for f in columns[READ.index(language)].split(";"))):
            if language != "es":
                forms.setdefault(_LONG_VOWEL.sub("", fold(form, language)), english)
                continue
            tokens = [w for w in plain(form).split() if w not in ARTICLES] or plain(form).split()
            forms.setdefault(" ".join(tokens), english)
            stems.setdefault(" ".join(t if t.endswith("-") else stem(t) for t in tokens), english)
            beginnings.update(t for t in tokens if t.endswith("-"))
    mixed = sorted((f for f in forms if language != "es" and re.search("[A-Za-z]", f)), key=len, reverse=True)
    return Words(forms, stems, frozenset(beginnings), max(map(len, forms), default=0), tuple(mixed))


@cache
def words_of(language: Language) -> Words:
    """The list that comes with Walkdown."""
    folder = resources.files("walkdown.retrieval")
    names = ("lexicon_foreign.txt", "lexicon_foreign_plant.txt")
    return parse_words("\n".join(folder.joinpath(name).read_text("utf-8") for name in names).splitlines(), language)
