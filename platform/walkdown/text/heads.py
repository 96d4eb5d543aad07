"""The unit that a table gives to a bare number: in the heading of its column, in a cell of its row, or in another cell.

Plants write `Pressure (MPa)`, `압력, MPa`, `압력 MPa` and `Hold time, min`; or a column `Unit` whose cell holds for the
row: `Unit: bar | High: H 12 | Trip: HH 14`.
"""

import re
from collections.abc import Iterable

from walkdown.text.units import is_unit

_IN_MARKS = re.compile(r"[\[(（,、/]\s*(?P<unit>[^\[\](（）),、]{1,20}?)\s*[\])）]?\s*$")
_LONGEST = 300
"""Letters at the end of a heading in which its unit stands: a cell in its place may hold a whole text."""
_LEVELS = re.compile(r"\s/\s")
_TIMES = ("seconds", "minutes", "hours", "days", "weeks", "months", "years")
_QUALIFIED = re.compile(
    r"[\s,(]+(?:max|min|maximum|minimum|typ|nom|이하|이상|최대|최소)\.?\)?$|\s+as\s\S+$", re.IGNORECASE
)
"""What may follow the unit of a heading: `mg/L, max.`, `mg/L as PO4`."""
_POWER = r"(?:[x×*]\s?)?10(?:\s?\^\s?[-−]?\d{1,2}|⁻?[⁰¹²³⁴-⁹]{1,2})\s?"
_LAST = re.compile(rf"(?P<before>.*?[^\s,:·-])[\s,:·]+(?P<unit>(?:{_POWER})?\S+(?:\s\(?[aAgG]\)?)?)")
_RUNNING = re.compile(
    r"(?:운전|가동)\s?(시간)|運転(時間)|运[行转](小时)|(?:running|operating|run|service)\s(hours)|"
    r"(horas) de (?:marcha|operación|servicio|funcionamiento)",
    re.IGNORECASE,
)
"""Hours that count while a machine runs: `주기(운전시간)`."""
_EVERY = re.compile(r"周期|間隔|间隔|期[間限]|주기|간격|기간|기한")
"""What is counted in months where its unit is 月 or 월, which is the name of a month elsewhere."""
_TIMED = re.compile(
    r"시간|지연|주기|기간|간격|타이머|경과|time|delay|duration|hold|interval|timer|period|lag|dwell|age\b",
    re.IGNORECASE,
)
_STORED = re.compile(r"stor|보관|저장|유효|기간|간격|주기|interval|period|shelf", re.IGNORECASE)
_LENGTH = re.compile(r"길이|높이|수위|깊이|거리|양정|level|height|length|depth|head|distance", re.IGNORECASE)
_VOLUME = re.compile(r"용량|용적|부피|체적|액량|주입량|충전량|volume|capacity|dose|charge", re.IGNORECASE)
_MASS = re.compile(r"무게|중량|질량|투입량|재고|하중|weight|mass|load|stock|charge", re.IGNORECASE)
_TEN = re.compile(rf"{_POWER}\S+$")
_SPEAKING = {
    "min": _TIMED,
    "min.": _TIMED,
    "s": _TIMED,
    "h": _TIMED,
    "days": _STORED,
    "일": _STORED,
    "주": _STORED,
    "A": re.compile(r"전류|current|amp", re.IGNORECASE),
    "V": re.compile(r"전압|전위|voltage|potential", re.IGNORECASE),
    "W": re.compile(r"출력|동력|전력|power|output", re.IGNORECASE),
    "K": re.compile(r"온도|temp", re.IGNORECASE),
    "N": re.compile(r"힘|하중|장력|force|load|tension", re.IGNORECASE),
    "m": _LENGTH,
    "L": _VOLUME,
    "l": _VOLUME,
    "g": _MASS,
    "t": _MASS,
    # An outer diameter, a valve's Cv and a calibration are called so, too.
    "OD": re.compile(r"흡광|optical|absorbance", re.IGNORECASE),
    "CV": re.compile(r"컬럼|부피|세척량|column|volume|wash|load", re.IGNORECASE),
    "cal": re.compile(r"열량|heat|energy", re.IGNORECASE),
}
"""What a heading must speak of for its last word to be a unit: `전류 A` is ampere, `Train A` none; `Flow, min` is the
least flow and `Hold, min` so many minutes."""
_NO_UNITS = frozenset(
    "시간 달 년 월 day week month year hour minute second cell cells plate d y 프로 도 度 日 年 周 M J".split()
)
"""Last words of headings that are units elsewhere: `유지 시간` is how long something is held, not hours."""


def _is_last_unit(before: str, unit: str) -> bool:
    """True where the last word of a heading is its unit, though no mark sets it off: `Max temperature °C`."""
    if unit in _NO_UNITS or not is_unit(unit):
        return False
    # `구 분` and `성 분` are words set wide, no minutes.
    if len(unit) == 1 == len(before) and "가" <= unit <= "힣":
        return False
    return unit not in _SPEAKING or _SPEAKING[unit].search(before) is not None


def _last_unit(name: str) -> str:
    last = _LAST.fullmatch(name)
    return last["unit"] if last and _is_last_unit(last["before"], last["unit"]) else ""


def head_unit(name: str) -> str:
    """The unit that a column's name ends with, as in `Pressure (MPa)`, `유량, m3/h` or `온도 °C`, or is, else "".

    Of a name with several levels it is that of the lowest which has one: `TOC (ppb) / 기준 500 이하`. A time in the
    singular (`Day: 14`) counts the days and is no duration.
    """
    levels = (level.strip() for level in reversed(_LEVELS.split(name[-_LONGEST:])))
    return next((unit for level in levels if (unit := _of_level(level))), "")


def _of_level(name: str) -> str:
    # The lower name of two is the unit alone: `Thickness` above `mm`.
    alone = len(name) > 1 and name not in _SPEAKING and name not in _NO_UNITS
    if is_unit(name) and (alone or _TEN.fullmatch(name)):
        return name
    if unit := _last_unit(name):
        return unit
    name = _QUALIFIED.sub("", name)
    tail = name.split()[-1] if name.split() else ""
    if "/" in tail and not _TEN.search(name) and is_unit(tail.strip("()[]")):
        return tail.strip("()[]")
    # `bar(g)`, `mbar(a)`
    if "(" in tail and is_unit(tail):
        return tail
    match = _IN_MARKS.search(name)
    unit = match["unit"].strip() if match else name.lower()
    if match and (running := _RUNNING.fullmatch(unit)):
        return next(word for word in running.groups() if word)
    if unit in ("月", "월") and match and _EVERY.search(name):
        return "か月" if unit == "月" else "개월"
    if match is None and unit not in _TIMES:
        return _last_unit(name)
    return unit if is_unit(unit) else ""


_STATED_FOR_ALL = re.compile(
    r"(?:단위|\bunits?|单位|單位|単位|\bunidad(?:es)?)\s*[:：]\s*(?P<unit>[^\s,;|()（）\[\]\n]{1,12})", re.IGNORECASE
)
_COUNTED = re.compile(
    r"(?:no|item|qty|quantity|count|class|grade|year|rev|ph|rank|step)\b.*|(?:번호|순번|수량|개수|횟수|등급|연도|년도|단계|비고|호기|회수)"
    r"|序号|数量|台数|個数|回数|番号|n[º.°]|cantidad|año",
    re.IGNORECASE,
)
"""Columns of counts and names, which have no unit."""


def title_unit(text: str) -> str:
    """The one unit that a title or note gives to the numbers of a table: `표 2. 간극 (단위: mm)`; else ""."""
    units = {m["unit"] for m in _STATED_FOR_ALL.finditer(text)}
    unit = units.pop() if len(units) == 1 else ""
    return unit if is_unit(unit) else ""


def is_counted(name: str) -> bool:
    """True for the name of a column of counts, grades or numbers, to which no unit of a title belongs."""
    return _COUNTED.fullmatch(name.strip()) is not None


UNIT_COLUMN = re.compile(
    r"단위|(?:eng(?:ineering)?\.?\s)?units?(?:\sof\smeasure(?:ment)?)?|u\.?o\.?m\.?|E\.?U\.?|单位|計量単位|単位|unidad(?:es)?",
    re.IGNORECASE,
)
"""The name of a column that gives the unit of the other cells of its row."""
_LEVEL = r"(?:(?:[HL]{1,3}|HI(?:-?HI)?|LO(?:-?LO)?|max\.?|min\.?|최대|최소|상한|하한|약)\s?[:=]?\s?)?"
_AMOUNT = r"[<>≤≥≦≧=~∼±+−–-]*\s?\d[\d.,]*(?:[eE][-−+]?\d{1,3})?(?:\s?(?:~|–|—|−|-|/|±|to|\.\.\.?)\s?[+−-]?\d[\d.,]*)?"
BARE_CELL = re.compile(
    rf"\s*{_LEVEL}{_AMOUNT}(?:\s?[/,;]\s?(?:[HL]{{1,3}})\s?{_AMOUNT})?"
    r"(?:\s?(?:[*※†‡①-⑳¹²³⁴⁵]|\((?:\d{1,2}|[a-h])\)|[주注註]\s?\d{0,2}\)?|이상|이하|초과|미만|max\.?|min\.?|以上|以下)){0,2}\s*",
    re.IGNORECASE,
)
"""A cell that is an amount without its unit, be it with a footnote's mark or the level that it is of: `HH 104`."""
_AT_FIRST = re.compile(rf"[\s(]*{_LEVEL}[<>≤≥=~±+−–-]*\s?", re.IGNORECASE)
_GOES_ON = re.compile(
    r"\s*(?:$|[,;)]|이상|이하|초과|미만|에서|부터|까지|도달|以上|以下|(?:or\s)?(?:more|less|above|below)\b)"
)
_AT_LAST = re.compile(
    r"(?:\bat|above|below|over|under|exceeds?|reach(?:es)?|falls? to|rises? to|[<>≤≥])\s*$", re.IGNORECASE
)
_AS_LIMIT = re.compile(r"\s*(?:에서|이상|이하|초과|미만)")
_DECIMAL = re.compile(r"\d+\.\d+")


def has_row_unit(cell: str, start: int, end: int) -> bool:
    """True where a bare number of a cell is in the unit of its row: `LL 6, 10분 지속`, `1.3에서 비상 펌프 기동`.

    It begins the cell or its sentence says that something happens at it. `2/3 선택` and `3 pumps` are counts.
    """
    if BARE_CELL.fullmatch(cell):
        return True
    before, after = cell[:start], cell[end:]
    if not _GOES_ON.match(after):
        return bool(_DECIMAL.fullmatch(cell[start:end].strip()) and _AT_LAST.search(before))
    return bool(_AT_FIRST.fullmatch(before) or _AT_LAST.search(before) or _AS_LIMIT.match(after))


_OF_WHAT = re.compile(r"\s(?:of|at|as|@|del?|기준)\s")
_MEASURED = re.compile(
    r"[\s,(]+(?:rms|r\.m\.s\.|pk-?pk|p-?p|peak|pk|avg\.?|mean|dry|wet|max\.?|min\.?|typ\.?|건식|습식|실효값?|평균)\)?$",
    re.IGNORECASE,
)
"""How an amount was taken, after its unit: `mm/s RMS`, `µm p-p`."""


def stated_unit(cell: str) -> str:
    """The unit that a cell of a unit column states, whatever it is of or at; "" where it is none.

    `% of batch` is a share, `ppm at 15 % O2` and `mg/L as CaCO3` are those units, `mm/s RMS` is a speed.
    """
    text = cell.strip().strip("()[]")
    return next((u for u in (text, _MEASURED.sub("", text), _OF_WHAT.split(text, maxsplit=1)[0]) if is_unit(u)), "")


_IN_BRACKETS = re.compile(r"\(([^()\d]{1,12})\)")


def bracketed_unit(texts: Iterable[str]) -> str:
    """The one unit that texts without an amount give in brackets (`Oil temperature (°C), rising`), else ""."""
    units = {m[1].strip() for text in texts for m in _IN_BRACKETS.finditer(text) if is_unit(m[1].strip())}
    return units.pop() if len(units) == 1 else ""


REMARK_COLUMN = re.compile(
    r"비고|참고|주기|특기\s?사항|notes?|remarks?|comments?|备注|備考|observaci(?:ón|ones)|notas?", re.IGNORECASE
)
"""Heading of a column that holds what is said besides."""
