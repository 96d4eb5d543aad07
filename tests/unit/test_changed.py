"""The value before a change is told from the one after it, by what the question asks for."""

import pytest

from walkdown.answering.verification import Basis
from walkdown.answering.verification.changed import changes_in
from walkdown.answering.verification.reader import Reader
from walkdown.answering.verification.verify import check_claim
from walkdown.documents import Claim, Evidence, Verdict
from walkdown.testing.asking import PACK, chunk, failed_checks

READER = Reader(PACK.grammar, ())
KO = "개정 2판에서 P-101A 공정 중단 한도를 15분에서 10분으로 줄였다."
EN = "Revision 4 lowered the action limit of P-101A from 20 to 15 bar."
RAMP = "4. On day 5 lower the temperature of P-101A from 36.8 °C to 34.0 °C."


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (KO, [("15분", "10분")]),
        (EN, [("20", "15 bar")]),
        ("DO 경보를 25 %에서 30 %로, 생존율을 65 %에서 70 %로 올렸다.", [("25 %", "30 %"), ("65 %", "70 %")]),
        ("Vacuum trip: 27 kPa → 25 kPa", [("27 kPa", "25 kPa")]),
        ("Hold of TK-7 18 h changed to 6 h.", [("18 h", "6 h")]),
        ("保持時間を18時間から6時間に変更した。", [("18時間", "6時間")]),
        ("保持时间由18 h改为6 h。", [("18 h", "6 h")]),
        ("El tiempo de espera pasa de 18 h a 6 h.", [("18 h", "6 h")]),
        ("Limit of silica 40 to 25 ppb", []),
        ("경보는 30 %에서 울리고 20 %에서 트립된다.", []),
        ("Keep it from 20 bar. Trip at 15 bar.", []),
        ("배지는 30 ~ 35 °C에서 3일 둔다.", []),
    ],
)
def test_changes_are_read(text: str, found: list[tuple[str, str]]) -> None:
    assert [(c.old.text, c.new.text) for c in changes_in(text, READER)] == found


def verdict(question: str, said: str, *texts: str, revision: bool = False) -> Verdict:
    evidence = [Evidence(number=i, chunk=chunk(i, t), score=1.0) for i, t in enumerate(texts, 1)]
    basis = Basis(evidence, PACK.grammar, (), question, "en", revision_asked=revision)
    claim = Claim(text=said, citations=tuple(range(1, len(texts) + 1)))
    return next(c.verdict for c in check_claim(claim, basis).checks if c.name == "changed")


@pytest.mark.parametrize(
    ("question", "said", "expected"),
    [
        ("P-101A 중단 한도는?", "10분", Verdict.PASSED),
        ("P-101A 중단 한도는?", "15분", Verdict.FAILED),
        ("개정 전 P-101A 중단 한도는?", "15분", Verdict.PASSED),
        ("interruption limit of P-101A before rev 2?", "10 min", Verdict.FAILED),
        ("interruption limit of P-101A now?", "15 min", Verdict.FAILED),
        ("limit before and now?", "15 min", Verdict.SKIPPED),
        ("how did the limit change?", "15분에서 10분으로 줄었다.", Verdict.SKIPPED),
    ],
)
def test_the_side_that_is_asked_for_stands(question: str, said: str, expected: Verdict) -> None:
    assert verdict(question, said, KO) is expected


def test_a_step_that_lowers_a_temperature_is_no_change_of_a_document() -> None:
    assert verdict("temperature of P-101A at the start?", "36.8 °C", RAMP) is Verdict.PASSED
    assert verdict("temperature of P-101A after day 5?", "36.8 °C", RAMP) is Verdict.FAILED


def test_an_old_value_that_another_line_holds_too_stands() -> None:
    assert verdict("action limit of P-101A?", "20 bar", EN, "P-101B: action limit 20 bar") is Verdict.PASSED


def test_the_number_of_a_date_is_no_such_value() -> None:
    listed = "Revision 2: hold of P-101A 12 h changed to 8 h.\n\nRevision 3, 2025-05-12: texts."
    assert verdict("¿Cuántas horas espera P-101A?", "P-101A espera 12 horas.", listed) is Verdict.FAILED


def test_a_question_about_a_revision_may_be_answered_by_either() -> None:
    assert verdict("action limit of P-101A in rev 3?", "20 bar", EN, revision=True) is Verdict.PASSED


def test_under_a_heading_of_changes_one_value_to_another_is_a_change() -> None:
    listed = "Rev.: 3 | Change: silica alarm of P-101A 40 to 25 ppb"
    assert verdict("实测 P-101A 硅报警?", "P-101A: 40 ppb", listed) is Verdict.FAILED
    assert verdict("silica alarm of P-101A?", "P-101A: 25 ppb", listed) is Verdict.PASSED
    two = "Rev.: 4 | Change: silica alarm of P-101A 40 to 25 ppb; sampling within 9 h changed to 3 h"
    assert verdict("silica alarm of P-101A?", "P-101A: 40 ppb", two) is Verdict.FAILED
    ranges = "Rev.: 3 | Change: pH of P-101A 3.50 to 3.70 changed to 3.45 to 3.65"
    assert [(c.old.text, c.new.text) for c in changes_in(ranges, READER, history=True)] == [("3.70", "3.45")]


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("Rev.4", "Rev.5"),
        ("개정 4 (2023)", "개정 5 (2025)"),
        ("변경 전", "변경 후"),
        ("Old set point", "New set point"),
        ("変更前", "変更後"),
        ("修订前", "修订后"),
        ("Valor anterior", "Valor nuevo"),
    ],
)
def test_the_column_of_what_was_does_not_tell_what_holds(was: str, now: str) -> None:
    row = f"항목: 3F 출구온도 트립 | {was}: 93 °C | {now}: 90 °C | 이유: 휘발분 상승"
    assert "changed" in failed_checks(row, "3F 출구온도 트립은 93 °C이다.")
    assert "changed" not in failed_checks(row, "3F 출구온도 트립은 90 °C이다.")
    assert "changed" not in failed_checks(row, "3F 출구온도 트립은 이전에 93 °C였다.")


def test_before_and_after_of_a_test_are_no_change() -> None:
    row = "Valve: XV-12 | Before: 93 °C | After: 90 °C"
    assert "changed" not in failed_checks(row, "XV-12 is at 93 °C.")
