"""Questions from use as lines of an evaluation set, for a domain team to say what answers them.

What was found then stands beside the question and not as its evidence: nobody has said that it answers. Without
`unlabelled`, a line whose evidence was not filled in is no valid one, so that no guess is measured against.
"""

import json
from collections.abc import Iterable
from typing import Any

from walkdown.wire_records import GapInfo, NearLine


def unlabelled_lines(gaps: Iterable[GapInfo]) -> str:
    """The content of a JSON Lines file."""
    return "".join(json.dumps(question_of(gap), ensure_ascii=False) + "\n" for gap in gaps)


def question_of(gap: GapInfo) -> dict[str, Any]:
    """One line, with the fields that are to be filled in empty."""
    part = f"-{gap.part}" if gap.part else ""
    found = {
        "outcome": gap.outcome,
        "because": gap.because,
        "asked_at": gap.asked_at.isoformat(),
        "times": gap.times,
        "probability": gap.probability,
        "threshold": gap.threshold,
        "missing": list(gap.missing),
        "nearest": [_evidence(line) for line in gap.nearest],
        "note": gap.note,
    }
    turns = {"turns": list(gap.turns)} if gap.turns else {}
    return {
        "id": f"use-{gap.record_id}{part}",
        "question": gap.question,
        "language": gap.language,
        "answer": None,
        "answer_type": "",
        "evidence": [],
        **turns,
        "unlabelled": {name: value for name, value in found.items() if value not in (None, "", [])},
    }


def _evidence(line: NearLine) -> dict[str, Any]:
    """A line as evidence is written, so that the right one need only be moved."""
    page = {"page": line.page} if line.page else {}
    likely = {} if line.probability is None else {"probability": line.probability}
    standing = {} if line.standing in (None, "in_force") else {"standing": line.standing}
    return {"document_id": line.document_id, **page, "quote": line.text, **likely, **standing}
