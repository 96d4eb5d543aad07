"""One question about several things at once: `P-201이랑 P-202 토출압 각각?` asks of P-201 and asks of P-202.

Searched as one, the passages of one of them fill the list, and a small model gives the number of the first to both. So
each is asked on its own, where the question says that each is meant.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from walkdown.packs.schema import Pack
from walkdown.text.tags import Tag, find_tags

MOST = 4

_EACH = re.compile(
    r"\s?(?:각각의?|각기|따로따로|따로)(?![가-힣])|,?\s?\b(?:each|respectively)\b|\b(?:both|of)\s(?=$)|\bboth\s",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s*(?:,|/|&|및|이?랑|와|과|하고|\band\b|\bvs\b\.?|\bversus\b)\s*(?:\band\b\s*)?", re.IGNORECASE)
_AGAINST = re.compile(r"\bvs\b|\bversus\b", re.IGNORECASE)
_UNITS = re.compile(
    r"(?P<ko>\d)(?:호기)?\s*(?:,|와|과|이?랑|하고|및|·)\s*(?P<ko2>\d)호기(?:는|의)?|"
    r"\bunits?\s(?P<en>\d)\s*(?:,|and|&)\s*(?:unit\s)?(?P<en2>\d)\b",
    re.IGNORECASE,
)


def of_each(question: str, pack: Pack) -> list[str]:
    """The question asked of each of the tags or plant units it lists; itself alone where it does not ask so."""
    named = _listed(question, find_tags(question, pack.grammar))
    if named and (_EACH.search(question) or _AGAINST.search(question[named[0].end : named[-1].start])):
        start, end = named[0].start, named[-1].end
        return [_asked_of(question, start, end, tag.text) for tag in named]
    units = _UNITS.search(question)
    if units and _EACH.search(question):
        names = [f"{n}호기" for n in (units["ko"], units["ko2"])] if units["ko"] else [
            f"unit {n}" for n in (units["en"], units["en2"])
        ]  # fmt: skip
        return [_asked_of(question, *units.span(), name) for name in names]
    return [question]


def _listed(question: str, tags: Sequence[Tag]) -> Sequence[Tag]:
    """The tags of a list, where all of the question's tags are one: of one kind, nothing but a conjunction between."""
    if not 2 <= len({t.normal for t in tags}) == len(tags) <= MOST or len({t.kind for t in tags}) > 1:
        return ()
    between = [question[a.end : b.start] for a, b in pairwise(tags)]
    return tags if all(_BETWEEN.fullmatch(text) for text in between) else ()


def _asked_of(question: str, start: int, end: int, name: str) -> str:
    text = f"{question[:start]}{name}{question[end:]}"
    return re.sub(r"\s{2,}", " ", _EACH.sub("", text)).strip()
