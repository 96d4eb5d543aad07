"""The row, and the column, of the code that a claim names: what stands beside B-10 is not said of B-08.

A pack's grammar knows the tags of equipment; batches (`24-031`), buffers (`B-08`) and sampling points are codes as
well, and a table has a row or a column for each. What a claim says beside a code stands in one that has it.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from walkdown.answering.verification.outcome import failed, passed, skipped
from walkdown.answering.verification.reading import Cited, Matched, Occurrence, Place, told_of
from walkdown.documents import Check, Claim
from walkdown.text.languages import detect_language, normalise

_CODE = re.compile(
    r"(?<![A-Za-z0-9.-])(?=[A-Za-z-]*\d)(?:[A-Z]{1,5}-?[A-Z]?\d{1,5}[A-Z]?|\d{2,4}-\d{3,4}|[A-Z]{1,5}\d{2}-\d{2,4})"
    r"(?![A-Za-z0-9-])"
)
_RANGE = re.compile(r"([A-Z]{1,5}-?)(\d{1,4})\s?(?:~|–|to|에서|부터|至|から|a)\s?\1?(\d{1,4})(?![A-Za-z0-9])")
_MOST = 50
"""Codes that a range may span."""
_ALL, _FEW = 0.8, 0.34
"""Shares of a claim's own words, by weight: at least the first in another row, at most the second in the own one."""
_FEWEST, _STEM = 2, 6


class _Row(NamedTuple):
    """A line of a table with the codes of the cell that tells it from the others, and the rest of it."""

    place: Place
    codes: frozenset[str]
    said: str


def check_coded(claim: Claim, matched: Sequence[Matched], cited: Cited, question: str) -> Check:
    """What a claim says of a code stands in the row, and under the heading, that have the code."""
    if " | " in claim.text:
        return skipped("coded", "no_row")
    if (under := _of_other_column(claim, matched, cited)) is not None:
        cell, label = under
        return failed("coded", "other_column_amount", amount=cell.quantity.text, stated=cell.part.label, claimed=label)
    named = _codes(claim.text) or _codes(question)
    rows = list(_rows(cited)) if named else []
    own = [r for r in rows if r.codes & named]
    kinds = {_kind(c) for r in own for c in r.codes & named}
    others = [r for r in rows if r.codes and not r.codes & named and {_kind(c) for c in r.codes} & kinds]
    if not own or not others:
        return skipped("coded", "no_row")
    for found in (_foreign_amount(matched, own, others), _foreign_words(claim, question, named, others, cited)):
        if found is not None:
            return failed("coded", "of_other_row", what=found[0], row=", ".join(sorted(found[1].codes)[:2]))
    return passed("coded")


def _codes(text: str) -> frozenset[str]:
    """Codes of a text without their hyphens; those of `B-10 to B-12` all."""
    text = normalise(text)
    found = {_plain(m.group()) for m in _CODE.finditer(text)}
    for match in _RANGE.finditer(text):
        first, last = int(match[2]), int(match[3])
        if 0 < last - first <= _MOST:
            found |= {_plain(f"{match[1]}{n:0{len(match[2])}d}") for n in range(first, last + 1)}
    return frozenset(found)


def _plain(code: str) -> str:
    return code.upper() if code[0].isdigit() else code.upper().replace("-", "")


def _kind(code: str) -> str:
    return re.sub(r"\d", "0", code) if code[0].isdigit() else re.split(r"\d", code, maxsplit=1)[0]


def _rows(cited: Cited) -> Iterator[_Row]:
    """The rows of tables by the codes of their first cell, and lines `name: value` by those of their names."""
    for place in cited.places:
        text, parts = place.statement.text, place.statement.parts
        if place.statement.kind == "row" and len(parts) > 1:
            yield _Row(place, _codes(parts[0].text), " | ".join(p.text for p in parts[1:]))
        elif place.statement.kind != "step" and ": " in text:
            name, _, value = text.partition(": ")
            yield _Row(place, _codes(name), value)


def _foreign_amount(matched: Sequence[Matched], own: Sequence[_Row], others: Sequence[_Row]) -> tuple[str, _Row] | None:
    """An amount that stands in rows of other codes only, while the own row has another of its kind."""
    by_place = {id(r.place): r for r in others}
    for item in matched:
        if not item.quantity.unit or not item.places or not all(id(o.place) in by_place for o in item.places):
            continue
        labels = {o.part.label for o in item.places}
        beside = [p for r in own for p in r.place.statement.parts if p.label in labels and re.search(r"\d", p.text)]
        if beside:
            return item.quantity.text, by_place[id(item.places[0].place)]
    return None


def _foreign_words(
    claim: Claim, question: str, named: frozenset[str], others: Sequence[_Row], cited: Cited
) -> tuple[str, _Row] | None:
    """What a claim says beyond the question where the row of another code says it, and nothing else does."""
    features = cited.reader.features
    asked = frozenset(f for f in features(question) if f.isalpha())
    # `released` says no more than the `release` that is asked about.
    begun = {f[:_STEM] for f in asked}
    words = frozenset(f for f in features(claim.text) if f.isalpha() and f[:_STEM] not in begun)
    if len(words) < _FEWEST:
        return None
    lines = [p.statement.text for p in cited.places if not any(p is r.place for r in others)]
    rest = [text for text in lines if _codes(text) & named or cited.share(asked, text) >= _FEW]
    if max((cited.share(words, text) for text in rest), default=0.0) > _FEW:
        return None
    language = detect_language(claim.text)
    same = [r for r in others if detect_language(r.place.statement.text) == language]
    holding = next((r for r in same if cited.share(words, r.said) >= _ALL), None)
    return (" ".join(claim.text.split()), holding) if holding else None


def _of_other_column(claim: Claim, matched: Sequence[Matched], cited: Cited) -> tuple[Occurrence, str] | None:
    """An amount under headings that lack the code of its clause, and the heading of its row that has it."""
    for item in matched:
        named = _codes(told_of(claim.text, item.quantity, cited.reader))
        cells = [o for o in item.places if o.place.statement.kind == "row" and o.part.label]
        if not named or not cells or len(cells) < len(item.places):
            continue
        found = [(o, _heading(o, named)) for o in cells]
        if all(label for _, label in found):
            return found[0]
    return None


def _heading(own: Occurrence, named: frozenset[str]) -> str:
    """The heading of another cell of the row that alone has a code of the clause, where the own one has none of it."""
    if _codes(own.part.label) & named:
        return ""
    parts = [p for p in own.place.statement.parts if p.label and p != own.part and _codes(p.label) & named]
    return parts[0].label if len(parts) == 1 and _codes(own.part.label) else ""
