"""Denied amounts, amounts given to the other unit, numbers of records, longest and shortest, ko and en."""

import pytest

from walkdown.answering.verification import Basis, check_claim
from walkdown.documents import Chunk, Claim, Evidence, Language, Verdict
from walkdown.text.concepts import sides
from walkdown.text.heads import head_unit
from walkdown.text.languages import detect_language
from walkdown.text.quantities import find_quantities
from walkdown.text.tags import compile_pattern

GRAMMAR = [compile_pattern("equipment", r"[A-Z]{2,4}-\d{1,4}[A-Z]?")]

ROW = "태그: AT-101 | 정상: 2 %LEL | 경보: 5 %LEL | 트립: 15 %LEL 트립 | 지연: 없음"
HOLD = "회수 온도가 85 °C에 이르면 시계를 시작하고 2시간 유지한다."
TANKS = "배지는 TK-411에서, 완충액은 TK-410B(600 L)에서 조제한다."
LIMIT = "The casing was not opened. The limit of air leakage is 12 kg/h."
UNITS = "1호기는 지름이 312 mm라 65 t/h, 2호기는 318 mm라 72 t/h가 필요하다."
UNITS_EN = "Unit 1 needs 65 t/h, and unit 2 needs 72 t/h."
BYPASS = "종류: 채널 우회 | 가장 긴 시간: 8시간"
RECORDS = """Number: MOC-25-015 | Flow: 12 | Level: 40
Number: MOC-25-020 | Flow: 15 | Level: 55"""


def failures(text: str, source: str) -> set[str]:
    language: Language = detect_language(source)
    chunk = Chunk(id="d:1", document_id="OP-1", pack="p", title="Site list", revision="1", language=language,
                  ordinal=1, text=source)  # fmt: skip
    basis = Basis([Evidence(number=1, chunk=chunk, score=1.0)], GRAMMAR, (), text, language)
    claim = check_claim(Claim(text=text, citations=(1,)), basis)
    return {c.name for c in claim.checks if c.verdict is Verdict.FAILED}


@pytest.mark.parametrize(
    ("text", "source", "check"),
    [
        ("AT-101의 경보는 5 %LEL이 아니다.", ROW, "negation"),
        ("AT-101의 트립은 15 %LEL 트립이 아니다.", ROW, "negation"),
        ("회수 온도가 85 °C에 이르면 시계를 시작하고 2시간 유지하지 않는다.", HOLD, "negation"),
        ("완충액은 TK-410B(600 L)에서 조제하지 않는다.", TANKS, "negation"),
        ("The limit of air leakage is not 12 kg/h.", LIMIT, "negation"),
        ("2호기는 지름이 312 mm라 65 t/h가 필요하다.", UNITS, "labels"),
        ("1호기는 72 t/h가 필요하다.", UNITS, "labels"),
        ("Unit 1 needs 72 t/h.", UNITS_EN, "labels"),
        ("채널은 8시간부터 우회할 수 있다.", BYPASS, "comparators"),
        ("The flow of MOC-25-099 is 12.", RECORDS, "tags"),
        ("The flow of MOC-25-015 is 15.", RECORDS, "subject"),
    ],
)
def test_it_is_struck(text: str, source: str, check: str) -> None:
    assert check in failures(text, source)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("AT-101의 경보는 5 %LEL이다.", ROW),
        ("회수 온도가 85 °C에 이르면 시계를 시작하고 2시간 유지한다.", HOLD),
        ("The limit of air leakage is 12 kg/h.", LIMIT),
        ("The limit of 12 kg/h must not be exceeded.", LIMIT),
        ("2호기는 72 t/h가 필요하다.", UNITS),
        ("Unit 2 needs 72 t/h.", UNITS_EN),
        ("채널은 8시간까지 우회할 수 있다.", BYPASS),
        ("The flow of MOC-25-015 is 12.", RECORDS),
    ],
)
def test_it_stands(text: str, source: str) -> None:
    assert not failures(text, source) & {"negation", "labels", "comparators", "tags", "subject", "row", "numbers"}


def test_a_value_put_right_is_no_denial() -> None:
    assert "negation" not in failures("AT-101의 트립은 5 %LEL이 아니라 15 %LEL이다.", ROW)


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("MOC-25-020 is due", []),
        ("EM24-0238 holds 6 CFU", [6]),
        ("HCC-OP-150-2 says 5 bar", [5]),
        ("PN16-40 flanges", [40]),
        ("from A-10 to 12", [12]),
        ("MOC-25-12 bar", [12]),
    ],
)
def test_the_end_of_a_record_number_is_no_amount(text: str, amounts: list[float]) -> None:
    assert [q.value for q in find_quantities(text) if q.value in amounts or not amounts] == amounts


@pytest.mark.parametrize(
    ("name", "unit"),
    [("Airborne CFU/m³", "CFU/m³"), ("유량 t/h", "t/h"), ("Alarm/trip", ""), ("Pressure (MPa)", "MPa")],
)
def test_the_unit_of_a_heading_is_read_whole(name: str, unit: str) -> None:
    assert head_unit(name) == unit


@pytest.mark.parametrize(
    ("one", "other", "pair"),
    [
        ("Longest time", "최소 시간", "maximum/minimum"),
        ("closed cup", "개방식 컵", "open/close"),
        ("hot water", "냉수", "hot/cold"),
    ],
)
def test_opposites_meet_across_languages(one: str, other: str, pair: str) -> None:
    assert {sides(one)[pair], sides(other)[pair]} == {"left", "right"}
