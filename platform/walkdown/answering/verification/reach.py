"""What a sentence says of one of its amounts: its clause, what follows from it, and the subject it takes over.

"If purity falls below 95 % it alarms, below 90 % the machine is stopped" has two amounts of one subject, and what
happens at each stands in the clause behind it. By the clause alone, the second has no subject and neither has a
consequence.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from walkdown.answering.verification.statements import Part, clauses
from walkdown.text.function_words import FUNCTION_WORDS
from walkdown.text.quantities import Quantity

_CONDITION = re.compile(
    r"^\s*(?:and |or |but )?(?:if|when|whenever|once|unless|where|while|should)\b|^\s*(?:단,?|다만,?)\s"
    r"|[가-힣](?:면|때|때는|때에|경우|경우에|경우에는|경우는|시|시에)\s*$",
    re.IGNORECASE,
)
_WORD = re.compile(r"[가-힣]{2,}|[A-Za-z]{3,}")
_LINKING = re.compile(
    r"^(?:에서|에는|부터|까지|그리고|또는|또한|이때|만약|만일|다시|약|최대|최소|over|above|below|under|about)$"
)


class Reach(NamedTuple):
    """The clauses that speak of an amount, and the words before the sentence's first one where it takes them over."""

    start: int
    end: int
    topic: str = ""


def _holds(part: Part, amounts: Sequence[Quantity]) -> bool:
    return any(part.start <= q.start < part.end for q in amounts)


def _speaks(text: str) -> bool:
    """True when a text holds a word that may be a subject."""
    words = (w.lower() for w in _WORD.findall(text))
    return any(w not in FUNCTION_WORDS and not _LINKING.match(w) for w in words)


def reach(text: str, position: int, amounts: Sequence[Quantity]) -> Reach:
    """How far a sentence speaks of the amount at `position`. Characters in `text`; `amounts` are all that it holds.

    A clause without an amount belongs to the amount before it, which it follows from; before the first amount, and
    where it is itself a condition, to the one behind it.
    """
    parts = clauses(text)
    own = next((i for i, p in enumerate(parts) if p.start <= position < p.end), None)
    if own is None:
        return Reach(0, len(text))
    held = [_holds(p, amounts) for p in parts]
    first = last = own
    while first > 0 and not held[first - 1] and (not any(held[:first]) or _CONDITION.search(parts[first - 1].text)):
        first -= 1
    while last + 1 < len(parts) and not held[last + 1] and not _leads_on(parts, held, last + 1):
        last += 1
    before = text[parts[own].start : position]
    opening = min((q.start for q in amounts), default=position)
    takes_over = first > 0 and opening < position and first == own and not _speaks(before)
    return Reach(parts[first].start, parts[last].end, text[:opening] if takes_over else "")


def _leads_on(parts: Sequence[Part], held: Sequence[bool], i: int) -> bool:
    """True for a condition whose amount stands in a later clause: it opens the next thing said."""
    return bool(_CONDITION.search(parts[i].text)) and any(held[i + 1 :])


def said_of(text: str, position: int, amounts: Sequence[Quantity]) -> str:
    """The words of a sentence that speak of the amount at `position`."""
    found = reach(text, position, amounts)
    said = text[found.start : found.end]
    return f"{found.topic.strip()} {said.strip()}" if found.topic else said
