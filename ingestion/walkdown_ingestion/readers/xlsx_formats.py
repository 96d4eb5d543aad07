"""Cell values of a spreadsheet as the sheet shows them: number formats of ECMA-376 18.8.30, dates, percentages.

101 never reads 101.0, 0.5 under `0%` reads 50%, a date reads as its format says. Dates whose order of day and month
depends on the reader's computer (formats 14 and 22) read 2025-03-01.
"""

import datetime as dt
import operator
import re
from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import NamedTuple

from walkdown_ingestion.readers.xlsx_dates import moment

_TOKEN = re.compile(
    r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.|[#0?][#0?,]*(?:\.[#0?]+)?|\.[#0?]+|[eE][+-][0#?]+|%|,+|.', re.DOTALL
)
_CONDITION = re.compile(r"\[\s*(?P<sign>[<>]=?|<>|=)\s*(?P<limit>-?\d+(?:\.\d+)?)\s*\]")
_COMPARE: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "=": operator.eq, "<>": operator.ne,
}  # fmt: skip
_SPACED = re.compile(r"(?<=[#0?])\\? (?=[#0?])")
"""A space between places for digits, which separates thousands."""
_QUOTED = r'(?:"[^"]*"|\\.|\[[^\]]*\]|_.|\*.|[^"#0?])*?'
_FREE = re.compile(
    rf"(?P<ahead>{_QUOTED})(?:general|(?:[#0?]+ *)?[#0?]+/[#0?1-9]+)(?P<behind>{_QUOTED})", re.IGNORECASE
)
"""A number as it is, or as a fraction, which is written as a decimal number, between texts."""
_PLACES = re.compile(r"[#0?]")
_AROUND = re.compile(r'"[^"]*"|@|(?<=\\).')
"""The parts of a format for texts that are shown: what stands in quotes or behind a backslash, and the text."""
_GENERAL = ("general", "@", "")
_NEGATIVE = ("-", "−", "–", "(", "△", "▲", "▼", "CR", "DR", "영하", "minus")
"""Signs by which a format of its own shows that a number is negative."""
_SUMS = frozenset("/.:")  # signs that would make one number read as another
_SIGNIFICANT = 11
_WHOLE = 10**15

Value = str | int | float | bool | dt.datetime | dt.date | dt.time | dt.timedelta | None


def display(value: object, code: str) -> str:
    """The text of a cell with that number format."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, dt.timedelta):
        return _duration(value)
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return moment(value, code)
    if isinstance(value, int | float):
        return _number(value, code)
    return _worded(str(value), code)


def _worded(text: str, code: str) -> str:
    """A text under a format that writes something around it: `"V-"@` shows the 101 typed in as V-101."""
    section = _split_sections(code)[-1]
    if section.count("@") != 1 or section.strip() == "@":
        return text
    return "".join(text if part == "@" else part.strip('"') for part in _AROUND.findall(section)).strip()


def general(value: float) -> str:
    """A number without a format, as a sheet shows it: at most 11 significant digits, no needless `.0`."""
    if value == int(value) and abs(value) < _WHOLE:
        return str(int(value))
    text = format(value, f".{_SIGNIFICANT}g")
    if "e" in text and 1e-5 <= abs(value) < _WHOLE:
        text = format(Decimal(text), "f")
    return text.replace("e", "E")


class _Section(NamedTuple):
    """`parted`: its digits stand in several groups, as of a telephone number."""

    before: str
    digits: str
    after: str
    percent: int
    thousands: int
    exponent: str
    parted: bool


def _section(code: str) -> _Section:
    """The parts of one section of a format: literal text around the digits, and how to scale them."""
    before, digits, after, exponent = "", "", "", ""
    percent = thousands = 0
    parted = False
    for part in _TOKEN.findall(_SPACED.sub(",", code)):
        if part[0] == '"':
            literal = part[1:-1]
        elif part[0] == "\\":
            literal = part[1:]
        elif part[0] == "[":
            # A currency sign stands in [$₩-412]; colours, conditions and locales print nothing.
            literal = part[2:-1].split("-")[0] if part.startswith("[$") else ""
        elif part[0] in "_*":
            literal = " " if part[0] == "_" else ""
        elif _PLACES.search(part[:2]) and not digits:
            thousands = len(part) - len(part.rstrip(","))
            digits, literal = part.rstrip(","), ""
        elif part[0] in "eE" and digits:
            exponent, literal = part, ""
        elif set(part) == {","} and digits and not after:
            thousands, literal = thousands + len(part), ""
        else:
            percent += part == "%"
            parted |= bool(digits and _PLACES.match(part))
            literal = part
        if digits:
            after += literal
        else:
            before += literal
    return _Section(before, digits, after, percent, thousands, exponent, parted)


def _number(value: float, code: str) -> str:
    if value != value or value in (float("inf"), float("-inf")):
        return str(value)
    chosen, sign = _chosen(value, _split_sections(code))
    if chosen.strip().lower() in _GENERAL:
        return sign + general(abs(value))
    if (free := _FREE.fullmatch(chosen)) is not None:
        ahead, behind = (_section(free[part]).before for part in ("ahead", "behind"))
        text = general(abs(value))
        shown = f"{ahead}{sign}{text}{behind}".strip()
        return _with_minus(shown, text) if value < 0 and not sign else shown
    section = _section(chosen)
    if section.parted:
        return ("-" if value < 0 else "") + (_in_groups(abs(value), chosen) or general(abs(value)))
    if not section.digits:
        return section.before.strip() or sign + general(abs(value))
    try:
        amount = Decimal(repr(abs(value))) * 100**section.percent / 1000**section.thousands
        text = _digits(amount, section)
    except (InvalidOperation, ValueError):
        text = general(abs(value))
    if sign and not any(c in "123456789" for c in text):
        sign = ""
    shown = f"{section.before}{sign}{text}{section.after}".strip()
    if value < 0 and not sign:
        shown = _with_minus(shown, text)
    return shown


def _in_groups(value: float, code: str) -> str:
    """A whole number under a format of several groups of digits: 12345 under `00-000` is 12-345; "" for any other."""
    parts = _TOKEN.findall(code)
    if value != int(value) or any(part[0] in "[*%" or part[0] in "eE" or _SUMS & set(part) for part in parts):
        return ""
    digits, shown = str(int(value)), ""
    first = next(n for n, part in enumerate(parts) if _PLACES.match(part))
    for n in range(len(parts) - 1, -1, -1):
        if not _PLACES.match(parts[n]):
            shown = ("" if parts[n][0] == "_" else parts[n].strip('"\\')) + shown
            continue
        for place in reversed(parts[n].replace(",", "")):
            digits, taken = digits[:-1], digits[-1:] or ("0" if place == "0" else "")
            shown = taken + shown
        shown, digits = (digits + shown, "") if n == first else (shown, digits)
    return shown.strip()


def _chosen(value: float, sections: Sequence[str]) -> tuple[str, str]:
    """The section of a format that holds for a value, and the sign to write before the number.

    Sections are for positive, negative and zero values, or for what the conditions before them say: `[<0.01]`.
    """
    sign = "-" if value < 0 else ""
    conditions = [_CONDITION.search(section) for section in sections]
    if any(conditions[:2]):
        for section, condition in zip(sections, conditions, strict=True):
            if condition is None or _COMPARE[condition["sign"]](value, float(condition["limit"])):
                return section, sign
        return "", sign
    if value < 0 and len(sections) > 1:
        # A section that is empty shows nothing; what stands in the cell is told with its sign.
        return sections[1], "" if sections[1].strip() else sign
    if value == 0 and len(sections) > 2:
        return sections[2], ""
    return sections[0], sign


def _with_minus(shown: str, digits: str) -> str:
    """A negative number whose format shows it in brackets, or in red without any sign: with the sign it has."""
    if not any(c in "123456789" for c in digits):
        return shown
    if (bracketed := f"({digits})") in shown:
        return shown.replace(bracketed, f"-{digits}")
    if shown.startswith("(") and shown.endswith(")"):
        return f"-{shown[1:-1].strip()}"
    return shown if any(mark in shown for mark in _NEGATIVE) else f"-{shown}"


def _split_sections(code: str) -> list[str]:
    parts, quoted, part = [], False, ""
    for c in code:
        quoted ^= c == '"'
        if c == ";" and not quoted:
            parts.append(part)
            part = ""
        else:
            part += c
    return [*parts, part]


def _digits(amount: Decimal, section: _Section) -> str:
    whole, _, fraction = section.digits.partition(".")
    if section.exponent:
        return _scientific(amount, max(len(whole), 1), len(fraction), len(section.exponent) - 2)
    rounded = amount.quantize(Decimal(1).scaleb(-len(fraction)), ROUND_HALF_UP)
    ahead, _, behind = format(rounded, "f").partition(".")
    needed = len(fraction.rstrip("#?"))
    while len(behind) > needed and behind.endswith("0"):
        behind = behind[:-1]
    ahead = ahead.zfill(len(whole.replace(",", "").lstrip("#?")))
    if "," in whole:
        ahead = f"{int(ahead):,}"
    if ahead == "0" and "0" not in whole and (behind or set(whole) <= {"?"}):
        ahead = ""
    return f"{ahead}.{behind}" if behind else ahead


def _scientific(amount: Decimal, step: int, places: int, width: int) -> str:
    """A power of ten; with several digits before the point, as in `##0.0E+0`, the exponent is a multiple of them."""
    power = amount.adjusted() if amount else 0
    power -= power % step
    mantissa = format((amount.scaleb(-power)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP), "f")
    if Decimal(mantissa) >= 10**step:
        power += step
        mantissa = format((amount.scaleb(-power)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP), "f")
    return f"{mantissa}E{'-' if power < 0 else '+'}{str(abs(power)).zfill(width)}"


def _duration(value: dt.timedelta) -> str:
    seconds = round(value.total_seconds())
    sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
    return f"{sign}{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
