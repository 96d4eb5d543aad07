"""Killed at any moment, the next run ends where an undisturbed one would have ended: real index and registry."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from walkdown.documents import DocumentStatus
from walkdown.index.open import open_store
from walkdown.index.store import IndexIdentity
from walkdown.records.blobs import BlobStore
from walkdown.records.registry import Registry
from walkdown.settings import Settings
from walkdown.testing.memory import HashEmbedder, sample_pack
from walkdown.text.lexical import ANALYSER
from walkdown_ingestion.pipeline import IngestReport, ingest

pytestmark = pytest.mark.integration

RUN = f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r}); import test_ingest_killed as t; t.run()"


def ingest_into(home: Path, documents: Path) -> IngestReport:
    """Ingest a folder with a real embedded index and registry, and an encoder without weights."""
    settings = Settings(home=home)
    embedder = HashEmbedder()
    registry = Registry(settings.registry_url)
    identity = IndexIdentity({embedder.name: (embedder.dim, embedder.fingerprint)}, ANALYSER)
    store = open_store(settings, identity, registry)
    try:
        return ingest(
            [documents],
            sample_pack(),
            store=store,
            embedders=[embedder],
            registry=registry,
            blobs=BlobStore(settings.blobs_dir),
            settings=settings,
        )
    finally:
        store.close()
        registry.close()


def run() -> None:
    """What the child process of the test does."""
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    ingest_into(Path(os.environ["TEST_HOME"]), Path(os.environ["TEST_DOCUMENTS"]))


def state(home: Path) -> tuple[list[str], list[tuple[str, str, str, int]]]:
    """Ids of all passages and the entries of the registry."""
    settings = Settings(home=home)
    embedder = HashEmbedder()
    registry = Registry(settings.registry_url)
    identity = IndexIdentity({embedder.name: (embedder.dim, embedder.fingerprint)}, ANALYSER)
    store = open_store(settings, identity, registry)
    try:
        entries = [(r.id, r.revision, r.status.value, r.chunk_count) for r in registry.documents("power")]
        return [c.id for c in store.chunks("power") if c.status is DocumentStatus.IN_FORCE], entries
    finally:
        store.close()
        registry.close()


def write(documents: Path, revision: int) -> None:
    """Documents; each revision changes, adds and removes passages."""
    documents.mkdir(exist_ok=True)
    for number in range(24):
        body = "\n\n".join(
            f"## {section}. Section\n\n" + f"Value {number * section * revision} of pump P-{number}. " * 25
            for section in range(1, 3 + (number * revision) % 5)
        )
        text = f"---\nid: OP-{number:02d}\nrevision: '{revision}'\n---\n# Procedure {number}\n\n{body}\n"
        (documents / f"op-{number:02d}.md").write_text(text)


def test_ingestion_survives_being_killed(tmp_path: Path) -> None:
    documents, killed, clean = tmp_path / "documents", tmp_path / "killed", tmp_path / "clean"
    moments = random.Random(7)
    interrupted = 0
    for revision in range(1, 4):
        write(documents, revision)
        environment = os.environ | {"TEST_HOME": str(killed), "TEST_DOCUMENTS": str(documents)}
        child = subprocess.Popen([sys.executable, "-c", RUN], env=environment, stdout=subprocess.PIPE, text=True)
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(moments.uniform(0.8, 2.5))
        interrupted += child.poll() is None
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdout.close()
        ingest_into(killed, documents)
        ingest_into(clean, documents)
        assert state(killed)[0] == state(clean)[0]
        in_force = [entry for entry in state(killed)[1] if entry[2] == "in_force"]
        assert in_force == [entry for entry in state(clean)[1] if entry[2] == "in_force"]
        assert {entry[1] for entry in in_force} == {str(revision)}
    assert interrupted, "no run was interrupted: make them longer"
