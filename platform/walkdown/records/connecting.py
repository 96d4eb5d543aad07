"""Connections to the database of the records: SQLite or PostgreSQL, and how long one waits for another writer."""

import sqlite3
import time
from pathlib import Path

from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from walkdown.errors import ResourceError, UsageError
from walkdown.records.postgres import SILENCE, arguments, bound

PATIENCE = 30.0
"""Seconds that a change waits for another writer."""
_WAL_ATTEMPTS, _WAL_PAUSE = 50, 0.1


def connect(url: str, patience: float) -> Engine:
    """An engine whose writers wait `patience` seconds for others; nothing is sent yet.

    Raises UsageError for a URL that cannot be read, ResourceError where its folder cannot be made.
    """
    try:
        parsed = make_url(url)
        if parsed.drivername in ("postgres", "postgresql"):
            parsed = parsed.set(drivername="postgresql+psycopg")
        if parsed.get_backend_name() != "sqlite":
            return _postgres(parsed, patience)
        if parsed.database and parsed.database != ":memory:":
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(parsed, connect_args={"timeout": patience})
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
        raise UsageError(
            f"The database URL cannot be read ({type(error).__name__}).",
            "Write it like sqlite:////data/walkdown.db or postgresql://user:password@host/name.",
        ) from None
    except OSError as error:
        raise ResourceError(
            f"The folder {Path(parsed.database or '').parent} of the database cannot be made ({error.strerror}).",
            "Choose another one (WALKDOWN_HOME, or WALKDOWN_DATABASE_URL); a file may stand in its place.",
        ) from None
    event.listen(engine, "connect", _set_up_sqlite)
    return engine


def _postgres(url: URL, patience: float) -> Engine:
    given = arguments(patience, PATIENCE)
    engine = create_engine(url, pool_pre_ping=True, pool_timeout=SILENCE, connect_args=given)
    bound(engine, patience, PATIENCE)
    return engine


def _set_up_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    """Readers do not wait for the writer, and a committed record survives the loss of power."""
    connection.execute("PRAGMA synchronous=FULL")
    for attempt in range(1, _WAL_ATTEMPTS + 1):
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError:  # the one statement that does not wait for others by itself
            if attempt == _WAL_ATTEMPTS:
                raise
            time.sleep(_WAL_PAUSE)
