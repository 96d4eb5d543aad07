"""Whether a passage speaks of what was asked: right answers in other words pass, amounts of something else do not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from walkdown.answering.verification.relevance import check_relevance, is_bare
from walkdown.documents import Chunk, Claim, Evidence, Language, Verdict
from walkdown.packs.schema import GlossaryEntry

GLOSSARY = (
    GlossaryEntry(ko="용존산소", en="dissolved oxygen", abbreviation="DO", synonyms=("디오",)),
    GlossaryEntry(ko="전환류", en="total reflux"),
    GlossaryEntry(ko="파열판", en="rupture disc"),
)


def verdict(question: str, text: str, *, bare: bool = True, title: str = "Sheet", language: Language = "en") -> Verdict:
    chunk = Chunk(id="d:1", document_id="D-1", pack="p", title=title, language=language, ordinal=1, text=text)
    return check_relevance(question, [Evidence(number=1, chunk=chunk, score=1.0)], GLOSSARY, bare=bare).verdict


@pytest.mark.parametrize(
    ("question", "text", "language"),
    [
        ("BR-7 디오 알람 몇 퍼센트야?", "BR-7 dissolved oxygen, low alarm: 25 %", "en"),
        ("how long is total reflux held on T-9?", "T-9: 전환류를 30분 유지한다.", "ko"),
        ("RD-4 파열판은 몇 barg에서 터져?", "RD-4 rupture disc, bursting pressure 15 barg", "en"),
        ("what is the calibration interval of FT-2?", "FT-2 | calibration interval: 3 months", "en"),
    ],
)
def test_a_right_amount_alone_passes_in_other_words_and_in_the_other_language(
    question: str, text: str, language: Language
) -> None:
    assert verdict(question, text, language=language) is Verdict.PASSED


@pytest.mark.parametrize(
    ("question", "text", "language"),
    [
        ("BR-7 디오 알람 몇 퍼센트야?", "BR-7 공급 압력은 25 %까지 내린다.", "ko"),
        ("how long is total reflux held on T-9?", "Flush the drain pit for 30 minutes.", "en"),
        ("의료기기 이상사례는 며칠 안에 보고하나?", "연구실 사고는 7일 안에 보고한다.", "ko"),
        ("what is the calibration interval of FT-2?", "Change the filter bags every 3 months.", "en"),
    ],
)
def test_an_amount_of_something_else_fails(question: str, text: str, language: Language) -> None:
    assert verdict(question, text, language=language) is Verdict.FAILED


def test_a_statement_names_its_own_subject_so_less_is_asked_of_its_passage() -> None:
    question, text = "how long do we flush the drain pit outdoors?", "Flush the drain 30 minutes."
    assert verdict(question, text, bare=False) is Verdict.PASSED
    assert verdict(question, text, bare=True) is Verdict.FAILED


def test_a_question_of_filler_gives_nothing_to_compare() -> None:
    assert verdict("얼마야?", "압력은 5 bar이다.", language="ko") is Verdict.SKIPPED


@pytest.mark.parametrize(
    ("text", "bare"), [("1 month", True), ("146개", True), ("the filter lasts 1 month", False), ("yes", False)]
)
def test_what_is_an_amount_alone(text: str, *, bare: bool) -> None:
    assert is_bare(Claim(text=text)) is bare


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=120), st.text(min_size=1, max_size=200))
def test_what_passes_for_an_amount_alone_passes_for_a_statement(question: str, text: str) -> None:
    if verdict(question, text, bare=True) is Verdict.PASSED:
        assert verdict(question, text, bare=False) is Verdict.PASSED
