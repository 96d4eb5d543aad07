"""Numbers with their units and comparators, as written in plant documents, made comparable across notations.

`0.5 MPa` equals `5 bar`; `이상` is `>=`; `10 ~ 12 °C` is a range of two bounds; `3,960` is one number; `1시간 30분` is
one amount. Unit algebra is pint's.
"""

import math
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from walkdown.text.comparators import Comparator, comparator_of
from walkdown.text.languages import normalise
from walkdown.text.numerals import DECIMAL_COMMA, DIGITS, FRACTION, find_numerals, value_of
from walkdown.text.points import without_points
from walkdown.text.units import UNIT_PATTERN, conversion

__all__ = ["Comparator", "Quantity", "find_quantities", "find_written_numbers", "same_quantity"]

_WIDE = str.maketrans("０１２３４５６７８９．，％－＋～‐‑", "0123456789.,%-+~--")
# "압력이 0일 때": the number is what something is, not so many days. "0.65 초과", "3분기", "4일차": a word that begins
# with the name of a unit; the fourth day is no length of time.
_NO_UNIT = (
    r"일\s?(?:때|경우|수록)|일(?:차|반|부|정|괄)|초[과순]|[초분주]기(?![동준다])|분(?:의\s?\d|리|석|류|배)|주(?:차|요)|"
    r"년[차도]|y\s\d|N\s?(?:용액|溶液|[sS]olution|NaOH|HCl|H[2₂]SO|HNO|KOH|Na[2₂]|KMnO|EDTA|AgNO)"
)
_MARK = r"(?:[¹²³⁴⁵⁶⁷⁸⁹]{1,2}⁾?|[ᵃ-ᶻ])(?=\s?(?:[%°℃℉]|[A-Za-z]))"
"""The raised mark of a footnote between a number and its unit: `85¹⁾ °C`."""
# "500 accumulated hours", "6 more days"
_WHICH_TIME = (
    r"(?:\s(?i:accumulated|cumulative|consecutive|successive|continuous|running|operating|working|calendar|full|further|"
    r"more|additional|total|complete)(?=\s(?i:h|hours?|min|minutes?|seconds?|days?|weeks?|months?|years?)\b))?"
)
_NO_TAG = (
    r"(?!-[A-Z]{1,3}\d{2})(?!(?-i:(?!(?:[kMG]?W|[kmM]?V|[km]?A|[kM]?Pa|Hz|[CFKNJLTGMH])-)[A-Z]{1,5}-[A-Z]{0,2}\d))"
)
"""The number before a tag is its unit of the plant: `4P-301A`."""
# A dash before a number is its minus, but behind a number and a space that of a range.
_VALUE = re.compile(
    rf"(?:(?<![A-Za-z0-9.,])(?:(?<![A-Za-z][-/])|(?<=°[CF]-))|(?<=\d[hH])(?=\d{{1,2}}\s?min\b))"
    rf"(?P<sign>(?<![\w)])(?:(?<![\d%℃] )(?<!°C )[‒–]|[-−+±]|minus |영하 ?|零下)|plus or minus )?"
    rf"(?P<number>(?P<fraction>{FRACTION})|{DECIMAL_COMMA}(?=\s?(?![가-힣]){UNIT_PATTERN})|{DIGITS})(?!\d)"
    rf"(?:(?:{_MARK})?{_WHICH_TIME}(?:\s?|-)(?P<unit>(?!{_NO_UNIT}){UNIT_PATTERN}|(?(fraction)in\b|(?!))))?"
    rf"(?:(?<=\d[hH])(?=\d{{1,2}}\s?min\b)|(?![A-Za-z]*\d))(?!\.\d){_NO_TAG}"
)
_PER_BEFORE = re.compile(
    r"(?:(?P<ko>초|분|시간|일|주|년)당|매\s?(?P<every>초|분|시간|시|일)|1(?P<one>초|분|시간|일)에|(?P<day>하루)에?)\s?"
    r"(?:약\s?|최대\s?|최소\s?)?$"
)
_SPOKEN_TIME = {"초": "s", "분": "min", "시간": "h", "시": "h", "일": "day", "주": "week", "년": "year", "하루": "day"}
_RANGE_GAP = re.compile(
    r"\s*(?:~|〜|∼|–|—|−|-|…|to|and|or|내지|에서|부터|및|과|와|또는|,|/|→|至|から|a|y|±|\+/-"
    r"|[<≤≦⩽]\s?[A-Za-zΔ]\w{0,3}\s?[<≤≦⩽])\s*",
    re.IGNORECASE,
)
"""Between the numbers of a range, list, tolerance or interval that share a unit."""
# "ISO VG 68, 60 L": the number of a name shares no unit with what is listed after it.
_NAMED = re.compile(r"\b(?:VG|SAE|NLGI|DN|PN|IP|SUS|AISI|NPS)[ -]?$")
_NAME = 6
"""Characters of the longest of these with its gap: a search through all before a number takes the square of a text."""
# "pH 2.5, 35 °C", "pH 6 to 7, 35 °C": the pH has no unit.
_PH = re.compile(r"\bpH[^,;|\n]*$")
_PH_REACH = 16
# "feed pump 1A": the first of two pumps, not one ampere.
_DEVICE = re.compile(
    r"(?:\b(?:pump|fan|blower|boiler|turbine|motor|compressor|mill|feeder|valve|train|tank|generator|transformer|cooler|"
    r"filter|heater|dryer|reactor|column|vessel|chiller|bus|battery|charger|string|line|unit)s? |"
    r"(?:펌프|팬|송풍기|보일러|터빈|전동기|모터|압축기|밸브|탱크|발전기|변압기|"
    r"냉각기|필터|히터|건조기|반응기|계열|모선|호기) ?|"
    r"(?:機|ポンプ|ファン|弁|槽|塔|炉|器|系|号|泵|机|阀|罐)\s?)$",
    re.IGNORECASE,
)
_PANEL = re.compile(r"\d{1,2}[A-H]-\d{2}(?![\dA-Za-z.])")
"""A cell of a switchboard: `6A-05` is no current."""
_NAMED_SO = re.compile(r"[가-힣]-$")
"""A product or thing by its number: `하이포-12`."""
_DESIGNATOR = re.compile(r"\d{1,2}[A-F](?![A-Za-z0-9])")
# "MOC-25-020", "EM24-0238": the end of a number of a record. "PN16-40" is a range.
_RECORD = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2,}\d*(?:-[A-Za-z0-9]+)+-$")
_YEARLY = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2,}\d+-$")
_LONG = re.compile(r"0\d|\d{4}")
_COMPOUND_GAP = re.compile(r"\s*(?:and\s+)?", re.IGNORECASE)
# "capacity of 12 500 kg": behind such a word one number stands, not two; "Unit 2 500 kg" are two.
_PARTED = re.compile(
    r"(?:\b(?:of|is|are|was|were|be|to|at|about|than|holds?|weighs?|delivers?|reach(?:es)?|exceeds?|max(?:imum)?\.?|"
    r"min(?:imum)?\.?|approximately|only|with|over|under|above|below|from|contains?)\s|[:=≤≥<>~]\s?|"
    r"(?:[은는이가을를로]|약|최대|최소|값)\s)(?P<number>[1-9]\d{0,2}(?: \d{3})+)(?!\d)"
    rf"(?=(?:[.,]\d{{1,2}})?\s?{UNIT_PATTERN})",
    re.IGNORECASE,
)
_DOTS = re.compile(r"(?<=\d)\s?(?:\.{2,3}|…|‥)\s?(?=[-−+]?\d)")
"""A range as data sheets write it: `5...7 bar`."""
_TOLERANCE = re.compile(r"\((±\s?\d[\d.,]*)\)(?=\s?[^\s\d])")
"""`5.0(±0.2) bar`"""
_TIMES_TEN = re.compile(r"\s?[×xX*]\s?10\D?.*$")
_MINUS = ("-", "−", "–", "‒", "minus", "영하", "零下")


class Quantity(NamedTuple):
    """One number as it stands in a text.

    `value` is the number as written; `unit` the unit as written or ""; `base` the value in base units of
    `dimension`; `start`, `end` are character offsets of number and unit; `outer_start`, `outer_end` also cover the
    words that make it a limit.
    """

    value: float
    unit: str
    base: float
    dimension: str
    comparator: Comparator
    text: str
    start: int
    end: int
    outer_start: int = 0
    outer_end: int = 0


def is_ph(text: str, start: int) -> bool:
    """True for the number at `start` where it is a pH, which has no unit."""
    return _PH.search(text, max(0, start - _PH_REACH), start) is not None


def _is_gap(text: str, one: re.Match[str], other: re.Match[str]) -> bool:
    gap = text[one.end() : other.start()]
    # `5 ±0.5` has its sign for a gap; `5 -3` and `5 3` have none.
    return _RANGE_GAP.fullmatch(gap) is not None or (not gap.strip() and other["sign"] in ("±", "plus or minus "))


def _power_shared(one: re.Match[str], other: re.Match[str]) -> str:
    """The power of ten that a number shares with the unit of a later one: `0.50 ± 0.05 × 10^6 cells/mL`."""
    power = _TIMES_TEN.search(other["number"])
    if power is None or one is other or _TIMES_TEN.search(one["number"]):
        return ""
    return f"10^{round(math.log10(value_of(f'1{power.group()}')))} "


def _unit_after(found: list[re.Match[str]], i: int, text: str) -> str:
    """The unit of a number, or of a later one of its range or list: `10 ~ 12 °C`, `10, 20 and 30 °C`."""
    start = found[i].start()
    if not found[i]["unit"] and _NAMED.search(text, max(0, start - _NAME), start):
        return ""
    if not found[i]["unit"] and is_ph(text, start):
        return ""
    first = found[i]
    while True:
        if found[i]["unit"]:
            return _power_shared(first, found[i]) + found[i]["unit"]
        if i + 1 >= len(found) or not _is_gap(text, found[i], found[i + 1]):
            return ""
        i += 1


def _is_designator(text: str, match: re.Match[str]) -> bool:
    at = match.start("number")
    return bool(_DESIGNATOR.match(text, at) and _DEVICE.search(text, max(0, at - 16), at))


def _is_in_code(text: str, match: re.Match[str]) -> bool:
    at = match.start("number")
    if _PANEL.match(text, at):
        return True
    if match["unit"]:
        return False
    before = text[max(0, at - 24) : at]
    if _NAMED_SO.search(before):
        return True
    return _RECORD.search(before) is not None or (_YEARLY.search(before) is not None and bool(_LONG.match(text, at)))


_ALSO = re.compile(r"\s(?:가능|괜찮|됩|된|되|돼|안\s?[됩된되돼]|못|문제없)")
"""After `80도`: that it may be 80, too, and no temperature."""


def _begin_of_range(found: Sequence[re.Match[str]], i: int, text: str) -> int:
    """Where the range or list begins that ends with a number: `분당 6~10리터` is per minute at both ends."""
    while i and not found[i - 1]["unit"] and _is_gap(text, found[i - 1], found[i]):
        i -= 1
    return found[i].start()


def _matches(text: str) -> Iterator[tuple[re.Match[str], str]]:
    found = [m for m in _VALUE.finditer(text) if not _is_designator(text, m) and not _is_in_code(text, m)]
    for i, match in enumerate(found):
        unit = _unit_after(found, i, text)
        if unit == "도" and _ALSO.match(text, match.end()):
            unit = ""
        begin = _begin_of_range(found, i, text)
        spoken = _PER_BEFORE.search(text[max(0, begin - 12) : begin])
        if unit and spoken and "/" not in unit:
            name = next(v for v in spoken.groupdict().values() if v)
            unit = f"{unit}/{_SPOKEN_TIME[name]}"
        yield match, "inch" if unit == "in" else unit


def _quantity(text: str, match: re.Match[str], unit: str) -> Quantity:
    value = value_of(match["number"])
    sign = (match["sign"] or "").strip()
    if sign in _MINUS:
        value = -value
    dimension, factor, offset = conversion(unit)
    start, end = match.start("number"), match.end()
    comparator, outer_start, outer_end = comparator_of(text, match.start(), end)
    shown = text[match.start() if sign in _MINUS else start : end].strip()
    return Quantity(
        value, unit, value * factor + offset, dimension, comparator, shown, start, end, outer_start, outer_end
    )


def _joined(quantities: list[Quantity], text: str) -> list[Quantity]:
    """`1시간 30분` and `2 h 15 min` as one amount."""
    out: list[Quantity] = []
    for quantity in quantities:
        last = out[-1] if out else None
        if (
            last is not None
            and last.dimension == quantity.dimension == "[time]"
            and last.comparator == "="
            and 0 < quantity.base < last.base / max(last.value, 1e-9)
            and _COMPOUND_GAP.fullmatch(text[last.end : quantity.start])
        ):
            out[-1] = quantity._replace(
                value=last.value,
                unit=last.unit,
                base=last.base + quantity.base,
                text=text[last.start : quantity.end],
                start=last.start,
                outer_start=min(last.outer_start, quantity.outer_start),
            )
        else:
            out.append(quantity)
    return out


def find_quantities(text: str) -> list[Quantity]:
    """All numbers of a text in order, with unit, comparator and value in base units.

    Numbers inside codes (`P-101A`, `10LAC11AP001`) are not quantities.
    """
    return list(_found(text))


@lru_cache(maxsize=8192)  # the checks ask for those of the same lines again and again
def _found(text: str) -> tuple[Quantity, ...]:
    text = normalise(text).translate(_WIDE)
    plain = _TOLERANCE.sub(r"  \1", _DOTS.sub(lambda m: "~".center(len(m.group())), text))
    whole = without_points(_PARTED.sub(_as_one, plain))
    found = [_quantity(whole, match, unit) for match, unit in _matches(whole)]
    if whole != text:
        found = [q._replace(text=_as_written(q, text)) for q in found]
    return tuple(_joined(found, whole))


def _as_written(quantity: Quantity, text: str) -> str:
    """The amount as the text has it, whose thousands may be parted by spaces or points."""
    shown = text[quantity.end - len(quantity.text) : quantity.end]
    same = [re.sub(r"\D", "", one) for one in (shown, quantity.text)]
    return shown if same[0] == same[1] and len(shown.strip()) == len(quantity.text) else quantity.text.replace("'", " ")


def _as_one(match: re.Match[str]) -> str:
    """A number whose thousands are parted by spaces, with a sign for them that keeps its length."""
    at = match.start("number") - match.start()
    return match.group()[:at] + match["number"].replace(" ", "'")


def find_written_numbers(text: str) -> list[Quantity]:
    """Numbers written as words, as quantities: `three tries`, `세 번`, `사흘`."""
    text = normalise(text)
    out = []
    for numeral in find_numerals(text):
        dimension, factor, offset = conversion(numeral.unit)
        base = numeral.value * factor + offset
        written = text[numeral.start : numeral.end]
        place = (numeral.start, numeral.end, numeral.start, numeral.end)
        out.append(Quantity(numeral.value, numeral.unit, base, dimension, "=", written, *place))
    return out


_SHARES = ("[mass_share]", "[volume_share]", "[mole_share]", "[humidity_share]")


def same_quantity(claimed: Quantity, stated: Quantity) -> bool:
    """True when the two state the same amount: equal in base units to the precision of five digits.

    A claim without a unit matches by its bare number; a claim with a unit needs the same dimension. A plain `%` stands
    for a share by mass, by volume, by moles or of humidity; never for one of the explosive limit.
    """
    if not claimed.unit or (not stated.unit and claimed.dimension != "[temperature]"):
        return abs(claimed.value - stated.value) <= 1e-9 * max(1.0, abs(stated.value))
    dimensions = {claimed.dimension, stated.dimension}
    if len(dimensions) > 1 and not ("ratio" in dimensions and dimensions & set(_SHARES)):
        return False
    return abs(claimed.base - stated.base) <= 1e-5 * max(1e-9, abs(stated.base))
