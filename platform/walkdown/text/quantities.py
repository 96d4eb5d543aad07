"""Numbers with their units and comparators, as written in plant documents, made comparable across notations.

`0.5 MPa` equals `5 bar`; `이상` is `>=`; `10 ~ 12 °C` is a range of two bounds; `3,960` is one number.
Unit algebra is pint's.
"""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from walkdown.text.languages import normalise
from walkdown.text.units import UNITS, conversion

Comparator = Literal["=", ">=", ">", "<=", "<"]

_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:\s?[×x]\s?10(?:\^?[-−+]?\d+|[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)|[eE][-+]?\d+)?"
_UNIT = "|".join(re.escape(u) for u in sorted(UNITS, key=len, reverse=True))
_AFTER_UNIT = r"(?![A-Za-zµμΩ²³])(?!/[A-Za-z])"
_VALUE = re.compile(
    rf"(?<![A-Za-z0-9.,])(?<![A-Za-z][-/])(?P<sign>(?<![\w)])[-−+±])?(?P<number>{_NUMBER})(?![\d])"
    rf"(?:\s?(?P<unit>{_UNIT}){_AFTER_UNIT})?(?![A-Za-z]*\d)"
)
_RANGE_GAP = re.compile(r"\s*(?:~|〜|～|–|—|-|to|내지|에서|부터|and)\s*", re.IGNORECASE)
_BEFORE = (
    (
        ">=",
        r"(?:at least|not (?:be )?less than|no less than|not (?:be )?below|"
        r"minimum(?: of)?|min\.?|≥|>=|최소|하한|or more than)",
    ),
    (
        "<=",
        r"(?:at most|(?:not|never|must not|shall not) (?:to )?exceed(?:ing)?|"
        r"not (?:be )?more than|no more than|"
        r"not (?:be )?(?:above|over)|maximum(?: of)?|max\.?|up to|within|≤|<=|최대|상한)",
    ),
    (">", r"(?:more than|greater than|above|over|exceed(?:s|ing)?|higher than|>|＞)"),
    ("<", r"(?:less than|below|under|lower than|<|＜)"),
)
_AFTER = (
    (">=", r"(?:이상|or more|or higher|or above|minimum|min\b)"),
    ("<=", r"(?:이하|이내|까지|or less|or lower|or below|maximum|max\b|를?을? ?넘지|를?을? ?초과하(?:지|여서는))"),
    (">", r"(?:초과|를?을? ?넘)"),
    ("<", r"미만"),
)
_BEFORE_RES = tuple(
    (c, re.compile(rf"{p}(?:\s*(?:is|of|are|:|\||는|은|값|치))*\s*$", re.IGNORECASE)) for c, p in _BEFORE
)
_AFTER_RES = tuple((c, re.compile(rf"\s?{p}", re.IGNORECASE)) for c, p in _AFTER)
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺−", "0123456789-+-")


class Quantity(NamedTuple):
    """One number as it stands in a text.

    `value` is the number as written; `unit` the unit as written or ""; `base` the value in base units of
    `dimension`; `start`, `end` are character offsets of number and unit.
    """

    value: float
    unit: str
    base: float
    dimension: str
    comparator: Comparator
    text: str
    start: int
    end: int


def _number(text: str) -> float:
    plain = text.replace(",", "").replace(" ", "").translate(_SUPERSCRIPTS)
    mantissa, _, exponent = re.sub(r"[×x]10\^?", "e", plain).partition("e")
    return float(mantissa) * 10.0 ** int(exponent or 0)


def _comparator(text: str, start: int, end: int) -> Comparator:
    before, after = text[max(0, start - 28) : start], text[end : end + 14]
    for comparator, pattern in _AFTER_RES:
        if pattern.match(after):
            return comparator  # type: ignore[return-value]  # the table holds only comparators
    for comparator, pattern in _BEFORE_RES:
        if pattern.search(before):
            return comparator  # type: ignore[return-value]
    return "="


def _matches(text: str) -> Iterator[tuple[re.Match[str], str]]:
    """Numbers with their unit; the first bound of a range takes the unit of the second."""
    found = list(_VALUE.finditer(text))
    for i, match in enumerate(found):
        unit = match["unit"] or ""
        if not unit and i + 1 < len(found) and _RANGE_GAP.fullmatch(text[match.end() : found[i + 1].start()]):
            unit = found[i + 1]["unit"] or ""
        yield match, unit


def find_quantities(text: str) -> list[Quantity]:
    """All numbers of a text in order, with unit, comparator and value in base units.

    Numbers inside codes (`P-101A`, `10LAC11AP001`) are not quantities.
    """
    text = normalise(text)
    quantities = []
    for match, unit in _matches(text):
        value = _number(match["number"])
        if match["sign"] in ("-", "−"):
            value = -value
        dimension, factor, offset = conversion(unit)
        start, end = match.start("number"), match.end()
        quantities.append(
            Quantity(
                value,
                unit,
                value * factor + offset,
                dimension,
                _comparator(text, match.start(), end),
                text[start:end].strip(),
                start,
                end,
            )
        )
    return quantities


def same_quantity(claimed: Quantity, stated: Quantity) -> bool:
    """True when the two state the same amount: equal in base units to the precision of five digits.

    A claim without a unit matches by its bare number; a claim with a unit needs the same dimension.
    """
    if not claimed.unit or (not stated.unit and claimed.dimension != "[temperature]"):
        return abs(claimed.value - stated.value) <= 1e-9 * max(1.0, abs(stated.value))
    if claimed.dimension != stated.dimension:
        return False
    return abs(claimed.base - stated.base) <= 1e-5 * max(1e-9, abs(stated.base))
