"""The revision that a document states about itself, and what it says it replaces."""

import re

from walkdown.text.tags import normal_form
from walkdown_ingestion.label_dates import GAP, dated_revision

_LABEL = (
    r"(?:rev(?:ision)?\.?\s*(?:no\.?|number|#)?|개\s*정\s*(?:번\s*호|차\s*수)?|버전|version\s*(?:no\.?|number|#)?|ver\.?|issue(?:\s*no\.?)?"
    r"|版本(?:\s*/\s*修[订訂])?号?|版[次数號号]|版(?=\s*[:：|])|修[订訂](?:号|次数?|状态|版次)|改[訂定](?:番号|番號|版数)?"
    r"|versión|edición|revisión(?:\s*n\.?\s*[º°])?)"
)
_REVISION = re.compile(
    rf"(?<![^\W_]){_LABEL}(?:{GAP}|\.)?\s*(?:(?:[제第]|n\.?\s?[º°])\s*(?=\d))?(?:(?<=[:：|\s])v\.?\s?(?=\d))?"
    r"(?P<value>\d{1,3}(?=\s?[차판版次](?!\w))|(?:\d{1,3}(?:\.\d{1,2}){0,2}|(?-i:[A-Z]))(?![\w./-]|(?!\s+/\s+(?:19|20)\d\d\b)\s*[./]\s*\d))",
    re.IGNORECASE,
)
_LETTERED = re.compile(
    rf"(?<![^\W_])(?:rev(?:ision)?\.?\s*(?:no\.?|number|#)?|개\s*정\s*(?:번\s*호|차\s*수)?|版本号?|版次)(?:{GAP}|\.)?\s*"
    r"(?P<value>\d{1,2}(?-i:[A-Z]\d?|[a-z])|(?-i:[A-Z])\d{1,2})"
    r"(?![\w./-]|(?!\s+/\s+(?:19|20)\d\d\b)\s*[./]\s*\d)",
    re.IGNORECASE,
)
"""A revision of figures and a letter: `Rev. 01A`, `Rev. P02`."""
_CHINESE = re.compile(
    rf"(?<![^\W_])(?:版本(?:\s*/\s*修[订訂](?:状态)?)?号?|版次|版号|修[订訂](?:状态|号|次))(?:{GAP})第?(?P<value>[A-Z]\s?/\s?\d{{1,2}})(?![\w./-])"
)
"""Version and change as Chinese plants write them: `版本：B/3`."""
_COUNTED = re.compile(
    r"(?<![\d.])(?:제\s*)?(?P<value>\d{1,3})\s*차\s*개정|[제第]\s*(?P<print>\d{1,3})\s*[판版](?!\w)|[(（]제\s*(?P<time>\d{1,3})\s*차[)）]"
)
_NUMBER = r"[A-Z]{1,6}(?:-[A-Z0-9]+)+"
_OF_ANOTHER = re.compile(
    r"\b(?:instead\s+of|in\s+place\s+of|replac\w+|supersed\w+|see|per|according\s+to|refer\s+to|as\s+in|sustituye\s+a)"
    rf"[\s:：|]+(?:\w+\s+)?{_NUMBER}[\s,(]*$|{_NUMBER}\s*(?:의|을|를|에\s*따라|대체)\s*$"
    r"|(?:관련|참[조고]|상위|근거|대체|引用|参考|参照|関連|相关|代替|取代|\b(?:related|reference[sd]?|parent|relacionad\w+|referencia))"
    r"[^\n|:：]{0,16}[\s:：|]+[^\n|:：]{0,40}$",
    re.IGNORECASE,
)
"""What stands before the revision of another document: `apply instead of OP-12 Rev 6`, `관련 문서: OP-1 Rev.9`."""
_OF_WHAT = re.compile(r"\s+of\s+(?!this\b)[a-z]", re.IGNORECASE)
"""What stands behind it: `revision 7 of the code`."""
_OLD = (
    r"(?:supersedes|replaces|sustituye\s+a(?:\s+la)?|reemplaza(?:\s+a)?(?:\s+la)?"
    r"|대체\s*(?:대상)?\s*(?:개정|버전)|이전\s*개정)"
)
_NAMED = r"(?:rev(?:ision|isión)?\.?\s*|v(?:er(?:sion|sión)?)?\.?\s*|issue\s*|개정\s*|版本\s*)"
_VALUE = r"(?P<value>\d{1,3}(?:\.\d{1,2}){0,2}|(?-i:[A-Z])\d{0,2}|\d{1,2}(?-i:[A-Z]\d?|[a-z]))(?![\w./-])"
_SUPERSEDES = re.compile(rf"(?<!\w){_OLD}(?:{GAP}){_NAMED}?{_VALUE}", re.IGNORECASE)
_REPLACES = re.compile(
    rf"(?<!\w)(?:{_OLD}|대체\s*(?:대상\s*)?(?:문서|절차서)(?:\s*번호)?|폐지\s*문서|代替|取代|替代|廃止文書|旧文書(?:番号)?)(?:{GAP})"
    rf"(?:(?:procedure|document|instruction|문서)\s+)?(?P<number>{_NUMBER})(?![\w-])(?:[\s,(/]*{_NAMED}{_VALUE})?",
    re.IGNORECASE,
)
"""A replaced revision with the number of its document, which may be another one."""


def find_revision(text: str) -> str:
    """The revision a text states, or "". A revision *date* is none, nor is the one it replaces."""
    if dated := dated_revision(text):
        return dated
    replaced = {match.start("value") for p in (_SUPERSEDES, _REPLACES) for match in p.finditer(text) if match["value"]}
    found = (
        match
        for pattern in (_REVISION, _LETTERED, _CHINESE)
        for match in pattern.finditer(text)
        if match.start("value") not in replaced and not _of_another(match)
    )
    stated = min(found, key=lambda match: match.start("value"), default=None)
    if stated is not None:
        return stated["value"].replace(" ", "")
    # Where several are named it is a history, and the last of them is the document's own.
    counted = [m["value"] or m["print"] or m["time"] for m in _COUNTED.finditer(text) if not _of_another(m)]
    return max(counted, key=int, default="")


def _of_another(match: re.Match[str]) -> bool:
    before = match.string[: match.start()].rsplit("\n", 1)[-1]
    return bool(_OF_ANOTHER.search(before) or _OF_WHAT.match(match.string, match.end()))


def find_supersedes(text: str, number: str = "") -> str:
    """The revision of this document, whose number may be told, that a text says it replaces, or ""."""
    if match := _SUPERSEDES.search(text):
        return match["value"]
    own = normal_form(number)
    return next((m["value"] for m in _REPLACES.finditer(text) if m["value"] and normal_form(m["number"]) == own), "")


def find_replaced(text: str, number: str) -> str:
    """The number of another document that a text says it replaces, or ""."""
    own = normal_form(number)
    return next((m["number"] for m in _REPLACES.finditer(text) if own and normal_form(m["number"]) != own), "")
