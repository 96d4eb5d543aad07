"""A server puts a revision in force on the day it takes effect, without an ingestion."""

import asyncio
import datetime as dt
from pathlib import Path

from walkdown.records.publishing import NewEdition, Publisher
from walkdown.records.registry import DocumentRecord
from walkdown.testing.records_suite import make_document
from walkdown_ingestion.testing import Plant
from walkdown_server.calendar import take_effect, watch_calendar
from walkdown_server.lazy import Lazy
from walkdown_server.services import Services
from walkdown_server.testing import fake_services, wait_until


def waiting(tmp_path: Path) -> tuple[Plant, Services]:
    """A server whose registry holds a revision that was taken in before its day."""
    plant = Plant(tmp_path)
    before = Publisher(plant.registry, plant.store, "power", lambda: dt.date(2024, 1, 1))
    document = make_document(effective_date="2024-02-29")
    before.publish([NewEdition(DocumentRecord.of(document, "e1", chunk_count=0), [])])
    served = fake_services(tmp_path / "home", store=lambda: plant.store)
    served.registry = Lazy.of(plant.registry)
    return plant, served


def test_what_is_due_comes_into_force_once(tmp_path: Path) -> None:
    plant, served = waiting(tmp_path)
    assert plant.statuses() == {"급수.pdf": "pending"}
    assert take_effect(served) == 1 and plant.statuses() == {"급수.pdf": "in_force"}
    assert take_effect(served) == 0


def test_the_calendar_is_looked_at_when_the_server_starts_and_stops_with_it(tmp_path: Path) -> None:
    plant, served = waiting(tmp_path)

    async def run() -> None:
        stop = asyncio.Event()
        watching = asyncio.create_task(watch_calendar(served, stop))
        await asyncio.to_thread(wait_until, lambda: plant.statuses() == {"급수.pdf": "in_force"})
        stop.set()
        await watching

    asyncio.run(asyncio.wait_for(run(), 60))
