"""A server that sends without end, packed, or slowly is given up in time and in memory, and its own words are told."""

import asyncio
import json
import time

import httpx
import pytest

from walkdown.answering.draft import Draft, write_draft
from walkdown.answering.llm import Message, OpenAIChat
from walkdown.errors import LLMUnavailableError
from walkdown.models.bounded_http import MAX_REPLY
from walkdown.packs.schema import Pack
from walkdown.retrieval.translation import LLMTranslator
from walkdown.retrieval.understanding import understand
from walkdown.settings import Settings
from walkdown.testing.llm_server import misbehaving_llm
from walkdown.testing.memory import sample_pack
from walkdown_server import llm_link
from walkdown_server.llm_link import LLMLink

HEAD = "HTTP/1.1 200 OK\r\nContent-Type: {}\r\nConnection: close\r\n{}\r\n"
STREAM = HEAD.format("text/event-stream", "")
STOP = 'data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n'
MEMORY = {"error": {"message": "CUDA out\nof memory \x1b[2J", "code": 500}}


def piece(text: str) -> str:
    return f"data: {json.dumps({'choices': [{'index': 0, 'delta': {'content': text}}]})}\n\n"


def draft_of(response: str, max_tokens: int = 50) -> Draft:
    async def go() -> Draft:
        async with misbehaving_llm("raw", response) as counter:
            llm, draft = OpenAIChat(counter.url, "m"), Draft()
            try:
                async for _ in write_draft(llm, [Message("user", "?")], draft, max_tokens=max_tokens, deadline=20.0):
                    pass
            finally:
                await llm.close()
            return draft

    return asyncio.run(go())


def test_of_one_piece_longer_than_all_that_is_allowed_no_more_is_kept() -> None:
    # Checking what was written took minutes of one core, long after the deadline, and held up every other question.
    draft = draft_of(STREAM + piece("yes ") + piece("word, number " * 100_000) + STOP)
    assert draft.cut and len(draft.text) <= 50 * 8


@pytest.mark.parametrize("begin", [STREAM, STREAM + 'data: {"choices": "', STREAM + "event: x\n"])
def test_a_line_that_does_not_end_is_given_up(begin: str) -> None:
    with pytest.raises(LLMUnavailableError, match="more than 8 MB"):
        draft_of(begin + "x" * (MAX_REPLY + 1))


@pytest.mark.parametrize("head", [STREAM, "HTTP/1.1 500 X\r\nConnection: close\r\n\r\n"])
def test_a_packed_reply_is_not_unpacked(head: str) -> None:
    packed = head.replace("\r\n\r\n", "\r\nContent-Encoding: gzip\r\n\r\n")
    with pytest.raises(LLMUnavailableError, match="packed although"):
        draft_of(packed + piece("yes It is 40 m3/h. [1]") + STOP)


@pytest.mark.parametrize(
    "response",
    [
        HEAD.format("application/json", "") + json.dumps(MEMORY),
        STREAM + f"data: {json.dumps(MEMORY)}\n\n",
        STREAM + piece("yes It is") + f"data: {json.dumps(MEMORY)}\n\n",
        "HTTP/1.1 400 X\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n" + json.dumps(MEMORY),
        HEAD.format("application/json", "") + json.dumps({"detail": MEMORY["error"]["message"]}),
    ],
)
def test_what_a_server_says_of_its_failure_is_told(response: str) -> None:
    with pytest.raises(LLMUnavailableError, match=r"CUDA out of memory \[2J"):
        draft_of(response)


def test_a_server_that_trickles_does_not_hold_up_the_look_at_its_models(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(llm_link, "_PROBE_TIMEOUT", 0.5)

    class Trickle(httpx.AsyncByteStream):
        async def __aiter__(self):  # type: ignore[no-untyped-def]
            for _ in range(200):
                yield b" "
                await asyncio.sleep(0.05)

    link = LLMLink(
        Settings(llm="http://llm:1"), transport=httpx.MockTransport(lambda _: httpx.Response(200, stream=Trickle()))
    )
    began = time.perf_counter()
    with pytest.raises(LLMUnavailableError):
        link.probe()
    assert time.perf_counter() - began < 5


@pytest.mark.parametrize("body", ["{}", "null", '{"choices": []}', '{"choices": [{}]}', '"x"', "{"])
def test_a_translation_that_is_none_does_not_end_the_search(body: str) -> None:
    pack: Pack = sample_pack()
    head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"

    async def go() -> str | None:
        async with misbehaving_llm("raw", head + body) as counter:
            plan = understand("P-101A 최소 유량은?", pack, ("ko", "en"))
            return await asyncio.to_thread(LLMTranslator(counter.url, "m").translate, plan, pack, "en")

    assert asyncio.run(go()) is None
