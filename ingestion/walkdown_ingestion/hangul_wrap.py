"""Whether a space belongs between two lines of Korean, where a word processor may have torn a word at the line end.

Word and Hangul break Korean lines between any two syllables unless told otherwise, and a PDF keeps no space at a line
end, so `때` and `문에` would become two words. How often a syllable ends a word, and another begins one, tells most of
them apart; how often the two stand together in the document itself tells more. A document that breaks lines at spaces
only is known by its line ends: nearly all of them look like spaces.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import NamedTuple

_HANGUL = re.compile(r"[가-힣]+")
_ACROSS = re.compile(r"([가-힣]) (?=([가-힣]))")
_USUAL = 0.35
"""Share of spaces among the borders of two syllables."""
_OWN, _PRIOR = 6.0, 4.0
"""Weight of what the document shows of a pair of syllables, and of what syllables show in general."""
_FEW = 5
"""Line ends from which a document shows how it breaks lines."""
_TORN = 0.5
"""Mean probability of a space at line ends below which lines are broken anywhere, and above which at spaces only."""
_DOUBT = 0.75
"""Spaces that so few line ends may have shown too little by chance."""
_EVEN = 0.5
_SURE = 0.03
"""Probability of a space below which a word is taken for torn where the document does not show how it breaks lines."""


class Ends(NamedTuple):
    """How often, of 100, a syllable at hand is the last of its word (`last`) and the first (`first`)."""

    last: float
    first: float


@cache
def _syllables() -> dict[str, Ends]:
    text = resources.files("walkdown_ingestion").joinpath("hangul_ends.txt").read_text("utf-8")
    lines = (line for line in text.splitlines() if line and not line.startswith("#"))
    return {line[0]: Ends(_share(line[1:3]), _share(line[3:5])) for line in lines}


def _share(digits: str) -> float:
    return min(max(int(digits), 1), 99) / 100


class HangulLines:
    """What a document shows of its words, and of how it breaks lines. `lines` are runs of text, each of one line."""

    def __init__(self, lines: Iterable[str] = ()) -> None:
        self._within: Counter[tuple[str, str]] = Counter()
        self._across: Counter[tuple[str, str]] = Counter()
        self._ends: list[float] = []
        for line in lines:
            for word in _HANGUL.findall(line):
                self._within.update(pairwise(word))
            self._across.update((m[1], m[2]) for m in _ACROSS.finditer(line))

    def see(self, left: str, right: str) -> None:
        """Take account of two lines of which the first reaches the edge and the second goes on."""
        if _is_border(left, right):
            self._ends.append(self.space(left[-1], right[0]))

    def space(self, last: str, first: str) -> float:
        """Probability of a space between two syllables."""
        known = _syllables()
        one, other = known.get(last, Ends(_USUAL, _USUAL)).last, known.get(first, Ends(_USUAL, _USUAL)).first
        odds = _logit(one) + _logit(other) - _logit(_USUAL)
        general = 1 / (1 + math.exp(-odds))
        apart, together = _OWN * self._across[last, first], _OWN * self._within[last, first]
        return (apart + _PRIOR * general) / (apart + together + _PRIOR)

    def tears(self, left: str, right: str) -> bool:
        """True where a word was torn between two lines, the first of which is full."""
        if not _is_border(left, right):
            return False
        space = self.space(left[-1], right[0])
        if len(self._ends) < _FEW:
            return space < _SURE
        return space < _EVEN and sum(self._ends) < _TORN * len(self._ends) - _DOUBT


def _is_border(left: str, right: str) -> bool:
    return bool(left and right and _HANGUL.match(left[-1]) and _HANGUL.match(right[0]))


def _logit(share: float) -> float:
    return math.log(share / (1 - share))
