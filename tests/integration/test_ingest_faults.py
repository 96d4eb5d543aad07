"""Faults on the way, with a real index, registry and parsing process: reported, nothing lost, nothing half there.

Each test names the mutation that turns it red.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from walkdown.documents import DocumentStatus
from walkdown.errors import ModelError, ResourceError, WalkdownError
from walkdown.index.edge import EdgeStore
from walkdown.index.store import IndexIdentity
from walkdown.models.embedder import FloatMatrix
from walkdown.models.weights import Progress, silent
from walkdown.records.blobs import BlobStore
from walkdown.records.registry import Registry
from walkdown.settings import Settings
from walkdown.testing.memory import HashEmbedder, sample_pack
from walkdown.text.lexical import ANALYSER
from walkdown_ingestion.pipeline import IngestReport, ingest
from walkdown_ingestion.testing import procedure

pytestmark = pytest.mark.integration

MODEL = HashEmbedder()
IDENTITY = IndexIdentity({MODEL.name: (MODEL.dim, MODEL.fingerprint)}, ANALYSER)
State = tuple[list[tuple[str, str, str]], list[tuple[str, str, str, int]]]


class Home:
    """An installation on disk."""

    def __init__(self, folder: Path) -> None:
        self.settings = Settings(home=folder, parse_timeout=120)

    def take(self, documents: Path, model: HashEmbedder = MODEL, progress: Progress = silent) -> IngestReport:
        registry = Registry(self.settings.registry_url)
        try:
            with EdgeStore(self.settings.index_dir, IDENTITY, registry) as store:
                return ingest(
                    [documents],
                    sample_pack(),
                    store=store,
                    embedders=[model],
                    registry=registry,
                    blobs=BlobStore(self.settings.blobs_dir),
                    settings=self.settings,
                    progress=progress,
                )
        finally:
            registry.close()

    def state(self) -> State:
        """Passages with their standing, and the entries of the registry."""
        registry = Registry(self.settings.registry_url)
        try:
            with EdgeStore(self.settings.index_dir, IDENTITY, registry) as store:
                chunks = [(c.id, c.status.value, str(c.effective_until)) for c in store.chunks("power")]
            entries = [(r.id, r.revision, r.status.value, r.chunk_count) for r in registry.documents("power")]
            return chunks, entries
        finally:
            registry.close()


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    for number in range(12):
        text = "".join(f"\n\n## {n}. Step\n\n" + f"Open valve V-{number}{n} slowly. " * 30 for n in range(1, 5))
        (folder / f"{number:02d}.md").write_text(procedure(f"OP-{number}", "1", text))
    return folder


@pytest.fixture
def clean(tmp_path: Path, documents: Path) -> State:
    """The state after an undisturbed run."""
    home = Home(tmp_path / "clean")
    home.take(documents)
    return home.state()


class Faulty(HashEmbedder):
    """An encoder that goes wrong at its n-th batch."""

    def __init__(self, fault: str, at: int) -> None:
        super().__init__()
        self._fault, self._left = fault, at

    def embed_passages(self, texts: Sequence[str]) -> FloatMatrix:
        """Vectors, or the fault."""
        matrix = super().embed_passages(texts)
        self._left -= 1
        if self._left >= 0:
            return matrix
        if self._fault == "raises":
            raise ModelError("The encoder ran out of memory.", "Close other programs.")
        if self._fault == "nan":
            matrix[len(texts) // 2, 3] = np.nan
        if self._fault == "zero":
            matrix[0] = 0
        if self._fault == "few":
            return matrix[1:]
        return matrix[:, :-1] if self._fault == "dimension" else matrix


@pytest.mark.parametrize("fault", ["raises", "nan", "zero", "few", "dimension"])
def test_an_encoder_that_goes_wrong_ends_the_run_and_the_next_ends_clean(
    tmp_path: Path, documents: Path, clean: State, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Mutation: drop the check of `_encoded`, or commit before `upsert` in `Publisher._apply`."""
    monkeypatch.setattr("walkdown_ingestion.run.WINDOW", 12)
    home = Home(tmp_path / "home")
    with pytest.raises(ModelError) as caught:
        home.take(documents, Faulty(fault, at=2))
    assert caught.value.cause and caught.value.remedy
    chunks, entries = home.state()
    assert 0 < len(entries) < 12 and sum(entry[3] for entry in entries) == len(chunks)
    home.take(documents)
    assert home.state() == clean


def test_a_disk_that_fills_up_ends_the_run_and_the_next_ends_clean(
    tmp_path: Path, documents: Path, clean: State, small_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Mutation: drop `_require_space` of the embedded index; the process then dies by SIGBUS."""
    monkeypatch.setattr("walkdown_ingestion.run.WINDOW", 12)
    home = Home(small_disk / "home")
    filler = small_disk / "filler"

    def fill(what: str, done: int, total: int) -> None:
        del what, total
        if done == 5 and not filler.exists():
            free = shutil.disk_usage(small_disk).free
            with filler.open("wb") as file:
                os.posix_fallocate(file.fileno(), 0, max(1, free - 300 * 2**20))

    with pytest.raises(ResourceError, match="MB free") as caught:
        home.take(documents, progress=fill)
    assert "space" in caught.value.remedy
    filler.unlink()
    chunks, entries = home.state()
    assert 0 < len(entries) < 12 and sum(entry[3] for entry in entries) == len(chunks)
    home.take(documents)
    assert home.state() == clean


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own of 900 MB, for as long as the test runs."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=900m", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("file systems cannot be mounted here")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_file_that_changes_while_it_is_read_is_said_to_and_taken_in_by_the_next_run(
    tmp_path: Path, documents: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Mutation: do not compare the hash of the kept original with that of the parsed bytes."""
    home, keep = Home(tmp_path / "home"), BlobStore.keep

    def changed(self: BlobStore, original: Path) -> str:
        if original.name == "03.md" and b"changed" not in original.read_bytes():
            original.write_text(procedure("OP-3", "2", "It was changed meanwhile."))
        return keep(self, original)

    monkeypatch.setattr(BlobStore, "keep", changed)
    report = home.take(documents)
    assert [(f.name, f.reason) for f in report.failed] == [("03.md", "03.md changed while it was read.")]
    assert ("OP-3", "1", "in_force", 5) not in home.state()[1] and report.added == 11
    assert home.take(documents).added == 1
    assert [e[1:3] for e in home.state()[1] if e[0] == "OP-3"] == [("2", "in_force")]


def test_a_file_of_two_gigabytes_is_refused_at_once_and_listed(tmp_path: Path, documents: Path) -> None:
    """Mutation: drop the check of the size before the hash; the test then outlasts its limit on a slow disk."""
    with (documents / "huge.pdf").open("wb") as file:
        file.truncate(2 * 2**30)
    home = Home(tmp_path / "home")
    report = home.take(documents)
    assert report.added == 12 and [f.name for f in report.failed] == ["huge.pdf"]
    assert "too large (2048 MB" in report.failed[0].reason and report.failed[0].remedy
    registry = Registry(home.settings.registry_url)
    [failed] = registry.documents("power", DocumentStatus.FAILED)
    registry.close()
    assert failed.file_name == "huge.pdf" and "too large" in failed.reason
    assert not list(home.settings.blobs_dir.rglob(".draft-*"))


def test_a_database_that_is_locked_for_good_ends_the_run_with_a_remedy(
    tmp_path: Path, documents: Path, clean: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Mutation: let `Registry.commit` swallow its errors."""
    home, commit = Home(tmp_path / "home"), Registry.commit
    left = [1]

    def failing(self: Registry, *args: object, **options: object) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise ResourceError("The database cannot be used (database is locked).", "Check its disk.")
        commit(self, *args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr("walkdown_ingestion.run.WINDOW", 12)
    monkeypatch.setattr(Registry, "commit", failing)
    with pytest.raises(WalkdownError, match="locked"):
        home.take(documents)
    monkeypatch.setattr(Registry, "commit", commit)
    home.take(documents)
    assert home.state() == clean
