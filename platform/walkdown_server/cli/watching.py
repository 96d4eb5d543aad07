"""When the next pass of a sync is due: at once, when something changes in a folder, or after some minutes."""

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from walkdown.errors import UsageError, WalkdownError
from walkdown_ingestion.connectors.open import is_address
from walkdown_ingestion.discovery import is_noise
from walkdown_ingestion.sidecar import SIDECAR
from walkdown_server.cli.output import print_error

_QUIET_MS = 1600
"""Changes are gathered until none came for this long: a file that is being copied is not taken in half."""
_STEP_MS = 200
_FIRST_PAUSE, _LONGEST_PAUSE = 10.0, 600.0
"""Seconds before a pass that failed is made again: at first, and at most."""


def passes(paths: Sequence[str], *, watch: bool, every: float) -> Iterator[None]:
    """Yields once for each pass, the first at once; ends after it unless `watch` or `every` (minutes) is set.

    Raises UsageError when places that are no folders are to be watched.
    """
    if watch and every:
        raise UsageError("--watch and --every exclude each other.", "Use --every for places that cannot be watched.")
    if watch:
        yield from _on_changes(paths)
        return
    yield
    while every:
        time.sleep(60 * every)
        yield


def insisting(work: Callable[[], bool], *, watch: bool) -> bool:
    """What a pass of `work` returns; where folders are watched, one that fails is made again until it does not.

    Nothing else would: the change that called for it has been reported, and the next may be months away. Raises
    UsageError, which no time mends, and without `watch` what `work` raises.
    """
    pause = _FIRST_PAUSE
    while True:
        try:
            return work()
        except WalkdownError as error:
            if not watch or isinstance(error, UsageError):
                raise
            print_error(error, as_json=False)
        time.sleep(pause)
        pause = min(2 * pause, _LONGEST_PAUSE)


def _on_changes(paths: Sequence[str]) -> Iterator[None]:
    wrong = [path for path in paths if is_address(path) or not Path(path).is_dir()]
    if wrong:
        raise UsageError(f"{wrong[0]} is no folder and cannot be watched.", "Use --every MINUTES for it.")
    from watchfiles import watch  # takes time to load, and only this needs it

    changes = watch(
        *paths,
        watch_filter=lambda _, path: not is_noise(Path(path).name) or Path(path).name.lower() == SIDECAR,
        debounce=_QUIET_MS * 4,
        step=_STEP_MS,
        rust_timeout=_QUIET_MS,
        yield_on_timeout=True,
        raise_interrupt=True,
    )
    # The first report comes from a watcher that runs: what changes during the first pass is not missed.
    next(changes)
    yield
    waiting = False
    for found in changes:
        if found:
            waiting = True
        elif waiting:
            waiting = False
            yield
