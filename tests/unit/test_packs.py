"""Loading packs, and naming what is wrong with them by file and line."""

import codecs
import re
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from walkdown.errors import PackError, UnknownPackError, UsageError
from walkdown.packs.files import decode
from walkdown.packs.glossary_file import COLUMNS
from walkdown.packs.loader import PLACEHOLDERS, find_packs, get_pack, load_pack, read_evaluation_set
from walkdown.packs.safety import SafetyTopic
from walkdown.packs.schema import (
    EvaluationEvidence,
    EvaluationQuestion,
    JudgeParameters,
    PackManifest,
    RetrievalParameters,
    TagRule,
)
from walkdown.packs.sources import SourceHeader
from walkdown.packs.validation import Fault, quote_stands, validate_pack
from walkdown.settings import Settings
from walkdown.testing.pack_sample import DOCUMENT, edit, make_pack, question


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return make_pack(tmp_path / "tiny")


def test_a_pack_loads_with_all_its_parts(pack: Path) -> None:
    loaded = load_pack(pack)
    assert loaded.name == "tiny"
    assert loaded.prompts["en"] == "Answer from the documents of Fictional site (Tiny pack) only. Braces: {x}"
    assert loaded.prompts["ko"] == "가상 사업장의 문서로만 답한다."
    assert loaded.glossary[0].forms() == ("펌프", "pump", "펌푸", "pumps")
    assert loaded.glossary[0].definition == "옮기는, 기계"
    assert [rule.kind for rule in loaded.grammar] == ["equipment"]
    assert validate_pack(pack) == []


def test_packs_are_found_by_the_name_of_their_folder(pack: Path) -> None:
    settings = Settings(packs=pack.parent)
    (pack.parent / "no-pack").mkdir()
    assert find_packs(settings) == {"tiny": pack}
    assert get_pack("tiny", settings).name == "tiny"
    with pytest.raises(UnknownPackError, match="tiny"):
        get_pack("power", settings)


def test_a_pack_in_a_folder_of_another_name_is_refused(pack: Path) -> None:
    shutil.copytree(pack, pack.parent / "other")
    with pytest.raises(PackError, match="'tiny' but its folder 'other'"):
        get_pack("other", Settings(packs=pack.parent))


def test_a_folder_of_packs_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="nowhere is not a folder"):
        find_packs(Settings(packs=tmp_path / "nowhere"))


def test_the_installed_packs_are_found_without_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    assert set(find_packs(Settings(packs=None))) >= {"chemical", "bio"}


Mutation = tuple[str, str, str, str]
MANIFEST_FAULTS: list[Mutation] = [
    ("pack.yaml", "version: 0.1.0", "version: [0.1", "YAML is broken"),
    ("pack.yaml", "  - kind: equipment", "\t- kind: equipment", "tab"),
    ("pack.yaml", "languages: [ko, en]", "languages: [ko, en]\nlanguage: ko", "unknown field"),
    ("pack.yaml", "version: 0.1.0", "version: 0.1", "version"),
    ("pack.yaml", "version: 0.1.0", "version: 0.1.0\nretrieval: {judge: {passages: 1}}", "passages"),
    ("pack.yaml", "languages: [ko, en]", "name: again", "given twice"),
    ("pack.yaml", "'[A-Z]-\\d{3}[A-D]?'", "'[A-Z-\\d{3}('", "no regular expression"),
    ("pack.yaml", "'[A-Z]-\\d{3}[A-D]?'", "'[A-Z]*'", "empty text"),
    ("pack.yaml", "examples: [P-101A]", "examples: [P-101E]", "is not found"),
    ("pack.yaml", "[P-1011, XP-101]", "[P-1011, P-102]", "is found"),
    ("pack.yaml", "  en: ['What is the rated flow of P-101A?']", "  en: []", "missing in 'en'"),
    ("prompts/answer.en.md", "{title}", "{answer}", "placeholder {answer}"),
    ("prompts/answer.en.md", "{title}", "{title", "brace"),
    ("glossary.csv", "abbreviation", "abbr", "abbr is not known"),
    ("glossary.csv", "en,abbreviation", "abbreviation", "column en is missing"),
    ("glossary.csv", "펌프,pump,", "펌프,,", "translation is missing"),
    ("glossary.csv", '"옮기는, 기계"', "옮기는, 기계", "8 cells for 7 columns"),
    ("eval/dev.jsonl", "TINY-OP-001", "TINY-OP-002", "not in the corpus"),
    ("eval/dev.jsonl", '"quote": "52 m3/h"', '"quote": "53 m3/h"', "does not stand"),
    ("eval/dev.jsonl", '"language": "en"', '"language": "fr"', "language"),
    ("eval/dev.jsonl", '"id": "d1"', "'id': 'd1'", "not JSON"),
    ("eval/dev.jsonl", "how much does P-101A deliver?", "Suction limit", "same question"),
    ("eval/dev.jsonl", '"id": "d1"', '"id": "t1"', "same id"),
    ("sources/pump.md", "type: procedure", "type: novel", "type 'novel'"),
    ("sources/pump.md", "file: tiny-op-001-pump", "file: tiny-op-002-pump", "is missing"),
    ("sources/pump.md", 'revision: "2"', "revision: 2", "revision"),
]


@pytest.mark.parametrize(("name", "old", "new", "message"), MANIFEST_FAULTS)
def test_each_fault_is_named_with_file_line_and_remedy(pack: Path, name: str, old: str, new: str, message: str) -> None:
    line = edit(pack / name, old, new)
    faults = validate_pack(pack)
    fitting = [fault for fault in faults if message in fault.message]
    # A leak between the sets is reported where it is met second.
    file = "eval/test.jsonl" if message.startswith("same ") else name
    assert fitting, faults
    assert fitting[0].file == file
    assert fitting[0].remedy
    if not name.startswith("sources/"):
        # A parser may see a fault only on the line after.
        assert fitting[0].line in (line, line + 1)


@pytest.mark.parametrize("name", ["pack.yaml", "prompts/answer.ko.md", "glossary.csv", "eval/test.jsonl"])
def test_a_missing_file_is_named(pack: Path, name: str) -> None:
    (pack / name).unlink()
    assert Fault(name, 0, "The file is missing.", "Add the file, or mend its name in pack.yaml.") in validate_pack(pack)


def test_all_faults_are_reported_at_once_and_loading_names_the_first(pack: Path) -> None:
    edit(pack / "prompts/answer.en.md", "{title}", "{answer}")
    edit(pack / "glossary.csv", "펌프,pump,", "펌프,,")
    edit(pack / "eval/dev.jsonl", '"quote": "52 m3/h"', '"quote": "none"')
    assert {fault.file for fault in validate_pack(pack)} == {"prompts/answer.en.md", "glossary.csv", "eval/dev.jsonl"}
    with pytest.raises(PackError, match=r"answer\.en\.md:1: .*1 more"):
        load_pack(pack)


def test_a_file_outside_the_pack_is_refused(pack: Path) -> None:
    (pack.parent / "secret.md").write_text("x", encoding="utf-8")
    edit(pack / "pack.yaml", "prompts/answer.ko.md", "../secret.md")
    assert any("outside" in fault.message for fault in validate_pack(pack))


@pytest.mark.parametrize(
    ("encode", "separator"),
    [
        (lambda text: codecs.BOM_UTF8 + text.encode(), ","),
        (lambda text: text.encode("cp949"), ","),
        (lambda text: text.encode("utf-16"), "\t"),
        (lambda text: text.replace("\n", "\r\n").encode("utf-16-le"), ";"),
    ],
)
def test_a_glossary_saved_by_excel_is_read(pack: Path, encode: Callable[[str], bytes], separator: str) -> None:
    text = "ko,en,abbreviation,unit\n급수펌프,boiler feed pump,BFP,\n".replace(",", separator)
    (pack / "glossary.csv").write_bytes(encode(text))
    assert validate_pack(pack) == []
    assert load_pack(pack).glossary[0].forms() == ("급수펌프", "boiler feed pump", "BFP")


def test_a_glossary_of_unknown_encoding_or_size_is_refused(pack: Path) -> None:
    (pack / "glossary.csv").write_bytes(b"ko,en\n\xff\xff\xfe\x80\x81\n")
    assert ["neither UTF-8" in fault.message for fault in validate_pack(pack)] == [True]
    (pack / "glossary.csv").write_text("ko,en\n" + "가,a\n" * 1_000_000, encoding="utf-8")
    assert ["5.0 MB" in f.message or "6.0 MB" in f.message for f in validate_pack(pack)] == [True]


def test_glossary_terms_given_twice_and_collisions_without_note_are_faults(pack: Path) -> None:
    rows = "냉각재펌프,reactor coolant pump,RCP,,,,\n재순환펌프,recirculation pump,RCP,,,,{}\n펌프,Pump,,,,,\n"
    path = pack / "glossary.csv"
    head = path.read_text(encoding="utf-8")
    path.write_text(head + rows.format(""), encoding="utf-8")
    assert [(fault.line, fault.message.split(" ")[0]) for fault in validate_pack(pack)] == [(4, "'rcp'"), (5, "펌프")]
    path.write_text(head + rows.format("원자력의 RCP와 다르다"), encoding="utf-8")
    assert [fault.line for fault in validate_pack(pack)] == [5]


def test_a_corpus_of_plain_files_needs_no_sources(pack: Path) -> None:
    shutil.rmtree(pack / "sources")
    (pack / "corpus/list-7.pdf").write_bytes(b"%PDF-")
    with (pack / "eval/dev.jsonl").open("a", encoding="utf-8") as file:
        file.write(question("d2", "what is in the list?", "anything", "list-7") + "\n")
    assert validate_pack(pack) == []
    # The PDF may be any document, until it is ingested; without it an unknown id is a fault.
    (pack / "corpus/list-7.pdf").unlink()
    assert ["'list-7' is not in the corpus" in fault.message for fault in validate_pack(pack)] == [True]
    edit(pack / "corpus/tiny-op-001-pump.md", "52 m3/h", "54 m3/h")
    assert ["does not stand" in fault.message for fault in validate_pack(pack)] == [True, False]


def test_evaluation_sets_are_read_with_line_numbers(pack: Path) -> None:
    path = pack / "eval/dev.jsonl"
    assert [q.id for q in read_evaluation_set(path)] == ["d1"]
    path.write_text(f"{question('d1', 'a?')}\n\n{question('d1', 'b?')}\n", encoding="utf-8")
    with pytest.raises(PackError, match=r"dev\.jsonl:3: .*line 1"):
        read_evaluation_set(path)
    path.write_text("\n", encoding="utf-8")
    with pytest.raises(PackError, match="no question"):
        read_evaluation_set(path)
    with pytest.raises(UsageError, match="no evaluation set"):
        read_evaluation_set(pack / "eval/none.jsonl")


def test_quotes_may_cross_cells_and_line_ends() -> None:
    assert quote_stands("P-101A 52 m3/h", DOCUMENT)
    assert quote_stands("| P-101A | 52 m3/h |", DOCUMENT)
    assert quote_stands("suction pressure of P-101A at or above", DOCUMENT)
    assert not quote_stands("P-101A 53 m3/h", DOCUMENT)
    assert not quote_stands("  ", DOCUMENT)


@given(st.text(alphabet=st.characters(codec="cp949", exclude_categories=["Cc"]), min_size=1))
def test_text_survives_every_encoding(text: str) -> None:
    expected = decode(text.encode("utf-8"))
    assert decode(codecs.BOM_UTF8 + text.encode("utf-8")) == expected
    assert decode(text.encode("utf-16")) == expected


@given(st.binary(max_size=200))
def test_any_bytes_as_a_manifest_give_faults_and_no_crash(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        (path / "pack.yaml").write_bytes(data)
        faults = validate_pack(path)
        assert faults
        assert all(fault.file == "pack.yaml" and fault.message and fault.remedy for fault in faults)


def test_the_guide_names_every_field_and_its_pack_of_examples_is_valid(pack: Path) -> None:
    guide = (Path(__file__).parents[2] / "docs" / "domain-team.md").read_text(encoding="utf-8")
    models = (
        PackManifest,
        RetrievalParameters,
        JudgeParameters,
        TagRule,
        SourceHeader,
        EvaluationQuestion,
        EvaluationEvidence,
        SafetyTopic,
    )
    fields = {name for model in models for name in model.model_fields} | {*COLUMNS, *PLACEHOLDERS}
    assert sorted(name for name in fields if name not in guide) == []
    assert ",".join(COLUMNS) in guide
    # What the guide shows as an example is put in place of the tiny pack's own.
    blocks = dict(re.findall(r"```(yaml|json)\n(.*?)```", guide, re.DOTALL)[::-1])
    safety = next(block for block in re.findall(r"```yaml\n(.*?)```", guide, re.DOTALL) if "topics:" in block)
    (pack / "safety.yaml").write_text(safety.replace("PLANT-OP-001", "TINY-OP-001"), encoding="utf-8")
    tags = blocks["yaml"]
    manifest = (pack / "pack.yaml").read_text(encoding="utf-8")
    head, rest = manifest.split("tags:\n")
    (pack / "pack.yaml").write_text(head + tags + "prompts:" + rest.split("prompts:", 1)[1], encoding="utf-8")
    line = blocks["json"].replace("PLANT-OP-001", "TINY-OP-001").replace("Minimum flow | 40 m3/h", "P-101A | 52 m3/h")
    (pack / "eval" / "dev.jsonl").write_text(line, encoding="utf-8")
    assert validate_pack(pack) == []
