"""Lines in Chinese, Japanese and Spanish are read into English, and name what a question in any language asks about."""

import pytest

from walkdown.documents import Principal
from walkdown.retrieval.foreign_names import names_in
from walkdown.retrieval.foreign_passages import in_english, language_of
from walkdown.retrieval.foreign_words import parse_words
from walkdown.retrieval.lexicon import Concept
from walkdown.retrieval.naming import asked_concepts, names
from walkdown.retrieval.search import Searcher
from walkdown.retrieval.understanding import understand
from walkdown.testing.memory import MemoryStore, sample_chunk, sample_pack

GLOSSARY = sample_pack().glossary


def share(question: str, passage: str) -> float:
    """Share of what a question asks about that a passage names."""
    asked = asked_concepts(question, GLOSSARY)
    return sum(names(passage, concept) for concept in asked) / len(asked)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Caudal máximo (m³/h)", "es"),
        ("nivel del tanque: 85", "es"),
        ("The level of the tank de Vries", "en"),
        ("Pump 12", "en"),
        ("冷却水ポンプ", "ja"),
        ("冷却水", "zh"),
        ("냉각수 펌프 冷却水", "ko"),
    ],
)
def test_a_cell_is_known_by_little(text: str, language: str) -> None:
    assert language_of(text) == language


def test_what_is_no_foreign_text_is_not_read() -> None:
    assert in_english("Close the suction valve.") == ""
    assert in_english("흡입 밸브를 닫는다.") == ""


def test_a_reading_has_the_lines_of_its_text() -> None:
    text = "打开排放阀。\n关闭冷却水泵。"
    assert len(in_english(text).splitlines()) == 2


def test_a_form_of_two_meanings_has_both_in_a_line_and_the_first_in_a_question() -> None:
    lines = ["discharge|||descarga", "unloading|||descarga", "|||en", "in|||en"]
    assert parse_words(lines, "es").forms["descarga"] == "discharge"
    every = parse_words(lines, "es", every=True).forms
    assert every["descarga"] == "discharge, unloading"
    # A small word stays one.
    assert every["en"] == ""


@pytest.mark.parametrize(
    ("question", "passage"),
    [
        ("maximum pressure of the hose", "Presión máxima de la manguera: 6 bar"),
        ("호스 최대 압력", "Presión máxima de la manguera: 6 bar"),
        ("cooling water temperature", "冷却水の温度は 28 ℃ 以下とする。"),
        ("냉각수 온도", "冷却水の温度は 28 ℃ 以下とする。"),
        ("cooling water temperature", "冷却水温度不得超过 28 ℃。"),
        ("냉각수 온도", "冷却水温度不得超过 28 ℃。"),
        ("vibration alarm of the pump", "ポンプの振動警報は 7.1 mm/s とする。"),
        ("안전밸브 설정압력", "安全阀整定压力为 1.2 MPa。"),
        ("safety valve set pressure", "La presión de ajuste de la válvula de seguridad es de 12 bar."),
        ("outlet pressure", "出口压力 0.8 MPa"),
        ("sampling of the tank", "Se toma la muestra del tanque."),
    ],
)
def test_a_line_names_what_is_asked_in_another_language(question: str, passage: str) -> None:
    assert share(question, passage) == 1.0


@pytest.mark.parametrize(
    ("question", "passage"),
    [
        ("viscosity", "密度と沸点"),
        ("hose pressure", "Caudal máximo: 25 m³/h"),
        ("밀봉수 온도", "冷却水の温度は 28 ℃ 以下とする。"),
        ("noise level", "Nivel de vibración del motor: 4 mm/s"),
    ],
)
def test_a_line_about_something_else_does_not(question: str, passage: str) -> None:
    assert share(question, passage) < 1.0


LIBRARY = [
    sample_chunk(0, "El caudal mínimo de la bomba de alimentación es de 40 m3/h.", id="ES:0", document_id="ES"),
    sample_chunk(1, "给水泵最小流量为 40 m3/h。", id="ZH:0", document_id="ZH"),
    sample_chunk(2, "給水ポンプの最小流量は 40 m3/h とする。", id="JA:0", document_id="JA"),
    sample_chunk(3, "La pintura de la valla es verde y se renueva cada año.", id="ES:1", document_id="ES"),
    sample_chunk(4, "围栏的油漆是绿色的。", id="ZH:1", document_id="ZH"),
    sample_chunk(5, "フェンスの塗装は緑色である。", id="JA:1", document_id="JA"),
    sample_chunk(6, "The fence is painted green by the contractor.", id="EN:1", document_id="EN"),
]
LIBRARY = [c.model_copy(update={"language": language_of(c.text)}) for c in LIBRARY]


@pytest.mark.parametrize(
    "question",
    [
        "What is the minimum flow of the feed water pump?",
        "급수펌프 최소유량은?",
        "给水泵的最小流量是多少？",
        "給水ポンプの最小流量はいくらですか？",
        "¿Cuál es el caudal mínimo de la bomba de alimentación?",
    ],
)
def test_documents_of_any_language_are_found_without_an_encoder(question: str) -> None:
    found = Searcher(MemoryStore(LIBRARY), []).search(question, sample_pack(), Principal(), k=3)
    assert {hit.chunk.id for hit in found.hits} == {"ES:0", "ZH:0", "JA:0"}


def test_a_question_is_searched_by_the_words_of_each_language() -> None:
    plan = understand("When is the cooling water pump stopped?", sample_pack(), ["en", "es", "zh", "ja"])
    words = {form.language: f"{form.text} {' '.join(form.expansions)}" for form in plan.forms}
    assert "agua de refrigeración" in words["es"] and "bomba" in words["es"]
    assert "冷却水" in words["zh"] and "ポンプ" in words["ja"]


def test_a_concept_in_no_list_is_named_by_its_code_alone() -> None:
    assert names_in(Concept("WFI", ("WFI",), ("WFI",)), "zh") == ("WFI",)
    assert names_in(Concept("gizmo", (), ("gizmo",)), "es") == ()
