"""Definitions by letter: what a passage says of class A is not said of class B.

"A는 제품에 남는 것, B는 닿지만 남지 않는 것" stands in one sentence, so its words and both letters are all there for
a claim that takes the words of one letter for another.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from walkdown.answering.verification.outcome import failed, passed, skipped
from walkdown.answering.verification.reading import Cited
from walkdown.documents import Check, Claim
from walkdown.text.languages import normalise

_ITEM = re.compile(
    r"(?<![A-Za-z0-9가-힣.-])(?P<key>[A-Z]|[1-9])\s?(?:는|은|란|이란|:|=|\bis\b|\bare\b|\bmeans\b)\s+(?P<said>[^,;.。\n|]+)"
)
_CLOSE = 0.6
"""Share of a definition's words, by weight, from which it is taken to be another's."""
_MARGIN = 0.2


class _Item(NamedTuple):
    key: str
    said: str


def _items(text: str) -> list[_Item]:
    return [_Item(m["key"], m["said"].strip()) for m in _ITEM.finditer(normalise(text))]


def check_keyed(claim: Claim, cited: Cited) -> Check:
    """What a claim says of a letter or digit is what a cited passage says of it, and not of another one."""
    claimed = _items(claim.text)
    stated = [item for e in cited.evidence for item in _items(e.chunk.text)]
    if not claimed or len({item.key for item in stated}) < 2:
        return skipped("keyed", "no_letters")
    for item in claimed:
        own = max((_share(item, s, cited) for s in stated if s.key == item.key), default=0.0)
        other = _nearest([s for s in stated if s.key != item.key], item, cited)
        if other is not None and _share(item, other, cited) > max(_CLOSE, own + _MARGIN):
            return failed("keyed", "other_letter", stated=other.key, claimed=item.key)
    return passed("keyed")


def _share(claimed: _Item, stated: _Item, cited: Cited) -> float:
    return cited.share(cited.reader.features(claimed.said), stated.said)


def _nearest(stated: Sequence[_Item], claimed: _Item, cited: Cited) -> _Item | None:
    return max(stated, key=lambda s: _share(claimed, s, cited), default=None)
