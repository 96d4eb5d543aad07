"""Two acts that a sentence sets in order stand as the passage has them, in one language and across."""

import pytest

from walkdown.testing.asking import failed_checks

KO = "3.8 순환을 멈추고 드럼 하부 밸브를 먼저 잠근 다음 저장조 쪽 밸브를 잠근다."
EN = "4.4 Admit nitrogen at 2.0 to 2.4 bar(g) through the dip tube first, then through the purge header."
BEFORE = "Vent the cooler before the pump is started."


@pytest.mark.parametrize(
    ("passage", "said"),
    [
        (KO, "순환을 멈춘 다음 저장조 쪽 밸브를 먼저 잠그고 드럼 하부 밸브를 잠급니다."),
        (KO, "저장조 쪽 밸브를 먼저 잠그고 그 다음 드럼 하부 밸브를 잠급니다."),
        (EN, "Nitrogen goes through the purge header first and then through the dip tube."),
        (EN, "Admit nitrogen through the dip tube after the purge header."),
        (BEFORE, "The pump is started first, then the cooler is vented."),
    ],
)
def test_acts_told_the_other_way_round_do_not_stand(passage: str, said: str) -> None:
    assert "sequence" in failed_checks(passage, said)


@pytest.mark.parametrize(
    ("passage", "said"),
    [
        (KO, "순환을 멈추고 드럼 하부 밸브를 잠근 뒤 저장조 쪽 밸브를 잠급니다."),
        (KO, "드럼 하부 밸브를 먼저 잠그고, 그 다음 저장조 쪽 밸브를 잠급니다."),
        (EN, "Nitrogen goes through the dip tube first and then through the purge header."),
        (EN, "The purge header comes after the dip tube."),
        (EN, "Nitrogen is not admitted through the purge header before the dip tube."),
        (BEFORE, "First vent the cooler, then start the pump."),
        ("Start pump A and pump B and watch the level.", "Pump B is started first, then pump A."),
    ],
)
def test_acts_in_their_order_stand(passage: str, said: str) -> None:
    assert "sequence" not in failed_checks(passage, said)


def test_what_comes_first_and_then_is_not_at_once() -> None:
    at_once = "Admit nitrogen through the dip tube and the purge header at the same time."
    assert "at_once" in failed_checks(EN, at_once)


NIGHT = "5.2 밤에는 내리지 않는다. 단 P-101A는 액위가 15% 아래이고 생산팀장의 서면 승인이 있으면 내릴 수 있다."
LAB = "P-101A may be drained if the level is below 15 % and the lab has signed."


@pytest.mark.parametrize(
    ("passage", "said", "stands"),
    [
        (NIGHT, "P-101A는 액위가 15% 아래이거나 생산팀장의 서면 승인이 있으면 밤에도 내릴 수 있습니다.", False),
        (NIGHT, "P-101A는 액위가 15% 아래이고 생산팀장의 서면 승인이 있으면 밤에도 내릴 수 있습니다.", True),
        (LAB, "P-101A may be drained when the level is below 15 % or the lab has signed.", False),
        (LAB, "P-101A may be drained when the level is below 15 % and the lab has signed.", True),
        (LAB, "Below 15 % P-101A may be drained once the lab has signed.", True),
    ],
)
def test_two_conditions_are_joined_as_in_the_passage(passage: str, said: str, stands: bool) -> None:
    assert ("together" not in failed_checks(passage, said)) is stands


def test_what_is_done_after_something_may_stand_before_a_comma() -> None:
    passage = "P-101B가 트립되면 당직과장 승인을 받고 토출밸브를 현장에서 손으로 연 뒤 P-101A를 기동할 수 있다."
    said = "Only if P-101B trips may P-101A be started, with the supervisor's approval and after the discharge valve"
    assert "sequence" not in failed_checks(passage, f"{said} has been opened by hand.")
