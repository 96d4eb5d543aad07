"""Reads lines of documents in Chinese, Japanese and Spanish into English words, to look for concepts in them.

A question is read by one meaning of each word (`walkdown.retrieval.foreign`), a line by all that its words may mean and
by the parts of its phrases, too: whoever asks has one of them in mind. The reading of a text has as many lines as the
text. What was read is kept line by line, since a passage, its lines and its headings are looked at in turn.
"""

import re
from functools import lru_cache

from walkdown.documents import Language
from walkdown.retrieval.foreign import NUMBER_WORDS, segmented
from walkdown.retrieval.foreign_words import ARTICLES, READ, Words, fold, looked_up, phrases, plain, words_of
from walkdown.text.function_words import FUNCTION_WORDS
from walkdown.text.languages import detect_language

_SPANISH_LETTER = re.compile(r"[áéíóúñ¿¡]", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
_TOKEN = re.compile(r"(?P<code>[^\s¿¡]*\d[^\s?!]*)|(?P<word>[^\W\d_]+)|(?P<sign>[^\s\w]+)")
_SPANISH_WORDS = (ARTICLES - {"un", "lo"}) | frozenset("en por con para que se sin".split())
_ALSO_ENGLISH = frozenset({"no", "a"})
_WHOLE = 4
"""Characters from which a form is looked at for two words in one: 出口压力."""
_HALF = 2
_CJK = re.compile(r"[㐀-鿿々〆ぁ-ゖァ-ヺー]+")


def language_of(text: str) -> Language:
    """Language of a text, be it but a cell: a letter or a small word tells Spanish where no English one stands."""
    language = detect_language(text)
    if language != "en":
        return language
    words = [word.lower() for word in _WORD.findall(text)]
    if any(word in FUNCTION_WORDS and word not in _ALSO_ENGLISH for word in words):
        return language
    return "es" if _SPANISH_LETTER.search(text) or not _SPANISH_WORDS.isdisjoint(words) else language


@lru_cache(maxsize=4096)
def in_english(text: str, language: Language | None = None) -> str:
    """A text in one of `READ` as English words, line by line; "" for a text in another language.

    `language` is that of the passage where it is known: a cell tells little.
    """
    language = language or language_of(text)
    if language not in READ:
        return ""
    lines = [_line(line, language) for line in text.splitlines()]
    if language == "zh" and len(lines) == 1:
        # Characters alone may be a cell of a Japanese document.
        lines = list(dict.fromkeys((*lines, _line(text, "ja"))))
    return "\n".join(lines)


# Lines of a passage are looked at one by one after the whole of it.
@lru_cache(maxsize=16_384)
def _line(line: str, language: Language) -> str:
    return _spanish(line) if language == "es" else _unspaced(line, language)


def _unspaced(line: str, language: Language) -> str:
    text = fold(line, language)
    for pattern, to in NUMBER_WORDS[language]:
        text = pattern.sub(to, text)
    words = words_of(language, every=True)
    for form in words.mixed:
        text = text.replace(form, f" {words.forms[form]} ")
    return " ".join(_CJK.sub(lambda run: f" {_run(run.group(), language)} ", text).split())


@lru_cache(maxsize=16_384)
def _run(run: str, language: Language) -> str:
    words = words_of(language, every=True)
    found = []
    for piece in segmented(run, words):
        found += [piece.english, *_halves(piece.text, words)]
    return " ".join(filter(None, found))


def _halves(form: str, words: Words) -> list[str]:
    """The two words that a long form is made of, where it is: 出口压力 is an outlet's and a pressure."""
    if len(form) < _WHOLE:
        return []
    for at in range(_HALF, len(form) - _HALF + 1):
        if (left := words.forms.get(form[:at])) and (right := words.forms.get(form[at:])):
            return [f"{left} {right}"]
    return []


def _spanish(line: str) -> str:
    words = words_of("es", every=True)
    found: list[str] = []
    row: list[str] = []
    for match in _TOKEN.finditer(line):
        if match["word"]:
            row.append(match.group())
            continue
        found += _of_phrases(row, words)
        row = []
        found.append(match.group())
    return " ".join([*found, *_of_phrases(row, words)])


def _of_phrases(row: list[str], words: Words) -> list[str]:
    """A row of Spanish words in English, each phrase with the words that it is made of; an unknown word as it is."""
    found = []
    for phrase, english in phrases(row, words):
        found.append(phrase[0] if english is None else english)
        parts = (looked_up([plain(word)], words) for word in phrase) if len(phrase) > 1 else ()
        found += [f"; {part}" for part in parts if part]
    return [each for each in found if each]


def telling(word: str, language: Language) -> list[str]:
    """What carries meaning of a word of a language that is read: of a run of characters the forms it is made of.

    What is in no list stays as one piece; small words are left out.
    """
    if language == "es":
        bare = plain(word)
        return [] if bare in ARTICLES or looked_up([bare], words_of("es")) == "" else [word]
    found: list[str] = []
    unread = ""
    for piece in segmented(fold(word, language), words_of(language)):
        if piece.unread:
            unread += piece.text
            continue
        found += [unread, piece.text if piece.english else ""]
        unread = ""
    return [each for each in (*found, unread) if each]
