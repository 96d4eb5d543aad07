"""The steps of a procedure keep their order in an answer, and none is left out silently."""

from collections.abc import Sequence
from typing import NamedTuple

from walkdown.answering.verification.outcome import failed, passed, skipped
from walkdown.answering.verification.reading import Cited
from walkdown.answering.verification.statements import Statement, split_statements
from walkdown.documents import Check, Claim, Evidence
from walkdown.text.languages import normalise

_SAYS_STEP = 0.6
"""Share of a clause's words, by weight, that a step must hold for the clause to give that step."""


class Step(NamedTuple):
    """A numbered step: the evidence and list it belongs to, its number and its statement."""

    evidence: int
    listed: int
    number: int
    statement: Statement


def steps_of(evidence: Evidence) -> list[Step]:
    """The numbered steps of a passage; a number that does not grow begins another list."""
    out: list[Step] = []
    for statement in split_statements(normalise(evidence.chunk.text)):
        if statement.kind != "step" or statement.step is None:
            continue
        last = out[-1] if out else None
        fresh = last is None or statement.step <= last.number
        listed = (last.listed + fresh if last else 0) if last else 0
        out.append(Step(evidence.number, listed, statement.step, statement))
    return out


def _given(text: str, cited: Cited, steps: Sequence[Step]) -> list[Step]:
    """The steps that a claim gives, in the order in which it gives them."""
    found: list[Step] = []
    whole = _nearest(text, cited, steps)
    if whole is not None:
        return [whole]
    claim = Statement(0, len(text), text, "sentence", ())
    for piece in split_statements(text) or (claim,):
        parts = piece.parts if len(piece.parts) > 1 else ()
        for part in [p.text for p in parts] or [piece.text]:
            step = _nearest(part, cited, steps)
            if step is not None and (not found or found[-1] != step):
                found.append(step)
    return found


def _nearest(text: str, cited: Cited, steps: Sequence[Step]) -> Step | None:
    """The step that a text gives, if it gives one."""
    bare = " ".join(text.split()).rstrip(".。")
    for step in steps:
        if bare and bare in " ".join(step.statement.text.split()):
            return step
    features = cited.reader.features(text)
    scored = [(cited.share(features, s.statement.text), s) for s in steps] if len(features) > 1 else []
    best = max(scored, key=lambda pair: pair[0], default=None)
    return best[1] if best is not None and best[0] >= _SAYS_STEP else None


def check_steps(claims: Sequence[Claim], cited: Cited, *, whole: bool = False) -> list[Check]:
    """One check for each claim: its steps come after those of the claims before, and no step between is missing.

    With `whole` the question asks for the procedure: then the list must be given to its ends.
    """
    steps = [step for item in cited.evidence for step in steps_of(item)]
    given = [_given(claim.text, cited, steps) for claim in claims]
    seen: list[Step] = []
    checks: list[Check] = []
    for own in given:
        checks.append(_in_order(seen, own))
        seen += own
    missing = _missing(seen, steps, whole=whole)
    if missing and seen:
        names = ", ".join(str(s.number) for s in missing)
        last = max(i for i, own in enumerate(given) if own)
        if checks[last].verdict != "failed":
            checks[last] = failed("steps", "step_left_out", steps=names)
    return checks


def _in_order(seen: Sequence[Step], own: Sequence[Step]) -> Check:
    if not own:
        return skipped("steps", "no_step")
    so_far = list(seen)
    for step in own:
        for earlier in so_far:
            if (earlier.evidence, earlier.listed) == (step.evidence, step.listed) and step.number < earlier.number:
                return failed("steps", "step_order", step=str(step.number), earlier=str(earlier.number))
        so_far.append(step)
    return passed("steps", "found", what=", ".join(str(s.number) for s in own))


def _missing(seen: Sequence[Step], steps: Sequence[Step], *, whole: bool) -> list[Step]:
    """Steps of a list of which at least two are given: those between the given ones, or all with `whole`."""
    out = []
    for key in dict.fromkeys((s.evidence, s.listed) for s in seen):
        numbers = {s.number for s in seen if (s.evidence, s.listed) == key}
        if len(numbers) < 2:
            continue
        low, high = (0, 99) if whole else (min(numbers), max(numbers))
        out += [
            s for s in steps if (s.evidence, s.listed) == key and low <= s.number <= high and s.number not in numbers
        ]
    return out


def lists_of(evidence: Evidence) -> list[list[Step]]:
    """The numbered lists of a passage."""
    out: dict[int, list[Step]] = {}
    for step in steps_of(evidence):
        out.setdefault(step.listed, []).append(step)
    return list(out.values())
