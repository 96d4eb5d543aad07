"""Ctrl-C, SIGTERM and a closed terminal: one line, the exit status that shells expect, and nothing half done."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from walkdown.client import WalkdownClient
from walkdown.index import optimise
from walkdown.wire import IngestQuery, IngestSummary
from walkdown_server.cli.main import run
from walkdown_server.jobs import JobProgress
from walkdown_server.testing import fake_services, running, wait_until

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
BEGINNING = "from walkdown_server.cli.interrupts import end_quietly; end_quietly(); print('go', flush=True); input()"


def _as_at_a_terminal() -> None:
    """Signals as a shell leaves them: `nohup` and jobs in the background hand down that they are ignored."""
    for number in SIGNALS:
        signal.signal(number, signal.SIG_DFL)


def started(arguments: Sequence[str], **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **environment},
        start_new_session=True,
        preexec_fn=_as_at_a_terminal,
    )


@pytest.mark.parametrize("number", SIGNALS)
def test_a_command_that_is_still_starting_ends_without_a_traceback(number: signal.Signals) -> None:
    with started(["-c", BEGINNING]) as process:
        assert process.stdout is not None and process.stdout.readline() == "go\n"
        process.send_signal(number)
        _, err = process.communicate(timeout=20)
    assert (process.returncode, err) == (128 + number, "Stopped.\n")


@pytest.mark.parametrize("number", SIGNALS)
@pytest.mark.parametrize("flags", [[], ["--json"]])
def test_a_command_at_work_ends_in_a_line(number: signal.Signals, flags: list[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        with started(["-m", "walkdown_server", "jobs", *flags], WALKDOWN_PORT=str(port)) as process:
            connection, _ = silent.accept()
            time.sleep(0.3)
            process.send_signal(number)
            out, err = process.communicate(timeout=20)
            connection.close()
    assert (process.returncode, err) == (128 + number, "Stopped.\n")
    assert ('"code": "stopped"' in out) is bool(flags)


def test_what_is_ignored_stays_ignored() -> None:
    # As under nohup, and in the background of a script: the command goes on.
    ignoring = f"import signal; signal.signal(signal.SIGHUP, signal.SIG_IGN); {BEGINNING}"
    with started(["-c", ignoring]) as process:
        assert process.stdout is not None and process.stdout.readline() == "go\n"
        process.send_signal(signal.SIGHUP)
        process.communicate("\n", timeout=20)
    assert process.returncode == 0


def test_who_stops_a_command_stops_its_job_on_the_server(tmp_path: Path) -> None:
    def endless(query: IngestQuery, progress: JobProgress) -> IngestSummary:
        for number in range(5000):
            progress("a.md", number, 5000)
            time.sleep(0.01)
        return IngestSummary(pack=query.pack)

    with running(fake_services(tmp_path, ingest=endless)) as url, WalkdownClient(url) as client:
        port = url.rpartition(":")[2]
        with started(["-m", "walkdown_server", "ingest", "power", str(tmp_path)], WALKDOWN_PORT=port) as process:
            wait_until(lambda: any(job.done > 3 for job in client.jobs()), 60)
            process.send_signal(signal.SIGINT)
            _, err = process.communicate(timeout=20)
        assert process.returncode == 130
        assert err.startswith("Stopped. The job was cancelled after") and "goes on from there" in err
        assert [job.state for job in client.jobs()] == ["cancelled"]


def test_an_exit_status_of_a_command_is_kept(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--help"]) == 0
    assert run(["no-such-command"]) == 2
    assert "no-such-command" in capsys.readouterr().err


def test_a_stopped_optimisation_leaves_no_copy_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source, target = tmp_path / "index", tmp_path / "copy"
    source.mkdir()

    def stopped(*_: Any, **__: Any) -> None:
        assert target.is_dir()
        raise KeyboardInterrupt

    monkeypatch.setattr("walkdown.index.optimise.subprocess.run", stopped)
    with pytest.raises(KeyboardInterrupt):
        optimise.optimised_copy(source, target)
    assert source.is_dir() and not target.exists()
