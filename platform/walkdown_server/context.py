"""What the routes of an app share, and how a route gets it."""

from dataclasses import dataclass, field
from typing import Annotated, cast

from fastapi import Depends, Request

from walkdown_server.conversations import Conversations
from walkdown_server.jobs import Jobs
from walkdown_server.metrics import Metrics
from walkdown_server.queueing import AnswerQueue
from walkdown_server.services import Services


@dataclass(frozen=True)
class Context:
    """The parts of one app."""

    services: Services
    queue: AnswerQueue
    metrics: Metrics
    jobs: Jobs
    conversations: Conversations = field(default_factory=Conversations)


# Coroutines, though nothing is awaited: FastAPI would call plain functions in its threads, and `/health` would wait
# where all of them are busy.
async def _context(request: Request) -> Context:
    return cast(Context, request.app.state.context)


async def _services(request: Request) -> Services:
    return (await _context(request)).services


InContext = Annotated[Context, Depends(_context)]
WithServices = Annotated[Services, Depends(_services)]
