"""Withdrawing, restoring, deciding and listing by command, in this process and through a running server."""

import json
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from walkdown.records.blobs import BlobStore
from walkdown.records.registry import Registry
from walkdown.settings import Settings
from walkdown.testing.memory import ScriptedLLM
from walkdown_ingestion.testing import Plant, procedure
from walkdown_server.cli.main import run
from walkdown_server.library import RegistryLibrary
from walkdown_server.services import Services
from walkdown_server.testing import fake_services, running


@pytest.fixture
def plant(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Plant]:
    """A pump in two revisions, a valve in two contents of one revision, and an empty file."""
    with socket.create_server(("127.0.0.1", 0)) as held:
        monkeypatch.setenv("WALKDOWN_PORT", str(held.getsockname()[1]))
    monkeypatch.setenv("WALKDOWN_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("WALKDOWN_LLM", "none")
    made = Plant(tmp_path)
    made.write("pump-1.md", procedure("OP-1", "1", "Trip at 12 bar."))
    made.write("pump-2.md", procedure("OP-1", "2", "Trip at 13 bar."))
    made.write("valve-a.md", procedure("VA/7", "1", "Open it."))
    made.write("valve-b.md", procedure("VA/7", "1", "Close it."))
    made.write("empty.md", b"")
    made.ingest()
    yield made
    made.registry.close()


def services(plant: Plant, settings: Settings) -> Services:
    registry = Registry(f"sqlite:///{plant.documents.parent / 'registry.db'}")
    library = RegistryLibrary(registry, BlobStore(settings.home), lambda: plant.store)
    return fake_services(
        settings.home, llm=ScriptedLLM("x"), port=settings.port, library=library, store=lambda: plant.store
    )


@pytest.fixture(params=["here", "server"])
def command(plant: Plant, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[object]:
    """Runs a command line, in this process or beside a running server."""
    if request.param == "here":
        yield lambda *words: run(words, lambda settings: services(plant, settings))
        return

    def refuse(_: Settings) -> Services:
        raise AssertionError("the index must not be opened beside the server")

    with running(services(plant, Settings())) as url:
        monkeypatch.setenv("WALKDOWN_PORT", url.rpartition(":")[2])
        yield lambda *words: run(words, refuse)


def in_force(plant: Plant) -> list[str]:
    return sorted(chunk.text for chunk in plant.chunks())


def test_withdrawing_and_restoring(plant: Plant, command: object, capsys: pytest.CaptureFixture[str]) -> None:
    assert callable(command)
    assert in_force(plant) == ["Trip at 13 bar."]
    assert command("withdraw", "power", "OP-1", "--reason", "recalled by the maker") == 0
    assert in_force(plant) == [] and "recalled by the maker" in capsys.readouterr().out
    assert command("restore", "power", "OP-1") == 0
    assert in_force(plant) == ["Trip at 13 bar."]
    assert command("withdraw", "power", "OP-9") == 2
    assert "OP-9" in capsys.readouterr().err


def test_deciding_between_two_contents(plant: Plant, command: object, capsys: pytest.CaptureFixture[str]) -> None:
    assert callable(command)
    assert command("documents", "power", "--conflicts", "--json") == 0
    listed = json.loads(capsys.readouterr().out)
    assert [(d["id"], d["file_name"]) for d in listed] == [("VA/7", "valve-a.md"), ("VA/7", "valve-b.md")]
    assert "--decide VA/7" in listed[0]["error"]
    assert command("documents", "power", "--decide", "VA/7", listed[1]["sha256"][:10]) == 0
    assert in_force(plant) == ["Close it.", "Trip at 13 bar."]
    capsys.readouterr()
    assert command("documents", "power", "--conflicts", "--json") == 0 and json.loads(capsys.readouterr().out) == []
    assert command("documents", "power", "--decide", "VA/7", "ffff") == 2


def test_failed_files_are_listed_with_reason_and_remedy(
    plant: Plant, command: object, capsys: pytest.CaptureFixture[str]
) -> None:
    del plant
    assert callable(command)
    assert command("documents", "power", "--failed") == 0
    out = capsys.readouterr().out
    assert "empty.md (failed): empty.md is empty" in out and "OP-1" not in out
    assert command("documents", "power") == 0
    out = capsys.readouterr().out
    assert "pump-1.md (superseded): Superseded by revision 2 (pump-2.md)." in out
