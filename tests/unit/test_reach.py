"""What a sentence says of one of its amounts: consequence and subject, held against rewordings of a claim."""

import pytest

from walkdown.answering.verification import Basis, verify_claim
from walkdown.answering.verification.reach import said_of
from walkdown.documents import Chunk, Claim, Evidence, Language, Verdict
from walkdown.testing.asking import PACK
from walkdown.text.quantities import find_quantities

PURITY = (
    "수소 순도는 98 % 이상으로 유지한다. 순도가 95 % 아래로 떨어지면 경보가 울리고, 90 % 아래로 떨어지면 발전기를 "
    "정지하고 수소를 CO2로 치환한다. 밀봉유 차압은 0.056 MPa로 유지하며 0.035 MPa 미만이면 비상 밀봉유 펌프가 자동 "
    "기동한다."
)
DRUM = (
    "Cool the drum at no more than 55 °C per hour. Between 300 °C and 150 °C the difference between top and bottom "
    "metal shall stay below 40 °C. Open the vents when the pressure has fallen to 0.2 MPa, not before."
)
PURGE = (
    "질소 퍼지: 산소 농도가 2 vol% 이하가 될 때까지 압력 퍼지를 최소 3회 반복한다. 단, 톨루엔을 취급한 경우는 "
    "5회로 한다. 퍼지 후 30분이 지나기 전에 들어가서는 안 된다."
)
NOT_ASKED = ("relevance", "closest")


def struck(text: str, passage: str, language: Language) -> list[str]:
    chunk = Chunk(id="d:0", document_id="OP-1", pack="power", title="OP", language=language, ordinal=0, text=passage)
    basis = Basis((Evidence(number=1, chunk=chunk, score=1.0),), PACK.grammar, (), text, language)
    claim = verify_claim(Claim(text=text, citations=(1,)), basis)
    return [c.name for c in claim.checks if c.verdict is Verdict.FAILED and c.name not in NOT_ASKED]


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("수소 순도 95 % 미만에서 경보입니다.", PURITY),
        ("수소 순도가 90 %보다 낮아지면 발전기를 정지합니다.", PURITY),
        ("밀봉유 차압이 0.035 MPa 미만이면 비상 밀봉유 펌프가 자동 기동합니다.", PURITY),
        ("The maximum cooldown rate of the drum is 55 °C/h.", DRUM),
        ("Cooling must not exceed 55 °C per hour.", DRUM),
        ("The top-to-bottom metal difference must be less than 40 °C between 300 °C and 150 °C.", DRUM),
        ("Do not open the vents before the pressure is down to 0.2 MPa.", DRUM),
        ("퍼지 후 30분이 지나야 들어갈 수 있습니다.", PURGE),
        ("산소가 2 vol% 이하로 떨어질 때까지 퍼지한다.", PURGE),
        ("들어가기 전에 퍼지 후 30분을 기다린다.", PURGE),
    ],
)
def test_a_right_rewording_stands(text: str, passage: str) -> None:
    assert struck(text, passage, "en" if text.isascii() or "°" in text else "ko") == []


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("수소 순도가 95 % 아래로 떨어지면 발전기를 정지합니다.", PURITY),
        ("수소 순도가 90 % 아래로 떨어지면 경보가 울립니다.", PURITY),
        ("밀봉유 차압이 0.056 MPa 미만이면 비상 밀봉유 펌프가 자동 기동합니다.", PURITY),
        ("밀봉유 차압이 0.035 MPa 미만이면 비상 밀봉유 펌프가 자동 정지합니다.", PURITY),
        ("수소 순도가 90 % 아래로 떨어지면 발전기를 정지하고 수소를 질소로 치환합니다.", PURITY),
        ("The minimum cooldown rate of the drum is 55 °C/h.", DRUM),
        ("The drum must be cooled at 55 °C per hour or faster.", DRUM),
        ("The drum may be cooled faster than 55 °C per hour.", DRUM),
        ("The difference between top and bottom metal must stay below 55 °C.", DRUM),
        ("Open the vents before the pressure has fallen to 0.2 MPa.", DRUM),
        ("퍼지 후 30분이 지나기 전에 들어갑니다.", PURGE),
    ],
)
def test_a_wrong_rewording_is_struck(text: str, passage: str) -> None:
    assert struck(text, passage, "en" if text.isascii() or "°" in text else "ko") != []


REFLUX = "탑정 온도가 70 ℃를 넘으면 전환류로 40분 둔다. 공급은 30분 이후에 올린다."


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("전환류는 40분부터 시작됩니다.", False),
        ("전환류로 40분 둡니다.", True),
        ("공급은 30분부터 올립니다.", True),
    ],
)
def test_a_length_of_time_is_no_beginning(text: str, stands: bool) -> None:
    assert ("comparators" not in struck(text, REFLUX, "ko")) is stands


def of(text: str, amount: str) -> str:
    found = find_quantities(text)
    return said_of(text, next(q.start for q in found if q.text == amount), found)


def test_a_consequence_belongs_to_the_amount_before_it_and_a_condition_to_the_one_behind() -> None:
    text = "유량이 72 t/h 미만이면 경보가 울리고, 65 t/h 미만이면 펌프가 정지한다."
    assert "경보" in of(text, "72 t/h") and "정지" not in of(text, "72 t/h")
    assert "정지" in of(text, "65 t/h") and "경보" not in of(text, "65 t/h") and "유량이" in of(text, "65 t/h")
    text = "The pump runs at 3 bar, and if the filter is blocked, it stops at 5 bar."
    assert "blocked" in of(text, "5 bar") and "blocked" not in of(text, "3 bar")


def test_a_clause_with_a_subject_of_its_own_takes_none_over() -> None:
    text = "Bearing temperature 85 °C, winding temperature 120 °C."
    assert "Bearing" not in of(text, "120 °C")
