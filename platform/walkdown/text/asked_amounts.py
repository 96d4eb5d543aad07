"""The kind of amount a question asks for by its unit: `몇 퍼센트`, `몇 t/h`, `how many hours`, `what pressure`.

Kinds that plants state in more than one way count as one: gauge and absolute pressure, flow by mass, by volume and by
normal volume, parts per million and milligrams per litre, degrees of heat and of arc, which share their word.
"""

import re
from collections.abc import Iterable, Sequence

from walkdown.text.heads import UNIT_COLUMN, head_unit, stated_unit
from walkdown.text.quantities import Quantity, find_quantities

_PRESSURE = frozenset({"[gauge_pressure]", "[absolute_pressure]", "[mass] / [length] / [time] ** 2"})
_FLOW = frozenset({"[mass] / [time]", "[length] ** 3 / [time]", "[normal_volume] / [time]"})
_CONTENT = frozenset({"ratio", "[mass] / [length] ** 3", "[mass] / [mass]", "[substance] / [length] ** 3"})
_DEGREES = frozenset({"[temperature]", "[angle]", "[delta_temperature]"})
_TURNING = frozenset({"1 / [time]", "[frequency]"})
_AMOUNT = frozenset({"[mass]", "[length] ** 3", "[normal_volume]"})
_FAMILIES = (_PRESSURE, _FLOW, _CONTENT, _DEGREES, _TURNING, _AMOUNT)

_BY_UNIT = re.compile(
    r"몇\s*(?P<ko>(?:[A-Za-zμµ%‰℃°Ω][A-Za-zμµ%‰℃°Ω·/0-9²³]*)|[가-힣]{1,9})|"
    r"\bhow many (?P<en>(?:degrees (?:celsius|fahrenheit|c|f)\b)|[A-Za-zμµ%°Ω][A-Za-zμµ%°Ω·/0-9²³]*)|"
    r"\bwhat (?P<percent>percentage|percent)\b",
    re.IGNORECASE,
)
_BY_NOUN = (
    (re.compile(r"\b(?:at |below |above |under |over )?what temperature\b", re.IGNORECASE), "[temperature]"),
    (re.compile(r"\b(?:at |below |above |under |over )?what pressure\b", re.IGNORECASE), "[gauge_pressure]"),
    (re.compile(r"\bhow long\b", re.IGNORECASE), "[time]"),
)
_RATE = re.compile(
    r"(?:시간|분|초|일|년|주|월|개월|하루)\s?당|(?:하루|1년|일 년|한 달|1시간|1분)에 몇|몇[^?]{0,12}씩|\bper\b|"
    r"\b(?:an?|each|every) (?:second|minute|hour|day|week|month|year)\b",
    re.IGNORECASE,
)
"""A rate is asked with the unit of one of its parts (`분당 몇 리터`): then the kind is left open."""
_DATES = frozenset("년 월 일 주 달 시 year years".split())
"""Units that a date is asked with as well: `몇 년에 설치했나`."""


_SPOKEN = {"kilos": "kg", "tons": "t", "hrs": "h", "mins": "min", "secs": "s"}
"""Units as people say them and documents do not write them."""
_BAR = re.compile(r"바(?=$|[면에까야인로를가부예쯤이])")
"""`바` begins too many words (`바이알`, `바퀴`) to be a unit in documents; in a question after `몇` it is one."""


_WIND = re.compile(r"바람|풍속|유속|\bwind|\bgusts?\b", re.IGNORECASE)


def asked_kinds(question: str) -> tuple[frozenset[str], ...]:
    """The kinds of amounts asked for, each as the dimensions that would answer; empty where the question names none."""
    if _RATE.search(question):
        return ()
    kinds = [_family(dimension) for pattern, dimension in _BY_NOUN if pattern.search(question)]
    for match in _BY_UNIT.finditer(question):
        word = match["ko"] or match["en"] or match["percent"] or ""
        unit = _unit("percent" if match["percent"] else _SPOKEN.get(word.lower(), word))
        if unit:
            # Wind of "13 metres" is of metres a second.
            kinds.append(_family("[length] / [time]" if unit == "[length]" and _WIND.search(question) else unit))
    return tuple(dict.fromkeys(kinds))


_ANY_AMOUNT = re.compile(
    r"얼마(?!나 자주|마다)|몇(?!\s?번)|"
    r"\bhow (?:much|many|high|low|far|long|fast|hot|cold|warm|thick|thin|wide|deep|heavy|big)\b",
    re.IGNORECASE,
)
"""Words that ask for an amount, with or without its unit."""
_IN_WORDS = re.compile(
    r"\b(?:none|no|never|zero|nothing|any|all|both|once|twice|half|unlimited|one|two|three|four|five|six|seven|eight|nine|ten)\b|"
    r"없|않|전부|모두|[한두세네]\s?(?:번|대|개|명|배)|하나|둘|셋|다섯|여섯|절반|"
    r"[一二三四五六七八九十百两兩半双]|没有|沒有|无需|不[得能可]|全部|ない|なし|ません|"
    r"\b(?:ningun[oa]?|ningún|nunca|cero|una?|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|tod[oa]s?|ambos|mitad)\b",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"(?:19|20)\d\d\s?(?:년|[-./]\s?\d{1,2}(?:[-./]\s?\d{1,2})?)|\d{1,2}\s?월(?:\s?\d{1,2}\s?일)?|\b(?:19|20)\d\d\b"
)


def gives_no_amount(question: str, answer: str) -> bool:
    """True where an amount is asked for and an answer holds no figure but a date, nor one in words.

    The answer is given without the codes it takes from the question.
    """
    if not _ANY_AMOUNT.search(question) or _asks_when(question):
        return False
    return not re.search(r"\d", _DATE.sub(" ", answer)) and not _IN_WORDS.search(answer)


def _asks_when(question: str) -> bool:
    """`몇 년`, `몇 월`, `how many days` until a day: a date may answer."""
    return bool(re.search(r"몇\s?(?:년|월|일|시|주)|며칠|언제|\bwhen\b|\bhow (?:old|long)\b", question, re.IGNORECASE))


_RATE_OF_TIME = re.compile(
    r"(?:시간|분|초)\s?당|\bper (?:second|minute|hour)\b|\b(?:each|every) (?:second|minute|hour)\b|"
    r"(?<!half )(?<!for )(?<!within )(?<!after )(?<!in )(?<!about )(?<!than )(?<!over )\ban? (?:second|minute|hour)\b",
    re.IGNORECASE,
)


def gives_no_rate(question: str, said: str, quantities: Sequence[Quantity]) -> bool:
    """True where so much an hour or a minute is asked for, and amounts are said that are none.

    `said` is the answer with the lines it rests on: a column's head may say `per hour` of its cells.
    """
    amounts = [q for q in quantities if q.unit]
    if not _RATE_OF_TIME.search(question) or not amounts:
        return False
    return not any("/ [time]" in q.dimension for q in amounts) and not _RATE_OF_TIME.search(said)


def is_of_kind(quantity: Quantity, kinds: Iterable[frozenset[str]]) -> bool:
    """True when a quantity is of one of the kinds."""
    return any(quantity.dimension in kind for kind in kinds)


_UNIT_CELL = re.compile(rf"(?:^|\n|\s\|\s)(?:{UNIT_COLUMN.pattern}): (?P<unit>[^|\n]{{1,20}})", re.IGNORECASE)
_HEADED = re.compile(r"(?:^|\n|\s\|\s)(?P<label>[^:|\n]{1,80}): (?=[^|\n]*\d)")


def lacks_kind(text: str, kinds: Sequence[frozenset[str]]) -> bool:
    """True where amounts of some kinds are looked for and a text holds none of them.

    The cell of a row may have its unit in its heading: `Set pressure [barg]: 1.6`; or the row in a cell of its own.
    """
    if not kinds or any(is_of_kind(q, kinds) for q in find_quantities(text)):
        return False
    units = [head_unit(match["label"]) for match in _HEADED.finditer(text)]
    units += [stated_unit(match["unit"]) for match in _UNIT_CELL.finditer(text)]
    return not any(kind_of_unit(unit) & kind for unit in units if unit for kind in kinds)


def _unit(word: str) -> str:
    """The dimension of a unit as written, "" where it is none (`몇 개`); Korean particles and endings may follow it."""
    if _BAR.match(word) and not word.startswith("바이"):
        word = "bar"
    shortest = 1 if "가" <= word[:1] <= "힣" else len(word)
    for end in range(len(word), shortest - 1, -1):
        found = find_quantities(f"1 {word[:end]}")
        if found and found[0].unit == word[:end]:
            return "" if word[:end] in _DATES else found[0].dimension
    return ""


def kind_of_unit(unit: str) -> frozenset[str]:
    """The kind of amount that a unit is one of, as the dimensions that count as one; empty for no unit."""
    found = find_quantities(f"1 {unit}") if unit else []
    return _family(found[0].dimension) if found and found[0].unit else frozenset()


def _family(dimension: str) -> frozenset[str]:
    return next((family for family in _FAMILIES if dimension in family), frozenset({dimension}))
