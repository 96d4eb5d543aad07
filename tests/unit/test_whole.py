"""Index and registry that do not hold the same are told, not answered from; damaged files end with a remedy."""

import asyncio
import errno
from io import BytesIO
from pathlib import Path

import pytest
from fastapi import UploadFile

from walkdown.answering.events import Final
from walkdown.documents import Answer
from walkdown.errors import IndexUnavailableError, ResourceError, UsageError
from walkdown.index.engine_errors import engine_errors
from walkdown.records.database import Database
from walkdown.records.registry import PackCounts, Registry
from walkdown.testing.memory import MemoryStore
from walkdown_server.readiness import readiness
from walkdown_server.routers import ingestion
from walkdown_server.services import Services
from walkdown_server.testing import SAMPLE_CHUNKS, fake_services
from walkdown_server.whole import require_whole


class Listing(Registry):
    """A registry that lists so many passages in force."""

    def __init__(self, folder: Path, chunks: int) -> None:
        super().__init__(f"sqlite:///{folder / 'listing.db'}")
        self.chunks = chunks

    def counts(self) -> dict[str, PackCounts]:
        """As many as were said."""
        return {"power": PackCounts(1, self.chunks)} if self.chunks else {}


def test_an_index_that_holds_less_than_the_registry_lists_is_told(tmp_path: Path) -> None:
    held = len(SAMPLE_CHUNKS)
    registry = Listing(tmp_path, held)
    registry.intend("power", [])
    require_whole(registry, MemoryStore(SAMPLE_CHUNKS))
    registry.chunks += 1
    with pytest.raises(IndexUnavailableError, match=f"{held:,} of the {held + 1:,}") as caught:
        require_whole(registry, MemoryStore(SAMPLE_CHUNKS))
    assert "walkdown ingest" in caught.value.remedy


def test_a_registry_that_was_lost_is_told_and_a_first_ingestion_is_not_taken_for_it(tmp_path: Path) -> None:
    registry = Listing(tmp_path, 0)
    require_whole(registry, MemoryStore(()))
    with pytest.raises(IndexUnavailableError, match="knows no document"):
        require_whole(registry, MemoryStore(SAMPLE_CHUNKS))
    registry.intend("power", ["edition"])
    require_whole(registry, MemoryStore(SAMPLE_CHUNKS))


def asked(services: Services) -> Answer:
    async def go() -> Answer:
        pack = services.packs.get("power")
        async for event in services.ask("What is the minimum flow of P-101A?", pack):
            if isinstance(event, Final):
                return event.answer
        raise AssertionError

    return asyncio.run(go())


def test_no_question_is_answered_from_half_an_index(tmp_path: Path) -> None:
    services = fake_services(tmp_path)
    whole = False

    def check() -> None:
        if not whole:
            raise IndexUnavailableError("Half of it is gone.", "Ingest again.")

    services.whole = check
    services.store.get()
    with pytest.raises(IndexUnavailableError):
        asked(services)
    assert not readiness(services).ready
    whole = True
    assert asked(services).evidence


def test_an_answer_that_cannot_be_recorded_says_so(tmp_path: Path) -> None:
    services = fake_services(tmp_path)

    class Full:
        def add(self, *_: object, **__: object) -> None:
            raise ResourceError("The disk is full.", "Free some space.")

    assert asked(services).record_id
    services.answers.get()
    services.answers._value[:] = [Full()]  # type: ignore[list-item]
    answer = asked(services)
    assert not answer.record_id
    assert any("could not be recorded" in told for told in answer.findings)


def test_a_panic_of_the_engine_is_an_error_with_a_remedy_and_an_interrupt_is_none() -> None:
    panic = type("PanicException", (BaseException,), {})
    with pytest.raises(IndexUnavailableError, match="out of bounds"), engine_errors():
        raise panic("index out of bounds")
    with pytest.raises(KeyboardInterrupt), engine_errors():
        raise KeyboardInterrupt


@pytest.mark.parametrize("damage", [b"not a database at all" * 400, None])
def test_a_damaged_registry_says_what_to_do(tmp_path: Path, damage: bytes | None) -> None:
    path = tmp_path / "walkdown.db"
    if damage is None:
        Registry(f"sqlite:///{path}").close()
        damage = path.read_bytes()[:4096]
    path.write_bytes(damage)
    with pytest.raises(ResourceError) as caught:
        Database(f"sqlite:///{path}")
    assert "backup" in caught.value.remedy


def test_an_upload_that_cannot_be_kept_is_told_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sent = UploadFile(BytesIO(b"text"), filename="a.txt")
    with pytest.raises(UsageError, match="longer than"):
        ingestion._save(sent, tmp_path / "0" / ("a" * 300))

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("shutil.copyfileobj", full)
    with pytest.raises(ResourceError, match="No space left"):
        ingestion._save(sent, tmp_path / "1" / "a.txt")
