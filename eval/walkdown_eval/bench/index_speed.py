"""Measures the embedded index: writing, reopening, hybrid search and memory, on synthetic passages.

`python -m walkdown_eval.bench.index_speed --points 10000 100000`. Dense vectors (384 and 512 dimensions) lie near a
subspace of 32 dimensions in 400 clusters, as encoders' do (independent Gaussians would have no near neighbours);
terms follow Zipf's law. A search has seven branches: both encoders and the lexical one in two languages, and tags.
Writing and searching run in processes of their own, so that their memory is told apart.
"""

import argparse
import json
import multiprocessing
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import psutil
from rich.console import Console
from rich.table import Table

from walkdown.documents import Chunk, Language, Principal
from walkdown.index.edge import EdgeStore
from walkdown.index.store import Branch, IndexedChunk, IndexIdentity, SearchRequest
from walkdown.text.lexical import SparseVector

DIMENSIONS = {"small": 384, "wide": 512}
IDENTITY = IndexIdentity({name: (dim, "synthetic") for name, dim in DIMENSIONS.items()}, "synthetic")
LATENT, CLUSTERS, VOCABULARY = 32, 400, 40_000
TERMS_PER_PASSAGE, TERMS_PER_QUESTION, TAGS = 90, 12, 3_000
QUESTIONS, CLIENTS = 200, 8
BATCH = 4096
"""Passages written at once. Every write waits for the disk, which took two thirds of the time at 256."""
POOL = 5_000
"""Lexical vectors to draw from: making one for each passage took a quarter of the processor time of writing."""
_TEXT = (
    "주급수 펌프를 기동하기 전에 흡입 밸브가 열려 있는지 확인한다. The minimum flow shall not be less than 40 m3/h. "
    * 5
)


class Synthetic:
    """Passages and questions from one seed."""

    def __init__(self, seed: int) -> None:
        fixed = np.random.default_rng(0)
        self._centres = fixed.normal(size=(CLUSTERS, LATENT))
        self._projections = {name: fixed.normal(size=(LATENT, dim)) for name, dim in DIMENSIONS.items()}
        frequency = 1.0 / np.arange(1, VOCABULARY + 1) ** 1.05
        self._frequency = np.cumsum(frequency / frequency.sum())
        self._rng = np.random.default_rng(seed)

    def dense(self, count: int) -> dict[str, npt.NDArray[np.float32]]:
        """Unit vectors per encoder, one row per text."""
        latent = self._centres[self._rng.integers(CLUSTERS, size=count)] + 0.6 * self._rng.normal(size=(count, LATENT))
        out = {}
        for name, projection in self._projections.items():
            rows = latent @ projection
            rows += 0.2 * np.std(rows) * self._rng.normal(size=rows.shape)
            out[name] = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
        return out

    def sparse(self, terms: int) -> SparseVector:
        """A lexical vector with about `terms` draws from the vocabulary."""
        drawn = np.searchsorted(self._frequency, self._rng.random(terms))
        found, counts = np.unique(np.minimum(drawn, VOCABULARY - 1) * 104_729 % 2**31, return_counts=True)
        return SparseVector(found.tolist(), (counts * 2.2 / (counts + 1.2)).tolist())

    def tag(self) -> str:
        """An equipment tag."""
        return f"P{int(self._rng.integers(TAGS))}A"

    def passages(self, points: int) -> Iterator[list[IndexedChunk]]:
        """All passages of one pack, in batches."""
        pool = [self.sparse(TERMS_PER_PASSAGE) for _ in range(min(POOL, points))]
        for start in range(0, points, BATCH):
            count = min(BATCH, points - start)
            dense = self.dense(count)
            drawn = self._rng.integers(len(pool), size=count)
            yield [
                IndexedChunk(
                    _chunk(start + row, (self.tag(),) if row % 3 == 0 else ()),
                    {name: matrix[row] for name, matrix in dense.items()},
                    pool[drawn[row]],
                )
                for row in range(count)
            ]

    def request(self) -> SearchRequest:
        """A search in two languages with a tag."""
        dense = self.dense(1)
        languages: tuple[Language, ...] = ("ko", "en")
        branches = [
            Branch(f"{name}:{language}", name, rows[0], 1.0, 60, (language,))
            for language in languages
            for name, rows in dense.items()
        ]
        branches += [
            Branch(f"lexical:{lang}", "sparse", self.sparse(TERMS_PER_QUESTION), 1.0, 60, (lang,)) for lang in languages
        ]
        branches.append(Branch("tags", "tags", (self.tag(),), 2.0, 60))
        return SearchRequest("power", Principal(groups=("ops",)), branches, 10, {})


def _chunk(number: int, tags: tuple[str, ...]) -> Chunk:
    language: Language = "ko" if number // 20 % 2 else "en"
    return Chunk(
        id=f"D{number // 20}:{number % 20}",
        document_id=f"D{number // 20}",
        pack="power",
        title="Feed pump",
        language=language,
        ordinal=number % 20,
        text=_TEXT,
        tags=tags,
    )


class Speed(NamedTuple):
    """Milliseconds of a search by one client and by one of eight at once, and processor milliseconds of a search.

    Half of the searches are faster than p50, 95 of 100 faster than p95. Only the last hardly depends on other work.
    """

    p50: float
    p95: float
    p50_of_8: float
    p95_of_8: float
    per_second_of_8: float
    processor: float


def write(folder: Path, points: int) -> dict[str, float]:
    """Write an index; processor seconds of the store alone, without making the passages."""
    seconds = 0.0
    with EdgeStore(folder, IDENTITY) as store:
        for batch in Synthetic(1).passages(points):
            started = time.process_time()
            store.upsert(batch)
            seconds += time.process_time() - started
    size = sum(path.stat().st_blocks * 512 for path in folder.rglob("*") if path.is_file())
    return {"write_processor_s": seconds, "disk_mb": size / 1e6, **_memory()}


def search(folder: Path, points: int) -> dict[str, float]:
    """Reopen an index and search it."""
    del points
    base = _memory()["rss_mb"]
    started = time.perf_counter()
    with EdgeStore(folder, IDENTITY) as store:
        reopened = time.perf_counter() - started
        speed = _speed(store)
        return {"reopen_s": reopened, **speed._asdict(), **_memory(), "rss_before_mb": base}


def optimise(folder: Path, points: int) -> dict[str, float]:
    """Build the graph whatever the size, then search through it and compare with exact scans."""
    exact = _answers(folder, points)
    with EdgeStore(folder, IDENTITY, exact_limit=0) as store:
        started = time.perf_counter()
        store.optimise()
        seconds = time.perf_counter() - started
        speed = _speed(store)
    found = _answers(folder, 0)
    recall = np.mean([len(set(a) & set(b)) / len(a) for a, b in zip(exact, found, strict=True)])
    return {"optimise_s": seconds, **speed._asdict(), "same_hits": float(recall)}


def _answers(folder: Path, exact_limit: int) -> list[list[str]]:
    made = Synthetic(3)
    with EdgeStore(folder, IDENTITY, exact_limit=exact_limit) as store:
        return [[hit.chunk.id for hit in store.search(made.request())] for _ in range(50)]


def _speed(store: EdgeStore) -> Speed:
    made = Synthetic(2)
    requests = [made.request() for _ in range(QUESTIONS)]
    for request in requests[:10]:
        store.search(request)

    def timed(request: SearchRequest) -> float:
        started = time.perf_counter()
        store.search(request)
        return time.perf_counter() - started

    spent = time.process_time()
    alone = [timed(request) for request in requests]
    spent = time.process_time() - spent
    started = time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as pool:
        together = list(pool.map(timed, requests))
    per_second = QUESTIONS / (time.perf_counter() - started)
    (p50, p95), (p50_of_8, p95_of_8) = (np.percentile(seconds, [50, 95]) * 1000 for seconds in (alone, together))
    processor = spent / QUESTIONS * 1000
    return Speed(float(p50), float(p95), float(p50_of_8), float(p95_of_8), per_second, processor)


def _memory() -> dict[str, float]:
    """Resident megabytes, and those of them that no mapped file can give back."""
    memory = psutil.Process().memory_full_info()
    return {"rss_mb": memory.rss / 1e6, "private_mb": memory.uss / 1e6}


def measure(points: int, folder: Path, *, graph: bool) -> dict[str, Any]:
    """All figures for one size."""
    figures: dict[str, Any] = {"points": points, "cpus": os.cpu_count(), "load": os.getloadavg()[0]}
    steps = (write, search, optimise) if graph else (write, search)
    for step in steps:
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(1, mp_context=context) as pool:
            figures[step.__name__] = pool.submit(step, folder, points).result()
    return figures


def show(rows: Sequence[dict[str, Any]], console: Console) -> None:
    """Print the figures as a table."""
    columns = sorted(
        {(step, name) for row in rows for step, part in row.items() if isinstance(part, dict) for name in part}
    )
    table = Table("figure", *(f"{row['points']:,} points" for row in rows))
    table.add_row("load at start", *(f"{row['load']:.1f}" for row in rows))
    for step, name in columns:
        table.add_row(f"{step} {name}", *(f"{row.get(step, {}).get(name, float('nan')):,.2f}" for row in rows))
    console.print(table)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--points", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--graph", action="store_true", help="also build the approximate graph and compare")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    arguments = parser.parse_args()
    rows = []
    for points in arguments.points:
        with tempfile.TemporaryDirectory(prefix="walkdown-index-") as folder:
            rows.append(measure(points, Path(folder) / "qdrant", graph=arguments.graph))
    if arguments.json:
        sys.stdout.write(json.dumps(rows, indent=2) + "\n")
    else:
        show(rows, Console(width=100))


if __name__ == "__main__":
    main()
