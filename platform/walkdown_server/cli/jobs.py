"""`walkdown jobs`: what the running server takes in and publishes, and an end to it."""

from typing import Annotated

import typer

from walkdown.client import WalkdownClient
from walkdown.wire import JobInfo
from walkdown_server.backend import address_of
from walkdown_server.cli.output import Json, print_json, stdout, table
from walkdown_server.cli.state import state_of


def jobs(
    context: typer.Context,
    cancel: Annotated[str, typer.Option(metavar="ID", help="End this job; what it has taken in stays.")] = "",
    as_json: Json = False,
) -> None:
    """List the jobs of the running server, the newest first, or end one."""
    # Only a server has jobs: without one, its error says how to start it.
    with WalkdownClient(address_of(state_of(context).settings)) as client:
        found = [client.cancel(cancel)] if cancel else client.jobs()
    if as_json:
        print_json(found)
        return
    shown = table("id", "pack", "state", "done", "current")
    for job in found:
        shown.add_row(job.id, job.pack, state_word(job), f"{job.done}/{job.total}", job.current)
    stdout().print(shown)
    for job in found:
        if job.error is not None:
            stdout().print(f"{job.id[:8]}: {job.error.cause} {job.error.remedy}")


def state_word(job: JobInfo) -> str:
    """The state of a job in a word."""
    return "cancelling" if job.cancelling and not job.ended else job.state
