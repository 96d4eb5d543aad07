"""A database that another program holds: answers are not held up by their records, and no record is lost."""

import asyncio
import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from walkdown.answering.events import Final
from walkdown.documents import Answer, Principal
from walkdown.errors import DatabaseBusyError, ResourceError, UnknownItemError
from walkdown.records import answers, outbox
from walkdown.records.answers import AnswerLog
from walkdown.records.database import Database
from walkdown.records.outbox import Outbox
from walkdown.testing.records_suite import make_answer
from walkdown_server.readiness import readiness
from walkdown_server.services import Services
from walkdown_server.testing import fake_services

QUESTION = "What is the minimum flow of P-101A?"


@pytest.fixture
def services(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Services:
    monkeypatch.setattr(answers, "PATIENCE", 0.05)
    made = fake_services(tmp_path)
    made.answers.get()
    return made


@contextmanager
def locked(services: Services) -> Iterator[None]:
    other = sqlite3.connect(services.settings.home / "walkdown.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.rollback()
        other.close()


def ask(services: Services) -> Answer:
    async def last() -> Answer:
        [final] = [e async for e in services.ask(QUESTION, services.packs.get("power")) if isinstance(e, Final)]
        return final.answer

    return asyncio.run(last())


def test_a_record_waits_for_a_locked_database_and_is_read_meanwhile(services: Services) -> None:
    """Red without `outbox.put`, without the look into the outbox, or where settling forgets before it writes."""
    log = services.answers.get()
    with locked(services):
        answer = ask(services)
        assert answer.record_id and not any("could not be recorded" in told for told in answer.findings)
        assert log.waiting() == 1 and log.get(answer.record_id).question == QUESTION
        with pytest.raises(DatabaseBusyError):
            log.settle()
        services.settle_records()
        assert log.waiting() == 1
        details = {part.name: part.detail for part in readiness(services).parts}
        assert details["registry"] == "open; 1 records of answers wait for it"
    services.settle_records()
    assert log.waiting() == 0 and log.get(answer.record_id).answer.text == answer.text
    assert [record.record_id for record in log.latest("power")] == [answer.record_id]


def test_the_next_record_takes_the_waiting_ones_along(services: Services) -> None:
    """Red where `add` does not settle: a command that ends at once would never write them."""
    with locked(services):
        first = ask(services)
    second = ask(services)
    kept = {record.record_id for record in services.answers.get().latest("power")}
    assert kept == {first.record_id, second.record_id}


def test_a_record_that_two_processes_settle_is_written_once(services: Services) -> None:
    """Red where a record that is there already keeps its file, and the ones behind it, waiting for ever."""
    log, outbox = services.answers.get(), Outbox(services.settings.outbox_dir)
    answer = ask(services)
    outbox.put(log.get(answer.record_id))
    assert log.settle() == 1 and log.waiting() == 0 and len(log.latest("power")) == 1


def test_what_is_no_record_keeps_nothing_waiting(services: Services) -> None:
    """Red where half a file ends the settling."""
    folder = services.settings.outbox_dir
    folder.mkdir()
    (folder / "half.json").write_text('{"record_id": "ha')
    with locked(services):
        ask(services)
    assert services.answers.get().settle() == 1
    assert (folder / "half.json").exists()


def test_an_id_is_no_path(services: Services) -> None:
    """Red where the id is made into a path: any record-like file of the machine could be read."""
    with locked(services):
        answer = ask(services)
        with pytest.raises(UnknownItemError):
            services.answers.get().get(f"../{services.settings.outbox_dir.name}/{answer.record_id}")


def test_an_answer_says_so_where_neither_takes_its_record(services: Services) -> None:
    services.settings.outbox_dir.write_text("no folder")
    with locked(services):
        answer = ask(services)
    assert answer.record_id == "" and any("could not be recorded" in told for told in answer.findings)


def test_a_record_that_no_disk_takes_is_held_until_there_is_room(
    services: Services, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A full disk: the reader is told, `/ready` too, and the record is written once there is room."""
    log, rename = services.answers.get(), Path.replace

    def full(path: Path, target: Path) -> Path:
        if path.parent.name == "records-waiting":
            raise OSError(errno.ENOSPC, "No space left on device")
        return rename(path, target)

    with locked(services):
        monkeypatch.setattr(Path, "replace", full)
        answer = ask(services)
        assert not answer.record_id and any("could not be recorded" in told for told in answer.findings)
        told = {part.name: part for part in readiness(services).parts}["records"]
        assert not told.ok and not told.required and "in memory only" in told.cause and "Free some space" in told.remedy
        asyncio.run(services.close())
        assert "records_lost" in "".join(capsys.readouterr())
    services.settle_records()
    (kept,) = log.latest()
    assert kept.question == QUESTION and kept.record_id and log.held() == log.waiting() == 0
    assert "records" not in {part.name for part in readiness(services).parts}


def test_no_more_is_held_than_fits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "_MOST_HELD", 2)
    (tmp_path / "file").write_text("")
    full = Outbox(tmp_path / "file")
    log = AnswerLog(f"sqlite:///{tmp_path}/w.db", full)
    record = log.add(make_answer("r0"), Principal())
    for name in ("r1", "r2", "r3"):
        with pytest.raises(ResourceError):
            full.put(record.model_copy(update={"record_id": name}))
    assert [one.record_id for one in full.held()] == ["r2", "r3"]


def test_a_database_that_is_there_opens_while_another_writes(services: Services) -> None:
    """Red where opening makes the tables without looking: a server under a long write could not even start."""
    with locked(services):
        Database(services.settings.registry_url, patience=0.05).close()


def test_a_change_that_waited_too_long_says_who_and_that_it_may_be_tried_again(services: Services) -> None:
    answer = ask(services)
    with locked(services), pytest.raises(DatabaseBusyError, match="Another program") as raised:
        services.answers.get().report_gap(answer.record_id)
    assert isinstance(raised.value, ResourceError) and raised.value.retryable and "again" in raised.value.remedy
