"""Servers of language model, index and documents behind TLS that is wrong in one way: which one, and what to do."""

import asyncio
import json
import shutil
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest

from walkdown import tls
from walkdown.answering.llm import Message, OpenAIChat
from walkdown.errors import IndexUnavailableError, LLMUnavailableError, ResourceError, WalkdownError
from walkdown.index.server import QdrantServerStore, connect
from walkdown.index.store import IndexIdentity
from walkdown.settings import Settings
from walkdown_ingestion.connectors.base import Credentials
from walkdown_ingestion.connectors.imap import ImapConnector
from walkdown_ingestion.connectors.webdav import WebDavConnector
from walkdown_server.llm_link import LLMLink

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl makes the certificates")
NOW = ("20250101000000Z", "20991231000000Z")
KINDS = {
    "expired": ("localhost", ("20200101000000Z", "20210101000000Z"), "ca"),
    "early": ("localhost", ("20980101000000Z", "20991231000000Z"), "ca"),
    "other": ("llm.plant.example", NOW, "ca"),
    "good": ("localhost", NOW, "ca"),
    "stranger": ("localhost", NOW, "other-ca"),
}


class Certificates:
    """Certificates made by openssl: `NAME.pem` holds one with its key."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for authority in ("ca", "other-ca"):
            self._self_signed(authority, authority)
        self._self_signed("self", "localhost")
        for kind, (name, days, authority) in KINDS.items():
            self._signed(kind, name, days, authority)

    def _openssl(self, *arguments: str) -> None:
        subprocess.run(["openssl", *arguments], cwd=self.folder, check=True, capture_output=True)

    def _bundle(self, name: str) -> None:
        parts = [(self.folder / f"{name}{end}").read_text() for end in (".key", ".crt")]
        (self.folder / f"{name}.pem").write_text("".join(parts))

    def _self_signed(self, name: str, host: str) -> None:
        self._openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", f"{name}.key", "-out", f"{name}.crt",
                      "-days", "3650", "-subj", f"/CN={host}", "-addext", f"subjectAltName=DNS:{host}")  # fmt: skip
        self._bundle(name)

    def _signed(self, kind: str, host: str, days: tuple[str, str], authority: str) -> None:
        (self.folder / "index.txt").write_text("")
        (self.folder / "ca.cnf").write_text(
            "[ca]\ndefault_ca=d\n[d]\ndatabase=index.txt\nnew_certs_dir=.\ndefault_md=sha256\npolicy=p\nrand_serial=yes\n"
            f"x509_extensions=x\n[p]\ncommonName=supplied\n[x]\nsubjectAltName=DNS:{host}\n"
        )
        self._openssl("req", "-newkey", "rsa:2048", "-nodes", "-keyout", f"{kind}.key", "-out", f"{kind}.csr",
                      "-subj", f"/CN={host}")  # fmt: skip
        self._openssl("ca", "-batch", "-config", "ca.cnf", "-cert", f"{authority}.crt", "-keyfile", f"{authority}.key",
                      "-in", f"{kind}.csr", "-out", f"{kind}.crt", "-notext", "-startdate", days[0],
                      "-enddate", days[1])  # fmt: skip
        self._bundle(kind)


class _Models(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = json.dumps({"data": [{"id": "m"}]}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (the base class names it so)
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A handshake that fails is what the test is about."""


Serve = Callable[[str], AbstractContextManager[int]]


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return Certificates(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def serve(certificates: Certificates, monkeypatch: pytest.MonkeyPatch) -> Iterator[Serve]:
    """Serves at localhost, with the certificate named or, without a name, in plain http; yields the port."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificates.folder / "ca.crt"))
    tls.trusted.cache_clear()

    @contextmanager
    def serving(kind: str) -> Iterator[int]:
        with _Server(("127.0.0.1", 0), _Models) as server:
            if kind:
                context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                context.load_cert_chain(certificates.folder / f"{kind}.pem")
                server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
            threading.Thread(target=server.serve_forever, daemon=True).start()
            yield server.server_address[1]
            server.shutdown()

    yield serving
    tls.trusted.cache_clear()


WRONG = [
    ("self", "https", "signed itself", "SSL_CERT_FILE"),
    ("stranger", "https", "nobody here knows", "SSL_CERT_FILE"),
    ("expired", "https", "has expired", "Renew"),
    ("early", "https", "not valid yet", "clock"),
    ("other", "https", "for another name", "WALKDOWN_"),
    ("", "https", "does not speak https", "http:// in WALKDOWN_"),
    ("good", "http", "closes the connection", "https:// in WALKDOWN_"),
]


async def ask(url: str) -> None:
    chat = OpenAIChat(url, "m")
    try:
        async for _ in chat.stream([Message("user", "?")], max_tokens=4, deadline=20):
            pass
    finally:
        await chat.close()


@pytest.mark.parametrize(("kind", "scheme", "says", "remedy"), WRONG)
def test_of_a_language_model_server(serve: Serve, kind: str, scheme: str, says: str, remedy: str) -> None:
    with serve(kind) as port:
        url = f"{scheme}://localhost:{port}"
        with pytest.raises(LLMUnavailableError) as asked:
            asyncio.run(ask(url))
        with pytest.raises(LLMUnavailableError) as probed:
            LLMLink(Settings(llm=url)).probe()
    for error in (asked.value, probed.value):
        told(error, says, remedy)
        assert "language model server" in error.cause and url in error.cause
    # A certificate does not mend itself; a connection that was cut off may have been a restart.
    assert asked.value.retryable is (scheme == "http")


@pytest.mark.parametrize(("kind", "scheme", "says", "remedy"), WRONG)
def test_of_a_qdrant_server(serve: Serve, kind: str, scheme: str, says: str, remedy: str) -> None:
    with serve(kind) as port:
        url = f"{scheme}://localhost:{port}"
        with pytest.raises(IndexUnavailableError) as told_by:
            QdrantServerStore(connect(url), IndexIdentity({}, "a"))
    told(told_by.value, says, remedy)
    assert f"Qdrant server at {url}" in told_by.value.cause


def told(error: WalkdownError, says: str, remedy: str) -> None:
    assert says in error.cause, error
    assert remedy in error.remedy, error


@pytest.mark.parametrize("kind", ["self", "expired"])
def test_of_places_to_sync_from(serve: Serve, kind: str) -> None:
    with serve(kind) as port:
        for connector in (
            WebDavConnector(f"https://localhost:{port}/docs", Credentials()),
            ImapConnector(f"imaps://localhost:{port}/INBOX", Credentials()),
        ):
            with pytest.raises(ResourceError, match="certificate"):
                list(connector.files())


def test_an_authority_of_the_site_is_trusted(serve: Serve) -> None:
    with serve("good") as port:
        assert LLMLink(Settings(llm=f"https://localhost:{port}")).probe() == "m"


def test_what_proxies_say_of_a_plain_request() -> None:
    error = httpx.HTTPError("400: The plain HTTP request was sent to HTTPS port")
    fault = tls.tls_fault(error, "http://llm.plant", "WALKDOWN_LLM")
    assert fault is not None and fault.sure and "https:// in WALKDOWN_LLM" in fault.remedy
    assert tls.tls_fault(error, "https://llm.plant", "WALKDOWN_LLM") is None
    assert tls.tls_fault(ValueError("no JSON"), "http://llm.plant", "WALKDOWN_LLM") is None


def test_a_request_cut_off_while_it_is_written_is_told_as_cut_off() -> None:
    for cause in (BrokenPipeError(32, "Broken pipe"), httpx.WriteError(""), ConnectionResetError()):
        fault = tls.tls_fault(cause, "http://llm.plant", "WALKDOWN_LLM")
        assert fault is not None and "closes the connection" in str(fault)
    assert tls.tls_fault(ConnectionRefusedError(), "http://llm.plant", "WALKDOWN_LLM") is None
