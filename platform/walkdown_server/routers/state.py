"""`/health`, `/ready` and `/metrics`."""

from importlib.metadata import version

from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response

from walkdown.wire import Health, Readiness
from walkdown_server.context import InContext, WithServices
from walkdown_server.metrics import CONTENT_TYPE
from walkdown_server.readiness import readiness

router = APIRouter(tags=["state"])


@router.get("/health")
async def health(services: WithServices) -> Health:
    """The process answers; says nothing of its parts."""
    return Health(version=version("walkdown"), library=services.settings.library_id)


@router.get("/ready", responses={503: {"model": Readiness}})
def ready(services: WithServices) -> JSONResponse:
    """Which parts work; 503 while a required one does not."""
    found = readiness(services)
    return JSONResponse(found.model_dump(mode="json"), 200 if found.ready else 503)


@router.get("/metrics")
def metrics(context: InContext) -> Response:
    """Prometheus metrics."""
    return Response(context.metrics.text(), media_type=CONTENT_TYPE)
