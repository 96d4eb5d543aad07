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
    r"\s?(?:각각의?|각기|따로따로|따로|나란히)(?![가-힣])|,?\s?\b(?:each|respectively|side by side)\b|"
    r"\b(?:both|of)\s(?=$)|"
    r"\bboth\s|分别|各自|それぞれ|\brespectivamente\b|\bambos\b",
    re.IGNORECASE,
)
_SET_AGAINST = re.compile(
    r"\s?(?:을|를|좀|의)?\s?(?:비교(?:해|하)\S*(?:\s?(?:줘|주세요))?|비교|차이(?:가|는|점)?(?=\s|[?？]|$)|"
    r"다른\s?점(?:은|이)?|뭐가 (?:달라|다른)\S*|다른가\S*)|"
    r"\b(?:compare|comparison of|(?:the )?difference (?:between|of|in)|differ(?:s)?)\b|比较一?下?|"
    r"对比一?下?|(?:有什么)?区别|を?比較(?:して)?|の違い|"
    r"\bcompar[ae]r?\b|\bdiferencia (?:entre|de)\b",
    re.IGNORECASE,
)
"""Two values are compared by whoever sees both: each is looked up."""
_BETWEEN = re.compile(
    r"\s*(?:,|、|，|/|&|·|및|이?랑|와|과|하고|和|与|跟|と|\band\b|\by\b|\bto\b|\bwith\b|\bvs\b\.?|"
    r"\bversus\b|\s)\s*(?:\band\b\s*)?",
    re.IGNORECASE,
)
_AGAINST = re.compile(r"\bvs\b|\bversus\b", re.IGNORECASE)
_UNITS = re.compile(
    r"(?P<ko>\d)(?:호기)?\s*(?:,|와|과|이?랑|하고|및|·|/|\s)\s*(?P<ko2>\d)호기(?:는|의)?|"
    r"\bunits?\s(?P<en>\d)\s*(?:,|and|&|/|vs\.?|versus|to|with)\s*(?:unit\s)?(?P<en2>\d)\b|"
    r"(?P<zh>\d)(?:号机|號機|号機)?(?:和|与|跟|と|、)(?P<zh2>\d)(?P<machine>号机|號機|号機)",
    re.IGNORECASE,
)


def of_each(question: str, pack: Pack) -> list[str]:
    """The question asked of each of the tags or plant units it lists; itself alone where it does not ask so."""
    named = _listed(question, find_tags(question, pack.grammar))
    each = _EACH.search(question) or _SET_AGAINST.search(question)
    if named and named[0].kind != "document" and (each or _AGAINST.search(question[named[0].end : named[-1].start])):
        start, end = named[0].start, named[-1].end
        return [_asked_of(question, start, end, tag.text) for tag in named]
    codes = _CODES.search(question)
    if codes and _SET_AGAINST.search(question) and not find_tags(question, pack.grammar):
        return [_asked_of(question, *codes.span(), name) for name in (codes["one"], codes["two"])]
    units = _UNITS.search(question)
    if units and (each or _AGAINST.search(units.group())) and not _PAPERS.search(question):
        return [_asked_of(question, *units.span(), name) for name in _unit_names(units)]
    return [question]


_CODES = re.compile(
    r"(?<![A-Za-z0-9-])(?P<one>(?P<letters>[A-Z]{1,3})-?\d{1,3})\s?(?:,|、|/|&|이?랑|와|과|하고|和|与|跟|と|"
    r"and|y|vs\.?|versus)\s?"
    r"(?P<two>(?P=letters)-?\d{1,3})(?![A-Za-z0-9-])"
)
"""Two things of a kind by letters and number that the grammar does not know: cycles A1 and A3."""
_PAPERS = re.compile(
    r"절차서|지침서|문서|\b(?:procedures?|documents?|sops?)\b|规程|手順書|"
    r"procedimientos?",
    re.IGNORECASE,
)
"""Documents are compared as documents."""


def _unit_names(units: re.Match[str]) -> list[str]:
    """The two plant units of a list, each as it is written alone."""
    if units["ko"]:
        return [f"{n}호기" for n in (units["ko"], units["ko2"])]
    if units["en"]:
        return [f"unit {n}" for n in (units["en"], units["en2"])]
    return [f"{n}{units['machine']}" for n in (units["zh"], units["zh2"])]


def _listed(question: str, tags: Sequence[Tag]) -> Sequence[Tag]:
    """The tags of a list, where all of the question's tags are one: of one kind, nothing but a conjunction between."""
    if not 2 <= len({t.normal for t in tags}) == len(tags) <= MOST or len({t.kind for t in tags}) > 1:
        return ()
    between = [question[a.end : b.start] for a, b in pairwise(tags)]
    return tags if all(_BETWEEN.fullmatch(text) for text in between) else ()


def _asked_of(question: str, start: int, end: int, name: str) -> str:
    text = f"{question[:start]}{name}{question[end:]}"
    return re.sub(r"\s{2,}", " ", _SET_AGAINST.sub(" ", _EACH.sub("", text))).strip(" ,")
