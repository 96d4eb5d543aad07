"""The parsing process: what it returns, and what becomes of jobs that hang it, kill it or fill its memory."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import psutil
import pytest

from walkdown_ingestion.metadata import FileFacts
from walkdown_ingestion.prepare import FileJob, Prepared, Recipe, Refused, prepare
from walkdown_ingestion.worker import ParsingProcess

RECIPE = Recipe("power", ())


def job(path: Path) -> FileJob:
    return FileJob(path, FileFacts(str(path), path.name, "", ""))


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "a.md"
    path.write_text("# Pump\n\nTrip at 12.5 MPa.\n")
    return path


@pytest.fixture
def slow(tmp_path: Path) -> Path:
    """A file that takes seconds to read."""
    path = tmp_path / "slow.html"
    path.write_text("<p>" + "<table><tr><td>x</td></tr></table>" * 200_000)
    return path


def test_a_document_comes_back_as_it_is_made_here(text: Path) -> None:
    with ParsingProcess(RECIPE, timeout=60) as process:
        (there,) = process.run(job(text)).items
    assert isinstance(there, Prepared)
    assert (there,) == prepare(job(text), RECIPE).items


def test_a_job_that_takes_too_long_is_refused_and_the_next_one_runs(text: Path, slow: Path) -> None:
    with ParsingProcess(RECIPE, timeout=60) as process:
        process.run(job(text))
        process._timeout = 0.2
        (item,) = process.run(job(slow)).items
        assert isinstance(item, Refused)
        assert "took longer than" in item.cause
        process._timeout = 60
        assert isinstance(process.run(job(text)).items[0], Prepared)


def test_a_job_that_kills_its_process_is_refused_and_the_next_one_runs(text: Path, slow: Path) -> None:
    with ParsingProcess(RECIPE, timeout=60) as process:
        process.run(job(text))
        threading.Timer(0.3, process.kill).start()
        (item,) = process.run(job(slow)).items
        assert isinstance(item, Refused)
        assert "makes its reader fail" in item.cause
        assert isinstance(process.run(job(text)).items[0], Prepared)


def test_a_job_that_fills_the_memory_is_refused(text: Path, slow: Path) -> None:
    with ParsingProcess(RECIPE, timeout=60, memory=400 * 2**20) as process:
        assert isinstance(process.run(job(text)).items[0], Prepared)
        slow.write_text("<p>" + "<b>word</b>" * 2_000_000)
        (item,) = process.run(job(slow)).items
        assert isinstance(item, Refused)
        assert isinstance(process.run(job(text)).items[0], Prepared)


def test_the_child_ends_when_its_parent_is_killed(tmp_path: Path, text: Path) -> None:
    script = (
        "import sys, time\nfrom pathlib import Path\n"
        "from walkdown_ingestion.metadata import FileFacts\n"
        "from walkdown_ingestion.prepare import FileJob, Recipe\n"
        "from walkdown_ingestion.worker import ParsingProcess\n"
        f"process = ParsingProcess(Recipe('power', ()), timeout=60)\n"
        f"process.run(FileJob(Path({str(text)!r}), FileFacts('s', 'a.md', '', '')))\n"
        "print(process._process.pid, flush=True)\ntime.sleep(60)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    os.kill(parent.pid, signal.SIGKILL)
    parent.wait()
    parent.stdout.close()
    for _ in range(100):
        if not psutil.pid_exists(child) or psutil.Process(child).status() == psutil.STATUS_ZOMBIE:
            return
        time.sleep(0.1)
    pytest.fail("the parsing process outlived its parent")
