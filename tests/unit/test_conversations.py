"""Conversations that were recorded: given back to the one who asked, and to nobody else."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from walkdown.client import WalkdownClient
from walkdown.documents import Answer
from walkdown.errors import DatabaseBusyError, UnknownItemError
from walkdown.index.standing import Marks
from walkdown.index.store import IndexedChunk
from walkdown.records.answers import AnswerLog
from walkdown.records.outbox import Outbox
from walkdown.testing.memory import MemoryLibrary, MemoryStore, ScriptedLLM, sample_chunk, sample_document
from walkdown.testing.records_suite import make_answer
from walkdown.text.lexical import document_vector
from walkdown.wire_conversations import READER_HEADER
from walkdown_server.access import LOCAL
from walkdown_server.lazy import Lazy
from walkdown_server.services import Services
from walkdown_server.testing import SAMPLE_CHUNKS, fake_services, running, wait_until

REPLY = "The minimum flow of P-101A is 40 m3/h [1]."
FIRST, SECOND = "What is the minimum flow of P-101A?", "and that of P-101B?"
Served = tuple[WalkdownClient, Services]


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    store = MemoryStore(SAMPLE_CHUNKS)
    services = fake_services(tmp_path, llm=ScriptedLLM(REPLY), store=lambda: store)
    with running(services) as url, WalkdownClient(url) as client:
        wait_until(lambda: client.ready().ready)
        yield client, services


def asked(client: WalkdownClient, question: str, reader: str, conversation: str = "c1") -> Answer:
    *_, last = client.ask_stream("power", question, conversation_id=conversation, reader=reader)
    return client.answer_of(last)


def test_a_conversation_is_given_back_as_it_was_answered(served: Served) -> None:
    client, _ = served
    answers = [asked(client, question, "tablet") for question in (FIRST, SECOND)]
    found = client.conversation("c1", reader="tablet")
    assert (found.pack, [turn.question for turn in found.turns]) == ("power", [FIRST, SECOND])
    assert [turn.answer for turn in found.turns] == answers
    assert [turn.outdated for turn in found.turns] == [(), ()]


def test_a_conversation_is_of_its_reader_alone(served: Served) -> None:
    client, services = served
    asked(client, FIRST, "tablet")
    for other in ("another tablet", ""):
        with pytest.raises(UnknownItemError, match="c1"):
            client.conversation("c1", reader=other)
        assert client.conversations("power", reader=other) == []
    # Whoever guesses the id neither reads the questions nor has them lean on theirs.
    answer = asked(client, SECOND, "another tablet")
    assert services.answers.get().get(answer.record_id).trace["turns"] == []
    assert [turn.question for turn in client.conversation("c1", reader="another tablet").turns] == [SECOND]
    assert [turn.question for turn in client.conversation("c1", reader="tablet").turns] == [FIRST]
    assert "tablet" not in services.answers.get().get(answer.record_id).principal.name


def test_own_conversations_are_listed_by_their_first_question(served: Served) -> None:
    client, _ = served
    for conversation, question in (("c1", FIRST), ("c2", SECOND), ("c1", SECOND)):
        asked(client, question, "tablet", conversation)
    client.ask("power", FIRST)
    found = client.conversations("power", reader="tablet")
    assert [(c.id, c.question, c.questions) for c in found] == [("c1", FIRST, 2), ("c2", SECOND, 1)]
    assert [c.id for c in client.conversations("power", reader="tablet", limit=1)] == ["c1"]
    wrong = httpx.get(f"{client.base_url}/v1/conversations?pack=nuclear", headers={READER_HEADER: "tablet"})
    assert wrong.status_code == 404


def test_what_no_longer_stands_is_told_and_what_is_closed_is_kept_back(served: Served) -> None:
    client, services = served
    answer = asked(client, FIRST, "tablet")
    numbers = {e.chunk.id: e.number for e in answer.evidence}
    store = services.store.get()

    def change(marks: Marks, **fields: object) -> None:
        store.upsert([IndexedChunk(SAMPLE_CHUNKS[0].model_copy(update=fields), {}, document_vector(""), marks)])

    change(Marks()._replace(until=0))
    turn = client.conversation("c1", reader="tablet").turns[0]
    assert turn.answer == answer and turn.outdated == (numbers["OP-1:0"],)
    change(Marks(), access=("board",))
    turn = client.conversation("c1", reader="tablet").turns[0]
    assert (turn.answer, turn.outdated, turn.question) == (None, (), FIRST)


def test_what_was_closed_in_another_edition_is_kept_back_though_its_passages_are_gone(served: Served) -> None:
    client, services = served
    asked(client, FIRST, "tablet")
    # Taken in again with groups, the document has other passages, and those that were cited are no more.
    services.store.get().delete_edition("power", SAMPLE_CHUNKS[0].edition)
    services.library = Lazy.of(MemoryLibrary([sample_document(access=("board",))]))
    turn = client.conversation("c1", reader="tablet").turns[0]
    assert (turn.answer, turn.question) == (None, FIRST)


def test_an_answer_that_waits_for_the_database_belongs_to_its_conversation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = AnswerLog(f"sqlite:///{tmp_path / 'r.db'}", Outbox(tmp_path / "waiting"))
    log.add(make_answer("r1"), LOCAL, conversation="c1")

    def busy(_: object) -> None:
        raise DatabaseBusyError("Another program holds it.", "End it.")

    with monkeypatch.context() as held:
        held.setattr(log, "_write", busy)
        log.add(make_answer("r2"), LOCAL, conversation="c1")
    assert log.waiting() == 1
    assert [r.record_id for r in log.conversation("c1", LOCAL.name)] == ["r1", "r2"]
    log.settle()
    assert log.waiting() == 0
    assert [r.record_id for r in log.conversation("c1", LOCAL.name)] == ["r1", "r2"]
    assert log.conversation("c1", "another") == []


def test_a_passage_that_is_gone_is_outdated(served: Served) -> None:
    client, services = served
    asked(client, FIRST, "tablet")
    services.store.get().delete_edition("power", SAMPLE_CHUNKS[0].edition)
    services.store.get().upsert([IndexedChunk(sample_chunk(7, "Another."), {}, document_vector(""))])
    turn = client.conversation("c1", reader="tablet").turns[0]
    assert turn.answer is not None
    assert turn.outdated == tuple(e.number for e in turn.answer.evidence)


def test_a_database_of_before_conversations_gets_their_table(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'r.db'}"
    log = AnswerLog(url)
    log.add(make_answer("r1"), LOCAL)
    log.close()
    with closing(sqlite3.connect(tmp_path / "r.db")) as raw:
        raw.execute("DROP TABLE conversations")
        raw.commit()
    again = AnswerLog(url)
    again.add(make_answer("r2"), LOCAL, conversation="c1")
    assert [r.record_id for r in again.conversation("c1", LOCAL.name)] == ["r2"]
    assert again.get("r1").record_id == "r1"
