"""Jobs that are cancelled: at once while they wait, at their next step while they run; the index stays whole."""

import threading
import time
from pathlib import Path

import pytest

from walkdown.client import WalkdownClient
from walkdown.documents import DocumentStatus
from walkdown.errors import JobCancelledError, UnknownItemError
from walkdown.wire import IngestQuery, IngestSummary
from walkdown_ingestion.prepare import FileJob, Job, Outcome
from walkdown_ingestion.testing import Plant, procedure
from walkdown_server.backend import Remote
from walkdown_server.cli.main import run
from walkdown_server.jobs import JobProgress
from walkdown_server.testing import fake_services, running, wait_until

WORDING = " ".join(
    f"{a} {b}" for a in "open close check read stop start".split() for b in "valve pump line tank fan seal".split()
)


class Steps:
    """An ingestion that takes a step each time it is let."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.on = threading.Event()

    def __call__(self, query: IngestQuery, progress: JobProgress) -> IngestSummary:
        self.begun.append(query.paths[0])
        for number in range(1, 1001):
            progress(f"{number}.md", number, 1000)
            self.on.wait(0.01)
            if self.on.is_set():
                break
        return IngestSummary(pack=query.pack, added=number)


def test_a_running_job_ends_at_its_next_step_and_says_how_far_it_came(tmp_path: Path) -> None:
    work = Steps()
    with running(fake_services(tmp_path, ingest=work)) as url, WalkdownClient(url) as client:
        first = client.ingest("power", ["/first"])
        second = client.ingest("power", ["/second"])
        wait_until(lambda: client.job(first.id).done > 3)
        assert client.job(second.id).state == "queued"
        waiting = client.cancel(second.id)
        assert waiting.state == "cancelled" and waiting.ended
        assert client.cancel(first.id).cancelling
        wait_until(lambda: client.job(first.id).ended)
        told = client.job(first.id)
        assert told.state == "cancelled" and told.report is None
        assert (
            told.error is not None and told.error.code == "job_cancelled" and f"{told.done} of 1000" in told.error.cause
        )
        # Again, impatiently: nothing else happens, and the next job runs.
        assert client.cancel(first.id) == told
        work.on.set()
        third = client.ingest("power", ["/third"])
        wait_until(lambda: client.job(third.id).ended)
        done = client.job(third.id)
        assert done.state == "done" and client.cancel(third.id) == done
        assert [job.id for job in client.jobs()] == [third.id, second.id, first.id]
        with pytest.raises(UnknownItemError, match="no job"):
            client.cancel("nothing")
    assert work.begun == [str(Path("/first")), str(Path("/third"))]


def test_who_follows_a_cancelled_job_hears_of_it(tmp_path: Path) -> None:
    with running(fake_services(tmp_path, ingest=Steps())) as url, WalkdownClient(url) as client:

        def cancel(*_: object) -> None:
            client.cancel(client.jobs()[0].id)

        with pytest.raises(JobCancelledError, match="cancelled"):
            Remote(client).ingest(IngestQuery(pack="power", paths=("/a",)), cancel)


def test_what_a_cancelled_upload_sent_is_removed(tmp_path: Path) -> None:
    with running(fake_services(tmp_path, ingest=Steps())) as url, WalkdownClient(url) as client:
        first, second = (client.upload("power", {"a.md": b"x"}) for _ in range(2))
        client.cancel(second.id)
        client.cancel(first.id)
        wait_until(lambda: not list((tmp_path / "uploads").iterdir()))


def test_the_command_lists_and_cancels(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with running(fake_services(tmp_path, ingest=Steps())) as url, WalkdownClient(url) as client:
        monkeypatch.setenv("WALKDOWN_PORT", url.rpartition(":")[2])
        job = client.ingest("power", ["/a"])
        assert run(["jobs"]) == 0
        assert job.id in capsys.readouterr().out
        assert run(["jobs", "--cancel", job.id]) == 0
        wait_until(lambda: client.job(job.id).ended)
        assert run(["jobs"]) == 0
        assert "goes on from there" in capsys.readouterr().out
    assert run(["jobs"]) == 1
    assert "walkdown serve" in capsys.readouterr().err


def test_an_ingestion_that_is_ended_leaves_no_moved_document_in_force_twice(tmp_path: Path) -> None:
    plant = Plant(tmp_path)
    path = plant.write("old/notes.md", "# Notes\n\nDrain the trap.")
    plant.ingest()
    (plant.documents / "new").mkdir()
    path.rename(plant.documents / "new" / "notes.md")

    def cancel(*_: object) -> None:
        raise JobCancelledError("It was cancelled.", "Do it again.")

    with pytest.raises(JobCancelledError):
        plant.ingest(progress=cancel)
    plant.ingest()
    assert [c.document_id for c in plant.chunks()] == ["new/notes"]
    assert plant.status("old/notes") is DocumentStatus.WITHDRAWN


def test_what_was_taken_in_before_the_end_knows_its_twins(tmp_path: Path) -> None:
    plant = Plant(tmp_path)
    for unit in (1, 2):
        plant.write(f"a{unit}.md", procedure(f"OP-{unit}", "1", f"{WORDING} Unit {unit}."))
    plant.write("b.md", procedure("OP-3", "1", "Another thing. " * 40))

    def cancel(_: str, done: int, total: int) -> None:
        if done == total == 3:
            raise JobCancelledError("It was cancelled.", "Do it again.")

    with pytest.raises(JobCancelledError):
        plant.ingest(progress=cancel)
    assert {c.document_id: c.twins for c in plant.chunks()}["OP-1"] == ("OP-2",)


def test_a_document_that_is_read_for_long_does_not_hold_up_the_end(tmp_path: Path) -> None:
    killed = threading.Event()

    class Slow:
        def run(self, job: Job) -> Outcome:
            assert isinstance(job, FileJob)
            killed.wait(20)
            return Outcome((), 0.0)

        def kill(self) -> None:
            killed.set()

        def __enter__(self) -> "Slow":
            return self

        def __exit__(self, *_: object) -> None:
            pass

    plant = Plant(tmp_path)
    plant.write("a.md", procedure("OP-1", "1", "Trip."))
    began = time.monotonic()
    ended = began + 1

    def cancel(*_: object) -> None:
        if time.monotonic() > ended:
            raise JobCancelledError("It was cancelled.", "Do it again.")

    with pytest.raises(JobCancelledError):
        plant.ingest(progress=cancel, parser=Slow())
    assert time.monotonic() - began < 5


def test_the_next_ingestion_goes_on_and_ends_where_an_undisturbed_one_would(tmp_path: Path) -> None:
    for name in ("whole", "cut"):
        (tmp_path / name).mkdir()
    whole, cut = Plant(tmp_path / "whole"), Plant(tmp_path / "cut")
    for plant in (whole, cut):
        for number in range(120):
            plant.write(f"{number:03}.md", procedure(f"OP-{number}", "1", f"Trip at {number} bar."))
    whole.ingest()

    def cancel(_: str, done: int, __: int) -> None:
        if done >= 40:
            raise JobCancelledError("It was cancelled.", "Do it again.")

    with pytest.raises(JobCancelledError):
        cut.ingest(progress=cancel)
    held = {c.document_id for c in cut.chunks()}
    assert 40 <= len(held) < 120
    # What is in force in the registry is in the index, and nothing else is found.
    assert held == {d.id for d in cut.registry.documents("power") if d.status is DocumentStatus.IN_FORCE}
    report = cut.ingest()
    assert (report.added, report.unchanged) == (120 - len(held), len(held))
    assert [(c.id, c.text, c.twins) for c in cut.chunks()] == [(c.id, c.text, c.twins) for c in whole.chunks()]
