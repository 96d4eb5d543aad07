"""Whether a text names a concept of the question: either language, whole names, not within a device's name."""

import pytest

from walkdown.packs.schema import GlossaryEntry
from walkdown.retrieval.glossary import find_terms
from walkdown.retrieval.lexicon import stem
from walkdown.retrieval.naming import asked_among, asked_concepts, names, names_freely

GLOSSARY = (
    GlossaryEntry(ko="최소 유량", en="minimum flow"),
    GlossaryEntry(ko="용존산소", en="dissolved oxygen", abbreviation="DO"),
)


@pytest.mark.parametrize(
    ("question", "text", "named"),
    [
        ("최소 유량은?", "the minimum flow is 72 t/h", True),
        ("최소 유량은?", "최소유량은 72 t/h", True),
        ("최소 유량은?", "the flow is 72 t/h", False),
        ("what is the minimum flow?", "Minimum flows of the pumps", True),
        ("DO 경보는?", "alarm of DO: 25 %", True),
        ("DO 경보는?", "DOCUMENT: do not open", False),
    ],
)
def test_a_name_counts_as_a_whole_in_either_language(question: str, text: str, named: bool) -> None:
    assert names(text, asked_concepts(question, GLOSSARY)[0]) is named


def test_of_a_minimum_flow_valve_no_minimum_flow_is_told() -> None:
    concept = asked_concepts("minimum flow?", GLOSSARY)[0]
    assert not names_freely("The minimum flow valve opens at 90 t/h.", concept, "minimum flow?")
    assert names_freely("The minimum flow valve opens.", concept, "When does the minimum flow valve open?")


def test_how_someone_speaks_counts_only_where_a_text_has_it() -> None:
    question = "최소 유량이 오락가락하는데요"
    assert [c.written for c in asked_among(question, ["nothing"], GLOSSARY)] == ["최소 유량"]


@pytest.mark.parametrize(("question", "found"), [("외기량이 몇 세제곱미터야?", []), ("세제는 몇 %야?", ["세제"])])
def test_a_unit_is_no_term_that_begins_like_it(question: str, found: list[str]) -> None:
    glossary = (GlossaryEntry(ko="세제", en="detergent"),)
    assert [term.entry.ko for term in find_terms(question, glossary)] == found
    assert ("세제" in [c.written for c in asked_concepts(question, glossary)]) is bool(found)


@pytest.mark.parametrize("word", ["regenerated", "regenerating", "regenerates"])
def test_a_verb_meets_its_noun(word: str) -> None:
    assert stem(word) == stem("regeneration") and stem("repeated") == stem("repeat") and stem("heated") == "heat"


def test_how_someone_speaks_in_english_counts_only_where_a_text_has_it() -> None:
    question = "the drum pH is sagging, can we just get some caustic in?"
    assert not {"sagging", "just", "get", "some"} & {c.written for c in asked_among(question, ["Drum pH"], ())}
    assert "sagging" in {c.written for c in asked_among(question, ["a sagging drum pH"], ())}
