"""Safety topics: procedures are quoted by whole passages, in an emergency those that are for one."""

import pytest

from walkdown.answering.engine import number_evidence
from walkdown.answering.gate import missing_tags
from walkdown.answering.quotes import whole_passages
from walkdown.answering.safety import emergency_hits, is_emergency
from walkdown.answering.spans import rank_spans
from walkdown.documents import Chunk, DocumentStatus, Hit
from walkdown.retrieval.understanding import understand
from walkdown.testing import asking


@pytest.mark.parametrize(
    ("question", "urgent"),
    [
        ("guy collapsed inside the tank what do we do", True),
        ("탱크 안에서 사람이 쓰러졌어 어떻게 해", True),
        ("rupture disc burst, first thing?", True),
        ("펌프에 불났어", True),
        ("Who signs the entry permit?", False),
        ("산소 몇 % 돼야 들어가?", False),
    ],
)
def test_an_emergency_is_told_from_a_question_of_rules(question: str, urgent: bool) -> None:
    assert is_emergency(question) is urgent


def _procedure(number: int, heading: str, language: str = "en") -> Chunk:
    return asking.chunk(number, f"1. {heading} step.").model_copy(
        update={"heading_path": (heading,), "language": language}
    )


def test_the_sections_for_emergencies_are_fetched_in_the_readers_language() -> None:
    passages = [_procedure(1, "3. Duties"), _procedure(2, "7. Emergency"), _procedure(3, "7. 비상 구조", "ko")]
    asked = "man collapsed in the vessel"
    assert [h.chunk.ordinal for h in emergency_hits(asked, passages, [], "en")] == [2]
    assert [h.chunk.ordinal for h in emergency_hits(asked, passages, [], "ko")] == [3]
    assert emergency_hits(asked, passages, [Hit(chunk=passages[1], score=1.0)], "en") == []
    assert emergency_hits("who signs?", passages, [], "en") == []
    old = passages[1].model_copy(update={"status": DocumentStatus.SUPERSEDED})
    assert emergency_hits(asked, [old], [], "en") == []


def test_a_passage_is_quoted_whole_unless_it_is_long() -> None:
    steps = "1. Call 3119.\n2. Pull him out with the winch.\n3. Do not follow him."
    long = "\n".join(f"{n}. Check valve V-{n} of the winch." for n in range(1, 60))
    hits = [Hit(chunk=asking.chunk(i, t), score=1.0) for i, t in enumerate((steps, long), 1)]
    evidence = number_evidence(hits, 2)
    spans = rank_spans(understand("pull him out with the winch", asking.PACK, ["en"]), evidence, asking.PACK)
    claims = whole_passages(spans, evidence, whole=300, budget=700)
    assert claims[0].text == steps
    assert all(c.text in long and len(c.text) <= 300 for c in claims[1:])
    assert sum(len(c.text) for c in claims) <= 700


def test_a_document_is_known_by_the_end_of_its_number() -> None:
    chunk = asking.chunk(1, "Report within 15 minutes.").model_copy(update={"document_id": "SHC2-ER-401"})
    evidence = number_evidence([Hit(chunk=chunk, score=1.0)], 1)
    for question, missing in (("what does ER-401 say?", []), ("what does ER-402 say?", ["ER-402"])):
        assert missing_tags(understand(question, asking.PACK, ["en"]), evidence, asking.PACK) == missing
