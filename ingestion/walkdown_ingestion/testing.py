"""For tests of ingestion: an installation in a folder, with an index in memory and a parser in the same process."""

from pathlib import Path
from typing import Any, Self

from walkdown.documents import Chunk, DocumentStatus
from walkdown.packs.schema import Pack
from walkdown.records.blobs import BlobStore
from walkdown.records.publishing import Publisher
from walkdown.records.registry import Registry
from walkdown.settings import Settings
from walkdown.testing.memory import HashEmbedder, MemoryStore, sample_pack
from walkdown_ingestion.pipeline import IngestReport, ingest
from walkdown_ingestion.prepare import Job, Outcome, Recipe, prepare


class Here:
    """A `Parser` in this process: as the child does it, without the time to start one."""

    def __init__(self, recipe: Recipe) -> None:
        self._recipe = recipe

    def run(self, job: Job) -> Outcome:
        """The outcome of a job."""
        return prepare(job, self._recipe)

    def kill(self) -> None:
        """Nothing to end."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None: ...


class Plant:
    """An installation in a folder, with documents to take in."""

    def __init__(self, folder: Path, store: MemoryStore | None = None) -> None:
        self.documents = folder / "documents"
        self.documents.mkdir()
        self.registry = Registry(f"sqlite:///{folder / 'registry.db'}")
        self.store = store or MemoryStore()
        self.store.generations = self.registry
        self.blobs = BlobStore(folder / "blobs")
        self.pack: Pack = sample_pack()
        self.embedders: list[HashEmbedder] = [HashEmbedder()]
        self.here = True
        self.settings = Settings(home=folder, parse_timeout=60)

    @property
    def publisher(self) -> Publisher:
        """What withdraws and restores."""
        return Publisher(self.registry, self.store, self.pack.name)

    def write(self, name: str, text: str | bytes) -> Path:
        """Write a document."""
        path = self.documents / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def ingest(self, *paths: Path, **options: Any) -> IngestReport:
        """Take in the paths, by default the folder of documents."""
        return ingest(
            paths or (self.documents,),
            self.pack,
            store=self.store,
            embedders=self.embedders,
            registry=self.registry,
            blobs=self.blobs,
            settings=self.settings,
            **{"parser": Here(Recipe(self.pack.name, self.pack.grammar)) if self.here else None, **options},
        )

    def chunks(self) -> list[Chunk]:
        """Passages in force."""
        return [c for c in self.store.chunks(self.pack.name) if c.status is DocumentStatus.IN_FORCE]

    def statuses(self) -> dict[str, str]:
        """Status by file name."""
        return {r.file_name: r.status.value for r in self.registry.documents(self.pack.name)}

    def status(self, document_id: str) -> DocumentStatus:
        """Status of a document."""
        return self.registry.get(self.pack.name, document_id).status


def procedure(number: str, revision: str, text: str) -> str:
    """A procedure that states its number and revision."""
    return f"---\nid: {number}\nrevision: '{revision}'\n---\n# Procedure\n\n{text}\n"
