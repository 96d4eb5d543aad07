"""Published versions of packs: which there are, and in one row for each pack the version in service.

Everything of a version lies under a name of its own in index and registry (`power@0.2.0`), so a version that is being
built is seen by nobody, and a switch is the change of one row.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import String, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from walkdown.errors import UnknownItemError, UsageError
from walkdown.records.database import Base, Database

State = Literal["building", "ready"]
INSTALLED = ""
"""Stands for the files of the installation, which are in service until a version is published."""


class ReleaseRow(Base):
    """One published version of a pack, or one that is being built."""

    __tablename__ = "pack_releases"
    name: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[str] = mapped_column(primary_key=True)
    state: Mapped[str] = mapped_column(String(16))
    folder: Mapped[str]
    sha256: Mapped[str] = mapped_column(String(64))
    report: Mapped[dict[str, str]]
    made_at: Mapped[dt.datetime]


class ServiceRow(Base):
    """The version of a pack that answers."""

    __tablename__ = "pack_service"
    name: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[str]
    since: Mapped[dt.datetime]


class Release(BaseModel):
    """A version of a pack. `report` are figures and counts as text, by name."""

    model_config = ConfigDict(frozen=True)

    pack: str
    version: str
    state: State
    folder: str
    sha256: str
    in_service: bool
    made_at: dt.datetime
    report: Mapping[str, str] = Field(default_factory=dict)


def index_name(pack: str, version: str) -> str:
    """The name under which a version's documents lie in index and registry."""
    return f"{pack}@{version}" if version else pack


def version_key(version: str) -> tuple[int, ...]:
    """What versions are compared by: 0.10.0 is later than 0.9.0."""
    return tuple(int(part) for part in version.split("."))


class Releases:
    """Published versions of all packs. Threads and processes may share it; all methods may raise ResourceError."""

    def __init__(self, url: str) -> None:
        """Open the database at an SQLAlchemy URL. Raises UsageError (URL), ResourceError."""
        self._database = Database(url)

    def in_service(self, pack: str) -> str:
        """The version that answers; INSTALLED when none was published."""
        with self._database.transaction() as session:
            return session.scalar(select(ServiceRow.version).where(ServiceRow.name == pack)) or INSTALLED

    def packs(self) -> list[str]:
        """Packs with a published version in service."""
        with self._database.transaction() as session:
            rows = session.scalars(select(ServiceRow.name).where(ServiceRow.version != INSTALLED))
            return sorted(rows)

    def all(self, pack: str) -> list[Release]:
        """The versions of a pack, the earliest first, those under way among them."""
        with self._database.transaction() as session:
            serving = session.scalar(select(ServiceRow.version).where(ServiceRow.name == pack))
            rows = session.scalars(select(ReleaseRow).where(ReleaseRow.name == pack)).all()
            found = [_release(row, serving == row.version) for row in rows]
        return sorted(found, key=lambda release: version_key(release.version))

    def get(self, pack: str, version: str) -> Release:
        """One version. Raises UnknownItemError."""
        found = next((release for release in self.all(pack) if release.version == version), None)
        if found is None:
            raise UnknownItemError(
                f"The pack {pack} has no version {version!r}.", f"`walkdown pack versions {pack}` lists them."
            )
        return found

    def begin(self, pack: str, version: str, *, folder: str, sha256: str) -> None:
        """Note that a version is being built, so that it is cleared away if its builder dies."""
        with self._database.transaction() as session:
            row = ReleaseRow(
                name=pack,
                version=version,
                state="building",
                folder=folder,
                sha256=sha256,
                report={},
                made_at=dt.datetime.now(dt.UTC),
            )
            session.merge(row)

    def put_in_service(self, pack: str, version: str, report: Mapping[str, str] | None = None) -> None:
        """Let a version answer, from the next question on: one transaction. `report` ends its building.

        Raises UnknownItemError, and UsageError for a version that was never finished.
        """
        with self._database.transaction() as session:
            if version != INSTALLED:
                row = session.get(ReleaseRow, (pack, version))
                if row is None:
                    raise UnknownItemError(f"The pack {pack} has no version {version!r}.", "Publish it first.")
                if report is not None:
                    row.state, row.report = "ready", dict(report)
                if row.state != "ready":
                    raise UsageError(f"Version {version} of {pack} was never finished.", "Publish it again.")
            session.merge(ServiceRow(name=pack, version=version, since=dt.datetime.now(dt.UTC)))

    def forget(self, pack: str, version: str) -> None:
        """Forget a version with everything the registry holds of it. Raises UsageError for the one in service."""
        own = index_name(pack, version)
        with self._database.transaction() as session:
            if session.scalar(select(ServiceRow.version).where(ServiceRow.name == pack)) == version:
                raise UsageError(f"Version {version} of {pack} is in service.", "Put another one in service first.")
            for table in Base.metadata.sorted_tables:
                # Answers are records of what was said; they outlive the version that said it.
                if "pack" in table.columns and table.name != "answers":
                    session.execute(delete(table).where(table.columns["pack"] == own))
            session.execute(delete(ReleaseRow).where(ReleaseRow.name == pack, ReleaseRow.version == version))

    def close(self) -> None:
        """Close the connections."""
        self._database.close()


def _release(row: ReleaseRow, in_service: bool) -> Release:
    return Release(
        pack=row.name,
        version=row.version,
        state="ready" if row.state == "ready" else "building",
        folder=row.folder,
        sha256=row.sha256,
        in_service=in_service,
        made_at=row.made_at,
        report=row.report,
    )
