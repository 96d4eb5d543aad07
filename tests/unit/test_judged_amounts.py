"""The asker's amount is judged by a limit that the passage gives; batches, clocks and ranges per minute are read."""

import pytest

from walkdown.answering.verification.reader import Reader
from walkdown.testing.asking import PACK, failed_checks
from walkdown.text.quantities import find_quantities

SHUT = "Note 2: The pump P-402A shall not run longer than 35 s against a closed discharge valve."
EARTH = "2.2 P-402A의 접지 저항을 잰다. 6 Ω 이하이다."
CASE_EN, CASE_KO = "P-402A ran 45 s against a closed valve, fine?", "P-402A 접지 저항 8 ohm 나왔는데 괜찮아?"


@pytest.mark.parametrize(
    ("passage", "said", "question", "stands"),
    [
        (
            SHUT,
            "P-402A may run at most 35 s against a closed discharge valve, so 45 s is not acceptable.",
            CASE_EN,
            True,
        ),
        (SHUT, "P-402A may run at most 35 s against a closed discharge valve, so 45 s is acceptable.", CASE_EN, False),
        (SHUT, "P-402A는 토출밸브가 닫힌 상태로 35초까지만 운전하므로 45초는 한도를 넘긴 것입니다.", CASE_EN, True),
        (EARTH, "P-402A의 접지 저항은 6 Ω 이하이므로 8 ohm은 부적합합니다.", CASE_KO, True),
        (EARTH, "P-402A의 접지 저항은 6 Ω 이하이므로 8 ohm은 기준 안입니다.", CASE_KO, False),
        (EARTH, "P-402A의 접지 저항은 6 Ω 이하이므로 9 ohm은 부적합합니다.", CASE_KO, False),
    ],
)
def test_the_askers_amount_is_judged_by_the_limit(passage: str, said: str, question: str, stands: bool) -> None:
    assert ("numbers" not in failed_checks(passage, said, question)) is stands


def test_the_number_of_a_batch_is_no_amount_and_a_code() -> None:
    reader = Reader(PACK.grammar, ())
    assert [q.text for q in reader.quantities("On day 7 batch 31-044 had 2.5 g/L")] == ["7", "2.5 g/L"]
    assert reader.codes("On day 7 batch 31-044 had 2.5 g/L") == {"31-044"}
    assert [q.text for q in reader.quantities("keep 20-25 °C")] == ["20", "25 °C"]


@pytest.mark.parametrize(("said", "stands"), [("by 10:00", True), ("by 10 a.m.", True), ("by 11:00", False)])
def test_a_time_of_day_stands_in_another_notation(said: str, stands: bool) -> None:
    passage = "야간에는 당직과장이 구두 승인하고 다음 근무일 10시까지 팀장이 서면 승인한다."
    assert ("numbers" not in failed_checks(passage, f"The team manager confirms in writing {said}.")) is stands


@pytest.mark.parametrize(
    ("text", "units"), [("분당 6~10리터가 정상", ["리터/min", "리터/min"]), ("시간당 3톤, 5톤", ["톤/h", "톤"])]
)
def test_a_range_per_time_is_per_time_at_both_ends(text: str, units: list[str]) -> None:
    assert [q.unit for q in find_quantities(text)] == units


def test_what_is_done_to_avoid_something_denies_nothing() -> None:
    passage = "Closing is done in two stages because a single fast stroke of P-402A produced a surge of 0.42 MPa."
    assert "negation" not in failed_checks(passage, "To avoid surge: a single fast stroke of P-402A produced 0.42 MPa.")


def test_an_amount_of_a_remark_is_no_rival_of_the_one_under_the_heading_that_is_named() -> None:
    row = "Tag: P-402A | 단위: kPa | 경보: 90 | 트립: 55 | 비고: 트립은 저압 쪽, 70 에서 보조펌프 자동 기동"
    assert "subject" not in failed_checks(row, "P-402A의 저압 트립은 55 kPa입니다.")
    assert "subject" in failed_checks(row, "P-402A는 90 kPa에서 트립됩니다.")
