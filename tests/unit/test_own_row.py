"""Whose row, which column and which case: amounts of tables belong to the thing and the heading that is spoken of."""

import pytest

from walkdown.testing.asking import failed_checks

REACTORS = (
    "No.: 4 | Reactor: R-301A | Initiator: Jacket flow low-low | Set point: 14 m3/h | Action: Close XV-3111\n"
    "No.: 14 | Reactor: R-301B | Initiator: Jacket flow low-low | Set point: 22 m3/h | Action: Close XV-3211"
)
SAMPLES = (
    "설비: TK-111 | 항목: 수분 | 단위: wt% | 관리 상한: 2.5 | 비고: ppm 이 아님\n"
    "설비: T-401 공급 | 항목: 수분 | 단위: wt% | 관리 상한: 4.0 | 비고: TK-111 기준과 다름"
)
LIMITS = "System: L-2 | Test: Endotoxin | Unit: EU/mL | Alert: 0.05 | Action: 0.15 | Frequency: daily"
OIL = (
    "태그: PT-1322 | 항목: 윤활유 압력 | 단위: kPa | L 경보: 95 | 트립: 62 | "
    "비고: 트립은 저압 쪽, 78 에서 보조펌프 자동 기동"
)


@pytest.mark.parametrize(
    ("passage", "said", "question", "stands"),
    [
        (REACTORS, "The jacket flow of R-301B trips at 14 m3/h.", "", False),
        (REACTORS, "The jacket flow of R-301B trips at 22 m3/h.", "", True),
        (REACTORS, "자켓 유량이 14 m3/h에서 LL 인터록이 동작합니다.", "R-301B 자켓 유량 LL은?", False),
        (REACTORS, "자켓 유량이 22 m3/h에서 LL 인터록이 동작합니다.", "R-301B 자켓 유량 LL은?", True),
        (SAMPLES, "TK-111의 수분 상한은 4.0 wt%입니다.", "", False),
        (SAMPLES, "TK-111의 수분 상한은 2.5 wt%입니다.", "", True),
        (SAMPLES, "T-401 공급의 수분 상한은 4.0 wt%입니다.", "", True),
    ],
)
def test_an_amount_of_anothers_row_is_not_the_things_own(passage: str, said: str, question: str, stands: bool) -> None:
    assert ("pairing" not in failed_checks(passage, said, question)) is stands


def test_the_only_row_with_the_amount_of_a_thing_without_rows_is_left_alone() -> None:
    assert "pairing" not in failed_checks(REACTORS, "R-301C trips at 14 m3/h.")


@pytest.mark.parametrize(
    ("passage", "said", "stands"),
    [
        (LIMITS, "L-2的内毒素行动限为0.05 EU/mL。", False),
        (LIMITS, "L-2的内毒素行动限为0.15 EU/mL。", True),
        (LIMITS, "L-2の内毒素の処置基準は0.05 EU/mLです。", False),
        (OIL, "PT-1322는 78 kPa까지 떨어지면 터빈이 트립됩니다.", False),
        (OIL, "PT-1322는 62 kPa에서 트립됩니다.", True),
        (OIL, "트립 전 78 kPa에서 보조펌프가 자동 기동합니다.", True),
        (OIL, "PT-1322의 L 경보는 95 kPa이고 트립은 62 kPa입니다.", True),
    ],
)
def test_an_amount_stands_under_the_heading_that_is_named(passage: str, said: str, stands: bool) -> None:
    wrong = failed_checks(passage, said) & {"column", "subject", "opposites"}
    assert (not wrong) is stands


@pytest.mark.parametrize(
    ("said", "stands"), [("警戒限是0.05 EU/mL。", False), ("行动限是0.15 EU/mL，警戒限是0.05 EU/mL。", True)]
)
def test_who_asks_for_the_action_limit_is_not_told_the_alert_limit(said: str, stands: bool) -> None:
    assert ("case" not in failed_checks(LIMITS, said, "L-2内毒素行动限是多少？")) is stands


def test_an_exception_needs_no_comma() -> None:
    passage = "2.3 접지 후 정치 시간은 10분이다. 단 TK-112 하역은 15분으로 한다."
    asked = "TK-112 하역, 접지하고 몇 분 기다려?"
    assert "case" in failed_checks(passage, "접지 후 10분간 정치합니다.", asked)
    assert "case" not in failed_checks(passage, "접지 후 15분간 정치합니다.", asked)


def test_an_amount_of_another_things_clause_is_not_the_closest() -> None:
    passage = (
        "4.2 Pressure hold test: V-501 at 1.5 bar for 20 minutes.\n"
        "4.8 Exposure time: V-501 25 minutes, V-502 35 minutes, TL-52 20 minutes."
    )
    asked = "V-501 SIP exposure time, how many minutes?"
    assert failed_checks(passage, "V-501 is exposed for 20 minutes.", asked)
    assert "closest" not in failed_checks(passage, "V-501 is exposed for 25 minutes.", asked)
