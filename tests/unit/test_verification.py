"""Claims are split, cited and checked against the evidence by code."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from walkdown.answering.claims import citations_of, join_claims, split_claims
from walkdown.answering.verification import Basis, verify_claim
from walkdown.documents import Chunk, Claim, Evidence, Language, Verdict
from walkdown.packs.schema import GlossaryEntry
from walkdown.text.tags import compile_pattern

GRAMMAR = [compile_pattern("equipment", r"[A-Z]{1,4}-?\d{1,4}[A-Z]?")]

GLOSSARY = (
    GlossaryEntry(ko="최소 유량", en="minimum flow", synonyms=("최소유량",)),
    GlossaryEntry(ko="윤활유", en="lube oil"),
    GlossaryEntry(ko="베어링", en="bearing"),
    GlossaryEntry(ko="경보", en="alarm", synonyms=("알람",)),
)


def evidence(number: int, text: str, language: Language = "en") -> Evidence:
    chunk = Chunk(
        id=f"d:{number}",
        document_id="OP-101",
        pack="power",
        title="Feed pump procedure" if language == "en" else "급수펌프 절차서",
        language=language,
        ordinal=number,
        text=text,
    )
    return Evidence(number=number, chunk=chunk, score=1.0)


EVIDENCE = [
    evidence(
        1, "The minimum flow of BFP-1A is not less than 40 m3/h. The pump trips at a bearing temperature of 105 °C."
    ),
    evidence(2, "The minimum flow of BFP-1B is not less than 45 m3/h. Do not start the pump with the valve closed."),
    evidence(3, "BFP-1A의 최소 유량은 40 m3/h 이상으로 한다.", "ko"),
]


def verified(text: str, *citations: int, language: Language = "en") -> Claim:
    question = "minimum flow or trip temperature of the pump?" if language == "en" else "급수펌프 최소 유량은?"
    return verify_claim(Claim(text=text, citations=citations), Basis(EVIDENCE, GRAMMAR, GLOSSARY, question, language))


@pytest.mark.parametrize(
    "text",
    [
        "The minimum flow of BFP-1A is not less than 40 m3/h.",
        "BFP-1A needs a minimum flow of at least 40 m3/h.",
        "The pump trips at a bearing temperature of 105 °C.",
    ],
)
def test_a_true_claim_passes(text: str) -> None:
    assert verified(text, 1).supported


@pytest.mark.parametrize(
    ("text", "failing"),
    [
        ("The minimum flow of BFP-1A is not less than 41 m3/h.", "numbers"),
        ("The minimum flow of BFP-1A is not less than 40 t/h.", "numbers"),
        ("The minimum flow of BFP-1C is not less than 40 m3/h.", "tags"),
        ("The minimum flow of BFP-1A is at most 40 m3/h.", "comparators"),
        ("The pump does not trip at a bearing temperature of 90 °C.", "numbers"),
        ("Lubricate cooling tower fans weekly using grease.", "grounding"),
        ("Lubricate cooling tower fans weekly using grease.", "anchor"),
        ("급수펌프 베어링 온도가 105 °C에 도달하면 정지한다.", "language"),
    ],
)
def test_a_false_claim_fails_with_the_reason(text: str, failing: str) -> None:
    claim = verified(text, 1)
    assert not claim.supported
    assert failing in [c.name for c in claim.checks if c.verdict is Verdict.FAILED]


def test_a_wrong_citation_is_set_to_the_passage_that_carries_the_claim() -> None:
    claim = verified("The minimum flow of BFP-1B is not less than 45 m3/h.", 1)
    assert claim.supported
    assert claim.citations == (2,)


def test_dangling_citations_are_dropped() -> None:
    assert verified("The pump trips at a bearing temperature of 105 °C.", 9, 1).citations == (1,)


def test_a_claim_across_languages_is_held_by_numbers_and_tags() -> None:
    assert verified("BFP-1A의 최소 유량은 40 m3/h 이상이다.", 1, language="ko").supported
    assert not verified("BFP-1A의 최소 유량은 50 m3/h 이상이다.", 1, language="ko").supported


def test_the_subject_of_a_claim_must_be_the_passages() -> None:
    claim = verified("The lube oil trips at a temperature of 105 °C.", 1)
    assert not claim.supported
    assert "lube oil" in next(c.reason for c in claim.checks if c.name == "terms")


def test_a_true_statement_beside_the_point_is_no_answer() -> None:
    basis = Basis(EVIDENCE, GRAMMAR, GLOSSARY, "BFP-1A의 정격 출력은?", "ko")
    claim = verify_claim(Claim(text="BFP-1A의 최소 유량은 40 m3/h 이상이다.", citations=(3,)), basis)
    assert [c.name for c in claim.checks if c.verdict is Verdict.FAILED] == ["relevance"]


def test_sentences_and_items_become_claims() -> None:
    claims = split_claims("Open V-1 to 3.5 %. [1] Then start.[2]\n- Close V-2 [1][3]\n1. Check oil [2, 3]\n[1]")
    assert [(c.text, c.citations) for c in claims] == [
        ("Open V-1 to 3.5 %.", (1,)),
        ("Then start.", (2,)),
        ("Close V-2", (1, 3)),
        ("Check oil", (2, 3, 1)),
    ]


def test_the_marker_of_the_fence_is_no_claim_and_no_citation() -> None:
    claims = split_claims("The clearance was 0.58 mm. [53149cc4433a3537]")
    assert [(c.text, c.citations) for c in claims] == [("The clearance was 0.58 mm.", ())]


def test_joined_claims_carry_their_citations() -> None:
    assert join_claims([Claim(text="A.", citations=(1, 2)), Claim(text="B.")]) == "A. [1] [2]\nB."


@given(st.text(max_size=300))
def test_splitting_never_invents_a_citation(text: str) -> None:
    assert {n for c in split_claims(text) for n in c.citations} <= set(citations_of(text.replace("\n", " \n ")))


@pytest.mark.parametrize(
    ("text", "citation", "language", "stands"),
    [
        ("BFP-1A의 최소 유량은 40 m3/h이다.", 3, "ko", True),
        ("BFP-1A의 최소 유량은 40 m3/h이 아니다.", 3, "ko", False),
        ("BFP-1A의 최소 유량은 40 m3/h가 아닙니다.", 3, "ko", False),
        ("The minimum flow of BFP-1A is 40 m3/h.", 1, "en", True),
        ("The minimum flow of BFP-1A is not 40 m3/h.", 1, "en", False),
        ("The minimum flow of BFP-1A isn't 40 m3/h.", 1, "en", False),
        ("Never let the flow of BFP-1A fall below the minimum of 40 m3/h.", 1, "en", True),
    ],
)
def test_a_denied_value_is_never_implied_by_a_limit(text: str, citation: int, language: Language, stands: bool) -> None:
    claim = verified(text, citation, language=language)
    assert claim.supported is stands, claim.checks


@pytest.mark.parametrize(
    ("question", "text", "stands"),
    [
        ("중대사고는 며칠 안에 보고하나?", "7일", True),
        ("의료기기 때문에 사망 사고가 나면 며칠 안에 보고해야 하지?", "7일", False),
        ("의료기기 때문에 사망 사고가 나면 며칠 안에 보고해야 하지?", "중대사고는 7일 안에 보고한다.", True),
    ],
)
def test_an_amount_alone_takes_its_subject_from_the_question(question: str, text: str, stands: bool) -> None:
    passages = [evidence(1, "연구실에서 중대사고가 나면 7일 안에 보고하여야 한다. 사망한 사람의 수를 적는다.", "ko")]
    claim = verify_claim(Claim(text=text, citations=(1,)), Basis(passages, GRAMMAR, GLOSSARY, question, "ko"))
    assert claim.supported is stands, claim.checks
