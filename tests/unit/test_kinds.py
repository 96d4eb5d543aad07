"""What is said to be a flow, a pressure or a temperature is measured as one."""

import pytest

from walkdown.answering.verification.kinds import check_kind
from walkdown.answering.verification.reader import Reader
from walkdown.documents import Claim
from walkdown.packs.schema import GlossaryEntry

GLOSSARY = (
    GlossaryEntry(ko="최소 유량", en="minimum flow", unit="t/h"),
    GlossaryEntry(ko="설정 압력", en="set pressure", unit="barg"),
    GlossaryEntry(ko="진동", en="vibration", unit="mm/s"),
)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("최소유량은 1.5 barg입니다.", "failed"),
        ("최소 유량은 72 t/h이다.", "passed"),
        ("최소 유량은 40 m3/h이다.", "passed"),
        ("The minimum flow of BFP-2A is 1.5 barg.", "failed"),
        ("The minimum flow of BFP-2A is not less than 72 t/h.", "passed"),
        ("The set pressure is 40 °C.", "failed"),
        ("온도는 3 barg이다.", "failed"),
        ("온도는 60초 동안 둔다.", "passed"),
        ("유량은 40 %로 한다.", "passed"),
        ("The temperature is raised at 1.5 °C/min.", "skipped"),
        ("최소유량 밸브의 설정은 1.5 barg이다.", "skipped"),
        ("최소 유량은 흡입 압력 3.6 barg에서 잰다.", "skipped"),
        ("진동은 50 µm이다.", "skipped"),
        ("유량은 60 Nm3/h이다.", "passed"),
        ("The pressure is 5 bar(a).", "passed"),
        ("The airflow is 0.45 m/s.", "skipped"),
        ("The overflow is 3 m above the floor.", "skipped"),
        ("The longest storage time of the solution is 1.5 m3.", "failed"),
        ("보관 시간은 1.5 m3이다.", "failed"),
        ("The storage time is 3 days.", "passed"),
        ("24시간은 3 barg로 둔다.", "skipped"),
        ("72 t/h", "skipped"),
    ],
)
def test_the_unit_fits_what_the_amount_is_said_to_be(text: str, verdict: str) -> None:
    check = check_kind(Claim(text=text, citations=(1,)), Reader((), GLOSSARY), GLOSSARY)
    assert check.verdict.value == verdict, check.reason
