"""Which server a command takes: never one that has another library than the one named."""

from pathlib import Path
from typing import Any

import pytest

from walkdown.errors import UsageError
from walkdown.settings import Settings
from walkdown.wire import Health
from walkdown_server.backend import Remote, connect


def serving(monkeypatch: pytest.MonkeyPatch, library: str) -> None:
    monkeypatch.setattr("walkdown_server.backend.WalkdownClient.health", lambda _: Health(version="1", library=library))


def none_built(_: Settings) -> Any:
    raise AssertionError("a running server was there")


def test_the_server_of_the_named_library_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(home=tmp_path)
    serving(monkeypatch, settings.library_id)
    with connect(settings, none_built) as found:
        assert isinstance(found, Remote)


def test_a_server_of_another_library_is_refused_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    serving(monkeypatch, Settings(home=tmp_path / "other").library_id)
    with pytest.raises(UsageError, match="another library") as told, connect(Settings(home=tmp_path), none_built):
        pass
    assert "WALKDOWN_PORT" in told.value.remedy


def test_where_no_library_is_named_the_servers_is_meant(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WALKDOWN_HOME", raising=False)
    serving(monkeypatch, "0123456789abcdef")
    with connect(Settings(), none_built) as found:
        assert isinstance(found, Remote)
