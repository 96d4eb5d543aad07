"""Ways to make a right claim wrong, one change at a time; a mutant that may still be right is not made."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from walkdown.answering.verification.denials import denials
from walkdown.answering.verification.relevance import is_bare
from walkdown.answering.verification.statements import Statement, split_statements
from walkdown.documents import Chunk, Claim
from walkdown.text.labels import find_labels
from walkdown.text.languages import normalise
from walkdown.text.quantities import Quantity, find_quantities, same_quantity
from walkdown.text.tags import TagPattern, find_tags
from walkdown.text.units import UNITS, conversion
from walkdown_eval.bench.mutations import swaps
from walkdown_eval.bench.mutations.material import Right

BESIDE = "bare amount of another passage"
"""The kind of mutant that only the question tells from a right answer."""


class Mutant(NamedTuple):
    """A wrong claim: what was done to it, its text, and what it cites; `outdated`: its passage is not in force."""

    kind: str
    text: str
    citations: tuple[int, ...]
    outdated: bool = False


class World(NamedTuple):
    """What mutators may draw on: the pack's tag grammar and the tags of its documents."""

    grammar: Sequence[TagPattern]
    tags: Sequence[str]


Mutator = Callable[[Right, World], Iterator[Mutant]]


def _stated(right: Right) -> list[Quantity]:
    return [q for c in right.cited for q in find_quantities(c.text)]


def _splice(text: str, start: int, end: int, new: str) -> str:
    return f"{text[:start]}{new}{text[end:]}"


def _own_quantities(right: Right, world: World) -> list[Quantity]:
    taken = [(t.start, t.end) for t in find_tags(right.text, world.grammar)]
    taken += [(x.start, x.end) for x in find_labels(right.text)]
    return [q for q in find_quantities(right.text) if not any(a <= q.start and q.end <= b for a, b in taken)]


def numbers(right: Right, world: World) -> Iterator[Mutant]:
    """A nearby number, ten times as much, and a number that stands elsewhere in the passage as another kind."""
    text = normalise(right.text)
    for q in _own_quantities(right, world)[:3]:
        digits = re.match(r"[\d.,]+", text[q.start : q.end])
        if digits is None or re.search(r"[천만억]", q.text):
            continue
        plain = digits.group().replace(",", "").rstrip(".")
        last = str((int(plain[-1]) + 1) % 10 or 2)
        for changed in (plain[:-1] + last, plain + "0" if "." not in plain else plain.replace(".", "")):
            mutated = _splice(text, q.start, q.start + len(digits.group().rstrip(".,")), changed)
            fresh = [x for x in find_quantities(mutated) if x.start == q.start]
            if fresh and float(changed) != q.value and not any(
                bool(s.unit) == bool(fresh[0].unit) and same_quantity(fresh[0], s) for s in _stated(right)
            ):  # fmt: skip
                yield Mutant("number", mutated, right.citations)


def units(right: Right, world: World) -> Iterator[Mutant]:
    """Another unit that is easily confused, and no unit at all."""
    text = normalise(right.text)
    for q in _own_quantities(right, world)[:3]:
        at = text.rfind(q.unit, q.start, q.end) if q.unit else -1
        if at < 0:
            continue
        for other in swaps.CONFUSED.get(q.unit, ()):
            dimension, factor, offset = conversion(other)
            fresh = q._replace(unit=other, base=q.value * factor + offset, dimension=dimension)
            if other in UNITS or "/" in other:
                mutated = _splice(text, at, at + len(q.unit), other)
                if not any(s.unit and same_quantity(fresh, s) for s in _stated(right)):
                    yield Mutant("unit", mutated, right.citations)


def comparators(right: Right, world: World) -> Iterator[Mutant]:
    """A limit turned round."""
    del world
    for old, new in swaps.COMPARATORS:
        pattern = re.compile(rf"(?<![A-Za-z]){re.escape(old)}(?![A-Za-z])", re.IGNORECASE)
        match = pattern.search(right.text)
        if match and any(
            abs(q.start - match.end()) < 25 or abs(match.start() - q.end) < 8 for q in find_quantities(right.text)
        ):
            yield Mutant("comparator", _splice(right.text, match.start(), match.end(), new), right.citations)


def tags(right: Right, world: World) -> Iterator[Mutant]:
    """A tag or document number of another thing, or one digit off."""
    stated = {t.normal for c in right.cited for t in find_tags(f"{c.title}\n{c.document_id}\n{c.text}", world.grammar)}
    for tag in find_tags(right.text, world.grammar)[:2]:
        like = [t for t in world.tags if len(t) == len(tag.text) and t[:3].upper() == tag.text[:3].upper()]
        for other in [t for t in like if re.sub(r"\W", "", t).upper() not in stated][:2]:
            yield Mutant("tag", _splice(right.text, tag.start, tag.end, other), right.citations)


def labels(right: Right, world: World) -> Iterator[Mutant]:
    """Another unit, level or grade."""
    del world
    for label in find_labels(right.text)[:2]:
        if not label.number.isdigit() or label.kind in ("section", "table", "figure", "article"):
            continue
        other = "2" if label.number == "1" else "1"
        span = right.text[label.start : label.end]
        if span.count(label.number) == 1:
            yield Mutant(
                "label", _splice(right.text, label.start, label.end, span.replace(label.number, other)), right.citations
            )


def negations(right: Right, world: World) -> Iterator[Mutant]:
    """A denial dropped, or added."""
    del world
    before = denials(right.text)
    pairs = (swaps.AFFIRM_KO, swaps.DENY_KO) if right.language == "ko" else (swaps.AFFIRM_EN, swaps.DENY_EN)
    for kind, table in zip(("negation dropped", "negation added"), pairs, strict=True):
        for old, new in table:
            if old in right.text and (kind == "negation added" or before):
                mutated = right.text.replace(old, new, 1)
                if denials(mutated) % 2 != before % 2:
                    yield Mutant(kind, mutated, right.citations)
                    break


def opposites(right: Right, world: World) -> Iterator[Mutant]:
    """A word put for its opposite."""
    del world
    made = 0
    for old, new in swaps.OPPOSITES:
        pattern = rf"\b{old}\b" if old.isascii() else re.escape(old)
        match = re.search(pattern, right.text)
        if match and re.match(r" not\b", right.text[match.end() :]) and new == "may":
            continue  # "may not" forbids what "must not" does.
        if match and made < 2 and not re.search(pattern.replace(old, new), right.text):
            made += 1
            yield Mutant("opposite", _splice(right.text, match.start(), match.end(), new), right.citations)


_EXCEPTION = re.compile(
    r",? (?:unless|except|other than)\b[^.;]*|(?:다만|단),? [^.]*\.|[^,.]*(?:제외하고|외에는|경우를 빼고),? ",
    re.IGNORECASE,
)


def exceptions(right: Right, world: World) -> Iterator[Mutant]:
    """An exception left out."""
    del world
    match = _EXCEPTION.search(right.text)
    if match and match.end() - match.start() < 0.7 * len(right.text):
        yield Mutant("exception", _splice(right.text, match.start(), match.end(), "").strip(), right.citations)


def citations(right: Right, world: World) -> Iterator[Mutant]:
    """A passage that was not retrieved, and another one that was."""
    del world
    yield Mutant("citation dangling", right.text, (len(right.evidence) + 3,))
    if right.others:
        yield Mutant("citation of another passage", right.text, (len(right.cited) + 1,))


def beside_the_point(right: Right, world: World) -> Iterator[Mutant]:
    """A bare answer's amount taken from another passage that was retrieved: true there, and of something else."""
    del world
    stated = _stated(right)
    if not right.question or not is_bare(Claim(text=right.text)):
        return
    wanted = find_quantities(right.text)[0].dimension
    for number, chunk in enumerate(right.others, len(right.cited) + 1):
        other = next((q for q in find_quantities(chunk.text) if wanted and q.dimension == wanted), None)
        if other is not None and other.unit in other.text and not any(same_quantity(other, s) for s in stated):
            yield Mutant(BESIDE, other.text, (number,))


def revisions(right: Right, world: World) -> Iterator[Mutant]:
    """A passage no longer in force, and a revision that is not the passage's."""
    del world
    revision = right.cited[0].revision
    if revision:
        yield Mutant("revision outdated", right.text, right.citations, outdated=True)
        wrong = str(int(revision) + 1) if revision.isdigit() else "Z"
        words = f" (개정 {wrong})" if right.language == "ko" else f" (revision {wrong})"
        yield Mutant("revision named", right.text.rstrip(".") + words, right.citations)


def _rows(chunk: Chunk) -> list[Statement]:
    return [s for s in split_statements(normalise(chunk.text)) if s.kind == "row"]


def rows(right: Right, world: World) -> Iterator[Mutant]:
    """The value of another row or of another column."""
    del world
    if right.statement is None or right.statement.kind != "row" or right.form not in ("verbatim", "row"):
        return
    own = {p.label: p.text.split(": ", 1)[-1] for p in right.statement.parts if p.label}
    made = 0
    for row in _rows(right.cited[0]):
        other = {p.label: p.text.split(": ", 1)[-1] for p in row.parts if p.label}
        for label, value in own.items():
            theirs = other.get(label, value)
            if made < 4 and theirs != value and value in right.text and _differ(value, theirs):
                made += 1
                yield Mutant("row swap", right.text.replace(value, theirs, 1), right.citations)
    for a, value in own.items():
        for b, theirs in own.items():
            named = f" {a[0].lower()}{a[1:]} " in right.text or f"의 {a}은" in right.text
            if a < b and named and _differ(value, theirs) and value in right.text and right.form == "row":
                yield Mutant("column swap", right.text.replace(value, theirs, 1), right.citations)


def _differ(value: str, theirs: str) -> bool:
    """True when both hold amounts of one kind that are not the same."""
    a, b = find_quantities(value), find_quantities(theirs)
    return bool(a and b) and a[0].dimension == b[0].dimension and not any(same_quantity(x, y) for x in a for y in b)


MUTATORS: tuple[Mutator, ...] = (
    numbers,
    units,
    comparators,
    tags,
    labels,
    negations,
    opposites,
    exceptions,
    citations,
    revisions,
    rows,
    beside_the_point,
)
