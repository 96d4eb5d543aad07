"""A server over fakes for tests: services made of the fakes of `walkdown.testing`, on a real port."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from walkdown.answering.llm import LLMClient
from walkdown.documents import Chunk
from walkdown.errors import UnknownPackError
from walkdown.index.store import ChunkStore
from walkdown.models.embedder import Embedder
from walkdown.packs.schema import Pack
from walkdown.records.answers import AnswerLog
from walkdown.records.blobs import BlobStore
from walkdown.records.outbox import Outbox
from walkdown.records.registry import Registry
from walkdown.records.releases import Releases
from walkdown.settings import LLM_NONE, Settings
from walkdown.testing.memory import HashEmbedder, MemoryLibrary, MemoryStore, sample_chunk, sample_document, sample_pack
from walkdown.wire import IngestSummary
from walkdown_server.app import create_app
from walkdown_server.jobs import Run
from walkdown_server.lazy import Lazy
from walkdown_server.llm_link import LLMLink
from walkdown_server.services import Library, PackShelf, Services

SAMPLE_CHUNKS = (
    sample_chunk(0, "The minimum flow of P-101A is 40 m3/h.", tags=("P101A",)),
    sample_chunk(1, "The minimum flow of P-101B is 45 m3/h.", tags=("P101B",)),
    sample_chunk(2, "Secret start order.", access=("board",)),
)


class FixedLink(LLMLink):
    """A link to a model in this process, or to none."""

    def __init__(self, settings: Settings, model: LLMClient | None) -> None:
        super().__init__(settings)
        self._fixed = model

    def client(self) -> LLMClient | None:
        """The fixed model."""
        return self._fixed

    def fresh(self) -> "FixedLink":
        """A link to the same model."""
        return FixedLink(self._settings, self._fixed)


def fixed_shelf(*packs: Pack) -> PackShelf:
    """A shelf of packs that are given."""
    by_name = {pack.name: pack for pack in packs}

    def load(name: str) -> Pack:
        if name not in by_name:
            raise UnknownPackError(f"There is no pack named {name!r}.", f"Installed: {', '.join(by_name)}.")
        return by_name[name]

    return PackShelf(lambda: {name: pack.folder for name, pack in by_name.items()}, load)


def fake_services(
    home: Path,
    *,
    llm: LLMClient | None = None,
    chunks: Sequence[Chunk] = SAMPLE_CHUNKS,
    store: Callable[[], ChunkStore] | None = None,
    pack: Pack | None = None,
    library: Library | None = None,
    ingest: Run | None = None,
    **settings: object,
) -> Services:
    """Services over an index in memory; `store` may fail, `settings` are those of `Settings`."""
    frozen = Settings.model_validate({"home": home, "llm": LLM_NONE, **settings})
    embedders: Sequence[Embedder] = (HashEmbedder("e5-small"),)
    return Services(
        settings=frozen,
        packs=fixed_shelf(pack or sample_pack()),
        embedders=Lazy.of(embedders),
        store=Lazy(store or (lambda: MemoryStore(chunks))),
        library=Lazy.of(library or MemoryLibrary([sample_document()])),
        answers=Lazy(lambda: AnswerLog(frozen.registry_url, Outbox(frozen.outbox_dir))),
        llm=FixedLink(frozen, llm),
        ingest=ingest or (lambda query, _: IngestSummary(pack=query.pack)),
        registry=Lazy(lambda: Registry(frozen.registry_url)),
        releases=Lazy(lambda: Releases(frozen.registry_url)),
        blobs=BlobStore(frozen.blobs_dir),
    )


@contextmanager
def running(services: Services) -> Iterator[str]:
    """The app on a free port of 127.0.0.1, in a thread; yields its URL."""
    config = uvicorn.Config(
        create_app(services), host="127.0.0.1", port=0, log_level="error", timeout_graceful_shutdown=2
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    wait_until(lambda: server.started)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(20)


def wait_until(condition: Callable[[], bool], seconds: float = 20.0) -> None:
    """Wait for a condition; AssertionError when it never becomes true."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError("the condition never became true")
        time.sleep(0.01)
