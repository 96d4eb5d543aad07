"""Times of day that a text names, as minutes after midnight: `07:00`, `7 o'clock in the morning`, `오후 3시 30분`.

An hour without morning or afternoon is either (`3시` is 3:00 and 15:00). Durations (`7시간`, `7 hours`) are none.
"""

import re

from walkdown.text.languages import normalise

_DIGITAL = re.compile(
    r"(?<![\d:.])([01]?\d|2[0-4]):([0-5]\d)(?::[0-5]\d)?(?![\d:])\s?(?P<half>[ap]\.?m\b)?", re.IGNORECASE
)
_KOREAN = re.compile(
    r"(?:(오전|새벽|아침|오후|저녁|밤)\s?)?(?<!\d)(\d{1,2})시(?!간|점|료|험)(?:\s?(\d{1,2})분|\s?(반))?"
)
_ENGLISH = re.compile(
    r"(?<![\d.])(\d{1,2})\s?(?:(?P<half>[ap]\.?m\b\.?)|"
    r"o'?\s?clock(?:\s(?:in the |at )?(?P<part>morning|afternoon|evening|night))?)",
    re.IGNORECASE,
)
_NAMED = (
    (re.compile(r"\b(?:noon|midday)\b|정오", re.IGNORECASE), 720),
    (re.compile(r"\bmidnight\b|자정", re.IGNORECASE), 0),
)
_DAY = 24 * 60
_AFTERNOON = frozenset({"오후", "저녁", "밤", "afternoon", "evening", "night"})
_MORNING = frozenset({"오전", "새벽", "아침", "morning"})

Moment = frozenset[int]
"""The minutes of the day that one mention may mean: one, or two twelve hours apart."""


def _moment(hour: int, minute: int, half: str) -> Moment:
    if hour > 24:
        return frozenset()
    told = half.lower().replace(".", "")
    if told in _AFTERNOON or told == "pm":
        hours = {hour % 12 + 12} if hour <= 12 else {hour}
    elif told in _MORNING or told == "am":
        hours = {hour % 12 if hour == 12 else hour}
    else:
        hours = {hour, hour + 12} if 1 <= hour <= 12 else {hour}
    return frozenset((h * 60 + minute) % _DAY for h in hours)


def moments_of(text: str) -> tuple[Moment, ...]:
    """Every time of day in a text; a time written with a colon is that of a clock of 24 hours."""
    text = normalise(text)
    found: list[Moment] = []
    for m in _DIGITAL.finditer(text):
        hour, minute = int(m[1]), int(m[2])
        found.append(_moment(hour, minute, m["half"]) if m["half"] else frozenset({(hour * 60 + minute) % _DAY}))
    for m in _KOREAN.finditer(text):
        found.append(_moment(int(m[2]), int(m[3] or (30 if m[4] else 0)), m[1] or ""))
    for m in _ENGLISH.finditer(text):
        found.append(_moment(int(m[1]), 0, m["half"] or m["part"] or ""))
    found += [frozenset({minute}) for pattern, minute in _NAMED if pattern.search(text)]
    return tuple(moment for moment in found if moment)


def spellings(moment: Moment) -> tuple[str, ...]:
    """A time of day as logs write it: `07:00`."""
    return tuple(f"{minute // 60:02}:{minute % 60:02}" for minute in sorted(moment))


def at_clock(text: str, position: int) -> tuple[Moment, ...]:
    """The time of day that a number at a position of a text belongs to: either figure of `10:00`; none elsewhere."""
    spans = (m.span() for pattern in (_DIGITAL, _KOREAN, _ENGLISH) for m in pattern.finditer(text))
    return next((moments_of(text[a:b]) for a, b in spans if a <= position < b), ())
