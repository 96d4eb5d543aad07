"""`walkdown up` over small processes: starts in order, tells what goes wrong, leaves nothing behind."""

import json
import os
import signal
import socket
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from walkdown.errors import IndexUnavailableError, ResourceError, WalkdownError
from walkdown.settings import Settings
from walkdown_server.children import ChildSpec
from walkdown_server.jobs import JobProgress
from walkdown_server.resources import GIB
from walkdown_server.supervisor import Commands, Supervisor, environment_of, plan_llm
from walkdown_server.testing import fake_services, running, wait_until

SERVER = """
import sys, uvicorn
from pathlib import Path
from walkdown.settings import Settings
from walkdown_server.app import create_app
from walkdown_server.testing import fake_services
settings = Settings()
services = fake_services(settings.home, port=settings.port)
uvicorn.run(create_app(services), host=settings.host, port=settings.port, log_level="warning")
"""
PAGE = """
import http.server, sys
class Ok(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.end_headers(); self.wfile.write(b'{"data": [{"id": "m"}], "choices": [{}]}')
    def do_POST(self):
        self.rfile.read(int(self.headers["content-length"])); self.do_GET()
    def log_message(self, *_): pass
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Ok).serve_forever()
"""
DIES = "print('no such weights'); raise SystemExit(3)"


class RecordingScreen:
    """Notes what is said, pulled and shown."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.pulled: Sequence[str] = ()
        self.bars: list[str] = []

    def say(self, text: str) -> None:
        self.lines.append(text)

    def pull(self, settings: Settings, names: Sequence[str]) -> None:
        self.pulled = list(names)

    @contextmanager
    def bar(self, label: str) -> Iterator[JobProgress]:
        self.bars.append(label)
        yield lambda *_: None


def free_ports(count: int) -> list[int]:
    held = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [one.getsockname()[1] for one in held]
    for one in held:
        one.close()
    return ports


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    port, ui_port, llm_port = free_ports(3)
    return Settings(home=tmp_path / "var", port=port, ui_port=ui_port, llm_port=llm_port, llm="none")


def spec(name: str, program: str, settings: Settings, port: int) -> ChildSpec:
    return ChildSpec(name, [sys.executable, "-c", program, str(port)], environment_of(settings))


def commands(*, server: str = SERVER, llm: str = PAGE, ui: str = PAGE) -> Commands:
    return Commands(
        server=lambda s: spec("server", server, s, s.port),
        llm=lambda s: spec("language model", llm, s, s.llm_port),
        ui=lambda s: spec("web UI", ui, s, s.ui_port),
    )


def children() -> list[psutil.Process]:
    return [p for p in psutil.Process().children(recursive=True) if p.status() != psutil.STATUS_ZOMBIE]


def run_until_up(settings: Settings, made: Commands, screen: RecordingScreen, *, ui: bool = True) -> list[str]:
    """Start, note the processes and the URL at the moment all is up, and interrupt."""
    seen: list[str] = []

    def on_up(url: str) -> None:
        seen.append(url)
        seen.append(str(len(set(children()) - before)))
        raise KeyboardInterrupt

    before = set(children())
    with pytest.raises(KeyboardInterrupt):
        Supervisor(settings, screen, made).run({"power": Path("corpus")}, ui=ui, on_up=on_up)
    assert not set(children()) - before
    return seen


def test_everything_comes_up_and_nothing_stays(settings: Settings) -> None:
    screen = RecordingScreen()
    with_llm = settings.model_copy(update={"llm": "auto"})
    url, processes = run_until_up(with_llm, commands(), screen)
    assert (url, processes) == (f"http://127.0.0.1:{settings.ui_port}", "3")
    assert screen.pulled == ["e5-small", "use-multilingual", "qwen2.5-1.5b"]
    assert screen.bars == ["power"]
    assert any(line.startswith("power: 0 documents taken in") for line in screen.lines)


def test_without_ui_and_model_only_the_server_runs(settings: Settings) -> None:
    screen = RecordingScreen()
    url, processes = run_until_up(settings, commands(), screen, ui=False)
    assert (url, processes) == (f"http://127.0.0.1:{settings.port}", "1")
    assert "qwen2.5-1.5b" not in screen.pulled


def test_on_a_full_disk_all_comes_up_without_new_documents(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Red where `up` refuses to start, and where it takes in documents that find no room."""
    monkeypatch.setattr("walkdown_server.resources.ROOM_FOR_DOCUMENTS", 2**60)
    screen = RecordingScreen()
    run_until_up(settings, commands(), screen, ui=False)
    assert not screen.bars and "questions are answered still" in screen.lines[0]


def test_a_server_that_dies_is_named_with_its_last_words(settings: Settings) -> None:
    before = set(children())
    with pytest.raises(ResourceError, match=r"(?s)server ended \(exit status 3\).*no such weights"):
        Supervisor(settings, RecordingScreen(), commands(server=DIES)).run({}, ui=True, on_up=print)
    assert not set(children()) - before


def test_a_language_model_that_dies_leaves_quotes(settings: Settings) -> None:
    screen = RecordingScreen()
    with_llm = settings.model_copy(update={"llm": "auto"})
    run_until_up(with_llm, commands(llm=DIES), screen)
    assert any("no such weights" in line and "quotes" in line for line in screen.lines)


def test_a_server_that_can_never_be_ready_says_its_own_reason(settings: Settings) -> None:
    broken = SERVER.replace(
        "services = fake_services(settings.home, port=settings.port)",
        "from walkdown.errors import IndexUnavailableError\n"
        "def store(): raise IndexUnavailableError('The index is held by process 7.', 'Stop it.')\n"
        "services = fake_services(settings.home, port=settings.port, store=store)",
    )
    with pytest.raises(WalkdownError, match=r"held by process 7\. Stop it") as caught:
        Supervisor(settings, RecordingScreen(), commands(server=broken)).run({}, ui=False, on_up=print)
    assert caught.value.cause == IndexUnavailableError("The index is held by process 7.", "").cause


def test_a_taken_port_is_told_before_anything_starts(settings: Settings) -> None:
    screen = RecordingScreen()
    with (
        socket.create_server(("127.0.0.1", settings.ui_port)),
        pytest.raises(ResourceError, match=r"already used.*--ui-port"),
    ):
        Supervisor(settings, screen, commands()).run({}, ui=True, on_up=print)
    assert (screen.lines, screen.pulled) == ([], ())


def test_a_second_start_is_told_that_walkdown_runs_already(settings: Settings, tmp_path: Path) -> None:
    with running(fake_services(settings.home)) as url:
        taken = settings.model_copy(update={"port": int(url.rpartition(":")[2])})
        with pytest.raises(ResourceError, match="running already with this library") as caught:
            Supervisor(taken, RecordingScreen(), commands()).run({}, ui=True, on_up=print)
        assert f":{settings.ui_port}" in caught.value.remedy
        other = taken.model_copy(update={"home": tmp_path / "other"})
        with pytest.raises(ResourceError, match="already used"):
            Supervisor(other, RecordingScreen(), commands()).run({}, ui=True, on_up=print)


def test_sigterm_stops_all(settings: Settings) -> None:
    before = set(children())

    def on_up(_: str) -> None:
        threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGTERM)).start()

    with pytest.raises(KeyboardInterrupt):
        Supervisor(settings, RecordingScreen(), commands()).run({}, ui=False, on_up=on_up)
    wait_until(lambda: not set(children()) - before)
    assert signal.getsignal(signal.SIGTERM) == signal.SIG_DFL


def test_settings_survive_the_environment_of_a_child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    given = Settings(
        home=Path("data"), offline=True, embedders=("a", "b"), packs=Path("p"), llm="http://h:1/v1", qdrant_url=""
    )
    for name, value in environment_of(given).items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir("/")
    expected = given.model_copy(
        update={"home": tmp_path / "data", "packs": tmp_path / "p", "cache": given.cache.absolute()}
    )
    assert Settings() == expected
    assert json.loads(environment_of(given)["WALKDOWN_EMBEDDERS"]) == ["a", "b"]


@pytest.mark.parametrize(
    ("llm", "engine", "free", "start", "word"),
    [
        ("auto", "auto", 16, True, "Qwen"),
        ("auto", "auto", 2, False, "2.0 GB of memory is free"),
        ("auto", "llamacpp", 3, False, "quotes"),
        ("none", "auto", 64, False, "quotes"),
        ("http://gpu:8000", "auto", 1, False, "http://gpu:8000"),
    ],
)
def test_the_language_model_is_started_where_it_fits(llm: str, engine: str, free: int, start: bool, word: str) -> None:
    plan = plan_llm(Settings(llm=llm, llm_engine=engine), free * GIB)
    assert plan.start is start and word in plan.sentence
