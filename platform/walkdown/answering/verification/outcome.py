"""Short ways to write a check's outcome."""

from walkdown.documents import Check, Verdict


def passed(name: str, reason: str = "") -> Check:
    """A check that found what it looked for."""
    return Check(name=name, verdict=Verdict.PASSED, reason=reason)


def failed(name: str, reason: str) -> Check:
    """A check that did not; the reason is shown to the reader."""
    return Check(name=name, verdict=Verdict.FAILED, reason=reason)


def skipped(name: str, reason: str) -> Check:
    """A check that had nothing to look at."""
    return Check(name=name, verdict=Verdict.SKIPPED, reason=reason)
