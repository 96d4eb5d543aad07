"""One deadline and one retry layer: at most two requests, none after the first token, always an error in time."""

import asyncio
import time

import pytest

from walkdown.answering.draft import Draft, write_draft
from walkdown.answering.llm import MAX_REQUESTS, Message, OpenAIChat
from walkdown.errors import LLMUnavailableError
from walkdown.testing.llm_server import Behaviour, Counter, misbehaving_llm

MESSAGES = [Message("user", "minimum flow?")]


def run(
    behaviour: Behaviour, *, deadline: float = 10.0, reply: str = "yes It is 40 m3/h. [1]"
) -> tuple[Draft, Counter]:
    async def go() -> tuple[Draft, Counter]:
        async with misbehaving_llm(behaviour, reply) as counter:
            llm, draft = OpenAIChat(counter.url, "m"), Draft()
            try:
                async for _ in write_draft(llm, MESSAGES, draft, max_tokens=50, deadline=deadline):
                    pass
            finally:
                await llm.close()
            return draft, counter

    return asyncio.run(go())


def test_the_judgement_is_read_apart_from_the_text() -> None:
    draft, counter = run("answer")
    assert (draft.judgement, draft.text.strip()) == ("yes", "It is 40 m3/h. [1]")
    assert counter.requests == 1
    assert counter.bodies[0]["logprobs"] is True


def test_no_ends_the_reply() -> None:
    draft, _ = run("answer", reply="no The evidence")
    assert (draft.judgement, draft.text) == ("no", "")
    assert not draft.answers(0.0)


def test_a_reply_without_judgement_is_kept_as_text() -> None:
    draft, _ = run("answer", reply="It is 40.")
    assert (draft.judgement, draft.text.strip()) == ("", "It is 40.")


def test_a_server_that_is_still_loading_is_asked_once_more() -> None:
    draft, counter = run("once_unavailable")
    assert draft.judgement == "yes"
    assert counter.requests == MAX_REQUESTS


@pytest.mark.parametrize("behaviour", ["unavailable", "break_off", "garbage", "hang", "refuse_model"])
def test_every_fault_is_one_error_with_a_remedy(behaviour: Behaviour) -> None:
    with pytest.raises(LLMUnavailableError) as caught:
        run(behaviour, deadline=2.0)
    assert caught.value.remedy


def test_requests_are_bounded() -> None:
    async def go(behaviour: Behaviour) -> int:
        async with misbehaving_llm(behaviour) as counter:
            llm = OpenAIChat(counter.url, "m")
            with pytest.raises(LLMUnavailableError):
                async for _ in llm.stream(MESSAGES, max_tokens=5, deadline=2.0):
                    pass
            await llm.close()
            return counter.requests

    assert asyncio.run(go("unavailable")) == MAX_REQUESTS
    assert asyncio.run(go("break_off")) == 1


def test_a_server_that_is_down_is_one_error() -> None:
    async def go() -> None:
        async for _ in OpenAIChat("http://127.0.0.1:9", "m").stream(MESSAGES, max_tokens=5, deadline=5.0):
            pass

    with pytest.raises(LLMUnavailableError):
        asyncio.run(go())


def test_the_deadline_bounds_a_hanging_server() -> None:
    started = time.perf_counter()
    with pytest.raises(LLMUnavailableError, match="within 1 s"):
        run("hang", deadline=1.0)
    # Not a speed test: without the deadline this would hang for an hour.
    assert time.perf_counter() - started < 60


def test_leaving_early_closes_the_connection() -> None:
    async def go() -> Counter:
        async with misbehaving_llm("hang") as counter:
            llm = OpenAIChat(counter.url, "m")
            stream = llm.stream(MESSAGES, max_tokens=5, deadline=30.0)
            async for _ in stream:
                break
            await stream.aclose()  # type: ignore[attr-defined]  # an async generator behind the protocol
            await llm.close()
            for _ in range(100):
                if counter.aborted:
                    break
                await asyncio.sleep(0.05)
            return counter

    assert asyncio.run(go()).aborted == 1
