"""What smaller vectors cost and spare in the embedded engine: recall@10 against exact search, time, memory, disk.

`python -m walkdown_eval.bench.compressed --points 20000` on synthetic vectors, `--installed` on those of the
installation under WALKDOWN_HOME (each encoder by itself). Every way is built and searched in a process of its own;
time is processor time, which other work on the machine hardly changes. The engine makes int8 copies when it is
optimised, and searches them before it looks at the vectors themselves (rescore).
"""

import argparse
import multiprocessing
import tempfile
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import psutil
import qdrant_edge as edge
from rich.console import Console

from walkdown.models.encoders import load_embedder
from walkdown.settings import Settings
from walkdown_eval.bench.index_speed import Synthetic
from walkdown_eval.bench.pack_sets import installation

Matrix = npt.NDArray[np.float32]
K, QUESTIONS, _BATCH = 10, 100, 512
_NAME = "v"


class Way(NamedTuple):
    """How vectors are kept and searched. `graph` is whether the approximate graph is built."""

    vectors: Mapping[str, Any]
    search: Mapping[str, Any]
    graph: bool = False


def ways() -> dict[str, Way]:
    """The ways that are compared; the first is what Walkdown does."""
    half = {"datatype": edge.VectorStorageDatatype.Float16}
    cold = {"memory": edge.Memory.Cold}
    int8 = {"quantization_config": edge.ScalarQuantizationConfig(edge.ScalarType.Int8, 0.99, memory=edge.Memory.Pinned)}
    approximate = {"quantization": edge.QuantizationSearchParams(rescore=False)}
    rescored = {"quantization": edge.QuantizationSearchParams(rescore=True, oversampling=2.0)}
    return {
        "float32, exact": Way({}, {"exact": True}),
        "float32 on disk, exact": Way(cold, {"exact": True}),
        "float16, exact": Way(half, {"exact": True}),
        "float32, graph": Way({}, {"hnsw_ef": 256}, graph=True),
        "int8, scanned": Way(int8, approximate),
        "int8, scanned, rescored": Way(int8, rescored),
        "int8, graph, rescored": Way(int8, {"hnsw_ef": 256, **rescored}, graph=True),
        "int8, graph, float32 on disk, rescored": Way(int8 | cold, {"hnsw_ef": 256, **rescored}, graph=True),
    }


def build(folder: Path, passages: Matrix, way: Way) -> float:
    """Write an index of these vectors; processor seconds."""
    started = time.process_time()
    parameters = edge.EdgeVectorParams(passages.shape[1], edge.Distance.Cosine, **way.vectors)
    # With one edge a point the graph costs nothing and is not searched: the engine compresses only what it indexes.
    graph = edge.HnswIndexConfig(16, 100, 1) if way.graph else edge.HnswIndexConfig(0, 4, 10**9)
    config = edge.EdgeConfig(
        vectors={_NAME: parameters},
        hnsw_config=graph,
        optimizers=edge.EdgeOptimizersConfig(default_segment_number=1, indexing_threshold=1),
    )
    folder.mkdir(parents=True)
    shard = edge.EdgeShard.create(str(folder), config)
    for start in range(0, len(passages), _BATCH):
        rows = passages[start : start + _BATCH]
        points = [edge.Point(start + i, {_NAME: row.tolist()}, {}) for i, row in enumerate(rows)]
        shard.update(edge.UpdateOperation.upsert_points(points))
    if way.graph or "quantization_config" in way.vectors:
        shard.optimize()
    shard.flush()
    shard.close()
    return time.process_time() - started


def search(folder: Path, questions: Matrix, way: Way) -> tuple[list[list[int]], float, float]:
    """Ids found per question, processor milliseconds of a search, and private megabytes that the index took."""
    before = psutil.Process().memory_full_info().uss
    shard = edge.EdgeShard.load(str(folder))
    requests = [
        edge.QueryRequest(limit=K, query=edge.Query.Nearest(q.tolist(), _NAME), params=edge.SearchParams(**way.search))
        for q in questions
    ]
    for request in requests[:5]:
        shard.query(request)
    started = time.process_time()
    found = [[int(hit.id) for hit in shard.query(request)] for request in requests]
    spent = (time.process_time() - started) / len(requests) * 1000
    return found, spent, (psutil.Process().memory_full_info().uss - before) / 1e6


def exact(passages: Matrix, questions: Matrix) -> list[list[int]]:
    """The true nearest passages of each question by cosine."""
    unit = passages / np.linalg.norm(passages, axis=1, keepdims=True)
    return [np.argsort(-(unit @ q), kind="stable")[:K].tolist() for q in questions]


def recall(found: list[list[int]], truth: list[list[int]]) -> float:
    """Share of the true nearest passages that were found."""
    return float(np.mean([len(set(a) & set(b)) / len(b) for a, b in zip(found, truth, strict=True)]))


def _run(folder: Path, file: Path, name: str, step: str) -> Any:
    held = np.load(file)
    way = ways()[name]
    return build(folder, held["passages"], way) if step == "build" else search(folder, held["questions"], way)


def compare(passages: Matrix, questions: Matrix, *, only: str = "") -> Iterator[str]:
    """One table row per way whose name contains `only`."""
    truth = exact(passages, questions)
    with tempfile.TemporaryDirectory(prefix="walkdown-vectors-") as home:
        file = Path(home) / "vectors.npz"
        np.savez(file, passages=passages, questions=questions)
        for number, name in enumerate(name for name in ways() if only in name):
            folder = Path(home) / str(number)
            context = multiprocessing.get_context("spawn")
            with ProcessPoolExecutor(1, mp_context=context, max_tasks_per_child=1) as pool:
                built = pool.submit(_run, folder, file, name, "build").result()
                found, spent, memory = pool.submit(_run, folder, file, name, "search").result()
            disk = sum(path.stat().st_blocks * 512 for path in folder.rglob("*") if path.is_file()) / 1e6
            cells = (
                name,
                f"{recall(found, truth):.3f}",
                f"{spent:.2f}",
                f"{memory:.0f}",
                f"{disk:.0f}",
                f"{built:.0f}",
            )
            yield "| " + " | ".join(cells) + " |"


def synthetic(points: int) -> tuple[Matrix, Matrix]:
    """Vectors like an encoder's: see `index_speed`."""
    return Synthetic(1).dense(points)["small"], Synthetic(2).dense(QUESTIONS)["small"]


def installed(settings: Settings) -> dict[str, tuple[Matrix, Matrix]]:
    """The vectors of an installation by encoder; every n-th passage is taken out and asked for its neighbours."""
    embedders = [load_embedder(name, settings) for name in settings.embedders]
    with installation(settings, embedders) as found:
        points = [point for batch in found.store.export() for point in batch]  # type: ignore[attr-defined]
    out = {}
    for embedder in embedders:
        matrix = np.array([point.dense[embedder.name] for point in points], np.float32)
        asked = np.arange(len(matrix)) % max(2, len(matrix) // QUESTIONS) == 0
        out[embedder.name] = matrix[~asked], matrix[asked][:QUESTIONS]
    return out


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--points", type=int, nargs="*", default=[], help="Sizes of synthetic sets.")
    parser.add_argument("--installed", action="store_true", help="The vectors under WALKDOWN_HOME.")
    parser.add_argument("--only", default="", help="Only the ways whose name contains this.")
    arguments = parser.parse_args()
    console = Console(width=200)
    sets = {f"{points:,} synthetic": synthetic(points) for points in arguments.points}
    sets |= installed(Settings()) if arguments.installed else {}
    for name, (passages, questions) in sets.items():
        console.print(f"{name}: {len(passages):,} passages, {len(questions)} questions")
        console.print("| way | recall@10 | ms | MB in memory | MB on disk | seconds to build |\n|" + "---|" * 6)
        for row in compare(passages, questions, only=arguments.only):
            console.print(row, soft_wrap=True)


if __name__ == "__main__":
    main()
