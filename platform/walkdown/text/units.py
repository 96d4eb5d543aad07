"""Spellings of units in plant documents and what they mean to pint.

Kinds that pint would mix up are dimensions of their own: gauge and absolute pressure (`5 barg` is not `5 bar`), normal
volume (pint reads `Nm3` as cubic nanometres), shares by mass, volume and moles, per cent of the lower explosive limit.
A unit may be compound (`t/h`, `°C per minute`, `kg/h/m2`): it is put together from the spellings here.
"""

import re
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
    "equivalent = [equivalents]",
    "german_hardness = [hardness]",
    "french_hardness = 0.5603 * german_hardness",
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
_ENDS = r"(?![A-Za-zµμΩ²³⁻])"
# Nor is a unit cut out of one that is not known: "5 W/(m·Pa)" is not 5 watts.
_CUT = r"(?!/[A-Za-z(])(?!\s?[·⋅∙][A-Za-z°℃])"
# `40 m³/시`: an hour only behind a slash.
_SINGLE = "|".join(re.escape(u) for u in sorted(UNITS, key=len, reverse=True) if u.isalpha() or len(u) == 1)
_BELOW = rf"(?:(?:{_NAME}){_ENDS}|시(?![가-힣]))"
_RAISED_BELOW = rf"(?:{_SINGLE})(?:⁻[¹²³⁴]|\^-[1-4])"
# `mL/kg·h` and `mol·L⁻¹`, `s⁻¹`: what stands below the line, behind a point or with a power below zero.
UNIT_PATTERN = (
    rf"(?:(?:{_NAME}){_ENDS}(?:(?:{_PER}){_BELOW}(?:(?:{_PER}|[·⋅∙]){_BELOW}){{0,2}})?{_CUT}"
    rf"|(?=[^\d\n]{{1,14}}?(?:⁻|\^-))(?:(?:{_SINGLE})[·⋅∙\s])?{_RAISED_BELOW}(?:[·⋅∙\s]{_RAISED_BELOW})?)"
)
"""A unit as written, compound ones included."""
_PIECE = re.compile(
    rf"(?:{_PER}|[·⋅∙\s])?(?:(?P<below>{_SINGLE})(?:⁻|\^-)(?P<power>[¹²³⁴1-4])"
    rf"|(?P<top>{_SINGLE})(?=[·⋅∙\s](?:{_SINGLE})(?:⁻|\^-))|(?P<name>{_NAME}){_ENDS}|(?P<hour>시))"
)


@cache
def _registry() -> pint.UnitRegistry[float]:
    registry: pint.UnitRegistry[float] = pint.UnitRegistry(autoconvert_offset_to_baseunit=True)
    for line in _DEFINITIONS:
        registry.define(line)
    return registry


def _parts(unit: str) -> list[str]:
    """The spellings that a compound unit is put together from; some hold a slash of their own: `% v/v/min`."""
    parts: list[str] = []
    at = 0
    while at < len(unit):
        piece = _PIECE.match(unit, at)
        if piece is None:
            raise KeyError(unit)
        name = piece["name"] or piece["top"] or ("h" if piece["hour"] else piece["below"])
        if piece["below"] and not parts:
            parts.append("")
        parts += [name] * (int(piece["power"].translate(_RAISED)) if piece["below"] else 1)
        at = piece.end()
    return parts


def expression_of(unit: str) -> str:
    """The expression of a spelling that may be compound; in a compound a degree is a difference.

    Raises KeyError where it is no unit.
    """
    if power := _POWER.match(unit):
        return f"1e{(power['exponent'] or power['raised']).translate(_RAISED)}*{expression_of(unit[power.end() :])}"
    if unit in UNITS:
        return UNITS[unit]
    expressions = [UNITS[part] if part else "dimensionless" for part in _parts(unit)]
    differences = [{"degC": "delta_degC", "degF": "delta_degF"}.get(e, e) for e in expressions]
    return "/".join(f"({e})" for e in differences)


_POWER = re.compile(r"(?:[x×*]\s?)?10(?:\s?\^\s?(?P<exponent>[-−]?\d{1,2})|(?P<raised>[⁻]?[⁰¹²³⁴-⁹]{1,2}))\s?")
"""What stands before the unit of a column that counts in powers of ten: `10^6 cells/mL`, `×10³ CFU`."""
_RAISED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹−", "-0123456789-")


@cache
def conversion(unit: str) -> tuple[str, float, float]:
    """(dimension, factor, offset) of a unit spelling: base = value * factor + offset. KeyError for no unit at all.

    A power of ten may stand before it: a `12` under `10^6 cells/mL` is twelve million of them.
    """
    if not unit:
        return "", 1.0, 0.0
    if power := _POWER.match(unit):
        dimension, factor, offset = conversion(unit[power.end() :])
        exponent = int((power["exponent"] or power["raised"]).translate(_RAISED))
        return dimension, factor * 10.0**exponent, offset
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
