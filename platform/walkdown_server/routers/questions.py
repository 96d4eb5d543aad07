"""`/v1/search` and `/v1/ask`."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse
from starlette.responses import Response

from walkdown.wire import AskQuery, SearchHit, SearchQuery, SearchReply, answer_to_wire
from walkdown_server.access import LOCAL
from walkdown_server.answers import Answering, walkdown_events
from walkdown_server.context import InContext, WithServices

router = APIRouter(prefix="/v1", tags=["questions"])


@router.post("/search")
def search(query: SearchQuery, services: WithServices) -> SearchReply:
    """The passages nearest to a question."""
    pack = services.packs.get(query.pack)
    result = services.searcher.get().search(query.question, pack, LOCAL, k=query.k, filters=query.filters)
    return SearchReply(
        hits=tuple(SearchHit.of(hit) for hit in result.hits),
        plan=result.plan.model_dump(mode="json"),
        timings=result.timings,
    )


@router.post("/ask", response_model=None)
async def ask(query: AskQuery, request: Request, context: InContext) -> Response:
    """A checked answer, whole or as server-sent events."""
    pack = await run_in_threadpool(context.services.packs.get, query.pack)
    answering = Answering(context, pack, query.question, language=query.language, filters=query.filters)
    if query.stream:
        return answering.stream(walkdown_events)
    body: dict[str, Any] = answer_to_wire(await answering.answer(request))
    return JSONResponse(body)
