"""Fetching from public sources, against a server on this machine: only what is allowed, from where it is allowed."""

import http.server
import json
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from walkdown.errors import DocumentError, PackError, UsageError
from walkdown.packs.loader import load_pack
from walkdown.packs.new import new_pack
from walkdown.settings import Settings
from walkdown_ingestion.fetching import fetch as fetching
from walkdown_ingestion.fetching.allowed import AllowList, begins_with, is_public, place_of
from walkdown_ingestion.fetching.fetch import Limits, fetch, file_name
from walkdown_ingestion.fetching.urls import fetch_all

PAGE = b"<html><head><title>Part 68</title></head><body><p>The limit is 40 m3/h.</p></body></html>"
SMALL = Limits(10_000, 5.0)


class Site:
    """A server on 127.0.0.1 that answers as told, and the requests it saw."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, str]] = []
        self.replies: dict[str, Callable[[http.server.BaseHTTPRequestHandler], None]] = {}
        site = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.seen.append((self.path, self.headers["Host"]))
                site.replies.get(self.path, _page)(self)

            def log_message(self, *_: object) -> None:
                return

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def url(self, path: str, host: str = "docs.example") -> str:
        return f"http://{host}:{self.port}{path}"

    def allowed(self, *prefixes: str, private: bool = True, addresses: str = "127.0.0.1") -> AllowList:
        listed = [f"docs.example:{self.port}"] if private else []
        return AllowList([self.url(p) for p in prefixes or ("/law/",)], listed, resolve=lambda *_: [addresses])

    def redirect(self, path: str, to: str, status: int = 302) -> None:
        self.replies[path] = lambda h: _send(h, b"", status, {"Location": to})


def _send(
    handler: http.server.BaseHTTPRequestHandler, body: bytes, status: int = 200, headers: dict[str, str] | None = None
) -> None:
    handler.send_response(status)
    for name, value in {"Content-Type": "text/html", "Content-Length": str(len(body)), **(headers or {})}.items():
        if value:
            handler.send_header(name, value)
    handler.end_headers()
    try:
        handler.wfile.write(body)
    except OSError:
        return


def _page(handler: http.server.BaseHTTPRequestHandler) -> None:
    _send(handler, PAGE)


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    yield made
    made.server.shutdown()
    made.server.server_close()


def test_an_allowed_url_becomes_a_file_and_the_same_one_again(site: Site, tmp_path: Path) -> None:
    found = fetch(site.url("/law/part-68?date=2025"), site.allowed(), tmp_path, SMALL)
    assert found.path.read_bytes() == PAGE
    assert found.path.suffix == ".html" and found.path.name.startswith("part-68-")
    assert site.seen == [("/law/part-68?date=2025", f"docs.example:{site.port}")]
    site.replies["/law/part-68?date=2025"] = lambda handler: _send(handler, b"<html>new</html>")
    again = fetch(site.url("/law/part-68?date=2025"), site.allowed(), tmp_path, SMALL)
    assert (again.path, again.path.read_bytes()) == (found.path, b"<html>new</html>")
    log = [json.loads(line) for line in (tmp_path / "fetched.jsonl").read_text("utf-8").splitlines()]
    assert [entry["file"] for entry in log] == [found.path.name] * 2
    assert log[0]["sha256"] != log[1]["sha256"]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([found.path.name, "fetched.jsonl"])


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/other/x",
        "/lawful",
        "/law",
        "/law/../secret",
        "/law/%2e%2e/secret",
        "/law/%2E%2e%2fsecret",
        "/law/a\\b",
        "/law/ x",
    ],
)
def test_a_url_outside_of_what_is_allowed_is_refused_unasked(site: Site, tmp_path: Path, path: str) -> None:
    with pytest.raises(UsageError, match="is not fetched"):
        fetch(site.url(path), site.allowed(), tmp_path, SMALL)
    assert site.seen == []


@pytest.mark.parametrize(
    "url",
    [
        "ftp://docs.example/law/x", "file:///etc/passwd", "http:///law/x", "http://user@docs.example/law/x",
        "http://user:x@docs.example/law/x", "https://docs.example.evil.test/law/x", "http://docs.example:99999/law/x",
        "http://docs.example@evil.test/law/x", "gopher://docs.example/law/x", "http://[::1/law/x", "docs.example/law/x",
        "http://docs.example/law/x", "http://docs.example/law/" + "x" * 2100,
    ],
)  # fmt: skip
def test_other_hosts_ports_schemes_and_names_in_disguise_are_refused(site: Site, tmp_path: Path, url: str) -> None:
    with pytest.raises(UsageError, match="is not fetched"):
        fetch(url, site.allowed(), tmp_path, SMALL)
    assert site.seen == []


def test_a_redirect_is_followed_only_to_what_is_allowed(site: Site, tmp_path: Path) -> None:
    site.redirect("/law/old", "/law/new", 301)
    assert fetch(site.url("/law/old"), site.allowed(), tmp_path, SMALL).url == site.url("/law/new")
    seen = len(site.seen)
    for target in (
        "/admin",
        f"http://127.0.0.1:{site.port}/law/x",
        "http://169.254.169.254/latest",
        "file:///etc/passwd",
    ):
        site.redirect("/law/old", target)
        with pytest.raises(UsageError, match="is not fetched"):
            fetch(site.url("/law/old"), site.allowed(), tmp_path, SMALL)
        seen += 1
        assert len(site.seen) == seen
    site.redirect("/law/old", "/law/old")
    with pytest.raises(DocumentError, match="redirects more than 5 times"):
        fetch(site.url("/law/old"), site.allowed(), tmp_path, SMALL)


def test_a_host_on_a_private_address_is_refused_unless_the_operator_lists_it(site: Site, tmp_path: Path) -> None:
    for address in ("127.0.0.1", "10.0.0.7", "192.168.1.1", "169.254.169.254", "::1", "fd00::1", "::ffff:10.0.0.1"):
        with pytest.raises(UsageError, match="no public address") as caught:
            fetch(site.url("/law/x"), site.allowed(private=False, addresses=address), tmp_path, SMALL)
        assert "WALKDOWN_FETCH_PRIVATE" in caught.value.remedy
    assert site.seen == []


def test_the_connection_goes_to_the_address_that_was_checked(site: Site, tmp_path: Path) -> None:
    answers = iter([["127.0.0.1"], ["10.255.255.1"]])
    allowed = AllowList([site.url("/law/")], [f"docs.example:{site.port}"], resolve=lambda *_: next(answers))
    assert fetch(site.url("/law/x"), allowed, tmp_path, SMALL).path.read_bytes() == PAGE
    # One name server answer per hop: the second was never asked for.
    assert next(answers) == ["10.255.255.1"]


def test_a_path_in_korean_is_the_same_in_either_spelling() -> None:
    allowed = AllowList(["https://www.law.example/법령/"], resolve=lambda *_: ["93.184.216.34"])
    for path in ("법령/전기사업법", "%EB%B2%95%EB%A0%B9/%EC%A0%84%EA%B8%B0", "%eb%b2%95%eb%a0%b9/x"):
        assert allowed.check(f"https://www.law.example/{path}").place.host == "www.law.example"


def test_one_private_address_among_public_ones_is_enough_to_refuse() -> None:
    allowed = AllowList(["https://docs.example/"], resolve=lambda *_: ["93.184.216.34", "10.0.0.1"])
    with pytest.raises(UsageError, match=r"10\.0\.0\.1"):
        allowed.check("https://docs.example/x")
    public = AllowList(["https://docs.example/"], resolve=lambda *_: ["93.184.216.34"])
    assert public.check("https://docs.example/x").address == "93.184.216.34"


@pytest.mark.parametrize("stated", [True, False])
def test_what_is_too_large_is_refused_and_leaves_nothing(site: Site, tmp_path: Path, stated: bool) -> None:
    headers = {} if stated else {"Content-Length": ""}
    site.replies["/law/x"] = lambda handler: _send(handler, b"x" * 20_000, headers=headers)
    with pytest.raises(DocumentError, match="larger than"):
        fetch(site.url("/law/x"), site.allowed(), tmp_path, SMALL)
    assert list(tmp_path.iterdir()) == []


def test_what_is_too_slow_is_given_up(site: Site, tmp_path: Path) -> None:
    def drip(handler: http.server.BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        for _ in range(50):
            try:
                handler.wfile.write(b"x")
                handler.wfile.flush()
            except OSError:
                return
            time.sleep(0.1)

    site.replies["/law/x"] = drip
    began = time.monotonic()
    with pytest.raises(DocumentError, match=r"took longer|cannot be fetched"):
        fetch(site.url("/law/x"), site.allowed(), tmp_path, Limits(10_000, 0.6))
    assert time.monotonic() - began < 4
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("status", "headers", "message"),
    [
        (404, {}, "status 404"),
        (500, {}, "status 500"),
        (200, {"Content-Encoding": "gzip"}, "compressed"),
        (302, {}, "302"),
    ],
)
def test_a_source_that_fails_is_named(
    site: Site, tmp_path: Path, status: int, headers: dict[str, str], message: str
) -> None:
    site.replies["/law/x"] = lambda handler: _send(handler, PAGE, status, headers)
    with pytest.raises(DocumentError, match=message):
        fetch(site.url("/law/x"), site.allowed(), tmp_path, SMALL)


def test_proxies_of_the_environment_are_not_used(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert fetch(site.url("/law/x"), site.allowed(), tmp_path, SMALL).path.exists()


@pytest.mark.parametrize(
    ("url", "kind", "name"),
    [
        ("https://a.example/laws/part68.pdf", "application/octet-stream", "part68-"),
        ("https://a.example/view.do?id=1", "application/pdf", "view-"),
        ("https://a.example/", "text/html; charset=utf-8", "document-"),
        ("https://a.example/%EB%B2%95%20%2E%2E", "text/plain", "법"),
    ],
)
def test_files_are_named_after_their_url(url: str, kind: str, name: str) -> None:
    found = file_name(url, kind)
    assert found.startswith(name)
    assert "/" not in found and not found.startswith(".")
    assert Path(found).suffix == {"application/pdf": ".pdf", "text/plain": ".txt"}.get(kind, Path(found).suffix)
    assert file_name(url + "#x", kind) != found


@given(st.ip_addresses())
def test_public_addresses_are_global_ones(address: object) -> None:
    text = str(address)
    if is_public(text):
        assert not text.startswith(("10.", "127.", "192.168.", "169.254.", "fe80", "fc", "fd", "ff"))


@given(st.text(max_size=60), st.text(max_size=40))
def test_any_text_is_refused_or_is_below_what_is_allowed(host: str, path: str) -> None:
    prefix = place_of("https://docs.example/law/")
    try:
        place = place_of(f"https://{host}/{path}")
    except UsageError:
        return
    if begins_with(place, prefix):
        assert place.host == "docs.example"
        assert place.path.startswith("/law/") and ".." not in place.path.split("/")


@pytest.fixture
def settings(tmp_path: Path, site: Site, monkeypatch: pytest.MonkeyPatch) -> Settings:
    new_pack("plant", tmp_path)
    sources = tmp_path / "plant" / "sources.yaml"
    text = sources.read_text("utf-8").replace("https://www.ecfr.gov/api/renderer/v1/", site.url("/law/", "127.0.0.1"))
    sources.write_text(text, encoding="utf-8")
    monkeypatch.setattr(fetching, "MAX_HOPS", 2)
    return Settings(home=tmp_path / "var", fetch=True, fetch_private=(f"127.0.0.1:{site.port}",))


def test_the_urls_of_an_ingestion_are_fetched_one_by_one(settings: Settings, site: Site, tmp_path: Path) -> None:
    pack = load_pack(tmp_path / "plant")
    good, bad = site.url("/law/x", "127.0.0.1"), site.url("/elsewhere", "127.0.0.1")
    found = fetch_all([good, "/some/file.pdf", bad], pack, settings)
    assert found.paths[1] == "/some/file.pdf"
    assert Path(found.paths[0]).read_bytes() == PAGE
    assert Path(found.paths[0]).is_relative_to((settings.home / "fetched" / "plant").absolute())
    assert [url for url, _ in found.failed] == [bad]
    with pytest.raises(UsageError, match="does not allow"):
        fetch_all([bad], pack, settings)


def test_fetching_is_off_unless_the_operator_turns_it_on(settings: Settings, site: Site, tmp_path: Path) -> None:
    assert Settings().fetch is False
    pack, url = load_pack(tmp_path / "plant"), site.url("/law/x", "127.0.0.1")
    for off in ({"fetch": False}, {"offline": True}):
        with pytest.raises(UsageError, match="fetching is off") as caught:
            fetch_all([url], pack, settings.model_copy(update=off))
        assert "WALKDOWN_FETCH=true" in caught.value.remedy
    with pytest.raises(UsageError, match="no public address"):
        fetch_all([url], pack, settings.model_copy(update={"fetch_private": ()}))
    (tmp_path / "plant" / "sources.yaml").write_text("sources: 3\n", encoding="utf-8")
    with pytest.raises(PackError, match=r"sources\.yaml"):
        fetch_all([url], pack, settings)
    (tmp_path / "plant" / "sources.yaml").unlink()
    with pytest.raises(UsageError, match="does not allow"):
        fetch_all([url], pack, settings)
    assert site.seen == []
