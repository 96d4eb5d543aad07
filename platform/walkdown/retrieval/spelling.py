"""Mends slips of the keyboard in a question against the words of the pack's glossary.

A repair never replaces what was typed: the corrected term is searched as well. Korean is compared letter by letter
(jamo), so that 급수범프 is one slip away from 급수펌프; a swap of two neighbours counts as one slip.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from walkdown.packs.schema import GlossaryEntry
from walkdown.retrieval.glossary import Term
from walkdown.retrieval.lexicon import lexicon, stem
from walkdown.text.function_words import FUNCTION_WORDS
from walkdown.text.languages import normalise

_WORD = re.compile(r"[A-Za-z]{5,}|[가-힣]{3,}")
_MAX_REPAIRS = 4
_MIN_LETTERS = 7
"""Letters (jamo) that a Korean term must have: shorter ones are near too many words."""


class Repair(NamedTuple):
    """A word taken for a slip: as typed, the form it is near to, and that form's entry."""

    typed: str
    meant: str
    entry: GlossaryEntry
    start: int
    end: int


def _apart(a: str, b: str) -> tuple[str, str]:
    """Two words without what they begin and end with in common: nearly all words differ at once and stay long."""
    start, least = 0, min(len(a), len(b))
    while start < least and a[start] == b[start]:
        start += 1
    end = 0
    while end < least - start and a[-1 - end] == b[-1 - end]:
        end += 1
    return a[start : len(a) - end], b[start : len(b) - end]


def distance(a: str, b: str, most: int) -> int:
    """Edits between two words (insert, delete, replace, swap of neighbours), or `most` + 1 when there are more."""
    if abs(len(a) - len(b)) > most:
        return most + 1
    a, b = _apart(a, b)
    if most == 1 and max(len(a), len(b)) > 2:
        return 2  # one edit leaves a letter or a swapped pair
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        current = [i]
        for j, y in enumerate(b, 1):
            cost = min(row[j] + 1, current[j - 1] + 1, row[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, before[j - 2] + 1)
            current.append(cost)
        if min(current) > most:
            return most + 1
        before, row = row, current
    return min(row[-1], most + 1)


def _letters(word: str) -> str:
    return unicodedata.normalize("NFD", word)


class _Known(NamedTuple):
    words: frozenset[str]
    latin: dict[str, GlossaryEntry]
    hangul: dict[str, tuple[str, GlossaryEntry]]


@lru_cache(maxsize=16)
def _known(glossary: tuple[GlossaryEntry, ...]) -> _Known:
    """Words that are right as they are, and the forms that a slip may be mended to."""
    base = lexicon()
    words = {word for key in base.english for word in key.split()} | {stem(w) for w in FUNCTION_WORDS}
    latin: dict[str, GlossaryEntry] = {}
    hangul: dict[str, tuple[str, GlossaryEntry]] = {}
    for entry in glossary:
        for form in map(normalise, entry.forms()):
            words.update(stem(word) for word in re.findall(r"[A-Za-z]+", form))
            if re.fullmatch(r"[A-Za-z]{5,}", form):
                latin.setdefault(form.lower(), entry)
            if re.fullmatch(r"[가-힣]{3,}", form) and len(_letters(form)) >= _MIN_LETTERS:
                hangul.setdefault(_letters(form), (form, entry))
    for entry in glossary:
        # The words of longer names: "circulting water pump" must find its entry as well.
        for word in re.findall(r"[a-z]{6,}", entry.en.lower()):
            latin.setdefault(word, entry)
    return _Known(frozenset(words), latin, hangul)


def _mend_latin(word: str, known: _Known) -> tuple[str, GlossaryEntry] | None:
    low = word.lower()
    if stem(low) in known.words:
        return None
    most = 1 if len(low) < 8 else 2
    near = [(d, form) for form in known.latin if form[0] == low[0] and (d := distance(low, form, most)) <= most]
    return (min(near)[1], known.latin[min(near)[1]]) if near else None


def _mend_hangul(word: str, known: _Known) -> tuple[str, GlossaryEntry] | None:
    """The term that the beginning of a word is one slip away from; particles may follow."""
    best: tuple[int, int, str, GlossaryEntry] | None = None
    spelled = {size: _letters(word[:size]) for size in range(3, len(word) + 1)}
    for letters, (form, entry) in known.hangul.items():
        if len(form) > len(word) + 1:
            continue
        for size in (len(form), len(form) - 1, len(form) + 1):
            if size not in spelled:
                continue
            found = distance(spelled[size], letters, 1)
            if found == 1 and (best is None or (-len(form), abs(size - len(form))) < best[:2]):
                best = (-len(form), abs(size - len(form)), form, entry)
    return (best[2], best[3]) if best else None


_ENDING = re.compile(
    r"(?:들|은|는|이|가|을|를|에|의|로|와|과|도|만|인|야|요|일|용|시|때|중|후|전|별|까지|부터|에서|에는|으로|보다|이나|이랑|"
    r"이야|인가|인지|하고|하면|한테|처럼|마다|되면|됐|됐을|했|했을|해|하|된|될|돼|라고|이라고|라도|값|쪽)*"
)


def _accounted(start: int, word: str, found: Sequence[Term]) -> bool:
    """True when known terms and endings make up the whole word."""
    rest, at = "", start
    for term in found:
        if term.end <= start or term.start >= start + len(word):
            continue
        rest += word[max(0, at - start) : max(0, term.start - start)]
        at = term.end
    if at == start:
        return False
    rest += word[at - start :]
    return word.isascii() or _ENDING.fullmatch(rest) is not None


def repairs(question: str, found: Sequence[Term], glossary: Sequence[GlossaryEntry]) -> list[Repair]:
    """Words of a question that are no known term but one slip away from one (two in long Latin words).

    `found` are the terms already recognised; their words are left alone.
    """
    known = _known(tuple(glossary))
    out: list[Repair] = []
    text = normalise(question)
    for match in _WORD.finditer(text):
        word = match.group()
        if _accounted(match.start(), word, found):
            continue
        mended = _mend_latin(word, known) if word.isascii() else _mend_hangul(word, known)
        if mended is not None:
            out.append(Repair(word, *mended, *match.span()))
    return out[:_MAX_REPAIRS]
