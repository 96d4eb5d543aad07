"""The engines: which one is asked for, and what a worker of a cluster does with its jobs (no cluster here)."""

import importlib.util
import pickle
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from walkdown.errors import ModelError, ResourceError, UsageError
from walkdown.models.embedder import Embedder
from walkdown.settings import Settings
from walkdown.testing.memory import HashEmbedder
from walkdown_ingestion.engines import ray as ray_engine
from walkdown_ingestion.engines.bench import Assignment, Made, Unseen, versions_of, work_on
from walkdown_ingestion.engines.engine import Work
from walkdown_ingestion.engines.ray import RayEngine
from walkdown_ingestion.metadata import FileFacts
from walkdown_ingestion.prepare import FileJob, Job, Outcome, Prepared, Recipe, Refused
from walkdown_ingestion.sources import Unchanged
from walkdown_ingestion.testing import Plant, procedure
from walkdown_server.composition import build_services

RECIPE = Recipe("power", ())
MODEL = HashEmbedder()


def job(path: Path, sha256: str = "a" * 64) -> FileJob:
    return FileJob(path, FileFacts(str(path), path.name, sha256, ""))


def assignment(*, versions: tuple[str, ...] = versions_of([MODEL]), make: Any = HashEmbedder) -> bytes:
    return pickle.dumps(Assignment(RECIPE, 60, (make,), versions))


def failing() -> Embedder:
    raise ModelError("The weights are damaged.", "Pull them again.")


def in_this_process(jobs: list[Job], packed: bytes) -> Iterator[Outcome | Unseen]:
    """What the cluster does with jobs."""
    made: Made = work_on(jobs, packed)
    assert isinstance(made, tuple)
    return iter(made)


def no_ray(monkeypatch: pytest.MonkeyPatch) -> None:
    find = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "ray" else find(name))


def test_without_ray_its_engine_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    no_ray(monkeypatch)
    with pytest.raises(UsageError, match="not installed") as caught:
        RayEngine((HashEmbedder,), [MODEL], timeout=1)
    assert "walkdown[ray]" in caught.value.remedy
    from walkdown.wire import IngestQuery

    settings = Settings(home=tmp_path / "home", embedders=())
    services = build_services(settings)
    with pytest.raises(UsageError, match="not installed"):
        services.ingest(IngestQuery(pack="power", paths=(str(tmp_path),), engine="ray"), lambda *_: None)


def test_nothing_imports_ray_before_its_engine_is_used() -> None:
    import subprocess
    import sys

    code = "import sys, walkdown_server.composition; sys.exit('ray' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_worker_gives_each_document_its_own_vectors(tmp_path: Path) -> None:
    """Mutation: hand the vectors out in another order."""
    for n, text in enumerate(("Long. " * 900, "Trip.", "Vent the casing first. " * 300)):
        (tmp_path / f"{n}.md").write_text(procedure(f"OP-{n}", "1", text))
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.4 broken")
    paths = sorted(tmp_path.iterdir())
    made = work_on([job(path) for path in paths], assignment())
    assert isinstance(made, tuple) and len(made) == 4
    for path, outcome in zip(paths, made, strict=True):
        assert isinstance(outcome, Outcome)
        (item,) = outcome.items
        if path.suffix == ".pdf":
            assert isinstance(item, Refused) and item.remedy
            continue
        assert isinstance(item, Prepared) and item.indexed is not None
        assert [one.chunk for one in item.indexed] == list(item.chunks)
        alone = MODEL.embed_passages([chunk.search_text for chunk in item.chunks])
        for one, vector in zip(item.indexed, alone, strict=True):
            assert one.dense["hash"] == pytest.approx(vector)


def test_a_worker_of_another_version_or_without_weights_says_so(tmp_path: Path) -> None:
    other = work_on([job(tmp_path / "a.md")], assignment(versions=("other",)))
    assert isinstance(other, UsageError) and "same version" in other.remedy
    broken = work_on([job(tmp_path / "a.md")], assignment(make=failing))
    assert isinstance(broken, ModelError) and broken.cause == "The weights are damaged."
    assert isinstance(pickle.loads(pickle.dumps(broken)), ModelError)


def test_a_file_that_is_not_there_is_told_from_one_that_cannot_be_read(tmp_path: Path) -> None:
    """Mutation: raise for a file that is gone for the one who asked too."""
    gone = job(tmp_path / "gone.md")
    (made,) = work_on([gone], assignment())  # type: ignore[misc]
    assert isinstance(made, Unseen) and made.machine
    (refused,) = ray_engine._seen(made, RECIPE).items
    assert isinstance(refused, Refused) and "gone.md" in refused.cause
    gone.path.write_text("# There\n\nText.")
    with pytest.raises(ResourceError, match=r"gone\.md"):
        ray_engine._seen(made, RECIPE)


def test_results_come_in_the_order_of_the_work_over_portions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    runs: list[int] = []

    def here(jobs: list[Job], packed: bytes) -> Iterator[Outcome | Unseen]:
        runs.append(len(jobs))
        return in_this_process(jobs, packed)

    monkeypatch.setattr(ray_engine, "_run", here)
    monkeypatch.setattr(ray_engine, "PORTION", 3)
    work: list[Work] = []
    for n in range(7):
        path = tmp_path / f"{n}.md"
        path.write_text(procedure(f"OP-{n}", "1", "Vent."))
        work.append(Unchanged(str(n)) if n % 3 == 1 else job(path))
    results = list(ray_engine._results(ray_engine._portions(iter(work)), assignment(), RECIPE))
    assert runs == [2, 2, 1]
    names = [r.source if isinstance(r, Unchanged) else Path(r.items[0].facts.source).stem for r in results]  # type: ignore[union-attr]
    assert names == [str(n) for n in range(7)]


def test_a_run_takes_the_vectors_it_is_given(tmp_path: Path) -> None:
    """Mutation: encode again what a worker has encoded, or forget what none has."""

    class Never(HashEmbedder):
        def embed_passages(self, texts: Any) -> Any:
            raise AssertionError("encoded twice")

    plant = Plant(tmp_path)
    plant.write("a.md", procedure("OP-1", "1", "Trip."))
    plant.embedders = [Never()]

    class OneProcess(RayEngine):
        def results(self, work: Any, recipe: Recipe) -> Any:
            from contextlib import nullcontext

            packed = pickle.dumps(Assignment(recipe, 60, (HashEmbedder,), versions_of([MODEL])))
            return nullcontext(ray_engine._results(iter([list(work)]), packed, recipe))

    monkey = pytest.MonkeyPatch()
    monkey.setattr(ray_engine, "_run", in_this_process)
    monkey.setattr(ray_engine, "require_ray", lambda: None)
    try:
        report = plant.ingest(engine=OneProcess((partial(HashEmbedder),), [MODEL], timeout=60))
    finally:
        monkey.undo()
    assert report.added == 1 and report.chunks == 1 and [c.document_id for c in plant.chunks()] == ["OP-1"]
