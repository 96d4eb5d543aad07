"""Whose a statement without an amount is: the thing that a claim names is the one of the statement that carries it.

"Bring GT-11 down first" stands, but for its tag, where the passage says so of GT-12 and names GT-11 elsewhere; and a
filter that failed is not the one that passed.
"""

import re
from collections.abc import Iterator, Sequence

from walkdown.answering.verification.denials import denials, denies_first
from walkdown.answering.verification.outcome import failed, passed, skipped
from walkdown.answering.verification.owning import Owner, owners_of
from walkdown.answering.verification.reading import Cited, Matched, Place
from walkdown.answering.verification.saying import saying
from walkdown.answering.verification.statements import clauses
from walkdown.documents import Check, Claim
from walkdown.text.concepts import sides, words_of
from walkdown.text.languages import detect_language

_STATES = ("pass/fail", "open/close", "start/stop", "energise/de-energise", "wet/dry", "hot/cold", "normal/abnormal",
           "connect/disconnect", "lock/unlock", "fill/drain", "first/last")  # fmt: skip
"""Pairs of which one side is a thing's own: this valve open, that one closed."""
_DENIED_WORD = re.compile(r"(?<![가-힣])(?:미|불|비|무)(?P<word>[가-힣]{2,})")


def check_thing(claim: Claim, matched: Sequence[Matched], carriers: Sequence[Place], cited: Cited) -> Check:
    """Each tag or unit of a claim is that of the statement which says the same, where that names others."""
    owners = owners_of(claim.text, cited.reader)
    if " | " in claim.text or not carriers:
        return skipped("thing", "no_tag")
    # "One whose burner was not changed", "not with that one but with this": a denial tells two things apart itself.
    if denials(claim.text) or denies_first(claim.text):
        return skipped("thing", "no_tag")
    # Where an amount of the claim stands beside the thing, no other statement tells of it.
    beside = [_around(o.place, cited) for m in matched if m.quantity.unit for o in m.places]
    for owner in owners:
        if any(owner.name in named for named in beside):
            continue
        if (other := _in_its_place(claim, owner, owners, cited)) is not None:
            return failed("thing", "of_another", claimed=owner.written, stated=other.written)
    return _other_state(claim, cited) or _prefixed(claim, carriers) or passed("thing")


def _in_its_place(claim: Claim, owner: Owner, told: Sequence[Owner], cited: Cited) -> Owner | None:
    """Another thing of its kind, which alone the statements name that hold most of a claim's other words."""
    near = saying([f for f in cited.reader.features(claim.text) if not _is_name(f, told)], cited)
    if any(p.statement.kind == "row" or owner.name in _around(p, cited) for p in near):
        return None
    claimed = {o.name for o in told}
    found = [[o for o in _of_kind(owner, p.statement.text, cited) if o.name not in claimed] for p in near]
    return found[0][0] if found and all(found) else None


def _is_name(feature: str, told: Sequence[Owner]) -> bool:
    plain = "".join(c for c in feature if c.isalnum()).upper()
    return feature[0] in "#§" or any(plain and plain in o.name.replace(" ", "").upper() for o in told)


def _of_kind(owner: Owner, text: str, cited: Cited) -> list[Owner]:
    return [o for o in owners_of(text, cited.reader) if _kind(o) == _kind(owner)]


def _around(place: Place, cited: Cited) -> set[str]:
    """What a statement, the one before it and what stands above it name."""
    before = max(
        (
            p
            for p in cited.places
            if p.evidence.number == place.evidence.number and p.statement.end <= place.statement.start
        ),
        key=lambda p: p.statement.end,
        default=place,
    )
    texts = (place.statement.text, before.statement.text, cited.reader.context(place.evidence))
    return {o.name for text in texts for o in owners_of(text, cited.reader)}


def _kind(owner: Owner) -> str:
    return "".join(c for c in owner.name if c.isalpha())[:5] or owner.name.split()[0]


def _prefixed(claim: Claim, carriers: Sequence[Place]) -> Check | None:
    """The failure of a claim with a word (`개조기`) that its statement has only denied by a prefix (`미개조기`)."""
    said = " ".join(claim.text.split())
    for place in carriers:
        text = place.statement.text
        for match in _DENIED_WORD.finditer(text):
            bare = re.compile(rf"(?<![가-힣]){match['word'][:2]}")
            found = bare.search(said)
            if found and not bare.search(text) and match.group()[:3] not in said:
                return failed("thing", "opposite", stated=match.group(), claimed=said[found.start() :].split()[0])
    return None


def _other_state(claim: Claim, cited: Cited) -> Check | None:
    """The failure of a claim that gives a thing the state which all that is told of it alone turns round."""
    for owner, text in _told_of(claim.text, cited):
        for name, side in sides(text).items():
            if side == "both" or name not in _STATES:
                continue
            alone = [t for p in cited.places for o, t in _told_of(p.statement.text, cited) if o.name == owner.name]
            there = [t for t in alone if sides(t).get(name) not in (None, "both")]
            if there and all(sides(t)[name] != side for t in there):
                stated, claimed = words_of(name, sides(there[0])[name], there[0]), words_of(name, side, text)
                return failed("thing", "other_state", thing=owner.written, stated=stated, claimed=claimed)
    return None


def _told_of(text: str, cited: Cited) -> Iterator[tuple[Owner, str]]:
    """Each thing with what follows it up to the next one, in languages that name a thing before what it does."""
    if detect_language(text) not in ("ko", "ja") or " | " in text:
        return
    for part in clauses(text):
        if not (found := owners_of(part.text, cited.reader)):
            continue
        ends = [o.start for o in found[1:]] + [len(part.text)]
        yield from ((o, part.text[o.start : end]) for o, end in zip(found, ends, strict=True))
