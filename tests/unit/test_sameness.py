"""That two things are the same, or one is more, is held against the values of both."""

import pytest

from walkdown.answering.verification import Basis, verify_claim
from walkdown.documents import Chunk, Claim, Evidence, Verdict
from walkdown.testing.asking import PACK

PUMPS = (
    "태그: P-411A | 용도: C-410 탑저 | 토출 압력, barg: 4.2 | 씰 배리어 압력, barg: 2.8\n"
    "태그: P-411B | 용도: C-410 탑저 | 토출 압력, barg: 4.2 | 씰 배리어 압력, barg: 3.2"
)
UNITS = "항목: 밀봉유 배유 온도 경보, ℃ | 3호기: 75 | 4호기: 78\n항목: 수소 압력, bar | 3호기: 4.0 | 4호기: 4.0"
PROSE = "P-411A and P-411B have the same seal. P-411A runs first."


@pytest.mark.parametrize(
    ("text", "passage", "verdict"),
    [
        ("P-411A와 P-411B의 씰 배리어 압력이 같습니다.", PUMPS, Verdict.FAILED),
        ("P-411A와 P-411B의 씰 배리어 압력은 다릅니다.", PUMPS, Verdict.PASSED),
        ("P-411A와 P-411B의 토출 압력은 동일합니다.", PUMPS, Verdict.PASSED),
        ("P-411A와 P-411B의 토출 압력은 다릅니다.", PUMPS, Verdict.FAILED),
        ("P-411B의 씰 배리어 압력이 P-411A보다 높습니다.", PUMPS, Verdict.PASSED),
        ("P-411A의 씰 배리어 압력이 P-411B보다 높습니다.", PUMPS, Verdict.FAILED),
        ("P-411A보다 P-411B의 씰 배리어 압력이 높습니다.", PUMPS, Verdict.PASSED),
        ("P-411A와 P-411B의 진동 한계는 같습니다.", PUMPS, Verdict.FAILED),
        ("3호기와 4호기의 밀봉유 배유 온도 경보는 같습니다.", UNITS, Verdict.FAILED),
        ("3호기와 4호기의 수소 압력은 같습니다.", UNITS, Verdict.PASSED),
        ("P-411A and P-411B have the same seal.", PROSE, Verdict.PASSED),
        ("P-411A and P-411B have the same speed.", PROSE, Verdict.FAILED),
        ("P-411A의 씰 배리어 압력은 2.8 barg입니다.", PUMPS, Verdict.SKIPPED),
    ],
)
def test_a_comparison_is_that_of_the_values(text: str, passage: str, verdict: Verdict) -> None:
    chunk = Chunk(id="d:0", document_id="OP-1", pack="p", title="OP", language="ko", ordinal=0, text=passage)
    basis = Basis((Evidence(number=1, chunk=chunk, score=1.0),), PACK.grammar, (), text, "ko")
    claim = verify_claim(Claim(text=text, citations=(1,)), basis)
    assert next(c.verdict for c in claim.checks if c.name == "sameness") is verdict
