"""One process per index directory: a lock file that knows who holds it."""

import fcntl
import os
import time
from pathlib import Path

from walkdown.errors import IndexUnavailableError

_PAUSE = 0.1


class DirectoryLock:
    """An exclusive lock, given back by `release` or by the end of the process, however it ends."""

    def __init__(self, path: Path, patience: float = 0.0) -> None:
        """Take the lock within `patience` seconds. Raises IndexUnavailableError, naming the process that has it."""
        self._descriptor: int | None = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        deadline = time.monotonic() + patience
        while True:
            try:
                fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except OSError:
                holder = os.pread(self._descriptor, 32, 0).decode("ascii", "replace").strip()
                # Nobody waits for oneself: this process would have to let go first.
                if holder == str(os.getpid()) or time.monotonic() >= deadline:
                    self.release()
                    raise _held(path.parent, holder) from None
            time.sleep(_PAUSE)
        os.ftruncate(self._descriptor, 0)
        os.pwrite(self._descriptor, f"{os.getpid()}\n".encode(), 0)

    def release(self) -> None:
        """Give the lock back; again is harmless."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


def _held(directory: Path, holder: str) -> IndexUnavailableError:
    if holder == str(os.getpid()):
        who, remedy = "already open in this process", "Close it first, or share the one that is open."
    else:
        who = f"in use by process {holder}" if holder.isdigit() else "in use by another process"
        remedy = (
            "Wait until it ends, or stop it: it is another walkdown command, or a server at another address. "
            "Several commands at once want a running server (`walkdown serve`)."
        )
    return IndexUnavailableError(f"The index in {directory} is {who}.", remedy)
