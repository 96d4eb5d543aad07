"""Numbers that were read from a scan: whether the reading of the very number is sure enough to rest a claim on.

A number that is marked `(?)` in the passage carries no claim. One that two readings give differently, or that was read
with little confidence, is neither borne out nor refuted: the check is skipped, and its reason says what to look at.
"""

from collections.abc import Sequence

from walkdown.answering.verification.outcome import failed, passed, skipped
from walkdown.documents import Check, Claim, Evidence, Figure, numbers_in

_MARK = "(?)"


def _unreadable(text: str, evidence: Evidence) -> list[str]:
    """Numbers of a text that the passage holds with the mark of doubt only."""
    words = evidence.chunk.text.split()
    marked = {n for word in words if _MARK in word for n in numbers_in(word)}
    sure = {n for word in words if _MARK not in word for n in numbers_in(word)}
    quoted = {n for word in text.split() if _MARK in word for n in numbers_in(word)}
    return sorted((numbers_in(text) & marked) - sure - quoted)


def doubt_of(figure: Figure) -> str:
    """A doubtful figure with its two readings (`22140 / 2140`), or with how sure the one reading is (`35: 60%`)."""
    if figure.other in ("", "-"):
        return f"{figure.text}: {figure.confidence:.0%}"
    return f"{figure.text} / {figure.other}"


def check_scan(claim: Claim, cited: Sequence[Evidence]) -> Check | None:
    """How surely the claim's numbers were read; None where no cited passage is of a scan."""
    scans = [item for item in cited if item.chunk.confidence is not None]
    if not scans:
        return None
    for item in scans:
        if numbers := _unreadable(claim.text, item):
            return failed("scan", "unreadable", figures=", ".join(numbers), **_where([item]))
    found = [(item, figure) for item in scans for figure in item.chunk.figures_in(claim.text)]
    doubtful = [(item, figure) for item, figure in found if figure.doubtful]
    if doubtful:
        figures = dict.fromkeys(doubt_of(figure) for _, figure in doubtful)
        return skipped("scan", "doubtful", figures=", ".join(figures), **_where([item for item, _ in doubtful]))
    if not found:
        return skipped("scan", "no_figure")
    least = min(figure.confidence for _, figure in found)
    return passed("scan", "read_alike", share=f"{least:.0%}")


def _where(items: Sequence[Evidence]) -> dict[str, str]:
    """The pages and documents to look at."""
    pages = [next((figure.box.page for figure in item.chunk.figures), item.chunk.page) for item in items]
    return {
        "page": ", ".join(dict.fromkeys(str(page or "?") for page in pages)),
        "document": ", ".join(dict.fromkeys(item.chunk.document_id for item in items)),
    }
