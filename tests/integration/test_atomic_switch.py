"""A revision is switched in one step: readers that search all the while see the old or the new one, on both engines."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from qdrant_client import QdrantClient

from walkdown.documents import Chunk
from walkdown.index.edge import EdgeStore
from walkdown.index.server import QdrantServerStore
from walkdown.index.store import ChunkStore, IndexedChunk
from walkdown.records.publishing import NewEdition, Publisher
from walkdown.records.registry import DocumentRecord, Registry
from walkdown.testing.records_suite import make_document
from walkdown.testing.store_oracle import IDENTITY, index, make_chunk, search

pytestmark = pytest.mark.integration

PASSAGES = 40
SWITCHES = 12


def edition(revision: int) -> NewEdition:
    """A revision of many passages, all of which match the question."""
    document = make_document("OP-1", str(revision), access=(), sha256=f"{revision:064x}", source=f"folder://{revision}")
    name = f"e{revision}"
    chunks: list[IndexedChunk] = [index(_chunk(number, revision, name)) for number in range(PASSAGES)]
    return NewEdition(DocumentRecord.of(document, name, chunk_count=PASSAGES), chunks)


def _chunk(number: int, revision: int, name: str) -> Chunk:
    text = f"The trip of pump P-{number} is set to {revision}."
    return make_chunk(number, text, document="OP-1", id=f"OP-1:{number}:{name}", edition=name, revision=str(revision))


def _edge(folder: Path, registry: Registry) -> ChunkStore:
    return EdgeStore(folder / "qdrant", IDENTITY, registry)


def _local(folder: Path, registry: Registry) -> ChunkStore:
    """The client's local mode may not be called by two threads at once: each single call waits for its turn."""
    del folder
    client, turn = QdrantClient(":memory:"), threading.Lock()
    for name in ("query_batch_points", "retrieve", "upsert", "set_payload", "delete", "count", "scroll"):
        setattr(client, name, _in_turn(getattr(client, name), turn))
    return QdrantServerStore(client, IDENTITY, registry)


def _in_turn(call: Callable[..., Any], turn: threading.Lock) -> Callable[..., Any]:
    def wrapped(*args: object, **options: object) -> Any:
        with turn:
            return call(*args, **options)

    return wrapped


@pytest.mark.parametrize("make", [_edge, _local], ids=["edge", "local"])
def test_readers_never_see_both_revisions_nor_neither(
    tmp_path: Path, make: Callable[[Path, Registry], ChunkStore]
) -> None:
    registry = Registry(f"sqlite:///{tmp_path / 'r.db'}")
    store = make(tmp_path, registry)
    publisher = Publisher(registry, store, "power")
    publisher.publish([edition(1)])
    seen: list[set[str]] = []
    counts: set[int] = set()
    done = threading.Event()
    errors: list[Exception] = []

    def read() -> None:
        try:
            while not done.is_set():
                hits = search(store, "trip of the pump", using=["lexical"])
                seen.append({hit.chunk.revision for hit in hits})
                counts.add(len(hits))
        except Exception as error:  # noqa: BLE001 - handed to the test
            errors.append(error)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for revision in range(2, SWITCHES + 2):
        publisher.publish([edition(revision)])
    done.set()
    for reader in readers:
        reader.join()
    store.close()
    registry.close()
    assert errors == []
    assert {len(revisions) for revisions in seen} == {1}, "both revisions, or neither, were seen"
    assert counts == {PASSAGES}, "a part of a revision was seen"
    assert len({next(iter(revisions)) for revisions in seen}) > SWITCHES // 3, "the readers met too few switches"
