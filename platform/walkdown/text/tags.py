"""Equipment tags and document numbers: found in text by a pack's grammar and normalised for exact matching.

`P-101 A`, `P101A` and `p-101a` are one tag; `P-101B` is never another's neighbour. A grammar is a list of
regular expressions with a kind each; the packs hold them. Lists in short name every tag they mean (`tag_lists`).
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from walkdown.text.languages import normalise
from walkdown.text.tag_lists import between, continued

_WIDE = str.maketrans(
    {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
)
_DASH = re.compile(r"(?<=[A-Za-z])[‐‑‒–−－](?=\d)|(?<=\d)[‑－](?=[A-Za-z0-9])")
"""What word processors write for the hyphen of a tag: `P–101A`. Between figures a long dash may be a range."""
_SEPARATORS = re.compile(r"[\s\"'″”\-_–—·./]+")


class TagPattern(NamedTuple):
    """One rule of a tag grammar: the kind of thing it names and the compiled expression."""

    kind: str
    regex: re.Pattern[str]


class Tag(NamedTuple):
    """A tag as found: its kind, the text as written, its normal form and the character span.

    A tag that a list writes in short ("/B" after P-101A) has its text spelled out and the span of what stands for it.
    """

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
    return _SEPARATORS.sub("", _plain(normalise(text))).upper()


def _plain(text: str) -> str:
    """The text with letters, figures and hyphens of a keyboard in the place of wide and typographic ones."""
    return _DASH.sub("-", text.translate(_WIDE)) if not text.isascii() else text


_UNIT_IN_TAG = re.compile(
    r"^(?P<before>[A-Z]{2,5}-?)(?P<unit>[1-4])(?P<after>[A-D]?)$|^(?P<first>[1-4])(?P<kks>0[A-Z]{3}\w*)$"
)
"""BFP-1A, and tags by VGB-B 105, which begin with the number of the unit."""


def unit_of(tag: str) -> str:
    """The unit of the plant that a tag names: 2 of BFP-2A and 20LAC11CF001; "" where it names none."""
    match = _UNIT_IN_TAG.match(tag)
    return (match["unit"] or match["first"]) if match else ""


def of_unit(tag: str, unit: str) -> str:
    """The same equipment of another unit of the plant, where a tag names its unit: BFP-2A for BFP-1A, 20LAC for 10LAC.

    Any other tag is returned as it is.
    """
    match = _UNIT_IN_TAG.match(tag)
    if match is None:
        return tag
    return f"{unit}{match['kks']}" if match["kks"] else f"{match['before']}{unit}{match['after']}"


def find_tags(text: str, grammar: Sequence[TagPattern]) -> list[Tag]:
    """All tags of a text in order; where rules overlap the longest match wins, then the earlier rule."""
    return list(_found(text, grammar if isinstance(grammar, tuple) else tuple(grammar)))


_SHORT_FIRST = re.compile(r"(?<![A-Za-z0-9-])(?P<head>[A-Z]{1,5}-)\d{1,4}/(?P<rest>\d{2,4}[A-Z]?)(?![A-Za-z0-9-])")
"""`BR-50/200`: the first name is none of the grammar's, the second one is with what stands before both."""


def _behind_a_slash(text: str, grammar: Sequence[TagPattern]) -> list[Tag]:
    found = []
    for match in _SHORT_FIRST.finditer(text):
        name = match["head"] + match["rest"]
        rule = next((p for p in grammar if p.regex.fullmatch(name)), None)
        if rule is not None:
            found.append(Tag(rule.kind, name, normal_form(name), match.start("rest"), match.end("rest")))
    return found


@lru_cache(maxsize=2048)  # the question and the passages found are read again by many checks
def _found(text: str, grammar: tuple[TagPattern, ...]) -> tuple[Tag, ...]:
    text = _plain(text)
    found = [
        (Tag(pattern.kind, m.group(), normal_form(m.group()), m.start(), m.end()), pattern.regex)
        for pattern in grammar
        for m in pattern.regex.finditer(text)
    ]
    taken: list[tuple[Tag, re.Pattern[str]]] = []
    for tag, rule in sorted(found, key=lambda t: (t[0].start - t[0].end, t[0].start)):
        if all(tag.end <= other.start or tag.start >= other.end for other, _ in taken):
            taken.append((tag, rule))
    taken.sort(key=lambda t: t[0].start)
    named = [*(tag for tag, _ in taken), *_listed(text, taken)]
    named += [t for t in _behind_a_slash(text, grammar) if all(t.normal != other.normal for other in named)]
    return tuple(sorted(named, key=lambda t: (t.start, t.end, t.text)))


def _listed(text: str, whole: Sequence[tuple[Tag, re.Pattern[str]]]) -> list[Tag]:
    """The tags that lists and ranges name beside those that are written whole."""
    listed: list[Tag] = []
    for position, (tag, rule) in enumerate(whole):

        def is_tag(spelled: str, rule: re.Pattern[str] = rule) -> bool:
            return rule.fullmatch(spelled) is not None

        following = whole[position + 1][0] if position + 1 < len(whole) else None
        limit = following.start if following else len(text)
        parts = [part for part in continued(text, tag.text, tag.end, is_tag) if part.end <= limit]
        listed += [Tag(tag.kind, part.text, normal_form(part.text), part.start, part.end) for part in parts]
        if following is not None and not parts and following.kind == tag.kind:
            inner = between(tag.text, following.text, text[tag.end : following.start], is_tag)
            listed += [Tag(tag.kind, name, normal_form(name), following.start, following.end) for name in inner]
    return listed
