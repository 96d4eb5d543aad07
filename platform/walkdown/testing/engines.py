"""A real server of a language model for integration tests: started as a child, waited for, and gone afterwards."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from walkdown.errors import LLMUnavailableError
from walkdown.models.serving import ServeCommand, wait_ready
from walkdown.settings import Settings

START_SECONDS = 400


def free_port() -> int:
    """A port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(process: subprocess.Popen[bytes], url: str, api_key: str) -> None:
    """Wait until the server completes a token; a process that ends is not waited for."""
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            return wait_ready(url, 5, api_key=api_key)
        except LLMUnavailableError:
            if process.poll() is not None or time.monotonic() > deadline:
                raise


@contextmanager
def served(make: Callable[[int], ServeCommand], log: Path) -> Iterator[str]:
    """URL of the server that `make` gives the command of, for a port; its output goes to `log`.

    Raises AssertionError when it does not end as it should. It ends with this process at the latest.
    """
    port, settings = free_port(), Settings()
    command = make(port)
    leash = [sys.executable, "-m", "walkdown_server.leash", str(os.getpid()), *command.argv]
    with log.open("wb") as out:
        process = subprocess.Popen(
            leash, env={**os.environ, **command.env}, stdout=out, stderr=out, start_new_session=True
        )
    url = f"http://127.0.0.1:{port}"
    try:
        _wait(process, url, settings.llm_api_key)
        yield url
    finally:
        process.terminate()
        status = process.wait(60)
    if status not in (0, -signal.SIGTERM):
        raise AssertionError(f"{command.argv[0]} ended with {status}; its output is in {log}")
