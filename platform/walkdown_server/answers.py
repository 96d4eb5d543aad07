"""An answer over HTTP: through the queue, whole or as server-sent events, and stopped when the client goes."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from typing import Any, TypeVar

import structlog
from fastapi import Request
from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from walkdown.answering.events import AnswerEvent, EvidenceFound, Final, Stage, Token
from walkdown.answering.writing import Budget
from walkdown.documents import Answer, Language, Principal
from walkdown.errors import OverloadedError, WalkdownError
from walkdown.packs.schema import Pack
from walkdown.retrieval.questions import check_question
from walkdown.wire import UNEXPECTED, ErrorBody, answer_to_wire
from walkdown_server.access import LOCAL
from walkdown_server.context import Context
from walkdown_server.failures import walkdown_reply
from walkdown_server.queueing import Ticket
from walkdown_server.services import Filters

T = TypeVar("T")
_log = structlog.get_logger(__name__)
_PING_SECONDS = 15
_FOR_SEARCH, _SEARCH_SHARE = 10.0, 0.1
"""Seconds of the deadline, and at most that share of it, kept for the search of a question that waited for nothing."""


class ClientGoneError(Exception):
    """The client closed the connection; nobody reads a reply."""


async def unless_gone(receive: Receive, work: Coroutine[Any, Any, T]) -> T:
    """Await `work`, and cancel it when the client disconnects. Raises ClientGoneError then."""

    async def gone() -> None:
        while (await receive())["type"] != "http.disconnect":
            pass

    task, watch = asyncio.ensure_future(work), asyncio.ensure_future(gone())
    try:
        await asyncio.wait({task, watch}, return_when=asyncio.FIRST_COMPLETED)
        if not task.done():
            raise ClientGoneError
        return task.result()
    finally:
        for pending in (task, watch):
            pending.cancel()
        await asyncio.gather(task, watch, return_exceptions=True)


Encode = Callable[["Answering", Ticket], AsyncIterator[ServerSentEvent]]


class Answering:
    """One question on its way through the queue and the engine."""

    def __init__(
        self,
        context: Context,
        pack: Pack,
        question: str,
        *,
        language: Language | None,
        filters: Filters,
        turns: Sequence[str] = (),
        conversation: str | None = None,
        principal: Principal = LOCAL,
    ) -> None:
        """Checks the question at once. Raises UsageError."""
        check_question(question, max_chars=context.services.settings.max_question_chars)
        self.queue = context.queue
        self._context = context
        self._pack = pack
        self._question = question
        self._language = language
        self._filters = filters
        # An earlier turn may be a pasted document; what it was about stands at its beginning.
        most = context.services.settings.max_question_chars
        self._principal, self._conversation = principal, conversation or ""
        place = (principal.name, conversation or "", pack.name)
        self._turns = tuple(turn[:most] for turn in turns) or context.conversations.turns(place)
        context.conversations.add(place, question)
        # From here on the clock runs: the wait in the queue is part of the one deadline.
        self._timeout = context.services.settings.answer_timeout
        self._budget = Budget.of(self._timeout)

    async def events(self, ticket: Ticket) -> AsyncIterator[AnswerEvent]:
        """The engine's events once it is this question's turn; the answer is counted.

        Where its turn does not come while there is time for the model, the passages are searched and shown all the
        same: that takes no model and no place.
        """
        kept = min(_FOR_SEARCH, _SEARCH_SHARE * self._timeout)
        self._budget.late = not await ticket.turn(max(0.0, self._budget.remaining() - kept))
        ask, metrics = self._context.services.ask, self._context.metrics
        asked = ask(
            self._question,
            self._pack,
            language=self._language,
            filters=self._filters,
            turns=self._turns,
            budget=self._budget,
            principal=self._principal,
            conversation=self._conversation,
        )
        async for event in asked:
            if isinstance(event, Final):
                answer = event.answer
                metrics.answers.labels(answer.pack, answer.status.value).inc()
                if "first_token" in answer.timings:
                    metrics.first_token.observe(answer.timings["first_token"])
            yield event

    async def _last(self) -> Answer:
        with self.queue.enter() as ticket:
            async for event in self.events(ticket):
                if isinstance(event, Final):
                    return event.answer
        raise RuntimeError("the engine ended without an answer")

    async def answer(self, request: Request) -> Answer:
        """The checked answer. Raises OverloadedError, ClientGoneError and what the engine raises."""
        return await unless_gone(request.receive, self._last())

    def stream(self, encode: Encode) -> Response:
        """A reply of server-sent events as `encode` writes them."""
        return _QueuedStream(self, encode)


class _QueuedStream(Response):
    """A stream that holds a ticket of the queue; 429 when there is none to be had.

    The ticket is taken and given back here and not in the generator, which never runs when the client leaves early.
    """

    def __init__(self, answering: Answering, encode: Encode) -> None:
        super().__init__()
        self._answering = answering
        self._encode = encode

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            with self._answering.queue.enter() as ticket:
                events = self._encode(self._answering, ticket)
                await EventSourceResponse(events, ping=_PING_SECONDS)(scope, receive, send)
        except OverloadedError as error:
            await walkdown_reply(error)(scope, receive, send)


def sse(event: str, data: Any) -> ServerSentEvent:
    """One event with JSON data, Hangul as it is."""
    return ServerSentEvent(json.dumps(data, ensure_ascii=False), event=event)


def _encoded(event: AnswerEvent) -> ServerSentEvent:
    match event:
        case Stage(name=name):
            return sse("stage", {"name": name})
        case EvidenceFound(evidence=evidence):
            return sse("evidence", {"evidence": [item.model_dump(mode="json") for item in evidence]})
        case Token(text=text):
            return sse("token", {"text": text})
        case Final(answer=answer):
            return sse("answer", answer_to_wire(answer))


async def guarded(events: AsyncIterator[T], failed: Callable[[ErrorBody], T]) -> AsyncIterator[T]:
    """The events, and at a failure one last event made by `failed`: a stream cannot change its status any more."""
    try:
        async for event in events:
            yield event
    except WalkdownError as error:
        yield failed(ErrorBody.of(error))
    except Exception as error:  # noqa: BLE001  # the boundary of a stream: whatever it is, the client must hear
        _log.error("stream_failed", kind=type(error).__name__, exc_info=error)
        yield failed(UNEXPECTED)


async def walkdown_events(answering: Answering, ticket: Ticket) -> AsyncIterator[ServerSentEvent]:
    """The stream of `/v1/ask`: stage, evidence, token; then exactly one of answer and error."""

    async def encoded() -> AsyncIterator[ServerSentEvent]:
        if ticket.must_wait:
            yield sse("stage", {"name": "queued"})
        async for event in answering.events(ticket):
            yield _encoded(event)

    async for event in guarded(encoded(), lambda body: sse("error", body.model_dump())):
        yield event
