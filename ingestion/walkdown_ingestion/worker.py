"""The parsing process: a child that parses one job at a time, with limits on time and memory.

A file that crashes or hangs its parser takes down the child, not the ingestion: the child is replaced and the file is
reported. The child ends by itself when its parent dies, because the other end of its pipe closes.
"""

import contextlib
import multiprocessing
import resource
import signal
import subprocess
import sys
from multiprocessing.connection import Connection
from typing import Protocol, Self

from walkdown.errors import DocumentError
from walkdown_ingestion.beat import listen
from walkdown_ingestion.prepare import FileJob, Job, Outcome, Recipe, prepare, refusal

MEMORY_LIMIT = 6 * 2**30
"""Address space of the parsing process in bytes."""


def serve(connection: Connection) -> None:
    """Main loop of the child: a recipe and a memory limit first, then jobs until the pipe closes."""
    # Ctrl-C in a terminal goes to the whole group; the parent decides when the child ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
        recipe, memory = connection.recv()
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        listen(lambda: connection.send(None))
        while True:
            connection.send(prepare(connection.recv(), recipe))


class Parser(Protocol):
    """Runs parsing jobs one at a time, from one thread; `kill` may come from another and ends the job at hand."""

    def run(self, job: Job) -> Outcome:
        """The outcome of a job."""
        ...

    def kill(self) -> None:
        """End the job at hand."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...


class ParsingProcess:
    """A `Parser` that runs jobs in a child process, which is started with the first job."""

    def __init__(self, recipe: Recipe, *, timeout: float, memory: int = MEMORY_LIMIT) -> None:
        """`timeout` in seconds is for one job, and counts anew after each page that had to be recognised."""
        self._recipe = recipe
        self._timeout = timeout
        self._memory = memory
        self._process: subprocess.Popen[bytes] | None = None
        self._connection: Connection | None = None

    def run(self, job: Job) -> Outcome:
        """The outcome of a job; a job that kills or outlasts its process is refused with the reason."""
        try:
            connection = self._start()
            connection.send(job)
            while connection.poll(self._timeout):
                outcome: Outcome | None = connection.recv()
                if outcome is not None:
                    return outcome
            reason = f"took longer than {self._timeout:.0f} s to read"
        except (EOFError, BrokenPipeError, ConnectionResetError):
            reason = "makes its reader fail"
        self.close()
        return _refused(job, reason, self._timeout)

    def _start(self) -> Connection:
        if self._connection is None or self._process is None or self._process.poll() is not None:
            self.close()
            # A fresh interpreter, not a fork: the parent may hold threads and locks of the encoders and the index.
            self._connection, theirs = multiprocessing.Pipe()
            with theirs:
                self._process = subprocess.Popen(
                    [sys.executable, "-P", "-m", "walkdown_ingestion.worker", str(theirs.fileno())],
                    pass_fds=(theirs.fileno(),),
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                )
            self._connection.send((self._recipe, self._memory))
        return self._connection

    def kill(self) -> None:
        """End the child at once, from any thread; a job at hand is refused."""
        if (process := self._process) is not None:
            process.kill()

    def close(self) -> None:
        """End the child and release its pipe; again is harmless."""
        self.kill()
        if self._process is not None:
            self._process.wait()
        if self._connection is not None:
            self._connection.close()
        self._connection = self._process = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _refused(job: Job, reason: str, seconds: float) -> Outcome:
    facts = [job.facts] if isinstance(job, FileJob) else [work.facts for work in job.records]
    remedy = "Open it in the program that wrote it, save it again or print it to PDF, and ingest the copy."
    return Outcome(tuple(refusal(f, DocumentError(f"{f.name} {reason}.", remedy)) for f in facts), seconds)


if __name__ == "__main__":
    serve(Connection(int(sys.argv[1])))
