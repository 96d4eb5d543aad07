"""Labelled values at the head of a document: `Document No.: PWR-OP-101`, `개정: 3`, `시행일 2025. 3. 1.`.

Labels are known in the five languages; a value follows its label after a colon, a bar or a space.
"""

import re

from walkdown_ingestion.label_dates import GAP

_NUMBER = re.compile(
    r"(?:문\s*서\s*(?:번\s*호|코\s*드|No\.?)|관\s*리\s*번\s*호|절\s*차\s*서\s*번\s*호|(?:표\s*준|규\s*정|지\s*침)\s*번\s*호"
    r"|doc(?:ument)?\.?\s*(?:no\.?|number|id|code|#)"
    r"|(?:procedure|sop|specification|spec\.?|report|instruction|standard)\s*(?:no\.?|number|id|#)|文件编号|文件編號|文件号|文档编号|文書番号|管理番号"
    r"|doc(?:ument)?\.?(?=\s*[:：]\s*[A-Z]{1,6}-(?:[A-Z0-9]{1,6}-\d|\d{2,5}[A-Z]?\s*(?:[|\n,]|rev\b|ver\b|$)))|整理番号|código(?:\s+de(?:l)?\s+documento)?|n[.º°]\s*(?:de\s+)?documento)"
    rf"(?:{GAP})(?P<value>[A-Z0-9][A-Z0-9\-_/.]*\d[A-Z0-9\-_/]*(?![\w-])|(?=\S*\d)[A-Z0-9가-힣]{{1,10}}(?:-[A-Z0-9가-힣]{{1,10}}){{1,5}}"
    r"|[A-Z0-9][A-Z0-9\-_/.]*\d[A-Z0-9\-_/]*"
    r"|(?-i:[A-Z]{2,6}(?: [A-Z]{1,6}){0,2} \d{1,5}(?:-\d{1,5}){0,4})(?=\s*(?:[|\n,(]|$|rev|개정)))",
    re.IGNORECASE,
)
_DASH = re.compile(r"(?<=[A-Za-z0-9가-힣])[‐‑‒–−－](?=[A-Za-z0-9가-힣])")
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
    r"(?<![\w-])(?P<value>[A-Z][A-Z0-9]{1,5}(?:-[A-Z0-9]{1,6})+-\d{2,5}[A-Z]?)(?![\w-])\s{0,9}[|,(（/·-]?\s{0,3}"
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


def find_number(text: str) -> str:
    """The document number a text states, or "". Dashes are those of a keyboard, small letters capital ones."""
    text = _DASH.sub("-", text)
    beside = (m for m in _BESIDE_REVISION.finditer(text[:_TOP]) if _own(m))
    alone = (m for m in _ALONE.finditer(text[:_HEAD_LINES]) if _own(m) and not _OF_A_FORM.search(_line_of(m)))
    leading = _LEADING.match(text)
    leading = leading if leading is not None and not _OF_A_FORM.search(_line_of(leading)) else None
    drawn = _DRAWING.search(text) if _IS_DRAWING.search(text) else None
    match = _NUMBER.search(text) or next(beside, None) or next(alone, None) or leading or drawn
    found = _WITH_REVISION.sub("", match["value"]).rstrip(".-_/") if match else ""
    return found.upper() if found.islower() else found


_NEARBY = 120
_STATES_REVISION = re.compile(
    r"(?<![^\W_])(?:rev(?:ision|isión)?\b|개\s*정|版|改訂|edición|versi[oó]n|issue)", re.IGNORECASE
)


def stated_numbers(text: str) -> list[str]:
    """The document numbers that lines begin with which state a revision, too: two of them are two documents."""
    text = _DASH.sub("-", text)
    found = (m for m in _NUMBER.finditer(text) if not text[text.rfind("\n", 0, m.start()) + 1 : m.start()].strip())
    stated = (m for m in found if _STATES_REVISION.search(text, m.end(), m.end() + _NEARBY))
    return list(dict.fromkeys(m["value"].rstrip(".-_/") for m in stated))


def _own(match: re.Match[str]) -> bool:
    """False where a text speaks of another document: `replaces procedure OP-300, revision 3`."""
    return _OTHER.search(match.string[: match.start()].rsplit("\n", 1)[-1]) is None


def _line_of(match: re.Match[str]) -> str:
    start, end = match.string.rfind("\n", 0, match.start()) + 1, match.string.find("\n", match.end())
    return match.string[start : end if end >= 0 else None]


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
