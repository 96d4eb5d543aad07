"""Who is asked for, and answers that name nobody."""

import pytest

from walkdown.documents import AnswerStatus
from walkdown.testing.asking import FixedSearcher, ScriptedModel, ask, final
from walkdown.text.asked_people import asks_who, names_nobody

TEXT = "If one pilot of the flare F-101 is left burning, the shift supervisor is told."


@pytest.mark.parametrize(
    ("question", "who"),
    [
        ("Who signs the permit?", True),
        ("연장은 누가 해줘?", True),
        ("whose lock goes on first", True),
        ("What is the whole volume?", False),
        ("누전 차단기 설정은?", False),
    ],
)
def test_questions_that_ask_who(question: str, who: bool) -> None:
    assert asks_who(question) is who


SOMEBODY = "The shift supervisor.;교대조장이 직접 끊는다.;HRK;Call 3119.;QA;발전소장;Nobody may.;안전팀에 알린다"
NOBODY = "The pilot that is left burning.;3.5 barg;밸브를 닫는다.;P-101A trips at 40 m3/h."


@pytest.mark.parametrize("answer", SOMEBODY.split(";"))
def test_somebody_is_named(answer: str) -> None:
    assert not names_nobody(answer)


@pytest.mark.parametrize("answer", NOBODY.split(";"))
def test_nobody_is_named(answer: str) -> None:
    assert names_nobody(answer)


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("The pilot of the flare F-101 left burning is told. [1]", AnswerStatus.QUOTED),
        ("The shift supervisor is told. [1]", AnswerStatus.ANSWERED),
    ],
)
def test_a_question_who_is_not_answered_without_somebody(said: str, status: AnswerStatus) -> None:
    question = "One pilot of the flare F-101 is left burning, who is told?"
    assert final(ask(FixedSearcher(TEXT), ScriptedModel(f"yes\n{said}"), question)).status is status
