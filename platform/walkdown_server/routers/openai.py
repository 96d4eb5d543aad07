"""OpenAI-compatible routes, so that any chat program can ask: a pack is a model, `walkdown/power`.

A stream carries the checked answer only. The draft is not sent, because a program that does not know Walkdown could
neither take back a struck claim nor show that it was struck.
"""

import time
import uuid
from collections.abc import AsyncIterator
from typing import Any, Literal

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict
from sse_starlette import ServerSentEvent
from starlette.responses import Response

from walkdown.answering.events import Final
from walkdown.documents import Answer
from walkdown.errors import UnknownPackError, UsageError
from walkdown.packs.schema import Pack
from walkdown.wire import answer_to_wire
from walkdown.wire_text import WholeText
from walkdown_server.answers import Answering, guarded, sse
from walkdown_server.context import Context, InContext, WithServices
from walkdown_server.queueing import Ticket

router = APIRouter(prefix="/v1", tags=["openai"])
PREFIX = "walkdown/"


class _Part(BaseModel):
    model_config = ConfigDict(extra="ignore")

    type: str
    text: str = ""


class _Turn(BaseModel):
    model_config = ConfigDict(extra="ignore")

    role: Literal["system", "developer", "user", "assistant", "tool"]
    content: str | list[_Part] | None = None

    @property
    def text(self) -> str:
        """The words of the turn."""
        if isinstance(self.content, list):
            return "\n".join(part.text for part in self.content if part.type == "text")
        return self.content or ""


class ChatQuery(WholeText):
    """A chat request. Only these fields are used; sampling fields of other programs are ignored, not obeyed."""

    model_config = ConfigDict(extra="ignore")

    model: str
    messages: list[_Turn]
    stream: bool = False

    def pack_name(self) -> str:
        """The pack the model name stands for."""
        if not self.model.startswith(PREFIX):
            raise UnknownPackError(
                f"There is no model named {self.model!r}.", f"Use {PREFIX}PACK; GET /v1/models lists them."
            )
        return self.model.removeprefix(PREFIX)

    def question(self) -> str:
        """The last turn of the user."""
        asked = [turn.text for turn in self.messages if turn.role == "user"]
        if not asked:
            raise UsageError("The messages hold no turn of the user.", "Send the question as role `user`.")
        return asked[-1]

    def turns(self) -> tuple[str, ...]:
        """The earlier turns of the user, oldest first."""
        return tuple(turn.text for turn in self.messages if turn.role == "user" and turn.text.strip())[:-1][-8:]


@router.get("/models")
def models(services: WithServices) -> dict[str, Any]:
    """One model for each installed pack."""
    return {
        "object": "list",
        "data": [
            {"id": f"{PREFIX}{name}", "object": "model", "created": 0, "owned_by": "walkdown"}
            for name in services.packs.names()
        ],
    }


@router.post("/chat/completions", response_model=None)
async def chat(query: ChatQuery, request: Request, context: InContext) -> Response:
    """The last question of a chat, answered from the pack and checked."""
    answering = await _answering(query, context)
    head = {"id": f"chatcmpl-{uuid.uuid4().hex}", "created": int(time.time()), "model": query.model}
    if query.stream:
        return answering.stream(lambda a, ticket: _chunks(a, ticket, head))
    answer = await answering.answer(request)
    message = {"role": "assistant", "content": answer.text}
    choice = {"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}
    return JSONResponse({**head, "object": "chat.completion", "choices": [choice], "walkdown": answer_to_wire(answer)})


async def _answering(query: ChatQuery, context: Context) -> Answering:
    pack: Pack = await run_in_threadpool(context.services.packs.get, query.pack_name())
    return Answering(context, pack, query.question(), language=None, filters={}, turns=query.turns())


def _chunk(head: dict[str, Any], delta: dict[str, Any], finish: str | None, **more: Any) -> ServerSentEvent:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    event = sse("message", {**head, "object": "chat.completion.chunk", "choices": [choice], **more})
    event.event = None
    return event


def _lines(answer: Answer) -> list[str]:
    """The text in lines that keep their ends."""
    return answer.text.splitlines(keepends=True)


async def _chunks(answering: Answering, ticket: Ticket, head: dict[str, Any]) -> AsyncIterator[ServerSentEvent]:
    """The answer as chunks, line by line; the last one carries it whole under `walkdown`."""

    async def chunks() -> AsyncIterator[ServerSentEvent]:
        yield _chunk(head, {"role": "assistant", "content": ""}, None)
        async for event in answering.events(ticket):
            if isinstance(event, Final):
                for line in _lines(event.answer):
                    yield _chunk(head, {"content": line}, None)
                yield _chunk(head, {}, "stop", walkdown=answer_to_wire(event.answer))

    async for event in guarded(chunks(), lambda body: ServerSentEvent(_error_json(body.cause, body.remedy, body.code))):
        yield event
    yield ServerSentEvent("[DONE]")


def _error_json(cause: str, remedy: str, code: str) -> str:
    error = sse("error", {"error": {"message": f"{cause} {remedy}", "type": code, "code": code}})
    return str(error.data)
