"""What a limit was before a change is not what it is now: `lowered from 15 to 10 minutes`.

Both values stand in the same sentence, so every other check finds either of them where it should be. Which one is
meant is told by the question: `before`, `old`, `개정 전`, or the value that holds now, which is what is asked where the
question says nothing of time.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from walkdown.answering.verification.outcome import failed, passed, skipped
from walkdown.answering.verification.past import OLD, outdated, tells_past
from walkdown.answering.verification.reading import Cited, Matched, Place, Reader
from walkdown.documents import Check, Claim
from walkdown.text.quantities import Quantity, same_quantity

_FROM = re.compile(r"\bfrom\s+(?:about\s+)?$", re.IGNORECASE)
_TO = re.compile(r"\s*(?:(?:down |up )?to|→|->|=>|⇒)\s*", re.IGNORECASE)
_ARROW = re.compile(r"\s*(?:→|->|=>|⇒)\s*")
_KO_FROM = re.compile(r"\s?에서\s+")
_KO_TO = re.compile(r"\s?(?:으로|로)(?![가-힣]*\s?(?:시작|흐르|보내))")
_KO_WAS = re.compile(r"\s?(?:[은는이가을를]|에서)\s[^\d|.]{0,30}")
_KO_CHANGED = re.compile(
    r"\s?(?:으로|로)\s?(?:변경|개정|수정|조정|상향|하향|강화|완화|낮[추췄춤]|높[이였임]|바[꾸뀌꿨뀜])"
)
_NEW = re.compile(
    r"\b(?:now|current(?:ly)?|new|today|after|since|nowadays)\b|지금|현재|요즘|새로|바뀐|(?:개정|변경|수정)\s?(?:후|뒤)|이후",
    re.IGNORECASE,
)
_REVISION = re.compile(r"개정|변경|수정|\brevis|\brev\.?\s?\d|\bchange[ds]?\b|\bMOC\b", re.IGNORECASE)
"""A sentence that tells of a change to a document; a temperature lowered in a step is none."""


class Change(NamedTuple):
    """A value as it was and as it is."""

    old: Quantity
    new: Quantity
    of_document: bool


def changes_in(text: str, reader: Reader) -> Iterator[Change]:
    """The values that a text says were changed, with what they were changed to."""
    quantities = reader.quantities(text)
    for one, other in pairwise(quantities):
        between = text[one.end : other.start]
        english = _FROM.search(text[: one.start]) and _TO.fullmatch(between)
        korean = _KO_FROM.fullmatch(between) and _KO_TO.match(text[other.end :])
        korean = korean or (_KO_WAS.fullmatch(between) and _KO_CHANGED.match(text[other.end :]))
        if (english or korean or _ARROW.fullmatch(between)) and one.dimension == other.dimension:
            yield Change(one, other, _REVISION.search(text) is not None)


def check_changed(
    question: str, claim: Claim, cited: Cited, revision_asked: bool, matched: Sequence[Matched] = ()
) -> Check:
    """A claim that gives one side of a change gives the side that is asked for."""
    old, new = bool(OLD.search(question)), bool(_NEW.search(question))
    if not old and not revision_asked and (item := outdated(claim, matched)) is not None:
        return failed("changed", "was_before", amount=item.quantity.text)
    said = [q for q in cited.reader.quantities(claim.text) if q.unit]
    if (old and new) or not said:
        return skipped("changed", "no_change_asked")
    compared = False
    for place in cited.places:
        for change in changes_in(place.statement.text, cited.reader):
            was, is_now = (any(same_quantity(q, side) for q in said) for side in (change.old, change.new))
            was = was and not all(tells_past(claim.text, q.start) for q in said if same_quantity(q, change.old))
            if was == is_now:
                continue
            compared = True
            if old and is_now:
                return failed("changed", "changed_since", new=change.new.text, old=change.old.text)
            holds = new or (change.of_document and not revision_asked)
            if not old and holds and was and not _elsewhere([change.old], place, cited.places, cited.reader):
                return failed("changed", "no_longer", old=change.old.text, new=change.new.text)
    return passed("changed") if compared else skipped("changed", "no_change")


def _elsewhere(said: Sequence[Quantity], place: Place, places: Sequence[Place], reader: Reader) -> bool:
    """True where another statement holds an amount of the claim outside a change."""
    for other in places:
        if other == place:
            continue
        old = [change.old for change in changes_in(other.statement.text, reader)]
        stated = [q for q in reader.quantities(other.statement.text) if q not in old]
        if any(same_quantity(q, s) for q in said for s in stated):
            return True
    return False
