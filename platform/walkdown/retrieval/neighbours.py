"""Passages that a found passage leans on: the rest of a list that was cut, and the clause it refers to.

A clause seldom stands alone: `② 제1항에 따라 ...` says nothing without paragraph 1, `repeat step 4` nothing without
step 4, and the ninth item of a list may be in the next passage. Only what the text itself points at is fetched, from
the same edition of the same document. Mere nearness is no reason: of 31 dev questions whose passage was not among the
first six, 3 had it beside one of them.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from walkdown.documents import Chunk

MOST = 2
"""Passages added to those found, so that what a small model reads stays short."""
LEADING = 2
"""Found passages whose pointers are followed: the first ones, since the others are seldom read."""

CUT = "…"
"""The line with which the chunker marks list items left out (`walkdown_ingestion.chunking`)."""

_ITEM = re.compile(r"\s*(?:[-•*·]\s|\(?[0-9a-z]{1,2}[.)]\s|[가-하][.)]\s|[①-⑳])")
"""The beginning of a list item."""
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


class _Pointer(NamedTuple):
    """A way to refer to another place of the same document, and the pattern of a line that is that place.

    `inside`: the place is one of the same section, since every section counts its steps from one.
    """

    refers: re.Pattern[str]
    place: Callable[[str], str]
    inside: bool = False


class _Place(NamedTuple):
    line: re.Pattern[str]
    inside: bool


def _paragraph(number: str) -> str:
    circled = _CIRCLED[int(number) - 1] if 1 <= int(number) <= len(_CIRCLED) else "(?!)"
    return rf"^\s*{circled}"


_POINTERS = (
    # Of Korean acts: a paragraph of the same article, not one of another ("제23조제1항", "같은 조 제1항").
    _Pointer(re.compile(r"(?<![조호])(?<!조 )제\s?(\d{1,2})항(?!목)"), _paragraph, inside=True),
    # Of United States regulations.
    _Pointer(re.compile(r"\bparagraphs?\s+\(([a-z])\)", re.IGNORECASE), lambda n: rf"^\s*\({n}\)", inside=True),
    # Of procedures. `1단계` is no step but a level of alarm as often as not.
    _Pointer(re.compile(r"\bsteps?\s+(\d{1,2})\b", re.IGNORECASE), lambda n: rf"^\s*{n}[.)]\s", inside=True),
    _Pointer(
        re.compile(
            r"\b(?:section|clause)\s+(\d{1,2}(?:\.\d{1,2})+)|(?<![\d.])(\d{1,2}(?:\.\d{1,2})+)\s?[항절](?!목)", re.I
        ),
        lambda n: rf"^\s*{re.escape(n)}[.)]?\s",
    ),
    _Pointer(
        re.compile(r"\bTable\s+(\d{1,2})\b|(?<![별발도])표\s?(\d{1,2})\b", re.I), lambda n: rf"^\s*(?:Table|표)\s?{n}\b"
    ),
)


def _places(text: str) -> Iterator[_Place]:
    """Lines that a passage refers to and does not hold itself."""
    for pointer in _POINTERS:
        for found in pointer.refers.finditer(text):
            number = next(group for group in found.groups() if group)
            place = re.compile(pointer.place(number), re.MULTILINE | re.IGNORECASE)
            if not place.search(text):
                yield _Place(place, pointer.inside)


def _cut_off(chunk: Chunk, document: Sequence[Chunk]) -> Iterator[Chunk]:
    """The passages beside this one that hold the rest of a list which was cut."""
    for other in document:
        if other.heading_path != chunk.heading_path:
            continue
        if other.ordinal == chunk.ordinal - 1 and _begins_cut(chunk):
            yield other
        if other.ordinal == chunk.ordinal + 1 and _begins_cut(other):
            yield other


def _begins_cut(chunk: Chunk) -> bool:
    return any(line.strip() == CUT for line in chunk.text.splitlines())


def may_lean(chunk: Chunk) -> bool:
    """Whether it is worth reading the document: the passage refers to something, or begins or ends within a list."""
    last = chunk.text.rstrip().rsplit("\n", 1)[-1]
    return _begins_cut(chunk) or bool(_ITEM.match(last)) or next(_places(chunk.text), None) is not None


def leans_on(chunk: Chunk, document: Sequence[Chunk]) -> list[Chunk]:
    """Passages of the same edition that the text of one points at, the nearest first; without itself."""
    edition = sorted(
        (c for c in document if c.edition == chunk.edition and c.id != chunk.id),
        key=lambda c: (c.heading_path != chunk.heading_path, abs(c.ordinal - chunk.ordinal)),
    )
    out = list(_cut_off(chunk, edition))
    for place in _places(chunk.text):
        target = next((c for c in edition if _holds(c, place, chunk)), None)
        if target is not None:
            out.append(target)
    return list({c.id: c for c in out}.values())


def _holds(other: Chunk, place: _Place, chunk: Chunk) -> bool:
    if place.inside and other.heading_path != chunk.heading_path:
        return False
    return bool(place.line.search("\n".join((*other.heading_path, other.text))))
