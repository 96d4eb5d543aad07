"""Killed at any moment, the next run ends where an undisturbed one would have ended: real index and registry."""

import importlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

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


STEPS = {
    "keep": "walkdown.records.blobs:BlobStore",
    "intend": "walkdown.records.registry:Registry",
    "upsert": "walkdown.index.base:StoreBase",
    "mark": "walkdown.index.base:StoreBase",
    "commit": "walkdown.records.registry:Registry",
    "delete_edition": "walkdown.index.base:StoreBase",
    "annotate": "walkdown.index.base:StoreBase",
}
"""What an ingestion writes with: name of the method and where it is."""


def run_up_to(step: str, when: str) -> None:
    """What the child does that is killed at a step (a later call where there are several), before or after it."""
    module, _, owner = STEPS[step].partition(":")
    cls = getattr(importlib.import_module(module), owner)
    original, calls = getattr(cls, step), [0]
    nth = 2 if step in ("keep", "mark") else 1

    def dying(*args: object, **options: object) -> object:
        calls[0] += 1
        if calls[0] == nth and when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        result = original(*args, **options)
        if calls[0] == nth:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(cls, step, dying)
    run()


def write_revisions(documents: Path, latest: int) -> None:
    """A folder with twins, revisions in force and superseded, a file edited in place, and a conflict."""
    documents.mkdir(exist_ok=True)
    body = (
        "Open the suction valve slowly and watch the pressure of the pump while it fills with water. Vent the casing "
        "until no more air comes, then close the vent and its cap. Start the oil pump, wait for the pressure, compare "
        "both gauges. Report to the shift supervisor, get the release of the control room, then press start once. "
        "If the flow does not rise within twenty seconds stop the pump, close the valve and write down what was seen. "
    )
    for revision in range(1, latest + 1):
        for unit in (1, 2, 3):
            text = f"---\nid: OP-{unit}\nrevision: '{revision}'\n---\n# Start of unit {unit}\n\n## 1. Set point\n\n"
            text += f"Trip at {revision * 10} bar.\n\n## 2. Filling\n\n{body}\n"
            (documents / f"op-{unit}-r{revision}.md").write_text(text)
    (documents / "notes.md").write_text(f"# Notes\n\nState {latest}: " + "drain the trap and close it again. " * 20)
    for name in "ab"[:latest]:
        (documents / f"c-{name}.md").write_text(f"---\nid: C-1\nrevision: '1'\n---\n# C\n\nLimit {name}.\n")


def whole_state(home: Path) -> tuple[list[tuple[str, str, str, tuple[str, ...]]], list[tuple[str, str, str, int]]]:
    """Passages with their standing and twins, and the entries of the registry."""
    settings = Settings(home=home)
    embedder = HashEmbedder()
    registry = Registry(settings.registry_url)
    identity = IndexIdentity({embedder.name: (embedder.dim, embedder.fingerprint)}, ANALYSER)
    with open_store(settings, identity, registry) as store:  # type: ignore[attr-defined]  # both engines have it
        chunks = [(c.id, c.status.value, str(c.effective_until), c.twins) for c in store.chunks("power")]
    entries = [(r.id, r.revision, r.status.value, r.chunk_count) for r in registry.documents("power")]
    registry.close()
    return chunks, entries


class Undisturbed(NamedTuple):
    """The documents at their second state, a home that has taken in the first, and how one ends that takes in both."""

    documents: Path
    first: Path
    end: tuple[list[tuple[str, str, str, tuple[str, ...]]], list[tuple[str, str, str, int]]]


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    folder = tmp_path_factory.mktemp("undisturbed")
    documents, first, clean = folder / "documents", folder / "first", folder / "clean"
    write_revisions(documents, 1)
    ingest_into(first, documents)
    shutil.copytree(first, clean)
    write_revisions(documents, 2)
    ingest_into(clean, documents)
    return Undisturbed(documents, first, whole_state(clean))


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("step", STEPS)
def test_killed_at_every_step_the_next_run_ends_like_an_undisturbed_one(
    undisturbed: Undisturbed, tmp_path: Path, step: str, when: str
) -> None:
    """Mutation: leave out the note of `Registry.intend`, or `_reconcile` of the run, or write `commit` first."""
    killed = tmp_path / "killed"
    shutil.copytree(undisturbed.first, killed)
    code = RUN.replace("t.run()", f"t.run_up_to({step!r}, {when!r})")
    environment = os.environ | {"TEST_HOME": str(killed), "TEST_DOCUMENTS": str(undisturbed.documents)}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, check=False)
    assert done.returncode == -signal.SIGKILL, "the step was not reached"
    ingest_into(killed, undisturbed.documents)
    assert whole_state(killed) == undisturbed.end
    entries = undisturbed.end[1]
    assert {e[2] for e in entries if e[0] == "C-1"} == {"conflict"}
    assert [e[1] for e in entries if e[0] == "OP-2" and e[2] == "in_force"] == ["2"]


@pytest.mark.parametrize("when", ["before", "after"])
def test_twins_marked_by_a_killed_run_do_not_outlive_what_changed_meanwhile(tmp_path: Path, when: str) -> None:
    """Mutation: leave out the note before `annotate` in `Twins.link`; OP-1 then stays a twin of what OP-2 was."""
    documents, home = tmp_path / "documents", tmp_path / "home"
    write_revisions(documents, 1)
    others = [path for path in documents.iterdir() if path.name not in ("op-1-r1.md", "notes.md")]
    kept = {path: path.read_text() for path in others}
    for path in others:
        path.unlink()
    ingest_into(home, documents)
    for path, text in kept.items():
        path.write_text(text)
    code = RUN.replace("t.run()", f"t.run_up_to('annotate', {when!r})")
    environment = os.environ | {"TEST_HOME": str(home), "TEST_DOCUMENTS": str(documents)}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, check=False)
    assert done.returncode == -signal.SIGKILL, "the step was not reached"
    for unit in (2, 3):
        text = f"---\nid: OP-{unit}\nrevision: '2'\n---\n# Other\n\n" + f"Tank {unit} is drained by its siphon. " * unit
        (documents / f"op-{unit}-r1.md").write_text(text)
    ingest_into(home, documents)
    assert {chunk[0].partition(":")[0]: chunk[3] for chunk in whole_state(home)[0]}["OP-1"] == ()


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
