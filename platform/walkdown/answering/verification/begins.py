"""Where an amount begins something, no claim has it end there: `until 70 °C` for `once it is 70 °C`."""

import re

from walkdown.answering.verification.denials import denials
from walkdown.answering.verification.reading import Matched, Occurrence
from walkdown.documents import Claim

_FROM = re.compile(
    r"\s?(?:부터|(?:이?\s?(?:지난|지나고?)\s?)?(?:뒤|후)(?:에|부터)?\s?(?:시작|개시|기동)|이?\s?지나(?:서|면)\s?(?:시작|개시|기동))|"
    r"\s(?:after|later)\b[^.]{0,30}\b(?:starts?|begins?)|\s(?:after|later)\b",
    re.IGNORECASE,
)
_FROM_THERE = re.compile(
    r"\s?(?:부터|이후|이상|초과|에서|에(?![가-힣])|[가이를을]?\s?(?:넘|되|지나|도달|경과)|후|뒤|~|〜|-|–)|"
    r"\s(?:after|later|from|since|or more)\b",
    re.IGNORECASE,
)
_UNTIL = re.compile(r"\s?(?:[가이에]\s?)?[가-힣]{1,4}\s?때까지|\s?になるまで")
_UNTIL_BEFORE = re.compile(r"(?:\buntil\b|\bhasta que\b|直到)[^,.;|]{0,40}$", re.IGNORECASE)
_ONCE = re.compile(r"\s?(?:[가이에]\s?)?(?:되면|넘으면|이르면|도달하면|된 (?:뒤|후)|부터)|\s?になったら|\s?时(?!间)")
_ONCE_BEFORE = re.compile(r"\b(?:once|when|from|after|as soon as|cuando|desde)\b[^,.;|]{0,40}$", re.IGNORECASE)


def begins_there(claim: Claim, item: Matched) -> bool:
    """False where a claim has something begin at an amount that is a length of time in every place."""
    if item.quantity.dimension != "[time]" or not _FROM.match(claim.text, item.quantity.end):
        return True
    return any(_FROM_THERE.match(o.place.statement.text, o.quantity.end) for o in item.places)


def ends_there(claim: Claim, item: Matched) -> bool:
    """False where a claim has something go on until an amount at which it begins in every place."""
    q = item.quantity
    until = _UNTIL.match(claim.text, q.end) or _UNTIL_BEFORE.search(claim.text[: q.start])
    # "No reflux until 70 °C" says by a denial what "reflux from 70 °C" says.
    if not until or denials(claim.text):
        return True
    return not all(_begins(o) for o in item.places)


def _begins(occurrence: Occurrence) -> bool:
    text, q = occurrence.place.statement.text, occurrence.quantity
    if denials(text) or _UNTIL.match(text, q.end) or _UNTIL_BEFORE.search(text[: q.start]):
        return False
    return bool(_ONCE.match(text, q.end) or _ONCE_BEFORE.search(text[: q.start]))
