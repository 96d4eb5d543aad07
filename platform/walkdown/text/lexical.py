"""Lexical terms for the sparse vector, made for Korean: Hangul bigrams plus whole words, numbers and codes.

Korean glues particles to nouns ("펌프를" is "펌프" + object marker), so whole words do not match; character
bigrams do, need no dictionary and survive the word breaks that PDFs tear. Latin words, numbers and codes stay
whole, so that "P-101A" never matches "P-101B". Chinese and Japanese are bigrams as well.
"""

import re
import zlib
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from walkdown.text.languages import normalise
from walkdown.text.tags import normal_form

_CJK_RUN = re.compile(r"[가-힣぀-ヿ一-鿿]+")
# A code and a number of a heading begin where their letters and digits do: tried inside a long run of them as well, a
# word of 5,000 letters takes the square of that.
_CODE = re.compile(r"(?<![A-Za-z0-9])(?=[0-9]*[A-Za-z])(?=[^\s0-9]*[0-9])[A-Za-z0-9]+(?:[-_/.][A-Za-z0-9]+)*")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]+")
_NUMBER = re.compile(r"(?<![A-Za-z0-9.])[+-]?\d+(?:,\d{3})*(?:\.\d+)?(?![A-Za-z0-9]*[A-Za-z][0-9])")
_HEADING_NUMBER = re.compile(r"(?<!\d)\d++(?:\.\d+){1,5}")
ANALYSER = "bigram-1"
"""Name and version of this analysis; an index built with another one is refused."""

_STOP = frozenset(
    [
        "the",
        "of",
        "and",
        "to",
        "in",
        "is",
        "are",
        "a",
        "an",
        "for",
        "on",
        "at",
        "by",
        "be",
        "or",
        "as",
        "it",
        "that",
        "this",
        "with",
        "from",
        "which",
        "what",
        "how",
    ]
)


class SparseVector(NamedTuple):
    """Term ids (32-bit hashes, ascending) and their weights."""

    indices: list[int]
    values: list[float]


def _stem(word: str) -> str:
    """Strip the English plural, the one inflection that costs recall on procedures: `valves` -> `valve`."""
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def terms(text: str) -> list[str]:
    """Terms of a text with repetitions: CJK bigrams, stemmed Latin words, numbers, codes in normal form."""
    return list(_terms(text))


@lru_cache(maxsize=1024)  # the question is asked for at every line that is looked at
def _terms(text: str) -> tuple[str, ...]:
    text = normalise(text)
    out: list[str] = []
    for run in _CJK_RUN.findall(text):
        out.extend(run[i : i + 2] for i in range(len(run) - 1))
        if len(run) == 1:
            out.append(run)
    codes = [(m.start(), m.end()) for m in _CODE.finditer(text)]
    out.extend("#" + normal_form(text[a:b]) for a, b in codes)
    rest = _CODE.sub(" ", text)
    out.extend(m.group().replace(",", "").lstrip("+") for m in _NUMBER.finditer(rest))
    out.extend(m.group() for m in _HEADING_NUMBER.finditer(rest))
    out.extend(_stem(w) for w in (w.lower() for w in _LATIN.findall(rest)) if w not in _STOP)
    return tuple(out)


def term_id(term: str) -> int:
    """Stable 32-bit id of a term."""
    return zlib.crc32(term.encode())


def _vector(weights: Iterable[tuple[int, float]]) -> SparseVector:
    pairs = sorted(dict(weights).items())
    return SparseVector([i for i, _ in pairs], [v for _, v in pairs])


def document_vector(text: str, *, k1: float = 1.2, b: float = 0.75, average_length: float = 250.0) -> SparseVector:
    """BM25 term weights of a passage without the IDF, which the index applies (Robertson & Zaragoza 2009)."""
    counts = Counter(terms(text))
    length = sum(counts.values())
    norm = k1 * (1 - b + b * length / average_length)
    return _vector((term_id(t), n * (k1 + 1) / (n + norm)) for t, n in counts.items())


def query_vector(text: str, *, expansions: Iterable[str] = (), expansion_weight: float = 0.5) -> SparseVector:
    """Each term of a question once with weight 1; terms that only its expansions hold with less."""
    weights = {term_id(t): expansion_weight for expansion in expansions for t in terms(expansion)}
    weights.update((term_id(t), 1.0) for t in terms(text))
    return _vector(weights.items())
