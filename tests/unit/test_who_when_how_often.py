"""Made-up ranks, delays denied and rates of sampling, which hold no amount that other checks look at."""

import pytest

from walkdown.testing.asking import failed_checks

TRIP = "항목: 차압 트립 | 단위: kPa | 1호기: 18 kPa | 2호기: 16 kPa | 비고: 3초 지연 후 발전기 트립"
SAMPLE = "채취점: PW-201 | 시험 항목: 미생물 | 주기: 주 3회 | 담당: QC 미생물"
CHANGE = "버전 6: PW-201 미생물 채취 주기를 주 1회에서 주 3회로 변경한다."


@pytest.mark.parametrize(
    ("passage", "said", "check", "wrong"),
    [
        (
            "잔량이 5 % 이하이면 반장의 판단으로 계속한다.",
            "잔량이 5 % 이하이면 공장장의 판단으로 계속합니다.",
            "role",
            True,
        ),
        (
            "잔량이 5 % 이하이면 반장의 판단으로 계속한다.",
            "잔량이 5 % 이하이면 반장의 판단으로 계속합니다.",
            "role",
            False,
        ),
        (
            "残量が5%以下のときは班長の判断で続けてよい。",
            "残量が5%以下なら工場長の判断で続けてよいです。",
            "role",
            True,
        ),
        ("The batch is released by the biosafety officer.", "The plant director releases the batch.", "role", True),
        ("저장 탱크의 고장은 현장에서 본다.", "저장 탱크의 고장은 현장에서 봅니다.", "role", False),
        (TRIP, "2호기는 차압 16 kPa에서 지연 없이 즉시 트립됩니다.", "at_once", True),
        (TRIP, "2호기는 차압 16 kPa에서 3초 뒤 트립됩니다.", "at_once", False),
        (SAMPLE, "PW-201의 미생물은 매일 채취합니다.", "times", True),
        (SAMPLE, "PW-201의 미생물은 월 3회 채취합니다.", "times", True),
        (SAMPLE, "PW-201 is sampled for microbes 3 times a month.", "times", True),
        (SAMPLE, "PW-201 is sampled for microbes 3 times a week.", "times", False),
        (SAMPLE, "PW-201의 미생물은 주 3회 채취합니다.", "times", False),
        (CHANGE, "PW-201의 미생물 채취 주기는 주 1회입니다.", "times", True),
        (CHANGE, "PW-201의 미생물 채취 주기는 주 3회입니다.", "times", False),
        (CHANGE, "PW-201의 미생물 채취 주기는 주 1회에서 주 3회로 바뀌었습니다.", "times", False),
    ],
)
def test_who_when_and_how_often_are_those_of_the_passage(passage: str, said: str, check: str, *, wrong: bool) -> None:
    assert (check in failed_checks(passage, said)) is wrong
