"""Child processes: started on a leash, stopped with all they started, gone when their parent is killed."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from walkdown_server.children import Child, ChildSpec, stop_all
from walkdown_server.testing import wait_until

SLEEPER = [sys.executable, "-c", "import time; print('up', flush=True); time.sleep(600)"]
STUBBORN = (
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(600)"
)
PARENT_OF_ONE = (
    "import subprocess, sys, time; p = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)']);"
    " print(p.pid, flush=True); time.sleep(600)"
)


def start(tmp_path: Path, argv: list[str], name: str = "server") -> Child:
    return Child(ChildSpec(name, argv, {"GIVEN": "yes"}), tmp_path / "logs" / f"{name}.log")


def alive(pid: int) -> bool:
    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE


def test_a_child_gets_its_environment_and_its_end_is_seen(tmp_path: Path) -> None:
    child = start(tmp_path, [sys.executable, "-c", "import os; print(os.environ['GIVEN']); raise SystemExit(7)"])
    wait_until(lambda: child.status is not None)
    assert (child.status, child.tail()) == (7, "yes")


def test_the_tail_holds_the_last_lines_only(tmp_path: Path) -> None:
    child = start(tmp_path, [sys.executable, "-c", "print(*range(100), sep='\\n')"])
    wait_until(lambda: child.status is not None)
    assert child.tail(3) == "97\n98\n99"


def test_stopping_ends_grandchildren_and_the_stubborn(tmp_path: Path) -> None:
    family = start(tmp_path, [sys.executable, "-c", PARENT_OF_ONE], "family")
    stubborn = start(tmp_path, [sys.executable, "-c", STUBBORN], "stubborn")
    wait_until(lambda: bool(family.tail()) and stubborn.tail() == "up")
    grandchild = int(family.tail())
    assert alive(grandchild)
    stop_all([family, stubborn], seconds=1)
    wait_until(lambda: not alive(grandchild) and not alive(stubborn.pid) and not alive(family.pid))


def test_stopping_a_child_that_ended_already_does_no_harm(tmp_path: Path) -> None:
    child = start(tmp_path, [sys.executable, "-c", "pass"])
    wait_until(lambda: child.status is not None)
    stop_all([child], seconds=1)
    assert child.status == 0


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent died")
def test_a_killed_parent_takes_its_children_along(tmp_path: Path) -> None:
    script = (
        "import sys, time\nfrom pathlib import Path\nfrom walkdown_server.children import Child, ChildSpec\n"
        f"child = Child(ChildSpec('c', {SLEEPER!r}, {{}}), Path({str(tmp_path / 'c.log')!r}))\n"
        "print(child.pid, flush=True)\ntime.sleep(600)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    wait_until(lambda: (tmp_path / "c.log").read_text() == "up\n")
    os.kill(parent.pid, signal.SIGKILL)
    parent.wait()
    wait_until(lambda: not alive(child))


def test_a_leash_whose_holder_is_gone_does_not_start(tmp_path: Path) -> None:
    marker = tmp_path / "started"
    argv = [sys.executable, "-m", "walkdown_server.leash", "1", sys.executable, "-c", f"open({str(marker)!r}, 'w')"]
    assert subprocess.run(argv, check=False).returncode == 0
    time.sleep(0.2)
    assert not marker.exists()
