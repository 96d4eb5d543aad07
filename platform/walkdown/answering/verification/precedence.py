"""Which comes first: `steam first, then air` does not stand where the passage has the air first.

Both are named in both sentences, and no step is numbered. In Korean what comes first stands before `먼저`; what is
compared with it (`진공펌프보다 먼저`) comes later.
"""

import re
from collections.abc import Sequence

from walkdown.answering.verification.grounding import content_words, share_held
from walkdown.answering.verification.outcome import failed, passed, skipped
from walkdown.answering.verification.reading import Cited
from walkdown.answering.verification.statements import clauses
from walkdown.documents import Check, Claim
from walkdown.text.held_words import PARTICLE
from walkdown.text.languages import detect_language, normalise

_FIRST = re.compile(
    r"(?P<first>[가-힣A-Za-z0-9-]+?)(?:부터|[은는이가을를])?\s(?:[가-힣A-Za-z0-9-]+보다\s)?"
    r"(?:(?:반드시|꼭|항상|무조건)\s)?(?:먼저|우선)(?![가-힣])"
)
_FROM = re.compile(r"(?P<first>[가-힣A-Za-z0-9-]{2,})부터(?![가-힣])")
_NAMED = 2


def check_precedence(claim: Claim, cited: Cited) -> Check:
    """What a claim has come first does so in the passage, where that has something else first and names it as well."""
    if " | " in claim.text or not _firsts(claim.text):
        return skipped("precedence", "nothing_ordered")
    for part in clauses(claim.text):
        for mine in _firsts(part.text):
            theirs = _first_there(part.text, mine, cited)
            if theirs and _names(claim.text, theirs):
                return failed("precedence", "other_first", claimed=mine, stated=theirs)
    return passed("precedence")


def _first_there(clause: str, mine: str, cited: Cited) -> str:
    """What comes first in the clause of the passage that tells of the same, where that is something else."""
    found: list[tuple[float, str]] = []
    said = [w for w in content_words(clause) if not _is_among(PARTICLE.sub("", w), [mine])]
    prose = [p.statement.text for p in cited.places if p.statement.kind != "row"]
    for part in (c.text for text in prose for c in clauses(text)):
        share = share_held(said, [part], detect_language(clause)) if said else 1.0
        found += [(share, theirs) for theirs in _firsts(part)]
    best = max((share for share, _ in found), default=0.0)
    near = [theirs for share, theirs in found if share == best]
    named = any(_names(text, mine) for text in prose)
    return near[0] if near and named and not any(_is_among(mine, [t]) for t in near) else ""


def _firsts(text: str) -> list[str]:
    text = normalise(text)
    found = [m["first"] for m in _FIRST.finditer(text)] or [m["first"] for m in _FROM.finditer(text)]
    # Behind a bracket stands the particle alone.
    return [PARTICLE.sub("", word) for word in found if len(word) > 1]


def _is_among(word: str, others: Sequence[str]) -> bool:
    return any(word.endswith(other) or other.endswith(word) for other in others)


def _names(text: str, word: str) -> bool:
    return word[-_NAMED:] in "".join(normalise(text).split())
