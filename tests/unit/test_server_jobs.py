"""Ingestion jobs over HTTP: queued, followed, failed with a reason; uploads keep no client's folder."""

import threading
import time
from pathlib import Path

import httpx
import pytest

from walkdown.client import WalkdownClient
from walkdown.errors import DocumentError, UnknownItemError, UnknownPackError, UsageError
from walkdown.wire import IngestQuery, IngestSummary
from walkdown_server.backend import Remote
from walkdown_server.jobs import JobProgress, Jobs
from walkdown_server.testing import fake_services, running, wait_until


class Recorder:
    """An ingestion that notes what it is given, and waits or fails on request."""

    def __init__(self) -> None:
        self.seen: dict[str, bytes] = {}
        self.queries: list[IngestQuery] = []
        self.go = threading.Event()
        self.go.set()

    def __call__(self, query: IngestQuery, progress: JobProgress) -> IngestSummary:
        self.queries.append(query)
        progress("a.md", 1, 2)
        assert self.go.wait(20)
        for name in query.paths:
            if "bad" in name:
                raise DocumentError("The file is damaged.", "Export it anew.")
            if "bug" in name:
                raise ZeroDivisionError
            if Path(name).is_file():
                self.seen[Path(name).name] = Path(name).read_bytes()
        return IngestSummary(pack=query.pack, added=len(query.paths))


def test_a_job_is_followed_to_its_report(tmp_path: Path) -> None:
    work = Recorder()
    work.go.clear()
    with running(fake_services(tmp_path, ingest=work)) as url, WalkdownClient(url) as client:
        job = client.ingest("power", ["http://example.org/a.pdf", Path("docs")], access=["ops"], site="west")
        wait_until(lambda: client.job(job.id).done == 1)
        second = client.ingest("power", ["later.md"])
        assert client.job(second.id).state == "queued"
        work.go.set()
        seen: list[tuple[str, int, int]] = []
        query = IngestQuery(pack="power", paths=("third.md",))
        report = Remote(client).ingest(query, lambda *at: seen.append(at))
        assert report.added == 1
        assert client.job(job.id).report == IngestSummary(pack="power", added=2)
        assert httpx.get(f"{url}/v1/jobs").json()["jobs"][-1]["id"] == job.id
    first = work.queries[0]
    assert first.paths == ("http://example.org/a.pdf", str(Path("docs").absolute()))
    assert (first.access, first.site) == (("ops",), "west")


def test_a_failed_job_tells_why_and_the_server_lives(tmp_path: Path) -> None:
    with running(fake_services(tmp_path, ingest=Recorder())) as url, WalkdownClient(url) as client:
        with pytest.raises(DocumentError, match="damaged"):
            Remote(client).ingest(IngestQuery(pack="power", paths=("bad.pdf",)), lambda *_: None)
        defect = client.ingest("power", ["bug.pdf"])
        wait_until(lambda: client.job(defect.id).ended)
        error = client.job(defect.id).error
        assert error is not None and error.code == "internal"
        with pytest.raises(UnknownPackError):
            client.ingest("nuclear", ["a"])
        with pytest.raises(UnknownItemError):
            client.job("nothing")


@pytest.mark.parametrize("name", ["../../etc/점검 표.md", "C:\\temp\\점검 표.md", ".점검 표.md"])
def test_an_upload_is_taken_in_under_its_bare_name_and_removed(tmp_path: Path, name: str) -> None:
    work = Recorder()
    with running(fake_services(tmp_path, ingest=work)) as url, WalkdownClient(url) as client:
        job = client.upload("power", {name: b"x" * (2 << 20)}, access=["ops", "lab"], site="west")
        wait_until(lambda: client.job(job.id).ended)
        wait_until(lambda: not list((tmp_path / "uploads").iterdir()))
    assert work.seen == {"점검 표.md": b"x" * (2 << 20)}
    assert work.queries[0].access == ("ops", "lab")


def test_wrong_uploads(tmp_path: Path) -> None:
    with running(fake_services(tmp_path)) as url, WalkdownClient(url) as client:
        with pytest.raises(UsageError, match="name"):
            client.upload("power", {"..": b"x"})
        with pytest.raises(UnknownPackError):
            client.upload("nuclear", {"a.md": b"x"})
        with pytest.raises(UsageError, match="files"):
            client.upload("power", {})
    uploads = tmp_path / "uploads"
    assert not uploads.exists() or not list(uploads.iterdir())


def test_a_server_that_is_stopped_does_not_wait_for_the_end_of_an_ingestion() -> None:
    begun, ended = threading.Event(), threading.Event()

    def endless(query: IngestQuery, progress: JobProgress) -> IngestSummary:
        for number in range(2000):
            progress("a.md", number, 2000)
            begun.set()
            time.sleep(0.01)
        ended.set()
        return IngestSummary(pack=query.pack)

    jobs = Jobs(endless)
    job = jobs.submit(IngestQuery(pack="power", paths=("/data",)))
    assert begun.wait(20)
    jobs.close()
    told = jobs.get(job.id)
    assert not ended.is_set() and told.state == "failed"
    assert told.error is not None and told.error.retryable and "stopped" in told.error.cause
