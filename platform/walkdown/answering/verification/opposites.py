"""No word is put for its opposite: `open` for `close`, `alarm` for `trip`, `before` for `after`."""

import re
from collections.abc import Sequence

from walkdown.answering.verification.denials import COMPLEMENTARY, denials
from walkdown.answering.verification.meaning import Basis
from walkdown.answering.verification.outcome import failed, passed, skipped
from walkdown.answering.verification.reader import TELLING
from walkdown.answering.verification.reading import Cited, Matched, about_at, clause_at
from walkdown.documents import Check, Claim
from walkdown.text.concepts import sides, words_of

_LOOSE_PAIRS = (
    "and/or", "first/last", "slow/fast", "gas/liquid", "all/any", "add/remove", "high/low", "must/may",
    "normal/abnormal", "warm/standby", "local/remote", "accept/reject", "before/after", "go on/stop",
)  # fmt: skip
"""Pairs whose words have other senses: they count between clauses that say nearly the same only."""
_NEARLY = 0.8
_ACTS = ("start/stop", "open/close")
_SHARPEST = "alarm/trip"
_SHARP = (_SHARPEST, "high-high/low-low")
"""Pairs of which a clause of prose tells as much as a heading does."""


def _side_told(name: str, text: str) -> str | None:
    """The side of a pair that a text tells; of one that is complementary a denial turns it round.

    Where a text has several, none can tell which of them is denied.
    """
    told = sides(text)
    side = told.get(name)
    alone = [n for n in COMPLEMENTARY if n in told] == [name]
    # `금지` is itself one side of a pair, and a denial.
    bare = text.replace(words_of(name, side, text), " ") if side in ("left", "right") else text
    if alone and side in ("left", "right") and denials(bare) % 2:
        return "right" if side == "left" else "left"
    return side


_LEVEL = re.compile(r"(?<![A-Za-z])(?:HH|H|LL|L)\s?:")
"""A cell that tells of levels: `H: start 21-P-52B / HH: trip` has alarm and trip."""


def check_opposites(claim: Claim, cited: Cited, basis: Basis, matched: Sequence[Matched] = ()) -> Check:
    """No word is put for its opposite: `open` for `close`, `alarm` for `trip`, `before` for `after`."""
    wrong = next((w for item in matched if (w := _under_opposite(claim, item))), None)
    if wrong is not None:
        return wrong
    parts = [o.part for item in matched for o in item.places]
    told = {sides(f"{p.label} {p.text}").get(_SHARPEST) for p in parts}
    for part, near, share in basis.pairs:
        for name in sides(part.text):
            side = _side_told(name, part.text) or "both"
            if side == "both" or (name in _LOOSE_PAIRS and share < _NEARLY):
                continue
            # "It trips when above 1.0" has its amount in the other clause, and that has told.
            if name == _SHARPEST and side in told:
                continue
            # What is not started is not said to be started.
            if name in _ACTS and denials(part.text) % 2:
                continue
            if name == _SHARPEST and any(_LEVEL.search(p.text) for p in near):
                continue
            there = [_side_told(name, f"{p.label} {p.text}") for p in near]
            if there and all(s not in (None, side, "both") for s in there):
                return _opposite(name, side, part.text, near[0].text)
    if turned := _turned_as_a_whole(claim, cited, basis):
        return turned
    return passed("opposites") if sides(claim.text) else skipped("opposites", "no_opposite")


def _turned_as_a_whole(claim: Claim, cited: Cited, basis: Basis) -> Check | None:
    """Where every statement that carries a claim, with what stands above it, has only the other word of a pair."""
    texts = [f"{cited.reader.context(p.evidence)}\n{p.statement.text}" for p in basis.carriers]
    for name in sides(claim.text):
        if name in _ACTS and denials(claim.text) % 2:
            continue
        side = _side_told(name, claim.text) or "both"
        told = side != "both" and name not in _LOOSE_PAIRS
        if texts and told and all(_side_told(name, t) not in (None, side, "both") for t in texts):
            return _opposite(name, side, claim.text, basis.carriers[0].statement.text)
    return None


def _under_opposite(claim: Claim, item: Matched) -> Check | None:
    """A trip that stands under `Alarm` in a table, whether or not the row has another amount under `Trip`.

    In prose a clause tells as much of alarm and trip alone ("above 0.5 µS/cm alarm, 1.0 µS/cm trip").
    """
    places = [o.part for o in item.places]
    if not places:
        return None
    own, around = (at(claim.text, item.quantity.start) for at in (clause_at, about_at))
    for name, side in {**sides(around), **sides(own)}.items():
        if side == "both" or name not in TELLING or not (name in _SHARP or all(p.label for p in places)):
            continue
        there = [sides(f"{p.label} {p.text}").get(name) for p in places]
        if all(s not in (None, side, "both") for s in there):
            said = own if name in sides(own) else around
            return _opposite(name, side, said, f"{places[0].label} {places[0].text}")
    return None


def _opposite(name: str, side: str, claim: str, passage: str) -> Check:
    other = "right" if side == "left" else "left"
    there, here = words_of(name, other, passage), words_of(name, side, claim)
    return failed("opposites", "opposite", stated=there or name, claimed=here)
