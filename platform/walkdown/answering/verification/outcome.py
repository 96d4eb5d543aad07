"""Short ways to write a check's outcome: a code of `walkdown.reasons` with what is filled in."""

from walkdown.documents import Check, Verdict
from walkdown.reasons import say


def _check(name: str, verdict: Verdict, code: str, values: dict[str, str]) -> Check:
    # In English until the answer is put together: the model is told so, too, when it is asked to write again.
    return Check(name=name, verdict=verdict, reason=say(code, "en", **values), code=code, values=tuple(values.items()))


def passed(name: str, code: str = "", **values: str) -> Check:
    """A check that found what it looked for."""
    return _check(name, Verdict.PASSED, code, values)


def failed(name: str, code: str, **values: str) -> Check:
    """A check that did not; the reason is shown to the reader."""
    return _check(name, Verdict.FAILED, code, values)


def skipped(name: str, code: str, **values: str) -> Check:
    """A check that had nothing to look at."""
    return _check(name, Verdict.SKIPPED, code, values)
