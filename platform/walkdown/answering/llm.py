"""The client of an OpenAI-compatible chat server: one deadline, one retry layer, streaming with log-probabilities.

The layers below retry on their own and multiply (twelve requests for one question were measured); here the SDK's
retries are off, a request is sent at most twice, and never again once a token has come.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple, Protocol

import httpx
import openai

from walkdown.answering.llm_faults import LLMRefusedError, PromptTooLongError, fault_of, pause_asked, words_of
from walkdown.answering.pieces import read_logprobs, readable
from walkdown.errors import LLMUnavailableError
from walkdown.models.bounded_http import OverlongReplyError, bounded_client, head_of
from walkdown.tls import tls_fault

__all__ = ["MAX_REQUESTS", "Delta", "LLMClient", "Message", "OpenAIChat", "PromptTooLongError"]

MAX_REQUESTS = 2
RETRY_PAUSE = 0.5
_LONGEST_PAUSE = 10.0
"""Seconds a server may ask to be left alone before the second request."""
NO_EXTRA: Mapping[str, Any] = {}


class Message(NamedTuple):
    """One turn of a chat."""

    role: Literal["system", "user", "assistant"]
    content: str


class Delta(NamedTuple):
    """A piece of a streamed reply: text, the log-probabilities of the likeliest tokens at its start, and why it ended.

    `finish_reason` is set on the last piece only; a stream without it was cut off. `request` counts the requests sent
    so far.
    """

    text: str
    logprobs: Mapping[str, float]
    finish_reason: str | None = None
    request: int = 1


class LLMClient(Protocol):
    """What answering asks of a language model."""

    model: str

    def stream(
        self, messages: Sequence[Message], *, max_tokens: int, deadline: float, requests: int = MAX_REQUESTS
    ) -> AsyncIterator[Delta]:
        """Stream a reply with at most `requests` requests. `deadline` is in seconds from now.

        Raises LLMUnavailableError, PromptTooLongError.
        """
        ...


def _delta(chunk: Any) -> Delta | None:
    """The delta of a chunk, None for one without a choice. Raises ValueError for what is no chunk of a chat."""
    try:
        if not chunk.choices:
            return None
        choice = chunk.choices[0]
        text = choice.delta.content if choice.delta is not None else None
        finish = choice.finish_reason
        if not isinstance(text, str | None) or not isinstance(finish, str | None):
            raise TypeError(text, finish)
        return Delta(readable(text or ""), read_logprobs(choice), finish)
    except (AttributeError, TypeError, KeyError, IndexError) as error:
        # The SDK builds its objects from whatever JSON comes, unchecked.
        raise ValueError("no chunk of a chat completion") from error


class OpenAIChat:
    """`LLMClient` over the chat-completions protocol, which vLLM and llama.cpp both serve.

    `extra` are fields that a family's profile adds to every request, such as the switch that turns thinking off.
    """

    def __init__(
        self,
        base_url: str,
        model: str,
        *,
        api_key: str = "",
        http: httpx.AsyncClient | None = None,
        extra: Mapping[str, Any] = NO_EXTRA,
    ) -> None:
        self.model = model
        self._extra = dict(extra)
        self._base_url = base_url.rstrip("/")
        self._client = openai.AsyncOpenAI(
            base_url=self._base_url if self._base_url.endswith("/v1") else f"{self._base_url}/v1",
            api_key=api_key or "none",
            max_retries=0,
            http_client=http or bounded_client(),
        )

    def _unavailable(self, what: str) -> LLMUnavailableError:
        return LLMUnavailableError(
            f"The language model server at {self._base_url} {what}.",
            "Check that it runs (`walkdown doctor`); the passages found are shown meanwhile.",
        )

    async def _open(self, messages: Sequence[Message], max_tokens: int) -> Any:
        return await self._client.chat.completions.create(
            model=self.model,
            messages=[{"role": m.role, "content": m.content} for m in messages],  # type: ignore[misc]  # union of turns
            max_tokens=max_tokens,
            temperature=0,
            seed=0,
            stream=True,
            logprobs=True,
            top_logprobs=8,
            extra_body=self._extra or None,
        )

    async def stream(
        self, messages: Sequence[Message], *, max_tokens: int, deadline: float, requests: int = MAX_REQUESTS
    ) -> AsyncIterator[Delta]:
        """Stream a reply; see `LLMClient.stream`."""
        try:
            async with asyncio.timeout(deadline):
                async for delta in self._attempts(messages, max_tokens, requests):
                    yield delta
        except TimeoutError as error:
            raise self._unavailable(f"did not finish within {deadline:.0f} s") from error

    async def _attempts(self, messages: Sequence[Message], max_tokens: int, requests: int) -> AsyncIterator[Delta]:
        for attempt in range(1, requests + 1):
            begun = False
            try:
                async for delta in self._one(messages, max_tokens):
                    begun = True
                    yield delta._replace(request=attempt)
                return
            except openai.APIConnectionError as error:
                if unreached := self._unreached(error, last=begun or attempt == requests):
                    raise unreached from error
                await asyncio.sleep(RETRY_PAUSE)
            except openai.APIStatusError as error:
                fault, pause = fault_of(error, self._base_url, self.model), pause_asked(error.response.headers)
                # One that asks for longer than an engineer waits is not asked again.
                if not fault.retryable or begun or attempt == requests or pause > _LONGEST_PAUSE:
                    raise fault from error
                await asyncio.sleep(max(RETRY_PAUSE, pause))
            except OverlongReplyError as error:
                raise self._unavailable(f"sends what no language model would ({error})") from error
            except (openai.APIError, httpx.HTTPError, ValueError) as error:
                said = words_of(error.body) if isinstance(error, openai.APIError) else ""
                raise self._unavailable(f"failed ({said or type(error).__name__})") from error

    def _unreached(self, error: openai.APIConnectionError, *, last: bool) -> LLMUnavailableError | None:
        """Why there was no reply, or None where asking again may bring one."""
        if isinstance(error.__cause__, OverlongReplyError):
            return self._unavailable(f"sends what no language model would ({error.__cause__})")
        fault = tls_fault(error, self._base_url, "WALKDOWN_LLM")
        if fault is not None and (fault.sure or last):
            kind = LLMRefusedError if fault.sure else LLMUnavailableError
            return kind(
                f"The language model server at {self._base_url} {fault.says}.",
                f"{fault.remedy}; the passages found are shown meanwhile.",
            )
        return self._unavailable("does not answer") if last else None

    async def _one(self, messages: Sequence[Message], max_tokens: int) -> AsyncIterator[Delta]:
        begun = finished = False
        stream = await self._open(messages, max_tokens)
        async with stream:
            async for chunk in stream:
                delta = _delta(chunk)
                if delta is not None:
                    begun = True
                    finished = finished or delta.finish_reason is not None
                    yield delta
        if not finished:
            # An error may come as JSON with a status of 200; the SDK sees no event in it.
            said = words_of(head_of(stream.response))
            raise self._unavailable(
                "broke off in the middle of its reply"
                if begun
                else f"failed ({said})"
                if said
                else "sent no reply of a language model"
            )

    async def close(self) -> None:
        """Release connections."""
        await self._client.close()
