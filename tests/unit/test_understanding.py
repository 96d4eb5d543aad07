"""What a question is understood to ask: time, units, kind of answer, follow-ups, slips, concepts, tags that are not."""

import datetime as dt
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from walkdown.documents import Principal
from walkdown.errors import UsageError
from walkdown.index.standing import IN_FORCE, Scope
from walkdown.packs.schema import GlossaryEntry
from walkdown.retrieval.followup import condense
from walkdown.retrieval.glossary import find_terms
from walkdown.retrieval.intent import (
    TimeIntent,
    answer_kind,
    asked_quantities,
    asked_time,
    plant_units,
    time_intent,
)
from walkdown.retrieval.known_tags import nearest_tags, unknown_tags
from walkdown.retrieval.lexicon import concepts, lexicon, render
from walkdown.retrieval.questions import check_question, says_nothing
from walkdown.retrieval.search import Searcher, scope_of
from walkdown.retrieval.spelling import distance, repairs
from walkdown.retrieval.understanding import spoken_of, understand
from walkdown.testing.memory import HashEmbedder, MemoryStore, sample_chunk, sample_pack

TODAY = dt.date(2026, 11, 28)
PACK = sample_pack().model_copy(
    update={
        "glossary": (
            GlossaryEntry(
                ko="보일러 급수펌프", en="boiler feed pump", abbreviation="BFP", synonyms=("급수펌프", "feed pump")
            ),
            GlossaryEntry(ko="최소 유량", en="minimum flow", synonyms=("최소유량",)),
            GlossaryEntry(ko="복수기", en="condenser"),
            GlossaryEntry(ko="작업허가서", en="permit to work", abbreviation="PTW"),
            GlossaryEntry(ko="진동", en="vibration"),
        )
    }
)


@pytest.mark.parametrize(
    ("question", "kind", "date"),
    [
        ("작년 3월 기준으로 최소 유량은?", "as_of", dt.date(2025, 3, 31)),
        ("As of 5 March 2024, what was the limit?", "as_of", dt.date(2024, 3, 5)),
        ("2024-01-15 기준 허용 전도도는?", "as_of", dt.date(2024, 1, 15)),
        ("지난달 당시 절차는?", "as_of", dt.date(2026, 10, 31)),
        ("截至2023年3月的限值是多少？", "as_of", dt.date(2023, 3, 31)),
        ("In 2023, how long could a function be bypassed?", "as_of", dt.date(2023, 12, 31)),
        ("In 2023, which limit was allowed?", "as_of", dt.date(2023, 12, 31)),
        ("이번 개정에서 뭐가 바뀌었어?", "changed", None),
        ("What changed in the last revision?", "changed", None),
        ("이전 개정판에서는 몇 도였어?", "previous", None),
        ("What did the previous revision say?", "previous", None),
        ("2023년 10월 기준으로 1차 경보는?", "as_of", dt.date(2023, 10, 31)),
        ("2023년 5월에 유효했던 경보 기준은?", "as_of", dt.date(2023, 5, 31)),
        ("PSV-302 set pressure, rev 5 vs current", "changed", None),
        ("7판이랑 지금이랑 달라?", "changed", None),
        ("한도 5판에서 몇 시간이었지", "revision", None),
    ],
)
def test_a_question_about_another_time(question: str, kind: str, date: dt.date | None) -> None:
    intent = time_intent(question, TODAY)
    assert intent is not None and (intent.kind, intent.date) == (kind, date)


@pytest.mark.parametrize(
    "question",
    [
        "2024년 계획정비 기준 마모량은?",
        "what clogged the controller back in 2023?",
        "how worn were the rings in the 2024 outage",
        "기준이 얼마야?",
        "When must I review the procedure?",
        "수위가 바뀌면 알람이 울려?",
    ],
)
def test_a_question_about_now_claims_no_time(question: str) -> None:
    assert time_intent(question, TODAY) is None


def test_a_named_revision() -> None:
    assert time_intent("Rev. B의 설정값은?", TODAY) == TimeIntent(kind="revision", revision="B", text="Rev. B")


def test_time_becomes_the_scope_of_the_search() -> None:
    assert scope_of(None) == IN_FORCE
    assert scope_of(TimeIntent(kind="as_of", date=TODAY)) == Scope(as_of=TODAY)
    assert scope_of(TimeIntent(kind="revision", revision="B")) == Scope(revisions=("B",))
    assert scope_of(TimeIntent(kind="changed")) == Scope(history=True)


@settings(deadline=None)  # the first call loads the units
@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    assert time_intent(text, TODAY) is None or time_intent(text, TODAY).kind  # type: ignore[union-attr]
    assert answer_kind(text) and all(unit in "123456789" for unit in plant_units(text))
    assert all(q.text in unicodedata.normalize("NFC", text) for q in asked_quantities(text))


@pytest.mark.parametrize(
    ("question", "units"),
    [
        ("2호기 급수펌프", ("2",)),
        ("unit 1 and Unit 2", ("1", "2")),
        ("in unit 12", ()),
        ("2号机", ("2",)),
        ("5 units", ()),
    ],
)
def test_plant_units(question: str, units: tuple[str, ...]) -> None:
    assert plant_units(question) == units


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("최소 유량은 얼마야?", "number"),
        ("몇 시간 안에 보고해야 해?", "time"),
        ("누가 서명해?", "person"),
        ("What do I do with the steam?", "procedure"),
        ("2oo4가 무슨 뜻이에요?", "definition"),
        ("how much may be left", "number"),
    ],
)
def test_the_kind_of_answer(question: str, kind: str) -> None:
    assert answer_kind(question) == kind


@pytest.mark.parametrize(
    ("turns", "question", "expected"),
    [
        (["1호기 급수펌프 최소 유량은?"], "그럼 2호기는?", "2호기 급수펌프 최소 유량은?"),
        (["What is the minimum flow of P-101A?"], "and P-101B?", "What is the minimum flow of P-101B?"),
        (["What is the minimum flow of BFP-1A?"], "and on unit 2?", "What is the minimum flow of BFP-2A?"),
        (["BFP-1A 최소 유량은?"], "2호기는 어때?", "BFP-2A 최소 유량은?"),
        (["Minimum flow of P-101A?"], "when does that pump trip?", "Minimum flow P-101A: when does that pump trip?"),
        (["P-101A 최소 유량은?"], "그 모터 정격 전류는?", "P-101A: 그 모터 정격 전류는?"),
        (["P-101A 최소 유량은?"], "B는?", "P-101B 최소 유량은?"),
        (["P-101A 최소 유량은?", "P-102A는?"], "진동 트립은?", "P-102A: 진동 트립은?"),
        (["What is the minimum flow of "
        "P-101A?"], "What if it is lower?", "minimum flow P-101A: What if it is lower?"),
        (["P-101A minimum flow?"], "How long is a permit to work valid?", "How long is a permit to work valid?"),
        ([], "그럼 2호기는?", "그럼 2호기는?"),
    ],
)  # fmt: skip
def test_a_follow_up_is_made_to_stand_alone(turns: list[str], question: str, expected: str) -> None:
    assert condense(question, turns, PACK) == expected


def test_a_follow_up_is_searched_as_typed_as_well() -> None:
    plan = understand("P-101B는?", PACK, ["ko"], turns=["P-101A 최소 유량은?"], today=TODAY)
    assert plan.question == "P-101B 최소 유량은?" and plan.original == "P-101B는?"
    assert {f.text for f in plan.forms} == {plan.question, plan.original} and plan.tags == ("P101B",)


@pytest.mark.parametrize(
    ("question", "meant"),
    [("급수범프 최소 유량", "급수펌프"), ("vibraton trip", "vibration"), ("condneser pressure", "condenser")],
)
def test_slips_are_mended(question: str, meant: str) -> None:
    assert [r.meant for r in repairs(question, find_terms(question, PACK.glossary), PACK.glossary)] == [meant]
    plan = understand(question, PACK, ["ko", "en"], today=TODAY)
    assert plan.forms[0].text == question and any(meant in f.text for f in plan.forms[1:])


@pytest.mark.parametrize(
    "question", ["급수펌프의 진동", "복수기가 뜨거워", "condensers and pumps", "inspection of gaskets"]
)
def test_right_words_are_left_alone(question: str) -> None:
    assert repairs(question, find_terms(question, PACK.glossary), PACK.glossary) == []


@given(st.text("abcd", max_size=6), st.text("abcd", max_size=6))
def test_distance_is_symmetric_and_bounded(a: str, b: str) -> None:
    assert distance(a, b, 9) == distance(b, a, 9) <= max(len(a), len(b))
    assert (distance(a, b, 9) == 0) == (a == b)


def test_concepts_have_names_in_both_languages() -> None:
    spoken = spoken_of("P-101A 급수펌프 흡입 압력이 몇 barg면 트립돼?", PACK)
    text = render(spoken, "en").text
    assert text.startswith("P-101A boiler feed pump") and "pressure" in text and "trip" in text and "barg" in text
    assert "압력" in render(spoken_of("what suction pressure trips the pump", PACK), "ko").text


def test_decomposed_hangul_is_the_same_question() -> None:
    typed = unicodedata.normalize("NFD", "급수펌프 최소 유량은?")
    assert (
        understand(typed, PACK, ["en"], today=TODAY).forms[-1]
        == understand("급수펌프 최소 유량은?", PACK, ["en"], today=TODAY).forms[-1]
    )


def test_the_lexicon_is_well_formed() -> None:
    words = lexicon()
    assert len(words.korean) > 900 and all(
        form and row.en and row.ko for form, rows in words.korean.items() for row in rows
    )
    assert concepts("", [], []) == []


def test_nearest_tags() -> None:
    known = {"P101A": 3, "P101B": 1, "P102A": 2, "T301": 4}
    assert nearest_tags("P101", known) == ("P101A", "P101B")
    assert nearest_tags("P109A", known)[0] in ("P101A", "P102A") and "T301" not in nearest_tags("P109A", known)
    assert nearest_tags("XV9999", known) == ()
    assert nearest_tags("P101C", {**known, "P501C": 1, "X101C": 1})[:2] == ("P101A", "P101B")
    assert [u.tag for u in unknown_tags(("P101A", "P109A"), known)] == ["P109A"]


def test_a_pump_without_its_letter_is_read_as_its_trains() -> None:
    store = MemoryStore([sample_chunk(0, "P-101A and P-101B 40 m3/h", tags=("P101A", "P101B", "P102"))])
    searcher = Searcher(store, [HashEmbedder()])
    plan = searcher.search("P-101 minimum flow?", PACK, Principal()).plan
    assert plan.tags == ("P101A", "P101B") and plan.unknown_tags == ()
    assert [(t.tag, t.trains) for t in plan.trains] == [("P-101", ("P-101A", "P-101B"))]
    assert plan.original == "P-101 minimum flow?" and "P-101A, P-101B" in plan.question
    # A tag that exists is itself, and a train is never its neighbour.
    assert searcher.search("P-102 minimum flow?", PACK, Principal()).plan.trains == ()
    assert [u.tag for u in searcher.search("P-101C minimum flow?", PACK, Principal()).plan.unknown_tags] == ["P101C"]


@pytest.mark.parametrize(
    "question", ["what is the?", "그럼 어떻게?", "얼마야", "is it", "이거 뭐야?", "please tell me", "그리고 또?"]
)
def test_only_stop_words_is_refused(question: str) -> None:
    assert says_nothing(question)
    searcher = Searcher(MemoryStore([sample_chunk(0, "P-101A minimum flow")]), [HashEmbedder()])
    with pytest.raises(UsageError, match="names nothing"):
        searcher.search(question, PACK, Principal())


def test_an_unknown_tag_is_named_with_its_neighbours() -> None:
    store = MemoryStore([sample_chunk(0, "P-101A minimum flow 40 m3/h", tags=("P101A",))])
    plan = Searcher(store, [HashEmbedder()]).search("P-109A minimum flow?", PACK, Principal()).plan
    assert [(u.tag, u.nearest) for u in plan.unknown_tags] == [("P109A", ("P101A",))]


@pytest.mark.parametrize(
    "question",
    [
        "P-101A " * 700,
        '"minimum flow" AND (P-101A OR *) NOT {"$ne": 1}; DROP TABLE chunks --',
        "最小流量 P-101A のminimum 유량 caudal?",
    ],
)
def test_long_mixed_and_injected_questions_are_plain_text(question: str) -> None:
    store = MemoryStore(
        [sample_chunk(0, "P-101A minimum flow 40 m3/h", tags=("P101A",)), sample_chunk(1, "Other text.")]
    )
    found = Searcher(store, [HashEmbedder()]).search(question[:5000], PACK, Principal())
    assert found.hits[0].chunk.id == "OP-1:0"


@pytest.mark.parametrize(
    "question",
    [
        "P\u2011101A flow",
        "P\u2212101A flow",
        "P\u2013101A flow",
        "\uff30\uff0d\uff11\uff10\uff11\uff21 flow",
        "P\u200b-101\u00adA flow",
    ],
)
def test_a_tag_in_the_letters_of_word_or_an_input_method_is_the_tag(question: str) -> None:
    assert understand(check_question(question, max_chars=100), PACK, ["en"]).tags == ("P101A",)


def test_a_range_keeps_its_dash() -> None:
    assert check_question("limit 5\u201310 bar", max_chars=100) == "limit 5\u201310 bar"


def test_a_page_of_text_is_compared_by_forty_concepts() -> None:
    words = " ".join(f"{a}{b}rum" for a in "bcdfghjklm" for b in "aeiouy")
    assert len(spoken_of(f"{words} {words}", PACK)) == 40
    assert len(spoken_of("the quarl and the quarl", PACK)) == 2


def test_a_question_that_is_too_long_is_refused() -> None:
    with pytest.raises(UsageError, match="at most 5,000"):
        Searcher(MemoryStore(), [HashEmbedder()]).search("P-101A " * 800, PACK, Principal())


@pytest.mark.parametrize(
    ("question", "language", "name"),
    [("how much gas does it burn flat out", "en", "base load"), ("펌프가 멈췄어", "ko", "정지")],
)
def test_a_question_is_searched_by_the_names_that_documents_use_in_its_own_language(
    question: str, language: str, name: str
) -> None:
    forms = {form.origin: form for form in understand(question, sample_pack(), ["ko", "en"]).forms}
    assert forms["question"].language == language and name in forms["question"].expansions


@pytest.mark.parametrize(
    ("question", "date"),
    [
        ("What was the limit as of 20240601?", dt.date(2024, 6, 1)),
        ("What was the limit as of 1 June, 2024?", dt.date(2024, 6, 1)),
        ("2024. 6. 1. 기준 한도는?", dt.date(2024, 6, 1)),
        ("24년 6월 1일 기준 한도는?", dt.date(2024, 6, 1)),
        ("'24.6.1 기준 한도는?", dt.date(2024, 6, 1)),
        ("6월 1일 기준 한도는?", dt.date(2026, 6, 1)),
        ("12월 31일 기준 한도는?", dt.date(2025, 12, 31)),
        ("What was the limit as of June 1?", dt.date(2026, 6, 1)),
        ("어제 기준 한도는?", TODAY - dt.timedelta(days=1)),
        ("What was the limit as of two years ago?", TODAY.replace(year=TODAY.year - 2)),
        ("The outage of 2024-10-07: what was the limit as of 2025-01-01?", dt.date(2025, 1, 1)),
    ],
)
def test_a_day_is_read_however_it_is_written(question: str, date: dt.date) -> None:
    intent = asked_time(question, "", TODAY)
    assert intent is not None
    assert (intent.kind, intent.date) == ("as_of", date)


@pytest.mark.parametrize(
    "question",
    ["limit as of 2024-02-31?", "as of 2024-13-01 the limit?", "2024년 2월 30일 기준 한도는?", "as of 01/06/2024?",
     "limit as of February 30, 2024?", "limit in force on 29 Feb 2023?", "limit as of 2024-12-45?"],
)  # fmt: skip
def test_a_day_that_is_none_is_not_passed_over(question: str) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        asked_time(question, "", TODAY)


@pytest.mark.parametrize(
    "question",
    ["배출 기준 30일?", "1호기 기준 유량은?", "LOT 20249999 기준 수율은?", "정비 3일 전 기준으로 허가는?",
     "batch B-20240601, limit as of today?", "매년 6월 1일 기준 교체하나?", "report 01/06/2024?"],
)  # fmt: skip
def test_what_is_no_day_of_a_state_asks_for_none(question: str) -> None:
    assert asked_time(question, "", TODAY) is None
