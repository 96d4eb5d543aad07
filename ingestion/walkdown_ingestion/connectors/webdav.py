"""WebDAV (RFC 4918): Nextcloud, Apache, and the document libraries of SharePoint, which answer to it.

Folders are listed one level at a time (`Depth: 1`), since many servers refuse `infinity`.
"""

import contextlib
from collections.abc import Iterator
from typing import BinaryIO
from urllib.parse import quote, unquote, urlsplit
from xml.etree.ElementTree import Element

import httpx

from walkdown.errors import ResourceError
from walkdown.tls import trusted
from walkdown_ingestion.connectors.base import Credentials, RemoteFile, copy_body, parse_xml, reach

_WANTED = (
    '<?xml version="1.0"?><propfind xmlns="DAV:"><prop><resourcetype/><getetag/><getlastmodified/><getcontentlength/>'
    "</prop></propfind>"
)
_DAV = "{DAV:}"
_MAX_FOLDERS = 100_000


class WebDavConnector:
    """The files below a WebDAV folder. `http` is a parameter for tests."""

    def __init__(self, url: str, credentials: Credentials, http: httpx.Client | None = None) -> None:
        """`url` is the http(s) address of the folder."""
        parts = urlsplit(url)
        self._host = f"{parts.scheme}://{parts.netloc}"
        self._root = unquote(parts.path).rstrip("/") + "/"
        scheme = "webdavs" if parts.scheme == "https" else "webdav"
        self.origin = f"{scheme}://{parts.netloc}{self._root}"
        login = (credentials.user, credentials.password) if credentials.user else None
        self._http = http or httpx.Client(auth=login, timeout=60, trust_env=False, verify=trusted())

    def files(self) -> Iterator[RemoteFile]:
        """All files there. Raises ResourceError when a folder cannot be listed."""
        waiting, seen = [self._root], {self._root}
        while waiting:
            folder = waiting.pop()
            for path, is_folder, file in self._list(folder):
                if not is_folder:
                    yield file
                elif path not in seen and path.startswith(self._root):
                    seen.add(path)
                    waiting.append(path)
            if len(seen) > _MAX_FOLDERS:
                raise ResourceError(f"{self.origin} has more than {_MAX_FOLDERS} folders.", "Sync a part of it.")

    def _list(self, folder: str) -> Iterator[tuple[str, bool, RemoteFile]]:
        request = self._http.build_request(
            "PROPFIND", self._host + quote(folder), content=_WANTED, headers={"Depth": "1"}
        )
        response = reach(self._http, request, f"{self.origin}")
        if response.status_code != httpx.codes.MULTI_STATUS:
            raise ResourceError(
                f"{self._host}{folder} is no WebDAV folder (status {response.status_code}).", "Check the address."
            )
        for item in parse_xml(response.content, self.origin).iter(f"{_DAV}response"):
            path = unquote(urlsplit(item.findtext(f"{_DAV}href", "")).path)
            if path.rstrip("/") == folder.rstrip("/") or not path.startswith(self._root):
                continue
            is_folder = item.find(f".//{_DAV}collection") is not None
            path = path.rstrip("/") + "/" if is_folder else path
            yield path, is_folder, _file(path[len(self._root) :], item)

    def fetch(self, path: str, target: BinaryIO) -> None:
        """Write a file's bytes. Raises DocumentError, ResourceError."""
        request = self._http.build_request("GET", self._host + quote(self._root + path))
        copy_body(reach(self._http, request, self.origin, stream=True), path, target)


def _file(path: str, item: Element) -> RemoteFile:
    def value(name: str) -> str:
        return (item.findtext(f".//{_DAV}{name}") or "").strip()

    size = -1
    with contextlib.suppress(ValueError):
        size = int(value("getcontentlength"))
    etag, changed = value("getetag"), value("getlastmodified")
    return RemoteFile(path, f"{etag}|{changed}|{size}" if etag or changed else "", size)
