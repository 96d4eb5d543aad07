"""Mistakes that a domain team makes in a pack: each is named with its line and what to do, and none is a traceback."""

import time
from pathlib import Path

import pytest

from walkdown.packs.loader import read_pack
from walkdown.packs.validation import validate_pack
from walkdown.testing.pack_sample import edit, make_pack

GOOD = r"'[A-Z]-\d{3}[A-D]?'"
GLOSSARY = "ko,en,abbreviation,synonyms\n"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return make_pack(tmp_path / "tiny")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("title: {ko: 작은 팩, en: Tiny pack}", "title: {ko: 작은 팩, en: {{title}}}", "braces or brackets"),
        ("languages: [ko, en]", "? [a, b]\n: c\nlanguages: [ko, en]", "braces or brackets"),
        ("ko: prompts/answer.ko.md", 'ko: "a\\0b"', "missing"),
        ("ko: prompts/answer.ko.md", "ko: " + "a" * 300, "missing"),
        ("  - {id: procedure, title", "  - {id: procedure, title: {ko: 가, en: B}}\n  - {id: procedure, title", "two"),
        ("test: eval/test.jsonl", "test: eval/dev.jsonl", "dev and test are both eval/dev.jsonl"),
        ("languages: [ko, en]", "languages: ko, en", "languages: a list is wanted here"),
        ("prompts:\n", "prompts:\n  kr: prompts/answer.ko.md\n", "prompts.kr: the name should be 'ko', 'en'"),
        ("languages: [ko, en]", "languages: [ko, en]\ncorpus: ../../other", "no folder inside the pack"),
        ("languages: [ko, en]", "languages: [ko, en]\ncorpus: /etc", "no folder inside the pack"),
        ("languages: [ko, en]", "languages: [ko, en]\nretrieval: {sparse_weight: .inf}", "finite"),
        ("languages: [ko, en]", "languages: [ko, en]\nretrieval: {dense_weights: {e5-smal: 1}}", "no 'e5-smal'"),
        ("languages: [ko, en]", "languages: [ko, en]\nretrieval: {dense_weights: {e5-small: -1}}", "e5-small"),
        ("languages: [ko, en]", "languages: [ko, en]\nretrieval: {rerank_weights: {lenght: 1}}", "no 'lenght'"),
    ],
)  # fmt: skip
def test_a_mistake_in_the_manifest_is_named(pack: Path, old: str, new: str, message: str) -> None:
    edit(pack / "pack.yaml", old, new)
    faults = validate_pack(pack)
    assert any(message in fault.message for fault in faults), faults
    assert all(fault.remedy for fault in faults)


def test_a_pack_whose_sets_are_one_file_is_at_fault_and_answers_all_the_same(pack: Path) -> None:
    line = edit(pack / "pack.yaml", "test: eval/test.jsonl", "test: eval/dev.jsonl")
    assert [(f.file, f.line) for f in validate_pack(pack) if "measures itself" in f.message] == [("pack.yaml", line)]
    loaded, _, faults = read_pack(pack)
    assert loaded is not None and faults == []


def test_an_encoder_of_the_sites_own_catalogue_may_have_a_weight(pack: Path) -> None:
    edit(pack / "pack.yaml", "languages: [ko, en]", "languages: [ko, en]\nretrieval: {dense_weights: {plant-own: 1}}")
    assert validate_pack(pack) == []


@pytest.mark.parametrize("pattern", [r"(\w+\s?)+\d{3}", r"([A-Z]+-?)+\d{3}", r"([A-Z]{1,3}-?)*\d{3}", r"(\d+)+[A-D]"])
def test_a_rule_that_a_long_word_would_keep_busy_is_not_used(pack: Path, pattern: str) -> None:
    line = edit(pack / "pack.yaml", GOOD, f"'{pattern}'")
    begin = time.monotonic()
    loaded, _, faults = read_pack(pack)
    assert time.monotonic() - begin < 5
    assert loaded is not None
    assert loaded.grammar == ()
    assert [(fault.file, fault.line) for fault in faults] == [("pack.yaml", line)]
    assert "would take minutes" in faults[0].message


@pytest.mark.parametrize("pattern", [r"(?:[A-Z]+-)+\d{3}[A-D]?", r"[A-Z][A-Z-]*\d{3}[A-D]?", r"[A-Z0-9 -]*\d{3}[A-D]?"])
def test_a_rule_with_repeats_that_share_nothing_is_used(pack: Path, pattern: str) -> None:
    edit(pack / "pack.yaml", GOOD, f"'{pattern}'")
    assert read_pack(pack)[2] == []


@pytest.mark.parametrize("pattern", [".+", "[A-Z0-9-]+", "[가-힣]+"])
def test_a_rule_that_finds_plain_words_is_named(pack: Path, pattern: str) -> None:
    line = edit(pack / "pack.yaml", GOOD, f"'{pattern}'")
    found = [fault for fault in validate_pack(pack) if "finds the plain word" in fault.message]
    assert [(fault.file, fault.line) for fault in found] == [("pack.yaml", line)]


@pytest.mark.parametrize(
    ("row", "message"),
    [("수위,level,,위", "almost every sentence"), ("급수,feed water,,the;feed", "almost every sentence"),
     ("급수,feed water,,\"비에프피, 디오\"", "a comma in it")],
)  # fmt: skip
def test_a_synonym_that_every_question_holds_or_none_is_named(pack: Path, row: str, message: str) -> None:
    (pack / "glossary.csv").write_text(f"{GLOSSARY}{row}\n용존산소,dissolved oxygen,DO,DO\n", encoding="utf-8")
    (fault,) = validate_pack(pack)
    assert (fault.file, fault.line) == ("glossary.csv", 2)
    assert message in fault.message


def test_a_column_that_an_ingestion_would_refuse_is_named(pack: Path) -> None:
    table = "file,id,revison\ntiny-op-001-pump.md,TINY-OP-001,2\n"
    (pack / "corpus" / "documents.csv").write_text(table, encoding="utf-8")
    (fault,) = validate_pack(pack)
    assert (fault.file, fault.line) == ("corpus/documents.csv", 1)
    assert "'revison' is not known" in fault.message


@pytest.mark.parametrize("text", ["- set: dev\n", "set dev\n"])
def test_a_gate_without_fields_is_told_in_words_of_the_file(pack: Path, text: str) -> None:
    (pack / "gate.yaml").write_text(text, encoding="utf-8")
    (fault,) = validate_pack(pack)
    assert "fields with their values" in fault.message
    assert "name: value" in fault.remedy
