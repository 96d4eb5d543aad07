"""Days that a document states about itself: from when it holds, its last revision or issue, and until when."""

import datetime as dt
import re

GAP = r"\s*(?:[:：|]\s*)+|\s+"
"""What parts a label from its value."""
_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan enero", "feb", "mar", "apr abr", "may", "jun", "jul", "aug ago", "sep", "oct", "nov", "dec dic"), 1
    )
    for name in (n[:3] for n in names.split())
}
_REIGNS = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911, "R": 2018, "H": 1988}
"""The year before the first one of each reign."""
_DATE = (
    r"(?:['’]\d{2}\s*\.\s*\d{1,2}\s*\.\s*\d{1,2}\.?|(?:令和|平成|昭和|民[國国])\s*(?:\d{1,3}|元)\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日"
    r"|['’]?\d{2}\s*년\s*\d{1,2}\s*월\s*\d{1,2}\s*일|\d{1,2}(?:st|nd|rd|th)\s+[A-Za-z]{3,10},?\s+\d{4}"
    r"|\d{1,2}\s+de\s+[a-z]{3,10}\s+del?\s+\d{4}|\d{4}\s*[-./년年]\s*\d{1,2}\s*[-./월月]\s*\d{1,2}\s*[일日.]?|\d{1,2}[-./\s]+[A-Za-z]{3,10}\.?[-./,\s]+\d{4}"
    r"|[A-Za-z]{3,10}\.?\s+\d{1,2},?\s+\d{4}|\d{1,2}[-./]\d{1,2}[-./]\d{4}|\d{8})"
)
DATE = re.compile(rf"(?<![\w-]){_DATE}(?![\w-])")
"""A date as written in documents."""
_SHORT = (
    r"['’]?\d{2}\s?(?P<sign>[-./])\s?\d{1,2}\s?(?P=sign)\s?\d{1,2}(?![\w-])|\d{1,2}[- ][A-Za-z]{3}[- ]\d{2}(?![\w-])"
    r"|(?-i:[RH])\d{1,2}\.\d{1,2}\.\d{1,2}(?![\w-])"
)
"""A date with a year of two digits, which is one only behind a label."""
_EFFECTIVE = (
    r"effective(?:\s+(?:date|from|as of))?|eff\.?\s+(?:date|from)|date\s+effective|valid\s+from"
    r"|in\s+force\s+(?:from|since)"
    r"|시\s*행\s*일(?:\s*자)?|발\s*효\s*일(?:\s*자)?|(?:시\s*행|적\s*용|유\s*효)\s*기\s*간"
    r"|적용\s*일(?:\s*자)?|(?:生效|实施|施行|執行|执行)日期|(?:施行|実施|適用|発効|有効)(?:年月)?日"
    r"|fecha\s+de\s+(?:vigencia|aplicación|entrada\s+en\s+(?:vigor|vigencia))|(?:vigente|válid[oa]|en\s+vigor)\s+desde"
)
_REVISED = (
    r"(?:date\s+of\s+(?:last\s+)?revision|(?:last\s+)?revis(?:ion|ed)\s+date|rev\.?\s+date|(?:last\s+)?revised(?:\s+on)?)"
    r"|개\s*정\s*일(?:\s*자)?|修[订訂]日期|改[訂定](?:年月)?日|fecha\s+de\s+(?:la\s+)?(?:última\s+)?(?:revisión|modificación)"
)
_ISSUED = (
    r"date\s+of\s+issue|issue\s+date|issued(?:\s+on)?|(?:rev(?:ision|\.)?|issue|version)\s?\w{1,3},?\s+dated|제\s*정\s*일(?:\s*자)?|발\s*행\s*일(?:\s*자)?|発行日|发布日期|發[行佈]日期|发行日期"
    r"|制定(?:年月)?日|fecha\s+de\s+(?:emisión|publicación)"
)
_APPROVED = r"(?:approval\s+date|date\s+of\s+approval|승\s*인\s*일(?:\s*자)?|批准日期|承認日|fecha\s+de\s+aprobación)"
_OF_OTHERS = re.compile(
    r"(?:\b(?:original|first|initial|next|planned|previous|former)|최초|차기|다음|이전|예정|旧|前回|次回|próxima)\s*$",
    re.IGNORECASE,
)
"""What stands before the label of a day that is not that of this revision: `Next revision date`."""
_WITH_DAY = re.compile(
    r"(?<!\w)(?<!이전\s)(?P<label>(?:rev(?:ision|\.)?(?:\s?no\.?)?|개\s*정(?:\s*(?:번\s*호|차\s*수))?)\s?/\s?(?:(?:개\s*정|시\s*행)?\s*일\s*자?|date))"
    rf"(?:{GAP})(?P<revision>[A-Z]?\d{{0,3}}[A-Z]?)\s?/\s?(?P<value>{_DATE}|{_SHORT})",
    re.IGNORECASE,
)
"""A revision and its day under one label: `개정 / 일자 | 6 / 2025-10-02`."""
_DATES = (
    *(
        re.compile(rf"(?<!\w)(?P<label>{label})(?:{GAP})(?P<value>{_DATE}|{_SHORT})", re.IGNORECASE)
        for label in (_EFFECTIVE, _REVISED, _ISSUED, _APPROVED)
    ),
    re.compile(
        rf"(?<![\w.-])(?P<value>{_DATE})\s*(?:부터\s*)?(?P<label>시행)(?=[\s\])한]|$)|시행\s+(?P<behind>{_DATE})(?=\s*[\])])"
        rf"|(?:^|[/|·,]\s?)시행\s?:?\s?(?P<apart>{_DATE})(?=\s*(?:$|[/|·,)]))",
        re.MULTILINE,
    ),
    _WITH_DAY,
    # `Rev.0A` with `Date: 12-Feb-2024` behind it; a date alone may be that of anything.
    re.compile(
        rf"(?<!\w)(?:rev(?:ision)?|issue|version)\b[^\n\w]{{0,4}}(?:no\W{{1,3}})?(?:\d\w{{0,3}}|(?-i:[A-Z])\d{{0,2}})\b[^\n]{{0,24}}\n?"
        rf"[\s|]*(?P<label>date)\s*[:：|]\s*(?P<value>{_DATE}|{_SHORT})",
        re.IGNORECASE,
    ),
)
"""Of the date from which it holds, its last revision, its issue or approval, and dates beside `시행` or a revision."""
_ORDERED = re.compile(r"(?<![\w./-])(\d{1,2})[-./](\d{1,2})[-./]\d{4}(?![\w./-])")
_SPANISH = re.compile(r"fecha|vigente|válid|vigor", re.IGNORECASE)
_UNTIL = re.compile(
    rf"(?<!\w)(?:{_EFFECTIVE})(?:{GAP})(?:{_DATE}|{_SHORT})\s*(?:부터|から)?\s*(?:[~∼〜～–—-]|to|until|till|through|至|到|hasta|al?)\s*"
    rf"(?P<end>{_DATE})|(?<!\w)(?:(?:valid|effective|in\s+force)\s+(?:until|till|to|through)|(?:시행|적용|효력)\s*(?:종료|만료)\s*일(?:\s*자)?"
    rf"|失效日期|失効日|(?:vigente|válid[oa]|en\s+vigor)\s+hasta)(?:{GAP})(?:el\s+)?(?P<last>{_DATE})",
    re.IGNORECASE,
)
_IS_PROOF = re.compile(
    r"certificat|certificado|성적서|증명서|확인서|검사증|필증|면허|인증서|证书|證書|証明|成績書|合格证", re.IGNORECASE
)
"""A certificate stays a fact after its last day; an instruction does not."""
_NO_DAY = re.compile(
    rf"(?<!\w)(?:{_EFFECTIVE})\s*[:：|]\s*(?:미\s?정|추후|TBD|TBA|to\s+be\s+\w+|未定|待定|por\s+definir|pendiente)",
    re.IGNORECASE,
)
_WRITTEN = ("value", "behind", "apart")


def dated_revision(text: str) -> str:
    """The revision that stands with its day under one label, or ""."""
    match = _WITH_DAY.search(text)
    return match["revision"] if match else ""


def find_date(text: str) -> dt.date | None:
    """The date from which a document is effective, else the date of its issue or revision, else None."""
    day_first = _day_first(text)
    for pattern in _DATES:
        for match in pattern.finditer(text):
            if match.groupdict().get("value") and _is_of_others(match):
                continue
            written, label = next(match[name] for name in _WRITTEN if match.groupdict().get(name)), match["label"] or ""
            known = True if "." in written or _SPANISH.search(label) else day_first
            found = parse_date(written, day_first=known) or _short_date(written, label)
            if found is not None:
                return found
    return None


def uncertain_date(text: str) -> str:
    """The effective date of which nobody can tell day and month apart, as written, or ""."""
    match = next((m for m in _DATES[0].finditer(text) if not _is_of_others(m)), None)
    if match is None or not _ORDERED.fullmatch(match["value"]):
        return ""
    known = True if "." in match["value"] or _SPANISH.search(match["label"]) else _day_first(text)
    return match["value"] if parse_date(match["value"], day_first=known) is None else ""


def find_until(text: str) -> dt.date | None:
    """The last day on which a document holds, as it says itself; None for one that proves something."""
    match = _UNTIL.search(text)
    if match is None or _IS_PROOF.search(text):
        return None
    known = True if _SPANISH.search(match.group()) else _day_first(text)
    return parse_date(match["end"] or match["last"], day_first=known)


def has_no_day_yet(text: str) -> bool:
    """True where a document says that the day from which it holds is not set: `시행일: 미정`."""
    return _NO_DAY.search(text) is not None


def _is_of_others(match: re.Match[str]) -> bool:
    return _OF_OTHERS.search(match.string[max(0, match.start("label") - 20) : match.start("label")]) is not None


def _day_first(text: str) -> bool | None:
    """Whether a document writes the day before the month, told by its other dates; None where they do not tell."""
    told = {int(a) > 12 for a, b in _ORDERED.findall(text) if (int(a) > 12) != (int(b) > 12)}
    return told.pop() if len(told) == 1 else None


def _short_date(text: str, label: str) -> dt.date | None:
    """A date with a year of two digits: `15-Mar-24`, and `24.03.15` where its label is Korean, which says the order."""
    if text[:1] in ("R", "H"):
        return parse_date(text) if re.search("[一-鿿]", label) else None
    parts = re.findall(r"\d+|[A-Za-z]+", text)
    if len(parts) != 3 or len(parts[0]) > 2 or len(parts[2]) > 2:
        return None
    if parts[1].isalpha():
        return _date(2000 + int(parts[2]), _MONTHS.get(parts[1][:3].lower(), 0), int(parts[0]))
    return _date(2000 + int(parts[0]), int(parts[1]), int(parts[2])) if re.search("[가-힣]", label) else None


def parse_date(text: str, *, day_first: bool | None = None) -> dt.date | None:
    """A date as written in documents; None when it is none or its order of day and month is uncertain.

    `03/04/2025` is uncertain where `day_first` does not tell; `27/01/2025` and `01/27/2025` are not.
    """
    text = _four_digits(text.strip())
    numbers = [int(n) for n in re.findall(r"\d+", text)]
    word = re.search(r"[A-Za-z]{3,}", text)
    if re.fullmatch(r"\d{8}", text):
        return _date(int(text[:4]), int(text[4:6]), int(text[6:]))
    if word is not None and len(numbers) == 2:
        month = _MONTHS.get(word.group()[:3].lower(), 0)
        day, year = sorted(numbers)
        return _date(year, month, day)
    if len(numbers) < 3:
        return None
    a, b, c = numbers[:3]
    if a > 999:
        return _date(a, b, c)
    if a > 12 or a == b or (day_first and b <= 12):
        return _date(c, b, a)
    return _date(c, a, b) if b > 12 or day_first is False else None


def _four_digits(text: str) -> str:
    """A date with its year in four digits where a mark or word tells it: `'24. 3. 15`, `24년 3월`, `令和6年`."""
    if (reign := re.match(r"(令和|平成|昭和|民[國国]|[RH](?=\d{1,2}\.))\s*(\d{1,3}|元)", text)) is not None:
        return f"{(1 if reign[2] == '元' else int(reign[2])) + _REIGNS[reign[1]]}{text[reign.end() :]}"
    marked = text[:1] in ("'", "’")
    return f"20{text[marked:]}" if marked or re.match(r"\d{2}\s*년", text) else text


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day) if 1900 <= year <= 2200 else None
    except ValueError:
        return None
