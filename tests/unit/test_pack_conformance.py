"""A pack made by the guide passes the conformance suite of packs, and a pack that is wrong does not.

The packs of the repository go through it in tests/integration/test_installed_packs_conform.py.
"""

import shutil
from pathlib import Path

import pytest

from walkdown.packs.loader import load_pack
from walkdown.packs.new import new_pack
from walkdown.testing.pack_suite import Carries, PackSuite, Reader
from walkdown_eval.scorers import carries as carries_evidence
from walkdown_ingestion.corpus import read_corpus


class Conformance(PackSuite):
    @pytest.fixture
    def reader(self) -> Reader:
        return read_corpus

    @pytest.fixture
    def carries(self) -> Carries:
        return carries_evidence


class TestAPackMadeByTheGuide(Conformance):
    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        parent = tmp_path / "packs"
        parent.mkdir()
        new_pack("boiler-house", parent)
        return parent / "boiler-house"


def test_the_suite_finds_what_is_wrong(tmp_path: Path) -> None:
    """Each of these passes validation, which reads files, and fails in use."""
    new_pack("plant", tmp_path)
    folder = tmp_path / "plant"
    suite = Conformance()
    pack = load_pack(folder)
    suite.test_its_documents_can_be_read_and_say_who_they_are(pack, read_corpus(pack))
    # A question on a safety topic that no topic catches.
    safety = folder / "safety.yaml"
    safety.write_text(safety.read_text("utf-8").replace("LOTO", "XYZ"), encoding="utf-8")
    dev = folder / "eval" / "dev.jsonl"
    shutil.copy(folder / "eval" / "test.jsonl", dev)
    with pytest.raises(AssertionError):
        suite.test_its_safety_topics_catch_the_questions_they_are_for(load_pack(folder))
    # A document in two files.
    document = next((folder / "corpus").glob("*.md"))
    shutil.copy(document, document.with_name("copy.md"))
    with pytest.raises(AssertionError):
        suite.test_its_documents_can_be_read_and_say_who_they_are(pack, read_corpus(pack))
    # A prompt that is too long for a small model.
    prompt = folder / "prompts" / "answer.en.md"
    prompt.write_text(prompt.read_text("utf-8") * 3, encoding="utf-8")
    with pytest.raises(AssertionError):
        suite.test_its_prompts_are_short_and_complete(load_pack(folder))
