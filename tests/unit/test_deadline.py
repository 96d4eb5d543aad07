"""The one deadline of a question: it begins when the question arrives, and the wait in the queue is part of it."""

import datetime as dt
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from walkdown.client import WalkdownClient
from walkdown.documents import Answer, AnswerStatus, Hit
from walkdown.errors import IndexUnavailableError, OverloadedError
from walkdown.index.store import SearchRequest
from walkdown.retrieval.understanding import understand
from walkdown.testing.memory import MemoryStore, ScriptedLLM, sample_pack
from walkdown.wire import answer_from_wire
from walkdown_server.testing import SAMPLE_CHUNKS, fake_services, running, wait_until

QUESTION = "What is the minimum flow of P-101A?"
REPLY = "The minimum flow of P-101A is 40 m3/h [1]."


@contextmanager
def busy(tmp_path: Path, model: ScriptedLLM, timeout: float) -> Iterator[tuple[WalkdownClient, Callable[[], None]]]:
    """A server whose only place is taken by a question that comes to no end, and what ends it."""
    parts = fake_services(tmp_path, llm=model, max_concurrent_answers=1, answer_timeout=timeout)
    with running(parts) as url, WalkdownClient(url) as client:
        wait_until(lambda: client.ready().ready)
        first = client.ask_stream("power", QUESTION)
        assert any(event.event == "token" for event in first)
        end: Callable[[], None] = first.close  # type: ignore[attr-defined]  # a generator
        yield client, end
        end()


def _whole(client: WalkdownClient) -> Answer:
    return client.ask("power", QUESTION)


def _streamed(client: WalkdownClient) -> Answer:
    events = list(client.ask_stream("power", QUESTION))
    names = [event.event for event in events]
    assert events[0].data == {"name": "queued"} and "evidence" in names and "token" not in names
    return client.answer_of(events[-1])


def _chat(client: WalkdownClient) -> Answer:
    body: dict[str, Any] = {"model": "walkdown/power", "messages": [{"role": "user", "content": QUESTION}]}
    reply = httpx.post(f"{client.base_url}/v1/chat/completions", json=body, timeout=30)
    return answer_from_wire(reply.json()["walkdown"])


@pytest.mark.parametrize("ask", [_whole, _streamed, _chat])
def test_a_question_whose_turn_does_not_come_in_time_is_incomplete_with_its_evidence(tmp_path: Path, ask: Any) -> None:
    """Red where the wait has no end: the first question ends only after minutes."""
    model = ScriptedLLM(REPLY * 400, pause=0.05)
    with busy(tmp_path, model, timeout=1.0) as (client, _):
        answer = ask(client)
    assert answer.status is AnswerStatus.INCOMPLETE and "too many questions are waiting" in answer.reason
    assert answer.evidence and "40 m3/h" in answer.text and answer.record_id
    assert model.started == 1


def test_what_was_waited_for_is_taken_from_the_time_of_the_model(tmp_path: Path) -> None:
    """Red where the clock starts only when the turn comes: the model would be given the whole time again."""
    given: list[float] = []

    class Timed(ScriptedLLM):
        def stream(self, *args: Any, deadline: float, **more: Any) -> Any:
            given.append(deadline)
            return super().stream(*args, deadline=deadline, **more)

    model = Timed(REPLY * 400, pause=0.05)
    with busy(tmp_path, model, timeout=60.0) as (client, end):
        waiting = threading.Thread(target=client.ask, args=("power", QUESTION))
        waiting.start()
        url = f"{client.base_url}/metrics"
        wait_until(lambda: "walkdown_answers_waiting 1.0" in httpx.get(url).text)
        threading.Event().wait(1.0)
        model.reply = REPLY
        end()
        waiting.join(30)
    assert len(given) == 2 and given[1] < given[0] - 0.9


def test_a_replay_whose_turn_does_not_come_is_told_to_come_back(tmp_path: Path) -> None:
    """Red where a replay waits without an end, or goes on without a place."""
    with busy(tmp_path, ScriptedLLM(REPLY * 400, pause=0.05), timeout=1.0) as (client, _):
        kept = client.ask("power", QUESTION)
        with pytest.raises(OverloadedError):
            client.replay(kept.record_id)


def test_a_search_that_hangs_ends_with_the_time_of_the_question(tmp_path: Path) -> None:
    """Red where only the model has a deadline: a hanging index held the page for ever."""
    going = threading.Event()

    class Hanging(MemoryStore):
        def search(self, request: SearchRequest) -> list[Hit]:
            going.wait(60)
            return super().search(request)

    parts = fake_services(tmp_path, store=lambda: Hanging(SAMPLE_CHUNKS), answer_timeout=0.5)
    with running(parts) as url, WalkdownClient(url) as client:
        wait_until(lambda: client.ready().ready)
        with pytest.raises(IndexUnavailableError, match="did not come to an end") as raised:
            client.ask("power", QUESTION)
        going.set()
    assert raised.value.retryable


def test_today_is_the_day_at_the_plant(monkeypatch: pytest.MonkeyPatch) -> None:
    """Red where the day is taken in UTC: on New Year's morning in Seoul last year was the one before."""
    monkeypatch.setattr("walkdown.index.standing.today", lambda: dt.date(2031, 1, 1))
    time = understand("작년 기준 최소 유량은?", sample_pack(), ["en"]).time
    assert time is not None and time.date == dt.date(2030, 12, 31)
