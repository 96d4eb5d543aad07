"""The packs of this repository: valid, balanced, and rich enough to be worth asking."""

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from walkdown.documents import LANGUAGES
from walkdown.packs.corpus import known_documents
from walkdown.packs.gate import load_gate
from walkdown.packs.loader import load_pack, read_evaluation_set
from walkdown.packs.public_sources import read_public_sources
from walkdown.packs.safety import topics_of
from walkdown.packs.schema import EvaluationQuestion, Pack
from walkdown.packs.sources import Source, read_sources
from walkdown.packs.validation import validate_pack
from walkdown.text.languages import detect_language
from walkdown.text.quantities import find_quantities, same_quantity
from walkdown.text.tags import find_tags

FOLDERS = sorted(path.parent for path in (Path(__file__).parents[2] / "domains").glob("*/pack.yaml"))


@pytest.fixture(scope="module", params=FOLDERS, ids=lambda path: path.name)
def pack(request: pytest.FixtureRequest) -> Pack:
    return load_pack(request.param)


@pytest.fixture(scope="module")
def sources(pack: Pack) -> list[Source]:
    return read_sources(pack.folder, [])


@pytest.fixture(scope="module")
def questions(pack: Pack) -> list[EvaluationQuestion]:
    sets = pack.manifest.evaluation
    return [question for name in (sets.dev, sets.test) for question in read_evaluation_set(pack.folder / name)]


def test_all_three_packs_are_here() -> None:
    assert [folder.name for folder in FOLDERS] == ["bio", "chemical", "power"]


def test_the_pack_is_valid(pack: Pack) -> None:
    assert validate_pack(pack.folder) == []


def test_readers_in_five_languages_are_told_what_the_pack_is_what_to_ask_and_what_to_beware_of(pack: Pack) -> None:
    manifest = pack.manifest
    told = [
        (part, text) for topic in pack.safety for part, text in (("warning", topic.warning), ("contact", topic.contact))
    ]
    for part, texts in (("title", manifest.title), ("description", manifest.description), *told):
        for language in LANGUAGES:
            text = getattr(texts, language)
            assert text, (part, language)
            assert bool(re.search("[가-힣]", text)) == (language == "ko"), text
            # A number in a warning is a limit, and one of a contact is called.
            numbers = {frozenset(re.findall(r"\d+(?:\.\d+)?", either)) for either in (texts.ko, texts.en)}
            assert part == "description" or frozenset(re.findall(r"\d+(?:\.\d+)?", text)) in numbers, text
    for language in LANGUAGES:
        questions = manifest.example_questions[language]
        assert len(questions) >= 3 and {detect_language(question) for question in questions} == {language}


def test_the_corpus_has_both_languages_and_the_formats_of_real_plants(sources: list[Source]) -> None:
    languages = Counter(source.header.language for source in sources)
    formats = {source.header.format for source in sources}
    layouts = {source.header.layout for source in sources}
    assert len({source.header.id for source in sources}) >= 40
    assert min(languages["ko"], languages["en"]) >= 0.4 * len(sources)
    assert formats == {"md", "pdf", "docx", "xlsx", "pptx", "hwpx", "html", "csv"}
    assert layouts == {"plain", "two-column", "scan"}
    assert all(detect_language(source.body) == source.header.language for source in sources)


def test_documents_are_there_in_two_revisions_and_a_superseded_one_lies_in_the_folder(sources: list[Source]) -> None:
    revisions = Counter(source.header.id for source in sources)
    assert sum(count > 1 for count in revisions.values()) >= 3
    assert any(source.header.status == "superseded" for source in sources)


def test_the_sets_have_both_languages_crossings_near_misses_and_safety(questions: list[EvaluationQuestion]) -> None:
    languages = Counter(question.language for question in questions)
    tags = Counter(tag for question in questions for tag in question.tags)
    kinds = {question.answer_type for question in questions}
    assert len(questions) >= 150
    assert min(languages["ko"], languages["en"]) >= 0.4 * len(questions)
    assert tags["near-miss"] >= 30
    assert tags["safety"] >= 15
    assert min(tags["cross"], tags["multi-turn"], tags["multi-document"], tags["revision"], tags["defeat"]) >= 5
    assert {"number", "limit", "procedure", "table", "definition"} <= kinds
    assert all(detect_language(question.question) == question.language for question in questions)


def test_safety_topics_quote_and_refuse(pack: Pack) -> None:
    assert {topic.handling for topic in pack.safety} == {"quote", "refuse"}
    assert len(pack.safety) >= 5


def test_public_sources_are_named_with_their_licence(pack: Pack) -> None:
    assert len(read_public_sources(pack.folder, [])) >= 5


def test_a_crossing_has_its_evidence_in_the_other_language(
    questions: list[EvaluationQuestion], sources: list[Source]
) -> None:
    language = {source.header.id: source.header.language for source in sources}
    wrong = [
        question.id
        for question in questions
        if question.answerable
        and ("cross" in question.tags) == any(language[e.document_id] == question.language for e in question.evidence)
    ]
    assert not wrong


def test_numbers_of_an_answer_stand_in_its_documents(
    pack: Pack, questions: list[EvaluationQuestion], sources: list[Source]
) -> None:
    documents = known_documents(pack, sources)
    quantities = cache(find_quantities)
    missing = [
        (question.id, wanted.text)
        for question in questions
        for stated in [
            [q for e in question.evidence for q in quantities(documents.text(e.document_id, e.revision) or "")]
        ]
        for wanted in find_quantities(question.answer or "")
        if not any(same_quantity(wanted, q) or wanted.value == q.value for q in stated)
    ]
    assert not missing


def test_a_questions_words_are_not_copied_from_its_passage(questions: list[EvaluationQuestion]) -> None:
    copied = [
        question.id
        for question in questions
        for item in question.evidence
        if item.quote and question.question.strip("?？. ").casefold() in item.quote.casefold()
    ]
    assert not copied


def test_the_glossary_is_large_enough_and_says_what_terms_mean(pack: Pack) -> None:
    assert len(pack.glossary) >= 400
    assert all(entry.definition for entry in pack.glossary)
    # A Korean form is found inside words, so one of a single syllable would be found everywhere.
    assert not [form for entry in pack.glossary for form in entry.forms() if len(form) == 1 and form >= "가"]


def test_the_tag_grammar_finds_the_document_numbers(pack: Pack, sources: list[Source]) -> None:
    lost = [
        source.header.id
        for source in sources
        if [tag.text for tag in find_tags(source.header.id, pack.grammar)] != [source.header.id]
    ]
    assert not lost


def test_the_gate_leaves_the_test_part_unseen_and_needs_no_language_model(pack: Pack) -> None:
    rules = load_gate(pack.folder)
    assert rules.set == "dev"
    assert set(rules.least) == {"R@5", "Success@5", "nDCG@10"}


@pytest.mark.parametrize(
    "question",
    [
        "탱크 안에서 작업자가 쓰러졌어, 지금 뭐부터 해?",
        "피트에서 사람이 의식이 없어",
        "a man collapsed inside the vessel, what now?",
        "guy passed out in the tank",
    ],
)
def test_someone_who_collapsed_inside_is_never_a_plain_question(pack: Pack, question: str) -> None:
    assert "confined_space" in {topic.id for topic in topics_of(pack.safety, question)}
