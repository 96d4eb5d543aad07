"""Days of the year that a text names, without their years: `11월 23일`, `23 November`, `the 19th of July`."""

import re

from walkdown.text.languages import normalise

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# "may" is a month with its capital only.
_NAME = (
    r"(?P<name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|(?-i:May|MAY)|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![a-z])\.?"
)
_NUMBERED = re.compile(
    r"(?<!\d)(?:(?:19|20)\d\d\s?[-./년年]\s?)(?P<m>\d{1,2})\s?[-./월月]\s?(?P<d>\d{1,2})(?!\d)|"
    r"(?<!\d)(?P<km>\d{1,2})\s?[월月]\s?(?P<kd>\d{1,2})\s?[일日号]|"
    r"(?<!\d)20\d\d(?P<cm>0[1-9]|1[0-2])(?P<cd>0[1-9]|[12]\d|3[01])(?!\d)"
)
"""The last is how file names have it: `교대일지_20250612`."""
_DAY_NUMBER = re.compile(
    r"(?:\bdays?|(?<![가-힣])(?:배양\s?)?일차|배양\s?일|\bd[ií]a)(?:\s?\([^()|]{1,12}\))?\s?[:#.]?\s?(?P<first>\d{1,3})"
    r"(?:\s?(?:~|-|–|to|a)\s?(?P<last>\d{1,3}))?(?![\d.,:]|\s?(?:%|일|개월))|"
    r"(?<![\d.~-])(?P<ko>\d{1,3})(?:\s?[~–-]\s?(?P<ko_last>\d{1,3}))?\s?(?:일차|日目)|第\s?(?P<zh>\d{1,3})\s?[天日]",
    re.IGNORECASE,
)
_NAMED = re.compile(
    rf"(?<!\d)(?P<before>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {_NAME}|"
    rf"\b{_NAME.replace('?P<name>', '?P<first>')} (?P<after>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)",
    re.IGNORECASE,
)

DATE = re.compile(
    rf"(?<!\d)\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_NAME.replace('?P<name>', '')}(?:,? (?:19|20)\d\d)?|"
    rf"\b{_NAME.replace('?P<name>', '')} \d{{1,2}}(?:st|nd|rd|th)?(?!\d)(?:,? (?:19|20)\d\d)?|"
    r"(?<!\d)(?:19|20)\d\d\s?[-./년年]\s?\d{1,2}\s?[-./월月]\s?\d{1,2}(?!\d)\s?[일日号]?|"
    r"(?<!\d)\d{1,2}\s?[월月]\s?\d{1,2}\s?[일日号]",
    re.IGNORECASE,
)
"""A date as it is written, year included where it has one."""


def days_of(text: str) -> set[tuple[int, int]]:
    """(month, day) of every date with both in a text."""
    text = normalise(text)
    found = [(m["m"] or m["km"] or m["cm"], m["d"] or m["kd"] or m["cd"]) for m in _NUMBERED.finditer(text)]
    days = {(int(month), int(day)) for month, day in found}
    for match in _NAMED.finditer(text):
        name = (match["name"] or match["first"])[:3].lower()
        days.add((_MONTHS.index(name) + 1, int(match["before"] or match["after"])))
    return {(month, day) for month, day in days if 1 <= month <= 12 and 1 <= day <= 31}


def day_numbers(text: str) -> list[tuple[int, int]]:
    """First and last of the days that a text counts from a start: `day 7`, `7일차`, `Day 5 to 10`."""
    found = []
    for match in _DAY_NUMBER.finditer(normalise(text)):
        first = int(match["first"] or match["ko"] or match["zh"])
        found.append((first, int(match["last"] or match["ko_last"] or first)))
    return found


def names_day(text: str, day: tuple[int, int]) -> bool:
    """True when a text names a day, or its month and, elsewhere, its number: a log of July has a row `Day: 19`."""
    if day in days_of(text):
        return True
    month, number = day
    of_month = re.compile(
        rf"(?<!\d){month}\s?[월月]|(?:19|20)\d\d[-./]0?{month}(?!\d)|\b{_MONTHS[month - 1]}[a-z]*\b", re.IGNORECASE
    )
    of_day = rf"(?<![\d.,-]){number}(?:\s?[일日]|st|nd|rd|th)?(?![\d.,%-])"
    return bool(of_month.search(text) and re.search(of_day, text))


def spellings(day: tuple[int, int]) -> tuple[str, ...]:
    """A day as logs and reports write it: `07-19`, `7월 19일`, `19 Jul`."""
    month, number = day
    return f"{month:02}-{number:02}", f"{month}월 {number}일", f"{number} {_MONTHS[month - 1]}"
