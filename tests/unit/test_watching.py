"""When the next pass of a sync is due, and what a request with places becomes."""

import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

import pytest

from walkdown.errors import ResourceError, ServerUnavailableError, UsageError
from walkdown.settings import Settings
from walkdown.wire import IngestQuery
from walkdown_ingestion.connectors.base import RemoteFile
from walkdown_ingestion.connectors.mirror import mirror
from walkdown_ingestion.fetching.urls import Fetching
from walkdown_ingestion.report import Failure, IngestReport
from walkdown_server import intake
from walkdown_server.cli import watching
from walkdown_server.intake import Taking


def test_one_pass_without_going_on() -> None:
    assert len(list(watching.passes(["/x"], watch=False, every=0))) == 1


def test_passes_every_so_many_minutes(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr(time, "sleep", slept.append)
    due = watching.passes(["s3://x"], watch=False, every=15)
    for _ in range(3):
        next(due)
    assert slept == [900, 900]


def test_only_folders_can_be_watched(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("x")
    for path in ("webdavs://host/x", str(tmp_path / "a.md"), "/not/there"):
        with pytest.raises(UsageError, match="cannot be watched"):
            next(watching.passes([path], watch=True, every=0))
    with pytest.raises(UsageError, match="exclude each other"):
        next(watching.passes([str(tmp_path)], watch=True, every=5))


def test_a_change_in_a_watched_folder_is_a_pass_and_noise_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "_QUIET_MS", 250)
    due = watching.passes([str(tmp_path)], watch=True, every=0)
    next(due)
    (tmp_path / "early.md").write_text("changed during the first pass")
    next(due)
    (tmp_path / "~$lock.docx").write_text("noise")
    seen = threading.Event()

    def wait() -> None:
        next(due)
        seen.set()

    waiter = threading.Thread(target=wait, daemon=True)
    waiter.start()
    assert not seen.wait(1.5), "a lock file is no change"
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.md").write_text("a document")
    assert seen.wait(20)
    waiter.join()


def test_a_pass_that_fails_in_a_watched_folder_is_made_again(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # The server was being started anew when a revision was copied in: it stayed out until the next change.
    slept: list[float] = []
    monkeypatch.setattr("time.sleep", slept.append)
    outcomes: list[bool | Exception] = [
        ServerUnavailableError("It is away.", "Start it."),
        ResourceError("Full.", "Free it."),
        True,
    ]

    def work() -> bool:
        outcome = outcomes.pop(0)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    assert watching.insisting(work, watch=True) and slept == [10.0, 20.0]
    assert "It is away." in capsys.readouterr().err
    for error, watch in ((UsageError("No such pack.", "Name one."), True), (ResourceError("Full.", "Free it."), False)):
        outcomes = [error]
        with pytest.raises(type(error)):
            watching.insisting(work, watch=watch)


def quiet(what: str, done: int, total: int) -> None:
    del what, done, total


def as_they_are(paths: Sequence[str]) -> Fetching:
    return Fetching(list(paths), [])


def report(**fields: object) -> IngestReport:
    return IngestReport.model_validate({"pack": "power", **fields})


def test_paths_and_places_become_ingestions_with_their_origin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[tuple[list[str], str]] = []

    def ingest(paths: Sequence[str | Path], origin: str) -> IngestReport:
        calls.append((list(map(str, paths)), origin))
        return report(added=1, withdrawn=2, failed=(Failure(name="x", reason="r", remedy="m"),))

    settings = Settings(home=tmp_path)
    copied = mirror(_Empty(), tmp_path / "m")
    with_failure = copied._replace(failed=(Failure(name="y", reason="r", remedy="m"),))
    monkeypatch.setattr(intake, "mirror", lambda *_: with_failure)
    query = IngestQuery(pack="power", paths=("/a", "webdav://host/room", "/b"), sync=True)
    summary = intake.take_all(query, settings, Taking(ingest, as_they_are), quiet)
    assert calls == [(["/a", "/b"], ""), ([str(copied.folder)], "webdav://host/room/")]
    assert (summary.added, summary.withdrawn, [f.path for f in summary.failed]) == (2, 4, ["x", "y", "x"])
    calls.clear()
    intake.take_all(
        IngestQuery(pack="power", paths=("/u",), uploaded=True), settings, Taking(ingest, as_they_are), quiet
    )
    assert calls == [(["/u"], "upload://")]


class _Empty:
    origin = "webdav://host/room/"

    def files(self) -> Iterator[RemoteFile]:
        yield from ()

    def fetch(self, path: str, target: BinaryIO) -> None:
        raise AssertionError(path, target)


def test_a_wrong_address_is_said_before_anything_is_done(tmp_path: Path) -> None:
    def ingest(paths: Sequence[str | Path], origin: str) -> IngestReport:
        raise AssertionError(paths, origin)

    with pytest.raises(UsageError, match="name or password"):
        intake.take_all(
            IngestQuery(pack="power", paths=("/a", "imaps://kim:geheim@x/y")),
            Settings(home=tmp_path),
            Taking(ingest, as_they_are),
            lambda *_: None,
        )
