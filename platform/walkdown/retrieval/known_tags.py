"""Tags that no readable passage names: read as the trains that exist (`P-101` as P-101A and P-101B), or told of.

For any other the nearest are named: "there is no P-109; did you mean P-101A?".
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest

from walkdown.retrieval.spelling import distance
from walkdown.retrieval.understanding import Trains, UnknownTag
from walkdown.text.tags import TagPattern, find_tags, normal_form

_SUGGESTED = 3
_MOST_EDITS = 2
_COMPARED = 10
"""Unknown tags of a question that are compared with all known ones: a page of a list may hold hundreds."""
_MOST_TRAINS = 4
_TRAIN_LETTERS = "ABCDEFGH"


def with_trains(
    question: str, grammar: Sequence[TagPattern], known: Mapping[str, int]
) -> tuple[str, tuple[Trains, ...]]:
    """The question with each tag that no passage names put as its trains, and what was put for what.

    On shift `P-101` is all of P-101A and P-101B. Only a letter at the end makes a train, and never the other way:
    P-101A is not P-101.
    """
    read: list[Trains] = []
    for tag in reversed(find_tags(question, grammar)):
        letters = [x for x in _TRAIN_LETTERS if f"{tag.normal}{x}" in known]
        if tag.normal in known or not 1 <= len(letters) <= _MOST_TRAINS or not tag.normal[-1].isdigit():
            continue
        trains = tuple(f"{tag.text}{letter}" for letter in letters)
        question = f"{question[: tag.start]}{', '.join(trains)}{question[tag.end :]}"
        read.insert(0, Trains(tag=tag.text, trains=trains))
    return question, tuple(dict.fromkeys(read))


_DOCUMENT_LIKE = re.compile(
    r"(?<![A-Za-z0-9-])(?:[A-Za-z]{2,5}\d?[ -]?){1,3}(?:\d{2,4}[ -]?)?\d{2,4}(?:-[A-Z])?(?![A-Za-z0-9-])"
)


def may_number_a_document(question: str) -> bool:
    """True when a question holds what may be the number of a document."""
    return _DOCUMENT_LIKE.search(question) is not None


def with_document_numbers(question: str, grammar: Sequence[TagPattern], known: Mapping[str, int]) -> str:
    """The question with document numbers that are written without their hyphens or their beginning put in full.

    `HCC OP 331` and `OP-331` are HCC-OP-331, where that is the only number of a document known that ends so.
    """
    tags = find_tags(question, grammar)
    for match in reversed(list(_DOCUMENT_LIKE.finditer(question))):
        if any(t.start < match.end() and match.start() < t.end for t in tags):
            continue
        typed = "-".join(re.findall(r"[A-Z]+\d?(?=[ -])|[A-Z]+(?=\d)|[A-Z]+|\d+", match.group().upper()))
        tail = normal_form(typed)
        spelled = {
            f"{prefix}-{typed}" if (prefix := normal.removesuffix(tail)) else typed
            for normal in known
            if normal.endswith(tail)
        }
        documents = [s for s in spelled if any(t.kind == "document" and t.text == s for t in find_tags(s, grammar))]
        if len(documents) == 1:
            question = f"{question[: match.start()]}{documents[0]}{question[match.end() :]}"
    return question


def nearest_tags(tag: str, known: Iterable[str]) -> tuple[str, ...]:
    """The tags nearest to one: what begins with it first (P-101 -> P-101A), then by edits, at most two.

    Of as many edits the same kind of thing comes first, and of it the same number: P-101A for P-101C, then P-501C.
    """
    longer = sorted(other for other in known if other.startswith(tag) and len(other) <= len(tag) + _MOST_EDITS)
    most = _MOST_EDITS if len(tag) > 4 else 1
    near = sorted(
        (edits, _kind(tag) != _kind(other), _number(tag) != _number(other), other)
        for other in known
        if other not in longer and (edits := distance(tag, other, most)) <= most
    )
    return tuple((longer + [found[-1] for found in near])[:_SUGGESTED])


def _kind(tag: str) -> str:
    """The letters before the last number: what kind of thing a tag names."""
    return "".join(c for c in tag.rstrip(_TRAIN_LETTERS) if c.isalpha())


def _number(tag: str) -> str:
    return "".join(c for c in tag if c.isdigit())


def unknown_tags(asked: Sequence[str], known: Mapping[str, int]) -> tuple[UnknownTag, ...]:
    """The asked tags that are not known, the first of them with the nearest known ones."""
    unknown = [tag for tag in asked if tag not in known]
    nearest = [nearest_tags(tag, known) for tag in unknown[:_COMPARED]]
    return tuple(UnknownTag(tag=tag, nearest=near) for tag, near in zip_longest(unknown, nearest, fillvalue=()))
