"""By how much, or to what: a flow cut by 20 % is not one cut to 20 %; and 30 minutes before is not 30 minutes after.

The amount is the same and so is the verb; only the preposition, or the particle, tells.
"""

import re
from collections.abc import Sequence

from walkdown.answering.verification.outcome import failed, passed, skipped
from walkdown.answering.verification.reading import Matched
from walkdown.documents import Check, Claim
from walkdown.text.languages import normalise
from walkdown.text.quantities import Quantity

_VERB = r"(?:cut|cuts|cutting|reduc\w+|lower\w*|decreas\w+|increas\w+|rais\w+|drop\w*|throttl\w+|trim\w*|ramp\w*)\b"
_EN_BY = re.compile(rf"\b{_VERB}[^.;|]{{0,50}}?\bby\s+(?:about\s+|at most\s+|up to\s+)?$", re.IGNORECASE)
_EN_TO = re.compile(rf"\b{_VERB}[^.;|]{{0,50}}?\bto\s+(?:about\s+|at most\s+|below\s+|under\s+)?$", re.IGNORECASE)
_KO_VERB = r"(?:줄[이인여]|낮[추춘춰]|올[리린려]|높[이인여]|내[리린려]|감[소발량]|증[가량])"
_KO_BY = re.compile(rf"\s?(?:만큼|씩|정도)?\s?{_KO_VERB}")
_KO_TO = re.compile(rf"\s?(?:으로|로|까지)\s?{_KO_VERB}")


def way_of(text: str, quantity: Quantity) -> str:
    """`by`, `to`, or nothing, of an amount that something is changed by or to."""
    text = normalise(text)
    before, after = text[: quantity.outer_start], text[quantity.outer_end :]
    for way, english, korean in (("to", _EN_TO, _KO_TO), ("by", _EN_BY, _KO_BY)):
        if english.search(before) or korean.match(after):
            return way
    return ""


_BEFORE = re.compile(
    r"\s?전(?:에|까지|부터|$|[\s,.])|\s?(?:before|prior to|earlier than)\b|\s?(?:之?前|前に)", re.IGNORECASE
)
_AFTER = re.compile(
    r"\s?(?:후|뒤)(?:에|부터|$|[\s,.])|\s?(?:이상\s)?지[나난]|\s?(?:after|past)\b|\s?(?:之?后|後)|\s?더\s",
    re.IGNORECASE,
)
_BEFORE_IT = re.compile(r"[가-힣] ?(?<!직)전(?:에)?\s?$")
_AFTER_IT = re.compile(r"[가-힣] ?(?:후|뒤)(?:에)?\s?$")


def _side_of(text: str, quantity: Quantity) -> str:
    """`before`, `after`, or nothing, of a length of time: `30분 전에`, `정지 후 30분`."""
    text = normalise(text)
    before, after = text[: quantity.outer_start], text[quantity.outer_end :]
    if _AFTER_IT.search(before) or _AFTER.match(after):
        return "after"
    return "before" if _BEFORE_IT.search(before) or _BEFORE.match(after) else ""


def _turned_in_time(claim: Claim, item: Matched) -> bool:
    """True for a length of time before something where all places have it after, or the other way round."""
    said = _side_of(claim.text, item.quantity) if item.quantity.dimension == "[time]" else ""
    told = {_side_of(o.place.statement.text, o.quantity) for o in item.places} if said else set()
    return bool(told) and "" not in told and said not in told


def check_by_or_to(claim: Claim, matched: Sequence[Matched]) -> Check:
    """An amount by which something is changed is not given as what it is changed to, nor the other way round."""
    compared = False
    for item in matched:
        if _turned_in_time(claim, item):
            return failed("by_or_to", "before_or_after", amount=item.quantity.text)
        said = way_of(claim.text, item.quantity)
        told = {way_of(o.place.statement.text, o.quantity) for o in item.places} if said else set()
        compared = compared or bool(told - {""})
        if said and told and "" not in told and said not in told:
            code = failed("by_or_to", "changed_by", amount=item.quantity.text)
            return code if "by" in told else failed("by_or_to", "changed_to", amount=item.quantity.text)
    return passed("by_or_to") if compared else skipped("by_or_to", "nothing_changed_by")
