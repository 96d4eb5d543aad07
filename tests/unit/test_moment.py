"""Times of day: as people and logs write them, and an answer that is of the hour asked for."""

import pytest

from walkdown.answering.engine import number_evidence
from walkdown.answering.spans import rank_spans
from walkdown.answering.verification.amounts import match_all
from walkdown.answering.verification.meaning import carriers
from walkdown.answering.verification.moment import check_moment
from walkdown.answering.verification.reader import Reader
from walkdown.answering.verification.reading import Cited
from walkdown.documents import Claim, Hit, Verdict
from walkdown.retrieval.understanding import understand
from walkdown.testing import asking
from walkdown.text.clock import moments_of


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("07:00", [{420}]),
        ("at 19:30:05", [{1170}]),
        ("7 o'clock in the morning", [{420}]),
        ("7 o'clock", [{420, 1140}]),
        ("7 pm", [{1140}]),
        ("12 am", [{0}]),
        ("오후 3시 30분", [{930}]),
        ("새벽 4시", [{240}]),
        ("3시 반에", [{210, 930}]),
        ("19시", [{1140}]),
        ("at noon", [{720}]),
        ("24:00", [{0}]),
        ("7시간 동안, 7 hours, 3시점, ratio 1:2, 12:345", []),
    ],
)
def test_times_of_day(text: str, minutes: list[set[int]]) -> None:
    assert [set(moment) for moment in moments_of(text)] == minutes


LOG = "Time: 04:00 | Output: 173 MW\nTime: 07:00 | Output: 150 MW\nTime: 19:00 | Output: 160 MW"
READER = Reader(asking.PACK.grammar, ())


def _verdict(question: str, said: str, text: str = LOG) -> Verdict:
    cited = Cited(number_evidence([Hit(chunk=asking.chunk(1, text), score=1.0)], 1), READER)
    claim = Claim(text=said, citations=(1,))
    return check_moment(question, carriers(claim, cited, match_all(claim, cited)), cited).verdict


def test_the_row_of_another_hour_does_not_carry_the_answer() -> None:
    asked = "7 o'clock in the morning, what was the output?"
    assert _verdict(asked, "The output was 173 MW.") is Verdict.FAILED
    assert _verdict(asked, "The output was 150 MW.") is Verdict.PASSED
    assert _verdict("7 o'clock, what was the output?", "The output was 160 MW.") is Verdict.PASSED


def test_nothing_is_said_where_no_row_is_of_the_hour_asked_for() -> None:
    assert _verdict("Output at 05:00?", "The output was 173 MW.") is Verdict.SKIPPED
    assert _verdict("What was the output?", "The output was 173 MW.") is Verdict.SKIPPED
    assert _verdict("Output at 07:00?", "The output was 180 MW.", "The output was 180 MW.") is Verdict.SKIPPED


def test_a_question_looks_for_days_and_times_as_logs_write_them() -> None:
    plan = understand("What was the output at 7 am on the 19th of July?", asking.PACK, ["en", "ko"])
    for form in plan.forms:
        assert {"07:00", "07-19", "7월 19일"} <= set(form.expansions)
    assert not any(
        c.isdigit() for c in "".join(understand("What is the output?", asking.PACK, ["en"]).forms[0].expansions)
    )


@pytest.mark.parametrize(
    ("question", "first"), [("Output at 7 am?", "07:00"), ("저녁 7시 Output은?", "19:00"), ("Output at 04:00", "04:00")]
)
def test_the_row_of_the_hour_comes_first(question: str, first: str) -> None:
    evidence = number_evidence([Hit(chunk=asking.chunk(1, LOG), score=1.0)], 1)
    assert first in rank_spans(understand(question, asking.PACK, ["en"]), evidence, asking.PACK)[0].text
