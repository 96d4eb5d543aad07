"""A job of a running server followed to its end by the one who started it."""

import time

from walkdown.client import WalkdownClient, error_from_body
from walkdown.errors import WalkdownError
from walkdown.wire import JobInfo
from walkdown_server.jobs import JobProgress

_POLL_SECONDS = 0.3
_CANCEL_SECONDS = 5.0
"""How long a job that was given up is waited for."""


def follow(client: WalkdownClient, job: JobInfo, progress: JobProgress) -> JobInfo:
    """The job once it has ended. Raises the error it ended with.

    Ctrl-C ends the job as well: who started it and has enough does not mean to leave it behind.
    """
    try:
        while not job.ended:
            progress(job.current, job.done, job.total)
            time.sleep(_POLL_SECONDS)
            job = client.job(job.id)
    except KeyboardInterrupt as stop:
        raise type(stop)(_given_up(client, job)) from None
    if job.error is not None:
        raise error_from_body(job.error.model_dump())
    return job


def _given_up(client: WalkdownClient, job: JobInfo) -> str:
    """Cancel a job, wait a little for its end, and say what became of it."""
    try:
        job = client.cancel(job.id)
        deadline = time.monotonic() + _CANCEL_SECONDS
        while not job.ended and time.monotonic() < deadline:
            time.sleep(_POLL_SECONDS)
            job = client.job(job.id)
    except WalkdownError as error:
        return f"The server may go on with job {job.id}: {error}"
    if not job.ended:
        return f"The server ends job {job.id} at its next step; see `walkdown jobs`."
    return f"{job.error.cause} {job.error.remedy}" if job.error is not None else "The job was done already."
