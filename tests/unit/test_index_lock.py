"""The lock of the embedded index: another command is waited for a while, and told of when it goes on."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from walkdown.errors import IndexUnavailableError
from walkdown.index.lock import DirectoryLock

HOLD = """
import sys, time
from pathlib import Path
from walkdown.index.lock import DirectoryLock
lock = DirectoryLock(Path(sys.argv[1]))
print("held", flush=True)
time.sleep(float(sys.argv[2]))
"""


@contextmanager
def held(path: Path, seconds: float) -> Iterator[int]:
    """Another process that holds the lock so long; its id."""
    command = [sys.executable, "-c", HOLD, str(path), str(seconds)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        try:
            yield process.pid
        finally:
            process.kill()


def test_a_command_that_ends_soon_is_waited_for(tmp_path: Path) -> None:
    with held(tmp_path / "lock", 0.7):
        DirectoryLock(tmp_path / "lock", patience=20).release()


def test_one_that_goes_on_is_named_with_what_to_do(tmp_path: Path) -> None:
    with held(tmp_path / "lock", 60) as holder:
        begin = time.monotonic()
        with pytest.raises(IndexUnavailableError, match=f"in use by process {holder}") as raised:
            DirectoryLock(tmp_path / "lock", patience=0.3)
        assert 0.3 <= time.monotonic() - begin < 10
        assert "Wait until it ends" in raised.value.remedy


def test_nobody_waits_for_oneself(tmp_path: Path) -> None:
    lock = DirectoryLock(tmp_path / "lock")
    begin = time.monotonic()
    with pytest.raises(IndexUnavailableError, match="already open in this process"):
        DirectoryLock(tmp_path / "lock", patience=20)
    assert time.monotonic() - begin < 5
    lock.release()
