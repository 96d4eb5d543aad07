"""Takes files into a pack: find, skip what is unchanged, parse ahead, embed in batches, write, put in force.

Documents are put in force by `walkdown.records.publishing`, in an order that survives being killed at any moment: until
its entry is in the registry the next run takes a document in again, and ends where an undisturbed run would have ended.
"""

import contextlib
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from walkdown.errors import WalkdownError
from walkdown.index.store import ChunkStore
from walkdown.models.embedder import Embedder
from walkdown.models.weights import Progress, silent
from walkdown.packs.schema import Pack
from walkdown.records.blobs import BlobStore
from walkdown.records.registry import Registry
from walkdown.settings import Settings
from walkdown_ingestion.discovery import count_documents, discover
from walkdown_ingestion.engines.engine import Engine
from walkdown_ingestion.engines.local import LocalEngine
from walkdown_ingestion.enrichment.places import Vocabulary
from walkdown_ingestion.prepare import Recipe
from walkdown_ingestion.report import Failure, IngestReport, Seconds
from walkdown_ingestion.run import Parts, Run
from walkdown_ingestion.sources import Options, Stream, source_of
from walkdown_ingestion.suspicions import tell_suspicions
from walkdown_ingestion.sync import tell_overwritten, withdraw_absent
from walkdown_ingestion.worker import Parser

__all__ = ["Failure", "IngestReport", "Seconds", "ingest"]


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
    engine: Engine | None = None,
    origin: str = "",
    sync: bool = False,
) -> IngestReport:
    """Take files, folders and `.jsonl` files into a pack.

    `progress` is told the name of each document dealt with, their number and the total. `access` and `site` hold for
    documents that state none themselves. Ids of documents without a number are their paths below `source_root`
    (default: the folder handed in). `engine` prepares the documents; the default is this machine, with `parser` to run
    the parsing jobs (default: a child process with limits).
    `origin` is where the files really are (`webdav://host/room/`, `upload://`) when the paths are only copies of them.
    With `sync` a document whose file is gone from the folders is withdrawn; it comes back with its file.

    A document that cannot be read is reported and recorded, and the others go on; errors of index, models and
    database (IndexUnavailableError, ResourceError, ModelError) end the ingestion, and the next goes on from there.
    """
    began = time.perf_counter()
    found = discover([Path(path) for path in paths], source_root)
    run = Run(Parts(store, embedders, registry, blobs), pack, count_documents(found.files), progress)
    run.ledger.listed(origin, {source_of(file, origin): file.path for file in found.files})
    run.note(found)
    options = Options(tuple(access), site, run.fingerprint, origin)
    recipe = Recipe(pack.name, pack.grammar, Vocabulary.of(pack))
    worker = engine or LocalEngine(timeout=settings.parse_timeout, parser=parser, waiting=run.tell)
    stream = Stream(found.files, run.ledger, options)
    try:
        with worker.results(iter(stream), recipe) as results:
            for result in results:
                run.take(result)
            run.flush()
            if sync:
                withdraw_absent(run, found, origin)
            else:
                tell_overwritten(run)
            tell_suspicions(run)
            run.warnings += stream.unmatched()
            run.twins.link()
    except (WalkdownError, KeyboardInterrupt):
        # What was published by an ingestion that is ended early knows its near-duplicates, too, where it can.
        with contextlib.suppress(WalkdownError):
            run.twins.link()
        raise
    return run.report(time.perf_counter() - began)
