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
from walkdown.answering.verification.past import HISTORY, OLD, outdated, tells_past
from walkdown.answering.verification.reader import Reader
from walkdown.answering.verification.reading import Cited, Matched, Place
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
_CHANGED_TO = re.compile(
    r"\s*(?:(?:was|were|is|has been|have been)\s)?(?:changed|revised|amended|reduced|lowered|raised|increased|"
    r"decreased|extended|shortened|tightened|relaxed|corrected|cut)\s(?:down |up )?to\s*|"
    r"\s*(?:改为|改成|调整为|修改为|变更为|提高到|降低到|缩短为|延长为)\s*|"
    r"\s*(?:se )?(?:cambi[oó]|pas[oó]|pasa|reduj?o|baj[oó]|subi[oó])\s(?:de .{0,20})?a\s*",
    re.IGNORECASE,
)
_JA_FROM, _JA_TO = re.compile(r"\s?から\s?"), re.compile(r"\s?(?:に|へ)\s?(?:変更|改訂|改定|修正|短縮|延長|引き)")
_ES_FROM, _ES_TO = re.compile(r"\bde\s$", re.IGNORECASE), re.compile(r"\sa\s", re.IGNORECASE)
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


def changes_in(text: str, reader: Reader, *, history: bool = False) -> Iterator[Change]:
    """The values that a text says were changed, with what they were changed to; `history`: it lists changes."""
    quantities = reader.quantities(text)
    stated = [(a, b) for a, b in pairwise(quantities) if a.dimension == b.dimension and _is_change(text, a, b)]
    if history:
        beside = [(a, b) for a, b in pairwise(quantities) if a.dimension == b.dimension and _lists(text, a, b)]
        # `3.50 to 3.70 changed to 3.45 to 3.65` are ranges.
        told = {_item(text, a.start) for a, _ in stated}
        stated += [(a, b) for a, b in beside if _item(text, a.start) not in told]
    for one, other in stated:
        yield Change(one, other, history or _REVISION.search(text) is not None)


def _is_change(text: str, one: Quantity, other: Quantity) -> bool:
    """True where a text says in words, or by an arrow, that the one became the other."""
    before, between, after = text[: one.start], text[one.end : other.start], text[other.end :]
    return bool(
        (_FROM.search(before) and _TO.fullmatch(between))
        or (_ES_FROM.search(before) and _ES_TO.fullmatch(between))
        or (_KO_FROM.fullmatch(between) and _KO_TO.match(after))
        or (_KO_WAS.fullmatch(between) and _KO_CHANGED.match(after))
        or (_JA_FROM.fullmatch(between) and _JA_TO.match(after))
        or _CHANGED_TO.fullmatch(between)
        or _ARROW.fullmatch(between)
    )


def _item(text: str, position: int) -> int:
    """Which of the items of a list of changes, parted by semicolons, a position is in."""
    return text.count(";", 0, position)


def _lists(text: str, one: Quantity, other: Quantity) -> bool:
    return _TO.fullmatch(text[one.end : other.start]) is not None


def _changes(place: Place, reader: Reader) -> list[Change]:
    """What a statement of a passage says was changed, by its words or by what stands above it."""
    labels = (part.label for part in place.statement.parts if place.statement.kind == "row")
    above = (*place.evidence.chunk.heading_path[-1:], *labels)
    return list(changes_in(place.statement.text, reader, history=any(map(HISTORY.search, above))))


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
        for change in _changes(place, cited.reader):
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
        old = [change.old for change in _changes(other, reader)]
        stated = [q for q in reader.quantities(other.statement.text) if q not in old]
        # The 12 of a date is no 12 h.
        if any(same_quantity(q, s) and bool(q.unit) == bool(s.unit) for q in said for s in stated):
            return True
    return False
