"""A question among others: corrections of the one before, and several asked at once."""

import pytest

from walkdown.answering.conversation import split_question
from walkdown.answering.corrections import corrected
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


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("아 미안 2호기", "2호기"),
        ("1호기꺼 말한거임", "1호기"),
        ("잘못 썼다 P-102A", "P-102A"),
        ("no wait i meant the unit 2 one", "the unit 2 one"),
        ("oops bottom temperature not top pressure", "bottom temperature"),
        ("scratch that, P-101B", "P-101B"),
        ("앗 P-102A로 다시", "P-102A"),
        ("아녀 시간이요", "시간"),
        ("ah no, alarm", "alarm"),
        ("unit 2, sorry", "unit 2"),
        ("不对，是2号机", "2号机"),
        ("間違えた、2Bです", "2B"),
        ("perdón, quise decir presión", "presión"),
        # What only begins like a correction.
        ("wait time between starts?", "wait time between starts?"),
        ("no load current of P-101A?", "no load current of P-101A?"),
        ("No 2 pump flow?", "No 2 pump flow?"),
        ("아니면 2호기는?", "아니면 2호기는?"),
        ("음압 기준은?", "음압 기준은?"),
    ],
)
def test_a_correction_is_known_by_many_words(typed: str, meant: str) -> None:
    assert corrected(typed, ["P-101A 최소 유량은?"]) == meant


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("P-101A 최소유량이랑 대기시간 알려줘", ["P-101A 최소유량", "P-101A 대기시간 알려줘"]),
        ("hold time and temperature for step 3?", ["hold time of step 3", "temperature for step 3?"]),
        ("P-101A的最小流量和轴承温度是多少", ["P-101A的最小流量", "P-101A 轴承温度是多少"]),
        ("P-101Aの最小流量と軸受温度を教えて", ["P-101Aの最小流量", "P-101A 軸受温度を教えて"]),
        (
            "1) how long total reflux 2) water spec for the top product",
            ["how long total reflux", "water spec for the top product"],
        ),
        ("P-101A min flow? / P-102A min flow?", ["P-101A min flow?", "P-102A min flow?"]),
        # What is one question.
        ("P-101A 유량과 압력이 떨어지면 어떻게 해?", ["P-101A 유량과 압력이 떨어지면 어떻게 해?"]),
        ("P-101A 온도와 압력의 관계", ["P-101A 온도와 압력의 관계"]),
        (
            "What is the pressure and temperature limit of P-101A?",
            ["What is the pressure and temperature limit of P-101A?"],
        ),
        ("P-101A 기동과 정지 순서 알려줘", ["P-101A 기동과 정지 순서 알려줘"]),
    ],
)
def test_properties_of_one_thing_are_asked_one_by_one(question: str, parts: list[str]) -> None:
    assert split_question(question, asking.PACK) == parts
