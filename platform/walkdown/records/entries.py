"""What the registry knows of a document: its entries as typed values, and how they lie in the tables."""

import datetime as dt
from collections.abc import Mapping
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from walkdown.documents import DocumentStatus, Language, SourceDocument
from walkdown.index.standing import Marks
from walkdown.records.database import DocumentRow, FailureRow


class DocumentRecord(BaseModel):
    """An edition of a document as the registry knows it. A failed file has its source as `id` and no language.

    `edition` names its revision, content and making; `marks` say when it is in force; `rejected`: a person chose
    another one.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    pack: str
    id: str
    edition: str = ""
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
    rejected: bool = False
    marks: Marks = Marks()
    chunk_count: int = 0
    page_count: int = 0
    warnings: tuple[str, ...] = ()
    effective_date: dt.date | None = None
    access: tuple[str, ...] = ()
    site: str = ""
    metadata: Mapping[str, str] = Field(default_factory=dict)
    fingerprint: str = ""
    ingested_at: dt.datetime

    @classmethod
    def of(
        cls,
        document: SourceDocument,
        edition: str,
        *,
        chunk_count: int,
        page_count: int = 0,
        warnings: tuple[str, ...] = (),
        fingerprint: str = "",
    ) -> "DocumentRecord":
        """The entry of a document that was just read; whether it comes into force is settled later."""
        return cls(
            **document.model_dump(),
            edition=edition,
            status=DocumentStatus.IN_FORCE,
            chunk_count=chunk_count,
            page_count=page_count,
            warnings=warnings,
            fingerprint=fingerprint,
            ingested_at=dt.datetime.now(dt.UTC),
        )


class PackCounts(NamedTuple):
    """What a pack holds: documents in force, their chunks, and files that failed."""

    documents: int = 0
    chunks: int = 0
    failed: int = 0


def from_row(row: DocumentRow) -> DocumentRecord:
    """The entry of a row."""
    fields = {name: getattr(row, name) for name in DocumentRecord.model_fields if hasattr(DocumentRow, name)}
    return DocumentRecord.model_validate(fields | {"metadata": row.details, "marks": Marks(*row.marks)})


def to_row(record: DocumentRecord) -> DocumentRow:
    """The row of an entry."""
    fields = record.model_dump(exclude={"metadata", "remedy", "marks", "status"})
    lists = {name: list(fields[name]) for name in ("access", "warnings")}
    status, marks = record.status.value, list(record.marks)
    return DocumentRow(**fields | lists, details=dict(record.metadata), status=status, marks=marks)


def from_failure(row: FailureRow) -> DocumentRecord:
    """The entry of a file that could not be taken in."""
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
