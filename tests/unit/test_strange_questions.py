"""Questions that nobody means: pasted blanks, words without an end. They cost no more than others, or are refused."""

import random
import re

import pytest

from walkdown.answering.corrections import corrected
from walkdown.errors import UsageError
from walkdown.packs.schema import Pack
from walkdown.retrieval.questions import check_question, plain
from walkdown.testing.memory import sample_pack
from walkdown.text import tags
from walkdown.text.labels import find_labels
from walkdown.text.lexical import terms


@pytest.fixture
def pack() -> Pack:
    return sample_pack()


@pytest.mark.parametrize("word", ["7" * 4000, "a" * 4900, "가" * 4000, "x\u200b" * 2000])
def test_a_word_without_an_end_is_refused_by_its_length(word: str) -> None:
    """Red without the limit: 23 to 74 s each, since every rule that looks into words takes their square."""
    with pytest.raises(UsageError, match="One word of the question has"):
        check_question(f"What is the limit of {word}?", max_chars=5000)


@pytest.mark.parametrize(
    "question", ["给水泵的最小流量是多少" * 400, "https://site.example/docs?id=" + "ab-" * 300, "P-101A/B/C/D" * 100]
)
def test_what_is_written_without_spaces_is_no_endless_word(question: str) -> None:
    """Red where the limit counts Chinese sentences, or goes over signs."""
    assert check_question(question, max_chars=5000) == question


def test_gaps_are_as_good_as_one_and_lines_stay_lines() -> None:
    """Red without the squeeze: 178 s for 4,900 blanks, since rules with gaps on both sides take their cube."""
    assert plain("flow" + " " * 4900 + "of \t  P-101A\n \n\n and B") == "flow of P-101A\nand B"
    assert corrected("flow" + " " * 4900 + "of P-101A?", ()) == "flow of P-101A?"


_AS_IT_WAS = re.compile(r"(?=[A-Za-z0-9]*[A-Za-z])(?=\S*[0-9])[A-Za-z0-9]+(?:[-_/.][A-Za-z0-9]+)*")
_HEADING_AS_IT_WAS = re.compile(r"\d+(?:\.\d+){1,5}")


def test_terms_are_those_of_the_slow_rules() -> None:
    """Red where a faster rule finds other codes or numbers: every index would have to be built anew."""
    chosen = random.Random(7)
    for _ in range(3000):
        text = "".join(chosen.choice("aB7 1.-/_,가é·") for _ in range(chosen.randint(1, 24)))
        codes = [f"#{tags.normal_form(m.group())}" for m in _AS_IT_WAS.finditer(text)]
        headings = [m.group() for m in _HEADING_AS_IT_WAS.finditer(_AS_IT_WAS.sub(" ", text))]
        found = terms(text)
        assert [term for term in found if term.startswith("#")] == codes, text
        assert [t for t in headings if t not in found] == [], text


def test_tags_of_one_text_are_looked_for_once(pack: Pack) -> None:
    """Red without the memory: 906 times for one question of 5,000 characters."""
    text = "Compare P-101A with P-101B, once."
    before = tags._found.cache_info().misses
    first = tags.find_tags(text, pack.grammar)
    first.clear()
    assert [tag.normal for tag in tags.find_tags(text, pack.grammar)] == ["P101A", "P101B"]
    assert tags._found.cache_info().misses == before + 1


def test_a_long_list_of_units_is_read_to_its_end() -> None:
    """Red where the list is cut too short."""
    listed = ", ".join(str(i) for i in range(1, 31))
    assert len({label.number for label in find_labels(f"Units {listed} are in service.")}) == 30
