"""A row for a range answers what is asked of an amount within it."""

import pytest

from walkdown.answering.verification import Basis, verify_claim
from walkdown.documents import Chunk, Claim, Evidence, Verdict
from walkdown.testing.asking import PACK

OUTAGE = (
    "Expected outage: under 72 hours | Method: hot, boxed up\n"
    "Expected outage: 72 hours to 21 days | Method: wet, nitrogen cap\n"
    "Expected outage: over 21 days | Method: dry air"
)
PRESSURES = (
    "설정압 [barg]: 0.5 미만 | 허용 오차: ±5 %\n설정압 [barg]: 0.5 이상 5.0 미만 | 허용 오차: ±3 %\n"
    "설정압 [barg]: 5.0 이상 | 허용 오차: ±2 %"
)


@pytest.mark.parametrize(
    ("question", "passage", "text", "verdict"),
    [
        ("down ten days, which method?", OUTAGE, "Over 21 days the method is dry air.", Verdict.FAILED),
        ("down 10 days, which method?", OUTAGE, "The method is wet, nitrogen cap.", Verdict.PASSED),
        ("down for 30 days, which method?", OUTAGE, "Over 21 days the method is dry air.", Verdict.PASSED),
        ("down for 2 days, which method?", OUTAGE, "Under 72 hours the method is hot, boxed up.", Verdict.PASSED),
        ("what is the method?", OUTAGE, "Over 21 days the method is dry air.", Verdict.SKIPPED),
        ("3 barg 밸브 허용 오차는?", PRESSURES, "허용 오차는 ±5 %입니다.", Verdict.FAILED),
        ("3 barg 밸브 허용 오차는?", PRESSURES, "허용 오차는 ±3 %입니다.", Verdict.PASSED),
        ("3 kg 밸브 허용 오차는?", PRESSURES, "허용 오차는 ±5 %입니다.", Verdict.PASSED),
    ],
)
def test_a_claim_rests_on_the_row_that_covers_what_is_asked(
    question: str, passage: str, text: str, verdict: Verdict
) -> None:
    chunk = Chunk(id="d:0", document_id="OP-1", pack="p", title="OP", language="en", ordinal=0, text=passage)
    basis = Basis((Evidence(number=1, chunk=chunk, score=1.0),), PACK.grammar, (), question, "en")
    claim = verify_claim(Claim(text=text, citations=(1,)), basis)
    assert next(c.verdict for c in claim.checks if c.name == "interval") is verdict
