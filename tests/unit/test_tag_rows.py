"""Rows of the asked equipment are quoted where the model finds no answer, and only if they name what is asked."""

import pytest

from walkdown.answering.answerable import Judged
from walkdown.documents import Answer, AnswerStatus
from walkdown.packs.calibration import Calibration, Weight
from walkdown.testing.asking import FixedSearcher, ScriptedModel, ask, final

LIST = (
    "Tag: FT-4115 | Service: Water to the curtain | Range: 0 to 250 m3/h\n"
    "Tag: FT-4116 | Service: Water to the deluge | Range: 0 to 400 m3/h"
)
LOG = "Tag: FT-4115 | Date: 2025-10-01 | Range: 0 to 250 m3/h | Result: good"


def _answer(question: str, *passages: str) -> Answer:
    return final(ask(FixedSearcher(*passages), ScriptedModel("no", yes=0.1), question))


def test_the_row_of_the_tag_is_quoted_word_for_word() -> None:
    answer = _answer("What is the range of FT-4115?", LIST)
    assert answer.status is AnswerStatus.QUOTED
    assert [c.text for c in answer.claims] == [LIST.splitlines()[0]]
    span = answer.claims[0].spans[0]
    assert LIST[span.start : span.end] == answer.claims[0].text


def test_rows_that_name_as_much_are_all_given() -> None:
    answer = _answer("What is the range of FT-4115?", LIST, LOG)
    assert [c.citations for c in answer.claims] == [(1,), (2,)]


@pytest.mark.parametrize(
    "question",
    [
        "What is the spring rate of FT-4115?",
        "What is the range of FT-4117?",
        "What is the range of FT-4115 and FT-4116 together?",
        "What is the highest range of FT-4115?",
        "What is the range?",
    ],
)
def test_rows_that_do_not_answer_are_not_given(question: str) -> None:
    assert _answer(question, LIST).status is AnswerStatus.REFUSED


def test_prose_that_names_the_tag_is_no_row() -> None:
    assert _answer("What is the range of FT-4115?", "The range of FT-4115 was checked.").status is AnswerStatus.REFUSED


def test_lines_that_likely_hold_the_answer_are_quoted_after_all(monkeypatch: pytest.MonkeyPatch) -> None:
    line = "The seal water flow of the slurry pump is 12 L/min."
    for probability, bias, status in (
        (0.9, 1.0, AnswerStatus.QUOTED),
        (0.4, 1.0, AnswerStatus.REFUSED),
        (0.9, -3.0, AnswerStatus.REFUSED),
    ):
        judged = Judged(probability, 0.1, {}, ())
        weights = Calibration(bias=bias, features={"named_less": Weight(weight=9.0, mean=0.0)}, threshold=0.0)
        monkeypatch.setattr("walkdown.answering.turn.judge", lambda *_, found=judged: found)
        monkeypatch.setattr("walkdown.answering.spans.line_calibration", lambda found=weights: found)
        answer = _answer("What is the seal water flow of the slurry pump?", line, "Wear gloves.")
        assert answer.status is status
        if answer.claims:
            assert [c.text for c in answer.claims] == [line]
