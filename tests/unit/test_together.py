"""Amounts of one sentence: their cases, `and` and `or`, whose they are; and two values under a heading of two names."""

import pytest

from walkdown.answering.verification.statements import split_statements
from walkdown.testing.asking import failed_checks

RADIUS = "4. Clear the area within 30 m; if more than 5 kg escapes, within 200 m."


@pytest.mark.parametrize(
    ("passage", "said"),
    [
        (RADIUS, "Above 5 kg clear 30 m."),
        (RADIUS, "5 kg 넘게 새면 30 m까지 비웁니다."),
        (
            "일반 배관은 6 bar로 시험하고 2분 유지한다. 단, 80 °C를 넘는 배관은 9 bar로 시험한다.",
            "80 °C를 넘는 배관은 6 bar로 시험합니다.",
        ),
    ],
)
def test_an_amount_of_another_case_is_struck(passage: str, said: str) -> None:
    assert failed_checks(passage, said) & {"together", "subject"}


@pytest.mark.parametrize(
    ("passage", "said"),
    [
        (RADIUS, "Above 5 kg clear 200 m."),
        (RADIUS, "Clear 30 m; above 5 kg it is 200 m."),
        ("Rinse for 5 min at 60 °C; then dry for 20 min.", "Rinse at 60 °C for 5 min."),
        ("Hold 15 min; the pump takes 40 A and the fan 12 A.", "The fan takes 12 A."),
    ],
)
def test_an_amount_of_its_own_case_stands(passage: str, said: str) -> None:
    assert "together" not in failed_checks(passage, said)


BOTH = "유량이 30 t/h 이상이고 압력이 4 bar 이상이면 기동할 수 있다."


@pytest.mark.parametrize(
    ("said", "stands"),
    [
        ("유량이 30 t/h 이상이고 압력이 4 bar 이상이면 기동할 수 있습니다.", True),
        ("유량이 30 t/h 이상이거나 압력이 4 bar 이상이면 기동할 수 있습니다.", False),
        ("It may be started when the flow is 30 t/h or more and the pressure 4 bar or more.", True),
    ],
)
def test_two_conditions_keep_their_and(said: str, stands: bool) -> None:
    assert ("together" not in failed_checks(BOTH, said)) is stands


def test_either_keeps_its_or() -> None:
    passage = "Change the oil after 4,000 h or 12 months, whichever is first."
    assert "together" in failed_checks(passage, "Change the oil after 4,000 h and 12 months of service.")
    assert "together" not in failed_checks(passage, "Change the oil after 4,000 h or 12 months.")


def test_only_one_is_not_either() -> None:
    passage = "Product KX-9 is sensitive: cool to 5 °C before filling it, on either line."
    assert "together" in failed_checks(passage, "KX-9 is cooled to 5 °C only on line 2.")
    assert "together" not in failed_checks(passage, "KX-9 is cooled to 5 °C on either line.")


COAST = "The battery lasts for 50 minutes; P-1 needs 14 minutes to stop and P-2 needs 31 minutes."


@pytest.mark.parametrize(
    ("said", "stands"),
    [
        ("The battery lasts 50 minutes and P-2 stops in 31 minutes.", True),
        ("The battery lasts 50 minutes and P-2 stops in 14 minutes.", False),
        ("P-1 needs 14 minutes to stop.", True),
        ("P-1 needs 31 minutes to stop.", False),
    ],
)
def test_clauses_tell_whose_an_amount_is(said: str, stands: bool) -> None:
    assert (not failed_checks(COAST, said) & {"pairing", "subject"}) is stands


TWO = "항목: 토출 온도 | GT-1 경보 / 트립: 70 / 85 °C | GT-2 경보 / 트립: 95 / 110 °C"


@pytest.mark.parametrize(
    ("said", "stands"),
    [
        ("GT-2 토출 온도는 110 °C에서 트립합니다.", True),
        ("GT-2 토출 온도는 95 °C에서 트립합니다.", False),
        ("GT-2 trips at a discharge temperature of 110 °C.", True),
        ("GT-2 trips at a discharge temperature of 95 °C.", False),
    ],
)
def test_two_values_under_two_names_are_each_under_its_own(said: str, stands: bool) -> None:
    assert (not failed_checks(TWO, said) & {"subject", "opposites", "column", "limits"}) is stands


@pytest.mark.parametrize(
    ("cell", "parts"),
    [
        ("경보/트립 (°C): 95/110", [("경보 (°C)", "95"), ("트립 (°C)", "110")]),
        ("Low / High, bar: 2.5 / 3.5", [("Low, bar", "2.5"), ("High, bar", "3.5")]),
        ("ST-1 / ST-2: 120 / 150 °C", [("ST-1", "120"), ("ST-2", "150 °C")]),
        ("Flow, kg/h: 80/90", [("Flow, kg/h", "Flow, kg/h: 80/90")]),
        ("Alarm / trip: none", [("Alarm / trip", "Alarm / trip: none")]),
    ],
)
def test_a_heading_of_two_names(cell: str, parts: list[tuple[str, str]]) -> None:
    line = f"Item: pump | {cell}"
    (row,) = split_statements(line)
    assert [(p.label, p.text) for p in row.parts[1:]] == parts
    assert all(line[p.start : p.end] == p.text for p in row.parts)


TANK = "圧油タンクは5.6 MPaで予備ポンプが自動起動し、5.2 MPaで警報、4.8 MPaで非常停止となる。"


@pytest.mark.parametrize(
    ("said", "stands"),
    [
        ("压力降到 5.2 MPa 时发出警报。", True),
        ("压力降到 5.6 MPa 时发出警报。", False),
        ("5.2 MPa에서 경보가 울립니다.", True),
        ("5.6 MPa에서 경보가 울립니다.", False),
        ("At 5.6 MPa the spare pump starts.", True),
    ],
)
def test_between_languages_the_alarm_is_no_other_amount_of_its_sentence(said: str, stands: bool) -> None:
    assert ("subject" not in failed_checks(TANK, said)) is stands
