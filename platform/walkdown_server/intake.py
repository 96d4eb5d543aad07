"""From what a request names (paths, places to sync from, sent files) to ingestions, and their reports to one."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from walkdown.records.revisions import UPLOADED
from walkdown.settings import Settings
from walkdown.wire import FailedFile, IngestQuery, IngestSummary
from walkdown_ingestion.connectors.mirror import mirror
from walkdown_ingestion.connectors.open import is_place, mirror_folder, open_connector
from walkdown_ingestion.fetching.urls import Fetching
from walkdown_ingestion.pipeline import IngestReport
from walkdown_ingestion.report import Failure
from walkdown_server.jobs import JobProgress


class Taking(NamedTuple):
    """How paths are taken in (as copies of an origin, or themselves where it is empty), and URLs made paths."""

    ingest: Callable[[Sequence[str | Path], str], IngestReport]
    fetch: Callable[[Sequence[str]], Fetching]


def take_all(query: IngestQuery, settings: Settings, taking: Taking, progress: JobProgress) -> IngestSummary:
    """Take in everything a request names. A place that cannot be reached ends it: ResourceError, UsageError."""
    # Addresses are checked before anything is done.
    places = [(address, open_connector(address, settings)) for address in query.paths if is_place(address)]
    paths = [path for path in query.paths if not is_place(path)]
    summary = IngestSummary(pack=query.pack)
    if paths:
        fetched = taking.fetch(paths)
        unfetched = [Failure(name=url, reason=error.cause, remedy=error.remedy) for url, error in fetched.failed]
        summary = _added(summary, taking.ingest(fetched.paths, UPLOADED if query.uploaded else ""), unfetched)
    for address, connector in places:
        copied = mirror(
            connector, mirror_folder(address, settings), lambda what, done, total: progress(what, done, total)
        )
        summary = _added(summary, taking.ingest([copied.folder], connector.origin), copied.failed)
    return summary


def _added(summary: IngestSummary, report: IngestReport, failed: Sequence[Failure]) -> IngestSummary:
    failures = (*failed, *report.failed)
    return IngestSummary(
        pack=summary.pack,
        added=summary.added + report.added,
        updated=summary.updated + report.updated,
        unchanged=summary.unchanged + report.unchanged,
        withdrawn=summary.withdrawn + report.withdrawn,
        chunks=summary.chunks + report.chunks,
        seconds=summary.seconds + report.seconds.total,
        failed=(*summary.failed, *(FailedFile(path=f.name, cause=f.reason, remedy=f.remedy) for f in failures)),
        warnings=(*summary.warnings, *report.warnings),
    )
