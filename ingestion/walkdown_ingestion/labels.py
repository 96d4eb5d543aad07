"""Labelled values at the head of a document: `Document No.: PWR-OP-101`, `개정: 3`, `시행일 2025. 3. 1.`.

Labels are known in the five languages; a value follows its label after a colon, a bar or a space.
"""

import datetime as dt
import re

_GAP = r"\s*(?:[:：|]\s*)+|\s+"
_NUMBER = re.compile(
    r"(?:문\s*서\s*(?:번\s*호|코\s*드|No\.?)|관\s*리\s*번\s*호|절\s*차\s*서\s*번\s*호|(?:표\s*준|규\s*정|지\s*침)\s*번\s*호"
    r"|doc(?:ument)?\.?\s*(?:no\.?|number|id|code|#)"
    r"|(?:procedure|sop|specification|spec\.?|report|instruction|standard)\s*(?:no\.?|number|id|#)|文件编号|文件編號|文件号|文档编号|文書番号"
    r"|doc(?:ument)?\.?(?=\s*[:：]\s*[A-Z]{1,6}-(?:[A-Z0-9]{1,6}-\d|\d{2,5}[A-Z]?\s*(?:[|\n,]|rev\b|ver\b|$)))|整理番号|código(?:\s+de(?:l)?\s+documento)?|n[.º°]\s*(?:de\s+)?documento)"
    rf"(?:{_GAP})(?P<value>[A-Z0-9][A-Z0-9\-_/.]*\d[A-Z0-9\-_/]*(?![\w-])|(?=\S*\d)[A-Z0-9가-힣]{{1,10}}(?:-[A-Z0-9가-힣]{{1,10}}){{1,5}}"
    r"|[A-Z0-9][A-Z0-9\-_/.]*\d[A-Z0-9\-_/]*)",
    re.IGNORECASE,
)
_KIND = (
    r"(?:procedure|instruction|manual|specification|standard|guideline|sop|policy|plan|method|sheet|protocol|programme|"
    r"절차서?|지침서?|기준서?|표준서?|사양서|매뉴얼|계획서|설명서|교재|手順書|標準書?|仕様書|要領書?|规程|程序|规范|作业指导书|"
    r"procedimiento|instrucción|especificación|manual)"
)
_NAMES_KIND = re.compile(rf"(?=.{{8,100}}$).*[^\W\d_]{{2}}.*[\s]\S*{_KIND}", re.IGNORECASE)
_TOP = 800
"""Characters in which a document names itself in a sentence."""
_OTHER = re.compile(
    r"\b(?:replac|supersed|see|refer|per|with|under|by|of|from|former|related|drawing|P&ID)\w*\b[^.|]{0,40}$|(?:대체|참조|관련|따라|의)\s[^.|]{0,20}$",
    re.IGNORECASE,
)
_BESIDE_REVISION = re.compile(
    rf"{_KIND}\s*[(（:]?\s*(?P<value>[A-Z]{{1,6}}(?:-[A-Z0-9]{{1,6}})*-\d{{2,5}}[A-Z]?)(?![\w-])\s?[,(（/·-]?\s?"
    r"(?:rev(?:ision|isión)?\.?|개\s?정|改訂|版本|issue|version|제\s?\d)\s?[:.]?\s?\d",
    re.IGNORECASE,
)
"""A number behind the kind of document and before its revision: `Operating Procedure OP-301, Revision 5`."""
_ALONE = re.compile(
    r"(?<![\w-])(?P<value>[A-Z][A-Z0-9]{1,5}(?:-[A-Z0-9]{1,6})+-\d{2,5}[A-Z]?)(?![\w-])\s{0,9}[,(（/·-]?\s{0,3}"
    r"(?:rev(?:ision)?\.?|개\s?정|改訂|版本|issue|ver(?:sion)?\.?)\s?(?:no\.?\s?)?[:.]?\s?(?:\d{1,2}[A-Z]?|[A-Z]\d{0,2})"
    r"(?=\s*(?:[\n|,;)）·–-]|$)|\s+(?:page|date|effective|시행|쪽|\d{4}))",
    re.IGNORECASE,
)
"""A number before its revision at the head of a page: `HSC-SOP-0417 Rev. 6`."""
_LEADING = re.compile(
    r"\s*(?P<value>[A-Z][A-Z0-9]{1,5}(?:-[A-Z0-9]{1,6})+-\d{2,5}[A-Z]?)(?![\w-])[ \t:–-]+[^\n|]{3,60}?[(\[,\s]"
    r"(?:rev(?:ision)?\.?|개\s?정|改訂|ver(?:sion)?\.?)\s?(?:no\.?\s?)?[:.]?\s?(?:\d{1,2}|[A-Z])\s*[)\]]?\s*(?:\n|$)",
    re.IGNORECASE,
)
"""A first line of number, title and revision: `HSC-OP-0311 Start of the chiller (Rev. 4)`."""
_DRAWING = re.compile(
    r"(?:도\s*면\s*번\s*호|(?:drawing|dwg\.?)\s*(?:no\.?|number))(?:\s*[:：|]\s*|\s+)(?P<value>[A-Z0-9]{2,8}(?:-[A-Z0-9]{1,6}){1,5})(?![\w-])",
    re.IGNORECASE,
)
_IS_DRAWING = re.compile(r"축\s*척|\bscale\b|\bDRN\b|\bDRAWN\b|\bCHK'?D?\b|제\s*도", re.IGNORECASE)
"""What stands in the title block of a drawing only; elsewhere a drawing's number is that of another document."""
_HEAD_LINES = 400
_WITH_REVISION = re.compile(r"[_.-]?rev(?:ision)?\.?(?:[_.-]?\w{0,3})$", re.IGNORECASE)
"""A revision written at the end of a number: `4711-LL-001_Rev.C`."""
_OF_A_FORM = re.compile(r"양\s?식|서\s?식|\bform|template|\bA4\b|(?:^|[\W_])(?:Q?F|FM|FRM|QR)(?=-|\d)", re.IGNORECASE)
"""A form that is filled in bears the number of the empty one."""
_REVISION = re.compile(
    r"(?<![^\W_])(?:rev(?:ision)?\.?\s*(?:no\.?|number|#)?|개\s*정\s*(?:번\s*호|차\s*수)?|버전|version\s*#?|ver\.?|issue(?:\s*no\.?)?"
    rf"|版本号?|版次|版数|修订号|改訂(?:番号)?|versión|edición|revisión(?:\s*n\.?\s*[º°])?)(?:{_GAP}|\.)?\s*(?:(?:[제第]|n\.?\s?[º°])\s*(?=\d))?"
    r"(?P<value>\d{1,3}(?=\s?[차판版次](?!\w))|(?:\d{1,3}(?:\.\d{1,2}){0,2}|(?-i:[A-Z]))(?![\w./-]|(?!\s+/\s+(?:19|20)\d\d\b)\s*[./]\s*\d))",
    re.IGNORECASE,
)
_LETTERED = re.compile(
    rf"(?<![^\W_])(?:rev(?:ision)?\.?\s*(?:no\.?|number|#)?|개\s*정\s*(?:번\s*호|차\s*수)?|版本号?|版次)(?:{_GAP}|\.)?\s*"
    r"(?P<value>\d{1,2}(?-i:[A-Z]\d?|[a-z])|(?-i:[A-Z])\d{1,2}|(?<=[本号次][:： ])(?-i:[A-Z])/\d{1,2})"
    r"(?![\w./-]|(?!\s+/\s+(?:19|20)\d\d\b)\s*[./]\s*\d)",
    re.IGNORECASE,
)
"""A revision of figures and a letter: `Rev. 01A`, `Rev. P02`, `版本：B/3`."""
_KOREAN_REVISION = re.compile(r"(?<![\d.])(?:제\s*)?(?P<value>\d{1,3})\s*차\s*개정|제\s*(?P<print>\d{1,3})\s*판(?!\w)")
_OF_ANOTHER = re.compile(
    r"\b(?:instead\s+of|in\s+place\s+of|replac\w+|supersed\w+|see|per|according\s+to|refer\s+to|as\s+in)\s+(?:\w+\s+)?[A-Z]{1,6}(?:-[A-Z0-9]+)+[\s,(]*$"
    r"|[A-Z]{1,6}(?:-[A-Z0-9]+)+\s*(?:의|을|를|에\s*따라|대체)\s*$",
    re.IGNORECASE,
)
"""What stands before the revision of another document: `apply instead of OP-12 Rev 6`."""
_SUPERSEDES = re.compile(
    rf"(?<!\w)(?:supersedes|replaces|sustituye\s+a(?:\s+la)?|reemplaza(?:\s+a)?(?:\s+la)?|대체\s*(?:대상)?\s*(?:개정|버전)|이전\s*개정)(?:{_GAP})"
    r"(?:rev(?:ision|isión)?\.?\s*|ver(?:sion|sión)?\.?\s*|issue\s*|개정\s*)?"
    r"(?P<value>\d{1,3}(?:\.\d{1,2}){0,2}|(?-i:[A-Z])\d{0,2}|\d{1,2}(?-i:[A-Z]\d?|[a-z]))(?![\w./-])",
    re.IGNORECASE,
)
_SUPERSEDED = re.compile(
    rf"(?<!\w)(?:status|document\s+status|상태|문서\s*상태|状态|状態|estado)(?:{_GAP})"
    r"(?:superseded|obsolete|withdrawn|void|대체됨|폐지|폐기|구판|무효|실효|废止|作废|廃止|失効|obsoleto|anulado|sustituido)"
    r"|^[\W_]*(?:superseded|obsolete|구판|폐지된?\s*문서|대체된\s*문서)[\W_]*$",
    re.IGNORECASE | re.MULTILINE,
)
_TITLE = re.compile(
    r"^(?:문서\s*명|문서\s*제목|제\s*목|title|document\s+title|文件名称|文档名称|標題|título)"
    r"\s*[:：|]\s*(?P<value>[^|\n]{3,160})",
    re.IGNORECASE | re.MULTILINE,
)
_PRODUCT = re.compile(
    r"^(?:(?:ghs\s+)?product\s*(?:name|identifier)|trade\s*name|material\s+name|제품\s*명|제품의?\s*이름|製品名|产品名称"
    r"|nombre\s+del\s+producto)\s*(?:[:：|]\s*)+(?P<value>[^|\n]{2,80})",
    re.IGNORECASE | re.MULTILINE,
)
_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan enero", "feb", "mar", "apr abr", "may", "jun", "jul", "aug ago", "sep", "oct", "nov", "dec dic"), 1
    )
    for name in (n[:3] for n in names.split())
}
_DATE = (
    r"(?:['’]\d{2}\s*\.\s*\d{1,2}\s*\.\s*\d{1,2}\.?|(?:令和|平成)\s*\d{1,2}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日"
    r"|['’]?\d{2}\s*년\s*\d{1,2}\s*월\s*\d{1,2}\s*일|\d{1,2}(?:st|nd|rd|th)\s+[A-Za-z]{3,10},?\s+\d{4}"
    r"|\d{1,2}\s+de\s+[a-z]{3,10}\s+del?\s+\d{4}|\d{4}\s*[-./년年]\s*\d{1,2}\s*[-./월月]\s*\d{1,2}\s*[일日.]?|\d{1,2}[-./\s]+[A-Za-z]{3,10}\.?[-./,\s]+\d{4}"
    r"|[A-Za-z]{3,10}\.?\s+\d{1,2},?\s+\d{4}|\d{1,2}[-./]\d{1,2}[-./]\d{4}|\d{8})"
)
DATE = re.compile(rf"(?<![\w-]){_DATE}(?![\w-])")
"""A date as written in documents."""
_SHORT = (
    r"['’]?\d{2}\s?(?P<sign>[-./])\s?\d{1,2}\s?(?P=sign)\s?\d{1,2}(?![\w-])|\d{1,2}[- ][A-Za-z]{3}[- ]\d{2}(?![\w-])"
)
"""A date with a year of two digits, which is one only behind a label."""
_EFFECTIVE = (
    r"effective(?:\s+(?:date|from|as of))?|date\s+effective|valid\s+from|in\s+force\s+(?:from|since)"
    r"|시\s*행\s*일(?:\s*자)?|발\s*효\s*일(?:\s*자)?"
    r"|적용\s*일(?:\s*자)?|生效日期|实施日期|施行日|発効日|有効日|fecha\s+de\s+(?:vigencia|entrada\s+en\s+vigor)"
)
_REVISED = (
    r"(?:date\s+of\s+(?:last\s+)?revision|(?:last\s+)?revis(?:ion|ed)\s+date|revised(?:\s+on)?)"
    r"|개\s*정\s*일(?:\s*자)?|修订日期|改訂日|fecha\s+de\s+revisión"
)
_ISSUED = (
    r"date\s+of\s+issue|issue\s+date|issued(?:\s+on)?|(?:rev(?:ision|\.)?|issue|version)\s?\w{1,3},?\s+dated|제\s*정\s*일(?:\s*자)?|발\s*행\s*일(?:\s*자)?|発行日|发布日期|發行日期|发行日期"
    r"|fecha\s+de\s+emisión"
)
_WITH_DAY = re.compile(
    r"(?<!\w)(?<!이전\s)(?P<label>(?:rev(?:ision|\.)?(?:\s?no\.?)?|개\s*정(?:\s*(?:번\s*호|차\s*수))?)\s?/\s?(?:(?:개\s*정|시\s*행)?\s*일\s*자?|date))"
    rf"(?:{_GAP})(?P<revision>[A-Z]?\d{{0,3}}[A-Z]?)\s?/\s?(?P<value>{_DATE}|{_SHORT})",
    re.IGNORECASE,
)
"""A revision and its day under one label: `개정 / 일자 | 6 / 2025-10-02`."""
_DATES = (
    *(
        re.compile(rf"(?<!\w)(?P<label>{label})(?:{_GAP})(?P<value>{_DATE}|{_SHORT})", re.IGNORECASE)
        for label in (_EFFECTIVE, _REVISED, _ISSUED)
    ),
    re.compile(
        rf"(?<![\w.-])(?P<value>{_DATE})\s*(?:부터\s*)?(?P<label>시행)(?=[\s\])한]|$)|시행\s+(?P<behind>{_DATE})(?=\s*[\])])"
        rf"|(?:^|[/|·,]\s?)시행\s?:?\s?(?P<apart>{_DATE})(?=\s*(?:$|[/|·,)]))",
        re.MULTILINE,
    ),
    _WITH_DAY,
)
"""Of the date from which it holds, its last revision, its issue, a date beside `시행`, and one behind a revision."""


def find_number(text: str) -> str:
    """The document number a text states, or ""."""
    beside = (m for m in _BESIDE_REVISION.finditer(text[:_TOP]) if _own(m))
    alone = (m for m in _ALONE.finditer(text[:_HEAD_LINES]) if _own(m) and not _OF_A_FORM.search(_line_of(m)))
    leading = _LEADING.match(text)
    leading = leading if leading is not None and not _OF_A_FORM.search(_line_of(leading)) else None
    drawn = _DRAWING.search(text) if _IS_DRAWING.search(text) else None
    match = _NUMBER.search(text) or next(beside, None) or next(alone, None) or leading or drawn
    return _WITH_REVISION.sub("", match["value"]).rstrip(".-_/") if match else ""


def _own(match: re.Match[str]) -> bool:
    """False where a text speaks of another document: `replaces procedure OP-300, revision 3`."""
    return _OTHER.search(match.string[: match.start()].rsplit("\n", 1)[-1]) is None


def _line_of(match: re.Match[str]) -> str:
    start, end = match.string.rfind("\n", 0, match.start()) + 1, match.string.find("\n", match.end())
    return match.string[start : end if end >= 0 else None]


def find_revision(text: str) -> str:
    """The revision a text states, or "". A revision *date* is none, nor is the one it replaces."""
    if (dated := _WITH_DAY.search(text)) is not None and dated["revision"]:
        return dated["revision"]
    replaced = {match.start("value") for match in _SUPERSEDES.finditer(text)}
    replaced |= {m.start("value") for p in (_REVISION, _LETTERED) for m in p.finditer(text) if _of_another(m)}
    found = (match for match in _REVISION.finditer(text) if match.start("value") not in replaced)
    lettered = (match for match in _LETTERED.finditer(text) if match.start("value") not in replaced)
    stated = [match for match in (next(found, None), next(lettered, None)) if match is not None]
    if stated:
        return min(stated, key=lambda match: match.start("value"))["value"]
    # Where several are named it is a history, and the last of them is the document's own.
    counted = [match["value"] or match["print"] for match in _KOREAN_REVISION.finditer(text)]
    return max(counted, key=int, default="")


def _of_another(match: re.Match[str]) -> bool:
    return _OF_ANOTHER.search(match.string[: match.start()].rsplit("\n", 1)[-1]) is not None


def find_supersedes(text: str) -> str:
    """The revision that a text says it replaces, or ""."""
    match = _SUPERSEDES.search(text)
    return match["value"] if match else ""


def find_superseded(text: str) -> bool:
    """True when a title block says that the document is no longer in force, under a label or as a stamp."""
    return _SUPERSEDED.search(text) is not None


def find_kind(text: str) -> str:
    """The first line that ends in the kind of document it names, as at the head of pages: `폐수처리 운전 절차서`."""
    lines = (part.strip() for part in re.split(r"[\n|]", text))
    named = (line for line in lines if _NAMES_KIND.fullmatch(line) and not _NUMBER.search(line))
    return next((line for line in named if "data sheet" not in line.casefold()), "")


def find_product(text: str) -> str:
    """The product a safety data sheet or data sheet is about, or ""."""
    match = _PRODUCT.search(text)
    return match["value"].strip(" .:-") if match else ""


def find_title(text: str) -> str:
    """The title a text states under a label, or ""."""
    match = _TITLE.search(text)
    return match["value"].strip() if match else ""


_WRITTEN = ("value", "behind", "apart")


def find_date(text: str) -> dt.date | None:
    """The date from which a document is effective, else the date of its issue or revision, else None."""
    for pattern in _DATES:
        for match in pattern.finditer(text):
            written = next(match[name] for name in _WRITTEN if match.groupdict().get(name))
            found = parse_date(written) or _short_date(written, match["label"] or "")
            if found is not None:
                return found
    return None


def _short_date(text: str, label: str) -> dt.date | None:
    """A date with a year of two digits: `15-Mar-24`, and `24.03.15` where its label is Korean, which says the order."""
    parts = re.findall(r"\d+|[A-Za-z]+", text)
    if len(parts) != 3 or len(parts[0]) > 2 or len(parts[2]) > 2:
        return None
    if parts[1].isalpha():
        return _date(2000 + int(parts[2]), _MONTHS.get(parts[1].lower(), 0), int(parts[0]))
    return _date(2000 + int(parts[0]), int(parts[1]), int(parts[2])) if re.search("[가-힣]", label) else None


def parse_date(text: str) -> dt.date | None:
    """A date as written in documents; None when it is none or its order of day and month is uncertain.

    `03/04/2025` is uncertain; `27/01/2025` and `01/27/2025` are not.
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
    if a > 12 or a == b:
        return _date(c, b, a)
    return _date(c, a, b) if b > 12 else None


def _four_digits(text: str) -> str:
    """A date with its year in four digits where a mark or word tells it: `'24. 3. 15`, `24년 3월`, `令和6年`."""
    if (reign := re.match(r"(令和|平成)\s*(\d{1,2})", text)) is not None:
        return f"{int(reign[2]) + (2018 if reign[1] == '令和' else 1988)}{text[reign.end() :]}"
    marked = text[:1] in ("'", "’")
    return f"20{text[marked:]}" if marked or re.match(r"\d{2}\s*년", text) else text


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day) if 1900 <= year <= 2200 else None
    except ValueError:
        return None
