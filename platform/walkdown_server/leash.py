"""`python -m walkdown_server.leash PARENT_PID COMMAND...`: runs a command that dies with the process that started it.

On Linux the kernel sends SIGTERM when the parent dies, even by `kill -9`; elsewhere only an orderly stop ends the
command. Nothing heavy is imported here: the module turns into the command at once.
"""

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1


def hold(parent: int) -> None:
    """Ask the kernel to end this process with its parent; end now if the parent is gone already."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        sys.exit(0)


if __name__ == "__main__":
    hold(int(sys.argv[1]))
    os.execvp(sys.argv[2], sys.argv[2:])  # noqa: S606  # turning into the command is the purpose
