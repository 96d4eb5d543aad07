"""The words of a pack's documents that neither its glossary nor the lexicon knows, and the command that lists them."""

import json
from pathlib import Path

import pytest

from walkdown.documents import Chunk
from walkdown.packs.schema import GlossaryEntry
from walkdown.retrieval.unknown_words import unknown_words
from walkdown.settings import Settings
from walkdown.testing.memory import sample_chunk, sample_pack
from walkdown_server.cli.main import run
from walkdown_server.services import Services
from walkdown_server.testing import fake_services

PACK = sample_pack()


def in_documents(*texts: str, **fields: object) -> list[Chunk]:
    """A passage in a document of its own for each text."""
    return [
        sample_chunk(i, text, id=f"D{i}:0", document_id=f"D{i}", title="펌프", **fields) for i, text in enumerate(texts)
    ]


def test_words_are_counted_by_document_and_shown_with_a_line() -> None:
    chunks = in_documents("The quarl is cleaned.\nQuarls crack.", "Look at the quarls.", "The pump runs at 5 barg.")
    (word,) = unknown_words(chunks, PACK, least=2)
    assert (word.word.lower(), word.documents, word.passages, word.document_id) == ("quarl", 2, 2, "D0")
    assert word.example == "The quarl is cleaned."


def test_korean_words_lose_their_particles() -> None:
    found = unknown_words(in_documents("쿼럴을 청소한다", "쿼럴에 균열이 있다"), PACK, least=2)
    assert [word.word for word in found] == ["쿼럴"]


def test_known_words_tags_units_and_everyday_words_are_left_out() -> None:
    text = "The pump P-101A has never tripped without an alarm above 5 kPa. 펌프는 밸브를 닫으며 함께 본다."
    assert unknown_words(in_documents(text, text, language="ko"), PACK, least=2) == []


def test_what_the_glossary_knows_is_left_out() -> None:
    pack = PACK.model_copy(update={"glossary": (GlossaryEntry(ko="버너 타일", en="quarl"),)})
    assert unknown_words(in_documents("Clean the quarl", "Mind the quarl"), pack, least=2) == []


def test_a_long_line_is_cut_around_the_word() -> None:
    line = f"{'pump ' * 60}quarl {'valve ' * 60}"
    (word,) = unknown_words(in_documents(line, line), PACK, least=2)
    assert "quarl" in word.example and len(word.example) <= 102


def test_the_command_lists_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("WALKDOWN_HOME", str(tmp_path))
    monkeypatch.setenv("WALKDOWN_LLM", "none")
    chunks = in_documents("Clean the quarl [2]", "Mind the quarl")
    asked = ["pack", "words", "power", "--least", "2"]

    def build(settings: Settings) -> Services:
        return fake_services(settings.home, chunks=chunks)

    assert run(asked, build) == 0
    assert capsys.readouterr().out.split() == "quarl 2 Clean the quarl [2] (D0)".split()
    assert run([*asked, "--json"], build) == 0
    assert [word["word"] for word in json.loads(capsys.readouterr().out)] == ["quarl"]
    assert run(["pack", "words", "power"], build) == 0
    assert capsys.readouterr().out == "No unknown word stands in 3 documents of power.\n"
