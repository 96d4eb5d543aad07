"""Which comes first: `steam first, then air` does not stand where the passage has the air first.

Both are named in both sentences, and no step is numbered. In Korean what comes first stands before `먼저`; what is
compared with it (`진공펌프보다 먼저`) comes later.
"""

import re
from collections.abc import Sequence

from walkdown.answering.verification.outcome import failed, passed, skipped
from walkdown.answering.verification.reading import Cited
from walkdown.documents import Check, Claim
from walkdown.text.held_words import PARTICLE
from walkdown.text.languages import normalise

_FIRST = re.compile(
    r"(?P<first>[가-힣A-Za-z0-9-]+?)(?:부터|[은는이가을를])?\s(?:(?P<later>[가-힣A-Za-z0-9-]+)보다\s)?(?:먼저|우선)(?![가-힣])"
)
_FROM = re.compile(r"(?P<first>[가-힣A-Za-z0-9-]{2,})부터(?![가-힣])")
_NAMED = 2


def check_precedence(claim: Claim, cited: Cited) -> Check:
    """What a claim has come first does so in the passage, where that has something else first and names it as well."""
    mine = _firsts(claim.text)
    if not mine or " | " in claim.text:
        return skipped("precedence", "nothing_ordered")
    for place in cited.places:
        text = place.statement.text
        theirs = _firsts(text)
        if not theirs or place.statement.kind == "row":
            continue
        wrong = next((word for word in mine if not _is_among(word, theirs) and _names(text, word)), None)
        # "Air first" and "steam last" name the same two.
        if wrong is not None and all(_names(claim.text, word) for word in theirs):
            return failed("precedence", "other_first", claimed=wrong, stated=theirs[0])
    return passed("precedence")


def _firsts(text: str) -> list[str]:
    found = [m["first"] for m in _FIRST.finditer(normalise(text))] or [
        m["first"] for m in _FROM.finditer(normalise(text))
    ]
    return [PARTICLE.sub("", word) for word in found]


def _is_among(word: str, others: Sequence[str]) -> bool:
    return any(word.endswith(other) or other.endswith(word) for other in others)


def _names(text: str, word: str) -> bool:
    return word[-_NAMED:] in "".join(normalise(text).split())
