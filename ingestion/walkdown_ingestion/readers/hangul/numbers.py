"""Paragraph numbers as Hangul prints them: `^1.^2` filled with the counters of its levels, in their own numerals."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from walkdown_ingestion.readers import numerals

_SYLLABLES = "가나다라마바사아자차카타파하"
_JAMO = "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ"
_MAX = 10


def _of(letters: str) -> Callable[[int], str]:
    return lambda n: letters[(n - 1) % len(letters)]


def _circled(first: int, letters: int) -> Callable[[int], str]:
    return lambda n: chr(first + (n - 1) % letters)


def roman(number: int) -> str:
    """A number in capital Roman numerals."""
    out = ""
    for value, sign in ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
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
    "HANGUL_PHONETIC": numerals.NUMERALS["koreanCounting"],
    "IDEOGRAPH": numerals.NUMERALS["japaneseCounting"],
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
        if "^n" in text or "^N" in text:
            # The numbers of all levels down to this one: `1.2.3`, and with a point behind them for `^N`.
            path = ".".join(self._shown(n) for n in range(1, level + 1))
            text = text.replace("^n", path).replace("^N", f"{path}.")
        for n in range(_MAX, 0, -1):
            if f"^{n}" in text:
                text = text.replace(f"^{n}", self._shown(n))
        return text.strip()

    def _shown(self, level: int) -> str:
        """The number a level stands at, in its numerals."""
        own = self._levels.get(level, Level(""))
        return NUMERALS.get(own.numerals, str)(max(self._counts.get(level, own.start), 1))
