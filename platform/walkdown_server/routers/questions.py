"""`/v1/search`, `/v1/ask`, and `/v1/conversations`: what was asked before, for the one who asked it."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse
from starlette.responses import Response

from walkdown.wire import AskQuery, SearchQuery, SearchReply, answer_to_wire
from walkdown.wire_conversations import Conversation, ConversationInfo
from walkdown_server.access import asker_of
from walkdown_server.answers import Answering, walkdown_events
from walkdown_server.context import InContext, WithServices
from walkdown_server.conversations import as_it_stands
from walkdown_server.searching import run_search

router = APIRouter(prefix="/v1", tags=["questions"])
ConversationId = Annotated[str, Path(max_length=128)]


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
        principal=asker_of(request),
    )
    if query.stream:
        return answering.stream(walkdown_events)
    body: dict[str, Any] = answer_to_wire(await answering.answer(request))
    return JSONResponse(body)


@router.get("/conversations")
def conversations(
    pack: str, request: Request, services: WithServices, limit: Annotated[int, Query(ge=1, le=100)] = 20
) -> dict[str, list[ConversationInfo]]:
    """One's own conversations about a pack, the last asked in first."""
    owner, name = asker_of(request).name, services.packs.get(pack).name
    return {"conversations": services.answers.get().conversations(name, owner, limit=limit)}


@router.get("/conversations/{conversation_id:path}")
def conversation(
    conversation_id: Annotated[str, Path(max_length=128)], request: Request, services: WithServices
) -> Conversation:
    """One's own conversation, with the passages that no longer stand."""
    return as_it_stands(services, conversation_id, asker_of(request))
