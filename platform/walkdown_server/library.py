"""The registry and the kept originals as the `Library` that the routes ask."""

from pathlib import Path

from walkdown.records.blobs import BlobStore
from walkdown.records.registry import DocumentRecord, Registry
from walkdown.wire import DocumentInfo


class RegistryLibrary:
    """`Library` over a registry and a blob store."""

    def __init__(self, registry: Registry, blobs: BlobStore) -> None:
        self._registry = registry
        self._blobs = blobs

    def documents(self, pack: str) -> list[DocumentInfo]:
        """All revisions and failed files of a pack, by id."""
        return [info_of(record) for record in self._registry.documents(pack)]

    def count(self, pack: str) -> int:
        """Documents in force."""
        counts = self._registry.counts().get(pack)
        return counts.documents if counts else 0

    def get(self, pack: str, document_id: str) -> DocumentInfo:
        """The revision in force, else the last one. Raises UnknownItemError."""
        return info_of(self._registry.get(pack, document_id))

    def original(self, document: DocumentInfo) -> Path:
        """The original, checked against its sha256. Raises UnknownItemError, DocumentError."""
        return self._blobs.fetch(document.sha256)


def info_of(record: DocumentRecord) -> DocumentInfo:
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
        source=record.source,
        site=record.site,
        access=record.access,
        effective_date=record.effective_date,
        warnings=record.warnings,
        error=f"{record.reason} {record.remedy}".strip(),
    )
