"""The registry: which documents there are, which revision of each is in force, and what could not be taken in and why.

A document's revisions are rows; activating one supersedes the one before it in the same transaction, so there is
never a moment with two or none in force. A file that fails stays listed with its reason until the same source
succeeds; what it had in force before stays in force.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import ColumnElement, delete, func, select, update

from walkdown.documents import DocumentStatus, Language, SourceDocument
from walkdown.errors import UnknownItemError
from walkdown.records.database import Database, DocumentRow, FailureRow


class DocumentRecord(BaseModel):
    """A document as the registry knows it. A failed file has its source as `id` and no language."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    pack: str
    id: str
    title: str = ""
    revision: str = ""
    language: Language | None = None
    sha256: str = ""
    media_type: str = ""
    file_name: str
    source: str
    status: DocumentStatus
    reason: str = ""
    remedy: str = ""
    chunk_count: int = 0
    page_count: int = 0
    warnings: tuple[str, ...] = ()
    effective_date: dt.date | None = None
    access: tuple[str, ...] = ()
    site: str = ""
    metadata: Mapping[str, str] = Field(default_factory=dict)
    fingerprint: str = ""
    ingested_at: dt.datetime


class PackCounts(NamedTuple):
    """What a pack holds: documents in force, their chunks, and files that failed."""

    documents: int = 0
    chunks: int = 0
    failed: int = 0


def _record(row: DocumentRow) -> DocumentRecord:
    fields = {name: getattr(row, name) for name in DocumentRecord.model_fields if hasattr(DocumentRow, name)}
    return DocumentRecord.model_validate(fields | {"metadata": row.details})


def _failure(row: FailureRow) -> DocumentRecord:
    return DocumentRecord(
        pack=row.pack,
        id=row.source,
        title=row.file_name,
        sha256=row.sha256,
        file_name=row.file_name,
        source=row.source,
        status=DocumentStatus.FAILED,
        reason=row.reason,
        remedy=row.remedy,
        ingested_at=row.failed_at,
    )


class Registry:
    """Documents of all packs. Threads and processes may share its database; all methods may raise ResourceError."""

    def __init__(self, url: str) -> None:
        """Open the registry at an SQLAlchemy URL. Raises UsageError (URL), ResourceError."""
        self._database = Database(url)

    def activate(
        self,
        document: SourceDocument,
        chunk_count: int,
        page_count: int = 0,
        warnings: Sequence[str] = (),
        *,
        fingerprint: str = "",
    ) -> DocumentRecord:
        """Put a document in force and its other revisions out of force, in one step.

        `fingerprint` names the chunker and encoders that made its chunks; see `find_unchanged`. The same revision
        handed in again replaces its entry.
        """
        shared = {"pack", "id", "revision", "title", "language", "sha256", "media_type", "file_name", "source", "site"}
        row = DocumentRow(
            **document.model_dump(include=shared),
            status=DocumentStatus.IN_FORCE.value,
            access=list(document.access),
            effective_date=document.effective_date,
            details=dict(document.metadata),
            fingerprint=fingerprint,
            chunk_count=chunk_count,
            page_count=page_count,
            warnings=list(warnings),
            reason="",
            ingested_at=dt.datetime.now(dt.UTC),
        )
        in_force = DocumentRow.status == DocumentStatus.IN_FORCE.value
        with self._database.transaction() as session:
            self._database.queue_for(session, f"{document.pack}/{document.id}")
            older = (*_is(document.pack, document.id), in_force, DocumentRow.revision != document.revision)
            session.execute(
                update(DocumentRow)
                .where(*older)
                .values(status=DocumentStatus.SUPERSEDED.value, reason=f"superseded by {document.revision!r}")
            )
            session.execute(
                delete(FailureRow).where(FailureRow.pack == document.pack, FailureRow.source == document.source)
            )
            merged = session.merge(row)
            session.flush()
            return _record(merged)

    def fail(
        self, pack: str, source: str, file_name: str, sha256: str | None, reason: str, remedy: str
    ) -> DocumentRecord:
        """Note that a file could not be taken in; what is in force stays so."""
        row = FailureRow(
            pack=pack,
            source=source,
            file_name=file_name,
            sha256=sha256 or "",
            reason=reason,
            remedy=remedy,
            failed_at=dt.datetime.now(dt.UTC),
        )
        with self._database.transaction() as session:
            merged = session.merge(row)
            session.flush()
            return _failure(merged)

    def documents(self, pack: str, status: DocumentStatus | None = None) -> list[DocumentRecord]:
        """Documents and failed files of a pack, by id and revision; of one status or all."""
        wanted = select(DocumentRow).where(DocumentRow.pack == pack)
        if status is not None:
            wanted = wanted.where(DocumentRow.status == status.value)
        with self._database.transaction() as session:
            found = [_record(row) for row in session.scalars(wanted)]
            if status in (None, DocumentStatus.FAILED):
                found += [_failure(row) for row in session.scalars(select(FailureRow).where(FailureRow.pack == pack))]
        return sorted(found, key=lambda record: (record.id, record.revision, record.status))

    def get(self, pack: str, document_id: str) -> DocumentRecord:
        """The revision in force, else the last one, else the failed file of that source. Raises UnknownItemError."""
        in_force_first = DocumentRow.status != DocumentStatus.IN_FORCE.value
        with self._database.transaction() as session:
            row = session.scalars(
                select(DocumentRow)
                .where(*_is(pack, document_id))
                .order_by(in_force_first, DocumentRow.ingested_at.desc())
                .limit(1)
            ).first()
            if row is not None:
                return _record(row)
            failure = session.get(FailureRow, (pack, document_id))
            if failure is not None:
                return _failure(failure)
        raise _unknown(pack, document_id)

    def find_unchanged(
        self, pack: str, *, sha256: str, fingerprint: str, document_id: str = "", source: str = ""
    ) -> DocumentRecord | None:
        """The document in force with this content and made the same way, by id or by source; None means work to do.

        Raises ValueError when neither id nor source is given.
        """
        if not document_id and not source:
            raise ValueError("name the document by id or by source")
        wanted = select(DocumentRow).where(
            DocumentRow.pack == pack,
            DocumentRow.status == DocumentStatus.IN_FORCE.value,
            DocumentRow.sha256 == sha256,
            DocumentRow.fingerprint == fingerprint,
        )
        if document_id:
            wanted = wanted.where(DocumentRow.id == document_id)
        if source:
            wanted = wanted.where(DocumentRow.source == source)
        with self._database.transaction() as session:
            row = session.scalars(wanted.limit(1)).first()
            return _record(row) if row is not None else None

    def withdraw(self, pack: str, document_id: str, reason: str = "") -> None:
        """Put a document out of force without a successor; its entry stays. Raises UnknownItemError."""
        with self._database.transaction() as session:
            changed = session.execute(
                update(DocumentRow)
                .where(*_is(pack, document_id), DocumentRow.status == DocumentStatus.IN_FORCE.value)
                .values(status=DocumentStatus.WITHDRAWN.value, reason=reason)
                .returning(DocumentRow.id)
            ).all()
        if not changed:
            raise _unknown(pack, document_id)

    def delete(self, pack: str, document_id: str) -> None:
        """Forget a document with all its revisions, or a failed file. Raises UnknownItemError."""
        with self._database.transaction() as session:
            gone = session.execute(delete(DocumentRow).where(*_is(pack, document_id)).returning(DocumentRow.id)).all()
            failure = session.get(FailureRow, (pack, document_id))
            if failure is not None:
                session.delete(failure)
        if not gone and failure is None:
            raise _unknown(pack, document_id)

    def counts(self) -> dict[str, PackCounts]:
        """What each pack holds; packs without anything are left out."""
        in_force = select(DocumentRow.pack, func.count(), func.sum(DocumentRow.chunk_count)).where(
            DocumentRow.status == DocumentStatus.IN_FORCE.value
        )
        with self._database.transaction() as session:
            rows = session.execute(in_force.group_by(DocumentRow.pack))
            held = {pack: (number, int(chunks)) for pack, number, chunks in rows}
            failures = select(FailureRow.pack, func.count()).group_by(FailureRow.pack)
            failed = {pack: int(number) for pack, number in session.execute(failures)}
        return {pack: PackCounts(*held.get(pack, (0, 0)), failed.get(pack, 0)) for pack in sorted({*held, *failed})}

    def close(self) -> None:
        """Close the connections."""
        self._database.close()


def _is(pack: str, document_id: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return DocumentRow.pack == pack, DocumentRow.id == document_id


def _unknown(pack: str, document_id: str) -> UnknownItemError:
    return UnknownItemError(
        f"The pack {pack} has no document {document_id!r}.", f"`walkdown documents {pack}` lists them."
    )
