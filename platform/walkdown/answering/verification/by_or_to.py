"""By how much, or to what: a flow cut by 20 % is not one cut to 20 %.

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


def check_by_or_to(claim: Claim, matched: Sequence[Matched]) -> Check:
    """An amount by which something is changed is not given as what it is changed to, nor the other way round."""
    compared = False
    for item in matched:
        said = way_of(claim.text, item.quantity)
        told = {way_of(o.place.statement.text, o.quantity) for o in item.places} if said else set()
        compared = compared or bool(told - {""})
        if said and told and "" not in told and said not in told:
            code = failed("by_or_to", "changed_by", amount=item.quantity.text)
            return code if "by" in told else failed("by_or_to", "changed_to", amount=item.quantity.text)
    return passed("by_or_to") if compared else skipped("by_or_to", "nothing_changed_by")
