"""Whether a document says of itself that it holds no more, or not yet: under a label, as a stamp or in a sentence."""

import re

from walkdown_ingestion.label_dates import GAP, has_no_day_yet

_LABEL = r"(?<!\w)(?:status|document\s+status|상태|문서\s*상태|状态|状態|estado)"
_GONE = (
    r"superseded|obsolete|withdrawn|void|cancell?ed|대체됨|폐지|폐기|구판|무효|실효|已?废止|已?作废|作廢|廃止|失効|廃版|旧版"
    r"|obsoleto|anulado|derogado|sustituido"
)
_UNFINISHED = (
    r"draft|초안|작성\s*중|검토\s*(?:중|본|용)|승인\s*전|草案|草稿|征求意见稿|未生效|下書き|ドラフト|案|borrador|"
    r"in\s+preparation|under\s+review|(?:issued\s+)?for\s+(?:review|comments?)|not\s+(?:yet\s+)?approved|en\s+revisión"
)
_SUPERSEDED = re.compile(
    rf"{_LABEL}(?:{GAP})(?:{_GONE})"
    r"|^[\W_]*(?:superseded|obsolete|구판|폐지된?\s*문서|폐기\s*(?:문서|본)|대체된\s*문서|已?作废(?:文件)?|作廢|旧版|廃版|obsoleto)[\W_]*$"
    r"|^[\W_]*(?:(?:this|the)\s+(?:document|procedure|instruction|revision)\s+(?:is|was|has\s+been)\s+(?:now\s+)?(?:superseded|replaced|withdrawn|cancell?ed)|"
    r"superseded\s+by|replaced\s+by\s+\S*\d|sustituido\s+por|documento\s+(?:anulado|obsoleto))\b"
    r"|^[\W_]*(?:본|이)\s*(?:문서|절차서|지침서?|표준)[은는]\s[^\n]{0,60}(?:폐지|폐기|대체)(?:되었|됨|한다)",
    re.IGNORECASE | re.MULTILINE,
)
_DRAFT = re.compile(
    rf"{_LABEL}(?:{GAP})(?:{_UNFINISHED})"
    r"|^[\W_]*(?:draft\s+(?:for|no)\b[^\n]{0,40}|(?:문서\s*)?초안본?|草稿|征求意见稿|ドラフト|borrador|not\s+(?:yet\s+)?approved[^\n]{0,30})[\W_]*$",
    re.IGNORECASE | re.MULTILINE,
)
_SHORT_GONE = re.compile(rf"(?:{_GONE})(?:\s*(?:문서|copy|文件|文書))?", re.IGNORECASE)
_SHORT_DRAFT = re.compile(r"DRAFT(?:\s+(?:COPY|ONLY|[A-Z]|\d))?|안|검토[용본]|草案|案|下書き")
_IN_BRACKETS = re.compile(r"^\s*[\[(（【<〈]\s*([^\])）】>〉\n]{1,12}?)\s*[\])）】>〉]\s*$", re.MULTILINE)


def find_superseded(text: str, margins: str = "") -> bool:
    """True when a document says that it is no longer in force, under a label, as a stamp or in a sentence.

    Words that may also head a section (`폐기`) count in the margins, in brackets, or as the first line only.
    """
    if _SUPERSEDED.search(text):
        return True
    return any(_SHORT_GONE.fullmatch(stamp) for stamp in _stamps(text, margins))


def find_draft(text: str, margins: str = "") -> bool:
    """True when a document says that it is not approved yet, or that the day from which it holds is not set."""
    if _DRAFT.search(text) or has_no_day_yet(text):
        return True
    return any(_SHORT_DRAFT.fullmatch(stamp) for stamp in _stamps(text, margins))


def _stamps(text: str, margins: str) -> list[str]:
    first = next((line for line in text.splitlines() if line.strip()), "")
    lines = [part for line in (*margins.splitlines(), first) for part in line.split("|")]
    bracketed = [m[1] for m in _IN_BRACKETS.finditer(text)]
    return [line.strip(" \t[](){}<>【】（）〈〉-–—*=_·.") for line in (*lines, *bracketed)]
