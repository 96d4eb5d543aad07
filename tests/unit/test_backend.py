"""Which server a command takes: never one that has another library than the one named."""

import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest

from walkdown.errors import ServerSilentError, UsageError
from walkdown.settings import Settings
from walkdown.testing.memory import sample_pack
from walkdown.wire import Health
from walkdown_server.backend import Remote, connect
from walkdown_server.cli.main import run
from walkdown_server.services import PackShelf
from walkdown_server.testing import fake_services, running


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


class _Slow(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        time.sleep(2.5)
        body = Health(version="1").model_dump_json().encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (the base class names it so)
        pass


def test_a_server_on_a_busy_machine_is_waited_for() -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Slow) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with connect(Settings(port=server.server_address[1]), none_built) as found:
            assert isinstance(found, Remote)
        server.shutdown()


def test_what_listens_and_says_nothing_is_never_worked_beside(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("walkdown_server.backend._PROBE_SECONDS", 0.5)
    monkeypatch.setattr("walkdown_server.cli.doctor._READY_SECONDS", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        with pytest.raises(ServerSilentError, match="did not answer") as told, connect(Settings(port=port), none_built):
            pass
        assert "WALKDOWN_PORT" in told.value.remedy
        monkeypatch.setenv("WALKDOWN_PORT", str(port))
        assert run(["doctor"], none_built) == 1
        assert "did not answer in time" in capsys.readouterr().out


def test_health_is_told_while_every_thread_is_busy(tmp_path: Path) -> None:
    release = threading.Event()
    services = fake_services(tmp_path)
    services.packs = PackShelf(lambda: (release.wait(20) and {}) or {}, lambda _: sample_pack())
    with running(services) as url, ThreadPoolExecutor(50) as many:
        for _ in range(50):
            many.submit(httpx.get, f"{url}/v1/packs", timeout=30)
        time.sleep(0.5)
        try:
            assert httpx.get(f"{url}/health", timeout=5).status_code == 200
        finally:
            release.set()
