"""The unit that a table gives to a bare number: in a heading, in a cell of the row, or with the level it is of."""

import re

import pytest

from walkdown.answering.verification import Basis, verify_claim
from walkdown.documents import Chunk, Claim, Evidence, Verdict
from walkdown.text.heads import BARE_CELL, has_row_unit, head_unit, stated_unit
from walkdown.text.units import conversion


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("EL-402 전류 kA", "kA"), ("Max temperature °C", "°C"), ("유지 시간 분", "분"), ("Hold time, min", "min"),
        ("유지 시간, min", "min"), ("Max storage days", "days"), ("보관 일", "일"), ("Pressure bar g", "bar g"),
        ("High level alarm %", "%"), ("전류 A", "A"), ("VCD, 10^6 cells/mL", "10^6 cells/mL"),
        ("Flow, min", ""), ("Train A", ""), ("Pump A", ""), ("Class C", ""), ("유지 시간", ""), ("시험 일", ""),
        ("Unit 1", ""), ("Max. days", ""), ("구 분", ""), ("성 분", ""), ("second", ""), ("OD", ""), ("Pipe OD", ""),
        ("Valve CV", ""), ("Last cal", ""), ("mm", "mm"), ("Optical density OD", "OD"), ("건조 분", "분"),
        ("周期(運転時間)", "時間"), ("周期(暦、月)", "か月"), ("주기(운전시간)", "시간"), ("운전시간", ""),
        ("日付(月)", ""), ("Interval (running hours)", "hours"), ("Intervalo (horas de operación)", "horas"),
        ("周期（运行小时）", "小时"),
    ],
)  # fmt: skip
def test_the_last_word_of_a_heading_may_be_its_unit(name: str, unit: str) -> None:
    assert head_unit(name) == unit


def test_a_power_of_ten_is_part_of_a_unit() -> None:
    assert conversion("10^6 cells/mL")[1] == pytest.approx(1e6 * conversion("cells/mL")[1])
    assert conversion("×10³ CFU")[1] == pytest.approx(1e3 * conversion("CFU")[1])


@pytest.mark.parametrize(
    ("cell", "bare"),
    [("HH 104", True), ("max. 4.5", True), ("+11.0/-3.0", True), ("L 70 / LL 50", True), ("2/3 선택", False),
     ("3 pumps", False)],
)  # fmt: skip
def test_a_cell_that_is_an_amount_alone(cell: str, bare: bool) -> None:
    assert bool(BARE_CELL.fullmatch(cell)) is bare


@pytest.mark.parametrize(
    ("cell", "own"),
    [
        ("LL 6, 10분 지속", ["6"]),
        ("1.6에서 예비 펌프, 1.3에서 비상 펌프 기동", ["1.6", "1.3"]),
        ("standby pump starts at 1.3", ["1.3"]),
        ("2/3 선택", []),
        ("3 pumps", []),
    ],
)
def test_numbers_of_a_cell_that_are_in_the_unit_of_the_row(cell: str, own: list[str]) -> None:
    numbers = [m for m in re.finditer(r"\d+(?:\.\d+)?", cell) if has_row_unit(cell, m.start(), m.end())]
    assert [m.group() for m in numbers] == own


def test_how_an_amount_was_taken_is_no_part_of_its_unit() -> None:
    assert (stated_unit("mm/s RMS"), stated_unit("µm p-p")) == ("mm/s", "µm")


ROWS = (
    "태그: PT-3060 | 항목: 윤활유 압력 | 단위: bar | 경보: L 1.6 | 트립: LL 1.1 | 비고: 1.3에서 비상 DC 펌프 기동\n"
    "태그: FT-4111 | 항목: 금지제 유량 | 단위: L/h | 경보: L 9 | 인터록: LL 6, 10분 지속 | 비고: 2/3 선택\n"
    "단계: 3 | EL-401 전류 kA: 8.0 | EL-402 전류 kA: 9.0 | 유지 시간 분: 20 | 온도 °C: 85"
)


@pytest.mark.parametrize(
    ("claim", "failed"),
    [
        ("PT-3060 윤활유 압력 트립은 1.1 bar이다.", False),
        ("윤활유 압력이 1.3 bar가 되면 비상 DC 펌프가 기동한다.", False),
        ("윤활유 압력이 1.3 MPa가 되면 비상 DC 펌프가 기동한다.", True),
        ("FT-4111 금지제 유량 인터록은 6 L/h이다.", False),
        ("FT-4111 금지제 유량 인터록은 6 m3/h이다.", True),
        ("FT-4111은 2oo3로 선택한다.", False),
        ("EL-402의 3단계 전류는 9.0 kA, 유지 시간은 20분, 온도는 85 °C이다.", False),
        ("EL-402의 3단계 전류는 8.0 kA이다.", True),
        ("EL-402의 3단계 전류는 9.0 A이다.", True),
    ],
)
def test_a_claim_may_say_the_unit_that_the_table_gives(claim: str, failed: bool) -> None:
    chunk = Chunk(id="a", document_id="D", revision="1", pack="p", title="OP", language="ko", ordinal=1, text=ROWS)
    basis = Basis([Evidence(number=1, chunk=chunk, score=1.0)], (), (), "설정값은?", "ko")
    checked = verify_claim(Claim(text=claim, citations=(1,)), basis)
    wrong = {c.name for c in checked.checks if c.verdict is Verdict.FAILED}
    assert bool(wrong & {"numbers", "subject", "column", "tags"}) is failed, wrong
