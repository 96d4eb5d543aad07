"""Child processes of `walkdown up`: each in a process group of its own, with a log file, none left behind."""

import os
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

LOG_TAIL = 15
_STOP_SECONDS = 10.0
_POLL = 0.05


class ChildSpec(NamedTuple):
    """What to run: the name people see, the command, and variables added to the environment."""

    name: str
    argv: Sequence[str]
    env: Mapping[str, str]


class Child:
    """One running child process."""

    def __init__(self, spec: ChildSpec, log: Path) -> None:
        self.name = spec.name
        self.log = log
        log.parent.mkdir(parents=True, exist_ok=True)
        leash = [sys.executable, "-m", "walkdown_server.leash", str(os.getpid()), *spec.argv]
        with log.open("wb") as out:
            # A session of its own: a Ctrl-C of the terminal reaches the supervisor only, which then stops all.
            self._process = subprocess.Popen(
                leash,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                env={**os.environ, **spec.env},
                start_new_session=True,
            )
        self.pid = self._process.pid

    @property
    def status(self) -> int | None:
        """Exit status, negative for a signal; None while it runs."""
        return self._process.poll()

    def tail(self, lines: int = LOG_TAIL) -> str:
        """The last lines of its log."""
        try:
            with self.log.open(encoding="utf-8", errors="replace") as file:
                return "".join(deque(file, lines)).rstrip()
        except OSError:
            return ""

    def signal_group(self, number: signal.Signals) -> bool:
        """Signal the child and all it started; False when none is left."""
        try:
            os.killpg(self.pid, number)
        except (ProcessLookupError, PermissionError):
            return False
        return True

    def reap(self) -> None:
        """Collect the exit status, so that an ended child no longer counts as part of its group."""
        self._process.poll()


def stop_all(children: Sequence[Child], seconds: float = _STOP_SECONDS) -> None:
    """End the children, the last started first: SIGTERM to their groups, SIGKILL to what is left after `seconds`."""
    for child in reversed(children):
        child.signal_group(signal.SIGTERM)
    deadline = time.monotonic() + seconds
    left = list(children)
    while left and time.monotonic() < deadline:
        for child in left:
            child.reap()
        # Signal 0 is not in the enum: a group that takes no signal has ended.
        left = [child for child in left if _group_alive(child.pid)]
        time.sleep(_POLL)
    for child in left:
        child.signal_group(signal.SIGKILL)
        child.reap()


def _group_alive(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
