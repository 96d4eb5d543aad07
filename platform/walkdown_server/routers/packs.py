"""`/v1/packs` with their versions, and `/v1/eval`."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request

from walkdown.documents import LANGUAGES
from walkdown.errors import WalkdownError
from walkdown.packs.schema import Texts
from walkdown.wire import ErrorBody, JobInfo, PackInfo
from walkdown.wire_records import GapReport, GapsQuery
from walkdown.wire_releases import PublishQuery, ReleaseInfo, RollbackQuery, RollbackSummary
from walkdown_eval.report import latest_reports
from walkdown_server import rollback
from walkdown_server.access import asker_of, require_local, require_whole_path
from walkdown_server.context import InContext, WithServices
from walkdown_server.gaps import gap_report
from walkdown_server.publishing import PackPublisher
from walkdown_server.services import Services

router = APIRouter(prefix="/v1", tags=["packs"])


def _by_language(texts: Texts) -> dict[str, str]:
    return {language: text for language in LANGUAGES if (text := getattr(texts, language))}


def pack_info(services: Services, name: str) -> PackInfo:
    """A pack with the counts of its documents and passages; a pack that does not load says why.

    The counts are 0 while the index or the registry is not open.
    """
    try:
        pack = services.packs.get(name)
    except WalkdownError as error:
        return PackInfo(name=name, error=ErrorBody.of(error))
    manifest = pack.manifest
    store, library = services.store.peek(), services.library.peek()
    return PackInfo.model_validate(
        {
            "name": name,
            "version": manifest.version,
            "title": _by_language(manifest.title),
            "description": _by_language(manifest.description),
            "languages": manifest.languages,
            "example_questions": manifest.example_questions,
            "documents": library.count(pack.name) if library else 0,
            "chunks": store.count(pack.name) if store else 0,
        }
    )


@router.get("/packs")
def packs(services: WithServices) -> dict[str, list[PackInfo]]:
    """The installed packs."""
    return {"packs": [pack_info(services, name) for name in services.packs.names()]}


@router.get("/packs/{name}/gaps")
def gaps(name: str, query: Annotated[GapsQuery, Query()], request: Request, services: WithServices) -> GapReport:
    """Questions that the pack's documents gave no sure answer to, newest first, and how many were asked."""
    return gap_report(services, name, query, asker_of(request))


@router.get("/packs/{name}/versions")
def versions(name: str, services: WithServices) -> dict[str, list[ReleaseInfo]]:
    """The versions of a pack and which of them is in service."""
    return {"versions": rollback.versions(services, name)}


@router.post("/packs/publish", status_code=202)
def publish(query: PublishQuery, request: Request, context: InContext) -> JobInfo:
    """Build, measure and publish a pack from the server's disk; only for callers on the same machine."""
    require_local(request)
    require_whole_path(query.path)
    publisher = PackPublisher(context.services)
    return context.jobs.submit_work(query.path, lambda progress: publisher.publish(query, progress))


@router.post("/packs/{name}/rollback")
def go_back(name: str, query: RollbackQuery, request: Request, services: WithServices) -> RollbackSummary:
    """Put an earlier version in service; only for callers on the same machine."""
    require_local(request)
    return rollback.rollback(services, name, query.version)


@router.get("/eval")
def evaluation(services: WithServices) -> dict[str, dict[str, Any]]:
    """The latest evaluation report of each pack."""
    reports = latest_reports(services.settings.home / "eval")
    return {"reports": {name: report.model_dump(mode="json") for name, report in reports.items()}}
