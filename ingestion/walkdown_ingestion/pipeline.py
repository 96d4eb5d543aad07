"""Takes files into a pack: find, skip what is unchanged, parse ahead, embed in batches, write, put in force.

Each document is written in an order that survives being killed at any moment: its passages (ids are deterministic, so
a second writing replaces the first), then the removal of passages it no longer has, then its entry in the registry.
Until that entry is made the next run takes the document in again, and ends where an undisturbed run would have ended.
"""

import hashlib
import json
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from walkdown.errors import DocumentError
from walkdown.index.store import ChunkStore
from walkdown.models.embedder import Embedder
from walkdown.models.weights import Progress, silent
from walkdown.packs.schema import Pack
from walkdown.records.blobs import BlobStore
from walkdown.records.registry import Registry
from walkdown.settings import Settings
from walkdown.text.lexical import ANALYSER
from walkdown_ingestion.ahead import Ahead
from walkdown_ingestion.chunking import CHUNKER
from walkdown_ingestion.discovery import Discovery, count_documents, discover
from walkdown_ingestion.indexing import index_chunks
from walkdown_ingestion.ledger import Ledger, Objection
from walkdown_ingestion.metadata import FileFacts
from walkdown_ingestion.prepare import Outcome, Prepared, Recipe, Refused, refusal
from walkdown_ingestion.readers import READERS
from walkdown_ingestion.report import Failure, IngestReport, Seconds
from walkdown_ingestion.sources import Options, Stream, Unchanged
from walkdown_ingestion.worker import Parser, ParsingProcess

__all__ = ["Failure", "IngestReport", "Seconds", "ingest"]

WINDOW = 256
"""Passages embedded and written together: enough to batch by length, few enough to show progress."""
_AHEAD = 8


class Parts(NamedTuple):
    """The parts of an installation that an ingestion writes to."""

    store: ChunkStore
    embedders: Sequence[Embedder]
    registry: Registry
    blobs: BlobStore


def fingerprint_of(pack: Pack, embedders: Sequence[Embedder]) -> Callable[[FileFacts], str]:
    """A function that names everything but the content that decides how a document is indexed."""
    shared = [
        READERS,
        CHUNKER,
        ANALYSER,
        sorted((e.name, e.fingerprint) for e in embedders),
        [(rule.kind, rule.regex.pattern) for rule in pack.grammar],
    ]

    def fingerprint(facts: FileFacts) -> str:
        own = [facts.relative, sorted(facts.overrides.items()), sorted(facts.access), facts.site]
        return hashlib.sha256(json.dumps([*shared, own]).encode()).hexdigest()[:24]

    return fingerprint


class _Waiting(NamedTuple):
    """A document of the window; `known`: an earlier state of it may be in the index."""

    item: Prepared
    known: bool


class _Run:
    """The state of one ingestion."""

    def __init__(self, parts: Parts, pack: Pack, total: int, progress: Progress) -> None:
        self.parts = parts
        self.pack = pack
        self.fingerprint = fingerprint_of(pack, parts.embedders)
        self.ledger = Ledger(parts.registry, pack.name)
        self.total, self.done, self._progress = total, 0, progress
        self.added = self.updated = self.unchanged = self.chunks = 0
        self.failed: list[Failure] = []
        self.warnings: list[str] = []
        self.parse = self.embed = self.write = 0.0
        self._window: list[_Waiting] = []
        self._clean = self._reconcile()

    def _reconcile(self) -> bool:
        """Compare index and registry; True when the index holds nothing the registry does not know.

        After a kill the index may hold passages of a document that never came into force; they are removed. When it
        holds fewer than the registry says, it was lost or restored, and all documents are taken in again.
        """
        name, store = self.pack.name, self.parts.store
        counts = self.parts.registry.counts().get(name)
        expected, held = counts.chunks if counts else 0, store.count(name)
        if held < expected:
            self.ledger.forget()
            self.warnings.append(
                f"The index holds {held} of the {expected} passages that the registry lists: all documents of the pack "
                "are taken in again."
            )
        elif held > expected:
            known = self.ledger.ids()
            for document_id in {c.document_id for c in store.chunks(name)} - known:
                store.delete_document(name, document_id)
        return held == expected

    def take(self, result: Outcome | Unchanged) -> None:
        """Deal with what became of some documents; full windows are embedded and written."""
        if isinstance(result, Unchanged):
            self.unchanged += 1
            self._advance(result.source)
            return
        self.parse += result.seconds
        for item in result.items:
            if isinstance(item, Refused):
                self._refuse(item)
            else:
                self._consider(item)

    def _consider(self, item: Prepared) -> None:
        """Queue a document unless it must not come into force."""
        source = item.source
        objection = self.ledger.objection(source)
        if objection is not None:
            self._object(item, objection)
            return
        try:
            self._keep_original(item)
        except DocumentError as error:
            self._refuse(refusal(item.facts, error))
            return
        if any(waiting.item.source.id == source.id for waiting in self._window):
            # A later revision of a document that still waits: the first must be in force before it is superseded.
            self.flush()
        self._window.append(_Waiting(item, self.ledger.knows(source.id)))
        self.ledger.claim(source)
        if sum(len(waiting.item.chunks) for waiting in self._window) >= WINDOW:
            self.flush()

    def _keep_original(self, item: Prepared) -> None:
        if item.path is not None and self.parts.blobs.keep(item.path) != item.source.sha256:
            raise DocumentError(f"{item.source.file_name} changed while it was read.", "Ingest it again.")

    def _object(self, item: Prepared, objection: Objection) -> None:
        if objection.kind == "conflict":
            self._refuse(refusal(item.facts, DocumentError(objection.cause, objection.remedy)))
            return
        self.warnings.append(f"{objection.cause} {objection.remedy}")
        if objection.kind == "duplicate":
            self.unchanged += 1
        else:
            self._list_as_failed(refusal(item.facts, DocumentError(objection.cause, objection.remedy)))
        self._advance(item.source.source)

    def _list_as_failed(self, item: Refused) -> None:
        self.parts.registry.fail(self.pack.name, item.source, item.name, item.sha256, item.cause, item.remedy)

    def _refuse(self, item: Refused) -> None:
        self.failed.append(Failure(name=item.name, reason=item.cause, remedy=item.remedy))
        self._list_as_failed(item)
        self._advance(item.source)

    def _advance(self, source: str) -> None:
        self.done += 1
        self._progress(Path(source).name, min(self.done, self.total), self.total)

    def flush(self) -> None:
        """Embed and write the documents at hand, then put them in force one by one."""
        window, self._window = self._window, []
        chunks = [chunk for waiting in window for chunk in waiting.item.chunks]
        for start in range(0, len(chunks), WINDOW):
            began = time.perf_counter()
            indexed = index_chunks(chunks[start : start + WINDOW], self.parts.embedders)
            embedded = time.perf_counter()
            self.parts.store.upsert(indexed)
            self.embed += embedded - began
            self.write += time.perf_counter() - embedded
        began = time.perf_counter()
        for waiting in window:
            self._finish(*waiting)
        self.write += time.perf_counter() - began

    def _finish(self, item: Prepared, known: bool) -> None:
        source = item.source
        if known or not self._clean:
            self.parts.store.delete_document(self.pack.name, source.id, keep=[c.id for c in item.chunks])
        fingerprint = self.fingerprint(item.facts)
        self.parts.registry.activate(source, len(item.chunks), item.page_count, item.warnings, fingerprint=fingerprint)
        self.updated += known
        self.added += not known
        self.chunks += len(item.chunks)
        self.warnings += [f"{source.file_name}: {warning}" for warning in item.warnings]
        self._advance(source.source)

    def note(self, found: Discovery) -> None:
        """Report paths that are not there and files that hold no documents."""
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
            chunks=self.chunks,
            failed=tuple(self.failed),
            warnings=tuple(self.warnings),
            seconds=Seconds(parse=self.parse, embed=self.embed, write=self.write, total=seconds),
        )


def ingest(
    paths: Iterable[str | Path],
    pack: Pack,
    *,
    store: ChunkStore,
    embedders: Sequence[Embedder],
    registry: Registry,
    blobs: BlobStore,
    settings: Settings,
    progress: Progress = silent,
    access: Sequence[str] = (),
    site: str = "",
    source_root: Path | None = None,
    parser: Parser | None = None,
) -> IngestReport:
    """Take files, folders and `.jsonl` files into a pack.

    `progress` is told the name of each document dealt with, their number and the total. `access` and `site` hold for
    documents that state none themselves. Ids of documents without a number are their paths below `source_root`
    (default: the folder handed in). `parser` runs the parsing jobs; the default is a child process with limits.

    A document that cannot be read is reported and recorded, and the others go on; errors of index, models and
    database (IndexUnavailableError, ResourceError, ModelError) end the ingestion, and the next goes on from there.
    """
    began = time.perf_counter()
    found = discover([Path(path) for path in paths], source_root)
    run = _Run(Parts(store, embedders, registry, blobs), pack, count_documents(found.files), progress)
    run.note(found)
    options = Options(tuple(access), site, run.fingerprint)
    recipe = Recipe(pack.name, pack.grammar)
    with parser or ParsingProcess(recipe, timeout=settings.parse_timeout) as parsing:
        stream: Iterator[Outcome | Unchanged] = iter(Stream(found.files, run.ledger, options, parsing.run))
        ahead = Ahead(stream, _AHEAD)
        try:
            for result in ahead:
                run.take(result)
            run.flush()
        finally:
            ahead.stop()
            parsing.kill()
            ahead.join()
    return run.report(time.perf_counter() - began)
