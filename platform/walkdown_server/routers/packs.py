"""`/v1/packs` and `/v1/eval`."""

from typing import Any

from fastapi import APIRouter

from walkdown.documents import LANGUAGES
from walkdown.errors import WalkdownError
from walkdown.packs.schema import Texts
from walkdown.wire import ErrorBody, PackInfo
from walkdown_eval.report import latest_reports
from walkdown_server.context import WithServices
from walkdown_server.services import Services

router = APIRouter(prefix="/v1", tags=["packs"])


def _by_language(texts: Texts) -> dict[str, str]:
    return {language: text for language in LANGUAGES if (text := getattr(texts, language))}


def pack_info(services: Services, name: str) -> PackInfo:
    """A pack with the counts of its documents and passages; a pack that does not load says why.

    The counts are 0 while the index or the registry is not open.
    """
    try:
        manifest = services.packs.get(name).manifest
    except WalkdownError as error:
        return PackInfo(name=name, error=ErrorBody.of(error))
    store, library = services.store.peek(), services.library.peek()
    return PackInfo.model_validate(
        {
            "name": name,
            "version": manifest.version,
            "title": _by_language(manifest.title),
            "description": _by_language(manifest.description),
            "languages": manifest.languages,
            "example_questions": manifest.example_questions,
            "documents": library.count(name) if library else 0,
            "chunks": store.count(name) if store else 0,
        }
    )


@router.get("/packs")
def packs(services: WithServices) -> dict[str, list[PackInfo]]:
    """The installed packs."""
    return {"packs": [pack_info(services, name) for name in services.packs.names()]}


@router.get("/eval")
def evaluation(services: WithServices) -> dict[str, dict[str, Any]]:
    """The latest evaluation report of each pack."""
    reports = latest_reports(services.settings.home / "eval")
    return {"reports": {name: report.model_dump(mode="json") for name, report in reports.items()}}
