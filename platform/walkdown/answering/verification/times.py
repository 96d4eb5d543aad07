"""How many times: `once`, `두 번`, `2회`, `twice`, in digits or words of any language.

Such a count has no unit and is often a word, so it is no amount to the other checks: "disinfect once" passes them where
the passage says twice.
"""

import re
from collections.abc import Sequence

from walkdown.answering.verification.outcome import failed, passed, skipped
from walkdown.answering.verification.reading import Cited, Place
from walkdown.answering.verification.statements import value_of_cell
from walkdown.documents import Check, Claim
from walkdown.retrieval.naming import names

_WORDS = {
    "한": 1, "두": 2, "세": 3, "네": 4, "다섯": 5, "여섯": 6, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5,
    "six": 6, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "una": 1, "dos": 2, "tres": 3, "cuatro": 4,
}  # fmt: skip
_COUNTS = re.compile(
    r"(?P<once>\bonce\b(?! (?:the|a|an|it|this|that|all|every|you|they|[a-z]+ (?:is|are|has|have)\b))|\bone time\b)|"
    r"(?P<twice>\b(?:twice|two times)\b)|"
    r"(?P<en>\b(?:\d{1,2}|three|four|five|six)) times\b(?! (?:the|as|more|higher|larger))|"
    r"(?P<ko>한|두|세|네|다섯|여섯)\s?(?:번|차례)(?!째|호)|"
    r"(?<![\d.,-])(?P<hoe>\d{1,2})\s?회(?![차전의]|로(?!\s?(?:변경|바[꾸뀌꿨뀐]|늘|줄|단축|조정|개정|증가|감소))|\s?(?:째|차))|"
    r"(?P<zh>[一二两三四五]|(?<![\d.,])\d{1,2})次(?![级数要品])|(?P<ja>[一二三四五]|(?<![\d.,])\d{1,2})回(?![目転])|"
    r"\b(?P<es>una|dos|tres|cuatro|\d{1,2}) ve(?:z|ces)\b",
    re.IGNORECASE,
)

_COUNTED = re.compile(
    r"\b(?:starts?|times|cycles|number of|count)\b|횟수|회수|번수|次数|回数|\bveces\b|[(\[]회[)\]]", re.IGNORECASE
)


def times_of(text: str) -> set[int]:
    """The numbers of times that a text names."""
    found = set()
    for match in _COUNTS.finditer(text):
        name, word = next((n, w) for n, w in match.groupdict().items() if w)
        number = {"once": 1, "twice": 2}.get(name) or _WORDS.get(word.lower())
        found.add(number or int(word))
    return found


_FORMER = re.compile(
    r"\d{1,2}\s?회에서(?=[^.|;,]{0,20}회로)|\bfrom (?:once|twice|\w+ times)(?=[^.;|]{0,30}? to )|"
    r"[由从]每?[周月天日]?\d{1,2}次(?=[^。;|]{0,6}(?:改为|改成|调整为))|\d{1,2}回から(?=[^。;|]{0,12}回[にへ])",
    re.IGNORECASE,
)
"""How often it was before a change that the same words tell: `주 1회에서 주 3회로`."""
_PERIODS = {
    "day": r"매일|(?:하루|1?일)에?\s?\d\s?[회번]|\b(?:every day|daily)\b|\b(?:a|per) day\b|每[天日]|毎日|"
    r"(?<![\d月])1日に?\s?\d\s?回|\b(?:a diario|diariamente|cada día)\b|\bal día\b",
    "week": r"매주|(?<![가-힣])주\s?\d\s?회|일주일에|\bweekly\b|\b(?:a|per|every) week\b|每周|週に?\s?\d|毎週|"
    r"\b(?:a la|por|cada) semana\b",
    "month": r"매월|매달|(?<![가-힣])월\s?\d\s?회|한\s?달에|\bmonthly\b|\b(?:a|per|every) month\b|每月|"
    r"月に?\s?\d\s?回|毎月|\b(?:al|cada) mes\b",
    "year": r"매년|(?<![가-힣])연\s?\d\s?회|\b(?:yearly|annually)\b|\b(?:a|per|every) year\b|每年|年に?\s?\d\s?回|毎年|"
    r"\b(?:al|cada) año\b",
}
_PERIOD = re.compile("|".join(f"(?P<{name}>{words})" for name, words in _PERIODS.items()), re.IGNORECASE)
"""In what time something is done so often."""


def _counted(place: Place) -> set[int]:
    """The numbers of times that a statement names, in a row also by its headings: `Starts per hour: 1`."""
    found = times_of(_FORMER.sub(" ", place.statement.text))
    if place.statement.kind == "row":
        cells = (value_of_cell(p).strip() for p in place.statement.parts if _COUNTED.search(p.label))
        found |= {int(cell) for cell in cells if cell.isdigit()}
    return found


_MANY = r"(?:\d{1,3}|두|세|네|다섯|two|three|four|five|six|ten|second|third|other|dos|tres|cuatro|两|三|四|五)"
_EVERY_SO_MANY = re.compile(
    rf"{_MANY}\s?(?:개|번째|회)?\s?[가-힣]{{1,6}}?마다|\b(?:every|each) {_MANY}(?:th|rd|nd)? [a-z]+|"
    rf"每{_MANY}[个個]?[\u4e00-\u9fff]{{1,3}}|{_MANY}[ァ-ヶー\u4e00-\u9fff]{{1,5}}(?:ごと|毎|おき)|"
    rf"\bcada {_MANY} [a-zé]+",
    re.IGNORECASE,
)
_EVERY_ONE = re.compile(
    r"매\s?(?P<ko>시간|일|주|월|년|달|배치|교대|회|기동|운전)|(?<![\d가-힣])(?P<own>[가-힣]{1,6}?)마다|"
    rf"\b(?:every|each)(?: single)? (?!{_MANY})(?P<en>[a-z]+)|[每](?:一|个|個)?(?P<zh>[\u4e00-\u9fff]{{1,3}})|"
    rf"(?<!\d)(?P<ja>[ァ-ヶー]{{2,6}})(?:ごと|毎)|毎(?P<day>[日時週月年])|\bcada (?!{_MANY})(?P<es>[a-zé]+)",
    re.IGNORECASE,
)


_SAME_NOUNS = tuple(
    re.compile(nouns, re.IGNORECASE)
    for nouns in (
        "batch|lot|배치|로트|批|バッチ|lote", "hour|시간|时|時間|hora", "day|일|天|日|día", "week|주|周|週|semana",
        "month|개월|달|월|月|mes", "year|년|年|año", "shift|교대|근무조|班|直|turno", "start|기동|启动|起動|arranque",
        "cycle|사이클|주기|循环|サイクル|ciclo", "run|운전|运行|運転",
    )
)  # fmt: skip


def _same_noun(noun: str, said: str) -> bool:
    return noun in said or any(one.fullmatch(noun) and one.search(said) for one in _SAME_NOUNS)


def _skips_some(claim: Claim, cited: Cited, carriers: Sequence[Place]) -> str:
    """What the statements say of every so many, where a claim says it of every one: `every batch` for `5배치마다`."""
    nouns = [next(w for w in m.groups() if w) for m in _EVERY_ONE.finditer(claim.text)]
    if not nouns or _EVERY_SO_MANY.search(claim.text):
        return ""
    meant = [c for noun in nouns for c in cited.reader.known_concepts(noun)]
    told = [p.statement.text for p in carriers or cited.places]
    if any(_EVERY_ONE.search(_EVERY_SO_MANY.sub(" ", text)) for text in told):
        return ""
    said = (m.group() for text in told for m in _EVERY_SO_MANY.finditer(text))
    return next((s for s in said if any(_same_noun(noun, s) for noun in nouns) or any(names(s, c) for c in meant)), "")


def _other_period(claim: Claim, carriers: Sequence[Place]) -> str:
    """How often every carrying statement has what a claim has in another time: `주 3회` for daily; else ""."""
    said = {m.lastgroup for m in _PERIOD.finditer(_FORMER.sub(" ", claim.text))}
    told = [list(_PERIOD.finditer(_FORMER.sub(" ", p.statement.text))) for p in carriers] if said else []
    if not told or any(not found or said & {m.lastgroup for m in found} for found in told):
        return ""
    return told[0][0].group()


def check_times(claim: Claim, cited: Cited, carriers: Sequence[Place]) -> Check:
    """How often a claim says is how often the statements that carry it say, else how often its passages do."""
    if stated_of := _skips_some(claim, cited, carriers):
        return failed("times", "every_so_many", stated=stated_of)
    if other := _other_period(claim, carriers):
        return failed("times", "every_so_many", stated=other)
    said = times_of(_FORMER.sub(" ", claim.text))
    if not said:
        return skipped("times", "no_times")
    carried = {n for place in carriers for n in _counted(place)}
    stated = carried or {n for place in cited.places for n in _counted(place)}
    if not stated:
        return skipped("times", "no_times")
    if wrong := said - stated:
        return failed("times", "other_times", claimed=str(min(wrong)), stated=", ".join(map(str, sorted(stated))))
    return passed("times")
