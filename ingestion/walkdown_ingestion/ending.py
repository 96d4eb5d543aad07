"""Ending a process with all that it started: a parser that hangs may wait for a program that hangs.

The parsing process leads a session of its own. What it starts stays in that session, also after the process itself is
gone, and whatever group it is in.
"""

import contextlib
import os
import signal
import threading
import time

import psutil

_ROUNDS = 5
_SECONDS_BETWEEN_LOOKS = 1.0


def end_session(leader: int) -> None:
    """Kill every process of the session; those that were started meanwhile are found by looking again."""
    for _ in range(_ROUNDS):
        members = [pid for pid in psutil.pids() if _session(pid) == leader]
        if not members:
            return
        # Whoever ends its own session comes last.
        for pid in sorted(members, key=lambda pid: pid == os.getpid()):
            with contextlib.suppress(OSError):
                os.kill(pid, signal.SIGKILL)


def end_with_parent() -> None:
    """From now on, end this session when the process that started it is gone, even in the middle of a job."""
    threading.Thread(target=_watch, args=(os.getppid(),), daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_SECONDS_BETWEEN_LOOKS)
    end_session(os.getsid(0))


def _session(pid: int) -> int:
    try:
        session = os.getsid(pid)
        return -1 if psutil.Process(pid).status() == psutil.STATUS_ZOMBIE else session
    except (OSError, psutil.Error):
        return -1
