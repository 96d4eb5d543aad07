"""What one process of a cluster works with: a parser in a child with limits, and the encoders, kept between tasks."""

import pickle
import platform
import time
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from walkdown.errors import UsageError, WalkdownError
from walkdown.index.store import IndexedChunk
from walkdown.models.embedder import Embedder
from walkdown.text.lexical import ANALYSER
from walkdown_ingestion.chunking import CHUNKER
from walkdown_ingestion.indexing import index_chunks
from walkdown_ingestion.prepare import FileJob, Job, Outcome, Prepared, Recipe, Refused
from walkdown_ingestion.readers import READERS
from walkdown_ingestion.worker import ParsingProcess

_AT_ONCE = 256


class Unseen(NamedTuple):
    """A file that was hashed by the one who asked and is not there for a machine: not shared, or gone meanwhile."""

    job: FileJob
    machine: str


Made = tuple[Outcome | Unseen, ...] | WalkdownError
"""What became of some jobs."""


class Assignment(NamedTuple):
    """What every process must know to prepare documents as the others do."""

    recipe: Recipe
    timeout: float
    encoders: tuple[Callable[[], Embedder], ...]
    versions: tuple[str, ...]


def versions_of(embedders: Sequence[Embedder]) -> tuple[str, ...]:
    """What must be the same on every machine for a document to come out the same."""
    return (READERS, CHUNKER, ANALYSER, *(f"{one.name} {one.fingerprint}" for one in embedders))


class Bench:
    """A parser and encoders, both made with the first job."""

    def __init__(self, assignment: Assignment) -> None:
        """Raises ModelError, ResourceError (weights), UsageError when documents would come out otherwise here."""
        self._embedders = [load() for load in assignment.encoders]
        self._parser = ParsingProcess(assignment.recipe, timeout=assignment.timeout)
        here = versions_of(self._embedders)
        if here != assignment.versions:
            different = ", ".join(sorted(set(here) ^ set(assignment.versions)))
            raise UsageError(
                f"The machine {platform.node()} has another Walkdown or other weights ({different}).",
                "Install the same version of Walkdown on every machine of the cluster.",
            )

    def outcomes(self, jobs: Sequence[Job]) -> tuple[Outcome | Unseen, ...]:
        """What became of some jobs, their passages with vectors. Raises ModelError."""
        # Not left to the reader: a machine without the share would report every document as unreadable.
        here: list[Outcome | Unseen] = [
            Unseen(job, platform.node())
            if isinstance(job, FileJob) and job.facts.sha256 and not job.path.exists()
            else self._parser.run(job)
            for job in jobs
        ]
        encoded = iter(self._encoded([one for one in here if isinstance(one, Outcome)]))
        return tuple(next(encoded) if isinstance(one, Outcome) else one for one in here)

    def _encoded(self, outcomes: Sequence[Outcome]) -> list[Outcome]:
        """Encode the passages of some outcomes together, so that the encoders get texts of like length."""
        began = time.perf_counter()
        made = [item for outcome in outcomes for item in outcome.items if isinstance(item, Prepared)]
        chunks = [chunk for item in made for chunk in item.chunks]
        batches = (chunks[start : start + _AT_ONCE] for start in range(0, len(chunks), _AT_ONCE))
        indexed = iter([one for batch in batches for one in index_chunks(batch, self._embedders)])
        share = (time.perf_counter() - began) / max(1, len(outcomes))
        return [
            outcome._replace(embed=share, items=tuple(_with_vectors(item, indexed) for item in outcome.items))
            for outcome in outcomes
        ]


def _with_vectors(item: Prepared | Refused, indexed: Iterator[IndexedChunk]) -> Prepared | Refused:
    if isinstance(item, Refused):
        return item
    return item._replace(indexed=tuple(next(indexed) for _ in item.chunks))


@lru_cache(maxsize=1)
def _bench(packed: bytes) -> Bench:
    return Bench(pickle.loads(packed))  # noqa: S301 - made by the process that started this one


def work_on(jobs: Sequence[Job], packed: bytes) -> Made:
    """What became of some jobs, for an assignment in its packed form; errors come back as values, whole."""
    try:
        return _bench(packed).outcomes(jobs)
    except WalkdownError as error:
        return error
