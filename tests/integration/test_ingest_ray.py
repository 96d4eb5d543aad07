"""Ingestion on a Ray cluster of two nodes ends as on one machine, whatever dies: real index, registry and parsers.

Each test names the mutation that turns it red.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sample_files import zipped

from walkdown.documents import DocumentStatus
from walkdown.errors import ResourceError
from walkdown.index.edge import EdgeStore
from walkdown.index.store import IndexIdentity
from walkdown.models.weights import Progress, silent
from walkdown.records.blobs import BlobStore
from walkdown.records.registry import Registry
from walkdown.settings import Settings
from walkdown.testing.memory import HashEmbedder, sample_pack
from walkdown.text.lexical import ANALYSER
from walkdown_ingestion.engines.engine import Engine
from walkdown_ingestion.engines.ray import RayEngine
from walkdown_ingestion.pipeline import IngestReport, ingest
from walkdown_ingestion.testing import procedure

# Read by Ray when it is imported: its processes listen on loopback, as where it knows no clusters, and send nothing.
os.environ |= {"RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0", "RAY_USAGE_STATS_ENABLED": "0"}
pytest.importorskip("ray", reason="Ray is not installed (pip install 'walkdown[ray]')")
pytestmark = pytest.mark.integration

MODEL = HashEmbedder()
IDENTITY = IndexIdentity({MODEL.name: (MODEL.dim, MODEL.fingerprint)}, ANALYSER)
State = tuple[list[Any], list[tuple[str, str, str, int, str, str]]]
RUN = f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r}); import test_ingest_ray as t; t.run()"


class Nodes:
    """A cluster on this machine: a head, and a node that may die."""

    def __init__(self) -> None:
        from ray.cluster_utils import Cluster

        self._options = {"num_cpus": 2, "object_store_memory": 200 * 2**20}
        self._cluster = Cluster(
            initialize_head=True, head_node_args={**self._options, "include_dashboard": False}, shutdown_at_exit=True
        )
        self.address = self._cluster.address
        self.second: Any = None
        self.grow()

    def grow(self) -> None:
        """See to it that there are two nodes."""
        if self.second is None:
            self.second = self._cluster.add_node(**self._options)
            self._cluster.wait_for_nodes()

    def busy(self) -> bool:
        """True while the second node works."""
        import ray

        free = ray._private.state.available_resources_per_node().get(self.second.node_id, {})
        return bool(free.get("CPU", 0) < 2)

    def lose(self) -> None:
        """Kill the second node with everything on it."""
        self._cluster.remove_node(self.second, allow_graceful=False)
        self.second = None

    def stop(self) -> None:
        """End the cluster."""
        import ray

        ray.shutdown()
        self._cluster.shutdown()


@pytest.fixture(scope="module")
def nodes() -> Iterator[Nodes]:
    import ray

    handler = signal.getsignal(signal.SIGTERM)
    cluster = Nodes()
    try:
        ray.init(cluster.address, log_to_driver=False, logging_level="ERROR")
        yield cluster
    finally:
        cluster.stop()
        signal.signal(signal.SIGTERM, handler)


def ray_engine(pause: float = 0.0, address: str = "") -> RayEngine:
    return RayEngine((partial(HashEmbedder, pause=pause),), [MODEL], timeout=60, address=address)


class Home:
    """An installation on disk."""

    def __init__(self, folder: Path) -> None:
        self.settings = Settings(home=folder, parse_timeout=60)

    def take(self, documents: Path, engine: Engine | None = None, progress: Progress = silent) -> IngestReport:
        registry = Registry(self.settings.registry_url)
        try:
            with EdgeStore(self.settings.index_dir, IDENTITY, registry) as store:
                return ingest(
                    [documents],
                    sample_pack(),
                    store=store,
                    embedders=[MODEL],
                    registry=registry,
                    blobs=BlobStore(self.settings.blobs_dir),
                    settings=self.settings,
                    progress=progress,
                    engine=engine,
                )
        finally:
            registry.close()

    def state(self) -> State:
        """The points of the index with vectors, marks and twins, and the entries of the registry."""
        registry = Registry(self.settings.registry_url)
        try:
            with EdgeStore(self.settings.index_dir, IDENTITY, registry) as store:
                points = sorted((point for batch in store.export() for point in batch), key=lambda p: p.id)
            entries = registry.documents("power")
            return points, [(r.id, r.revision, r.status.value, r.chunk_count, r.edition, r.reason) for r in entries]
        finally:
            registry.close()


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Procedures, two of them copies, revisions, a conflict, an archive, records, and files that cannot be read."""
    folder = tmp_path_factory.mktemp("documents")
    for number in range(60):
        text = "".join(f"\n\n## {n}. Step\n\n" + f"Open valve V-{number}{n} slowly. " * 30 for n in range(1, 9))
        (folder / f"{number:02d}.md").write_text(procedure(f"OP-{number}", "1", text))
    (folder / "98.md").write_bytes((folder / "03.md").read_bytes())
    (folder / "99.md").write_text(procedure("OP-4", "2", "Open it at 12.5 barg."))
    (folder / "97.md").write_text(procedure("OP-5", "1", "The same revision says something else."))
    (folder / "more.zip").write_bytes(zipped(("a.md", b"# A\n\nVent first."), ("b.pdf", b"%PDF-1.4 broken")))
    records = "".join(f'{{"id": "R-{n}", "title": "R", "text": "Record {n} of P-10{n}."}}\n' for n in range(5))
    (folder / "records.jsonl").write_text(records + '{"id": "R-9"}\n')
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    (folder / "empty.md").write_bytes(b"")
    return folder


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory, documents: Path) -> tuple[IngestReport, State]:
    """The report and the state of an installation that one machine filled."""
    home = Home(tmp_path_factory.mktemp("alone"))
    return home.take(documents), home.state()


def same(report: IngestReport, other: IngestReport) -> bool:
    return report.model_copy(update={"seconds": other.seconds}) == other


def test_two_nodes_end_like_one_machine(
    nodes: Nodes, documents: Path, alone: tuple[IngestReport, State], tmp_path: Path
) -> None:
    """Mutation: leave `preserve_order` out, or take the vectors of another document in `_with_vectors`."""
    home = Home(tmp_path)
    seen: list[int] = []
    report = home.take(documents, ray_engine(), lambda _, done, total: seen.append(done))
    assert same(report, alone[0]) and report.added > 60
    names = {failure.name for failure in report.failed}
    assert {"broken.pdf", "empty.md", "05.md", "97.md"} <= names and all(f.remedy for f in report.failed)
    assert home.state() == alone[1]
    assert seen == sorted(seen)
    again = home.take(documents, ray_engine())
    assert again.added == again.updated == 0 and again.unchanged >= 60
    assert home.state() == alone[1]


def test_the_work_of_a_node_that_dies_is_done_elsewhere(
    nodes: Nodes, documents: Path, alone: tuple[IngestReport, State], tmp_path: Path
) -> None:
    """Mutation: `max_retries=0` for the tasks; the ingestion then ends with an error."""
    home = Home(tmp_path)
    lost: list[int] = []

    def lose(what: str, done: int, total: int) -> None:
        if done >= 8 and not lost:
            deadline = time.monotonic() + 20
            while not nodes.busy() and time.monotonic() < deadline:
                time.sleep(0.05)
            assert nodes.busy(), "the second node has nothing to do: make the ingestion longer"
            nodes.lose()
            lost.append(done)

    monkey = pytest.MonkeyPatch()
    monkey.setattr("walkdown_ingestion.run.WINDOW", 40)
    try:
        report = home.take(documents, ray_engine(pause=1.5), lose)
    finally:
        monkey.undo()
        nodes.grow()
    assert lost and lost[0] < 40
    assert same(report, alone[0])
    assert without_generations(home.state()) == without_generations(alone[1])


def without_generations(state: State) -> tuple[list[Any], list[Any]]:
    """A state as another number of steps would have left it."""
    marks = ("since", "until", "shown", "hidden")
    points = [p._replace(payload={k: v for k, v in p.payload.items() if k not in marks}) for p in state[0]]
    return points, state[1]


def run() -> None:
    """What the child process does that is killed."""
    home = Home(Path(os.environ["TEST_HOME"]))

    def tell(what: str, done: int, total: int) -> None:
        sys.stdout.write(f"{done}\n")
        sys.stdout.flush()

    home.take(Path(os.environ["TEST_DOCUMENTS"]), ray_engine(pause=0.5, address=os.environ["TEST_RAY"]), tell)


def test_killed_the_next_run_ends_like_an_undisturbed_one(
    nodes: Nodes, documents: Path, alone: tuple[IngestReport, State], tmp_path: Path
) -> None:
    """Mutation: let `Publisher` commit before it writes passages."""
    environment = os.environ | {"TEST_HOME": str(tmp_path), "TEST_DOCUMENTS": str(documents), "TEST_RAY": nodes.address}
    support = str(Path(__file__).parents[1] / "support")
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, [os.environ.get("PYTHONPATH"), support]))
    child = subprocess.Popen([sys.executable, "-c", RUN], env=environment, stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    assert child.stdout.readline(), "the ingestion ended at once"
    child.send_signal(signal.SIGKILL)
    child.wait()
    child.stdout.close()
    home = Home(tmp_path)
    half = home.state()[1]
    assert len([entry for entry in half if entry[2] == DocumentStatus.IN_FORCE.value]) < 60
    home.take(documents, ray_engine())
    assert without_generations(home.state()) == without_generations(alone[1])


def test_a_folder_that_workers_do_not_see_ends_the_run_with_the_reason(
    nodes: Nodes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Mutation: leave the file to the reader in `Bench.outcomes`; every document would be reported as unreadable."""
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "a.md").write_text(procedure("OP-1", "1", "Trip at 12.5 barg."))
    elsewhere: Callable[[Any], Any] = lambda job: job._replace(path=Path("/nowhere") / job.path.name)  # noqa: E731
    monkeypatch.setattr("walkdown_ingestion.engines.ray._absolute", elsewhere)
    monkeypatch.setattr(Path, "exists", lambda path: path.parent == Path("/nowhere") or os.path.lexists(path))
    with pytest.raises(ResourceError, match=r"does not see /nowhere/a\.md") as caught:
        Home(tmp_path / "home").take(documents, ray_engine())
    assert "same path" in caught.value.remedy
