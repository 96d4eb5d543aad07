"""So much an hour is asked for: an amount that is no rate does not answer, nor does the question beside it."""

import pytest

from walkdown.documents import AnswerStatus
from walkdown.testing.asking import FixedSearcher, ScriptedModel, ask, final
from walkdown.text.asked_amounts import gives_no_rate
from walkdown.text.quantities import find_quantities


@pytest.mark.parametrize(
    ("question", "said", "none"),
    [
        ("모노머를 시간당 얼마까지 넣어도 돼?", "3,000 kg", True),
        ("모노머를 시간당 얼마까지 넣어도 돼?", "1,200 kg/h", False),
        ("How much is fed per hour?", "It is 20 L each.", True),
        ("How much is fed per hour?", "20 L per hour", False),
        ("How many times an hour?", "3 times", False),
        ("How much is fed?", "3,000 kg", False),
        ("How fast does it turn per minute?", "90 rpm", False),
    ],
)
def test_a_rate_is_told_from_an_amount(question: str, said: str, none: bool) -> None:
    assert gives_no_rate(question, said, find_quantities(said)) is none


TEXT = "The stock of P-101A is 3,000 kg. The feed of P-101A is 1,200 kg/h."


@pytest.mark.parametrize(
    ("draft", "status"),
    [
        ("The feed of P-101A is 3,000 kg. [1]", AnswerStatus.QUOTED),
        ("The feed of P-101A is 1,200 kg/h. [1]", AnswerStatus.ANSWERED),
    ],
)
def test_an_amount_is_no_answer_where_a_rate_is_asked_for(draft: str, status: AnswerStatus) -> None:
    question = "What is the feed of P-101A per hour?"
    assert final(ask(FixedSearcher(TEXT), ScriptedModel(f"yes\n{draft}"), question)).status is status


def test_the_question_beside_its_answer_is_left_out() -> None:
    draft = "What is the feed of P-101A per hour? [1]\nThe feed of P-101A is 1,200 kg/h. [1]"
    answer = final(ask(FixedSearcher(TEXT), ScriptedModel(f"yes\n{draft}"), "What is the feed of P-101A per hour?"))
    assert [c.text for c in answer.claims] == ["The feed of P-101A is 1,200 kg/h."]
    assert any("?" in c.text for c in answer.struck)


def test_equipment_alone_is_no_procedure() -> None:
    text = "When P-101A and P-101B have tripped, restart one within 30 s. If none starts, trip the unit."
    model = ScriptedModel("yes\nP-101A, P-101B [1]")
    answer = final(ask(FixedSearcher(text), model, "P-101A and P-101B tripped, how to proceed?"))
    assert answer.status is not AnswerStatus.ANSWERED


def test_a_condition_left_out_is_added_word_for_word() -> None:
    text = "P-101A may run up to 36 hours without seal water provided its vibration is below 4 mm/s."
    model = ScriptedModel("yes\nP-101A may run up to 36 hours without seal water. [1]")
    answer = final(ask(FixedSearcher(text), model, "How long may P-101A run without seal water?"))
    assert answer.status is AnswerStatus.ANSWERED and "provided its vibration is below 4 mm/s" in answer.text
