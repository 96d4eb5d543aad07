"""A true number of something else is struck where another line answers the question more closely."""

import pytest

from walkdown.answering.verification import Basis, check_claim
from walkdown.documents import Chunk, Claim, ClaimSpan, Evidence, Verdict
from walkdown.packs.schema import GlossaryEntry

GLOSSARY = (
    GlossaryEntry(ko="안전밸브", en="safety valve"),
    GlossaryEntry(ko="설정 압력", en="set pressure"),
    GlossaryEntry(ko="톨루엔", en="toluene"),
    GlossaryEntry(ko="증류탑", en="column"),
)


def evidence(number: int, title: str, text: str) -> Evidence:
    chunk = Chunk(
        id=f"d:{number}", document_id=f"OP-{number}", pack="chemical", title=title, language="en",
        ordinal=number, text=text,
    )  # fmt: skip
    return Evidence(number=number, chunk=chunk, score=1.0)


EVIDENCE = [
    evidence(1, "Toluene column, operation", "The safety valve of the column has a set pressure of 3.5 barg."),
    evidence(2, "Tank farm", "The breather of TK-101 lifts at 0.15 barg. The toluene is kept under nitrogen."),
    evidence(3, "Toluene column, training", "A set pressure of 3.6 barg is given on the safety valve of the column."),
]


def closest(question: str, text: str, number: int, among: list[Evidence] = EVIDENCE) -> Verdict:
    basis = Basis(among, [], GLOSSARY, question, "en")
    claim = check_claim(Claim(text=text, citations=(number,)), basis)
    return next(c.verdict for c in claim.checks if c.name == "closest")


@pytest.mark.parametrize(
    "question", ["Set pressure of the safety valve on the toluene column?", "톨루엔 증류탑 안전밸브 설정 압력은?"]
)
def test_the_line_that_names_more_of_the_question_wins(question: str) -> None:
    assert closest(question, "It lifts at 0.15 barg.", 2) is Verdict.FAILED
    assert closest(question, "It lifts at 3.5 barg.", 1) is Verdict.PASSED


def test_two_lines_that_name_as_much_are_a_contradiction_and_not_a_fault() -> None:
    assert (
        closest("Set pressure of the safety valve on the toluene column?", "It lifts at 3.6 barg.", 3) is Verdict.PASSED
    )


def test_amounts_of_another_kind_are_no_rivals() -> None:
    among = [*EVIDENCE[1:2], evidence(4, "Toluene column", "The safety valve of the column weighs 40 kg.")]
    assert (
        closest("Set pressure of the safety valve on the toluene column?", "It is 0.15 barg.", 2, among)
        is Verdict.PASSED
    )


def test_without_an_amount_or_a_subject_nothing_is_compared() -> None:
    assert closest("Set pressure of the safety valve?", "The toluene is kept under nitrogen.", 2) is Verdict.SKIPPED
    assert closest("How much?", "It is 0.15 barg.", 2) is Verdict.SKIPPED


@pytest.mark.parametrize("question", ["2호기 급수펌프 최소 유량은?", "Minimum flow of the feed pump of unit 2?"])
def test_of_a_minimum_flow_valve_no_minimum_flow_is_told(question: str) -> None:
    glossary = (GlossaryEntry(ko="급수펌프", en="feed pump"), GlossaryEntry(ko="최소 유량", en="minimum flow"))
    among = [
        evidence(
            1, "Feed pump, permissives, units 1 and 2", "조건: 최소유량 밸브 닫힘 유량 | 1호기: 85 t/h | 2호기: 94 t/h"
        ),
        evidence(2, "Feed pump, unit 2", "항목: 정격 유량 | 값: 245 t/h\n항목: 최소 유량 | 값: 72 t/h"),
    ]

    def verdict(amount: str, number: int, asked: str) -> Verdict:
        claim = Claim(text=f"It is {amount}.", citations=(number,))
        checks = check_claim(claim, Basis(among, [], glossary, asked, "en")).checks
        return next(c.verdict for c in checks if c.name == "closest")

    assert verdict("94 t/h", 1, question) is Verdict.FAILED
    assert verdict("72 t/h", 2, question) is Verdict.PASSED
    assert verdict("94 t/h", 1, "2호기 급수펌프 최소유량 밸브 닫힘 유량은?") is Verdict.PASSED


def test_a_line_that_is_less_likely_to_answer_is_not_closer() -> None:
    question = "What is the seal water flow of the slurry pump in winter?"
    texts = ("The seal water flow is 12 L/min.", "The winter wash flow of the slurry pump seal is 30 L/min.")
    passages = [evidence(i, "Seals", text) for i, text in enumerate(texts, 1)]
    claim = Claim(text="The seal water flow is 12 L/min.", citations=(1,))
    whole = [ClaimSpan(number=i, start=0, end=len(text)) for i, text in enumerate(texts, 1)]

    def verdict(first: float, second: float) -> Verdict:
        basis = Basis(passages, (), (), question, "en", weighed=list(zip(whole, (first, second), strict=True)))
        return next(c.verdict for c in check_claim(claim, basis).checks if c.name == "closest")

    assert verdict(0.0, 1.0) is Verdict.FAILED
    assert verdict(1.0, 0.0) is Verdict.PASSED
