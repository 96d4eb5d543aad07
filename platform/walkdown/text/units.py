"""Spellings of units in plant documents and what they mean to pint.

Kinds that pint would mix up are dimensions of their own: gauge and absolute pressure (`5 barg` is not `5 bar`), normal
volume (pint reads `Nm3` as cubic nanometres), shares by mass, volume and moles, per cent of the lower explosive limit.
A unit may be compound (`t/h`, `°C per minute`, `kg/h/m2`): it is put together from the spellings here.
"""

import re
from collections.abc import Iterable
from functools import cache

import pint

from walkdown.text.unit_names import EXPRESSIONS, PRESSURES

_DEFINITIONS = (
    "gauge_pascal = [gauge_pressure]",
    "absolute_pascal = [absolute_pressure]",
    "normal_cubic_metre = [normal_volume]",
    "standard_cubic_metre = [standard_volume]",
    "mass_share = [mass_share]",
    "volume_share = [volume_share]",
    "mole_share = [mole_share]",
    "explosive_share = [explosive_share]",
    "humidity_share = [humidity_share]",
    "koh = [koh]",
    "colony = [colonies]",
    "endotoxin_unit = [endotoxin]",
    "dB_level = [sound_level]",
    "ntu = [turbidity]",
    "cell = [cells]",
    "plate = [plates]",
    "column_volume = [column_volumes]",
    "optical_density = [optical_density]",
)
_GAUGE = ("g", "G", "(g)", "(G)", " g", " (g)", "·g", ".g", "-g", " gauge", " (gauge)")
_ABSOLUTE = ("a", "A", "(a)", "(A)", " (a)", ".a", "-a", " abs", "(abs)", " (abs)", " absolute")


def _spellings() -> dict[str, str]:
    units = dict(EXPRESSIONS)
    for name, pascals in PRESSURES.items():
        units[name] = f"{pascals}*pascal"
        units |= {name + suffix: f"{pascals}*gauge_pascal" for suffix in _GAUGE}
        units |= {name + suffix: f"{pascals}*absolute_pascal" for suffix in _ABSOLUTE}
    return units


UNITS: dict[str, str] = _spellings()
"""Spelling -> expression in pint's terms."""

_NAME = "|".join(re.escape(u) for u in sorted(UNITS, key=len, reverse=True))
_PER = r"\s?/\s?|\s+per\s+|\s+(?:an?|each|every)\s+(?=(?:second|minute|hour|day|week|month|year)\b)"
# A name may not be cut out of a word: "5 man" holds no metre. Hangul may follow ("105℃를").
_ENDS = r"(?![A-Za-zµμΩ²³])"
# Nor is a unit cut out of one that is not known: "5 W/(m·Pa)" is not 5 watts.
_CUT = r"(?!/[A-Za-z(])(?!\s?[·⋅∙][A-Za-z°℃])"
UNIT_PATTERN = rf"(?:{_NAME}){_ENDS}(?:(?:{_PER})(?:{_NAME}){_ENDS}){{0,2}}{_CUT}"
"""A unit as written, compound ones included."""
_PIECE = re.compile(rf"(?:{_PER})?(?P<name>{_NAME}){_ENDS}")
_HEAD_UNIT = re.compile(r"[\[(（,/]\s*(?P<unit>[^\[\](（）),]{1,14}?)\s*[\])）]?\s*$")
_MERGED_UNIT = re.compile(r"\[\s*(?P<unit>[^\[\]]{1,14}?)\s*\]\s/\s")
"""The unit of a name that heads several columns: `Pressure [Pa] / Alert`."""
_HEAD_TIMES = ("seconds", "minutes", "hours", "days", "weeks", "months", "years")


_QUALIFIED = re.compile(
    r"[\s,(]+(?:max|min|maximum|minimum|typ|nom|이하|이상|최대|최소)\.?\)?$|\s+as\s\S+$", re.IGNORECASE
)
"""What may follow the unit of a heading: `mg/L, max.`, `mg/L as PO4`."""


@cache
def _registry() -> pint.UnitRegistry[float]:
    registry: pint.UnitRegistry[float] = pint.UnitRegistry(autoconvert_offset_to_baseunit=True)
    for line in _DEFINITIONS:
        registry.define(line)
    return registry


def _parts(unit: str) -> list[str]:
    """The spellings that a compound unit is put together from; some hold a slash of their own: `% v/v/min`."""
    parts, at = [], 0
    while at < len(unit):
        piece = _PIECE.match(unit, at)
        if piece is None:
            raise KeyError(unit)
        parts.append(piece["name"])
        at = piece.end()
    return parts


def expression_of(unit: str) -> str:
    """The expression of a spelling that may be compound; in a compound a degree is a difference."""
    if unit in UNITS:
        return UNITS[unit]
    expressions = [UNITS[part] for part in _parts(unit)]
    differences = [{"degC": "delta_degC", "degF": "delta_degF"}.get(e, e) for e in expressions]
    return "/".join(f"({e})" for e in differences)


@cache
def conversion(unit: str) -> tuple[str, float, float]:
    """(dimension, factor, offset) of a unit spelling: base = value * factor + offset. KeyError for no unit at all."""
    if not unit:
        return "", 1.0, 0.0
    registry = _registry()
    expression = expression_of(unit)
    if expression in ("degC", "degF"):
        zero = registry.Quantity(0.0, expression).to("kelvin").magnitude
        one = registry.Quantity(1.0, expression).to("kelvin").magnitude
        return "[temperature]", one - zero, zero
    base = registry.parse_expression(expression).to_base_units()
    # Percent and ppm are dimensionless to pint; a bare number is not 100 of a percent, so they stay apart.
    dimension = str(base.dimensionality)
    if dimension == "dimensionless":
        dimension = "ratio"
    return dimension, float(base.magnitude), 0.0


def is_unit(text: str) -> bool:
    """True for a spelling of a unit, compound ones included."""
    try:
        return bool(text) and bool(conversion(text)[0])
    except KeyError:
        return False


def head_unit(name: str) -> str:
    """The unit that a column's name ends with, as in `Pressure (MPa)` or `유량, m3/h`, or is: `Minutes`; else "".

    A time in the singular (`Day: 14`) counts the days and is no duration.
    """
    name = _QUALIFIED.sub("", name.strip())
    last = name.split()[-1] if name.split() else ""
    if "/" in last and is_unit(last.strip("()[]")):
        return last.strip("()[]")
    # `bar(g)`, `mbar(a)`
    if "(" in last and is_unit(last):
        return last
    if (merged := _MERGED_UNIT.search(name)) and is_unit(merged["unit"]):
        return merged["unit"]
    match = _HEAD_UNIT.search(name)
    unit = match["unit"].strip() if match else name.strip().lower()
    if match is None and unit not in _HEAD_TIMES:
        return ""
    return unit if is_unit(unit) else ""


UNIT_COLUMN = re.compile(
    r"단위|(?:eng(?:ineering)?\.?\s)?units?(?:\sof\smeasure(?:ment)?)?|u\.?o\.?m\.?|单位|計量単位|単位|unidad(?:es)?",
    re.IGNORECASE,
)
"""The name of a column that gives the unit of the other cells of its row."""
BARE_CELL = re.compile(
    r"[\s<>≤≥=~±+−–-]*\d[\d.,]*(?:\s?(?:~|–|—|−|-|/|±|to|\.\.\.?)\s?[+−-]?\d[\d.,]*)?"
    r"(?:\s?(?:[*※†‡①-⑳¹²³⁴⁵]|\((?:\d{1,2}|[a-h])\)|[주注註]\s?\d{0,2}\)?|이상|이하|초과|미만|max\.?|min\.?|以上|以下)){0,2}\s*",
    re.IGNORECASE,
)
"""A cell that is an amount without its unit, be it with the mark of a footnote."""


_OF_WHAT = re.compile(r"\s(?:of|at|as|@|del?|기준)\s")


def stated_unit(cell: str) -> str:
    """The unit that a cell of a unit column states, whatever it is of or at; "" where it is none.

    `% of batch` is a share, `ppm at 15 % O2` and `mg/L as CaCO3` are those units.
    """
    text = cell.strip().strip("()[]")
    return next((u for u in (text, _OF_WHAT.split(text, maxsplit=1)[0]) if is_unit(u)), "")


_IN_BRACKETS = re.compile(r"\(([^()\d]{1,12})\)")


def bracketed_unit(texts: Iterable[str]) -> str:
    """The one unit that texts without an amount give in brackets (`Oil temperature (°C), rising`), else ""."""
    units = {m[1].strip() for text in texts for m in _IN_BRACKETS.finditer(text) if is_unit(m[1].strip())}
    return units.pop() if len(units) == 1 else ""
