"""What is said where no statement stands, which lines are quoted, and codes that nothing names."""

import pytest

from walkdown.answering.gate import missing_tags
from walkdown.answering.prompt import repair_messages
from walkdown.answering.spans import rank_spans
from walkdown.answering.verification.outcome import failed
from walkdown.documents import AnswerStatus, Claim, Evidence
from walkdown.retrieval.understanding import understand
from walkdown.testing.asking import PACK, FixedSearcher, ScriptedModel, ask, chunk, final

FLOWS = "P-101B | minimum flow 45 m3/h\nP-101A | minimum flow 40 m3/h\nLubrication is checked every shift."


def evidence(*texts: str) -> tuple[Evidence, ...]:
    return tuple(Evidence(number=i, chunk=chunk(i, t), score=1 / i) for i, t in enumerate(texts, 1))


def test_a_number_of_a_kind_that_no_passage_holds_is_refused() -> None:
    model = ScriptedModel("yes\nThe blades of P-101A are set to 30°. [1]")
    answer = final(ask(FixedSearcher(FLOWS), model, "At what angle are the blades of P-101A set?"))
    assert answer.status is AnswerStatus.REFUSED
    assert answer.struck
    assert answer.evidence


def test_a_wrong_number_where_the_right_one_stands_is_answered_with_the_line_that_holds_it() -> None:
    model = ScriptedModel("yes\nThe minimum flow of P-101A is 60 m3/h. [1]")
    answer = final(ask(FixedSearcher(FLOWS), model, "Minimum flow of P-101A?"))
    assert answer.status is AnswerStatus.QUOTED
    assert "P-101A | minimum flow 40 m3/h" in answer.text


def test_lines_that_name_little_of_what_is_asked_are_not_quoted() -> None:
    lines = ("Oil is changed every 5 months.", "The gas valve of the burner closes in 5 seconds.")
    model = ScriptedModel("yes\nThe target time of the evacuation drill is 5 seconds. [2]")
    answer = final(ask(FixedSearcher(*lines), model, "Target time of the evacuation drill at the assembly point?"))
    assert answer.status is AnswerStatus.REFUSED
    assert answer.evidence


@pytest.mark.parametrize("cited", ["[2]", "[1]", ""])
def test_a_right_answer_in_another_language_quotes_the_lines_that_carry_it(cited: str) -> None:
    texts = ("The cooling water pump is vented for 5 minutes.", "The minimum flow of the feed pump P-101A is 40 m3/h.")
    model = ScriptedModel(f"yes\nThe minimum flow of the feed pump P-101A is 40 m3/h. {cited}")
    answer = final(ask(FixedSearcher(*texts), model, "급수펌프 P-101A의 최소 유량은 얼마인가?"))
    assert answer.status is AnswerStatus.QUOTED
    assert answer.claims[0].text == "The minimum flow of the feed pump P-101A is 40 m3/h."
    assert answer.claims[0].citations == (2,)


@pytest.mark.parametrize(
    ("question", "draft", "status"),
    [
        ("At how many bar does P-101A trip?", "P-101A trips after 5 minutes.", AnswerStatus.REFUSED),
        ("At how many bar does P-101A trip?", "P-101A trips at 3 bar.", AnswerStatus.ANSWERED),
        ("P-101A는 몇 bar에서 트립되나?", "P-101A trips after 5 minutes.", AnswerStatus.REFUSED),
        ("When does P-101A trip?", "P-101A trips after 5 minutes.", AnswerStatus.ANSWERED),
        (
            "How much was the clearance of P-101A?",
            "The clearance of P-101A was taken in May 2026.",
            AnswerStatus.QUOTED,
        ),
        ("How much was the clearance of P-101A?", "The clearance of P-101A was 3 mm.", AnswerStatus.ANSWERED),
    ],
)
def test_an_answer_without_an_amount_of_the_kind_asked_for_is_none(
    question: str, draft: str, status: AnswerStatus
) -> None:
    passages = FixedSearcher(
        "P-101A trips at 3 bar.", "P-101A trips after 5 minutes.",
        "The clearance of P-101A was taken in May 2026.", "The clearance of P-101A was 3 mm.",
    )  # fmt: skip
    assert final(ask(passages, ScriptedModel(f"yes\n{draft} [1] [2] [3] [4]"), question)).status is status


def test_a_unit_that_no_passage_about_the_equipment_holds_is_refused_without_asking_the_model() -> None:
    model = ScriptedModel("yes\nIt is 40 m3/h. [1]")
    answer = final(ask(FixedSearcher(FLOWS), model, "P-101A 하우징 볼트는 몇 N·m로 조이나?"))
    assert answer.status is AnswerStatus.REFUSED
    assert not model.seen


def test_such_an_answer_is_first_asked_for_again_in_the_readers_language() -> None:
    claim = Claim(text="The minimum flow is 40 m3/h.", citations=(2,), checks=(failed("language", "other_language"),))
    messages = repair_messages([], "yes\nThe minimum flow is 40 m3/h. [2]", [claim], "ko")
    assert messages[-2].content == "yes\nThe minimum flow is 40 m3/h. [2]"
    assert "한국어" in messages[-1].content
    assert "맞지 않는다" not in messages[-1].content


def test_lines_of_the_asked_tag_come_before_those_of_its_neighbour() -> None:
    plan = understand("minimum flow of P-101A", PACK, ["en"])
    ranked = rank_spans(plan, evidence(FLOWS), PACK)
    assert ranked[0].text.startswith("P-101A")


@pytest.mark.parametrize(
    ("question", "text", "missing"),
    [
        ("CWXTF-3의 최소 유량은?", "The fan CWXTF-3 runs.", []),
        ("CWXTF-3의 최소 유량은?", "The fan CWXTF 3 runs.", []),
        ("CWXTF-3의 최소 유량은?", "The fan CWXTF-31 runs.", ["CWXTF-3"]),
        ("What does HCCXX-OPX-101 say?", "HCCXX-OPX-101 Feed pump", []),
        ("What does OPXXX-101 say?", "HCC-OPXXX-101 Feed pump", []),
        ("Is SILXX-2 required?", "SILXX 2 is required", []),
    ],
)
def test_a_code_that_the_grammar_does_not_know_is_looked_for_letter_by_letter(
    question: str, text: str, missing: list[str]
) -> None:
    assert missing_tags(understand(question, PACK, ["en"]), evidence(text), PACK) == missing


def test_an_amount_of_a_neighbour_is_no_answer_about_the_asked_tag() -> None:
    texts = ("P-101B pressure: the upper limit of the pressure is 1.6 bar.", "P-101A is washed every day.")
    answer = final(ask(FixedSearcher(*texts), ScriptedModel("yes\n1.6 bar [1]"), "Upper limit of pressure of P-101A?"))
    assert answer.status is not AnswerStatus.ANSWERED
    assert any(c.name == "asked" and "P-101B" in c.reason for c in answer.struck[0].checks)
    texts = ("P-101A pressure: the upper limit of the pressure is 1.6 bar.", "P-101B is washed every day.")
    answer = final(ask(FixedSearcher(*texts), ScriptedModel("yes\n1.6 bar [1]"), "Upper limit of pressure of P-101A?"))
    assert answer.status is AnswerStatus.ANSWERED


IDLE = FixedSearcher(
    "Lube oil pressure is kept above 1.2 bar.\nThe filter may stand wet for 4 hours.",
    *("Rinse the filter with water.", "Nothing of it.", "a b c", "d e f", "g h i"),
)


def test_a_refusal_shows_the_line_nearest_to_the_question_and_does_not_call_it_an_answer() -> None:
    answer = final(ask(IDLE, ScriptedModel("no", yes=0.05), "How long may the filter stand wet?"))
    assert answer.status is AnswerStatus.REFUSED
    assert answer.claims == ()
    assert [(c.text, c.citations) for c in answer.nearest] == [("The filter may stand wet for 4 hours.", (1,))]
    assert answer.text.splitlines()[-1] == "The filter may stand wet for 4 hours. [1]"
    assert "may not answer" in answer.text


def test_so_does_a_refusal_of_a_question_that_could_hardly_be_read() -> None:
    told = FixedSearcher("液相の CT-3 から出したバイアルは、気相で 5 分置いてから移す。\n表1", "b", "c", "d", "e", "f")
    asked = "CT-3から出したチビ、ハコにポンでオッケー？"
    answer = final(ask(told, ScriptedModel("no", yes=0.05), asked))
    assert answer.status is AnswerStatus.REFUSED
    assert answer.answerable is None
    assert [c.text[:8] for c in answer.nearest] == ["液相の CT-3"]


def test_the_nearest_lines_of_a_part_keep_their_numbers_in_the_whole() -> None:
    asked = "How long may the filter stand wet? What is the lube oil pressure of P-9?"
    answer = final(ask(IDLE, ScriptedModel("no", yes=0.05), asked))
    numbers = {e.number: e.chunk.text for e in answer.evidence}
    assert len(answer.parts) == 2
    assert answer.nearest
    assert all(c.text in numbers[c.citations[0]] for c in answer.nearest)
    assert "4 hours. [1]" in answer.parts[0].text


def test_of_equipment_that_no_passage_names_no_line_of_another_is_shown() -> None:
    answer = final(ask(FixedSearcher(FLOWS), ScriptedModel("no", yes=0.05), "Minimum flow of P-909A?"))
    assert answer.status is AnswerStatus.REFUSED
    assert answer.nearest == ()


def test_a_bay_of_one_letter_that_nothing_names_is_missing() -> None:
    pack = PACK.model_copy(update={"grammar": ()})
    for question, text, missing in (
        ("D-4 암모니아 최대 유량은?", "D-1 | D-2 | 4번 베이 최대 유량 16 m³/h", ["D-4"]),
        ("D-4 암모니아 최대 유량은?", "D4 베이 최대 유량 16 m³/h", []),
        ("HAZOP C-3.3 조치는?", "C-3.3 | 조치", []),
    ):
        assert missing_tags(understand(question, pack, ["ko"]), evidence(text), pack) == missing


@pytest.mark.parametrize(
    ("row", "status"),
    [
        ("태그: P-101A | 기기: 급수펌프 | 임펠러: 지름 310 mm", AnswerStatus.REFUSED),
        ("태그: P-101A | 기기: 급수펌프 | 임펠러 재질: CA6NM", AnswerStatus.QUOTED),
    ],
)
def test_a_row_without_the_property_asked_for_is_not_quoted(row: str, status: AnswerStatus) -> None:
    answer = final(ask(FixedSearcher(row), ScriptedModel("no"), "급수펌프 P-101A 임펠러 재질이 뭐야?"))
    assert answer.status is status


def test_what_a_tagged_vessel_is_called_besides_is_no_term_that_passages_must_name() -> None:
    row = FixedSearcher("P-101A | discharge pressure 12 bar | trip 18 bar")
    named = final(ask(row, ScriptedModel("no"), "At what discharge pressure does the BD pump P-101A trip?"))
    asked = final(ask(row, ScriptedModel("no"), "What is the TOC of P-101A?"))
    assert "BD" not in named.reason
    assert "TOC" in asked.reason
