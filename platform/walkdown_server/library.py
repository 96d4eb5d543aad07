"""The registry and the kept originals as the `Library` that the routes ask."""

import unicodedata
from collections.abc import Callable
from pathlib import Path

from walkdown.errors import UnknownItemError
from walkdown.index.standing import day_of
from walkdown.index.store import ChunkStore
from walkdown.records.blobs import BlobStore
from walkdown.records.publishing import Publisher
from walkdown.records.registry import DocumentRecord, Registry
from walkdown.records.twins import twins_of
from walkdown.wire import DocumentInfo


class RegistryLibrary:
    """`Library` over a registry and a blob store."""

    def __init__(self, registry: Registry, blobs: BlobStore, store: Callable[[], ChunkStore]) -> None:
        """`store` gives the index, which only a change of what is in force needs."""
        self._registry = registry
        self._blobs = blobs
        self._store = store

    def documents(self, pack: str) -> list[DocumentInfo]:
        """All revisions and failed files of a pack, by id."""
        twins = twins_of(self._registry, pack)
        return [info_of(record, twins.get(record.edition, ())) for record in self._registry.documents(pack)]

    def count(self, pack: str) -> int:
        """Documents in force."""
        counts = self._registry.counts().get(pack)
        return counts.documents if counts else 0

    def get(self, pack: str, document_id: str, *, edition: str = "") -> DocumentInfo:
        """The edition named, else the one in force, else the last one. Raises UnknownItemError."""
        return info_of(self._registry.get(pack, _as_kept(document_id), edition=edition))

    def withdraw(self, pack: str, document_id: str, reason: str = "") -> list[DocumentInfo]:
        """Take a document out of force at once. Raises UnknownItemError."""
        return [info_of(record) for record in self._publisher(pack).withdraw(_as_kept(document_id), reason)]

    def restore(self, pack: str, document_id: str) -> list[DocumentInfo]:
        """Undo a withdrawal. Raises UnknownItemError."""
        return [info_of(record) for record in self._publisher(pack).restore(_as_kept(document_id))]

    def decide(self, pack: str, document_id: str, sha256: str) -> list[DocumentInfo]:
        """Put one content of a document in force. Raises UnknownItemError, UsageError."""
        return [info_of(record) for record in self._publisher(pack).decide(_as_kept(document_id), sha256)]

    def _publisher(self, pack: str) -> Publisher:
        return Publisher(self._registry, self._store(), pack)

    def original(self, document: DocumentInfo) -> Path:
        """The original, checked against its sha256. Raises UnknownItemError, which names its file, DocumentError."""
        if not self._blobs.holds(document.sha256):
            # Inside an archive or mail it comes back with that; a line of a records file never had one.
            file, _, _ = document.source.partition("#")
            raise UnknownItemError(
                f"The original of {document.id} ({document.file_name}) is not kept.",
                f"Ingest {file.rpartition('/')[2] or document.file_name} again; a line of a records file has none.",
            )
        return self._blobs.fetch(document.sha256)


def _as_kept(document_id: str) -> str:
    """A number as it is kept: a Mac writes file names, and so their numbers, in letters that are taken apart."""
    return unicodedata.normalize("NFC", document_id)


def info_of(record: DocumentRecord, twins: tuple[str, ...] = ()) -> DocumentInfo:
    """The wire form of a registry entry."""
    return DocumentInfo(
        id=record.id,
        pack=record.pack,
        title=record.title,
        revision=record.revision,
        status=record.status,
        chunks=record.chunk_count,
        pages=record.page_count,
        language=record.language,
        media_type=record.media_type,
        file_name=record.file_name,
        sha256=record.sha256,
        edition=record.edition,
        source=record.source,
        site=record.site,
        plant_unit=record.metadata.get("unit", ""),
        document_type=record.metadata.get("type", ""),
        twins=twins,
        access=record.access,
        effective_date=record.effective_date,
        effective_until=day_of(record.marks.to_day),
        warnings=record.warnings,
        error=f"{record.reason} {record.remedy}".strip(),
    )
