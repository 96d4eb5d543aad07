"""`/v1/search` and `/v1/ask`."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse
from starlette.responses import Response

from walkdown.wire import AskQuery, SearchQuery, SearchReply, answer_to_wire
from walkdown_server.answers import Answering, walkdown_events
from walkdown_server.context import InContext, WithServices
from walkdown_server.searching import run_search

router = APIRouter(prefix="/v1", tags=["questions"])


@router.post("/search")
def search(query: SearchQuery, services: WithServices) -> SearchReply:
    """The passages nearest to a question."""
    return run_search(services, query)


@router.post("/ask", response_model=None)
async def ask(query: AskQuery, request: Request, context: InContext) -> Response:
    """A checked answer, whole or as server-sent events."""
    pack = await run_in_threadpool(context.services.packs.get, query.pack)
    answering = Answering(
        context,
        pack,
        query.question,
        language=query.language,
        filters=query.filters,
        turns=query.turns,
        conversation=query.conversation_id,
    )
    if query.stream:
        return answering.stream(walkdown_events)
    body: dict[str, Any] = answer_to_wire(await answering.answer(request))
    return JSONResponse(body)
