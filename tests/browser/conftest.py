"""A real Chromium, a UI process and a listener that nothing may reach, for the tests of this folder."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import httpx
import pytest
from playwright.sync_api import Browser, Dialog, Page, Request, expect, sync_playwright

from walkdown.testing.fake_server import FakeServer
from walkdown.testing.plant import plant_world
from walkdown_ui.launch import command

TIMEOUT_MS = 60_000
"""How long to wait for what must come; a busy machine draws slowly, and nothing here is about speed."""
expect.set_options(timeout=TIMEOUT_MS)

_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
_ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
]  # fmt: skip


def free_port() -> int:
    """A port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running_ui(server_url: str, port: int = 0) -> Iterator[str]:
    """A UI process for a server, on the port named or a free one; yields its URL."""
    port = port or free_port()
    with subprocess.Popen(command("127.0.0.1", port, server_url)) as process:
        url = f"http://127.0.0.1:{port}"
        try:
            _wait_until_up(process, url)
            yield url
        finally:
            process.terminate()
            process.wait(30)


def _wait_until_up(process: subprocess.Popen[bytes], url: str) -> None:
    for _ in range(600):
        assert process.poll() is None, "the UI process ended"
        try:
            if httpx.get(f"{url}/_stcore/health", trust_env=False).status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    raise AssertionError("the UI did not come up")


@pytest.fixture(scope="session")
def unused_port() -> Callable[[], int]:
    return free_port


@pytest.fixture(scope="session")
def ui_process() -> Callable[..., AbstractContextManager[str]]:
    return running_ui


@dataclass
class Canary:
    """A listener that counts what reaches it."""

    host: str
    requests: list[str] = field(default_factory=list)


class _CanaryHandler(BaseHTTPRequestHandler):
    canary: Canary

    def do_GET(self) -> None:
        self.canary.requests.append(self.path)
        self.send_response(204)
        self.end_headers()

    do_POST = do_HEAD = do_OPTIONS = do_GET  # noqa: N815  (http.server finds them by these names)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (the base class names it so)
        pass


@pytest.fixture
def canary() -> Iterator[Canary]:
    listener = Canary("")
    handler = type("Handler", (_CanaryHandler,), {"canary": listener})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        listener.host = f"127.0.0.1:{server.server_address[1]}"
        Thread(target=server.serve_forever, daemon=True).start()
        yield listener
        server.shutdown()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = os.environ.get("WALKDOWN_CHROMIUM") or next(filter(None, map(shutil.which, _NAMES)), None)
    if path is None:
        pytest.skip("no Chromium is installed (Debian: apt-get install chromium fonts-nanum)")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=_ARGUMENTS)
        yield chromium
        chromium.close()


@dataclass
class Visit:
    """A page of the UI, and everything it did that it should not."""

    page: Page
    url: str
    outside: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)
    console_errors: list[str] = field(default_factory=list)


Visitor = Callable[[str], Visit]


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visitor]:
    """Opens the UI in a fresh session; afterwards, no request may have gone elsewhere and no dialog been shown."""
    with ExitStack() as stack:
        visits: list[Visit] = []

        def open_page(url: str) -> Visit:
            context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="ko-KR")
            stack.callback(context.close)
            page = context.new_page()
            page.set_default_timeout(TIMEOUT_MS)
            seen = Visit(page, url)
            origin = "/".join(url.split("/")[:3])
            own = (origin, origin.replace("http", "ws", 1), "data:", "blob:", "about:")

            def on_request(request: Request) -> None:
                if not request.url.startswith(own):
                    seen.outside.append(request.url)

            page.on("request", on_request)

            def on_dialog(dialog: Dialog) -> None:
                seen.dialogs.append(dialog.message)
                dialog.dismiss()

            page.on("dialog", on_dialog)
            page.on("console", lambda m: seen.console_errors.append(m.text) if m.type == "error" else None)
            page.goto(url)
            visits.append(seen)
            return seen

        yield open_page
        for seen in visits:
            assert seen.outside == []
            assert seen.dialogs == []


@pytest.fixture(scope="session")
def plant_server() -> Iterator[FakeServer]:
    world = plant_world()
    world.pause = 0.15
    with FakeServer(world) as server:
        yield server


@pytest.fixture(scope="session")
def plant_ui(browser: Browser, plant_server: FakeServer) -> Iterator[str]:
    """A UI over the fake plant."""
    with running_ui(plant_server.url) as url:
        yield url


@pytest.fixture
def ui_for(browser: Browser) -> Iterator[Callable[[str], str]]:
    """Starts a UI over the server at a URL."""
    with ExitStack() as stack:
        yield lambda server_url: stack.enter_context(running_ui(server_url))
