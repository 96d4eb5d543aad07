"""The engine of many machines: a Ray Data pipeline whose workers parse, cut, enrich and encode.

The process that asks decides, publishes and writes alone, as without a cluster, so that a kill stays harmless
(docs/decisions/0050). Tasks rather than actors: the work of a machine that dies goes to any other, and Ray keeps their
processes, with parser and encoders loaded, from one task to the next.

Ray is an extra of the package; only this module imports it, when the engine is used.
"""

import importlib.util
import logging
import os
import pickle
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any

from walkdown.errors import ResourceError, UsageError, WalkdownError
from walkdown.models.embedder import Embedder
from walkdown_ingestion.ahead import Ahead
from walkdown_ingestion.engines.bench import Assignment, Made, Unseen, versions_of, work_on
from walkdown_ingestion.engines.engine import Result, Work
from walkdown_ingestion.prepare import FileJob, Job, Outcome, Recipe, RecordsJob, prepare

PORTION = 16_384
"""Most items of one run of the pipeline: between two runs the cluster waits for its last task."""
PORTION_BYTES = 64 * 2**20
"""About the most bytes of records in one run, which this process holds."""
JOBS_AT_ONCE = 8
"""Jobs of one task: what is done again when a machine dies, and what the encoders get to sort by length."""


def require_ray() -> None:
    """Raise UsageError when Ray is not installed."""
    if importlib.util.find_spec("ray") is None:
        raise UsageError(
            "--engine ray needs Ray, which is not installed.",
            "Install it with `pip install 'walkdown[ray]'`, or leave out --engine.",
        )


class RayEngine:
    """An `Engine` on a Ray cluster, all of whose machines see the documents at the same paths."""

    def __init__(
        self,
        encoders: Sequence[Callable[[], Embedder]],
        embedders: Sequence[Embedder],
        *,
        timeout: float,
        address: str = "",
    ) -> None:
        """`encoders` make in each worker what `embedders` are here; `timeout` in seconds is for one document.

        Without an address, and where this process is in no cluster yet, one is started on this machine for the time of
        the ingestion. Raises UsageError when Ray is not installed.
        """
        require_ray()
        self._encoders, self._versions = tuple(encoders), versions_of(embedders)
        self._timeout = timeout
        self._address = address

    @contextmanager
    def results(self, work: Iterator[Work], recipe: Recipe) -> Iterator[Iterator[Result]]:
        """The results, passages encoded. Raises ResourceError when the cluster cannot go on."""
        packed = pickle.dumps(Assignment(recipe, self._timeout, self._encoders, self._versions))
        with _cluster(self._address):
            portions = Ahead(_portions(work), 1)
            results = _results(iter(portions), packed, recipe)
            try:
                yield results
            finally:
                results.close()
                portions.stop()
                portions.join()


def _portions(work: Iterator[Work]) -> Iterator[list[Work]]:
    """The work in portions of a bounded size."""
    portion: list[Work] = []
    held = 0
    for item in work:
        portion.append(item)
        held += sum(len(one.record.data) for one in item.records) if isinstance(item, RecordsJob) else 0
        if len(portion) == PORTION or held >= PORTION_BYTES:
            yield portion
            portion, held = [], 0
    if portion:
        yield portion


def _results(portions: Iterator[list[Work]], packed: bytes, recipe: Recipe) -> Generator[Result]:
    """The results in the order of the work, whichever machine was first."""
    for portion in portions:
        made = _run([item for item in portion if isinstance(item, FileJob | RecordsJob)], packed)
        for item in portion:
            yield _seen(next(made), recipe) if isinstance(item, FileJob | RecordsJob) else item


def _seen(made: Outcome | Unseen, recipe: Recipe) -> Outcome:
    """An outcome. Raises ResourceError when a file is here but not there; one gone meanwhile is refused as ever."""
    if isinstance(made, Outcome):
        return made
    if made.job.path.exists():
        raise ResourceError(
            f"The machine {made.machine} does not see {made.job.path}.",
            "Mount the documents at the same path on every machine of the cluster, then ingest again.",
        )
    return prepare(made.job, recipe)


def _run(jobs: Sequence[Job], packed: bytes) -> Iterator[Outcome | Unseen]:
    """Run jobs on the cluster. Raises what a worker raised of our own, and ResourceError."""
    import ray
    from ray.exceptions import RayError, RayTaskError

    if not jobs:
        return
    tasks = [tuple(map(_absolute, jobs[i : i + JOBS_AT_ONCE])) for i in range(0, len(jobs), JOBS_AT_ONCE)]
    rows = [{"jobs": pickle.dumps(task)} for task in tasks]
    dataset = ray.data.from_items(rows, override_num_blocks=len(rows))
    made_there = dataset.map(partial(_row, packed=packed), num_cpus=1)
    try:
        for row in made_there.iter_rows():
            made: Made = pickle.loads(row["made"])  # noqa: S301 - made by our own workers
            if isinstance(made, WalkdownError):
                raise made
            yield from made
    except RayTaskError:
        # A fault of the program, not of the cluster.
        raise
    except RayError as error:
        raise ResourceError(
            f"The Ray cluster could not go on: {str(error).strip().splitlines()[0]}",
            "Look at `ray status` and the memory of its machines, then ingest again: it goes on where it stopped.",
        ) from error


def _row(row: dict[str, Any], packed: bytes) -> dict[str, Any]:
    """What a worker does with one row. Bytes both ways, so that Ray does not look for columns in our objects."""
    return {"made": pickle.dumps(work_on(pickle.loads(row["jobs"]), packed))}  # noqa: S301 - made by who asked


def _absolute(job: Job) -> Job:
    """A job that means the same in a process with another working directory."""
    return job._replace(path=job.path.absolute()) if isinstance(job, FileJob) else job


@contextmanager
def _cluster(address: str) -> Iterator[None]:
    """Be in a cluster: the one this process is in already, that of the address, or one on this machine."""
    # Read by Ray when it is imported: nothing about an installation is sent anywhere.
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    import ray

    mine = not ray.is_initialized()
    if mine:
        alone = {} if address else {"include_dashboard": False, "_node_ip_address": "127.0.0.1"}
        try:
            ray.init(address or "local", log_to_driver=False, logging_level="ERROR", **alone)
        except (ConnectionError, ValueError, TimeoutError, RuntimeError) as error:
            raise ResourceError(
                f"No Ray cluster answers at {address or 'this machine'}: {str(error).strip().splitlines()[0]}",
                "Check WALKDOWN_RAY_ADDRESS with `ray status --address ADDRESS`.",
            ) from error
    _quiet_and_in_order()
    try:
        yield
    finally:
        if mine:
            ray.shutdown()


def _quiet_and_in_order() -> None:
    from ray.data import DataContext

    logging.getLogger("ray.data").setLevel(logging.ERROR)
    context = DataContext.get_current()
    context.execution_options.preserve_order = True
    context.enable_progress_bars = False
    context.print_on_execution_start = False
    # A scan of a thousand pages is recognised for hours in one task; what hangs is ended by the limit of the parser.
    context.execution_no_progress_timeout_s = -1
