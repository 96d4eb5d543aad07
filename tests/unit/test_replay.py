"""Conversations over HTTP, and records replayed: the same answer says so, another one says why."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from walkdown.client import WalkdownClient
from walkdown.errors import UnknownItemError
from walkdown.index.store import IndexedChunk
from walkdown.testing.memory import MemoryStore, ScriptedLLM, sample_chunk
from walkdown.text.lexical import document_vector
from walkdown_server.conversations import MAX_TURNS, Conversations
from walkdown_server.services import Services
from walkdown_server.testing import fake_services, running, wait_until

REPLY = "yes\nThe minimum flow of P-101A is 40 m3/h. [1]"
QUESTION = "What is the minimum flow of P-101A?"


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[WalkdownClient, Services]]:
    services = fake_services(tmp_path, llm=ScriptedLLM(REPLY))
    with running(services) as url, WalkdownClient(url) as client:
        wait_until(lambda: client.ready().ready)
        yield client, services


def test_an_answer_asked_again_differs_in_nothing(served: tuple[WalkdownClient, Services]) -> None:
    client, services = served
    answer = client.ask("power", QUESTION)
    found = client.replay(answer.record_id)
    assert found.question == QUESTION
    assert found.differences == ()
    record = services.answers.get().get(answer.record_id)
    assert record.trace["plan"]["question"] == QUESTION
    assert [h["id"] for h in record.trace["hits"]] == [e.chunk.id for e in answer.evidence]
    assert len(record.prompt_hash) == 64
    assert record.trace["prompt_hashes"] == [record.prompt_hash]
    assert record.trace["requests"] == 1


def test_a_changed_document_is_named_as_the_reason(served: tuple[WalkdownClient, Services]) -> None:
    client, services = served
    answer = client.ask("power", QUESTION)
    store = services.store.get()
    assert isinstance(store, MemoryStore)
    old = answer.evidence[0].chunk
    store.delete_document("power", old.document_id)
    text = "The minimum flow of P-101A is 42 m3/h."
    new = sample_chunk(9, text, id="OP-1:new", document_id=old.document_id, revision="C")
    store.upsert([IndexedChunk(new, {}, document_vector(text))])
    found = client.replay(answer.record_id)
    assert any("revision C" in d.why for d in found.differences if d.what == "passage")
    assert any(d.what == "prompt" for d in found.differences)
    assert any("struck: numbers" in d.now for d in found.differences)


def test_an_unknown_record_is_an_error(served: tuple[WalkdownClient, Services]) -> None:
    with pytest.raises(UnknownItemError):
        served[0].replay("nothing")


def test_a_conversation_carries_the_question_before(served: tuple[WalkdownClient, Services]) -> None:
    client, services = served
    client.ask("power", QUESTION, conversation_id="c1")
    answer = client.ask("power", "and its trip?", conversation_id="c1")
    trace = services.answers.get().get(answer.record_id).trace
    assert trace["turns"] == [QUESTION]
    assert "P101A" in trace["plan"]["tags"]
    alone = client.ask("power", "and its trip?", conversation_id="c2")
    assert services.answers.get().get(alone.record_id).trace["turns"] == []


def test_conversations_are_bounded() -> None:
    kept = Conversations(limit=2)
    for name in ("a", "b", "c"):
        for i in range(MAX_TURNS + 3):
            kept.add(("local", name, "power"), f"question {i}")
    kept.add(("local", "", "power"), "a question of its own")
    assert kept.turns(("local", "a", "power")) == ()
    assert len(kept.turns(("local", "c", "power"))) == MAX_TURNS
    assert kept.turns(("local", "c", "bio")) == ()
    assert kept.turns(("another", "c", "power")) == ()
    assert kept.turns(("local", "", "power")) == ()
