"""Finds questions of the test part that stand, in the same or nearly the same words, in the dev part as well."""

import re
from typing import NamedTuple

from walkdown.packs.schema import EvaluationQuestion
from walkdown.text.languages import normalise

_FUNCTION_WORDS = frozenset(
    "a an the of in on at to for from by with and or is are was were be been being do does did can could may must"
    " shall should will would what which who whom when where how much many i we you it its my our this that there"
    " please tell me s"
    " 몇 무엇 무슨 어느 어떤 어떻게 얼마 언제 어디 누구 것 수 때 및 또는 좀 그 이 하나 되나 인가 합니까".split()
)
_ENDING = re.compile(
    r"(?<=[가-힣a-z0-9])(?:에서는|까지는|입니까|습니까|인가요|는가요|이라면|으로는|하나요|되나요|에서|에는|까지|부터|으로|이나|인가|는가|나요"
    r"|하나|되나|이면|라면|은|는|이|가|을|를|의|에|로|와|과|도|만|요|나|면|지)$"
)
_SIGNS = re.compile(r"[\W_]+")
_INSIDE_TAG = re.compile(r"(?<=[a-z0-9])[-./](?=[a-z0-9])")
_LEAST_WORDS = 2


class Wording(NamedTuple):
    """A question's letters and digits without signs, and its words that carry meaning, endings taken off."""

    plain: str
    words: frozenset[str]


def _stem(word: str) -> str:
    """A word without Korean particles and endings, and an English plural without its s."""
    stripped = _ENDING.sub("", word)
    return stripped[:-1] if re.fullmatch(r"[a-z]{3,}[^s]s", stripped) else stripped


def plain(text: str) -> str:
    """The letters and digits of a question, without signs and capitals."""
    return _SIGNS.sub("", normalise(text).casefold())


def wording(question: EvaluationQuestion) -> Wording:
    """How a question is worded, its earlier turns with it."""
    text = normalise(" ".join((*question.turns, question.question))).casefold()
    # A hyphen inside a tag does not matter, but its letters do: BFP-1A is not BFP-1B.
    words = _SIGNS.split(_INSIDE_TAG.sub("", text))
    stems = {_stem(word) for word in words if word not in _FUNCTION_WORDS}
    return Wording(plain(text), frozenset(stem for stem in stems if stem and stem not in _FUNCTION_WORDS))


def same(one: Wording, other: Wording) -> bool:
    """True when two questions are worded the same but for word order, function words, particles and signs.

    Two that ask the same of unit 1 and of unit 2, or for the alarm and for the trip, are two questions.
    """
    return one.plain == other.plain or (len(one.words) >= _LEAST_WORDS and one.words == other.words)
