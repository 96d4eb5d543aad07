"""What happens at an amount is told in the next clause; what an amount is of must be a word that something holds."""

import pytest

from walkdown.answering.verification import Basis, verify_claim
from walkdown.answering.verification.reading import about_at
from walkdown.documents import Chunk, Claim, Evidence, Verdict
from walkdown.testing.asking import PACK


def verdict(check: str, text: str, passage: str, language: str) -> Verdict:
    chunk = Chunk(id="d:0", document_id="AR-430", pack="power", title="SFC", language=language, ordinal=0, text=passage)
    basis = Basis((Evidence(number=1, chunk=chunk, score=1.0),), PACK.grammar, (), "SFC 전도도 얼마면 트립이야?", "ko")
    claim = verify_claim(Claim(text=text, citations=(1,)), basis)
    return next(c.verdict for c in claim.checks if c.name == check)


ROW = "Quantity: SFC water conductivity | Alarm: 0.5 µS/cm | Trip or action: 1.0 µS/cm"
PROSE = "Setting: SFC water conductivity above 0.5 µS/cm alarm, 1.0 µS/cm trip."


@pytest.mark.parametrize("passage", [ROW, PROSE])
@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("SFC 냉각수 전도도 0.5 µS/cm 이상이면 트립이야.", False),
        ("SFC 냉각수 전도도가 0.5 µS/cm면 트립된다.", False),
        ("SFC 냉각수 전도도 1.0 µS/cm이면 경보가 울린다.", False),
        ("If the SFC water conductivity is above 0.5 µS/cm, it trips.", False),
        ("SFC 냉각수 전도도가 1.0 µS/cm 이상이면 트립이다.", True),
        ("0.5 µS/cm에서 경보, 1.0 µS/cm에서 트립이다.", True),
        ("The SFC trips when its water conductivity is above 1.0 µS/cm.", True),
    ],
)
def test_a_trip_is_not_at_the_alarms_value_whatever_the_clauses(passage: str, text: str, stands: bool) -> None:
    assert (verdict("opposites", text, passage, "en") is not Verdict.FAILED) is stands


def test_a_clause_with_an_amount_of_its_own_is_left_out() -> None:
    text = "0.5 µS/cm 이상이면 경보가 울리고, 1.0 µS/cm 이상이면 트립이다"
    assert "트립" not in about_at(text, 0) and "경보" in about_at(text, 0)
    assert about_at(text, text.index("1.0")).endswith("트립이다")


LIMITS = "항목: TOC | 내부 한계: 25 mg/L | 분석: 연속\n항목: 부유물질 (SS) | 내부 한계: 20 mg/L | 분석: 연속"


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("방류수 불소 한계는 25 mg/L입니다.", False),
        ("불소는 25 mg/L이다.", False),
        ("TOC의 내부 한계는 25 mg/L입니다.", True),
        ("우리 방류수의 TOC 내부 한계는 25 mg/L입니다.", True),
        ("말씀하신 TOC의 내부 한계는 25 mg/L입니다.", True),
        ("부유물질의 내부 한계는 20 mg/L이다.", True),
    ],
)
def test_a_substance_that_no_passage_holds_has_no_limit(text: str, stands: bool) -> None:
    assert (verdict("grounding", text, f"방류수 기준\n{LIMITS}", "ko") is not Verdict.FAILED) is stands
