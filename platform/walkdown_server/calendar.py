"""Puts revisions in force on the day they take effect: when the server starts, and every hour."""

import asyncio
import contextlib
from collections.abc import Callable

import structlog

from walkdown.errors import WalkdownError
from walkdown.index.standing import today
from walkdown.records.publishing import Publisher, turning
from walkdown_server.services import Services

PERIOD = 3600.0
"""Seconds between two looks at the calendar."""
_log = structlog.get_logger(__name__)


def take_effect(services: Services) -> int:
    """Put in force what takes effect today or earlier, in every pack; returns how many entries changed.

    What cannot be done now is logged and tried again an hour later.
    """
    changed = 0
    for pack in services.packs.names():
        try:
            if not turning(services.registry.get(), pack, today()):
                continue  # the index is not needed, and may still be loading
            changed += len(Publisher(services.registry.get(), services.store.get(), pack).take_effect())
        except WalkdownError as error:
            _log.warning("revisions_not_put_in_force", pack=pack, cause=error.cause)
    return changed


async def watch_calendar(services: Services, stop: asyncio.Event) -> None:
    """Look at the calendar until `stop` is set; a look under way is finished."""
    await repeat(lambda: take_effect(services), PERIOD, stop)


async def repeat(work: Callable[[], object], period: float, stop: asyncio.Event) -> None:
    """Do some work now and every `period` seconds until `stop` is set; work under way is finished."""
    while not stop.is_set():
        await asyncio.to_thread(work)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), period)
