"""Paragraph numbers as Hangul prints them: `^1.^2` filled with the counters of its levels, in their own numerals."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

_SYLLABLES = "가나다라마바사아자차카타파하"
_JAMO = "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ"
_IDEOGRAPHS = "一二三四五六七八九十"
_KOREAN = "일이삼사오육칠팔구십"
_MAX = 10


def _of(letters: str) -> Callable[[int], str]:
    return lambda n: letters[(n - 1) % len(letters)]


def _circled(first: int, letters: int) -> Callable[[int], str]:
    return lambda n: chr(first + (n - 1) % letters)


def roman(number: int) -> str:
    """A number in capital Roman numerals."""
    out = ""
    for value, sign in ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        while number >= value:
            out, number = out + sign, number - value
    return out


_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
NUMERALS: Mapping[str, Callable[[int], str]] = {
    "DIGIT": str,
    "CIRCLED_DIGIT": _circled(0x2460, 20),
    "ROMAN_CAPITAL": roman,
    "ROMAN_SMALL": lambda n: roman(n).lower(),
    "LATIN_CAPITAL": _of(_LETTERS),
    "LATIN_SMALL": _of(_LETTERS.lower()),
    "CIRCLED_LATIN_CAPITAL": _circled(0x24B6, 26),
    "CIRCLED_LATIN_SMALL": _circled(0x24D0, 26),
    "HANGUL_SYLLABLE": _of(_SYLLABLES),
    "CIRCLED_HANGUL_SYLLABLE": _circled(0x326E, 14),
    "HANGUL_JAMO": _of(_JAMO),
    "CIRCLED_HANGUL_JAMO": _circled(0x3260, 14),
    "HANGUL_PHONETIC": _of(_KOREAN),
    "IDEOGRAPH": _of(_IDEOGRAPHS),
    "CIRCLED_IDEOGRAPH": _circled(0x3280, 10),
}
"""Numerals by the names HWPX uses, in the order HWP 5 numbers them."""
BY_CODE = tuple(NUMERALS)


class Level(NamedTuple):
    """One level of a numbering: `^2.` or `제^1장`, its numerals, its first number."""

    form: str
    numerals: str = "DIGIT"
    start: int = 1


class Numbering:
    """Counts the paragraphs of one numbering."""

    def __init__(self, levels: Mapping[int, Level]) -> None:
        """`levels` counts from 1."""
        self._levels = levels
        self._counts: dict[int, int] = {}

    def next(self, level: int) -> str:
        """The number of the next paragraph of a level, as printed; "" where the level has no form."""
        known = self._levels.get(level)
        if known is None or not known.form.strip():
            return ""
        self._counts[level] = self._counts.get(level, known.start - 1) + 1
        for deeper in [n for n in self._counts if n > level]:
            del self._counts[deeper]
        text = known.form
        for n in range(_MAX, 0, -1):
            if f"^{n}" in text:
                own = self._levels.get(n, Level(""))
                numerals = NUMERALS.get(own.numerals, str)
                text = text.replace(f"^{n}", numerals(max(self._counts.get(n, own.start), 1)))
        return text.strip()
