"""The FastAPI app over a set of services."""

import asyncio
import ipaddress
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from importlib.metadata import version

from fastapi import FastAPI, Request
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import Response

from walkdown_server import failures
from walkdown_server.answers import ClientGoneError
from walkdown_server.calendar import repeat, watch_calendar
from walkdown_server.context import Context
from walkdown_server.jobs import Jobs
from walkdown_server.log_lines import set_up_log
from walkdown_server.metrics import Metrics
from walkdown_server.middleware import BodyLimit, HeadAsGet, RequestMetrics
from walkdown_server.queueing import AnswerQueue
from walkdown_server.routers import documents, ingestion, openai, packs, pages, questions, records, state
from walkdown_server.services import Services

_CLIENT_CLOSED = 499
SETTLE_PERIOD = 20.0
"""Seconds between two tries to write the records that a busy database did not take."""
WARM_PERIOD = 10.0
"""Seconds between two tries to load a part that could not be: a database or an index that starts later."""
_LOOPBACK_NAMES = ["localhost", "127.0.0.1", "[::1]", "testserver"]


def allowed_hosts(host: str) -> Sequence[str]:
    """Host headers to take. On loopback only its own names, so that no web page can reach it by DNS rebinding."""
    try:
        loopback = ipaddress.ip_address(host).is_loopback
    except ValueError:
        loopback = host == "localhost"
    return _LOOPBACK_NAMES if loopback else ["*"]


def create_app(services: Services) -> FastAPI:
    """The app. The parts load in the background when it starts; `/ready` tells how far they are."""
    set_up_log()
    settings = services.settings
    queue = AnswerQueue(settings.max_concurrent_answers, settings.max_queued_answers)
    metrics = Metrics(queue)
    jobs = Jobs(services.ingest)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        stop = asyncio.Event()
        # Again and again: nobody asks a server that says it is not ready, so no request would load what failed.
        warming = asyncio.create_task(repeat(services.warm_up, WARM_PERIOD, stop))
        calendar = asyncio.create_task(watch_calendar(services, stop))
        settling = asyncio.create_task(repeat(services.settle_records, SETTLE_PERIOD, stop))
        yield
        stop.set()
        await asyncio.wait({warming, calendar, settling})
        await asyncio.to_thread(jobs.close)
        await services.close()

    app = FastAPI(title="Walkdown", version=version("walkdown"), lifespan=lifespan, docs_url=None, redoc_url=None)
    app.state.context = Context(services, queue, metrics, jobs)
    failures.install(app)

    @app.exception_handler(ClientGoneError)
    async def _gone(_: Request, __: ClientGoneError) -> Response:
        return Response(status_code=_CLIENT_CLOSED)

    app.add_middleware(BodyLimit)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(allowed_hosts(settings.host)))
    app.add_middleware(HeadAsGet)
    app.add_middleware(RequestMetrics, metrics=metrics)
    for module in (state, packs, questions, records, openai, ingestion, pages, documents):
        app.include_router(module.router)
    return app
