"""A term of the question that no passage names: refused before the model is asked, struck where it is cited beside."""

import pytest

from walkdown.answering.verification.topic import check_topic, unnamed
from walkdown.documents import AnswerStatus, Chunk, Evidence
from walkdown.packs.schema import GlossaryEntry
from walkdown.retrieval.understanding import QueryPlan, understand
from walkdown.testing.asking import PACK, FixedSearcher, ScriptedModel, ask, final
from walkdown.text.quantities import find_quantities
from walkdown.text.tags import compile_pattern

GRAMMAR = (compile_pattern("equipment", r"[A-Z]{1,4}-\d{2,4}[A-Z]?"),)
GLOSSARY = (
    GlossaryEntry(ko="기포점", en="bubble point", unit="bar"),
    GlossaryEntry(ko="냉각수 펌프", en="cooling water pump", abbreviation="CWP"),
    GlossaryEntry(ko="온도", en="temperature", unit="°C"),
    GlossaryEntry(ko="상한 경보", en="high alarm"),
    GlossaryEntry(ko="개정", en="revision"),
    GlossaryEntry(ko="승온율", en="heating rate"),
    GlossaryEntry(ko="설정압력", en="set pressure", unit="barg"),
    GlossaryEntry(ko="용제", en="solvent"),
)


TERMS = PACK.model_copy(update={"glossary": GLOSSARY, "grammar": GRAMMAR})


def plan_of(question: str) -> QueryPlan:
    return understand(question, TERMS, ["ko", "en"])


def missing_of(question: str, *passages: Evidence) -> list[str]:
    amounts = [q for p in passages for q in find_quantities(p.chunk.text)]
    return unnamed(plan_of(question), TERMS, passages, amounts) or []


def passage(text: str, title: str = "Sheet", number: int = 1) -> Evidence:
    chunk = Chunk(id=f"d:{number}", document_id=f"D-{number}", pack="bio", title=title, language="en", ordinal=number,
                  text=text)  # fmt: skip
    return Evidence(number=number, chunk=chunk, score=1.0)


@pytest.mark.parametrize(
    ("question", "text", "missing"),
    [
        ("Bubble point of FLT-411?", "FLT-411 | Flow: 20 L/min", ["Bubble point"]),
        ("FLT-411 기포점은?", "FLT-411 | Bubble point: 3.4 bar", []),
        ("how much solvent is it flushed with?", "톨루엔 400 kg을 넣고 2시간 돌린다.", []),
        ("용제 몇 kg 넣어?", "Rinse with 400 kg of water.", ["용제"]),
        ("냉각수펌프 기동", "Start CWP-1A when the level is high.", []),
        ("What is the high alarm of T-1?", "T-1 level | Alarm: 90 %, high", []),
        ("At what temperature does the plant stop in the revision?", "It stops at 98 °C.", []),
        ("T-301 안전밸브 설정 압력", "PSV-302 | Set pressure: 3.5 barg", []),
        ("NOx limit of the stack", "The CO limit of the stack is 50 ppm.", ["NOx"]),
        ("NOx limit of the stack", "The NOx limit of the stack is 20 ppm.", []),
        ("What was unit 1 making on the 19th of July?", "2024-07-18 | 173 MW", ["7-19"]),
        ("7월 19일 1호기 출력은?", "July log\nDay: 19 | 150 MW", []),
        ("Output on 19 July?", "On July 19 it made 150 MW.", []),
        ("It may run 5 minutes", "It runs.", []),
        ("Flow of P-101A in MPa, kPa or MW?", "P-101A | 40 m3/h", []),
        ("What is the MAX flow of P-101A at 7 AM? It must NOT fall.", "P-101A | 40 m3/h", []),
        ("TOC of the rinse?", "The conductivity of the rinse is low.", ["TOC"]),
        ("WHAT IS THE FLOW", "The flow is 3 m3/h.", []),
        ("승온율은?", "Heating (°C/min): 3", []),
        ("승온율은?", "Heating: 3 kW", ["승온율"]),
        ("헬륨 용기는 몇 병까지?", "가스: 수소 | 저장 한도 (병): 8", ["헬륨"]),
        ("수소 용기는 몇 병까지?", "Gas: hydrogen | Stored: 8", []),
        ("질소로 퍼지하나?", "Purge with N2.", []),
        ("Flow of P-101A?", "P-101B | 40 m3/h", []),
    ],
)
def test_what_no_passage_names(question: str, text: str, missing: list[str]) -> None:
    assert missing_of(question, passage(text)) == missing


def test_one_of_the_passages_will_do() -> None:
    cited = [passage("FLT-411 | Flow: 20 L/min"), passage("The bubble point is tested after use.", number=2)]
    assert check_topic(plan_of("Bubble point of FLT-411?"), TERMS, cited, []).verdict.value == "passed"


def test_a_question_on_what_no_passage_names_is_refused_without_the_model() -> None:
    model = ScriptedModel("yes\nThe bubble point of P-101A is 3 bar. [1]")
    answer = final(
        ask(FixedSearcher("P-101A trips at 3 bar."), model, "What is the bubble point of P-101A?", pack=TERMS)
    )
    assert answer.status is AnswerStatus.REFUSED
    assert "bubble point" in answer.reason
    assert answer.evidence
    assert not model.seen


def test_a_true_number_of_another_document_is_no_answer() -> None:
    texts = ("P-101A trips at 3 bar.", "The bubble point of filters is tested after use.")
    model = ScriptedModel("yes\nP-101A trips at 3 bar. [1]")
    searcher = FixedSearcher(*texts)
    other = searcher.hits[1].chunk.model_copy(update={"document_id": "OP-2"})
    searcher.hits[1] = searcher.hits[1].model_copy(update={"chunk": other})
    answer = final(ask(searcher, model, "What is the bubble point of P-101A?", pack=TERMS))
    assert answer.status is not AnswerStatus.ANSWERED
    assert any(c.name == "topic" for claim in answer.struck for c in claim.checks)


def test_the_day_of_as_of_is_no_topic() -> None:
    assert missing_of("Limit of P-101A on the 3rd of March?", passage("P-101A | 3 bar")) == ["3-03"]
    assert missing_of("Limit of P-101A as of 3 March 2025?", passage("P-101A | 3 bar")) == []


def test_a_revision_that_is_asked_for_is_that_of_a_passage_or_named_in_one() -> None:
    old = passage("P-101A | 3 bar")
    old = old.model_copy(update={"chunk": old.chunk.model_copy(update={"revision": "2"})})
    for cited, missing in ((old, []), (passage("P-101A | 3 bar"), ["rev. 2"]), (passage("Revision 2: 3 bar"), [])):
        assert missing_of("Pressure of P-101A in revision 2?", cited) == missing


@pytest.mark.parametrize(
    ("question", "text", "title"),
    [
        ("자켓 유량 LL 몇 m3/h에서 걸려?", "Jacket flow low-low: 22 m3/h, close XV-3211", "Interlocks"),
        ("Which level HH trips it?", "액위 고고 85 %에서 차단", "인터록"),
        ("12 June log - vibration after restart?", "12:20 restart, vibration 2.6 mm/s", "교대일지_20250612"),
    ],
)
def test_levels_and_days_are_named_as_plants_write_them(question: str, text: str, title: str) -> None:
    assert not {"LL", "HH", "6-12"} & set(missing_of(question, passage(text, title)))


def test_a_log_of_another_day_does_not_name_the_day() -> None:
    assert "6-12" in missing_of("12 June log - vibration?", passage("12:20 vibration 2.6 mm/s", "교대일지_20250613"))


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("냉각수 펌프 CWP-12 설정압력은?", "CWP-12 | 설정압력 | 3.5 barg"),
        ("기포점 필터 F-201 온도?", "F-201 온도 80 °C"),
    ],
)
def test_what_a_tag_is_called_besides_need_not_be_named(question: str, text: str) -> None:
    assert missing_of(question, passage(text)) == []


def test_a_property_of_a_tag_is_to_be_named() -> None:
    assert missing_of("기포점은 필터 F-201에서 얼마?", passage("F-201 온도 80 °C")) == ["기포점"]
    assert missing_of("기포점 F-201 얼마?", passage("F-201 온도 80 °C")) == ["기포점"]


def test_a_term_may_be_named_in_the_words_of_the_lexicon() -> None:
    monomer = (
        GlossaryEntry(ko="잔류 모노머", en="residual monomer"),
        GlossaryEntry(ko="헤드스페이스", en="head space"),
    )
    pack = TERMS.model_copy(update={"glossary": monomer})
    held = [passage("잔류 단량체 1200 ppm 이하")]
    assert not unnamed(understand("잔류 모노머 1050 ppm 합격이야?", pack, ["ko"]), pack, held, [])
    held = [passage("Vapour space oxygen high: 6.0 vol%")]
    assert not unnamed(understand("헤드스페이스 산소 값은?", pack, ["ko", "en"]), pack, held, [])
    held = [passage("점도 1200 cP 이하")]
    assert unnamed(understand("잔류 모노머 합격이야?", pack, ["ko"]), pack, held, []) == ["잔류 모노머"]
