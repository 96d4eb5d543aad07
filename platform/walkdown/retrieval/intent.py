"""What a question is about besides its words: the plant unit, the time it speaks of, the kind of answer it wants.

All of it is read by rules in the five languages; where no rule fits, nothing is claimed.
"""

import datetime as dt
import re
from collections.abc import Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict

from walkdown.errors import UsageError
from walkdown.retrieval.asked_dates import as_meant, asks_what_held, dates_of, speaks_of, unreadable_date
from walkdown.text.quantities import Comparator, find_quantities
from walkdown.text.request_words import PATTERNS

AnswerKind = Literal["number", "time", "person", "place", "reason", "procedure", "definition", "yes_no", "unknown"]

_UNIT = re.compile(
    r"(?<![\d.])(?P<a>[1-9])\s?(?:호기|号机|號機|号機|호 발전|호 보일러|호 터빈)|(?:\bunits?|"
    r"\bunidad(?:es)?)\s*(?:no\.?\s*|#)?(?P<b>[1-9])(?![\d.]\d|\d)|#\s?(?P<c>[1-9])(?!\d)|"
    r"(?<![A-Za-z0-9/-])(?-i:U)-?(?P<d>[1-9])(?![A-Za-z0-9.-])",
    re.IGNORECASE,
)
_REVISION = re.compile(
    r"(?:\brev(?:ision|isión)?\.?|개정|리비전|버전|版本|改訂|改定|\bver(?:sion|sión)?\.?)\s?(?:no\.?\s?)?(?P<r>[A-Z]|"
    r"\d{1,3}(?:\.\d+)?)(?![A-Za-z0-9])(?:\s?판)?|"
    r"(?<![\d.])(?P<n>\d{1,2})\s?판(?:에서|의|은|까지|에는|엔|이랑|하고|과|때|\s)|第\s?(?P<z>\d{1,2})\s?版",
    re.IGNORECASE,
)

_TWO_REVISIONS = re.compile(
    r"(?<![A-Za-z0-9-])r(?:ev\w*\.?)?\s?(\d{1,2})\s?(?:→|->|⇒|to|vs\.?|and|&|and|y|와|과|하고|이랑|랑|,|"
    r"에서|と|和)\s?r?(?:ev\w*\.?)?\s?(\d{1,2})(?!\d)|"
    r"(?:개정|改訂|revisions?)\s?(\d{1,2})\s?(?:와|과|하고|이랑|랑|,|·|and|y|と)\s?(\d{1,2})(?!\d)",
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


def revisions_named(question: str) -> list[str]:
    """The revisions that a question names, in its order, in capitals: `rev 2 and rev 3`, `2판하고 3판`, `r4→r5`."""
    found = [(m.start(), m["r"] or m["n"] or m["z"]) for m in _REVISION.finditer(f"{question} ")]
    found += [(m.start(n), m[n]) for m in _TWO_REVISIONS.finditer(question) for n in (1, 2, 3, 4) if m[n]]
    return list(dict.fromkeys(name.upper() for _, name in sorted(found)))


def answer_kind(question: str) -> AnswerKind:
    """The kind of answer a question wants, by its question words."""
    return next((kind for kind, pattern in _KINDS if pattern.search(question)), "unknown")


def time_intent(question: str, today: dt.date) -> TimeIntent | None:
    """The time a question speaks of, or None for "now".

    A date alone is none ("the 2024 outage report" is asked today); it counts beside "as of", "기준", "당시" and the
    like. Without a day it is the last of its month or year; relative dates are counted from `today`.
    """
    found = dates_of(question, today)
    state = next((date for date in found if speaks_of(question, date)), None)
    dated = found[0] if found else None
    if state is None and asks_what_held(question):
        state = dated
    named = _REVISION.search(question)
    revision = (named["r"] or named["n"] or named["z"]).upper() if named else ""
    if match := PATTERNS["changed"].search(question):
        return TimeIntent(kind="changed", date=dated.date if dated else None, revision=revision, text=match.group())
    if named:
        kind: Literal["changed", "revision"] = "changed" if _COMPARED.search(question) else "revision"
        return TimeIntent(kind=kind, revision=revision, text=named.group())
    match = PATTERNS["previous"].search(question)
    if state and (match is None or as_meant(question, state) != state.date):  # `이전 기준` of a day is no `previous`
        return TimeIntent(kind="as_of", date=as_meant(question, state), text=state.text)
    return TimeIntent(kind="previous", text=match.group()) if match else None


def asked_time(question: str, reading: str, today: dt.date) -> TimeIntent | None:
    """The time that a question, or its `reading` in English, speaks of. Raises UsageError for a date that is none.

    Else the revisions in force today would answer, and nothing would say so.
    """
    if odd := unreadable_date(question, today):
        raise UsageError(f"The date {odd} cannot be read.", "Write it as 2024-06-01.")
    return time_intent(question, today) or time_intent(reading, today)


def units_apart(asked: Sequence[str], named: Sequence[str]) -> bool:
    """True when a passage names units and none of them was asked."""
    return bool(asked) and bool(named) and not set(asked) & set(named)
