"""The dates that a question names, and whether it asks for the state at one of them ("as of 1 June 2024", `당시`).

A date that is asked about and cannot be read must not be passed over: the answer would be that of today.
"""

import datetime as dt
import re
from collections.abc import Iterator
from typing import NamedTuple

_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january enero", "feb february febrero", "mar march marzo", "apr april abril", "may mayo",
         "jun june junio", "jul july julio", "aug august agosto", "sep sept september septiembre",
         "oct october octubre", "nov november noviembre", "dec december diciembre"), 1)
    for name in names.split()
}  # fmt: skip
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_NUMERIC_DATE = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)\s?(?:[-./年]|년)\s?(?P<m>1[0-2]|0?[1-9])(?:\s?(?:[-./月]|"
    r"월)\s?(?P<d>3[01]|[12]\d|0?[1-9]))?(?!\d)"
)
_NAMED_DATE = re.compile(
    rf"(?:(?P<d1>3[01]|[12]\d|0?[1-9])\s+(?:de\s+)?)?\b(?P<m>{_MONTH})\b\.?(?:\s+(?P<d2>3[01]|"
    rf"[12]\d|0?[1-9])(?:st|nd|rd|th)?,?)?"
    r",?\s+(?:(?:of|de)\s+)?(?P<y>(?:19|20)\d\d)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<![\d-])(?P<y>(?:19|20)\d\d)(?:\s?(?:년|年)(?:\s?(?P<early>초|初)(?!과))?|(?![\d-]))")
_SHORT_YEAR = re.compile(
    r"(?<![\d'’.])['’]?(?P<y>[0-3]\d)\s?년(?:도(?!\s?말|\s?초)|도?\s?(?:말|"
    r"(?P<early>초)(?!과)))"
)
"""`24년도`, `24년 말`; not `24년`, which may be so many years."""
_RELATIVE = re.compile(
    r"(?P<rel>재작년|작년|지난해|올해|금년|last year|this year|去年|今年|昨年|año pasado|"
    r"este año|지난달|지난 달|last month|上个月|先月|mes pasado)"
    rf"(?:의?\s*(?P<m>1[0-2]|[1-9])\s?(?:월|月)|\s*(?P<han>[一二三四五六七八九十]{{1,2}})月|,?\s+(?:in |"
    rf"de )?(?P<mn>{_MONTH})\b|"
    r"\s*(?P<early>초|初))?|"
    rf"(?P<mn2>{_MONTH})\s+(?:of )?(?P<rel2>last year|this year|(?:del )?año pasado)|"
    rf"\blast (?P<mn3>{_MONTH})\b|\b(?P<mn4>{_MONTH}) pasado\b|지난\s?(?P<m3>1[0-2]|[1-9])\s?월",
    re.IGNORECASE,
)
_HAN_MONTHS = {name: i for i, name in enumerate("一 二 三 四 五 六 七 八 九 十 十一 十二".split(), 1)}
_COMPACT_DATE = re.compile(r"(?<![\d-])(?P<y>(?:19|20)\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>[0-2]\d|3[01])(?![\d-])")
_SHORT_DATE = re.compile(
    r"(?:(?<![\d'’.])(?P<y>\d\d)\s?년|['’](?P<y2>\d\d)\s?[.년])\s?(?P<m>1[0-2]|0?[1-9])\s?[.월]"
    r"(?:\s?(?P<d>3[01]|[12]\d|0?[1-9])(?!\d)\.?)?"
)
_AGO = re.compile(
    r"(?P<day>그저께|그제|어제|yesterday|昨天|昨日|ayer)|(?P<week>지난주|지난 주|last week)|"
    r"(?P<n>\d{1,3})\s?(?P<unit>년|개월|달|年|个月|か月)\s?(?:전|前)|"
    r"\b(?P<n2>\d{1,3}|an?|one|two|three) (?P<unit2>year|month|week|day)s? ago",
    re.IGNORECASE,
)
"""Not `3일 전`: three days before the work, as often as not."""
_DAY_OF_YEAR = re.compile(
    rf"(?<![\d년])(?<![\d년] )(?<!매년 )(?P<m>1[0-2]|[1-9])\s?월\s?(?P<d>3[01]|[12]\d|[1-9])(?!\d)|"
    rf"\b(?P<mn>{_MONTH})\b\.? (?P<d2>3[01]|[12]\d|[1-9])(?:st|nd|rd|th)?(?!\d|,? ?(?:19|20)\d\d)|"
    rf"\b(?P<d3>3[01]|[12]\d|[1-9])(?:st|nd|rd|th)? (?:of )?(?P<mn3>{_MONTH})\b(?!\.?,? ?(?:19|20)\d\d)",
    re.IGNORECASE,
)
_UNREADABLE = re.compile(
    r"(?<!\d)(?:19|20)\d\d\s?[-./년年]\s?\d{1,2}(?:\s?[-./월月]\s?\d{1,2})?(?!\d)\s?(?:[일日](?![가-힣]))?|"
    rf"\b(?:{_MONTH})\b\.? \d{{1,2}}(?:st|nd|rd|th)?,? (?:19|20)\d\d|"
    rf"\b\d{{1,2}}(?:st|nd|rd|th)? (?:of )?(?:{_MONTH})\b\.?,? (?:19|20)\d\d|"
    r"(?<![\d/])\d{1,2}/\d{1,2}/\d{2,4}(?![\d/])",
    re.IGNORECASE,
)
"""What is written as a date, whether it is one or not."""
_AFTER_DATE = re.compile(
    r"\.?(?:월|月)?\s?(?:일|日|に|에|의|도|말|초)?\s?(?:기준|당시|시점|현재|무렵|시절|때|当时|当時|時点|"
    r"現在|的时候|时(?!间)|の時|年底|末)|"
    r"(?:월)?(?:일)?\s?(?:말|초|도)?에 ?(?:유효|적용|시행|쓰던)|(?:일)?에?(?:는|엔)\s.*(?:였|었|했|됐)|"
    r"(?:엔|에는|에선)\W*$|(?:월|月)?(?:일)?\s?(?:이전|전)\s?(?:의\s?)?(?:기준|값|한도|한계|설정|개정)",
    re.IGNORECASE,
)
_BEFORE_DATE = re.compile(
    r"\b(?:as (?:of|at|per)|(?:in force|valid|applicable|that applied|effective|stood) (?:back )?(?:on|in|at|"
    r"during|as of)|a fecha de|vigentes? (?:en|el|a)|válid[oa]s? en|en vigor (?:en|el))"
    r"(?: (?:the )?(?:(?:end|start|beginning) of|late|early|mid))?\s*$|截至\s*$",
    re.IGNORECASE,
)
_RULED = re.compile(
    r"\b(?:could|had to|(?:was|were) (?:\w+ ){0,3}?(?:allowed|permitted|required|enough|valid|the limit))\b",
    re.IGNORECASE,
)
"""What was the rule, not what happened: "in 2023, how long could it be bypassed?"."""
_LAST_MONTH = frozenset({"지난달", "지난 달", "last month", "上个月", "先月", "mes pasado"})
_THIS_YEAR = frozenset({"올해", "금년", "this year", "今年", "este año"})


def _last_day(year: int, month: int) -> dt.date:
    first_of_next = dt.date(year + month // 12, month % 12 + 1, 1)
    return first_of_next - dt.timedelta(days=1)


def _date(year: int, month: int | None, day: int | None) -> dt.date | None:
    try:
        return dt.date(year, month, day) if month and day else _last_day(year, month or 12)
    except ValueError:
        return None


_TWO_DIGITS = 99
_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3}


class Dated(NamedTuple):
    """A date as it stands in a question."""

    date: dt.date
    text: str
    start: int
    end: int


def _absolute(question: str) -> Iterator[Dated]:
    for pattern in (_NUMERIC_DATE, _NAMED_DATE, _COMPACT_DATE, _SHORT_DATE):
        for match in pattern.finditer(question):
            groups = match.groupdict()
            month = int(groups["m"]) if groups["m"].isdigit() else _MONTHS[groups["m"].lower()]
            day = groups.get("d") or groups.get("d1") or groups.get("d2")
            year = int(groups["y"] or groups["y2"])
            found = _date(year if year > _TWO_DIGITS else 2000 + year, month, int(day) if day else None)
            if found is not None:
                yield Dated(found, match.group(), *match.span())
    for match in _SHORT_YEAR.finditer(question):
        month, day = (1, 31) if match["early"] else (12, 31)
        yield Dated(dt.date(2000 + int(match["y"]), month, day), match.group(), *match.span())
    for match in _YEAR.finditer(question):
        month, day = (1, 31) if match["early"] else (12, 31)
        yield Dated(dt.date(int(match["y"]), month, day), match.group(), *match.span())


def _before_today(question: str, today: dt.date) -> Iterator[Dated]:
    """Days counted back from today, and days of a year that is not named: the last one that has come."""
    for match in _AGO.finditer(question):
        number = match["n"] or match["n2"] or "1"
        count = int(number) if number.isdigit() else _NUMBERS[number.lower()]
        unit = (match["unit"] or match["unit2"] or ("주" if match["week"] else "일")).lower()
        if match["day"] in ("그저께", "그제"):
            count = 2  # the day before yesterday
        yield Dated(_back(today, count, unit), match.group(), *match.span())
    for match in _DAY_OF_YEAR.finditer(question):
        name = match["mn"] or match["mn3"]
        month = _MONTHS[name.lower()] if name else int(match["m"])
        day = int(match["d"] or match["d2"] or match["d3"])
        found = next((d for y in (today.year, today.year - 1) if (d := _date(y, month, day)) and d <= today), None)
        if found is not None:
            yield Dated(found, match.group(), *match.span())


def _back(today: dt.date, count: int, unit: str) -> dt.date:
    days = {"주": 7, "week": 7, "일": 1, "日": 1, "day": 1}
    if unit in days:
        return today - dt.timedelta(days=days[unit] * count)
    months = today.year * 12 + today.month - 1 - count * (12 if unit in ("년", "年", "year") else 1)
    year, month = max(1, months // 12), months % 12 + 1
    return dt.date(year, month, min(today.day, _last_day(year, month).day))


def _relative(question: str, today: dt.date) -> Dated | None:
    match = _RELATIVE.search(question)
    if match is None:
        return None
    if name := match["mn3"] or match["mn4"] or match["m3"]:
        month = int(name) if name.isdigit() else _MONTHS[name.lower()]
        # The last one that has begun: in December "last March" is that of this year.
        return Dated(_last_day(today.year - (month >= today.month), month), match.group(), *match.span())
    word = (match["rel"] or match["rel2"]).lower()
    if word in _LAST_MONTH:
        return Dated(today.replace(day=1) - dt.timedelta(days=1), match.group(), *match.span())
    back = 2 if word == "재작년" else 0 if word in _THIS_YEAR else 1
    name = match["mn"] or match["mn2"]
    month = (
        int(match["m"]) if match["m"] else _MONTHS[name.lower()] if name else _HAN_MONTHS.get(match["han"] or "", 12)
    )
    month = 1 if match["early"] else month
    return Dated(min(_last_day(today.year - back, month), today), match.group(), *match.span())


def speaks_of(question: str, dated: Dated) -> bool:
    """True when the words around a date say that the state at that date is asked."""
    after, before = question[dated.end :], question[: dated.start]
    if _AFTER_DATE.match(after) is not None or _BEFORE_DATE.search(before) is not None:
        return True
    return re.search(r"\bin\s*$", before, re.IGNORECASE) is not None and _RULED.search(question) is not None


_PRIOR = re.compile(r"\b(?:before|prior to|until|till|up to|antes de|hasta)\s*(?:the )?$", re.IGNORECASE)
_PRIOR_BEHIND = re.compile(r"(?:월|月)?\s?(?:일\s?)?(?:이전|전까지|(?:이\s?)?되기 전|之前|以前|より前)")


def as_meant(question: str, dated: Dated) -> dt.date:
    """The day whose state is asked for beside a date: itself, or the last day before it (`before March 2025`)."""
    if not (_PRIOR.search(question[: dated.start]) or _PRIOR_BEHIND.match(question, dated.end)):
        return dated.date
    numbers = [int(n) for n in re.findall(r"\d+", dated.text)]
    has_day = dated.date.day in numbers[1:] or (len(numbers) > 1 and dated.date.day == numbers[0])
    has_month = len(numbers) > 1 or re.search(_MONTH, dated.text, re.IGNORECASE) is not None
    start = dated.date if has_day else dated.date.replace(day=1, **({} if has_month else {"month": 1}))
    return start - dt.timedelta(days=1)


def asks_what_held(question: str) -> bool:
    """True when what documents lay down is asked for in the past: beside a date, the state of that day is meant.

    A day counted from today says by itself that it is past, where nothing is named that may have taken place on it:
    `작년 1월 최소 유량`, `the limit last year in January`.
    """
    if _LAID_DOWN.search(question) is None or _HAPPENED.search(question) is not None:
        return False
    past = _RELATIVE.search(question)
    apart = past is not None and (past["rel"] or "") not in _THIS_YEAR and _TAKES_PLACE.search(question) is None
    return _WAS.search(question) is not None or apart


_TAKES_PLACE = re.compile(
    r"정비|점검|시험|보고|운전|기록|일지|교정|교체|검사|감사|배치|횟수|건수|몇\s?[번회건]|"
    r"\b(?:outages?|tests?|tested|inspections?|batch(?:es)?|reports?|logs?|runs?|audits?|how many|how often|"
    r"replaced)\b|検査|检查|试验|報告",
    re.IGNORECASE,
)


_HAPPENED = re.compile(
    r"원인|이유|왜|사고|고장|발생|측정|나왔|\b(?:why|cause|reason|failure|event|measured|found|happened)\b|"
    r"原因|测得|測定",
    re.IGNORECASE,
)


_WAS = re.compile(
    r"(?:얼마|몇\s?(?!시|번|회|건|명)[^\s?]{0,6}|값[이은]?|뭐|무엇)\s?(?:이?었|였)|"
    r"\bwhat (?:was|were) (?:the|our|its)\b|\bwas (?:the )?(?:limit|set ?point|setting)\b|cuál era|era el|"
    r"いくつだった|いくらだった|でしたか|曾经是",
    re.IGNORECASE,
)
_LAID_DOWN = re.compile(
    r"한계|한도|기준|설정|최소|최대|상한|하한|정격|경보|트립|허용|제한|유효|관리값|"
    r"\b(?:limit|set ?points?|settings?|min(?:imum)?|max(?:imum)?|trip|alarm|allowed|required|criteri(?:on|"
    r"a)|threshold|specifi\w+|"
    r"rated|interval|límite|mínim[oa]|máxim[oa]|consigna|alarma)\b|限|设定|最小|最大|設定|警報",
    re.IGNORECASE,
)
"""What documents lay down; what happened on a day is none of it."""


def dates_of(question: str, today: dt.date) -> list[Dated]:
    """The dates of a question; relative ones are counted from `today`, and one without a day is its month's last."""
    found = list(_absolute(question))
    relative = _relative(question, today)
    return [*found, *([relative] if relative else []), *_before_today(question, today)]


_OLD = re.compile(r"\s?(?:말|초|도)?(?:에는|에선|에|엔|의)?\s?(?:기준(?:으로)?|당시|시점)?")


def without_times(question: str, today: dt.date = dt.date(2000, 1, 1)) -> str:
    """A question without the dates that it names."""
    for date in sorted(dates_of(question, today), key=lambda d: -d.start):
        behind = _OLD.match(question, date.end)
        question = f"{question[: date.start]} {question[behind.end() if behind else date.end :]}"
    return question


def unreadable_date(question: str, today: dt.date) -> str:
    """What stands for the day whose state a question asks about and is no date; "" where there is none such."""
    read = [(date.start, date.end) for date in dates_of(question, today) if speaks_of(question, date)]
    for match in _UNREADABLE.finditer(question):
        text = match.group().strip()
        written = Dated(today, text, match.start(), match.start() + len(match.group().rstrip()))
        known = any(start <= written.start and end >= written.end - 2 for start, end in read)
        if not known and speaks_of(question, written):
            return text
    return ""
