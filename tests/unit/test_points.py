"""Thousands parted by points in Spanish, decimals elsewhere."""

import pytest

from walkdown.testing.asking import failed_checks
from walkdown.text.quantities import find_quantities


@pytest.mark.parametrize(
    ("text", "values", "written"),
    [
        ("4.3 Si la Legionella supera 10.000 UFC/L se para la torre", [4.3, 10000], "10.000 UFC/L"),
        ("Parámetro: parada de la torre | Unidad: UFC/L | CT-1: 10.000", [10000], "10.000"),
        ("caudal de 1.250 m3/h y 3,5 bar en la salida", [1250, 3.5], "3,5 bar"),
        ("El consumo es de 1.250.000 kg cada año", [1250000], "1.250.000 kg"),
        ("La presión es de 1.500 mbar y el nivel 3.5 m", [1.5, 3.5], "3.5 m"),
        ("The pressure is 1.500 bar at the outlet of the pump", [1.5], "1.500 bar"),
        ("길이는 1.500 m이다", [1.5], "1.500 m"),
        ("la presión de 0.125 bar", [0.125], "0.125 bar"),
    ],
)
def test_points_part_thousands_in_spanish_only(text: str, values: list[float], written: str) -> None:
    found = find_quantities(text)
    assert [q.value for q in found] == values
    assert found[-1].text == written
    assert all(text[q.end - len(q.text) : q.end] == q.text for q in found)


def test_a_thousandth_of_the_limit_does_not_stand() -> None:
    passage = "4.3 Si la Legionella supera 10.000 UFC/L se para la torre y se limpia."
    assert "numbers" not in failed_checks(passage, "Por encima de 10 000 UFC/L se para la torre.")
    assert "numbers" not in failed_checks(passage, "레지오넬라가 10,000 CFU/L를 넘으면 냉각탑을 세웁니다.")
    assert "numbers" in failed_checks(passage, "레지오넬라가 10 CFU/L를 넘으면 냉각탑을 세웁니다.")
