"""Numbers that name: products (`하이포-12`), cells of a switchboard (`6A-05`), machines, and votes (`3개 중 2개`)."""

import pytest

from walkdown.answering.verification.reader import Reader
from walkdown.testing.asking import PACK, failed_checks
from walkdown.text.codes import is_of_sibling
from walkdown.text.quantities import find_quantities

STORED = "3.1 하이포-12는 30 °C 이하, 하이포-5는 35 °C 이하에서 저장하며 직사광선을 피한다."
ASKED = "하이포-5 창고가 33도인데 괜찮아?"
VOTED = "조건: 출구온도 고고 | 로직: 2oo3 | 지연: 2초"


@pytest.mark.parametrize(
    ("said", "stands"),
    [
        ("하이포-5의 저장온도 상한은 35 °C입니다.", True),
        ("하이포-5의 저장온도 상한은 30 °C입니다.", False),
        ("하이포-5는 35 °C 이하에서 저장하므로 33 °C는 허용 범위입니다.", True),
        ("하이포-5는 35 °C 이하에서 저장하므로 33 °C는 허용 범위를 벗어납니다.", False),
    ],
)
def test_a_product_is_known_by_its_number(said: str, stands: bool) -> None:
    assert (not failed_checks(STORED, said, ASKED) - {"terms"}) is stands


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("하이포-12는 30 °C", ["30 °C"]), ("6A-05의 차단기", []), ("6A를 넘으면", ["6A"]), ("誘引通風機3A", []),
        ("온도 -5 °C", ["-5 °C"]), ("引风机 2B 停机", []),
    ],
)  # fmt: skip
def test_what_names_a_thing_is_no_amount(text: str, amounts: list[str]) -> None:
    assert [q.text for q in find_quantities(text)] == amounts


@pytest.mark.parametrize(
    "text",
    ["신호 3개 중 2개가", "3대 중 2대 이상이면", "3个中取2个", "3つのうち2つ", "2 of 3 sensors", "2 de 3 señales"],
)
def test_votes_are_written_in_many_ways(text: str) -> None:
    reader = Reader(PACK.grammar, ())
    assert reader.codes(text) == {"2OO3"}
    assert reader.quantities(text) == ()


def test_a_vote_is_that_of_the_passage() -> None:
    assert not failed_checks(VOTED, "출구온도 고고 신호 3개 중 2개가 2초 지나면 동작합니다.")
    assert "tags" in failed_checks(VOTED, "출구온도 고고 신호 3개 중 1개가 2초 지나면 동작합니다.")


@pytest.mark.parametrize(
    ("asked", "line", "sibling"),
    [
        (
            "HH set point for G4 stator water conductivity?",
            "Tag: CT-3421 | Service: G3 stator water conductivity",
            True,
        ),
        ("HH set point for G4 stator water conductivity?", "Service: G4 stator water conductivity", False),
        ("residual moisture limit for VAX-4?", "Residual moisture (%) | Product MAB-7: 1.5 | Product VAX-3: 2.0", True),
        ("P-101 토출 압력?", "P-101A | 토출 압력 | 3.2 barg", False),
        ("P-101A 토출 압력?", "P-101B | 토출 압력 | 3.2 barg", True),
        ("P-101A 토출 압력?", "모든 펌프의 토출 압력은 3 barg 이상이다.", False),
        ("AT-611 경보 때 EV-610B는?", "AT-611 경보: EV-610A를 차단한다", False),
        ("G3랑 G4 중 어느 쪽?", "G3 cold gas temperature HH: 53", False),
        ("V-202 액위?", "V-2021 액위 50 %", False),
        ("2C 스러스트 베어링 트립 온도?", "TE-2275A | 2A 스러스트 베어링 | 95 ℃", True),
        ("2C 스러스트 베어링 트립 온도?", "2A와 2C 스러스트 베어링 | 95 ℃", False),
        ("2C 퓨즈는?", "퓨즈는 3A이다", False),
        ("1호기 BFP 연속 기동 횟수는?", "연속 기동은 2회까지.\nBFP 운전 절차 — 2호기", True),
        ("1호기 BFP 연속 기동 횟수는?", "1호기와 2호기는 2회까지.\nBFP 운전 절차", False),
    ],
)
def test_a_line_of_another_thing_of_the_kind_is_known(asked: str, line: str, sibling: bool) -> None:
    assert is_of_sibling(asked, line) is sibling
