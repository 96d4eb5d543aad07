"""One ingestion under way: what becomes of each document, and how far it is."""

import hashlib
import json
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from walkdown.documents import DocumentStatus
from walkdown.errors import DocumentError
from walkdown.index.store import ChunkStore, IndexedChunk
from walkdown.models.embedder import Embedder
from walkdown.models.weights import Progress
from walkdown.packs.schema import Pack
from walkdown.records.blobs import BlobStore
from walkdown.records.publishing import NewEdition, Publisher
from walkdown.records.registry import DocumentRecord, Registry
from walkdown.records.twins import Twins
from walkdown_ingestion.chunking import CHUNKER
from walkdown_ingestion.discovery import HAND_IN, LEADS_OUT, Discovery
from walkdown_ingestion.indexing import index_chunks
from walkdown_ingestion.ledger import Ledger
from walkdown_ingestion.metadata import FileFacts
from walkdown_ingestion.prepare import RECORD_MEDIA_TYPE, Outcome, Prepared, Refused, refusal
from walkdown_ingestion.readers import READERS
from walkdown_ingestion.report import Failure, IngestReport, Seconds
from walkdown_ingestion.sources import Unchanged

WINDOW = 256
"""Passages embedded and written together: enough to batch by length, few enough to show progress."""
FIRST_WINDOW = 32
"""The first window, each next one twice as large: else the encoders wait until a whole window is parsed."""


class Parts(NamedTuple):
    """The parts of an installation that an ingestion writes to."""

    store: ChunkStore
    embedders: Sequence[Embedder]
    registry: Registry
    blobs: BlobStore


def fingerprint_of(pack: Pack) -> Callable[[FileFacts], str]:
    """A function that names everything but the content that decides the passages of a document.

    The encoders are not among it: the index itself refuses vectors of others, and `walkdown index rebuild` encodes the
    passages anew without touching documents.
    """
    shared = [
        READERS,
        CHUNKER,
        [(rule.kind, rule.regex.pattern) for rule in pack.grammar],
        [kind.model_dump() for kind in pack.manifest.document_types],
        [topic.model_dump(include={"id", "match", "unless", "documents"}) for topic in pack.safety],
    ]

    def fingerprint(facts: FileFacts) -> str:
        own = [facts.relative, sorted(facts.overrides.items()), sorted(facts.access), facts.site]
        return hashlib.sha256(json.dumps([*shared, own]).encode()).hexdigest()[:24]

    return fingerprint


class Run:
    """The state of one ingestion."""

    def __init__(self, parts: Parts, pack: Pack, total: int, progress: Progress) -> None:
        self.parts = parts
        self.pack = pack
        self.fingerprint = fingerprint_of(pack)
        self.publisher = Publisher(parts.registry, parts.store, pack.name)
        self.publisher.take_effect()
        self.twins = Twins(parts.registry, parts.store, pack.name)
        self.ledger = Ledger(parts.registry, pack.name)
        self.total, self.done, self._progress = total, 0, progress
        self.added = self.updated = self.unchanged = self.withdrawn = self.chunks = 0
        self.failed: list[Failure] = []
        self.warnings: list[str] = []
        self.parse = self.embed = self.write = 0.0
        self._at = ""
        self.seen: set[str] = set()
        self.held: dict[str, str] = {}
        """Which document each source holds now, of those met in this run."""
        self.refused: set[str] = set()
        self.taken: set[str] = set()
        """Ids of the documents taken in by this run."""
        self._window: list[Prepared] = []
        self._room = min(FIRST_WINDOW, WINDOW)
        self._moved: list[DocumentRecord] = []
        self._reconcile()

    def _reconcile(self) -> None:
        """Bring index and registry together.

        After a kill the index may hold passages of a document that never came into force; they are removed. Where it
        holds fewer than the registry says, it was lost or restored, and the documents are taken in again.
        """
        name, store = self.pack.name, self.parts.store
        self.publisher.recover()
        known, held = self.ledger.editions(), store.editions(name)
        for edition in held.keys() - known.keys() - {""}:
            store.delete_edition(name, edition)
        lost = frozenset(e for e, record in known.items() if held.get(e, 0) != record.chunk_count)
        if lost:
            self.ledger.forget(lost)
            expected = sum(known[edition].chunk_count for edition in lost)
            found = sum(held.get(edition, 0) for edition in lost)
            self.warnings.append(
                f"The index holds {found} of the {expected} passages that the registry lists for {len(lost)} "
                "documents: they are taken in again."
            )
        self._miss_originals(known)

    def _miss_originals(self, known: Mapping[str, DocumentRecord]) -> None:
        """Documents whose original was lost are read again where their file comes by: a citation must open it."""
        missing = frozenset(
            edition
            for edition, record in known.items()
            if record.status is not DocumentStatus.WITHDRAWN
            and record.media_type != RECORD_MEDIA_TYPE  # a line of a records file has no original of its own
            and not self.parts.blobs.holds(record.sha256)
        )
        if missing:
            self.ledger.forget(missing)
            self.warnings.append(
                f"The originals of {len(missing)} documents are not there any more: "
                "those of them that are handed in now are taken in again."
            )

    def take(self, result: Outcome | Unchanged) -> None:
        """Deal with what became of some documents; full windows are embedded and written."""
        if isinstance(result, Unchanged):
            self.unchanged += 1
            if result.document_id:
                self.held[result.source] = result.document_id
            if result.back is not None:
                self.publisher.revive([result.back])
            self._advance(result.source)
            return
        self.parse += result.seconds
        self.embed += result.embed
        for item in result.items:
            if isinstance(item, Refused):
                self._refuse(item)
            else:
                self._consider(item)

    def _consider(self, item: Prepared) -> None:
        """Queue a document unless another file holds the same."""
        source = item.source
        self.held[source.source] = source.id
        if other := self.ledger.copy_of(source):
            self.warnings.append(f"{source.file_name} has the same content as {other}. Keep one of the two.")
            self.unchanged += 1
            self._advance(source.source)
            return
        try:
            self._keep_original(item)
        except DocumentError as error:
            self._refuse(refusal(item.facts, error))
            return
        self._window.append(item)
        self._moved += self.ledger.moved(source)
        self.updated += self.ledger.knows(source.id)
        self.added += not self.ledger.knows(source.id)
        self.ledger.claim(source)
        self.taken.add(source.id)
        if sum(len(waiting.chunks) for waiting in self._window) >= self._room:
            self.flush()
            self._room = min(WINDOW, 2 * self._room)

    def _keep_original(self, item: Prepared) -> None:
        if item.original is not None:
            self.parts.blobs.keep_bytes(item.original)
        elif item.path is not None and self.parts.blobs.keep(item.path) != item.source.sha256:
            raise DocumentError(f"{item.source.file_name} changed while it was read.", "Ingest it again.")

    def _refuse(self, item: Refused) -> None:
        # One line of a records file that cannot be read makes all of it doubtful.
        self.refused.add(item.source.partition("#")[0])
        self.failed.append(Failure(name=item.name, reason=item.cause, remedy=item.remedy))
        self.parts.registry.fail(self.pack.name, item.source, item.name, item.sha256, item.cause, item.remedy)
        self._advance(item.source)

    def _advance(self, source: str) -> None:
        self.seen.add(source)
        self.done += 1
        self._at = Path(source).name
        self.tell()

    def tell(self) -> None:
        """Say how far it is, also while a long document is read: who is told may end the ingestion by an error."""
        self._progress(self._at, min(self.done, self.total), self.total)

    def flush(self) -> None:
        """Embed the documents at hand, write them and settle what is in force, in one step for the readers."""
        window, self._window = self._window, []
        if not window:
            return
        began = time.perf_counter()
        bare = [chunk for item in window if item.indexed is None for chunk in item.chunks]
        indexed = [one for item in window for one in item.indexed or ()]
        for start in range(0, len(bare), WINDOW):
            indexed += index_chunks(bare[start : start + WINDOW], self.parts.embedders)
        embedded = time.perf_counter()
        self.embed += embedded - began
        by_edition: dict[str, list[IndexedChunk]] = {item.edition: [] for item in window}
        for one in indexed:
            by_edition[one.chunk.edition].append(one)
        self.twins.keep({item.edition: item.sketch for item in window if item.sketch})
        records = self.publisher.publish([NewEdition(_record(item), by_edition[item.edition]) for item in window])
        self.write += time.perf_counter() - embedded
        self.chunks += len(indexed)
        # A document known by its path that was moved, or whose number is read now, has become another one. Dropped
        # before anyone is told: whoever is told may end the ingestion, and the next one would not know of it.
        self.publisher.drop(self._moved, "Its file is taken in under another name or number.")
        self._moved = []
        for item in window:
            self.warnings += [f"{item.source.file_name}: {warning}" for warning in item.warnings]
            self._advance(item.source.source)
        fresh = set(by_edition)
        for record in records:
            if record.edition in fresh or record.status is DocumentStatus.CONFLICT:
                self._explain(record)

    def _explain(self, record: DocumentRecord) -> None:
        """Report a document that was taken in but is not in force, or not as it should be."""
        if record.status is DocumentStatus.CONFLICT:
            self.failed.append(
                Failure(name=record.file_name, reason=record.reason, remedy="Decide which one is valid.")
            )
        elif record.status is not DocumentStatus.IN_FORCE:
            self.warnings.append(f"{record.file_name} is not in force: {record.reason}")

    def note(self, found: Discovery) -> None:
        """Report paths that are not there or cannot be listed, and files that hold no documents."""
        for path in found.unreadable:
            self.failed.append(Failure(name=path, reason="The folder cannot be listed.", remedy="Check its rights."))
        for path in found.outside:
            self.failed.append(Failure(name=path, reason=f"{path} {LEADS_OUT}", remedy=HAND_IN))
        for path in found.missing:
            self.failed.append(Failure(name=path, reason="There is no such file or folder.", remedy="Check the path."))
        if found.left_out:
            kinds = ", ".join(f"{suffix} {count}" for suffix, count in sorted(found.left_out.items()))
            self.warnings.append(f"Files of kinds that are no documents were left out: {kinds}.")

    def report(self, seconds: float) -> IngestReport:
        """What was done."""
        return IngestReport(
            pack=self.pack.name,
            added=self.added,
            updated=self.updated,
            unchanged=self.unchanged,
            withdrawn=self.withdrawn,
            chunks=self.chunks,
            failed=tuple(self.failed),
            warnings=tuple(self.warnings),
            seconds=Seconds(parse=self.parse, embed=self.embed, write=self.write, total=seconds),
        )


def _record(item: Prepared) -> DocumentRecord:
    return DocumentRecord.of(
        item.source,
        item.edition,
        chunk_count=len(item.chunks),
        page_count=item.page_count,
        warnings=item.warnings,
        fingerprint=item.facts.fingerprint,
    )
