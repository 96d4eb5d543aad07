"""A question among others: corrections of the one before, and several asked at once."""

import pytest

from walkdown.answering.conversation import corrected, split_question
from walkdown.testing import asking


@pytest.mark.parametrize(
    ("typed", "turns", "meant"),
    [
        ("아니 2호기", ["1호기 최소 유량은?"], "2호기"),
        ("아니, 2호기 말이야", ["1호기 최소 유량은?"], "2호기"),
        ("I meant unit 2", ["minimum flow of unit 1?"], "unit 2"),
        ("No, I meant P-101B.", ["minimum flow of P-101A?"], "P-101B"),
        ("1호기 말고 2호기", ["1호기 최소 유량은?"], "2호기"),
        ("No, the valve", [], "No, the valve"),
        ("not unit 1, but unit 2", ["minimum flow of unit 1?"], "unit 2"),
    ],
)
def test_a_correction_is_read_as_what_was_meant(typed: str, turns: list[str], meant: str) -> None:
    assert corrected(typed, turns) == meant


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        (
            "What is the minimum flow of P-101A? What is the trip of P-102A?",
            ["What is the minimum flow of P-101A?", "What is the trip of P-102A?"],
        ),
        (
            "At how many barg does P-101A trip, and how long have I got?",
            ["At how many barg does P-101A trip", "P-101A: how long have I got?"],
        ),
        (
            "P-101A 최소 유량은 얼마야? P-102A 트립 온도는 몇 도야?",
            ["P-101A 최소 유량은 얼마야?", "P-102A 트립 온도는 몇 도야?"],
        ),
        (
            "How often is P-101A sampled and who signs the record of P-102A?",
            ["How often is P-101A sampled", "who signs the record of P-102A?"],
        ),
        (
            "P-101A 유량이 몇 m3/h인데 그 밑으로 가면 몇 초 만에 트립되나?",
            ["P-101A 유량이 몇 m3/h인데", "P-101A: 그 밑으로 가면 몇 초 만에 트립되나?"],
        ),
        (
            "P-101A 경보는 몇 %고 그때 조치는?",
            ["P-101A 경보는 몇 %고", "P-101A: 그때 조치는?"],
        ),
        (
            "unit 1 HP pump losing suction. At what pressure does it trip, and how long have I got?",
            ["unit 1 HP pump losing suction. At what pressure does it trip", "unit 1 HP: how long have I got?"],
        ),
        ("데드밴드가 뭐라고 했지, 우리는 몇 헤르츠야?", ["데드밴드가 뭐라고 했지, 우리는 몇 헤르츠야?"]),
        ("P-101A가 멈췄고 2호기는?", ["P-101A가 멈췄고 2호기는?"]),
        (
            "2호기 필터는 며칠마다 갈고 기록은 누가 서명해?",
            ["2호기 필터는 며칠마다 갈고", "2호기: 기록은 누가 서명해?"],
        ),
        ("밸브를 열고 P-101A를 켜면 유량이 얼마나 되나?", ["밸브를 열고 P-101A를 켜면 유량이 얼마나 되나?"]),
        ("P-101A 경보값과 트립값이 각각 얼마야?", ["P-101A 경보값과 트립값이 각각 얼마야?"]),
        ("Open or close?", ["Open or close?"]),
    ],
)
def test_questions_asked_at_once_are_split_and_stand_alone(question: str, parts: list[str]) -> None:
    assert split_question(question, asking.PACK) == parts


def test_a_part_takes_its_subject_from_the_turns_before() -> None:
    parts = split_question("그럼 몇 도인데 몇 분 유지해?", asking.PACK, ["P-101A 세정은 어떻게 해?"])
    assert parts[1].startswith("P-101A") and parts[1].endswith("몇 분 유지해?")


def test_a_condition_at_the_end_holds_for_all_that_is_asked() -> None:
    parts = split_question("who has to be told and how fast if a control limit is passed", asking.PACK)
    assert parts[0] == "who has to be told if a control limit is passed"
    assert parts[1].endswith("how fast if a control limit is passed")
    assert len(split_question("What opens and when does it close?", asking.PACK)) == 2
