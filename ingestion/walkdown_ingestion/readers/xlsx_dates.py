"""Dates and times of a spreadsheet as shown: names of days and months in five languages, eras of Japan."""

import datetime as dt
import re
from typing import NamedTuple

_AS_IT_IS = ("general", "@", "", "mm-dd-yy", "m/d/yy h:mm", "m/d/yyyy", "m/d/yyyy h:mm")
"""Formats that say nothing, or of which the order of day and month depends on the reader's computer."""
_DATE_TOKEN = re.compile(
    r'"[^"]*"|\\.|\[[hms]+\]|\[[^\]]*\]|_.|\*.|am/pm|a/p|y+|m+|d+|h+|s+(?:\.0+)?|a{3,4}|g+|e+|r+|.',
    re.IGNORECASE | re.DOTALL,
)
_LANGUAGE = re.compile(r"\[\$[^\]-]*-([0-9A-Fa-f]{3,8})\]")
_ERAS = (
    (dt.date(2019, 5, 1), "R", "令和"), (dt.date(1989, 1, 8), "H", "平成"), (dt.date(1926, 12, 25), "S", "昭和"),
    (dt.date(1912, 7, 30), "T", "大正"), (dt.date(1868, 1, 25), "M", "明治"),
)  # fmt: skip


class _Words(NamedTuple):
    """What a language calls the days from Monday, in short and in full, its months and the halves of a day."""

    short: tuple[str, ...]
    days: tuple[str, ...]
    months: tuple[str, ...]
    month: str
    halves: tuple[str, str]


def _worded(letters: str, before: str, behind: str, month: str, halves: tuple[str, str], short: str = "") -> _Words:
    days = tuple(f"{before}{letter}{behind}" for letter in letters)
    return _Words(tuple(f"{short}{letter}" for letter in letters), days, (), month, halves)


def _spelt(days: str, months: str, halves: tuple[str, str]) -> _Words:
    long = tuple(days.split())
    return _Words(tuple(day[:3] for day in long), long, tuple(months.split()), "", halves)


_ENGLISH = _spelt(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "January February March April May June July August September October November December",
    ("AM", "PM"),
)
_SPANISH = _spelt(
    "lunes martes miércoles jueves viernes sábado domingo",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    ("a. m.", "p. m."),
)
_WORDS = {
    0x04: _worded("一二三四五六日", "星期", "", "月", ("上午", "下午"), "周"),
    0x0A: _SPANISH,
    0x11: _worded("月火水木金土日", "", "曜日", "月", ("午前", "午後")),
    0x12: _worded("월화수목금토일", "", "요일", "월", ("오전", "오후")),
}
"""By the language in the number of a locale."""


def _day(words: _Words, when: dt.datetime, size: int) -> str:
    return (words.short if size <= _SHORT else words.days)[when.weekday()]


def _month(words: _Words, when: dt.datetime, size: int) -> str:
    if size < _SHORT:
        return f"{when.month:0{size}d}"
    name = words.months[when.month - 1] if words.months else f"{when.month}{words.month}"
    return name[:3] if size == _SHORT and words.months else name


def _in_era(when: dt.datetime, token: str) -> str:
    """The era of a date (`g`, `gg`, `ggg`), the year in it (`e`), or both (`r`)."""
    day = when.date() if isinstance(when, dt.datetime) else when
    begun, letter, name = next((era for era in _ERAS if era[0] <= day), _ERAS[-1])
    year = f"{day.year - begun.year + 1:0{min(len(token), 2)}d}"
    if token[0] == "g":
        return letter if len(token) == 1 else name[0] if len(token) == 2 else name
    return year if token[0] == "e" else (letter if len(token) == 1 else name) + year


_SHORT = 3


def _iso(value: dt.datetime | dt.date | dt.time) -> str:
    if isinstance(value, dt.datetime) and (value.hour, value.minute, value.second) == (0, 0, 0):
        return value.date().isoformat()
    if isinstance(value, dt.datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S" if value.second else "%Y-%m-%d %H:%M")
    return value.isoformat()


def moment(value: dt.datetime | dt.date | dt.time, code: str) -> str:
    """A date or time under a number format, in the words of the language that the format names."""
    plain = code.split(";")[0].strip()
    named = _LANGUAGE.search(plain)
    words = _WORDS.get(int(named[1], 16) & 0x3FF if named is not None else 0, _ENGLISH)
    if plain.lower() in _AS_IT_IS or re.search(r"\[[hms]+\]", plain, re.IGNORECASE):
        return _iso(value)
    tokens = [t for t in _DATE_TOKEN.findall(plain) if not (t[0] == "[" or t[0] in "_*")]
    half = any(t.lower() in ("am/pm", "a/p") for t in tokens)
    kinds = [t[0].lower() if t[0].lower() in "ymdhs" else "" for t in tokens]
    out = []
    for i, token in enumerate(tokens):
        before = next((k for k in reversed(kinds[:i]) if k), "")
        after = next((k for k in kinds[i + 1 :] if k), "")
        minutes = kinds[i] == "m" and len(token) < 3 and (before == "h" or after == "s")
        try:
            out.append(_date_part(value, token, words, minutes=minutes, half=half))
        except AttributeError:
            # A time under a date format, or the other way round.
            return _iso(value)
    return "".join(out).strip()


def _date_part(value: dt.datetime | dt.date | dt.time, token: str, words: _Words, *, minutes: bool, half: bool) -> str:
    when: dt.datetime = value  # type: ignore[assignment]  # a missing attribute is dealt with by the caller
    low, size = token.lower(), len(token)
    if token[0] in '"\\':
        return token[1:-1] if token[0] == '"' else token[1:]
    if low in ("am/pm", "a/p"):
        return words.halves[when.hour >= 12]
    if low[0] in "ger":
        return _in_era(when, low)
    if low[0] == "y":
        return f"{when.year:04d}" if size > 2 else f"{when.year % 100:02d}"
    if low[0] == "m" and minutes:
        return f"{when.minute:0{size}d}"
    if low[0] == "m":
        return _month(words, when, size)
    if low[0] == "d" or low in ("aaa", "aaaa"):
        return f"{when.day:0{size}d}" if size < 3 else _day(words, when, size)
    if low[0] == "h":
        return f"{(when.hour % 12 or 12) if half else when.hour:0{size}d}"
    if low[0] == "s":
        whole, _, places = low.partition(".")
        fraction = f".{when.microsecond:06d}"[: len(places) + 1] if places else ""
        return f"{when.second:0{min(len(whole), 2)}d}{fraction}"
    return token
