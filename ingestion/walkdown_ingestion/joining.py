"""Joins the lines of a wrapped text: hyphens at line ends, and Korean words torn at the end of a line."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from walkdown_ingestion.hangul_wrap import HangulLines

# A particle or verb ending cannot begin a word: a line that begins with one goes on with the word before.
_KOREAN_TAIL = re.compile(
    r"(?:다|니다|까|요|을|를|은|는|의|에|로|으로|와|과|에서|까지|부터|이며|하며|하고|되고|되며|며)(?=[\s.,;:)]|$)"
)
# A narrow column breaks words anywhere: one letter at the start of a line is the end of a word.
_LONE_LETTER = re.compile(r"[b-hj-np-tv-xz](?=\s|$)")
_UNSPACED = re.compile(r"[一-鿿々ぁ-ヿ、。，；：？！）」』（「『]")
"""Chinese and Japanese, which part no words by spaces."""
_HANGUL_END = re.compile(r"[가-힣]$")
_HANGUL_LAST, _HANGUL_FIRST = re.compile(r"(?<![^\s(])[가-힣]+$"), re.compile(r"[가-힣]+")
_HANGUL_WORD = re.compile(r"(?<![^\s(])[가-힣]+")
_CODE_BREAK = re.compile(r"[A-Za-z0-9][-/_]$")
_HYPHENATED = re.compile(r"[a-zà-ÿ]{2,}-$")


class Known(NamedTuple):
    """What a document shows of its words: Korean ones and those in small letters, and how its Korean is broken."""

    words: frozenset[str] = frozenset()
    hangul: HangulLines = HangulLines()


NOTHING_KNOWN = Known()


def join_pair(left: str, right: str, *, keep_hyphen: bool = True, torn: bool = False) -> str:
    """Two lines of one wrapped text as one; a Korean word that is `torn` between them is made whole.

    A hyphen at the end stays, because plant documents break at hyphens that are there (`under-deposit`, `P-101A`),
    unless `keep_hyphen` is False and a word in small letters goes on.
    """
    if not left or not right:
        return left or right
    if _HYPHENATED.search(left) and right[0].islower():
        return left + right if keep_hyphen else left[:-1] + right
    if _CODE_BREAK.search(left) and right[0].isalnum() and not left.endswith((" -", " /")):
        return left + right
    if left[-1].islower() and _LONE_LETTER.match(right):
        return left + right
    if _UNSPACED.match(left[-1]) and _UNSPACED.match(right[0]):
        return left + right
    if torn or (_HANGUL_END.search(left) and _KOREAN_TAIL.match(right)):
        return left + right
    return f"{left} {right}"


def _is_torn(left: str, right: str, known: frozenset[str]) -> bool:
    """True where a line end cuts a Korean word in two that stands elsewhere in one piece, and its half nowhere."""
    half, rest = _HANGUL_LAST.search(left), _HANGUL_FIRST.match(right)
    return half is not None and rest is not None and half[0] + rest[0] in known and half[0] not in known


def korean_words(line: str) -> list[str]:
    """The Korean words inside a line; its first and last may be halves."""
    return [word for token in line.split()[1:-1] for word in _HANGUL_WORD.findall(token)]


def join_lines(lines: Sequence[str], known: Known = NOTHING_KNOWN, full: Sequence[bool] = ()) -> str:
    """Lines of one wrapped text as one; a word that a hyphen or a line end breaks is mended when `known` tells it.

    `full`: for each line but the last, whether not one more syllable had room on it; none given, all may have been.
    """
    text = ""
    for i, line in enumerate(lines):
        broken = re.search(r"([A-Za-zà-ÿ]+)-$", text)
        rest = re.match(r"[a-zà-ÿ]+", line)
        whole = (broken[1] + rest.group()).lower() if broken and rest else ""
        is_full = i > 0 and (not full or full[i - 1])
        torn = _is_torn(text, line, known.words) or (is_full and known.hangul.tears(text, line))
        text = join_pair(text, line, keep_hyphen=whole not in known.words, torn=torn)
    return text
