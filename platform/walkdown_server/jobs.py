"""Jobs of the server, ingestions and publications: one at a time, since they share the index, with their progress."""

import threading
import uuid
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import structlog

from walkdown.errors import (
    JobCancelledError,
    OverloadedError,
    ServerUnavailableError,
    UnknownItemError,
    WalkdownError,
)
from walkdown.wire import UNEXPECTED, ErrorBody, IngestQuery, IngestSummary, JobInfo
from walkdown.wire_releases import PublishSummary

JobProgress = Callable[[str, int, int], None]
"""Told the item at hand, how many are done and how many there are."""
Run = Callable[[IngestQuery, JobProgress], IngestSummary]
Work = Callable[[JobProgress], IngestSummary | PublishSummary]
"""What a job does; its result becomes part of the job."""

_KEPT = 200
_MAX_WAITING = 20
_log = structlog.get_logger(__name__)


class Jobs:
    """The jobs of one server; the last 200 are remembered."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._lock = threading.Lock()
        self._jobs: OrderedDict[str, JobInfo] = OrderedDict()
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="ingest")
        self._closing = threading.Event()
        self._cancelled: set[str] = set()

    def submit(self, query: IngestQuery, *, after: Callable[[], None] = lambda: None) -> JobInfo:
        """Queue an ingestion; `after` is called when it ended. Raises OverloadedError when too many wait."""
        return self.submit_work(query.pack, lambda progress: self._run(query, progress), after=after)

    def submit_work(self, pack: str, work: Work, *, after: Callable[[], None] = lambda: None) -> JobInfo:
        """Queue some work on a pack. Raises OverloadedError when too many jobs wait."""
        job = JobInfo(id=uuid.uuid4().hex, pack=pack, state="queued")
        with self._lock:
            if sum(not known.ended for known in self._jobs.values()) > _MAX_WAITING:
                raise OverloadedError(
                    f"{_MAX_WAITING} jobs are waiting already.", "Wait until some are done; see GET /v1/jobs."
                )
            self._jobs[job.id] = job
            while len(self._jobs) > _KEPT:
                self._jobs.popitem(last=False)
        self._pool.submit(self._work, job.id, work, after)
        return job

    def get(self, job_id: str) -> JobInfo:
        """How far a job is. Raises UnknownItemError."""
        with self._lock:
            if job_id not in self._jobs:
                raise UnknownItemError(
                    f"There is no job {job_id!r}.",
                    "The server forgets jobs when it restarts; `walkdown jobs` lists them.",
                )
            return self._jobs[job_id]

    def cancel(self, job_id: str) -> JobInfo:
        """End a job: one that waits at once, one at work at its next step; one that has ended stays as it is.

        Raises UnknownItemError.
        """
        job = self.get(job_id)
        with self._lock:
            job = self._jobs.get(job_id, job)
            if job.ended:
                return job
            self._cancelled.add(job_id)
            waits = job.state == "queued"
            changes = {"state": "cancelled", "error": _cancelled(job)} if waits else {"cancelling": True}
            self._jobs[job_id] = job.model_copy(update=changes)
            return self._jobs[job_id]

    def all(self) -> list[JobInfo]:
        """All jobs, the newest first."""
        with self._lock:
            return list(reversed(self._jobs.values()))

    def close(self) -> None:
        """Drop what waits, end the job at hand at its next step, and wait for that: the index is not closed under it.

        An ingestion takes hours, and whoever stops a server kills it in seconds. What a job has published stays.
        """
        self._closing.set()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _update(self, job_id: str, **changes: object) -> None:
        with self._lock:
            self._jobs[job_id] = self._jobs[job_id].model_copy(update=changes)

    def _work(self, job_id: str, work: Work, after: Callable[[], None]) -> None:
        def progress(current: str, done: int, total: int) -> None:
            if self._closing.is_set():
                raise ServerUnavailableError(
                    "The server was stopped.", "Start it and do it again: it goes on from there."
                )
            self._update(job_id, current=current, done=done, total=total)
            if job_id in self._cancelled:
                raise JobCancelledError("The job was cancelled.", "Do it again: it goes on from there.")

        if not self._begin(job_id):
            after()
            return
        try:
            result = work(progress)
        except JobCancelledError:
            self._update(job_id, state="cancelled", error=_cancelled(self.get(job_id)))
        except WalkdownError as error:
            self._update(job_id, state="failed", error=ErrorBody.of(error))
        except Exception as error:  # noqa: BLE001  # the boundary of a job: the server lives on and the job tells
            _log.error("job_failed", job=job_id, kind=type(error).__name__, exc_info=error)
            self._update(job_id, state="failed", error=UNEXPECTED)
        else:
            kind = "publication" if isinstance(result, PublishSummary) else "report"
            self._update(job_id, state="done", **{kind: result})
        finally:
            self._cancelled.discard(job_id)
            after()

    def _begin(self, job_id: str) -> bool:
        """Whether a job may begin: not one that was cancelled while it waited."""
        with self._lock:
            job = self._jobs[job_id]
            if job.ended:
                self._cancelled.discard(job_id)
                return False
            self._jobs[job_id] = job.model_copy(update={"state": "running"})
            return True


def _cancelled(job: JobInfo) -> ErrorBody:
    """How a cancelled job tells what it leaves."""
    if not job.total:
        return ErrorBody(
            code="job_cancelled", cause="The job was cancelled before anything was done.", remedy="Start it anew."
        )
    return ErrorBody(
        code="job_cancelled",
        cause=f"The job was cancelled after {job.done} of {job.total}.",
        remedy="What was taken in stays. Start it anew: it goes on from there.",
    )
