"""What the registry already knows when an ingestion begins, and whether a document may come into force.

Two files that claim to be the same revision of one document, or an old revision handed in after a newer one, are
never put in force silently.
"""

import re
from pathlib import Path
from typing import Literal, NamedTuple

from walkdown.documents import DocumentStatus, SourceDocument
from walkdown.records.registry import DocumentRecord, Registry

_PARTS = re.compile(r"\d+|[A-Za-z]+")


class Objection(NamedTuple):
    """Why a document does not come into force.

    `duplicate`: its content is in force from another file; `older`: a later revision is; `conflict`: a person must
    decide.
    """

    kind: Literal["duplicate", "older", "conflict"]
    cause: str
    remedy: str


Claim = SourceDocument | DocumentRecord
"""Both say which document they are, in which revision, from which file."""


def revision_order(one: str, other: str) -> int | None:
    """-1, 0 or 1 as a revision is older, the same or newer than another; None when they cannot be compared."""
    left, right = (_PARTS.findall(text.upper()) for text in (one, other))
    if left == right:
        return 0 if left else None
    for a, b in zip(left, right, strict=False):
        if a.isdigit() != b.isdigit():
            return None
        x, y = (int(a), int(b)) if a.isdigit() else ((len(a), a), (len(b), b))
        if x != y:
            return 1 if x > y else -1  # type: ignore[operator]  # both are numbers or both are letters
    return (len(left) > len(right)) - (len(left) < len(right)) if left and right else None


def _order(document: Claim, other: Claim) -> int | None:
    """How a document's revision stands to another's, by the revisions, else by the dates they take effect."""
    order = revision_order(document.revision, other.revision)
    if order is None and document.effective_date and other.effective_date:
        mine, theirs = str(document.effective_date), str(other.effective_date)
        order = (mine > theirs) - (mine < theirs)
    return order


def _stands(source: str) -> bool:
    """True while the file a document came from is still there."""
    return Path(source.partition("#")[0]).exists()


class Ledger:
    """The documents of a pack as the registry had them at the start, and those claimed in this run."""

    def __init__(self, registry: Registry, pack: str) -> None:
        self._by_source: dict[str, list[DocumentRecord]] = {}
        self._holders: dict[str, Claim] = {}
        self._ids: set[str] = set()
        for record in registry.documents(pack):
            if record.status is DocumentStatus.FAILED:
                continue
            self._ids.add(record.id)
            self._by_source.setdefault(record.source, []).append(record)
            if record.status is DocumentStatus.IN_FORCE:
                self._holders[record.id] = record

    def knows(self, document_id: str) -> bool:
        """True when the registry had the document at the start, or it came into force in this run."""
        return document_id in self._ids

    def forget(self) -> None:
        """Take every document in force as changed; what was withdrawn or superseded stays known."""
        for records in self._by_source.values():
            records[:] = [record for record in records if record.status is not DocumentStatus.IN_FORCE]

    def ids(self) -> frozenset[str]:
        """Ids of the documents in force."""
        return frozenset(self._holders)

    def unchanged(self, source: str, sha256: str, fingerprint: str) -> DocumentRecord | None:
        """What was made of this very content in this very way; None means there is work to do.

        A document that was withdrawn or superseded stays so: handing in the same file again does not bring it back.
        """
        for record in self._by_source.get(source, ()):
            if record.sha256 != sha256:
                continue
            if record.status is not DocumentStatus.IN_FORCE or record.fingerprint == fingerprint:
                return record
        return None

    def objection(self, document: SourceDocument) -> Objection | None:
        """Why a document must not come into force now, or None."""
        holder = self._holders.get(document.id)
        if holder is None or (holder.source != document.source and not _stands(holder.source)):
            return None
        if holder.source == document.source:
            return self._backwards(document, holder) if _order(document, holder) == -1 else None
        if holder.sha256 == document.sha256:
            cause = f"{document.file_name} has the same content as {holder.file_name}."
            return Objection("duplicate", cause, "Keep one of the two.")
        order = _order(document, holder)
        if order == -1:
            return self._backwards(document, holder)
        if order == 1:
            return None
        name = f"{document.id} revision {document.revision}" if document.revision else document.id
        return Objection(
            "conflict",
            f"{document.file_name} says it is {name}, as {holder.file_name} does, but their content differs.",
            "Decide which one is valid and remove the other, or correct its number or revision in documents.csv.",
        )

    def _backwards(self, document: SourceDocument, holder: Claim) -> Objection:
        return Objection(
            "older",
            f"{document.file_name} is revision {document.revision or '(none)'} of {document.id}, older than revision "
            f"{holder.revision} of {holder.file_name}.",
            f"Remove the old file; to go back to it, withdraw {document.id} first.",
        )

    def claim(self, document: SourceDocument) -> None:
        """Note that a document comes into force in this run."""
        self._holders[document.id] = document
        self._ids.add(document.id)
