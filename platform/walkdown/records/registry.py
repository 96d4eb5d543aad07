"""The registry: which documents there are, which revision of each is in force, and what could not be taken in and why.

What is in force changes only by `commit`: the entries and the pack's generation change in one transaction, and every
search reads the generation once (see `walkdown.index.standing`). A file that fails stays listed with its reason until
the same source succeeds; what it had in force before stays in force.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.orm import Session

from walkdown.documents import DocumentStatus
from walkdown.errors import ResourceError, UnknownItemError
from walkdown.records.database import Database, DocumentRow, FailureRow, GenerationRow
from walkdown.records.entries import DocumentRecord, PackCounts, from_failure, from_row, to_row

__all__ = ["DocumentRecord", "PackCounts", "Registry"]
_IN_FORCE = DocumentRow.status == DocumentStatus.IN_FORCE.value
_AT_ONCE = 500


class Registry:
    """Documents of all packs. Threads and processes may share its database; all methods may raise ResourceError."""

    def __init__(self, url: str) -> None:
        """Open the registry at an SQLAlchemy URL. Raises UsageError (URL), ResourceError."""
        self.database = Database(url)

    # -- what is in force ----------------------------------------------------------------------------------------

    def current(self, pack: str) -> int:
        """The generation of a pack: the number of its last complete change, 0 before the first."""
        with self.database.transaction() as session:
            return session.scalar(select(GenerationRow.number).where(GenerationRow.pack == pack)) or 0

    def is_new(self) -> bool:
        """True until the first change is noted."""
        with self.database.transaction() as session:
            return session.scalar(select(GenerationRow.pack).limit(1)) is None

    def changing(self, pack: str) -> AbstractContextManager[None]:
        """Keeps others, in any process, from changing what is in force in a pack."""
        return self.database.exclusive(pack)

    def intend(self, pack: str, editions: Iterable[str]) -> None:
        """Note which editions a change is about to touch in the index; `intent` tells them to whoever comes next."""
        with self.database.transaction() as session:
            row = session.get(GenerationRow, pack)
            if row is None:
                session.add(GenerationRow(pack=pack, number=0, intent=list(editions)))
            else:
                row.intent = list(editions)

    def intent(self, pack: str) -> list[str]:
        """Editions that a change touched and did not finish with; empty when none was cut short."""
        with self.database.transaction() as session:
            row = session.get(GenerationRow, pack)
            return list(row.intent) if row is not None else []

    def commit(
        self,
        pack: str,
        number: int,
        entries: Sequence[DocumentRecord],
        removed: Sequence[DocumentRecord] = (),
        *,
        finished: bool = True,
    ) -> None:
        """Make a change complete, in one step: these entries hold, those are gone, the generation is `number`.

        `finished`: nothing is left to do in the index, so the intent is forgotten as well. Failures of the entries'
        sources are forgotten. Raises ResourceError when somebody else made a change since (which `changing` prevents).
        """
        with self.database.transaction() as session:
            row = session.get(GenerationRow, pack, with_for_update=True)
            if row is None or row.number != number - 1:
                raise ResourceError(
                    f"The pack {pack} was changed by somebody else meanwhile.", "Do it again; nothing was changed."
                )
            row.number = number
            if finished:
                row.intent = []
            for old in removed:
                session.execute(delete(DocumentRow).where(*_is(pack, old.id), DocumentRow.edition == old.edition))
            # What leaves force is written first: the database itself refuses two in force.
            for record in sorted(entries, key=lambda r: r.status is DocumentStatus.IN_FORCE):
                session.merge(to_row(record))
                session.flush()
            _forget_failures(session, pack, [record.source for record in entries])

    # -- files that failed ---------------------------------------------------------------------------------------

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
        with self.database.transaction() as session:
            merged = session.merge(row)
            session.flush()
            return from_failure(merged)

    def forget_failures(self, pack: str, sources: Sequence[str]) -> None:
        """Forget failed files, because they are gone."""
        with self.database.transaction() as session:
            _forget_failures(session, pack, sources)

    # -- what there is -------------------------------------------------------------------------------------------

    def documents(self, pack: str, status: DocumentStatus | None = None) -> list[DocumentRecord]:
        """Editions of documents and failed files of a pack, by id and revision; of one status or all."""
        wanted = select(DocumentRow).where(DocumentRow.pack == pack)
        if status is not None:
            wanted = wanted.where(DocumentRow.status == status.value)
        with self.database.transaction() as session:
            found = [from_row(row) for row in session.scalars(wanted)]
            if status in (None, DocumentStatus.FAILED):
                failures = session.scalars(select(FailureRow).where(FailureRow.pack == pack))
                found += [from_failure(row) for row in failures]
        return sorted(
            found, key=lambda record: (record.id, record.revision, record.status, record.source, record.edition)
        )

    def editions(self, pack: str, ids: Iterable[str]) -> dict[str, list[DocumentRecord]]:
        """All entries of some documents, by id, in the order they were taken in."""
        wanted = list(dict.fromkeys(ids))
        found: dict[str, list[DocumentRecord]] = {document_id: [] for document_id in wanted}
        with self.database.transaction() as session:
            for start in range(0, len(wanted), _AT_ONCE):
                some = wanted[start : start + _AT_ONCE]
                rows = select(DocumentRow).where(DocumentRow.pack == pack, DocumentRow.id.in_(some))
                for row in session.scalars(rows.order_by(DocumentRow.ingested_at, DocumentRow.edition)):
                    found[row.id].append(from_row(row))
        return found

    def get(self, pack: str, document_id: str, *, edition: str = "") -> DocumentRecord:
        """The edition named, else the one in force, else the last one, else the failed file of that source.

        Raises UnknownItemError.
        """
        wanted = select(DocumentRow).where(*_is(pack, document_id))
        if edition:
            wanted = wanted.where(DocumentRow.edition == edition)
        in_force_first = DocumentRow.status != DocumentStatus.IN_FORCE.value
        with self.database.transaction() as session:
            row = session.scalars(wanted.order_by(in_force_first, DocumentRow.ingested_at.desc()).limit(1)).first()
            if row is not None:
                return from_row(row)
            failure = session.get(FailureRow, (pack, document_id))
            if failure is not None:
                return from_failure(failure)
        raise unknown(pack, document_id)

    def counts(self) -> dict[str, PackCounts]:
        """What each pack holds; packs without anything are left out."""
        in_force = select(DocumentRow.pack, func.count(), func.sum(DocumentRow.chunk_count)).where(_IN_FORCE)
        with self.database.transaction() as session:
            rows = session.execute(in_force.group_by(DocumentRow.pack))
            held = {pack: (number, int(chunks)) for pack, number, chunks in rows}
            failures = select(FailureRow.pack, func.count()).group_by(FailureRow.pack)
            failed = {pack: int(number) for pack, number in session.execute(failures)}
        return {pack: PackCounts(*held.get(pack, (0, 0)), failed.get(pack, 0)) for pack in sorted({*held, *failed})}

    def close(self) -> None:
        """Close the connections."""
        self.database.close()


def _is(pack: str, document_id: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return DocumentRow.pack == pack, DocumentRow.id == document_id


def _forget_failures(session: Session, pack: str, sources: Sequence[str]) -> None:
    for start in range(0, len(sources), _AT_ONCE):
        some = sources[start : start + _AT_ONCE]
        session.execute(delete(FailureRow).where(FailureRow.pack == pack, FailureRow.source.in_(some)))


def unknown(pack: str, document_id: str) -> UnknownItemError:
    """The error for a document that is not there."""
    return UnknownItemError(
        f"The pack {pack} has no document {document_id!r}.", f"`walkdown documents {pack}` lists them."
    )
