"""The words around a number that make it a limit: `not less than`, `이상`, `넘지 않는다`."""

import re
from typing import Literal

Comparator = Literal["=", ">=", ">", "<=", "<"]

_NOT = (
    r"(?:not|never|cannot|can't|without|nor|n't)(?: to| be| been| allowed to| permitted to| get| go| rise|"
    r" fall| drop| run| stay)*"
)
_BEFORE: tuple[tuple[Comparator, str], ...] = (
    (
        ">=",
        # What is never added within 30 minutes of another is added 30 minutes after it at least.
        r"at least|at the earliest|not before|(?:never|(?:must|may|shall) not)\b[^.;|,\d]{0,30}?\bwithin|"
        r"(?:at|equal to) or (?:above|over|more than)|"
        r"at the least|no (?:less|fewer|lower|earlier|shorter|slower) than|"
        rf"{_NOT} (?:less|fewer|lower|earlier|shorter|slower) than|{_NOT} (?:below|under|fall(?:ing)? below)|"
        r"minimum(?: of)?|(?<!\d)(?<!\d\s)min\.?|NLT|≥|≧|⩾|>=|=>|최소|최저|하한|적어도|or more than|"
        r"至少|不(?:应|應|得|可|能|宜)?(?:低于|少于|小于|低於|少於|小於)|最小|最低|최소한|"
        r"少なくとも|al menos|mínimo(?: de)?|como mínimo|a partir de|"
        r"no (?:menos|menor|inferior|debe (?:bajar|ser (?:menor|inferior))) (?:de|a|que)",
    ),
    (
        "<=",
        r"at most|at the latest|(?:at|equal to) or (?:below|under|less than)|"
        r"at the most|no (?:more|greater|higher|later|longer|larger|faster) than|"
        rf"{_NOT} (?:more|greater|higher|later|longer|larger|faster) than|"
        rf"{_NOT} (?:exceed(?:ing)?|above|over|past|beyond)|"
        r"maximum(?: of)?|max\.?|NMT|up to|within|≤|≦|⩽|<=|=<|최대|최고|상한|많아야|늦어도|"
        r"不(?:应|應|得|可|能|宜)?(?:超过|高于|大于|多于|超過|高於|大於)|至多|最多|最大|最高|"
        r"como máximo|máximo(?: de)?|hasta|"
        r"no (?:más|mayor|superior) (?:de|a|que)|"
        r"(?:no (?:debe(?:rá)? )?|sin )(?:superar|exceder|sobrepasar)(?: de)?(?: los)?",
    ),
    (
        ">",
        r"(?:more|greater|higher|longer|later|larger|further|faster) than|above|over|exceed(?:s|ed|ing)?|"
        r"beyond|past|>|＞|超过|高于|大于|más de|superior a|mayor (?:que|de)|por encima de",
    ),
    (
        "<",
        r"(?:less|fewer|lower|shorter|earlier|smaller|slower) than|below|under|beneath|<|＜|低于|少于|小于|menos de|"
        r"inferior a|menor (?:que|de)|por debajo de",
    ),
)
_NOT_KO = (
    r"(?:지|지는|지도|질|기를)?\s?(?:않|못|말|아니|마라|마십)|"
    r"(?:어서는|아서는|여서는|해서는|겨서는|서는|서|으면|면)\s?(?:안\s?(?:되|된|돼|됩)|아니)|ㄹ 수 없|[을를]? ?수 없"
)
_AFTER: tuple[tuple[Comparator, str], ...] = (
    (
        "<=",
        rf"(?:[를을가이는은]|보다)?\s?(?:넘|초과하|초과할|초과되|초과|웃돌|올라가|벗어나)[가-힣]{{0,2}}?(?:{_NOT_KO})|"
        rf"[를을]?\s?(?:넘겨서?|넘어서?|초과하여|초과해서?)\s[가-힣]{{1,8}}?(?:{_NOT_KO})|"
        rf"(?:[를을]|보다)?\s?(?:넘길|넘을|초과할|넘어설|더 할) 수 없|(?:보다)\s?(?:크|높|많|길|늦)(?:{_NOT_KO})|"
        r"(?:위로|이상으로)\s?안\s?(?:올라|오르)|"
        r"이하|이내|까지(?!\s?(?:떨어|내려|내리|낮|오르|올라|올리|상승|증가|감소|도달|차|줄))|(?:안에|안으로|내에|내로|내)(?![가-힣]*부)|以下|以内|"
        r"を(?:超え|上回)(?:ては|ない)|"
        r"or (?:less|lower|below|under|fewer|shorter|earlier|slower)|"
        r"and (?:below|under)|maximum|max\b|at (?:the )?(?:most|latest)|o menos|como máximo",
    ),
    (
        ">=",
        rf"(?:보다)?\s?(?:아래로|밑으로|낮아지|내려가|떨어지|미달하|밑돌|적|낮|작|짧)[가-힣\s]{{0,5}}?(?:{_NOT_KO})|"
        rf"미만(?:이|으로)?[가-힣\s]{{0,5}}?(?:{_NOT_KO})|"
        r"(?:아래로|밑으로|이하로|까지)\s?안\s?(?:내려|떨어|낮아)|"
        r"を下回(?:っては|らない)|\s?[≤≦⩽]\s?[A-Za-zΔ]\w{0,3}\s?[<≤≦⩽]|"
        r"이상|以上|부터|or (?:more|higher|above|greater|over|longer|later|better|faster)|and (?:above|over)|"
        r"minimum|min\b(?!\.?/)|"
        r"at (?:the )?least|o más|como mínimo",
    ),
    (
        ">",
        r"[를을]\s?\d[\d.,]*\s?\S{1,4}\s?(?:넘게|이상|동안)\s(?:넘|초과)|"
        r"\s?<\s?[A-Za-zΔ]\w{0,3}\s?[<≤≦⩽]|[를을이가]?\s?초과|"
        r"(?:[를을이가]|보다)?\s?(?:더 )?(?:넘|웃돌)|(?:보다)\s?(?:더 )?(?:크|높|많|길|늦|빠르|빨)|"
        r"(?:보다)?\s?위(?:로|이|인|면)|より(?:大|高|多|長)|を(?:超|上回)",
    ),
    (
        "<",
        r"미만|未満|未满|(?:보다)?\s?(?:아래|밑)(?![가-힣]*와)|(?:보다)\s?(?:더 )?(?:작|낮|적|짧|이르|느리)|"
        r"[를을]?\s?(?:못 미치|밑돌|하회)|에 못|より(?:小|低|少|短)|を下回",
    ),
)
_GAP = r"(?:[\s:|=]|\b(?:is|of|are|be|a|an|the|about|approximately|value|level)\b|는|은|값|치|약|값은)*"
_ENDS = re.compile(r"(?<!\bmax)(?<!\bmin)(?<!\bapprox)[.;|\n](?=\s)", re.IGNORECASE)
_BEFORE_RES = tuple((c, re.compile(rf"(?<![A-Za-z])(?:{p}){_GAP}$", re.IGNORECASE)) for c, p in _BEFORE)
_AFTER_RES = tuple((c, re.compile(rf"\s?(?:{p})", re.IGNORECASE)) for c, p in _AFTER)

OPPOSED: dict[Comparator, tuple[Comparator, ...]] = {
    ">=": ("<=", "<"),
    ">": ("<=", "<"),
    "<=": (">=", ">"),
    "<": (">=", ">"),
    "=": (),
}
"""Comparators that point the other way."""


def comparator_of(text: str, start: int, end: int) -> tuple[Comparator, int, int]:
    """The comparator of the number that stands at `start:end`, and the span of number and comparator words together."""
    before, after = text[max(0, start - 44) : start], text[end : end + 22]
    # A sentence or cell boundary ends what may speak of the number.
    before = _ENDS.split(before)[-1] if "|" not in before[-3:] else before
    for comparator, pattern in _AFTER_RES:
        if match := pattern.match(after):
            return comparator, start, end + match.end()
    for comparator, pattern in _BEFORE_RES:
        if match := pattern.search(before):
            return comparator, start - (len(before) - match.start()), end
    return "=", start, end
