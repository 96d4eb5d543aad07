"""An amount that a passage gives as what held until a change: `until rev. 8 it was 5.0 barg`.

It stands in the passage and for what is asked, so nothing but this tells it from the amount that holds. It is no rival
of the one that holds either.
"""

import re
from collections.abc import Sequence

from walkdown.answering.verification.reading import Matched, Occurrence, clause_at
from walkdown.answering.verification.statements import Part, clauses, value_of_cell
from walkdown.documents import Claim

OLD = re.compile(
    r"\b(?:before|previous(?:ly)?|former(?:ly)?|old(?:er)?|used to|original(?:ly)?|prior)\b|"
    r"이전|예전|옛|종전|원래|전에|전엔|(?:개정|변경|바뀌기|바꾸기|수정)\s?전",
    re.IGNORECASE,
)
"""Words by which one asks for, or tells of, what was."""
_UNTIL = re.compile(
    r"\b(?:until|till|up to|before|prior to|through)\s+(?:the\s+)?"
    r"(?:rev(?:ision\b|\b\.?)|ed(?:ition\b|\.)|issue\b|moc\b)|"
    r"\b(?:previously|formerly|used to be|hasta la (?:rev|edici)|anteriormente)\b|종전|예전|과거에는|"
    r"(?:개정\s?\d+\s?(?:판|차|번)?|(?<!\d)\d+\s?판|\brev\.?\s?\d+)\s?(?:까지|이전|전까지|전에는)|"
    r"修订?版?\s?\d+\s?(?:之前|以前|前)|改訂\s?\d+\s?(?:まで|以前)|従来|原来|此前",
    re.IGNORECASE,
)
"""That something held until a revision, and holds no more."""
_NOW = re.compile(r"\b(?:now|currently|today|since)\b|지금|현재|이후|부터|现在|目前|現在|\bahora\b", re.IGNORECASE)
_WAS = re.compile(r"\b(?:was|were|had been|used to|era|eran|fue)\b|였|이었|했었|でした|だった|曾")
_OBSOLETE = re.compile(
    r"\b(?:out of date|outdated|superseded|replaced|obsolete|no longer|wrong now)\b|"
    r"더 이상|구판|구\s?버전|旧|已(?:改|废)|"
    r"\b(?:obsolet[oa]|ya no)\b",
    re.IGNORECASE,
)
"""That an amount is no longer the one to go by, in an answer."""
_OF_REVISION = re.compile(
    r"개정(?:\s?번호)?|판(?:번호)?|rev(?:ision)?\.?(?: ?no\.?)?|issue|edition|"
    r"改訂(?:番号)?|版(?:本|次|数)?|修订(?:号)?|revisi[oó]n",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d+|(?<![A-Za-z])[A-Z](?![A-Za-z])")
HISTORY = re.compile(
    r"\b(?:changes?|history|revisions?)\b|개정|변경|이력|修订|变更|改訂|変更|履歴|\b(?:cambios|historial|revisiones)\b",
    re.IGNORECASE,
)
"""A heading over what was changed: `20 to 15 ppb` is a change there, and a range elsewhere."""
_REVISION_HEAD = re.compile(rf"(?:{_OF_REVISION.pattern})\s*(?P<after>\d+|[A-Z])\b|(?P<before>\d+)\s?(?:판|版)", re.I)
_HEADS = (
    (
        re.compile(
            r"(?:변경|개정|수정|조정)\s?전|(?:구|종전|기존)\s?(?:값|기준|설정)?|(?:old|previous|former)\b.*|"
            r"(?:before|prior to) (?:the )?(?:change|revision)|旧.*|(?:変更|改訂|改定|修订|变更|修改|更改)前.*|"
            r"(?:valor )?(?:anterior|antiguo).*|antes del? (?:cambio|la revisión)",
            re.IGNORECASE,
        ),
        re.compile(
            r"(?:변경|개정|수정|조정)\s?(?:후|값|치)|(?:신|현행|현재)\s?(?:값|기준|설정)?|(?:new|present|current)\b.*|"
            r"after (?:the )?(?:change|revision)|[新现現].*|(?:変更|改訂|改定|修订|变更|修改|更改)[後后].*|"
            r"(?:valor )?(?:nuevo|actual).*|después del? (?:cambio|la revisión)",
            re.IGNORECASE,
        ),
    ),
    (re.compile("before|from|was|antes|이전|전", re.I), re.compile("after|to|now|is|después|ahora|이후|후", re.I)),
)
"""Heads of the columns of what was and of what is; the second two tell so in a list of changes alone."""
_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")


def is_past(text: str, position: int) -> bool:
    """True where a text gives the amount at `position` as what held until a revision, or formerly.

    What stands in brackets is told apart from what stands around them: `5.0 (4.5 until rev. 8)`.
    """
    for bracket in _BRACKETS.finditer(text):
        if bracket.start() < position < bracket.end():
            return _UNTIL.search(bracket.group()) is not None
    bare = _BRACKETS.sub(lambda m: " " * len(m.group()), text)
    own = next((p for p in clauses(bare) if p.start <= position < p.end), Part(0, len(bare), bare))
    was, now = ([m.start() + own.start for m in pattern.finditer(own.text)] for pattern in (_UNTIL, _NOW))
    before = [x for x in (*was, *now) if x < position]
    # The nearest word on its left tells, else the nearest on its right: "till rev. 1 it was 3 years, now 5 years".
    nearest = max(before) if before else min((*was, *now), default=None)
    return nearest in was


def says_past(occurrence: Occurrence) -> bool:
    """True where a passage gives an amount as what held before a change, or in the list of former revisions."""
    return (
        _is_of_former(occurrence)
        or former_head(occurrence) != ""
        or is_past(occurrence.place.statement.text, occurrence.quantity.start)
    )


def former_head(occurrence: Occurrence) -> str:
    """The head of the column of an amount, where another column of its row has what holds now: `Rev.4 | Rev.5`."""
    statement = occurrence.place.statement
    own, others = _head(occurrence.part.label), [_head(p.label) for p in statement.parts]
    if statement.kind != "row" or not own:
        return ""
    if mine := _revision_of(own):
        return own if any(_is_older(mine, other) for o in others if (other := _revision_of(o))) else ""
    listed = HISTORY.search("\n".join((*occurrence.place.evidence.chunk.heading_path[-1:], *others)))
    pairs = _HEADS if listed else _HEADS[:1]
    return own if any(was.fullmatch(own) and any(map(now.fullmatch, others)) for was, now in pairs) else ""


def _head(label: str) -> str:
    """A head of a column without what stands in brackets behind it, its unit or a day."""
    return _BRACKETS.sub("", label).strip()


def _revision_of(head: str) -> str:
    found = _REVISION_HEAD.match(head)
    return (found["after"] or found["before"] or "").upper() if found else ""


def _is_of_former(occurrence: Occurrence) -> bool:
    """True for the row of a list of revisions that tells of another one than the document's own."""
    statement, own = occurrence.place.statement, _NUMBER.search(occurrence.place.evidence.chunk.revision)
    cells = (value_of_cell(p) for p in statement.parts if _OF_REVISION.fullmatch(p.label.strip()))
    named = [m.group() for cell in cells if (m := _NUMBER.search(cell))]
    return statement.kind == "row" and own is not None and bool(named) and all(_is_older(n, own.group()) for n in named)


def _is_older(one: str, other: str) -> bool:
    return int(one) < int(other) if one.isdigit() and other.isdigit() else one < other


def tells_past(text: str, position: int) -> bool:
    """True where a claim gives the amount at `position` as what was."""
    own = clause_at(text, position)
    return any(pattern.search(own) for pattern in (_UNTIL, OLD, _WAS, _OBSOLETE))


def outdated(claim: Claim, matched: Sequence[Matched]) -> Matched | None:
    """An amount that a claim gives as what holds, and the passage in every place as what held."""
    for item in matched:
        told = tells_past(claim.text, item.quantity.start) or any(
            head in claim.text for o in item.places if (head := former_head(o))
        )
        if item.places and not told and all(map(says_past, item.places)):
            return item
    return None
