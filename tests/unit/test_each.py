"""A question about several things is asked of each."""

import pytest

from walkdown.answering.each import of_each
from walkdown.testing import asking


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("P-201이랑 P-202 정상 토출압 각각 몇 barg?", ["P-201 정상 토출압 몇 barg?", "P-202 정상 토출압 몇 barg?"]),
        ("low alarm, BR-201 vs BR-202", ["low alarm, BR-201", "low alarm, BR-202"]),
        ("minimum flow of P-101A and P-101B each?", ["minimum flow of P-101A?", "minimum flow of P-101B?"]),
        ("What are the trips of P-1, P-2 and P-3 respectively?", [f"What are the trips of P-{n}?" for n in (1, 2, 3)]),
        ("냉간 기동은 몇 분? 1, 2호기 따로", ["냉간 기동은 몇 분? 1호기", "냉간 기동은 몇 분? 2호기"]),
        ("1호기랑 2호기 최소 유량 각각?", ["1호기 최소 유량?", "2호기 최소 유량?"]),
        ("P-101A와 P-101B 최소 유량 비교해줘", ["P-101A 최소 유량", "P-101B 최소 유량"]),
        ("compare min flow of P-101A and P-101B", ["min flow of P-101A", "min flow of P-101B"]),
        ("P-101A P-101B 최소유량 차이", ["P-101A 최소유량", "P-101B 최소유량"]),
        ("1호기 2호기 저수위 경보 나란히 보여줘", ["1호기 저수위 경보 보여줘", "2호기 저수위 경보 보여줘"]),
        ("1号机和2号机的最小流量分别是多少", ["1号机的最小流量是多少", "2号机的最小流量是多少"]),
        ("A1이랑 A3 차이", ["A1", "A3"]),
        ("minimum flow of units 1 and 2, each", ["minimum flow of unit 1", "minimum flow of unit 2"]),
    ],
)
def test_each_is_asked_on_its_own(question: str, parts: list[str]) -> None:
    assert of_each(question, asking.PACK) == parts


@pytest.mark.parametrize(
    "question",
    [
        "P-101A와 P-101B 사이 밸브는 뭐야?",
        "Does P-101A start each time P-101B stops?",
        "What is the minimum flow of P-101A?",
        "Is P-101A the same as P-101B?",
        "각각의 최소 유량은?",
        "1호기랑 2호기 절차서 비교",
        "P-101A와 P-101B를 둘 다 켜면 유량은?",
        "A1 및 A3 온도는?",
        "Unit 1 and 2 share which tank?",
        "",
    ],
)
def test_a_question_about_both_together_stays_whole(question: str) -> None:
    assert of_each(question, asking.PACK) == [question]
