"""A database server that is away, silent or comes later: told as such within seconds, and made up for by itself."""

import sqlite3
import time
from collections.abc import Generator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from fastapi.testclient import TestClient
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from walkdown.errors import DatabaseAwayError, DatabaseBusyError, IndexUnavailableError, ResourceError
from walkdown.index.store import ChunkStore
from walkdown.records.database_errors import told
from walkdown.records.postgres import heard
from walkdown_server import app as app_module
from walkdown_server.app import create_app
from walkdown_server.lazy import Lazy
from walkdown_server.readiness import readiness
from walkdown_server.testing import fake_services

AWAY = DatabaseAwayError("The database is not there.", "Start it.")


@pytest.mark.parametrize(
    ("detail", "kind", "retryable"),
    [
        ("connection to server at 10.0.0.9, port 5432 failed: Connection refused", DatabaseAwayError, True),
        ("connection timeout expired", DatabaseAwayError, True),
        ("FATAL:  the database system is starting up", DatabaseAwayError, True),
        ("server closed the connection unexpectedly", DatabaseAwayError, True),
        ("FATAL:  sorry, too many clients already", DatabaseAwayError, True),
        ("database is locked", DatabaseBusyError, True),
        ("canceling statement due to lock timeout", DatabaseBusyError, True),
        ('FATAL:  password authentication failed for user "w"', ResourceError, False),
        ('FATAL:  database "w" does not exist', ResourceError, False),
        ("attempt to write a readonly database", ResourceError, False),
    ],
)
def test_a_server_that_is_away_is_told_apart_from_what_trying_again_does_not_mend(
    detail: str, kind: type[ResourceError], retryable: bool
) -> None:
    error = told(OperationalError("select 1", {}, psycopg.OperationalError(detail)), "postgresql://w")
    assert type(error) is kind
    assert error.retryable is retryable
    assert (error.http_status == 503) is retryable
    assert detail in error.cause


@pytest.mark.parametrize("detail", ["disk I/O error", "database or disk is full"])
def test_a_full_disk_under_sqlite_is_told_as_such(detail: str) -> None:
    error = told(OperationalError("select 1", {}, sqlite3.OperationalError(detail)), "sqlite:///w.db")
    assert "Free some space" in error.remedy


def test_a_pool_without_a_connection_is_a_server_that_is_away() -> None:
    error = told(PoolTimeout("QueuePool limit of size 5 overflow 10 reached"), "postgresql://w")
    assert type(error) is DatabaseAwayError


class Line:
    """A connection of which only the closing is known."""

    def __init__(self) -> None:
        self.pgconn, self.closed = self, False

    def finish(self) -> None:
        self.closed = True


def exchange(replies: int) -> Generator[Any, Any, str]:
    """Steps of the driver that end after so many replies of the server."""
    while replies:
        if (yield 1):
            replies -= 1
    return "done"


def drive(steps: Generator[Any, Any, str], ready: list[int], pause: float) -> str:
    next(steps)
    try:
        for value in ready:
            time.sleep(pause)
            steps.send(value)
    except StopIteration as end:
        return str(end.value)
    return "still waiting"


def test_a_silent_server_is_given_up_and_its_connection_closed() -> None:
    line = Line()
    with pytest.raises(psycopg.OperationalError, match="does not answer"):
        drive(heard(exchange(1), line, 0.05), [0] * 100, 0.01)  # type: ignore[arg-type]
    assert line.closed


def test_a_slow_server_that_sends_now_and_then_is_waited_for() -> None:
    line = Line()
    assert drive(heard(exchange(10), line, 0.05), [1] * 10, 0.02) == "done"  # type: ignore[arg-type]
    assert not line.closed


def test_ready_names_the_registry_and_asks_a_server_that_is_away_once(tmp_path: Path) -> None:
    services = fake_services(tmp_path)
    services.library.get()
    asked: list[int] = []

    def away() -> None:
        asked.append(1)
        raise AWAY

    services.reach = away
    found = {part.name: part for part in readiness(services).parts}
    assert not found["registry"].ok and found["registry"].cause == AWAY.cause
    assert not found["packs"].ok and not found["index"].ok
    assert "without the registry" in found["index"].cause
    assert found["disk"].ok
    assert asked == [1]


def test_a_part_that_could_not_be_loaded_is_tried_again_though_nobody_asks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app_module, "WARM_PERIOD", 0.05)
    services = fake_services(tmp_path)
    store, there = services.store.get(), False

    def open_later() -> ChunkStore:
        if not there:
            raise IndexUnavailableError("Qdrant cannot be reached.", "Start it.")
        return store

    services.store = Lazy(open_later)
    with TestClient(create_app(services)) as client:
        deadline = time.monotonic() + 20
        while client.get("/ready").json()["parts"] and services.store.error is None and time.monotonic() < deadline:
            time.sleep(0.02)
        assert client.get("/ready").status_code == 503
        there = True
        while client.get("/ready").status_code != 200 and time.monotonic() < deadline:
            time.sleep(0.05)
        assert client.get("/ready").status_code == 200
