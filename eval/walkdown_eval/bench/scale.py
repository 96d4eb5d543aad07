"""How ingestion grows: `python -m walkdown_eval.bench.scale --engine ray --passages 1000 10000`.

Makes Markdown procedures of about that many passages and takes them into an empty installation with the embedded
index, once for each number. `--encoders installed` are those of the settings; `drawn` draws vectors of the same size by
chance, which costs next to nothing: what is left is the pipeline itself. A cluster is started before the clock and one
task may run on each of its `--cpus`; `--address` names one that is there. `--texts FOLDER --pages 20000` takes the
Markdown documents of a folder again and again in place of made ones, each time with other numbers, until they are as
many pages (of 1,800 characters); the last column is the most that one child, which parses, held. Processor seconds are
those of this process and of all it started; unlike the time on the clock they hardly depend on other work.
"""

import argparse
import contextlib
import os
import random
import re
import resource
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import numpy as np
import psutil

from walkdown.index.edge import EdgeStore
from walkdown.index.store import IndexIdentity
from walkdown.models.embedder import Embedder, FloatMatrix
from walkdown.models.encoders import load_embedder
from walkdown.packs.loader import get_pack
from walkdown.packs.schema import Pack
from walkdown.records.blobs import BlobStore
from walkdown.records.registry import Registry
from walkdown.settings import Settings
from walkdown.text.lexical import ANALYSER
from walkdown_ingestion.engines.engine import Engine
from walkdown_ingestion.engines.ray import RayEngine
from walkdown_ingestion.pipeline import IngestReport, ingest

_SECTIONS = 12
_HEAD = "passages  seconds  processor seconds  passages for one  parse  encode  write  MB here  MB of a child"
_PAGE_CHARS = 1_800
_NUMBER = re.compile(r"\d{1,6}")
_WORDS = (
    "pump valve pressure check open close slowly before start level gauge record shift operator release trip alarm "
    "펌프 밸브 압력을 확인하고 천천히 연다 닫는다 운전원은 기록한다 기동 정지 수위가 설정값 이상이면 보고한다"
).split()


class Drawn:
    """An `Embedder` that draws a vector by chance, the same for the same text."""

    def __init__(self, name: str, dim: int) -> None:
        self.name, self.dim, self.fingerprint = name, dim, f"drawn-{dim}"

    def embed_passages(self, texts: Sequence[str]) -> FloatMatrix:
        """Vectors of length one; shape (len(texts), dim)."""
        rows = [np.random.default_rng(zlib.crc32(text.encode())).standard_normal(self.dim) for text in texts]
        matrix = np.array(rows, dtype=np.float32).reshape(len(texts), self.dim)
        matrix /= np.linalg.norm(matrix, axis=1, keepdims=True)
        return matrix

    def embed_questions(self, texts: Sequence[str]) -> FloatMatrix:
        """As passages."""
        return self.embed_passages(texts)


def write_documents(folder: Path, passages: int) -> None:
    """Procedures of a dozen sections, each a passage of some 120 words with a tag and limits."""
    chance = random.Random(1)  # noqa: S311 - the same folder every time
    for number in range(max(1, passages // _SECTIONS)):
        parts = [f"---\nid: OP-{number}\nrevision: '1'\n---\n# Procedure {number}\n"]
        for section in range(1, _SECTIONS + 1):
            words = " ".join(chance.choices(_WORDS, k=120))
            parts.append(
                f"## {section}. Step\n\nP-{chance.randint(1, 999)}: {chance.randint(1, 99)}.5 barg. {words}.\n"
            )
        (folder / f"{number:06d}.md").write_text("\n".join(parts), "utf-8")


def write_variants(folder: Path, texts: Path, pages: int) -> None:
    """The documents of a folder over and over, each with an id and with numbers of its own."""
    chance = random.Random(1)  # noqa: S311 - the same folder every time
    # A number drawn for a month would make the date at the head of a document one that does not exist.
    originals = [file.read_text("utf-8").split("\n---\n", 1)[-1] for file in sorted(texts.rglob("*.md"))]
    written = number = 0
    while written < pages * _PAGE_CHARS:
        text = _NUMBER.sub(lambda m: str(chance.randint(1, 10 ** len(m.group()))), originals[number % len(originals)])
        text = f"---\nid: V-{number}\nrevision: '1'\n---\n{text}"
        (folder / f"v-{number:06d}.md").write_text(text, "utf-8")
        written += len(text)
        number += 1


def encoders_of(kind: str, settings: Settings) -> list[Callable[[], Embedder]]:
    """What makes the encoders in a worker, with one core each."""
    if kind == "drawn":
        return [partial(Drawn, "small", 384), partial(Drawn, "large", 512)]
    return [partial(load_embedder, name, settings, threads=1) for name in settings.embedders]


def taken_in(
    documents: Path, home: Path, pack: Pack, encoders: Sequence[Callable[[], Embedder]], engine: Engine | None
) -> IngestReport:
    """One ingestion into an empty installation."""
    settings = Settings(home=home)
    embedders = [make() for make in encoders]
    identity = IndexIdentity({one.name: (one.dim, one.fingerprint) for one in embedders}, ANALYSER)
    registry = Registry(settings.registry_url)
    try:
        with EdgeStore(settings.index_dir, identity, registry) as store:
            return ingest(
                [documents],
                pack,
                store=store,
                embedders=embedders,
                registry=registry,
                blobs=BlobStore(settings.blobs_dir),
                settings=settings,
                engine=engine,
            )
    finally:
        registry.close()


def processor_seconds() -> float:
    """What this process and all it started have computed so far."""
    here = psutil.Process()
    spent = 0.0
    for process in (here, *here.children(recursive=True)):
        with contextlib.suppress(psutil.NoSuchProcess):
            spent += sum(process.cpu_times()[:4])
    return spent


def measure(arguments: argparse.Namespace) -> None:
    """Measure each number of passages and print a line for it."""
    encoders = encoders_of(arguments.encoders, Settings())
    engine = None
    if arguments.engine == "ray":
        began = time.perf_counter()
        engine = _cluster(encoders, arguments.address, arguments.cpus)
        print(f"the cluster was there after {time.perf_counter() - began:.1f} s", flush=True)  # noqa: T201
    print(_HEAD, flush=True)  # noqa: T201
    for passages in [arguments.pages] if arguments.texts else arguments.passages:
        with tempfile.TemporaryDirectory() as name:
            documents, home = Path(name) / "documents", Path(name) / "home"
            documents.mkdir()
            if arguments.texts:
                write_variants(documents, arguments.texts, passages)
            else:
                write_documents(documents, passages)
            before = processor_seconds()
            report = taken_in(documents, home, get_pack("power", Settings()), encoders, engine)
            spent = processor_seconds() - before
        took, memory = report.seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(  # noqa: T201
            f"{report.chunks:8}  {took.total:7.1f}  {spent:17.1f}  {report.chunks / spent:16.1f}  {took.parse:5.1f}  "
            f"{took.embed:6.1f}  {took.write:5.1f}  {memory:7.0f}  {child:13.0f}",
            flush=True,
        )


def _cluster(encoders: Sequence[Callable[[], Embedder]], address: str, cpus: int) -> RayEngine:
    engine = RayEngine(encoders, [make() for make in encoders], timeout=300)
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    import ray

    alone = {} if address else {"num_cpus": cpus, "include_dashboard": False, "_node_ip_address": "127.0.0.1"}
    ray.init(address or "local", log_to_driver=False, logging_level="ERROR", **alone)
    return engine


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engine", choices=["local", "ray"], default="local")
    parser.add_argument("--encoders", choices=["installed", "drawn"], default="installed")
    parser.add_argument("--passages", type=int, nargs="+", default=[1000, 10_000])
    parser.add_argument("--texts", type=Path, help="Markdown documents to take again and again")
    parser.add_argument("--pages", type=int, default=20_000, help="pages to make of them")
    parser.add_argument("--cpus", type=int, default=1, help="tasks at once of a cluster started here")
    parser.add_argument("--address", default="", help="a Ray cluster that is there")
    # Run under its own name, so that workers find the encoders by it.
    from walkdown_eval.bench import scale

    scale.measure(parser.parse_args())
    sys.exit(0)
