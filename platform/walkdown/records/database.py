"""The database of the records: SQLite in the data directory by default, PostgreSQL by URL; the same tables in both."""

import datetime as dt
import fcntl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    Connection,
    DateTime,
    Dialect,
    Index,
    String,
    TypeDecorator,
    func,
    inspect,
    select,
    text,
)
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, sessionmaker

from walkdown.documents import DocumentStatus
from walkdown.errors import ResourceError
from walkdown.records.connecting import PATIENCE, connect
from walkdown.records.database_errors import told

SCHEMA = 2
"""Version of the tables; those of version 1 are brought up to it, any other is refused."""
_ASK_AGAIN = 0.1


class UtcDateTime(TypeDecorator[dt.datetime]):
    """A moment: always with a time zone in Python, always UTC in the database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """To the database. Raises ValueError for a moment without a time zone."""
        del dialect
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(dt.UTC)

    def process_result_value(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """From the database; SQLite forgets the zone."""
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


class Base(DeclarativeBase):
    """Base of the tables."""

    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads this attribute of the class
        dt.datetime: UtcDateTime,
        list[str]: JSON,
        list[int]: JSON,
        dict[str, str]: JSON,
        dict[str, Any]: JSON,
    }


class SchemaRow(Base):
    """One row: the version of the tables."""

    __tablename__ = "walkdown_schema"
    version: Mapped[int] = mapped_column(primary_key=True)


class DocumentRow(Base):
    """One edition of one document: a revision with its content and the way it was made."""

    __tablename__ = "documents"
    pack: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    edition: Mapped[str] = mapped_column(primary_key=True)
    revision: Mapped[str]
    status: Mapped[str] = mapped_column(String(16))
    title: Mapped[str]
    language: Mapped[str] = mapped_column(String(2))
    sha256: Mapped[str] = mapped_column(String(64))
    media_type: Mapped[str]
    file_name: Mapped[str]
    source: Mapped[str] = mapped_column(index=True)
    site: Mapped[str]
    access: Mapped[list[str]]
    effective_date: Mapped[dt.date | None]
    details: Mapped[dict[str, str]]
    fingerprint: Mapped[str]
    chunk_count: Mapped[int]
    page_count: Mapped[int]
    warnings: Mapped[list[str]]
    reason: Mapped[str] = mapped_column(default="")
    rejected: Mapped[bool] = mapped_column(default=False)
    marks: Mapped[list[int]] = mapped_column(default=list)
    ingested_at: Mapped[dt.datetime]


# Never two revisions in force: held by the database, whoever writes.
_IN_FORCE = DocumentRow.status == DocumentStatus.IN_FORCE.value
Index("one_in_force", DocumentRow.pack, DocumentRow.id, unique=True, sqlite_where=_IN_FORCE, postgresql_where=_IN_FORCE)


class GenerationRow(Base):
    """The number of the last complete change of a pack, and the editions that a change under way touches."""

    __tablename__ = "generations"
    pack: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int]
    intent: Mapped[list[str]]


class SketchRow(Base):
    """The sketch of an edition's wording, and the near-duplicates that its passages are marked with."""

    __tablename__ = "sketches"
    pack: Mapped[str] = mapped_column(primary_key=True)
    edition: Mapped[str] = mapped_column(primary_key=True)
    sketch: Mapped[list[int]]
    twins: Mapped[list[str]]


class FailureRow(Base):
    """A file that could not be taken in; it goes when the same source succeeds."""

    __tablename__ = "failures"
    pack: Mapped[str] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(primary_key=True)
    file_name: Mapped[str]
    sha256: Mapped[str] = mapped_column(String(64))
    reason: Mapped[str]
    remedy: Mapped[str]
    failed_at: Mapped[dt.datetime]


class AnswerRow(Base):
    """One answer as it was given."""

    __tablename__ = "answers"
    record_id: Mapped[str] = mapped_column(primary_key=True)
    asked_at: Mapped[dt.datetime] = mapped_column(index=True)
    principal: Mapped[str]
    groups: Mapped[list[str]]
    pack: Mapped[str]
    question: Mapped[str]
    status: Mapped[str] = mapped_column(String(16))
    model: Mapped[str]
    prompt_hash: Mapped[str] = mapped_column(String(64))
    answer: Mapped[dict[str, Any]]


class ConversationRow(Base):
    """Where an answer stands: the conversation that it belongs to, and whose it is."""

    __tablename__ = "conversations"
    record_id: Mapped[str] = mapped_column(primary_key=True)
    conversation: Mapped[str] = mapped_column(index=True)
    owner: Mapped[str] = mapped_column(index=True)


class GapRow(Base):
    """A record that a reader reported: the documents lack what it asks for."""

    __tablename__ = "gaps"
    record_id: Mapped[str] = mapped_column(primary_key=True)
    pack: Mapped[str] = mapped_column(index=True)
    reported_at: Mapped[dt.datetime]
    note: Mapped[str]


class Database:
    """One database with its tables made. Threads may share it."""

    def __init__(self, url: str, *, patience: float = PATIENCE) -> None:
        """Connect and make the tables where they are missing; `patience` is how long another writer is waited for.

        Raises UsageError for a URL that cannot be read, DatabaseBusyError, ResourceError when the database cannot be
        used or has tables of another version.
        """
        self._engine = connect(url, patience)
        self._place = self._engine.url.render_as_string(hide_password=True)
        self._sessions = sessionmaker(self._engine, expire_on_commit=False)
        self._local = threading.RLock()
        with self._errors():
            # Looked at first: making tables waits for other writers, and questions need none.
            if not self._up_to_date():
                self._make_tables()

    def _up_to_date(self) -> bool:
        with self._engine.connect() as connection:
            there = set(inspect(connection).get_table_names())
            return there >= set(Base.metadata.tables) and connection.scalar(select(SchemaRow.version)) == SCHEMA

    def _make_tables(self) -> None:
        with self._sessions.begin() as session:
            # Processes that start together make the tables one after another.
            if self._engine.dialect.name == "sqlite":
                session.connection().exec_driver_sql("BEGIN IMMEDIATE")
            self.queue_for(session, "schema")
            connection = session.connection()
            known = inspect(connection).has_table(SchemaRow.__tablename__)
            version = session.scalar(select(SchemaRow.version)) if known else None
            if version == 1:
                version = _upgrade(connection)
            Base.metadata.create_all(connection)
            if version is None:
                session.add(SchemaRow(version=SCHEMA))
            elif version != SCHEMA:
                raise ResourceError(
                    f"The database {self._place} has tables of version {version}; this Walkdown needs {SCHEMA}.",
                    "Use the Walkdown that made it, or name another database (WALKDOWN_DATABASE_URL).",
                )

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A session whose changes are committed together at the end, or not at all. Raises ResourceError."""
        with self._errors(), self._sessions.begin() as session:
            yield session

    def queue_for(self, session: Session, key: str) -> None:
        """Let transactions that name the same key run one after another.

        SQLite has one writer at a time anyway; PostgreSQL would let two writers collide on a unique index.
        """
        if self._engine.dialect.name == "postgresql":
            session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(key, 0))))

    @contextmanager
    def exclusive(self, key: str) -> Iterator[None]:
        """Let one holder of a key at a time run, over all threads and processes. Raises ResourceError."""
        if self._engine.dialect.name == "postgresql":
            with self._held(func.hashtextextended(f"exclusive/{key}", 0)):
                yield
            return
        with self._local:
            place = self._engine.url.database
            if not place or place == ":memory:":
                yield
                return
            with Path(f"{place}.lock").open("a") as file:
                fcntl.flock(file, fcntl.LOCK_EX)
                yield

    @contextmanager
    def _held(self, number: ColumnElement[int]) -> Iterator[None]:
        """A lock of the PostgreSQL server. Asked for anew rather than waited for: a silent server would hold us."""
        with self._errors(), self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            while not connection.scalar(select(func.pg_try_advisory_lock(number))):
                time.sleep(_ASK_AGAIN)
            try:
                yield
            finally:
                # A server that went away has let go by itself, and what was done under the lock is done.
                with suppress(SQLAlchemyError):
                    connection.execute(select(func.pg_advisory_unlock(number)))

    def ping(self) -> None:
        """Ask for nothing. Raises ResourceError where the database cannot be used."""
        with self._errors(), self._engine.connect() as connection:
            connection.execute(select(1))

    def close(self) -> None:
        """Close the connections; again is harmless."""
        self._engine.dispose()

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except IntegrityError:
            raise
        except SQLAlchemyError as error:
            raise told(error, self._place) from error


def _upgrade(connection: Connection) -> int:
    """Bring tables of version 1 up to date: their rows become editions without passages, which are taken in anew."""
    old = [dict(row) for row in connection.execute(text("SELECT * FROM documents")).mappings()]
    connection.execute(text("DROP TABLE documents"))
    Base.metadata.create_all(connection)
    columns = ", ".join([*old[0], "edition", "rejected", "marks"]) if old else ""
    values = ", ".join(f":{name}" for name in columns.split(", "))
    for row in old:
        row |= {"edition": f"1:{row['revision']}", "rejected": False, "marks": "[]"}
        connection.execute(text(f"INSERT INTO documents ({columns}) VALUES ({values})"), row)  # noqa: S608 - own names
    connection.execute(text("UPDATE walkdown_schema SET version = 2"))
    return SCHEMA
