"""Turns the URLs of an ingestion into files: what a pack's sources.yaml allows, if the operator turned it on."""

from collections.abc import Sequence
from typing import NamedTuple

from walkdown.errors import DocumentError, UsageError, WalkdownError
from walkdown.packs.faults import Fault, error_of
from walkdown.packs.public_sources import read_public_sources
from walkdown.packs.schema import Pack
from walkdown.settings import Settings
from walkdown_ingestion.fetching.allowed import AllowList
from walkdown_ingestion.fetching.fetch import Limits, fetch, require_on


def is_url(path: str) -> bool:
    """True for what is no path on disk."""
    return "://" in path


class Fetching(NamedTuple):
    """The paths to ingest, each URL replaced by its file, and the URLs that could not be fetched with the reason."""

    paths: list[str]
    failed: list[tuple[str, WalkdownError]]


def fetch_all(paths: Sequence[str], pack: Pack, settings: Settings) -> Fetching:
    """Fetch the URLs among some paths into files, which are kept under WALKDOWN_HOME/fetched.

    One that fails does not stop the others. Raises UsageError while fetching is off, PackError when sources.yaml is
    wrong, and the error of the first when nothing is left to ingest.
    """
    urls = [path for path in paths if is_url(path)]
    if not urls:
        return Fetching(list(paths), [])
    require_on(settings.fetch and not settings.offline, urls)
    faults: list[Fault] = []
    sources = read_public_sources(pack.folder, faults)
    if faults:
        raise error_of(faults, pack.folder)
    allowed = AllowList((prefix for source in sources for prefix in source.allow), settings.fetch_private)
    limits = Limits(settings.fetch_max_mb << 20, settings.fetch_timeout)
    folder = (settings.home / "fetched" / pack.manifest.name).absolute()
    found = Fetching([], [])
    for path in paths:
        try:
            found.paths.append(str(fetch(path, allowed, folder, limits).path) if is_url(path) else path)
        except (UsageError, DocumentError) as error:
            found.failed.append((path, error))
    if not found.paths:
        raise found.failed[0][1]
    return found
