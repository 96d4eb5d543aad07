"""Invariants of the shared nouns."""

import pytest
from pydantic import ValidationError

from walkdown.documents import Answer, Box, Check, Chunk, Claim, Evidence, Table, Verdict


def make_chunk(**changes: object) -> Chunk:
    fields: dict[str, object] = {
        "id": "d:0",
        "document_id": "d",
        "pack": "power",
        "title": "Pump",
        "language": "en",
        "ordinal": 0,
        "text": "Minimum flow is 40 m3/h.",
        "heading_path": ("Limits",),
    }
    return Chunk.model_validate(fields | changes)


def test_search_text_carries_title_and_heading() -> None:
    assert make_chunk().search_text == "Pump > Limits\nMinimum flow is 40 m3/h."


def test_answer_refuses_a_citation_without_evidence() -> None:
    evidence = Evidence(number=1, chunk=make_chunk(), score=1)
    common = {"status": "answered", "pack": "power", "question": "q", "language": "en", "text": "t"}
    Answer.model_validate(common | {"claims": [Claim(text="t", citations=(1,))], "evidence": [evidence]})
    with pytest.raises(ValidationError, match="without evidence"):
        Answer.model_validate(common | {"claims": [Claim(text="t", citations=(2,))], "evidence": [evidence]})


def test_a_claim_is_supported_only_with_citation_and_no_failed_check() -> None:
    failed = Check(name="numbers", verdict=Verdict.FAILED, reason="41 is not in [1]")
    assert Claim(text="t", citations=(1,)).supported
    assert not Claim(text="t").supported
    assert not Claim(text="t", citations=(1,), checks=(failed,)).supported


def test_box_and_table_reject_impossible_shapes() -> None:
    with pytest.raises(ValidationError, match="x0 <= x1"):
        Box(page=1, x0=2, y0=0, x1=1, y1=1)
    with pytest.raises(ValidationError, match="same number"):
        Table(header=(("a", "b"),), rows=(("1",),))
