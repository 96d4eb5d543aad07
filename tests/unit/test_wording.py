"""A small model's sentences without an amount give way to the lines they rest on."""

import pytest

from walkdown.answering.wording import billions_of
from walkdown.documents import AnswerStatus
from walkdown.testing.asking import FixedSearcher, ScriptedModel, ask, final

RULE = "The caustic pump P-101A is started ten minutes after the acid pump.\nThe tank of P-101A holds 4 m3."
ASKED = "Can I start the caustic pump P-101A together with the acid pump?"
WORDS = "yes\nThe caustic pump P-101A is started after the acid pump. [1]"


class Named(ScriptedModel):
    """A model under a name."""

    def __init__(self, text: str, model: str) -> None:
        super().__init__(text)
        self.model = model


@pytest.mark.parametrize(
    ("model", "size"),
    [
        ("qwen2.5-1.5b", 1.5), ("K-EXAONE-236B-A23B", 236), ("Qwen3-30B-A3B-Instruct", 30), ("gemma-3-270m", 0.27),
        ("gpt-oss", None), ("scripted", None), ("EXAONE-4.0-32B", 32), ("b2b-model", None),
    ],
)  # fmt: skip
def test_the_size_is_read_from_the_name(model: str, size: float | None) -> None:
    assert billions_of(model) == size


def test_words_of_a_small_model_give_way_to_the_line() -> None:
    small = final(ask(FixedSearcher(RULE), Named(WORDS, "some-1.5b"), ASKED))
    large = final(ask(FixedSearcher(RULE), Named(WORDS, "some-32b"), ASKED))
    assert large.status is AnswerStatus.ANSWERED
    assert small.status is AnswerStatus.QUOTED
    assert "ten minutes after the acid pump" in small.claims[0].text
    assert [c.text for c in small.struck] == ["The caustic pump P-101A is started after the acid pump."]


def test_an_amount_of_its_own_stands_and_one_of_the_question_does_not() -> None:
    told = final(
        ask(FixedSearcher(RULE), Named("yes\nThe tank of P-101A holds 4 m3. [1]", "some-1.5b"), "Tank of P-101A?")
    )
    asked = "Does the tank of P-101A hold 4 m3?"
    said = final(ask(FixedSearcher(RULE), Named("yes\nThe tank of P-101A holds 4 m3. [1]", "some-1.5b"), asked))
    assert (told.status, said.status) == (AnswerStatus.ANSWERED, AnswerStatus.QUOTED)


def test_an_amount_alone_gives_way_for_a_reason_of_its_own() -> None:
    answer = final(
        ask(FixedSearcher(RULE), Named("yes\n4 m3 [1]", "some-1.5b"), "How much does the tank of P-101A hold?")
    )
    assert answer.status is AnswerStatus.QUOTED
    assert [c.code for s in answer.struck for c in s.checks if c.name == "worded"] == ["amount_alone"]


def test_beside_an_amount_that_stands_the_line_takes_the_place_of_the_words() -> None:
    draft = "yes\nThe tank of P-101A holds 4 m3. [1] The caustic pump P-101A is started after the acid pump. [1]"
    answer = final(ask(FixedSearcher(RULE), Named(draft, "some-1.5b"), "Tank of P-101A, and when is it started?"))
    assert answer.status is AnswerStatus.ANSWERED
    assert "4 m3" in answer.text
    assert "is started after the acid pump" not in answer.text


def test_the_row_of_another_member_is_not_shown_beside_the_line() -> None:
    rows = (
        "Unit: HP drum | Level trip: closes the feed valve | Reset: key switch by the shift supervisor\n"
        "Unit: IP drum | Level trip: closes the feed valve"
    )
    draft = "yes\nThe level trip of the IP drum closes the feed valve. [1]"
    asked = "Level trip of the IP drum: does it close the feed valve, and is there a reset key switch?"
    answer = final(ask(FixedSearcher(rows), Named(draft, "some-1.5b"), asked))
    assert answer.status is AnswerStatus.QUOTED
    assert "IP drum" in answer.claims[0].text
    assert not any("HP drum" in claim.text for claim in answer.claims)


def test_the_operator_tells_the_size_that_a_name_does_not() -> None:
    named = Named(WORDS, "my-model")
    assert final(ask(FixedSearcher(RULE), named, ASKED)).status is AnswerStatus.ANSWERED
    assert final(ask(FixedSearcher(RULE), named, ASKED, billions=1.5)).status is AnswerStatus.QUOTED
