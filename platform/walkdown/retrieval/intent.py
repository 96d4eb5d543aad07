"""What a question is about besides its words: the plant unit, the time it speaks of, the kind of answer it wants.

All of it is read by rules in the five languages; where no rule fits, nothing is claimed.
"""

import datetime as dt
import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict

from walkdown.text.quantities import Comparator, find_quantities

AnswerKind = Literal["number", "time", "person", "place", "reason", "procedure", "definition", "yes_no", "unknown"]

_UNIT = re.compile(
    r"(?<![\d.])(?P<a>[1-9])\s?(?:호기|号机|號機|号機|호 발전|호 보일러|호 터빈)|(?:\bunits?|"
    r"\bunidad(?:es)?)\s*(?:no\.?\s*|#)?(?P<b>[1-9])(?![\d.]\d|\d)|#\s?(?P<c>[1-9])(?!\d)|"
    r"(?<![A-Za-z0-9/-])(?-i:U)-?(?P<d>[1-9])(?![A-Za-z0-9.-])",
    re.IGNORECASE,
)
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
    r"\s+(?:(?:of|de)\s+)?(?P<y>(?:19|20)\d\d)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<![\d-])(?P<y>(?:19|20)\d\d)(?:\s?(?:년|年)|(?![\d-]))")
_RELATIVE = re.compile(
    r"(?P<rel>재작년|작년|지난해|올해|금년|last year|this year|去年|今年|昨年|año pasado|"
    r"este año|지난달|지난 달|last month|上个月|先月|mes pasado)"
    rf"(?:\s*(?P<m>1[0-2]|[1-9])\s?(?:월|月)|\s+(?P<mn>{_MONTH})\b)?|(?P<mn2>{_MONTH})\s+(?P<rel2>last year|this year)",
    re.IGNORECASE,
)
_AFTER_DATE = re.compile(
    r"(?:월|月)?\s?(?:일|日|に|에)?\s?(?:기준|당시|시점|현재|当时|当時|時点|現在)|"
    r"(?:월)?(?:일)?에 ?(?:유효|적용|시행)|(?:일)?에?(?:는|엔)\s.*(?:였|었|했|됐)",
    re.IGNORECASE,
)
_BEFORE_DATE = re.compile(
    r"\b(?:as of|as at|in force (?:on|in|at)|valid (?:on|in|at)|applicable (?:on|in|at)|a fecha de|vigente en)"
    r"(?: (?:the )?(?:end of)?)?\s*$|截至\s*$",
    re.IGNORECASE,
)
_RULED = re.compile(
    r"\b(?:could|had to|(?:was|were) (?:\w+ ){0,3}?(?:allowed|permitted|required|enough|valid|the limit))\b",
    re.IGNORECASE,
)
"""What was the rule, not what happened: "in 2023, how long could it be bypassed?"."""
_LAST_MONTH = frozenset({"지난달", "지난 달", "last month", "上个月", "先月", "mes pasado"})
_THIS_YEAR = frozenset({"올해", "금년", "this year", "今年", "este año"})
_CHANGED = re.compile(
    r"(?:무엇|무슨|뭐|뭘|어디|어떤|어떻게|얼마나).{0,16}(?:바뀌|바뀐|변경|달라|개정)|(?:바뀐|"
    r"변경된|달라진|개정된) (?:것|거|점|내용|값|부분)|(?:개정|변경) (?:내용|사항|이력)|"
    r"\bwhat(?:'s| has| is| was| were)?\b.{0,24}\b(?:changed?|different|new)\b|"
    r"\bdifferences? between (?:rev|the (?:old|two|rev))|\bchanges? (?:in|to|since|"
    r"from) (?:rev|the (?:last|new|latest))|\bdid .{3,60} change\b|\brevision history\b|"
    r"修改了什么|有什么变化|何が変わ|変更点|qué (?:ha )?cambi",
    re.IGNORECASE,
)
_PREVIOUS = re.compile(
    r"(?:이전|예전|구|옛|직전|지난|개정 전) ?(?:개정|판|버전|절차서|기준|값|문서|양식|한도|"
    r"설정)|개정 ?전|바뀌기 전|(?:전|예전)에는|"
    r"\b(?:previous|prior|former|old|superseded|earlier|last) (?:\w+ ){0,2}(?:rev\w*|version|edition|"
    r"issue|procedure|limit|value|setpoint|form)\b|\bbefore the (?:change|revision)\b|"
    r"旧版|以前的版本|旧版|改訂前|versión anterior|revisión anterior",
    re.IGNORECASE,
)
_REVISION = re.compile(
    r"(?:\brev(?:ision|isión)?\.?|개정|리비전|版本)\s?(?:no\.?\s?)?(?P<r>[A-Z]|"
    r"\d{1,3}(?:\.\d+)?)(?![A-Za-z0-9])(?:\s?판)?|"
    r"(?<![\d.])(?P<n>\d{1,2})\s?판(?:에서|의|은|까지|에는|엔|이랑|과|때|\s)",
    re.IGNORECASE,
)

_COMPARED = re.compile(
    r"지금|현재|현행|바뀌|바뀐|변경|달라|이랑|비교|차이|\bnow\b|\bcurrent|\bvs\.?|\bversus\b|compared|differ|chang|"
    r"\bbefore rev|→|->",
    re.IGNORECASE,
)
"""A named revision beside these words is set against another one: both are searched."""

_KIND_PATTERNS: tuple[tuple[AnswerKind, str], ...] = (
    (
        "definition",
        r"무슨 뜻|뜻이|정의|(?:이|가|은|는|란|라는 게) ?(?:뭐|무엇)(?:야|지|인가|예요|입니까)|"
        r"what does .{1,40} (?:mean|stand for)|\bdefinition\b|什么是|とは|qué (?:es|significa)",
    ),
    (
        "time",
        r"언제|며칠|몇 ?(?:시간|분|초|일|개월|년|주)|얼마나 (?:오래|자주)|얼마 ?동안|주기|간격|"
        r"\bhow (?:long|often|soon|late)\b|\b(?:by|since|until) when\b|(?:^|[.,?!;:] )when\b|"
        r"interval|多久|多长时间|何时|いつ|何(?:分|時間|日)|cuándo|cuánto tiempo|cada cuánto",
    ),
    (
        "person",
        r"누가|누구|담당|\bwho(?:m|se)?\b|谁|誰|quién",
    ),
    (
        "place",
        r"어디|어느 (?:탱크|밸브|방|구역)|\bwhere\b|哪里|どこ|dónde",
    ),
    (
        "reason",
        r"왜|이유|원인|\bwhy\b|\b(?:reason|cause)\b|为什么|なぜ|por qué",
    ),
    (
        "number",
        r"얼마|몇|수치|값|설정|한계|최대|최소|정격|상한|하한|\bhow (?:much|many|far|high|low|fast|"
        r"hot|cold|big|large|close|deep|thick)\b|\bwhat (?:pressure|temperature|level|flow|value|"
        r"limit|speed|dose|size|percentage?)\b|\b(?:limit|setpoint|set point|set pressure|rating|"
        r"threshold|capacity|minimum|maximum)\b|多少|几|いくつ|何(?:度|%|バール|mm)|いくら|"
        r"cuánt[oa]s?",
    ),
    (
        "procedure",
        r"어떻게|방법|절차|순서|뭐(?:부터|를)? ?(?:해|하)|어떡|조치|\bhow (?:do|to|should|can|"
        r"must|is|are)\b|\bwhat (?:do|should|must) (?:i|we|the)\b|\bwhat (?:has|needs) to\b|"
        r"\bsteps?\b|what now|怎么|如何|どう(?:す|や)|cómo",
    ),
    (
        "yes_no",
        r"되나|돼(?:요)?\?|될까|가능|있나|인가\?|^(?:can|may|is|are|does|do|must|should) ",
    ),
)
_KINDS = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _KIND_PATTERNS)


class AskedQuantity(BaseModel):
    """A quantity that the question itself states, as written, with its comparator."""

    model_config = ConfigDict(frozen=True)

    text: str
    comparator: Comparator
    value: float
    unit: str = ""


class TimeIntent(BaseModel):
    """The time a question speaks of: a state `as_of` a date, what `changed`, a `previous` or a named `revision`."""

    model_config = ConfigDict(frozen=True)

    kind: Literal["as_of", "changed", "previous", "revision"]
    date: dt.date | None = None
    revision: str = ""
    text: str = ""


def asked_quantities(question: str) -> tuple[AskedQuantity, ...]:
    """Numbers of the question with unit and comparator; bare single digits are counters and left out."""
    return tuple(
        AskedQuantity(text=q.text, comparator=q.comparator, value=q.value, unit=q.unit)
        for q in find_quantities(question)
        if q.unit or q.comparator != "=" or len(q.text) > 1
    )


def plant_units(text: str) -> tuple[str, ...]:
    """Numbers of the plant's units that a text names: `2호기`, `unit 2`, `2号机`, `unidad 2`."""
    return tuple(unit_words(text))


def unit_words(text: str) -> dict[str, str]:
    """The plant's units that a text names, by number, each as it is first written."""
    found: dict[str, str] = {}
    for match in _UNIT.finditer(text):
        found.setdefault(match["a"] or match["b"] or match["c"] or match["d"], match.group().strip())
    return found


def answer_kind(question: str) -> AnswerKind:
    """The kind of answer a question wants, by its question words."""
    return next((kind for kind, pattern in _KINDS if pattern.search(question)), "unknown")


def _last_day(year: int, month: int) -> dt.date:
    first_of_next = dt.date(year + month // 12, month % 12 + 1, 1)
    return first_of_next - dt.timedelta(days=1)


def _date(year: int, month: int | None, day: int | None) -> dt.date | None:
    try:
        return dt.date(year, month, day) if month and day else _last_day(year, month or 12)
    except ValueError:
        return None


class _Dated(NamedTuple):
    """A date as it stands in a question."""

    date: dt.date
    text: str
    start: int
    end: int


def _absolute(question: str) -> _Dated | None:
    for pattern in (_NUMERIC_DATE, _NAMED_DATE):
        match = pattern.search(question)
        if match is None:
            continue
        groups = match.groupdict()
        month = int(groups["m"]) if groups["m"].isdigit() else _MONTHS[groups["m"].lower()]
        day = groups.get("d") or groups.get("d1") or groups.get("d2")
        found = _date(int(groups["y"]), month, int(day) if day else None)
        if found is not None:
            return _Dated(found, match.group(), *match.span())
    match = _YEAR.search(question)
    return _Dated(dt.date(int(match["y"]), 12, 31), match.group(), *match.span()) if match else None


def _relative(question: str, today: dt.date) -> _Dated | None:
    match = _RELATIVE.search(question)
    if match is None:
        return None
    word = (match["rel"] or match["rel2"]).lower()
    if word in _LAST_MONTH:
        return _Dated(today.replace(day=1) - dt.timedelta(days=1), match.group(), *match.span())
    back = 2 if word == "재작년" else 0 if word in _THIS_YEAR else 1
    name = match["mn"] or match["mn2"]
    month = int(match["m"]) if match["m"] else _MONTHS[name.lower()] if name else 12
    return _Dated(min(_last_day(today.year - back, month), today), match.group(), *match.span())


def _speaks_of(question: str, dated: _Dated) -> bool:
    """True when the words around a date say that the state at that date is asked."""
    after, before = question[dated.end :], question[: dated.start]
    if _AFTER_DATE.match(after) is not None or _BEFORE_DATE.search(before) is not None:
        return True
    return re.search(r"\bin\s*$", before, re.IGNORECASE) is not None and _RULED.search(question) is not None


def time_intent(question: str, today: dt.date) -> TimeIntent | None:
    """The time a question speaks of, or None for "now".

    A date alone is none ("the 2024 outage report" is asked today); it counts beside "as of", "기준", "당시" and the
    like. Without a day it is the last of its month or year; relative dates are counted from `today`.
    """
    dated = _absolute(question) or _relative(question, today)
    if match := _CHANGED.search(question):
        return TimeIntent(kind="changed", date=dated.date if dated else None, text=match.group())
    if match := _REVISION.search(question):
        if _COMPARED.search(question):
            return TimeIntent(kind="changed", revision=(match["r"] or match["n"]).upper(), text=match.group())
        return TimeIntent(kind="revision", revision=(match["r"] or match["n"]).upper(), text=match.group())
    if match := _PREVIOUS.search(question):
        return TimeIntent(kind="previous", text=match.group())
    if dated is None or not _speaks_of(question, dated):
        return None
    return TimeIntent(kind="as_of", date=dated.date, text=dated.text)


def units_apart(asked: Sequence[str], named: Sequence[str]) -> bool:
    """True when a passage names units and none of them was asked."""
    return bool(asked) and bool(named) and not set(asked) & set(named)
