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
    return _is_of_former(occurrence) or is_past(occurrence.place.statement.text, occurrence.quantity.start)


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
        told = tells_past(claim.text, item.quantity.start)
        if item.places and not told and all(map(says_past, item.places)):
            return item
    return None
