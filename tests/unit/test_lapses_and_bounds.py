"""What sets nothing in order (a lapse of time, `반드시 먼저`), and limits told by what is forbidden beyond them."""

import pytest

from walkdown.testing.asking import failed_checks

MUSHROOM = "The interlock closes the mushroom valve after 10 s and then lowers the shelf temperature to -40 °C."
WARM_UP = "난기밸브 V-2를 열어 난기한다. 냉간은 최소 40분, 정지 후 8시간 이내의 열간은 최소 15분으로 한다."
WASHES = "세척 1은 고염 버퍼로, 세척 2는 평형화 버퍼로 한다. 세척 1을 반드시 먼저 한다."
LIGAND = "COL-21에는 0.5 M을 넘는 NaOH를 쓰지 않는다(리간드 손상)."


@pytest.mark.parametrize(
    ("passage", "said", "stands"),
    [
        (MUSHROOM, "10초 뒤 머시룸 밸브가 닫히고 선반온도가 -40 °C로 내려갑니다.", True),
        (WARM_UP, "정지 후 8시간 이내라 열간에 해당하므로 V-2를 열고 최소 15분 난기하면 됩니다.", True),
        (WASHES, "세척 1을 반드시 먼저 합니다.", True),
        (WASHES, "반드시 고염 세척(세척 1)을 먼저 해야 합니다.", True),
        (WASHES, "세척 2를 반드시 먼저 합니다.", False),
    ],
)
def test_order_is_told_by_acts_alone(passage: str, said: str, stands: bool) -> None:
    assert (not failed_checks(passage, said) & {"sequence", "precedence", "subject"}) is stands


@pytest.mark.parametrize(
    ("said", "stands"),
    [
        ("COL-21에 쓸 수 있는 NaOH 농도는 최대 0.5 M입니다.", True),
        ("COL-21에 쓸 수 있는 NaOH 농도는 최소 0.5 M입니다.", False),
        ("COL-21에는 0.5 M 이상의 NaOH를 씁니다.", False),
    ],
)
def test_what_is_forbidden_beyond_a_limit_is_permitted_up_to_it(said: str, stands: bool) -> None:
    assert (not failed_checks(LIGAND, said)) is stands


def test_a_denial_in_another_clause_forbids_nothing() -> None:
    passage = "During start-up below 0.5 MPa the HH trip delay is 30 s instead of 5 s; the LL delay is not changed."
    said = "The longer 30 s delay applies only above 0.5 MPa."
    assert "comparators" in failed_checks(passage, said)
