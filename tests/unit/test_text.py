"""Language detection, lexical terms and tag grammar."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from walkdown.documents import Language
from walkdown.text.languages import detect_language
from walkdown.text.lexical import document_vector, query_vector, terms
from walkdown.text.tags import compile_pattern, find_tags, normal_form

GRAMMAR = [compile_pattern("equipment", r"[A-Z]{1,3}[- ]?\d{3,4}(?:[- ]?[A-Z])?")]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("보일러 급수펌프의 최소 유량은?", "ko"),
        ("P-101A 펌프의 NPSH는 몇 m인가", "ko"),
        ("What is the minimum flow of the pump?", "en"),
        ("¿Cuál es la presión máxima de la caldera?", "es"),
        ("锅炉给水泵的最小流量是多少", "zh"),
        ("ボイラー給水ポンプの最小流量は", "ja"),
        ("", "en"),
        ("DO %: 40.2 | CO2: 6.7 | O2: 0\nDO %: 38.5 | CO2: 7.0 | O2: 1\nDO %: 39.7 | CO2: 6.6 | O2: 0", "en"),
        ("UN 1993, FLAMMABLE LIQUID, N.O.S. | Emergency schedule: F-E, S-E | P-O, T-O", "en"),
        ("Y | Y | Y | O | O | Valve: Y", "en"),
        ("Cierre la válvula de descarga y abra la de purga", "es"),
        ("presion de la linea de vapor en el arranque", "es"),
    ],
)
def test_language_is_told_by_script_and_function_words(text: str, language: Language) -> None:
    assert detect_language(text) == language


def test_particles_do_not_hide_a_korean_noun() -> None:
    assert set(terms("펌프")) <= set(terms("펌프를 기동한다"))


def test_neighbour_tags_share_no_term() -> None:
    assert not set(terms("P-101A")) & set(terms("P-101B"))


def test_spelling_of_a_tag_does_not_matter() -> None:
    assert set(terms("P-101A")) == set(terms("p101a"))


def test_numbers_keep_value_over_thousands_separator() -> None:
    assert "3960" in terms("3,960 kg") and "3960" in terms("3960 kg")


def test_decomposed_hangul_equals_composed() -> None:
    assert terms(unicodedata.normalize("NFD", "펌프 기동")) == terms("펌프 기동")


@given(st.text(max_size=200))
def test_vectors_are_sorted_unique_and_positive(text: str) -> None:
    for vector in (document_vector(text), query_vector(text)):
        assert vector.indices == sorted(set(vector.indices))
        assert all(v > 0 for v in vector.values)


def test_tags_are_whole_and_normalised() -> None:
    found = find_tags("Start P-101A, not P-101B; p 101 a is the same. XP-1011Z9 is not.", GRAMMAR)
    assert [t.normal for t in found] == ["P101A", "P101B", "P101A"]


@given(st.sampled_from(["P-101A", "P-101B", "FCV-1203", "TI-0042"]), st.sampled_from([" ", "-", ""]))
def test_normal_form_ignores_separator_and_case(tag: str, separator: str) -> None:
    assert normal_form(tag.replace("-", separator).lower()) == normal_form(tag)
