"""One process per index directory: a lock file that knows who holds it."""

import fcntl
import os
from pathlib import Path

from walkdown.errors import IndexUnavailableError


class DirectoryLock:
    """An exclusive lock, given back by `release` or by the end of the process, however it ends."""

    def __init__(self, path: Path) -> None:
        """Take the lock. Raises IndexUnavailableError, naming the holder, when another holds it."""
        self._descriptor: int | None = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            holder = os.read(self._descriptor, 32).decode("ascii", "replace").strip()
            self.release()
            raise _held(path.parent, holder) from None
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
        remedy = "Go through the running server (the walkdown commands do so by themselves), or stop that process."
    return IndexUnavailableError(f"The index in {directory} is {who}.", remedy)
