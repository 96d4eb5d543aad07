"""Equipment tags and document numbers: found in text by a pack's grammar and normalised for exact matching.

`P-101 A`, `P101A` and `p-101a` are one tag; `P-101B` is never another's neighbour. A grammar is a list of
regular expressions with a kind each; the packs hold them.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from walkdown.text.languages import normalise

_SEPARATORS = re.compile(r"[\s\"'″”\-_–—·./]+")


class TagPattern(NamedTuple):
    """One rule of a tag grammar: the kind of thing it names and the compiled expression."""

    kind: str
    regex: re.Pattern[str]


class Tag(NamedTuple):
    """A tag as found: its kind, the text as written, its normal form and the character span."""

    kind: str
    text: str
    normal: str
    start: int
    end: int


def compile_pattern(kind: str, expression: str) -> TagPattern:
    """Compile one rule so that it matches whole tags only, in any case.

    A tag may not be cut out of a longer run of letters or digits: `P-101` is not found in `P-101A` or `XP-101`.
    Raises `re.error` for a broken expression.
    """
    return TagPattern(kind, re.compile(rf"(?<![A-Za-z0-9])(?:{expression})(?![A-Za-z0-9])", re.IGNORECASE))


def normal_form(text: str) -> str:
    """Upper case without separators: `P-101 A` -> `P101A`."""
    return _SEPARATORS.sub("", normalise(text)).upper()


def find_tags(text: str, grammar: Sequence[TagPattern]) -> list[Tag]:
    """All tags of a text in order; where rules overlap the longest match wins, then the earlier rule."""
    found = [
        Tag(pattern.kind, m.group(), normal_form(m.group()), m.start(), m.end())
        for pattern in grammar
        for m in pattern.regex.finditer(text)
    ]
    taken: list[Tag] = []
    for tag in sorted(found, key=lambda t: (t.start - t.end, t.start)):
        if all(tag.end <= other.start or tag.start >= other.end for other in taken):
            taken.append(tag)
    return sorted(taken, key=lambda t: t.start)
