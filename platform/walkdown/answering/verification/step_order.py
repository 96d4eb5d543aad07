"""Two steps that a claim tells one after the other: `A 하고 나서 B` does not stand where B is step 4 and A step 5.

Each side of the order word is given to the numbered step that holds most of its words that any step has; across
languages, of the concepts that glossary and lexicon know.
"""

import re
from collections.abc import Iterator, Sequence

from walkdown.answering.verification.ordering import BEFORE_AFTER
from walkdown.answering.verification.outcome import failed, passed, skipped
from walkdown.answering.verification.reading import Cited
from walkdown.answering.verification.steps import Step, steps_of
from walkdown.documents import Check, Claim
from walkdown.retrieval.naming import names
from walkdown.text.languages import detect_language, normalise

_ORDERS = (
    *BEFORE_AFTER,
    *(
        re.compile(pattern, re.IGNORECASE)
        for pattern in (
            r"(?P<early>[^,;，、。]+?)(?:고\s?나서|(?<=[가-힣])\s(?:뒤|후|다음)(?:에야|에)?)[,\s]+(?P<late>[^,;，、。]+)",
            r"\bonce\s(?P<early>[^,]+),\s(?P<late>[^,;，、。]+)",
            r"(?P<early>[^,;，、。]+?)[,;]?\s(?:and\s)?then\s(?P<late>[^,;，、。]+)",
            r"(?P<early>[^,;，、。]+?)(?:てから|た後に?|たのち)[、\s]*(?P<late>[^,;，、。]+)",
            r"(?P<early>[^,;，、。]+?)(?:之?后|，?然后|，?再)[，\s]*(?P<late>[^,;，、。]+)",
            r"(?P<early>[^,;，、。]+?),?\s(?:y\s)?(?:luego|después)\s(?!de\b)(?P<late>[^,;，、。]+)",
        )
    ),
)
_DENIED = re.compile(
    r"지\s?(?:않|말|마)|안\s?[되된됩돼]|\bnot\b|n't|\bnever\b|不|ません|ない|\bno\b|\bnunca\b", re.IGNORECASE
)
_LONGEST = 400
"""Characters of a sentence that sets two steps in order; to look through text without end takes the square of it."""
_LEAST, _MARGIN = 0.5, 0.15
"""Share that a step must hold, and how much less than the best one at most."""


def check_step_order(claim: Claim, cited: Cited) -> Check:
    """The steps of one list that a claim sets in order are in that order there."""
    text = normalise(claim.text)
    # "Not after" and "do not open it before" tell an order by denying the other one.
    found = [] if " | " in text or _DENIED.search(text) else list(_ordered(text))
    if not found:
        return skipped("step_order", "nothing_ordered")
    for listed in _lists(cited):
        for early, late in found:
            first, then = _steps(early, listed, cited), _steps(late, listed, cited)
            if first and then and min(first) > max(then):
                return failed("step_order", "step_order", step=str(max(then)), earlier=str(min(first)))
    return passed("step_order")


def _ordered(text: str) -> Iterator[tuple[str, str]]:
    if len(text) > _LONGEST:
        return
    match = next((m for pattern in _ORDERS if (m := pattern.search(text))), None)
    if match:
        yield match["early"], match["late"]


def _lists(cited: Cited) -> list[list[Step]]:
    out: dict[tuple[int, int], list[Step]] = {}
    for evidence in cited.evidence:
        for step in steps_of(evidence):
            out.setdefault((step.evidence, step.listed), []).append(step)
    return [steps for steps in out.values() if len(steps) > 1]


def _steps(text: str, steps: Sequence[Step], cited: Cited) -> list[int]:
    """Numbers of the steps that hold most of a text: the best one, and those that hold nearly as much."""
    shares = _shares(text, steps, cited)
    best = max(shares)
    return [s.number for s, share in zip(steps, shares, strict=True) if share >= max(_LEAST, best - _MARGIN)]


def _shares(text: str, steps: Sequence[Step], cited: Cited) -> list[float]:
    reader = cited.reader
    there = [reader.features(s.statement.text) for s in steps]
    if detect_language(text) == detect_language(steps[0].statement.text):
        wanted = {f for f in reader.features(text) if f[0] not in "~@§" and any(f in own for own in there)}
        total = cited.weight(wanted)
        return [cited.weight(wanted & own) / total if total else 0.0 for own in there]
    tags = {f for f in reader.features(text) if f[0] == "#"}
    spoken = reader.known_concepts(text)
    held = [
        len(tags & own) + sum(names(s.statement.text, c) for c in spoken) for s, own in zip(steps, there, strict=True)
    ]
    total = max(len(tags) + len(spoken), 1)
    return [count / total for count in held]
