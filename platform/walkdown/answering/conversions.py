"""A value said once more in the unit that the question asks for: worked out by code, never by a model, and marked.

Only what is certain is converted. A gauge pressure stays one; a difference of temperature, kVA to kW, rpm to Hz and
months to days are left alone, since the words of a sentence do not settle how to. A limit is never rounded past itself.
"""

import re
from collections.abc import Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Context, Decimal
from typing import NamedTuple

from walkdown.carried import letters
from walkdown.documents import Language
from walkdown.text.asked_units import asked_units as asked_units
from walkdown.text.quantities import Quantity, find_quantities
from walkdown.text.units import UNITS, conversion

DIGITS = 4
"""Significant digits of a converted value that does not come out even."""
MOST = 4
"""Values of one statement that are converted; one with more is a table."""

_CONVERTED: dict[Language, tuple[str, str]] = {
    "ko": ("약 ", "환산"),
    "en": ("about ", "converted"),
    "zh": ("约 ", "换算"),
    "ja": ("約 ", "換算"),
    "es": ("aprox. ", "convertido"),
}
"""How a value is called that does not come out even, and one that was converted."""

_DIFFERENCE = re.compile(
    r"±|\bplus or minus\b|\b(?:differ\w*|ris(?:e|es|ing)|drops?|deviat\w*|toleranc\w*|increas\w*|decreas\w*|rais\w*|"
    r"lower(?:ed|ing)?|by|approach|margin|span|spread|superheat\w*|subcool\w*|(?:warm|cold|hott|cool|"
    r"high)er than|per|"
    r"accura\w*|uniform\w*|delta|steps?|gradient|change[sd]?|within|hysteresis|deadband)\b|Δ|차이|온도차|"
    r"상승|하강|편차|"
    r"변화|구배|과열도|과냉|여유|간격|오차|정확도|균일|올리|내리|올려|내려|높|낮|폭|씩|차(?![가-힣])|차[가는를이]",
    re.IGNORECASE,
)
"""Words beside which so many degrees may be a difference, which converts otherwise than a temperature."""
_APPARENT = re.compile(r"VA|[Vv][Aa][Rr]")
_CALENDAR = ("month", "year")
_PRESSURE, _GAUGE, _ABSOLUTE = (conversion(unit)[0] for unit in ("bar", "barg", "bara"))


class Converted(NamedTuple):
    """A quantity of a statement and the same in another unit, as it is shown; `exact`: nothing was rounded."""

    quantity: Quantity
    shown: str
    exact: bool


def _target(quantity: Quantity, unit: str) -> str | None:
    """The unit to show a quantity in; None where it cannot be had for certain."""
    dimension = conversion(unit)[0]
    if dimension == _PRESSURE and quantity.dimension in (_GAUGE, _ABSOLUTE):
        mark = "g" if quantity.dimension == _GAUGE else "a"
        unit = f"{unit}{mark}" if unit in ("bar", "mbar", "psi") else f"{unit}({mark})"
        if unit not in UNITS:
            return None
        dimension = conversion(unit)[0]
    if dimension != quantity.dimension or not quantity.unit or dimension == "1 / [time]":
        return None
    return None if _doubtful(quantity.unit, unit) else unit


def _doubtful(old: str, new: str) -> bool:
    """True for units of one dimension that are not the same kind, and for lengths of time that vary."""
    if bool(_APPARENT.search(old)) != bool(_APPARENT.search(new)):
        return True
    if ("N" in old and "m" in old) != ("N" in new and "m" in new) and conversion(new)[0].count("[") > 2:
        return True
    calendar = [any(word in UNITS.get(u, "") for word in _CALENDAR) for u in (old, new)]
    return calendar[0] != calendar[1]


def convert(quantity: Quantity, unit: str) -> Converted | None:
    """A quantity in another unit; None where the units are no two of one kind, or the same by two names.

    A limit is rounded to its safe side: an upper one down, a lower one up.
    """
    target = _target(quantity, unit)
    if target is None:
        return None
    _, factor, offset = conversion(target)
    if conversion(quantity.unit)[1:] == (factor, offset):
        return None
    full = Decimal(repr((quantity.base - offset) / factor))
    # Twelve digits tell a value that comes out even from the noise of binary fractions.
    even = Context(prec=12).plus(full)
    rounding = {"<": ROUND_FLOOR, "<=": ROUND_FLOOR, ">": ROUND_CEILING, ">=": ROUND_CEILING}
    value = Context(prec=DIGITS, rounding=rounding.get(quantity.comparator, ROUND_HALF_EVEN)).plus(even)
    if len(even.normalize().as_tuple().digits) <= DIGITS + 2:
        value = even
    return Converted(quantity, f"{value.normalize():,f} {target}", value == even)


def with_conversion(text: str, quantities: Sequence[Quantity], units: Sequence[str], language: Language) -> str:
    """A statement with its values in the units asked for, marked as converted; as it stands where there are none."""
    made = [c for q in quantities for unit in units if (c := _in_context(text, q, unit)) is not None]
    stated = find_quantities(text)
    made = [c for c in made if not _said_already(c, stated)]
    if not made or len(made) > MOST:
        return text
    about, converted = _CONVERTED[language]
    shown = [f"{'' if c.exact else about}{c.shown}" for c in made]
    if len(made) > 1:
        shown = [f"{_named(c.quantity)} = {s}" for c, s in zip(made, shown, strict=True)]
    return f"{text} ({converted}: {'; '.join(shown)})"


def converted_line(
    lines: Sequence[str], shown: Sequence[str], units: Sequence[str], language: Language
) -> tuple[str, ...]:
    """The first of the `lines`, likeliest first, that is shown and has a value to convert, with that value converted.

    Empty where no unit is asked for, nothing can be converted, or what is shown is converted already.
    """
    everything = letters("\n".join(shown))
    for line in lines if units else ():
        if letters(line) not in everything:
            continue
        said = with_conversion(line, find_quantities(line), units, language)
        if said != line:
            return (said,) if letters(said) not in everything else ()
    return ()


def _named(quantity: Quantity) -> str:
    """A quantity as written; the first of a range gets its unit, which stands after the last."""
    return quantity.text if quantity.unit in quantity.text else f"{quantity.text} {quantity.unit}"


def _in_context(text: str, quantity: Quantity, unit: str) -> Converted | None:
    if quantity.dimension == "[temperature]" and _DIFFERENCE.search(text):
        return None
    return convert(quantity, unit)


def _said_already(made: Converted, stated: Sequence[Quantity]) -> bool:
    (fresh,) = find_quantities(made.shown)
    return any(s.unit == fresh.unit and abs(s.base - fresh.base) <= 1e-3 * max(1e-9, abs(s.base)) for s in stated)
