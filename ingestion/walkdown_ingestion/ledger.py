"""What the registry already knows when an ingestion begins: which files need no work, and which hold known content."""

import hashlib
from pathlib import Path

from walkdown.documents import DocumentStatus, SourceDocument
from walkdown.records.registry import DocumentRecord, Registry
from walkdown.records.revisions import ABSENT, stands


class Ledger:
    """The documents of a pack as the registry had them at the start, and those taken in during this run."""

    def __init__(self, registry: Registry, pack: str) -> None:
        self._by_source: dict[str, list[DocumentRecord]] = {}
        self._inside: dict[str, set[str]] = {}
        self._holders: dict[tuple[str, str, str], tuple[str, str]] = {}
        self._ids: set[str] = set()
        self._by_content: dict[str, list[DocumentRecord]] = {}
        self._anew: set[str] = set()
        self._origin: str = ""
        self._listed: dict[str, Path] = {}
        for record in registry.documents(pack):
            if record.status is DocumentStatus.FAILED:
                continue
            self._ids.add(record.id)
            self._by_content.setdefault(record.sha256, []).append(record)
            self._by_source.setdefault(record.source, []).append(record)
            container, _, member = record.source.partition("#")
            if member:
                self._inside.setdefault(container, set()).add(record.source)
            self._holders[record.id, record.revision, record.sha256] = (record.source, record.file_name)

    def listed(self, origin: str, files: dict[str, Path]) -> None:
        """Tell which files of an origin there are now, by source: others of it do not stand any more."""
        self._origin, self._listed = origin, files

    def _stands(self, source: str) -> bool:
        if self._origin and source.startswith(self._origin):
            return source.partition("#")[0] in self._listed
        return stands(source)

    def _still_holds(self, source: str, sha256: str) -> bool:
        """False where a file is gone or holds something else; for a file inside another, where that one is gone."""
        path = self._listed.get(source, Path(source))
        if not self._stands(source) or "#" in source or ("://" in source and source not in self._listed):
            return self._stands(source)
        try:
            with path.open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest() == sha256
        except OSError:
            return True

    def moved(self, document: SourceDocument) -> list[DocumentRecord]:
        """Other documents with this very content: their file is gone, or it is this one and was known by another id."""
        here = [r for r in self._by_source.get(document.source, ()) if r.sha256 == document.sha256]
        # A file of records or an archive holds several documents, and each keeps its own.
        renamed = here if len(here) == 1 and "#" not in document.source else []
        return [r for r in renamed if r.id != document.id and r.status is not DocumentStatus.WITHDRAWN] + [
            record
            for record in self._by_content.get(document.sha256, ())
            if record.id != document.id
            and record.source != document.source
            and record.status is not DocumentStatus.WITHDRAWN
            and not self._stands(record.source)
        ]

    def knows(self, document_id: str) -> bool:
        """True when the registry had the document at the start, or it was taken in during this run."""
        return document_id in self._ids

    def editions(self) -> dict[str, DocumentRecord]:
        """All entries there were at the start, by edition."""
        return {record.edition: record for records in self._by_source.values() for record in records}

    def forget(self, editions: frozenset[str]) -> None:
        """Take these editions as changed, and the files they are in; what was withdrawn stays known."""
        for source, records in self._by_source.items():
            kept = [r for r in records if r.edition not in editions or r.status is DocumentStatus.WITHDRAWN]
            if len(kept) < len(records):
                # A member is read with its archive or mail, however many others of it are there.
                self._anew.add(source.partition("#")[0])
            records[:] = kept

    def must_read(self, source: str) -> bool:
        """True where something that was made of a file was forgotten."""
        return source in self._anew

    def unchanged(self, source: str, sha256: str, fingerprint: str) -> DocumentRecord | None:
        """What was made of this very content in this very way; None means there is work to do.

        A document that a person withdrew stays so: handing in the same file again does not bring it back.
        """
        for record in self._by_source.get(source, ()):
            if record.sha256 != sha256:
                continue
            by_person = record.status is DocumentStatus.WITHDRAWN and ABSENT not in record.metadata
            if by_person or record.fingerprint == fingerprint:
                return record
        return None

    def members(self, source: str, fingerprint: str) -> list[DocumentRecord]:
        """The documents made of the members of an archive or mail, of this very content in this very way."""
        return [
            record
            for known in self._inside.get(source, ())
            for record in self._by_source[known]
            if record.fingerprint == fingerprint
        ]

    def copy_of(self, document: SourceDocument) -> str:
        """The name of another file, that still holds the same revision with the same content, or ""."""
        holder = self._holders.get((document.id, document.revision, document.sha256))
        if holder is None or holder[0] == document.source or not self._still_holds(holder[0], document.sha256):
            return ""
        return holder[1]

    def claim(self, document: SourceDocument) -> None:
        """Note that a document is taken in during this run."""
        self._holders[document.id, document.revision, document.sha256] = (document.source, document.file_name)
        self._ids.add(document.id)
