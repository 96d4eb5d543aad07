"""Which language model answers now: none, the server given by URL, or the local one while it runs."""

import asyncio
import threading
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx

from walkdown.answering.llm import LLMClient, OpenAIChat
from walkdown.documents import Language
from walkdown.errors import LLMUnavailableError, WalkdownError
from walkdown.models.bounded_http import bounded_client
from walkdown.models.families import request_extras
from walkdown.models.policy import enforce_served
from walkdown.packs.schema import Pack
from walkdown.retrieval.llm_judge import LLMJudge
from walkdown.retrieval.translation import LLMTranslator
from walkdown.retrieval.understanding import QueryPlan
from walkdown.settings import LLM_AUTO, LLM_NONE, Settings
from walkdown.tls import tls_fault

_PROBE_TIMEOUT = 3.0
_KEEP = 10.0
"""Seconds a probe's outcome is believed."""


def llm_url(settings: Settings) -> str:
    """Base URL of the language model server, without `/v1`; empty for none."""
    if settings.llm == LLM_NONE:
        return ""
    if settings.llm == LLM_AUTO:
        return f"http://127.0.0.1:{settings.llm_port}"
    return settings.llm.rstrip("/").removesuffix("/v1")


class LLMLink:
    """The link to the language model server.

    With `auto` a server that is not there is no error: answers are then verbatim quotes, until it comes up. A server
    given by URL is always used, so that its failure is seen rather than papered over.
    """

    def __init__(self, settings: Settings, *, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self._settings = settings
        self._transport = transport
        self._lock = threading.Lock()
        self._probed = -_KEEP
        self._model = ""
        self._error: LLMUnavailableError | None = None
        self._clients: dict[str, OpenAIChat] = {}
        self._translators: dict[str, LLMTranslator] = {}
        self._judges: dict[str, LLMJudge] = {}
        self.url = llm_url(settings)

    def probe(self) -> str:
        """The model that the server offers; remembered for some seconds. Raises LLMUnavailableError."""
        with self._lock:
            if time.monotonic() - self._probed > _KEEP:
                self._model, self._error = "", None
                try:
                    self._model = self._ask_model()
                except LLMUnavailableError as error:
                    self._error = error
                self._probed = time.monotonic()
            if self._error is not None:
                raise self._error
            return self._model

    def _ask_model(self) -> str:
        wanted = self._settings.llm_model
        headers = {"Authorization": f"Bearer {self._settings.llm_api_key}"} if self._settings.llm_api_key else {}
        try:
            # A thread of its own, since the caller's may already run an event loop.
            with ThreadPoolExecutor(1, "probe") as thread:
                listed = thread.submit(asyncio.run, self._listed(headers)).result()
            offered = [str(entry["id"]) for entry in listed["data"]]
        except (httpx.HTTPError, TimeoutError, ValueError, KeyError, TypeError) as error:
            if fault := tls_fault(error, self.url, "WALKDOWN_LLM"):
                raise LLMUnavailableError(
                    f"The language model server at {self.url} {fault.says}.", f"{fault.remedy}."
                ) from error
            raise LLMUnavailableError(
                f"The language model server at {self.url} does not answer ({type(error).__name__}).",
                "Start it with `walkdown models serve`, or set WALKDOWN_LLM to none for quotes only.",
            ) from error
        # A server under another name for the same model is the operator's choice: take what it offers.
        return wanted if wanted in offered or not offered else offered[0]

    async def _listed(self, headers: Mapping[str, str]) -> Any:
        """What the server lists. The time is that of all of it: a server that trickles would never end otherwise."""
        async with (
            asyncio.timeout(_PROBE_TIMEOUT),
            bounded_client(timeout=_PROBE_TIMEOUT, transport=self._transport) as http,
        ):
            response = await http.get(f"{self.url}/v1/models", headers=headers)
            response.raise_for_status()
            return response.json()

    def client(self) -> LLMClient | None:
        """The client to answer with, or None for quotes only."""
        if not self.url:
            return None
        try:
            model = self.probe()
        except LLMUnavailableError:
            if self._settings.llm == LLM_AUTO:
                return None
            model = self._settings.llm_model
        enforce_served(model, self._settings)
        if model not in self._clients:
            self._clients[model] = OpenAIChat(
                self.url,
                model,
                api_key=self._settings.llm_api_key,
                extra=request_extras(model),
            )
        return self._clients[model]

    def fresh(self) -> "LLMLink":
        """A link of its own to the same server, for another event loop, which connections belong to."""
        return LLMLink(self._settings)

    def translate(self, plan: QueryPlan, pack: Pack, target: Language) -> str | None:
        """A question in another language by the model that is there now; None while there is none that may be used."""
        try:
            model = self._permitted()
        except WalkdownError:
            return None
        if model not in self._translators:
            self._translators[model] = LLMTranslator(self.url, model, api_key=self._settings.llm_api_key)
        return self._translators[model].translate(plan, pack, target)

    def judge(self, question: str, passages: Sequence[str], *, seconds: float) -> list[float]:
        """The judgement of the model that is there now; see `walkdown.retrieval.judge`. Raises WalkdownError."""
        model = self._permitted()
        if model not in self._judges:
            self._judges[model] = LLMJudge(
                self.url, model, api_key=self._settings.llm_api_key, extra=request_extras(model)
            )
        return self._judges[model].judge(question, passages, seconds=seconds)

    def _permitted(self) -> str:
        """The model that is there now. Raises LLMUnavailableError; ModelError where the site's policy forbids it."""
        if not self.url:
            raise LLMUnavailableError("There is no language model.", "Start one and set WALKDOWN_LLM.")
        model = self.probe()
        enforce_served(model, self._settings)
        return model

    async def close(self) -> None:
        """Release connections."""
        for client in self._clients.values():
            await client.close()
