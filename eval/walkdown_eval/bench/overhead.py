"""What Walkdown's own code adds to a search: the same questions bare and through Walkdown, in one run.

`python -m walkdown_eval.bench.overhead power bio` asks the dev questions of packs over the index under WALKDOWN_HOME.
Bare is what a few lines on the same engine do: encode the question, ask the engine for the nearest passages of the
pack and read them. "Bare, the same branches" encodes the wordings that Walkdown made of the question and sends all
that Walkdown asks the engine in one call: what is then left is Walkdown's own code. The ways take turns on every
question and are measured in processor time, so that other work on the machine weighs on all alike. The split of a
search is of time on the clock, as shares of the whole.
"""

import argparse
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np
import psutil
from rich.console import Console

from walkdown.documents import Principal
from walkdown.index.base import StoreBase
from walkdown.index.conditions import mandatory
from walkdown.index.points import BranchQuery
from walkdown.index.standing import IN_FORCE
from walkdown.index.store import SearchRequest
from walkdown.models.embedder import Embedder
from walkdown.models.encoders import load_embedder
from walkdown.packs.evaluation_file import read_evaluation_set
from walkdown.packs.loader import get_pack
from walkdown.packs.schema import Pack, PackManifest
from walkdown.retrieval.search import Searcher
from walkdown.settings import Settings
from walkdown_eval.bench.pack_sets import Installed, installation
from walkdown_eval.runner import spread

Ask = Callable[[str], object]
K = 10
_STEPS = ("understand", "embed", "index", "rerank")


def bare(store: StoreBase, embedders: Sequence[Embedder], pack: str) -> Ask:
    """Encode a question with each encoder and read the nearest passages of a pack: one call to the engine."""
    conditions = mandatory(pack, Principal(), IN_FORCE, store._generations.current(pack))  # noqa: SLF001  # below the store

    def ask(question: str) -> object:
        vectors = [(e.name, e.embed_questions([question])[0].tolist()) for e in embedders]
        found = store._query([BranchQuery(name, v, conditions, conditions, K) for name, v in vectors])  # noqa: SLF001
        return store._fetch([hit.id for hit in found[0]])  # noqa: SLF001

    return ask


def same_branches(store: StoreBase, embedders: Sequence[Embedder], pack: Pack, questions: Sequence[str]) -> Ask:
    """Encode the wordings that Walkdown made of a question and send its branches to the engine as they are."""
    generation = store._generations.current(pack.name)  # noqa: SLF001
    searcher, made = Searcher(store, embedders), {}
    for question in questions:
        result = searcher.search(question, pack, Principal(), k=K)
        request = SearchRequest(pack.name, Principal(), result.branches, K, {})
        planned = [store._plan(branch, request, generation, ()) for branch in result.branches]  # noqa: SLF001
        texts = list(dict.fromkeys(form.encoded for form in result.plan.forms))
        made[question] = texts, [query for query in planned if query is not None]

    def ask(question: str) -> object:
        texts, queries = made[question]
        for embedder in embedders:
            embedder.embed_questions(texts)
        found = store._query(queries)  # noqa: SLF001
        return store._fetch([hit.id for hit in found[0][:K]])  # noqa: SLF001

    return ask


def reordering(pack: Pack, reranker: str) -> Pack:
    """The pack with another reranker."""
    retrieval = pack.manifest.retrieval.model_dump() | {"reranker": reranker}
    manifest = PackManifest.model_validate(pack.manifest.model_dump() | {"retrieval": retrieval})
    return pack.model_copy(update={"manifest": manifest})


class Spent(NamedTuple):
    """Median processor milliseconds of each way, and the shares of the steps of a whole search."""

    medians: Mapping[str, float]
    shares: Mapping[str, float]


def measure(pack: Pack, questions: Sequence[str], installed: Installed) -> Spent:
    """Ask every question in every way, the order changing from question to question."""
    store, embedders = installed
    if not isinstance(store, StoreBase):
        raise TypeError("the bare query needs an engine of this package")
    searchers = [Searcher(store, embedders) for _ in range(2)]
    plain = reordering(pack, "none")
    steps: defaultdict[str, float] = defaultdict(float)

    def whole(question: str) -> None:
        for step, seconds in searchers[1].search(question, pack, Principal(), k=K).timings.items():
            steps[step] += seconds

    ways: dict[str, Ask] = {
        "bare, first encoder": bare(store, embedders[:1], pack.name),
        "bare, all encoders": bare(store, embedders, pack.name),
        "bare, the same branches": same_branches(store, embedders, plain, questions),
        "Walkdown, not reordered": lambda q: searchers[0].search(q, plain, Principal(), k=K),
        "Walkdown": whole,
    }
    spent: dict[str, list[float]] = {name: [] for name in ways}
    for number, question in enumerate(questions):
        names = list(ways)
        for name in names[number % len(names) :] + names[: number % len(names)]:
            started = time.process_time()
            ways[name](question)
            spent[name].append(time.process_time() - started)
    medians = {name: float(np.median(seconds)) * 1000 for name, seconds in spent.items()}
    return Spent(medians, {step: steps[step] / steps["total"] for step in _STEPS})


def clients(pack: Pack, questions: Sequence[str], installed: Installed, count: int) -> tuple[float, float]:
    """Milliseconds of which half and 95 of 100 searches by `count` clients at once are faster."""
    searcher = Searcher(installed.store, installed.embedders)

    def timed(question: str) -> float:
        started = time.perf_counter()
        searcher.search(question, pack, Principal(), k=K)
        return time.perf_counter() - started

    with ThreadPoolExecutor(count) as pool:
        p50, p95 = np.percentile(list(pool.map(timed, questions)), [50, 95])
    return float(p50) * 1000, float(p95) * 1000


def main() -> None:
    """Print the figures of each pack."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("packs", nargs="+")
    parser.add_argument("--questions", type=int, default=40)
    arguments = parser.parse_args()
    settings, console = Settings(), Console(width=160)
    embedders = [load_embedder(name, settings, threads=1) for name in settings.embedders]
    with installation(settings, embedders) as installed:
        for name in arguments.packs:
            pack = get_pack(name, settings)
            asked = read_evaluation_set(pack.folder / pack.manifest.evaluation.dev)
            questions = [q.question for q in spread([q for q in asked if not q.turns], arguments.questions)]
            Searcher(installed.store, embedders).search(questions[0], pack, Principal())  # loads what is loaded once
            spent = measure(pack, questions, installed)
            for way, median in spent.medians.items():
                ratios = (median / spent.medians[bare_way] for bare_way in list(spent.medians)[:3])
                console.print(f"{name}: {way}: {median:.1f} processor ms; " + ", ".join(f"{r:.2f}" for r in ratios))
            console.print(f"{name}: " + ", ".join(f"{step} {share:.2f}" for step, share in spent.shares.items()))
            for count, (p50, p95) in ((n, clients(pack, questions, installed, n)) for n in (1, 8)):
                console.print(f"{name}: {count} at once: p50 {p50:.0f} ms, p95 {p95:.0f} ms")
        memory = psutil.Process().memory_full_info()
        console.print(f"memory: {memory.rss / 1e6:.0f} MB, {memory.uss / 1e6:.0f} of them private")


if __name__ == "__main__":
    main()
