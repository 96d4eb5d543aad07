"""The kind of amount a question asks for by its unit: `몇 퍼센트`, `몇 t/h`, `how many hours`, `what pressure`.

Kinds that plants state in more than one way count as one: gauge and absolute pressure, flow by mass, by volume and by
normal volume, parts per million and milligrams per litre, degrees of heat and of arc, which share their word.
"""

import re
from collections.abc import Iterable

from walkdown.text.quantities import Quantity, find_quantities

_PRESSURE = frozenset({"[gauge_pressure]", "[absolute_pressure]", "[mass] / [length] / [time] ** 2"})
_FLOW = frozenset({"[mass] / [time]", "[length] ** 3 / [time]", "[normal_volume] / [time]"})
_CONTENT = frozenset({"ratio", "[mass] / [length] ** 3", "[mass] / [mass]", "[substance] / [length] ** 3"})
_DEGREES = frozenset({"[temperature]", "[angle]", "[delta_temperature]"})
_TURNING = frozenset({"1 / [time]", "[frequency]"})
_AMOUNT = frozenset({"[mass]", "[length] ** 3", "[normal_volume]"})
_FAMILIES = (_PRESSURE, _FLOW, _CONTENT, _DEGREES, _TURNING, _AMOUNT)

_BY_UNIT = re.compile(
    r"몇\s*(?P<ko>(?:[A-Za-zμµ%‰℃°Ω][A-Za-zμµ%‰℃°Ω·/0-9²³]*)|[가-힣]{1,4})|"
    r"\bhow many (?P<en>(?:degrees (?:celsius|fahrenheit|c|f)\b)|[A-Za-zμµ%°Ω][A-Za-zμµ%°Ω·/0-9²³]*)|"
    r"\bwhat (?P<percent>percentage|percent)\b",
    re.IGNORECASE,
)
_BY_NOUN = (
    (re.compile(r"\b(?:at |below |above |under |over )?what temperature\b", re.IGNORECASE), "[temperature]"),
    (re.compile(r"\b(?:at |below |above |under |over )?what pressure\b", re.IGNORECASE), "[gauge_pressure]"),
    (re.compile(r"\bhow long\b", re.IGNORECASE), "[time]"),
)
_RATE = re.compile(
    r"(?:시간|분|초|일|년|주|월|개월|하루)\s?당|(?:하루|1년|일 년|한 달|1시간|1분)에 몇|몇[^?]{0,12}씩|\bper\b|"
    r"\b(?:an?|each|every) (?:second|minute|hour|day|week|month|year)\b",
    re.IGNORECASE,
)
"""A rate is asked with the unit of one of its parts (`분당 몇 리터`): then the kind is left open."""
_DATES = frozenset("년 월 일 주 달 시 year years".split())
"""Units that a date is asked with as well: `몇 년에 설치했나`."""


_SPOKEN = {"kilos": "kg", "tons": "t", "hrs": "h", "mins": "min", "secs": "s"}
"""Units as people say them and documents do not write them."""


def asked_kinds(question: str) -> tuple[frozenset[str], ...]:
    """The kinds of amounts asked for, each as the dimensions that would answer; empty where the question names none."""
    if _RATE.search(question):
        return ()
    kinds = [_family(dimension) for pattern, dimension in _BY_NOUN if pattern.search(question)]
    for match in _BY_UNIT.finditer(question):
        word = match["ko"] or match["en"] or match["percent"] or ""
        unit = _unit("percent" if match["percent"] else _SPOKEN.get(word.lower(), word))
        if unit:
            kinds.append(_family(unit))
    return tuple(dict.fromkeys(kinds))


def is_of_kind(quantity: Quantity, kinds: Iterable[frozenset[str]]) -> bool:
    """True when a quantity is of one of the kinds."""
    return any(quantity.dimension in kind for kind in kinds)


def _unit(word: str) -> str:
    """The dimension of a unit as written, "" where it is none (`몇 개`); Korean particles and endings may follow it."""
    shortest = 1 if "가" <= word[:1] <= "힣" else len(word)
    for end in range(len(word), shortest - 1, -1):
        found = find_quantities(f"1 {word[:end]}")
        if found and found[0].unit == word[:end]:
            return "" if word[:end] in _DATES else found[0].dimension
    return ""


def kind_of_unit(unit: str) -> frozenset[str]:
    """The kind of amount that a unit is one of, as the dimensions that count as one; empty for no unit."""
    found = find_quantities(f"1 {unit}") if unit else []
    return _family(found[0].dimension) if found and found[0].unit else frozenset()


def _family(dimension: str) -> frozenset[str]:
    return next((family for family in _FAMILIES if dimension in family), frozenset({dimension}))
