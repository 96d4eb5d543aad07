"""That two things are the same, or one is more than the other, is held against the values of both.

"The barrier pressures of P-411A and P-411B are the same" holds no amount, and every word of it stands in the table that
gives 2.8 and 3.2 barg. So the cells of the two are looked up under the heading that the claim names and compared. A
comparison that neither cells nor a sentence of the passage show is not taken from the model.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from walkdown.answering.verification.outcome import failed, passed, skipped
from walkdown.answering.verification.reading import Cited, Place
from walkdown.answering.verification.statements import value_of_cell
from walkdown.documents import Check, Claim
from walkdown.text.labels import find_labels
from walkdown.text.quantities import find_quantities

_DIFFERENT = re.compile(
    r"다르|다릅|달라|상이|같지\s?않|동일하지\s?않|\bdiffer(?:s|ent|ently)?\b|\bnot (?:the )?(?:same|equal|identical)\b"
    r"|不同|不一样|異な|違[いう]|\bdistint[oa]s?\b|\bdiferentes?\b",
    re.IGNORECASE,
)
_SAME = re.compile(
    r"같(?:다|습|은|아|고|으|음)|동일|\b(?:the )?same\b|\bequal\b|\bidentical\b|相同|一样|一致|同じ|"
    r"\b(?:mism[oa]s?|iguale?s?)\b",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"보다[^.,]{0,30}?\s?(?:높|크|큽|커|많|길|깁|빠르|빠릅)|\b(?:higher|greater|larger|longer|more|faster) than\b",
    re.IGNORECASE,
)
_LESS = re.compile(
    r"보다[^.,]{0,30}?\s?(?:낮|작|적|짧|느리|느립)|\b(?:lower|less|smaller|shorter|fewer|slower) than\b", re.IGNORECASE
)
_NAMED = 0.5
"""Share of a heading's words that a claim must hold to speak of it."""
_SAID_THERE = 0.8
"""Share of a claim's words, by weight, that a sentence must hold to say the same."""


class Thing(NamedTuple):
    """One of the things compared: its name, and by heading its value and the share of the heading that is named."""

    name: str
    cells: dict[str, tuple[str, float]]


def check_sameness(claim: Claim, cited: Cited, carriers: Sequence[Place]) -> Check:
    """Two tags or units that a claim calls the same, different, or one more than the other, are so in the passages."""
    said = _said(claim.text)
    names = _names(claim, cited)
    if not said or len(names) != 2:
        return skipped("sameness", "nothing_compared")
    if any(_shown(claim, said, names, place.statement.text, cited) for place in carriers):
        return passed("sameness")
    first, second = (Thing(name, dict(_cells_of(name, claim, cited))) for name in names)
    shared = [label for label in first.cells if label in second.cells]
    if not shared:
        return failed("sameness", "not_compared", what=", ".join(names))
    # Of the headings that share words with the claim, those that share most.
    most = max(first.cells[label][1] for label in shared)
    shared = [label for label in shared if first.cells[label][1] == most]
    wrong = next((x for x in shared if not _holds(said, first.cells[x][0], second.cells[x][0])), None)
    if wrong is None:
        return passed("sameness")
    told = f"{first.name} {first.cells[wrong][0]}, {second.name} {second.cells[wrong][0]}"
    return failed("sameness", "compared_otherwise", what=told)


def _shown(claim: Claim, said: str, names: Sequence[str], statement: str, cited: Cited) -> bool:
    """True when a sentence compares the two things in the same way and in the claim's words: of what, too."""
    alike = _said(statement) == said and all(_is_of(name, statement, cited) for name in names)
    return alike and cited.share(cited.reader.features(claim.text), statement) >= _SAID_THERE


def _said(text: str) -> str:
    """What a text says of two things: `different`, `same`, `more`, `less`, or nothing."""
    patterns = (("different", _DIFFERENT), ("same", _SAME), ("more", _MORE), ("less", _LESS))
    return next((word for word, pattern in patterns if pattern.search(text)), "")


def _names(claim: Claim, cited: Cited) -> list[str]:
    """The tags of a claim, else its plant units, in the order "A than B"."""
    tags = sorted(cited.reader.tags(claim.text), key=lambda tag: tag.start)
    found = [(tag.normal, tag.end) for tag in tags]
    if not found:
        found = [(f"unit {x.number}", x.end) for x in find_labels(claim.text) if x.kind == "unit"]
    names = list(dict(found))
    reference = re.search(r"\s?보다", claim.text)
    if len(names) == 2 and reference and any(end == reference.start() and n == names[0] for n, end in found):
        names.reverse()
    return names


def _cells_of(name: str, claim: Claim, cited: Cited) -> Iterator[tuple[str, tuple[str, float]]]:
    """The cells of a thing under headings that the claim names; a thing may have a row or a column."""
    for place in cited.places:
        if place.statement.kind != "row":
            continue
        key, *others = place.statement.parts
        for part in others:
            if _is_of(name, part.label, cited):
                heading = value_of_cell(key)
            elif _is_of(name, key.text, cited):
                heading = part.label
            else:
                continue
            if (share := _share_named(claim, heading, cited)) >= _NAMED:
                yield heading, (value_of_cell(part).strip(), share)


def _is_of(name: str, text: str, cited: Cited) -> bool:
    if name.startswith("unit "):
        return any(x.kind == "unit" and f"unit {x.number}" == name for x in find_labels(text))
    return any(tag.normal == name for tag in cited.reader.tags(text))


def _share_named(claim: Claim, heading: str, cited: Cited) -> float:
    """Share of a heading's words that a claim holds; its unit is left out."""
    bare = re.split(r"[,/]\s", re.sub(r"[\[(（].*?[\])）]", " ", heading))[0]
    words = {f for f in cited.reader.features(bare) if f[0] not in "~§#@"}
    return len(words & cited.reader.features(claim.text)) / len(words) if words else 0.0


def _holds(said: str, first: str, second: str) -> bool:
    if said in ("same", "different"):
        return (" ".join(first.split()) == " ".join(second.split())) is (said == "same")
    ours, theirs = find_quantities(first), find_quantities(second)
    if len(ours) != 1 or len(theirs) != 1 or ours[0].dimension != theirs[0].dimension:
        return False
    return ours[0].base > theirs[0].base if said == "more" else ours[0].base < theirs[0].base
