"""`Judge` over a chat server: the requests of `walkdown.retrieval.judge`, all at once, within one deadline."""

import asyncio
import secrets
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from typing import Any

import httpx

from walkdown.errors import LLMUnavailableError
from walkdown.models.bounded_http import bounded_client
from walkdown.retrieval.judge import log_odds, messages

NO_EXTRA: Mapping[str, Any] = {}
_TOP = 20
"""Likeliest tokens asked for: `yes` and `no` in any case are among them."""
_PAUSE = 30.0
"""Seconds without judging after the server failed or was too slow: a search must not wait for it again."""
_REMEDY = "Check that it runs (`walkdown doctor`); raise `seconds` of the pack's `judge`, or take `judge` out."


class LLMJudge:
    """`Judge` over an OpenAI-compatible server; `extra` are fields that the model's family adds to every request.

    What is still on its way at the deadline is cancelled, and with it the server's work.
    """

    def __init__(
        self,
        base_url: str,
        model: str,
        *,
        api_key: str = "",
        extra: Mapping[str, Any] = NO_EXTRA,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._url = f"{base_url.rstrip('/').removesuffix('/v1')}/v1/chat/completions"
        self._model = model
        self._headers = {"Authorization": f"Bearer {api_key}"} if api_key else {}
        self._extra = dict(extra)
        self._transport = transport
        self._lock = Lock()
        self._paused_until = 0.0

    def judge(self, question: str, passages: Sequence[str], *, seconds: float) -> list[float]:
        """Log-odds that each passage answers the question; see `Judge.judge`."""
        with self._lock:
            if time.monotonic() < self._paused_until:
                raise self._failed("failed a moment ago and is not asked yet")
        try:
            # A thread of its own, since the caller's may already run an event loop.
            with ThreadPoolExecutor(1, "judge") as thread:
                return thread.submit(asyncio.run, self._all(question, passages, seconds)).result()
        except TimeoutError:
            cause = f"did not judge {len(passages)} passages within {seconds:g} s"
        except (httpx.HTTPError, ValueError) as error:
            cause = f"could not judge the passages ({type(error).__name__})"
        with self._lock:
            self._paused_until = time.monotonic() + _PAUSE
        raise self._failed(cause)

    def _failed(self, cause: str) -> LLMUnavailableError:
        return LLMUnavailableError(f"The language model {cause}.", _REMEDY)

    async def _all(self, question: str, passages: Sequence[str], seconds: float) -> list[float]:
        marker = secrets.token_hex(2)
        async with (
            asyncio.timeout(seconds),
            bounded_client(headers=self._headers, timeout=seconds, transport=self._transport) as client,
        ):
            return await asyncio.gather(*(self._one(client, messages(question, p, marker)) for p in passages))

    async def _one(self, client: httpx.AsyncClient, chat: Sequence[Mapping[str, str]]) -> float:
        body = {
            "model": self._model,
            "messages": list(chat),
            "max_tokens": 1,
            "temperature": 0,
            "logprobs": True,
            "top_logprobs": _TOP,
            **self._extra,
        }
        response = await client.post(self._url, json=body)
        response.raise_for_status()
        return log_odds(response.json())
