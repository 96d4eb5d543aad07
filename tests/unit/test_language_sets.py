"""The questions in Chinese, Japanese and Spanish: each asks what a dev question does, and rests on its evidence."""

import re
from pathlib import Path

import pytest

from walkdown.packs.loader import read_evaluation_set

DOMAINS = Path(__file__).parents[2] / "domains"


@pytest.mark.parametrize("pack", ["power", "chemical", "bio"])
def test_each_rests_on_the_evidence_of_a_dev_question(pack: str) -> None:
    folder = DOMAINS / pack / "eval"
    known = {q.id: q for q in read_evaluation_set(folder / "dev.jsonl")}
    asked = read_evaluation_set(folder / "languages.jsonl")
    assert {q.language for q in asked} == {"zh", "ja", "es"} and len({q.id for q in asked}) == len(asked) == 12
    assert sum(not q.answerable for q in asked) >= 3
    for question in asked:
        origin = known[re.sub(r"-(?:zh|ja|es)-", "-dev-", question.id)]
        assert question.id == origin.id.replace("-dev-", f"-{question.language}-")
        assert (question.evidence, question.answer, question.answerable) == (
            origin.evidence, origin.answer, origin.answerable
        )  # fmt: skip
        assert "cross" in question.tags
