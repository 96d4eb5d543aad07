"""Ports, disk and memory: what is looked at before anything starts."""

import os
import socket
from pathlib import Path

import pytest

from walkdown.errors import ResourceError
from walkdown_server.readiness import readiness
from walkdown_server.resources import available_memory, check_disk, check_port
from walkdown_server.testing import fake_services


def test_a_taken_port_is_named_with_its_holder_and_the_way_out() -> None:
    with socket.create_server(("127.0.0.1", 0)) as held:
        port = held.getsockname()[1]
        with pytest.raises(ResourceError) as caught:
            check_port("127.0.0.1", port, use="web UI", option="--ui-port ")
    assert str(port) in caught.value.cause and f"pid {os.getpid()}" in caught.value.cause
    assert f"--ui-port {port + 100}" in caught.value.remedy


def test_a_free_port_passes_and_a_foreign_address_does_not() -> None:
    check_port("127.0.0.1", 0, use="server", option="--port ")
    with pytest.raises(ResourceError, match="cannot listen"):
        check_port("203.0.113.7", 8700, use="server", option="--port ")


def test_disk_is_looked_at_where_the_folder_will_be(tmp_path: Path) -> None:
    assert check_disk(tmp_path / "not" / "there", 1, use="models", setting="WALKDOWN_CACHE") > 0
    with pytest.raises(ResourceError, match="models need") as caught:
        check_disk(tmp_path / "not" / "there", 1 << 60, use="models", setting="WALKDOWN_CACHE")
    assert "WALKDOWN_CACHE" in caught.value.remedy


def test_memory_is_a_sane_figure() -> None:
    assert 0 < available_memory() < 1 << 50


def test_a_nearly_full_disk_is_told_and_leaves_the_server_ready(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Red where `/ready` says nothing of it, or says that no question can be answered."""
    services = fake_services(tmp_path)
    services.warm_up()
    monkeypatch.setattr("walkdown_server.resources.ROOM_FOR_DOCUMENTS", 2**60)
    told = readiness(services)
    [disk] = [part for part in told.parts if part.name == "disk"]
    assert not disk.ok and "questions are answered still" in disk.cause and "Free some space" in disk.remedy
    assert told.ready
