"""Builds the search graph of an embedded index in a process of its own: `python -m walkdown.index.optimise DIR`.

The engine holds Python's global lock while it builds (a minute for 100,000 passages), so inside a server it would
stop every request. `optimised_copy` therefore copies the flushed index and lets a child process work on the copy.
"""

import shutil
import subprocess
import sys
from pathlib import Path

import qdrant_edge as edge

from walkdown.errors import IndexUnavailableError


def optimised_copy(source: Path, target: Path) -> None:
    """Copy a flushed index that nobody writes to and optimise the copy. Raises IndexUnavailableError; no copy then."""
    shutil.rmtree(target, ignore_errors=True)
    command = [sys.executable, "-m", "walkdown.index.optimise", str(target)]
    try:
        shutil.copytree(source, target)
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except BaseException:
        # Ctrl-C as well: a copy takes as much of the disk as the index.
        shutil.rmtree(target, ignore_errors=True)
        raise
    if done.returncode != 0:
        shutil.rmtree(target, ignore_errors=True)
        last = (done.stderr.strip().splitlines() or [f"exit status {done.returncode}"])[-1]
        raise IndexUnavailableError(
            f"The index could not be optimised ({last}).", "It works as before, only slower; try again later."
        )


def main() -> None:
    """Optimise the shard in the directory given."""
    shard = edge.EdgeShard.load(sys.argv[1])
    shard.optimize()
    shard.flush()
    shard.close()


if __name__ == "__main__":
    main()
