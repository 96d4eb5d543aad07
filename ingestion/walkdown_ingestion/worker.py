"""The parsing process: a child that parses one job at a time, with limits on time and memory.

A file that crashes or hangs its parser takes down the child, not the ingestion: the child is replaced and the file is
reported; with the child ends all that it started (LibreOffice, tesseract), and their files are removed. The child ends
by itself when its parent dies: because the other end of its pipe closes, or in the middle of a job because it looks.
"""

import contextlib
import multiprocessing
import os
import resource
import signal
import subprocess
import sys
import tempfile
from multiprocessing.connection import Connection
from typing import Protocol, Self

from walkdown.errors import DocumentError
from walkdown_ingestion.beat import listen
from walkdown_ingestion.ending import end_session, end_with_parent
from walkdown_ingestion.prepare import FileJob, Job, Outcome, Recipe, prepare, refusal

MEMORY_LIMIT = 6 * 2**30
"""Address space in bytes of the parsing process, and of each program it starts: LibreOffice takes 0.6 GB for a page and
2 GB for a sheet of two million cells."""


def serve(connection: Connection) -> None:
    """Main loop of the child: a recipe and a memory limit first, then jobs until the pipe closes."""
    # Ctrl-C in a terminal goes to the whole group; the parent decides when the child ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
        recipe, memory = connection.recv()
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        end_with_parent()
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
        self._folder: tempfile.TemporaryDirectory[str] | None = None

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
            self._folder = tempfile.TemporaryDirectory(prefix="walkdown-parsing-", ignore_cleanup_errors=True)
            with theirs:
                self._process = subprocess.Popen(
                    [sys.executable, "-P", "-m", "walkdown_ingestion.worker", str(theirs.fileno())],
                    pass_fds=(theirs.fileno(),),
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    env={**os.environ, "TMPDIR": self._folder.name},
                    start_new_session=True,
                )
            self._connection.send((self._recipe, self._memory))
        return self._connection

    def kill(self) -> None:
        """End the child and what it started at once, from any thread; a job at hand is refused."""
        if (process := self._process) is not None:
            process.kill()
            end_session(process.pid)

    def close(self) -> None:
        """End the child and release its pipe; again is harmless."""
        self.kill()
        if self._process is not None:
            self._process.wait()
        if self._connection is not None:
            self._connection.close()
        if self._folder is not None:
            self._folder.cleanup()
        self._connection = self._process = self._folder = None

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
