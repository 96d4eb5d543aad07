"""Gases and chemicals by name and formula: one is not another, nor part of another's name."""

import pytest

from walkdown.text.substances import substances


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("수소를 CO2로 치환한다", ["hydrogen", "carbon dioxide"]),
        ("황화수소 10 ppm, 탄산수소나트륨", ["hydrogen sulfide"]),
        ("차아염소산나트륨 용액과 염소이온", ["sodium hypochlorite"]),
        ("질소산화물(NOx)은 질소와 다르다", ["nitrogen"]),
        ("用氮气吹扫，禁止使用氧气", ["nitrogen", "oxygen"]),
        ("窒素で置換し、酸素濃度を測る", ["nitrogen", "oxygen"]),
        ("purgar con nitrógeno", ["nitrogen"]),
        ("GN2 header, HP-N2 line; nitrogenous", ["nitrogen"]),
        ("CO alarm at 30 ppm, company", ["carbon monoxide"]),
        ("과산화수소 훈증 (VHP)", ["hydrogen peroxide"]),
        ("급수펌프 최소 유량 72 t/h", []),
    ],
)
def test_substances(text: str, names: list[str]) -> None:
    assert list(substances(text)) == names
