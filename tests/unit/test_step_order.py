"""Steps that a sentence sets in order, in five languages, and things beside their amounts."""

import pytest

from walkdown.testing.asking import failed_checks

KO = """1. 흡입 압력 PI-201이 2 bar까지 떨어진 것을 확인한다.
2. 차단판을 내린다.
3. 배수밸브 DV-210을 20 %만 열고 10분간 수위를 관찰한다.
4. 수위가 오르지 않으면 DV-210을 전개한다.
5. 압력계 PI-202가 0.02 MPa 이하가 되면 맨홀을 개방한다."""
EN = """1. Start the vacuum pump VP-3 and wait for 50 mbar.
2. Cool the shelf to -35 °C.
3. Open the nitrogen valve XV-9 for two minutes.
4. Close the drain of the condenser."""


@pytest.mark.parametrize(
    ("passage", "said"),
    [
        (KO, "DV-210을 열고 나서 차단판을 내립니다."),
        (KO, "차단판을 내리기 전에 DV-210부터 엽니다."),
        (KO, "Open the drain valve DV-210 before checking PI-201."),
        (EN, "Cool the shelf before starting the vacuum pump VP-3."),
        (EN, "After the nitrogen valve XV-9 was opened, start the vacuum pump VP-3."),
        (EN, "XV-9를 연 뒤에 VP-3를 기동합니다."),
        (EN, "XV-9を開けてからVP-3を起動します。"),
        (EN, "Abrir XV-9 antes de arrancar VP-3."),
    ],
)
def test_steps_in_another_order_are_struck(passage: str, said: str) -> None:
    assert "step_order" in failed_checks(passage, said)


@pytest.mark.parametrize(
    ("passage", "said"),
    [
        (KO, "차단판을 내린 다음에 DV-210을 엽니다."),
        (KO, "DV-210을 열기 전에 차단판을 내립니다."),
        (KO, "맨홀은 PI-202가 0.02 MPa 이하로 떨어진 뒤에 엽니다."),
        (EN, "Start the vacuum pump VP-3, then cool the shelf."),
        (EN, "Do not open XV-9 before the vacuum pump VP-3 is started."),
        (EN, "VP-3를 기동한 뒤에 XV-9를 엽니다."),
        (EN, "VP-3を起動してからXV-9を開けます。"),
    ],
)
def test_steps_in_their_order_stand(passage: str, said: str) -> None:
    assert "step_order" not in failed_checks(passage, said)


def test_a_thing_beside_its_amount_is_not_held_against_another_statement() -> None:
    assert "thing" not in failed_checks(KO, "맨홀은 PI-202가 0.02 MPa 이하로 떨어진 뒤에 엽니다.")


def test_text_without_end_is_not_looked_through_for_an_order() -> None:
    passage = "1. Open valve V-1.\n2. Start pump P-101A."
    said = "Start pump P-101A, then open valve V-1"
    assert "step_order" in failed_checks(passage, f"{said}.")
    assert "step_order" not in failed_checks(passage, f"{said}{' and look at it' * 40}.")
