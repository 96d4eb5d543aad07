"""A question without a unit, answered from the sheet of one: the other unit's value is shown, and it is said."""

from walkdown.answering.other_units import with_other_units
from walkdown.answering.verification import Basis, verify_claim
from walkdown.documents import AnswerStatus, Chunk, Claim, Evidence
from walkdown.testing.asking import PACK, FixedSearcher, ScriptedModel, ask, final

ROWS = "Item: Rated flow | Value: 245 t/h\nItem: Minimum flow | Value: {flow} t/h\nItem: Trip delay | Value: 30 s"


def sheet(number: int, title: str, flow: int) -> Evidence:
    chunk = Chunk(id=f"d:{number}", document_id=f"OP-10{number}", pack="power", title=title, language="en",
                  ordinal=number, text=ROWS.format(flow=flow))  # fmt: skip
    return Evidence(number=number, chunk=chunk, score=1.0)


def shown(question: str, *evidence: Evidence) -> tuple[list[str], dict[str, str]]:
    basis = Basis(evidence, PACK.grammar, (), question, "en")
    claim = verify_claim(Claim(text="The minimum flow of the feed pump is 65 t/h.", citations=(1,)), basis)
    assert claim.spans
    claims, units = with_other_units([claim], basis)
    return [c.text for c in claims[1:]], {unit: o.quantity.text for unit, o in units.items()}


def test_the_other_units_row_is_shown_word_for_word() -> None:
    twins = sheet(1, "Feed pump, Unit 1", 65), sheet(2, "Feed pump, Unit 2", 72)
    assert shown("Minimum flow of the feed pump?", *twins) == (
        ["Item: Minimum flow | Value: 72 t/h"],
        {"1": "65 t/h", "2": "72 t/h"},
    )


def test_nothing_is_added_where_a_unit_or_a_tag_is_named_or_the_values_agree() -> None:
    twins = sheet(1, "Feed pump, Unit 1", 65), sheet(2, "Feed pump, Unit 2", 72)
    assert shown("Minimum flow of the feed pump of unit 1?", *twins) == ([], {})
    assert shown("Minimum flow of BFP-1A?", *twins) == ([], {})
    assert shown("Minimum flow of the feed pump?", twins[0], sheet(2, "Feed pump, Unit 2", 65)) == ([], {})
    assert shown("Minimum flow of the feed pump?", twins[0], sheet(2, "Fan, Units 1 and 2", 72)) == ([], {})


def test_it_is_said_with_the_answer() -> None:
    searcher = FixedSearcher("-", "-")
    for i, item in enumerate((sheet(1, "Feed pump, Unit 1", 65), sheet(2, "Feed pump, Unit 2", 72))):
        searcher.hits[i] = searcher.hits[i].model_copy(update={"chunk": item.chunk})
    model = ScriptedModel("yes\nThe minimum flow of the feed pump is 65 t/h. [1]")
    answer = final(ask(searcher, model, "Minimum flow of the feed pump?"))
    assert answer.status is AnswerStatus.ANSWERED
    assert "72 t/h" in answer.text
    assert any("1: 65 t/h (OP-101) / 2: 72 t/h (OP-102)" in finding for finding in answer.findings)
