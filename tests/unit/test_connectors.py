"""Every connector against a small local server of its protocol, and S3's signature against the published example."""

import base64
import datetime as dt
import hashlib
import os
import shutil
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlsplit
from xml.sax.saxutils import escape

import pytest

from walkdown.errors import DocumentError, ResourceError, UsageError
from walkdown.settings import Settings
from walkdown_ingestion.connectors.base import Connector, Credentials, RemoteFile
from walkdown_ingestion.connectors.folder import FolderConnector
from walkdown_ingestion.connectors.mirror import local_path, mirror
from walkdown_ingestion.connectors.open import open_connector
from walkdown_ingestion.connectors.s3 import Bucket, S3Connector, signed_headers
from walkdown_ingestion.connectors.suite import ConnectorSuite, Site
from walkdown_ingestion.connectors.webdav import WebDavConnector

LOGIN = Credentials("plant", "s3cret/pass")


class FolderSite:
    """A folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "place"
        self.folder.mkdir()
        self._changes = 0

    def put(self, path: str, content: bytes) -> None:
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        self._changes += 1
        os.utime(target, (1_700_000_000 + self._changes,) * 2)

    def remove(self, path: str) -> None:
        (self.folder / path).unlink()

    def stop(self) -> None:
        shutil.rmtree(self.folder)

    def connector(self) -> Connector:
        return FolderConnector(self.folder)


def test_a_link_out_of_the_folder_is_told_and_not_copied(tmp_path: Path) -> None:
    site = FolderSite(tmp_path)
    site.put("a.md", b"text")
    (tmp_path / "secret.txt").write_bytes(b"secret")
    (site.folder / "sub").mkdir()
    (site.folder / "sub" / "out.txt").symlink_to(tmp_path / "secret.txt")
    copied = mirror(site.connector(), tmp_path / "mirror")
    assert [(f.name, "leads out" in f.reason, bool(f.remedy)) for f in copied.failed] == [("sub/out.txt", True, True)]
    assert [p.name for p in copied.folder.rglob("*") if p.is_file()] == ["a.md"]


class HttpSite:
    """Files in memory behind an HTTP server."""

    def __init__(self) -> None:
        self.held: dict[str, bytes] = {}
        self.requests = 0
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_: Any) -> None: ...

            def reply(self, status: int, body: bytes = b"", kind: str = "application/xml") -> None:
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def handle_one(self) -> None:
                site.requests += 1
                length = int(self.headers.get("Content-Length") or 0)
                self.rfile.read(length)
                site.answer(self)

            do_GET = do_PROPFIND = handle_one  # noqa: N815 - names of http.server

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def answer(self, request: Any) -> Any:
        raise NotImplementedError

    def put(self, path: str, content: bytes) -> None:
        self.held[path] = content

    def remove(self, path: str) -> None:
        del self.held[path]

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()


class WebDavSite(HttpSite):
    """A WebDAV server that lists one level and wants a password."""

    def answer(self, request: Any) -> Any:
        wanted = base64.b64encode(f"{LOGIN.user}:{LOGIN.password}".encode()).decode()
        if request.headers.get("Authorization") != f"Basic {wanted}":
            return request.reply(401)
        path = unquote(urlsplit(request.path).path).removeprefix("/my room/")
        if request.command == "GET":
            return request.reply(200, self.held[path]) if path in self.held else request.reply(404)
        if request.headers.get("Depth") != "1":
            return request.reply(403)
        entries = {path: None}
        for name, content in self.held.items():
            if name.startswith(path):
                first, more, _ = name[len(path) :].partition("/")
                entries[f"{path}{first}/" if more else name] = None if more else content  # type: ignore[assignment]
        body = "".join(self._entry(name, content) for name, content in entries.items())
        return request.reply(207, f'<D:multistatus xmlns:D="DAV:">{body}</D:multistatus>'.encode())

    @staticmethod
    def _entry(name: str, content: bytes | None) -> str:
        kind = "<D:collection/>" if content is None else ""
        facts = ""
        if content is not None:
            etag = hashlib.md5(content, usedforsecurity=False).hexdigest()
            facts = f"<D:getcontentlength>{len(content)}</D:getcontentlength><D:getetag>{etag}</D:getetag>"
        href = quote(f"/my room/{name}")
        return (
            f"<D:response><D:href>{href}</D:href><D:propstat><D:prop><D:resourcetype>{kind}</D:resourcetype>{facts}"
            "</D:prop></D:propstat></D:response>"
        )

    def connector(self) -> Connector:
        return WebDavConnector(f"{self.url}/my%20room", LOGIN)


class S3Site(HttpSite):
    """A bucket that checks signatures and lists two keys a page."""

    def answer(self, request: Any) -> Any:
        parts = urlsplit(request.path)
        query = {key: values[0] for key, values in parse_qs(parts.query, keep_blank_values=True).items()}
        moment = dt.datetime.strptime(request.headers["x-amz-date"], "%Y%m%dT%H%M%SZ").replace(tzinfo=dt.UTC)
        expected = signed_headers(request.headers["Host"], parts.path, query, LOGIN, "plant-1", moment)
        if request.headers["Authorization"] != expected["authorization"]:
            return request.reply(403)
        if not query:
            key = unquote(parts.path).removeprefix("/rooms/docs/")
            return request.reply(200, self.held[key]) if key in self.held else request.reply(404)
        keys = sorted(f"docs/{key}" for key in self.held)
        start = int(query.get("continuation-token", "0"))
        page, more = keys[start : start + 2], start + 2 < len(keys)
        items = "".join(
            f"<Contents><Key>{escape(key)}</Key><Size>{len(self.held[key[5:]])}</Size>"
            f"<ETag>{hashlib.md5(self.held[key[5:]], usedforsecurity=False).hexdigest()}</ETag></Contents>"
            for key in page
            if key.startswith(query["prefix"])
        )
        token = f"<NextContinuationToken>{start + 2}</NextContinuationToken>" if more else ""
        body = f"<IsTruncated>{str(more).lower()}</IsTruncated>{items}{token}"
        space = "http://s3.amazonaws.com/doc/2006-03-01/"
        return request.reply(200, f'<ListBucketResult xmlns="{space}">{body}</ListBucketResult>'.encode())

    def connector(self) -> Connector:
        return S3Connector(Bucket(self.url, "rooms", "docs", "plant-1"), LOGIN)


class TestFolder(ConnectorSuite):
    @pytest.fixture
    def site(self, tmp_path: Path) -> Site:
        return FolderSite(tmp_path)


class TestWebDav(ConnectorSuite):
    @pytest.fixture
    def site(self) -> Iterator[Site]:
        made = WebDavSite()
        yield made
        made.stop()


class TestS3(ConnectorSuite):
    @pytest.fixture
    def site(self) -> Iterator[Site]:
        made = S3Site()
        yield made
        made.stop()


def test_the_signature_is_that_of_the_published_example() -> None:
    """https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html, "GET Object"."""
    key = Credentials("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")
    moment = dt.datetime(2013, 5, 24, tzinfo=dt.UTC)
    made = signed_headers(
        "examplebucket.s3.amazonaws.com", "/test.txt", {}, key, "us-east-1", moment, {"range": "bytes=0-9"}
    )
    assert made["authorization"].endswith("f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41")
    listed = signed_headers(
        "examplebucket.s3.amazonaws.com", "/", {"max-keys": "2", "prefix": "J"}, key, "us-east-1", moment
    )
    assert listed["authorization"].endswith("34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7")


def test_a_wrong_password_is_said_with_the_setting_to_correct() -> None:
    site = WebDavSite()
    try:
        with pytest.raises(ResourceError, match="refuses access") as caught:
            list(WebDavConnector(f"{site.url}/my%20room", Credentials("plant", "wrong")).files())
        assert "WALKDOWN_SOURCE_PASSWORD" in caught.value.remedy
        with pytest.raises(ResourceError, match="refuses access"):
            list(S3Connector(Bucket(S3Site().url, "rooms", "docs", "other"), LOGIN).files())
    finally:
        site.stop()


class Cunning:
    """A place with names that lead out of the mirror, and sizes that are not true."""

    origin = "webdav://host/"

    def __init__(self, *files: RemoteFile) -> None:
        self._files = files

    def files(self) -> Iterator[RemoteFile]:
        yield from self._files

    def fetch(self, path: str, target: Any) -> None:
        del path
        target.write(b"1234")


@pytest.mark.parametrize("path", ["../x.md", "/etc/x.md", "a/../../x.md", "a\\b.md", "x\0.md", "가" * 100 + ".md", ""])
def test_names_that_lead_out_of_the_mirror_are_refused(tmp_path: Path, path: str) -> None:
    done = mirror(Cunning(RemoteFile(path, "1", 4), RemoteFile("ok.md", "1", 4)), tmp_path / "m")
    assert [failure.name for failure in done.failed] == [path]
    assert [p.name for p in tmp_path.rglob("*.md")] == ["ok.md"]
    with pytest.raises(DocumentError, match="no usable file name"):
        local_path(path)


def test_files_of_another_size_than_listed_and_huge_ones_are_not_kept(tmp_path: Path) -> None:
    done = mirror(Cunning(RemoteFile("a.md", "1", 5), RemoteFile("b.md", "1", 2**31)), tmp_path)
    assert [f.reason.split(" ", 1)[1] for f in done.failed] == [
        "changed while it was fetched.",
        "is too large (2048 MB; the limit is 512 MB).",
    ]
    assert list(done.folder.iterdir()) == []


def test_addresses(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, s3_endpoint="https://minio.plant:9000")
    for address, origin in (
        ("webdavs://dav.plant/room a", "webdavs://dav.plant/room a/"),
        ("webdav://dav.plant:8080", "webdav://dav.plant:8080/"),
        ("s3://rooms/docs/", "s3://rooms/docs/"),
        ("imaps://mail.plant/Documents", "imaps://mail.plant/Documents/"),
    ):
        assert open_connector(address, settings).origin == origin
    for address in ("ftp://x/y", "webdav:///x", "s3:///x", "file:///etc"):
        with pytest.raises(UsageError, match="no place that documents"):
            open_connector(address, settings)
    with pytest.raises(UsageError, match="name or password"):
        open_connector("imaps://kim:secret@mail.plant/", settings)
