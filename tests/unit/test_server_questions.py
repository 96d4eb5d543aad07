"""The HTTP API over fakes, through a real uvicorn on a free port and the real client."""

import contextlib
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import openai
import pytest

from walkdown.client import WalkdownClient, parse_events
from walkdown.documents import AnswerStatus
from walkdown.errors import (
    IndexUnavailableError,
    OverloadedError,
    PackError,
    ServerUnavailableError,
    UnknownPackError,
    UsageError,
)
from walkdown.packs.schema import Pack
from walkdown.testing.memory import MemoryStore, ScriptedLLM
from walkdown.wire import SearchQuery
from walkdown_server.services import PackShelf
from walkdown_server.testing import SAMPLE_CHUNKS, fake_services, running, wait_until

REPLY = "The minimum flow of P-101A is 40 m3/h [1]."
QUESTION = "What is the minimum flow of P-101A?"


@pytest.fixture
def client(tmp_path: Path) -> Iterator[WalkdownClient]:
    with running(fake_services(tmp_path, llm=ScriptedLLM(REPLY))) as url, WalkdownClient(url) as made:
        wait_until(lambda: made.ready().ready)
        yield made


def test_search_finds_the_passage_and_hides_what_the_principal_may_not_see(client: WalkdownClient) -> None:
    reply = client.search("power", QUESTION, k=3)
    assert reply.hits[0].chunk_id == "OP-1:0"
    assert reply.hits[0].to_hit().chunk.text == SAMPLE_CHUNKS[0].text
    assert reply.timings["total"] > 0
    assert client.search("power", "Secret start order", k=3).hits == ()


def test_search_takes_earlier_questions_and_explains(client: WalkdownClient) -> None:
    query = SearchQuery(
        pack="power", question="and P-101A?", turns=("What is the minimum flow of P-102A?",), explain=True
    )
    reply = client.search_for(query)
    assert reply.plan["question"] == "What is the minimum flow of P-101A?" and reply.plan["original"] == "and P-101A?"
    assert len(reply.explanations) == len(reply.hits) and "minimum" in " ".join(reply.explanations[0].named)
    assert client.search_for(query).hits == reply.hits


def test_ask_returns_a_checked_answer_with_its_evidence(client: WalkdownClient) -> None:
    answer = client.ask("power", QUESTION)
    assert answer.status is AnswerStatus.ANSWERED
    assert answer.claims[0].citations == (1,)
    assert answer.evidence[0].chunk.revision == "B"
    raw = httpx.post(f"{client.base_url}/v1/ask", json={"pack": "power", "question": QUESTION}).json()
    assert raw["answer"] == raw["text"] == answer.text


def test_ask_streams_stages_evidence_tokens_and_one_answer_last(client: WalkdownClient) -> None:
    events = list(client.ask_stream("power", QUESTION))
    names = [event.event for event in events]
    assert names[0] == "stage" and names[-1] == "answer" and names.count("answer") == 1
    assert names.index("evidence") < names.index("token")
    assert REPLY.removesuffix(" [1].") in "".join(e.data["text"] for e in events if e.event == "token")
    assert client.answer_of(events[-1]).status is AnswerStatus.ANSWERED


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize(
    ("pack", "question", "error", "word"),
    [
        ("nuclear", QUESTION, UnknownPackError, "nuclear"),
        ("power", "  ", UsageError, "empty"),
        ("power", "ab " * 7000, UsageError, "characters"),
    ],
)
def test_wrong_questions_fail_before_any_answer(
    client: WalkdownClient, pack: str, question: str, error: type[Exception], word: str, stream: bool
) -> None:
    with pytest.raises(error, match=word):
        list(client.ask_stream(pack, question)) if stream else client.ask(pack, question)


def test_a_failing_model_leaves_an_incomplete_answer_with_passages(tmp_path: Path) -> None:
    with running(fake_services(tmp_path, llm=ScriptedLLM(REPLY, fail=True))) as url, WalkdownClient(url) as client:
        answer = client.ask("power", QUESTION)
    assert answer.status is AnswerStatus.INCOMPLETE
    assert answer.evidence


def test_without_a_model_answers_are_quotes(tmp_path: Path) -> None:
    with running(fake_services(tmp_path)) as url, WalkdownClient(url) as client:
        assert client.ask("power", QUESTION).status is AnswerStatus.QUOTED


def test_a_missing_index_is_told_by_ready_and_by_questions_then_heals(tmp_path: Path) -> None:
    broken = [True]

    def store() -> MemoryStore:
        if broken[0]:
            raise IndexUnavailableError("Another process holds the index.", "Stop it.")
        return MemoryStore(SAMPLE_CHUNKS)

    with running(fake_services(tmp_path, store=store)) as url, WalkdownClient(url) as client:
        wait_until(lambda: any(p.cause.startswith("Another process") for p in client.ready().parts))
        assert httpx.get(f"{url}/ready").status_code == 503
        assert client.health().status == "ok"
        with pytest.raises(IndexUnavailableError, match="Another process"):
            client.search("power", QUESTION)
        assert [e["code"] for e in _sse_errors(url)] == ["index_unavailable"]
        broken[0] = False
        assert client.search("power", QUESTION).hits
        assert client.ready().ready


def test_a_broken_pack_is_told_and_leaves_the_others(tmp_path: Path) -> None:
    parts = fake_services(tmp_path)
    good = parts.packs

    def load(name: str) -> Pack:
        if name == "broken":
            raise PackError("pack.yaml:3: the title is missing.", "Write it.")
        return good.get(name)

    parts.packs = PackShelf(lambda: {"broken": tmp_path, "power": tmp_path}, load)
    with running(parts) as url, WalkdownClient(url) as client:
        wait_until(lambda: client.ready().ready)
        (told,) = [part for part in client.ready().parts if not part.ok]
        assert (told.name, told.cause) == ("pack broken", "pack.yaml:3: the title is missing.")
        assert client.search("power", QUESTION).hits
        listed = {pack.name: pack.error for pack in client.packs()}
        assert listed["power"] is None and listed["broken"] is not None
        with pytest.raises(PackError, match="title is missing"):
            client.search("broken", QUESTION)


def test_no_pack_at_all_is_not_ready(tmp_path: Path) -> None:
    parts = fake_services(tmp_path)
    parts.packs = PackShelf(dict, parts.packs.get)
    with running(parts) as url, WalkdownClient(url) as client:
        assert "No pack can be loaded." in {part.cause for part in client.ready().parts}
        assert not client.ready().ready


def _sse_errors(url: str) -> list[dict[str, object]]:
    body = {"pack": "power", "question": QUESTION, "stream": True}
    with httpx.stream("POST", f"{url}/v1/ask", json=body) as response:
        return [e.data for e in parse_events(response.iter_lines()) if e.event == "error"]


def test_a_full_queue_refuses_with_429_and_retry_after(tmp_path: Path) -> None:
    slow = ScriptedLLM(REPLY, pause=0.05)
    parts = fake_services(tmp_path, llm=slow, max_concurrent_answers=1, max_queued_answers=1)
    with running(parts) as url, WalkdownClient(url) as client:
        wait_until(lambda: client.ready().ready)
        threads = [threading.Thread(target=client.ask, args=("power", QUESTION)) for _ in range(2)]
        for thread in threads:
            thread.start()
        wait_until(lambda: "walkdown_answers_waiting 1.0" in httpx.get(f"{url}/metrics").text)
        follower = client.ask_stream("power", QUESTION)
        with pytest.raises(OverloadedError):
            next(follower)
        for stream in (False, True):
            refused = httpx.post(f"{url}/v1/ask", json={"pack": "power", "question": QUESTION, "stream": stream})
            assert refused.status_code == 429
            assert int(refused.headers["retry-after"]) > 0
        with pytest.raises(OverloadedError):
            client.ask("power", QUESTION)
        for thread in threads:
            thread.join()
    assert slow.finished == 2


def _leave_early(url: str, body: dict[str, object]) -> None:
    """Read up to the first token, or give up after a second."""
    with (
        contextlib.suppress(httpx.ReadTimeout),
        httpx.stream("POST", f"{url}/v1/ask", json=body, timeout=1.0) as response,
    ):
        for line in response.iter_lines():
            if "token" in line:
                break


def test_a_streamed_question_that_waits_says_so_at_once_and_may_leave(tmp_path: Path) -> None:
    slow = ScriptedLLM(REPLY, pause=0.05)
    parts = fake_services(tmp_path, llm=slow, max_concurrent_answers=1, max_queued_answers=2)
    with running(parts) as url, WalkdownClient(url) as client:
        wait_until(lambda: client.ready().ready)
        first = threading.Thread(target=client.ask, args=("power", QUESTION))
        first.start()
        wait_until(lambda: "walkdown_answers_running 1.0" in httpx.get(f"{url}/metrics").text)
        leaver = client.ask_stream("power", QUESTION)
        assert next(leaver).data == {"name": "queued"}
        leaver.close()  # type: ignore[attr-defined]  # a generator
        wait_until(lambda: "walkdown_answers_waiting 0.0" in httpx.get(f"{url}/metrics").text)
        names = [event.event for event in client.ask_stream("power", QUESTION)]
        assert names[0] == "stage" and names[-1] == "answer"
        first.join()
    assert (slow.started, slow.finished) == (2, 2)


@pytest.mark.parametrize("stream", [False, True])
def test_a_client_that_leaves_stops_the_generation(tmp_path: Path, stream: bool) -> None:
    slow = ScriptedLLM(REPLY * 200, pause=0.02)
    with running(fake_services(tmp_path, llm=slow)) as url:
        body = {"pack": "power", "question": QUESTION, "stream": stream}
        _leave_early(url, body)
        wait_until(lambda: slow.cancelled == 1)
        wait_until(lambda: "walkdown_answers_running 0.0" in httpx.get(f"{url}/metrics").text)
    assert slow.finished == 0


def test_chat_completions_speak_openai(client: WalkdownClient) -> None:
    models = httpx.get(f"{client.base_url}/v1/models").json()
    assert [m["id"] for m in models["data"]] == ["walkdown/power"]
    body = {
        "model": "walkdown/power",
        "temperature": 0.2,
        "messages": [
            {"role": "system", "content": "Be nice."},
            {"role": "user", "content": [{"type": "text", "text": QUESTION}]},
        ],
    }
    whole = httpx.post(f"{client.base_url}/v1/chat/completions", json=body).json()
    text = whole["choices"][0]["message"]["content"]
    assert "40 m3/h" in text and whole["walkdown"]["evidence"][0]["chunk"]["document_id"] == "OP-1"
    streamed = httpx.post(f"{client.base_url}/v1/chat/completions", json=body | {"stream": True}).text
    data = [line.removeprefix("data: ") for line in streamed.splitlines() if line.startswith("data: ")]
    chunks = [json.loads(line) for line in data[:-1]]
    assert data[-1] == "[DONE]"
    assert "".join(c["choices"][0]["delta"].get("content", "") for c in chunks) == text
    assert chunks[-1]["choices"][0]["finish_reason"] == "stop"
    assert chunks[-1]["walkdown"]["status"] == "answered"


def test_the_openai_client_can_ask(client: WalkdownClient) -> None:
    theirs = openai.OpenAI(base_url=f"{client.base_url}/v1", api_key="any", max_retries=0)
    question: Any = [{"role": "user", "content": QUESTION}]
    whole = theirs.chat.completions.create(model="walkdown/power", messages=question, temperature=0)
    text = whole.choices[0].message.content
    assert text is not None and "40 m3/h" in text
    streamed = theirs.chat.completions.create(model="walkdown/power", messages=question, stream=True)
    assert "".join(chunk.choices[0].delta.content or "" for chunk in streamed) == text
    assert [model.id for model in theirs.models.list()] == ["walkdown/power"]
    with pytest.raises(openai.NotFoundError, match="nuclear"):
        theirs.chat.completions.create(model="walkdown/nuclear", messages=question)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"model": "gpt-4", "messages": [{"role": "user", "content": "x"}]}, 404),
        ({"model": "walkdown/nuclear", "messages": [{"role": "user", "content": "x"}]}, 404),
        ({"model": "walkdown/power", "messages": []}, 422),
        ({"model": "walkdown/power"}, 422),
    ],
)
def test_wrong_chat_requests_say_why(client: WalkdownClient, body: dict[str, object], status: int) -> None:
    reply = httpx.post(f"{client.base_url}/v1/chat/completions", json=body)
    assert reply.status_code == status
    assert reply.json()["error"]["message"]


def test_unknown_routes_fields_hosts_and_large_bodies_are_refused_in_one_shape(client: WalkdownClient) -> None:
    url = client.base_url
    assert httpx.get(f"{url}/nothing").json()["error"]["code"] == "not_found"
    assert httpx.get(f"{url}/v1/search").json()["error"]["code"] == "method_not_allowed"
    unknown = httpx.post(f"{url}/v1/search", json={"pack": "power", "question": "x", "filter": {}})
    assert (unknown.status_code, unknown.json()["error"]["code"]) == (422, "usage")
    assert "filter" in unknown.json()["error"]["cause"]
    invalid = httpx.post(f"{url}/v1/search", content=b"{", headers={"content-type": "application/json"})
    assert "JSON" in invalid.json()["error"]["cause"]
    assert httpx.get(f"{url}/health", headers={"host": "evil.example"}).status_code == 400
    large = httpx.post(f"{url}/v1/search", content=b"x" * (1 << 20) + b"x")
    assert (large.status_code, large.json()["error"]["code"]) == (413, "too_large")
    pieces = httpx.post(f"{url}/v1/search", content=(b"x" * 65536 for _ in range(20)))
    assert (pieces.status_code, pieces.json()["error"]["code"]) == (413, "too_large")


def test_metrics_count_routes_not_paths(client: WalkdownClient) -> None:
    client.ask("power", QUESTION)
    httpx.get(f"{client.base_url}/nothing/of/the/kind")
    text = httpx.get(f"{client.base_url}/metrics").text
    assert 'walkdown_answers_total{pack="power",status="answered"} 1.0' in text
    assert 'route="/v1/ask"' in text
    assert "/nothing" not in text


def test_nobody_listens() -> None:
    with WalkdownClient("http://127.0.0.1:9") as client, pytest.raises(ServerUnavailableError, match="cannot be") as e:
        client.health()
    assert "walkdown up" in e.value.remedy
