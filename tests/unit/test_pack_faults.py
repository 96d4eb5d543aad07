"""Faults that `pack validate` names beyond those of single files, and the skeleton of a new pack."""

import json
from pathlib import Path

import pytest

from walkdown.errors import UsageError
from walkdown.packs.gate import GateRules, judge, load_gate
from walkdown.packs.leaks import same, wording
from walkdown.packs.loader import load_pack
from walkdown.packs.new import new_pack
from walkdown.packs.public_sources import read_public_sources
from walkdown.packs.schema import EvaluationQuestion
from walkdown.packs.validation import validate_pack
from walkdown.testing.pack_sample import edit, make_pack, question
from walkdown_server.cli.main import run


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return make_pack(tmp_path / "tiny")


def worded(text: str, *turns: str) -> EvaluationQuestion:
    return EvaluationQuestion(id="q", question=text, language="en", answerable=False, turns=turns)


@pytest.mark.parametrize(
    ("one", "other", "leaks"),
    [
        ("How much does P-101A deliver?", "how much does P101A deliver", True),
        ("급수펌프 흡입 압력이 얼마면 트립되나?", "급수펌프의 흡입 압력이 얼마면 트립되나요?", True),
        ("What is the minimum flow of BFP-1A?", "What is the minimum flow for BFP-1A?", True),
        ("What is the minimum flow of BFP-1A?", "What is the minimum flow of BFP-1B?", False),
        ("1호기 급수펌프의 최소 유량은?", "2호기 급수펌프의 최소 유량은?", False),
        ("What is the minimum flow of BFP-1A?", "At which flow does BFP-1A trip?", False),
        ("복수기 압력 트립값은?", "복수기 진공이 나빠지면 언제 정지하나?", False),
        ("GT-1 배기온도 고 경보 값은?", "GT-1 배기온도 고 트립 값은?", False),
        ("What is the rated flow of P-101A?", "What is the rated power of P-101A?", False),
        ("P-101A?", "What about the P-101A?", False),
    ],
)
def test_questions_leak_when_nearly_the_same_and_not_when_a_tag_differs(one: str, other: str, leaks: bool) -> None:
    assert same(wording(worded(one)), wording(worded(other))) is leaks


def test_a_follow_up_is_known_by_its_turns() -> None:
    first = wording(worded("And its trip?", "What is the minimum flow of BFP-1A?"))
    assert not same(first, wording(worded("And its trip?", "How hot may the bearing of the gas turbine be?")))
    assert same(first, wording(worded("And its trip", "What's the minimum flow of BFP-1A?")))


def test_a_question_of_dev_that_leaks_into_test_is_named(pack: Path) -> None:
    line = question("t2", "how much can P-101A deliver?") + "\n"
    path = pack / "eval" / "test.jsonl"
    path.write_text(path.read_text(encoding="utf-8") + line, encoding="utf-8")
    (fault,) = validate_pack(pack)
    assert (fault.file, fault.line) == ("eval/test.jsonl", 2)
    assert "the same question is in eval/dev.jsonl:1" in fault.message
    assert "never tuned on" in fault.remedy


def test_an_unknown_tag_kind_is_named_unless_it_is_declared(pack: Path) -> None:
    line = edit(pack / "pack.yaml", "  - kind: equipment", "  - kind: equipmnet")
    (fault,) = validate_pack(pack)
    assert (fault.file, fault.line, fault.message) == ("pack.yaml", line, "The tag kind 'equipmnet' is not known.")
    assert "equipment" in fault.remedy
    edit(pack / "pack.yaml", "languages: [ko, en]", "languages: [ko, en]\ntag_kinds: [equipmnet]")
    assert validate_pack(pack) == []


def test_an_unknown_tag_of_a_question_is_named(pack: Path) -> None:
    path = pack / "eval" / "dev.jsonl"
    fields = json.loads(path.read_text(encoding="utf-8")) | {"tags": ["near-mis"]}
    path.write_text(json.dumps(fields), encoding="utf-8")
    (fault,) = validate_pack(pack)
    assert "'near-mis' is not known" in fault.message
    assert "near-miss" in fault.remedy


def test_a_document_that_is_listed_but_missing_is_named(pack: Path) -> None:
    (pack / "corpus" / "documents.csv").write_text("file,id\ntiny-op-001-pump.md,\nnowhere.pdf,X-1\n", encoding="utf-8")
    (fault,) = validate_pack(pack)
    assert (fault.file, fault.line) == ("corpus/documents.csv", 3)
    assert "nowhere.pdf is listed but missing" in fault.message
    (pack / "corpus" / "documents.csv").write_text("id\nX-1\n", encoding="utf-8")
    assert ["column file" in fault.message for fault in validate_pack(pack)] == [True]


def test_evidence_of_a_revision_is_looked_for_in_that_revision(pack: Path) -> None:
    text = (pack / "sources" / "pump.md").read_text(encoding="utf-8")
    old = text.replace('revision: "2"', 'revision: "1"').replace("52 m3/h", "48 m3/h").replace("2025", "2024")
    old = old.replace("tiny-op-001-pump", "tiny-op-001-old").replace("format: md", "format: md\nstatus: superseded")
    (pack / "sources" / "old.md").write_text(old, encoding="utf-8")
    (pack / "corpus" / "tiny-op-001-old.md").write_text(old, encoding="utf-8")
    assert validate_pack(pack) == []
    path = pack / "eval" / "dev.jsonl"
    fields = json.loads(path.read_text(encoding="utf-8"))
    for revision, quote, faults in (
        ("1", "48 m3/h", 0),
        ("1", "52 m3/h", 1),
        ("3", "48 m3/h", 1),
        (None, "48 m3/h", 1),
    ):
        fields["evidence"] = [{"document_id": "TINY-OP-001", "quote": quote, "revision": revision}]
        path.write_text(json.dumps(fields), encoding="utf-8")
        assert len(validate_pack(pack)) == faults, (revision, quote)


@pytest.mark.parametrize(
    ("answerable", "expect", "valid"),
    [(True, "answered", True), (True, "quoted", True), (True, "refused", False), (False, "refused", True),
     (False, "quoted", False), (False, None, True)],
)  # fmt: skip
def test_what_is_expected_fits_whether_it_can_be_answered(
    pack: Path, answerable: bool, expect: str | None, valid: bool
) -> None:
    path = pack / "eval" / "dev.jsonl"
    fields = json.loads(path.read_text(encoding="utf-8")) | {"answerable": answerable, "expect": expect}
    path.write_text(json.dumps(fields), encoding="utf-8")
    assert (validate_pack(pack) == []) is valid


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("set: all\n", "set"),
        ("least: {R@7: 0.5}\n", "R@7"),
        ("least: {R@5: 70}\n", "R@5"),
        ("fall: -1\n", "fall"),
        ("\tset: dev\n", "tab"),
        ("speed: 3\n", "unknown field"),
    ],
)
def test_a_wrong_gate_is_named(pack: Path, text: str, message: str) -> None:
    (pack / "gate.yaml").write_text(text, encoding="utf-8")
    (fault,) = validate_pack(pack)
    assert fault.file == "gate.yaml"
    assert message in fault.message + fault.remedy


def test_the_gate_judges_least_values_falls_and_what_was_not_measured() -> None:
    rules = GateRules(least={"R@5": 0.7, "number_match": 0.8}, fall=0.05, answer_fall=0.2)
    retrieval = {"R@5": 0.71, "nDCG@10": 0.40}
    assert all(j.holds for j in judge(rules, retrieval, None, answers={"number_match": 0.8}))
    held = {j.figure: j.holds for j in judge(rules, retrieval, {"nDCG@10": 0.46, "R@5": 0.75}, answers={})}
    assert held == {"R@5": True, "nDCG@10": False, "number_match": False}
    falls = judge(rules, {"R@5": 0.69}, None, answers={"number_match": 0.9, "citation_hit": 0.5})
    assert [j.figure for j in falls if not j.holds] == ["R@5"]
    behind = judge(rules, {}, {"citation_hit": 0.75}, answers={"number_match": 0.9, "citation_hit": 0.5})
    assert [j.figure for j in behind if not j.holds] == ["citation_hit", "R@5"]


def test_the_skeleton_of_a_new_pack_is_valid_and_has_every_part(tmp_path: Path) -> None:
    written = new_pack("boiler-house", tmp_path)
    folder = tmp_path / "boiler-house"
    assert validate_pack(folder) == []
    pack = load_pack(folder)
    assert (pack.name, len(pack.safety), len(pack.glossary)) == ("boiler-house", 2, 2)
    assert load_gate(folder).set == "test"
    assert [source.id for source in read_public_sources(folder, [])] == ["ecfr"]
    assert {path.relative_to(folder).as_posix() for path in written} >= {"pack.yaml", "safety.yaml", "eval/test.jsonl"}
    assert all("#" in (folder / name).read_text("utf-8") for name in ("pack.yaml", "safety.yaml", "gate.yaml"))


@pytest.mark.parametrize("name", ["Plant", "x", "a/b", "..", "pack_1", "é-plant", "a" * 33])
def test_a_name_that_cannot_be_one_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="cannot be the name"):
        new_pack(name, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_pack_new_on_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["pack", "new", "my-pack", "--in", str(tmp_path)]) == 0
    assert "walkdown pack validate" in capsys.readouterr().out
    assert run(["pack", "validate", str(tmp_path / "my-pack")]) == 0
    assert run(["pack", "new", "my-pack", "--in", str(tmp_path)]) == 2
    assert "there already" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("['https://www.ecfr.gov/api/renderer/v1/']", "['ftp://www.ecfr.gov/']", "allow"),
        (
            "    allow: ['https://www.ecfr.gov/api/renderer/v1/']",
            "    allow: ['https://example.org/x/']",
            "none of the",
        ),
        ("    licence: {ko: 미국 연방정부 저작물, en: Work of the US government; public domain}\n", "", "licence"),
        ("formats: [html]", "formats: [exe]", "formats"),
        ("languages: [en]", "languages: []", "languages"),
    ],
)
def test_a_wrong_public_source_is_named(tmp_path: Path, old: str, new: str, message: str) -> None:
    new_pack("plant", tmp_path)
    edit(tmp_path / "plant" / "sources.yaml", old, new)
    faults = validate_pack(tmp_path / "plant")
    assert {fault.file for fault in faults} == {"sources.yaml"}
    assert any(message in fault.message for fault in faults)
    assert faults[0].line > 3


def test_a_set_without_questions_and_a_missing_prompt_are_named(pack: Path) -> None:
    (pack / "eval" / "test.jsonl").write_text("\n", encoding="utf-8")
    manifest = (pack / "pack.yaml").read_text(encoding="utf-8")
    assert [str(fault.message) for fault in validate_pack(pack)] == ["The file holds no question."]
    lines = [line for line in manifest.splitlines() if "answer.en.md" not in line]
    (pack / "pack.yaml").write_text("\n".join(lines), encoding="utf-8")
    (fault,) = validate_pack(pack)
    assert fault.message == "prompts: the prompt in en is missing."
    assert lines[fault.line - 1].startswith("prompts:")


def test_a_set_that_cannot_be_read_is_not_called_empty_as_well(pack: Path) -> None:
    (pack / "eval" / "test.jsonl").write_text("{\n", encoding="utf-8")
    (fault,) = validate_pack(pack)
    assert "not JSON" in fault.message


def test_an_installed_pack_is_given_by_its_name_and_an_unknown_one_lists_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    make_pack(tmp_path / "packs" / "tiny")
    monkeypatch.setenv("WALKDOWN_PACKS", str(tmp_path / "packs"))
    monkeypatch.chdir(tmp_path)
    assert run(["pack", "validate", "tiny"]) == 0
    assert run(["pack", "bundle", "tiny", "-o", str(tmp_path / "out")]) == 0
    assert (tmp_path / "out").is_file()
    capsys.readouterr()
    assert run(["pack", "bundle", "tinny"]) == 2
    assert "or the name of an installed one: tiny" in " ".join(capsys.readouterr().err.split())
