"""The units that a question asks to be answered in: `in bar?`, `psi로는?`, `MPaで`, `换算成kPa`, `en psi`."""

import re

from walkdown.text.languages import normalise
from walkdown.text.units import UNIT_PATTERN, conversion

SPOKEN = {
    "화씨": "°F", "섭씨": "℃", "fahrenheit": "°F", "celsius": "℃", "华氏度": "°F", "华氏": "°F",
    "摄氏度": "℃", "摄氏": "℃",
    "華氏": "°F", "摂氏": "℃", "갤런": "gallon", "파운드": "lb", "피트": "ft", "메가파스칼": "MPa", "킬로파스칼": "kPa",
    "밀리바": "mbar", "兆帕": "MPa", "千帕": "kPa", "リットル毎分": "L/min", "리터/분": "L/min", "분당 리터": "L/min",
    "리터/초": "L/s", "초당 "
    "리터": "L/s", "seconds": "s", "minutes": "min", "hours": "h", "segundos": "s", "minutos": "min",
    "horas": "h", "시간": "h", "분": "min", "초": "s", "litres per minute": "L/min", "liters per minute": "L/min",
}  # fmt: skip
_UNIT = rf"(?P<unit>{'|'.join(sorted(SPOKEN, key=len, reverse=True))}|{UNIT_PATTERN}|Fahrenheit|Celsius)"
_END = r"(?![\w/^·(])"
_ASKED = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?:[Ii]n|[Ii]nto|expressed in|[Cc]onvert\w*\b.{{0,40}}?\b(?:in)?to)\s+{_UNIT}{_END}",
        rf"(?:\b[Gg]ive (?:me |us |it )?(?:in |as )?|\bas |[,;:—–]\s*){_UNIT}\s*(?:please|pls|instead)?\W*$",
        rf"(?<![\w/.]){_UNIT}\s?(?:단위)?(?:으로|로)(?:는|도|요)?\s?"
        r"(?:환산|변환|바꾸|바꿔|바꾼|계산|표시|나타내|말하|말해|알려|하면|치면|따지면|얼마|몇|답|좀|줘|"
        r"부탁|[?.!]|$)",
        rf"(?<![\w/.]){_UNIT}(?:으로|로)는",
        rf"(?:换算|转换|折算|换|用|以)(?:成|为|到)?\s?{_UNIT}",
        rf"(?<![A-Za-z0-9/.]){_UNIT}\s?(?:単位)?(?:では|で(?=\s|$|[?？。]|教|い|お|表|言|換)|に(?:換算|直|変換))",
        rf"\b(?:en|(?:convert|pas)\w+\b.{{0,40}}\ba)\s+(?:grados\s+)?{_UNIT}\s*(?:por favor)?\W*$",
    )
)
_TERSE = re.compile(rf"(?<![\d\w/.])(?<!\d )(?=\S{{2}}){_UNIT}(?: how many)?\W*$")
"""A unit at the end without a number, as terse questions and those read word by word have it: `min flow gpm`."""
_HOW_MANY = re.compile(rf"(?:\b[Hh]ow many|몇|多少|何)\s?{_UNIT}(?![A-Za-z])")


def asked_units(question: str) -> tuple[str, ...]:
    """The units that a question asks to be answered in, as units are written; usually none.

    "How many hours" asks for a time and not for a conversion.
    """
    text = normalise(question)
    found = [m["unit"] for pattern in _ASKED for m in pattern.finditer(text)]
    found += [
        m["unit"]
        for pattern in (_HOW_MANY, _TERSE)
        for m in pattern.finditer(text)
        if _dimension(m["unit"]) != "[time]"
    ]
    return tuple(dict.fromkeys(SPOKEN.get(unit.lower(), unit) for unit in found))


def without_asked_units(question: str) -> str:
    """A question without the words that name the unit to answer in."""
    for pattern in _ASKED:
        question = pattern.sub(" ", question)
    for pattern in (_TERSE, _HOW_MANY):  # `시간` at the end asks how long
        question = pattern.sub(lambda m: m.group() if _dimension(m["unit"]) == "[time]" else " ", question)
    return question


def _dimension(unit: str) -> str:
    return conversion(SPOKEN.get(unit.lower(), unit))[0]
