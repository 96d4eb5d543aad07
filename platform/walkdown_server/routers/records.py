"""`/v1/records`: what was answered, and what would be answered today."""

from fastapi import APIRouter

from walkdown.records.answers import AnswerRecord
from walkdown.wire import Replay
from walkdown.wire_records import GapInfo, GapQuery
from walkdown_server.context import InContext, WithServices

router = APIRouter(prefix="/v1/records", tags=["records"])


@router.get("/{record_id}")
def record(record_id: str, services: WithServices) -> AnswerRecord:
    """One record: the answer as it was given and how it came about."""
    return services.answers.get().get(record_id)


@router.post("/{record_id}/gap")
def report_gap(record_id: str, query: GapQuery, services: WithServices) -> GapInfo:
    """Tell the domain team that its documents lack what the record asks for."""
    return services.answers.get().report_gap(record_id, query.note)


@router.post("/{record_id}/replay")
async def replay(record_id: str, context: InContext) -> Replay:
    """Ask the record's question again and tell what differs. The new answer is not recorded."""
    with context.queue.enter() as ticket:
        if not await ticket.turn(context.services.settings.answer_timeout):
            raise context.queue.full()
        return await context.services.replay(record_id)
