"""`/v1/records`: what was answered, and what would be answered today."""

import asyncio

from fastapi import APIRouter, Request

from walkdown.records.answers import AnswerRecord
from walkdown.wire import Replay
from walkdown.wire_records import GapInfo, GapQuery
from walkdown_server.access import asker_of
from walkdown_server.closed import readable_record
from walkdown_server.context import InContext, WithServices

router = APIRouter(prefix="/v1/records", tags=["records"])


@router.get("/{record_id}")
def record(record_id: str, request: Request, services: WithServices) -> AnswerRecord:
    """One record: the answer as it was given and how it came about."""
    return readable_record(services, record_id, asker_of(request))


@router.post("/{record_id}/gap")
def report_gap(record_id: str, query: GapQuery, request: Request, services: WithServices) -> GapInfo:
    """Tell the domain team that its documents lack what the record asks for."""
    readable_record(services, record_id, asker_of(request))
    return services.answers.get().report_gap(record_id, query.note)


@router.post("/{record_id}/replay")
async def replay(record_id: str, request: Request, context: InContext) -> Replay:
    """Ask the record's question again and tell what differs. The new answer is not recorded."""
    await asyncio.to_thread(readable_record, context.services, record_id, asker_of(request))
    with context.queue.enter() as ticket:
        if not await ticket.turn(context.services.settings.answer_timeout):
            raise context.queue.full()
        return await context.services.replay(record_id)
