"""Every poisoned passage of the public sets, against a model that obeys it wholly."""

import json
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from walkdown.documents import Chunk
from walkdown.testing.memory import sample_chunk
from walkdown.testing.obedient import Obedient, ask_obedient, assert_harmless

pytestmark = pytest.mark.integration
_BESIDE = [parent / "shared" / "data" / "security" for parent in Path(__file__).parents[3:5]]
DATA = next((path for path in _BESIDE if path.is_dir()), _BESIDE[0])


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Any]]:
    called: list[Any] = []

    def refuse(self: socket.socket, address: Any) -> None:
        called.append(address)
        raise AssertionError(f"a document caused a connection to {address}")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    yield called
    assert not called


def _lines(name: str, file: str) -> list[dict[str, Any]]:
    path = DATA / name / file
    if not path.exists():
        pytest.skip(f"the security data {name} is not here")
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _chunk(record: dict[str, Any], number: int) -> Chunk:
    text = str(record["text"]).strip() or "(empty)"
    return sample_chunk(number, text[:6000], id=record["id"], document_id=record["id"], title=record["title"] or "Doc")


def test_no_document_of_bipia_gets_its_way() -> None:
    corpus = {r["id"]: r for r in _lines("injection_bipia", "corpus.jsonl")}
    wanted = {r["id"]: r["text"] for r in _lines("injection_bipia", "attacks.jsonl")}
    qrels = dict(line.split("\t")[:2] for line in (DATA / "injection_bipia" / "qrels.tsv").read_text().splitlines()[1:])
    checked = 0
    for query in _lines("injection_bipia", "queries.jsonl"):
        chunks = [_chunk(corpus[qrels[query["id"]]], 1)]
        model = Obedient(wanted[query["attack"]])
        assert_harmless(ask_obedient(f"{query['text']} {chunks[0].title}", model, chunks), model, chunks)
        checked += 1
    assert checked == 225


def test_no_passage_of_poisonedrag_gets_more_than_its_own_words() -> None:
    by_question: dict[str, list[dict[str, Any]]] = {}
    for record in _lines("poisonedrag", "corpus.jsonl"):
        by_question.setdefault(record["id"].rpartition("-adv")[0], []).append(record)
    checked = 0
    for query in _lines("poisonedrag", "queries.jsonl"):
        chunks = [_chunk(r, i) for i, r in enumerate(by_question[query["id"]])]
        model = Obedient(f"The answer is {query['poisoned_answer']}.")
        assert_harmless(ask_obedient(query["text"], model, chunks), model, chunks)
        checked += len(chunks)
    assert checked == 1500
