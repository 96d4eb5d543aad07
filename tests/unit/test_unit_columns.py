"""A unit in a column of its own is that of the other cells of its row; words that begin like a unit are none."""

import pytest

from walkdown.answering.claims import split_claims
from walkdown.answering.verification import Basis, verify_claim
from walkdown.documents import Chunk, Claim, Evidence, Table, Verdict
from walkdown.text.asked_amounts import asked_kinds, lacks_kind
from walkdown.text.heads import stated_unit
from walkdown.text.quantities import find_quantities
from walkdown_ingestion.enrichment.measures import measures_of
from walkdown_ingestion.labels import find_number

ROW = "설비: 보일러 2호기 | 태그: LT-410 | 신호: 드럼 수위 | 단위: mm | H(경보): +150 ※ | HH(트립): +240 | 지연(초): 5"


def failures(text: str, passage: str, question: str = "드럼 수위 트립은?") -> set[str]:
    chunk = Chunk(id="d:1", document_id="OP-1", pack="p", title="OP", language="ko", ordinal=1, text=passage)
    basis = Basis([Evidence(number=1, chunk=chunk, score=1.0)], (), (), question, "ko")
    checked = verify_claim(Claim(text=text, citations=(1,)), basis)
    return {c.name for c in checked.checks if c.verdict is Verdict.FAILED}


@pytest.mark.parametrize(
    ("claim", "failed"),
    [
        ("2호기 드럼 수위 HH 트립은 +240 mm이다.", set()),
        ("2호기 드럼 수위 경보는 +150 mm이다.", set()),
        ("2호기 드럼 수위 HH 트립은 +24 cm이다.", set()),
        ("2호기 드럼 수위 HH 트립은 +240 cm이다.", {"numbers"}),
        ("2호기 드럼 수위 HH 트립은 +150 mm이다.", {"subject"}),
        ("드럼 수위 트립의 지연은 5 mm이다.", {"numbers"}),
    ],
)
def test_the_unit_of_a_column_of_units_is_carried_to_the_row(claim: str, failed: set[str]) -> None:
    assert failures(claim, ROW) & {"numbers", "subject"} == failed


def test_an_amount_of_the_asked_kind_stands_in_such_a_row() -> None:
    assert not lacks_kind(ROW, asked_kinds("트립은 몇 mm인가?"))
    assert lacks_kind(ROW, asked_kinds("트립은 몇 bar인가?"))


@pytest.mark.parametrize(
    ("cell", "unit"),
    [("mm", "mm"), ("% of batch", "%"), ("ppm at 15 % O2", "ppm"), ("mg/L as CaCO3", "mg/L"), ("-", ""), ("pump", "")],
)
def test_what_a_cell_of_units_states(cell: str, unit: str) -> None:
    assert stated_unit(cell) == unit


def test_cells_are_measured_in_it_without_the_mark_of_their_footnote() -> None:
    table = Table(header=(("Parameter", "Unit", "R-1", "R-2"),), rows=(("Feed", "kg/h", "2,400", "2,900 (1)"),))
    assert [(m.text, m.value) for m in measures_of("", [table])] == [("2,400", 2400.0), ("2,900 (1)", 2900.0)]


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("0.65 초과", ""), ("30초 초과", "초"), ("3분기", ""), ("4일차", ""), ("5 주기", ""), ("30분기동", "분"),
        ("2주기준", "주"), ("3년차", ""), ("10분의 1", ""), ("10분의 여유", "분"),
    ],
)  # fmt: skip
def test_a_word_that_begins_like_a_unit_is_none(text: str, unit: str) -> None:
    assert find_quantities(text)[0].unit == unit


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        (
            "自動では落ちない。手動で落とす [1]。75℃で鳴る。[2]",
            [("自動では落ちない。", ()), ("手動で落とす。", (1,)), ("75℃で鳴る。", (2,))],
        ),
        ("须在 1 小时内通知。[1]只发邮件不算。", [("须在 1 小时内通知。", (1,)), ("只发邮件不算。", ())]),
        ("「止めよ。」と書かれている [1]", [("「止めよ。」と書かれている", (1,))]),
    ],
)  # fmt: skip
def test_sentences_without_a_space_between_them_are_claims_of_their_own(
    text: str, claims: list[tuple[str, tuple[int, ...]]]
) -> None:
    assert [(c.text, c.citations) for c in split_claims(text)] == claims


@pytest.mark.parametrize(
    ("head", "number"),
    [
        ("Batch Operating Procedure OP-411, Revision 5. Effective 2025-05-12.", "OP-411"),
        ("Document: OP-411 | Revision: 4 | Effective: 2023-01-16", "OP-411"),
        ("기동 절차서 OP-12 개정 3", "OP-12"),
        ("This replaces procedure OP-410, revision 3", ""),
        ("Data of P-411A, Revision 2", ""),
        ("See procedure OP-411 for details", ""),
    ],
)
def test_a_short_number_is_one_beside_its_kind_and_revision(head: str, number: str) -> None:
    assert find_number(head) == number


@pytest.mark.parametrize(
    ("row", "claim"),
    [
        ("Signal: Reactor pressure high (bar g) | Alarm: 5.1 | Trip: 6.4 (a)", "The reactor trips at 6.4 bar g."),
        ("Signal: Drain oil temperature (°C), rising | Alarm: 71 | Trip: none", "The drain oil alarm is at 71 °C."),
    ],
)
def test_the_unit_in_brackets_of_a_rows_name_is_carried_to_it(row: str, claim: str) -> None:
    assert "numbers" not in failures(claim, row, "At what does it trip or alarm?")
    assert "numbers" in failures(claim.replace("bar g", "mbar").replace("°C", "K"), row, "At what?")
