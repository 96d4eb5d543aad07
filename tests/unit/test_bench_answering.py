"""The bench of answers: one draft for both ways, the same scorers for all, a row for each pack and language."""

from typing import Any

import pytest

from walkdown.answering.llm import Message
from walkdown.documents import Answer, AnswerStatus
from walkdown.packs.schema import EvaluationEvidence, EvaluationQuestion
from walkdown.testing.asking import PACK, FixedSearcher, ScriptedModel
from walkdown_eval.bench.answering import Once, ask_one
from walkdown_eval.bench.answering_table import row_of, table

TEXT = "The minimum flow of P-101A is 40 m3/h."
ASKED = EvaluationQuestion(
    id="q-1", question="Minimum flow of P-101A?", language="en", answer="40 m3/h",
    evidence=(EvaluationEvidence(document_id="OP-1", page=1, quote=TEXT),),
)  # fmt: skip
ABSENT = EvaluationQuestion(id="q-2", question="Spring rate of P-101A?", language="ko", answerable=False)


class Counted(ScriptedModel):
    """Counts what it is asked."""

    asked = 0

    async def stream(self, messages: list[Message], **more: Any) -> Any:  # type: ignore[override]
        self.asked += 1
        async for delta in super().stream(messages, **more):
            yield delta


def test_a_draft_is_asked_for_once_and_stands_only_where_it_is_borne_out() -> None:
    model = Counted("yes\nThe minimum flow of P-101A is 60 m3/h. [1]")
    checked, unchecked = ask_one(Once(FixedSearcher(TEXT)), model, PACK, ASKED)  # type: ignore[arg-type]
    assert (checked.status, unchecked.status) == ("quoted", "answered")
    assert unchecked.numbers == 0.0 and unchecked.wrong_numbers == 1 and unchecked.overhead is None
    assert checked.struck and checked.recalled == 1.0 and checked.overhead is not None and checked.first is not None
    assert model.asked == 2, "a draft and its repair, none of them twice"


def peer(text: str, asked: EvaluationQuestion = ASKED) -> Answer:
    hits = FixedSearcher(TEXT, "Wear gloves.").hits
    from walkdown.answering.turn import number_evidence

    return Answer(
        status=AnswerStatus.ANSWERED, pack="power", question=asked.question, language="en", text=text,
        evidence=number_evidence(hits, 2),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "status", "cited", "numbers"),
    [
        ("It is 40 m3/h [1].", "answered", 1.0, 1.0),
        ("It is 40 m3/h [1][2].", "answered", 0.5, 1.0),
        ("It is 41 m3/h.", "answered", 0.0, 0.0),
        ("The sources do not mention it.", "refused", None, None),
        ("제공된 문서에서 찾을 수 없습니다.", "refused", None, None),
    ],
)
def test_a_peer_is_scored_by_its_words(text: str, status: str, cited: float | None, numbers: float | None) -> None:
    row = row_of("peer", "power", ASKED, peer(text), 1.0)
    assert (row.status, row.cited, row.numbers) == (status, cited, numbers)


def test_the_table_has_a_row_for_each_system_pack_and_language() -> None:
    rows = [
        row_of("peer", "power", ASKED, peer("40 m3/h [1]"), 2.0),
        row_of("peer", "bio", ABSENT, peer("9 N/mm"), 4.0),
    ]
    lines = table(rows).splitlines()
    assert [line.split(" | ")[0] for line in lines[2:]] == [
        "| **peer**", "| peer, power", "| peer, bio", "| peer, en", "| peer, ko",
    ]  # fmt: skip
    assert "| 1 of 1 | 1 of 1 |" in lines[2] and "| 0 of 1 | 1 |" in lines[2]
    assert rows[0].told()["gold"] == "40 m3/h"
