"""Levels of alarms in letters, and the limit of another amount."""

import pytest

from walkdown.testing.asking import failed_checks

CELLS = """태그: PT-12 | 항목: 압력 | 경보: H 4.5 bar | 인터록: HH 6.0 bar
태그: LT-14 | 항목: 수위 | 경보: L 35 % | 인터록: LL 20 %"""
COLUMNS = "태그: PT-12 | 항목: 압력 | 경보 H: 4.5 bar | 트립 HH: 6.0 bar"
ACTION = """Tag: PDT-12 | Service: oil pressure | L: 50 kPa | LL: 30 kPa | H: 90 kPa | HH: - | Action: LL: turbine trip
Tag: PDT-13 | Service: drain pot level | L: 12 % | LL: - | H: 71 % | HH: - | Action: H: feed pump trip"""
PROSE = "Until the seal is run in, P-101A is kept at or below 28 m3/h (rated 36 m3/h)."


@pytest.mark.parametrize(
    ("passage", "said", "wrong"),
    [
        (CELLS, "PT-12의 HH는 4.5 bar이다.", True),
        (CELLS, "PT-12의 HH는 6.0 bar이다.", False),
        (CELLS, "PT-12의 H는 4.5 bar이고 HH는 6.0 bar이다.", False),
        (CELLS, "LT-14 LL is at 35 %.", True),
        (CELLS, "LT-14 low-low is at 20 %.", False),
        (COLUMNS, "PT-12 하이하이는 4.5 bar이다.", True),
        (COLUMNS, "PT-12의 트립은 6.0 bar이다.", False),
        ("The tank holds 4 L of oil at 3 bar.", "The tank holds 4 L of oil at 3 bar.", False),
    ],
)
def test_an_amount_is_the_level_it_stands_at(passage: str, said: str, *, wrong: bool) -> None:
    assert ("level" in failed_checks(passage, said)) is wrong


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ("PDT-12의 트립은 90 kPa이다.", True),
        ("The oil pressure of PDT-12 trips at 50 kPa.", True),
        ("PDT-12 的油压跳闸值为 50 kPa。", True),
        ("PDT-12의 트립은 30 kPa이다.", False),
        ("PDT-12의 경보는 50 kPa이다.", False),
        ("PDT-13의 트립은 71 %이다.", False),
    ],
)
def test_the_inner_level_warns_where_the_outer_one_trips(said: str, *, wrong: bool) -> None:
    assert ("level" in failed_checks(ACTION, said)) is wrong


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ("P-101A is kept at or below 36 m3/h.", True),
        ("P-101A is kept at or below 28 m3/h.", False),
        ("P-101A is rated 36 m3/h.", False),
    ],
)
def test_an_amount_beside_the_limit_is_not_the_limit(said: str, *, wrong: bool) -> None:
    assert ("comparators" in failed_checks(PROSE, said)) is wrong


BATCHES = """Batch: 26M042 | Freeze dryer: LYO-2 | Residual moisture (%): 1.7 % | Disposition: rejected
Parameter: Residual moisture limit (%) | LYO-1: 1.5 % | LYO-2: 2.0 %"""


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ("The residual moisture of 26M042 was within the limit of 1.7 %.", True),
        ("26M042의 잔류수분 기준은 1.7 %이다.", True),
        ("The residual moisture of 26M042 was 1.7 %.", False),
        ("The residual moisture limit of LYO-1 is 1.5 %.", False),
    ],
)
def test_what_was_measured_is_no_limit_where_another_row_has_one(said: str, *, wrong: bool) -> None:
    assert ("level" in failed_checks(BATCHES, said)) is wrong
