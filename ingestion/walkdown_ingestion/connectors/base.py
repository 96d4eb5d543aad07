"""The port of a place that documents come from: it lists files with a version and hands out their bytes.

A connector only lists and reads, and never writes to the place. `walkdown.testing`'s counterpart for connectors is
`walkdown_ingestion.connectors.suite`: a connector is done when a subclass of it passes.
"""

from collections.abc import Iterator
from typing import BinaryIO, NamedTuple, Protocol
from xml.etree.ElementTree import Element

import httpx
from defusedxml import ElementTree  # type: ignore[import-untyped]
from defusedxml.common import DefusedXmlException  # type: ignore[import-untyped]

from walkdown.errors import DocumentError, ResourceError
from walkdown.tls import tls_fault


class RemoteFile(NamedTuple):
    """A file of a place: its path below it with forward slashes, a version that changes with it, its bytes (or -1)."""

    path: str
    version: str
    size: int


class Connector(Protocol):
    """A place. `origin` is how its files' sources begin, as in `webdav://host/room/`."""

    origin: str

    def files(self) -> Iterator[RemoteFile]:
        """All files there. Raises ResourceError when the place cannot be listed completely."""
        ...

    def fetch(self, path: str, target: BinaryIO) -> None:
        """Write a file's bytes. Raises DocumentError (not there, refused), ResourceError (place unreachable)."""
        ...


class Credentials(NamedTuple):
    """Name and password, or key and secret."""

    user: str = ""
    password: str = ""


def reach(http: httpx.Client, request: httpx.Request, place: str, *, stream: bool = False) -> httpx.Response:
    """Send a request of a listing. Raises ResourceError with the cause and what to do."""
    try:
        response = http.send(request, stream=stream)
    except httpx.HTTPError as error:
        if fault := tls_fault(error, str(request.url), "the address"):
            raise ResourceError(f"The server of {place} {fault.says}.", f"{fault.remedy}.") from error
        raise ResourceError(
            f"{place} cannot be reached ({str(error) or type(error).__name__}).",
            "Check its address and the network, and try again; nothing was changed.",
        ) from error
    if response.status_code in (httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN):
        response.close()
        raise ResourceError(
            f"{place} refuses access (status {response.status_code}).",
            "Set WALKDOWN_SOURCE_USER and WALKDOWN_SOURCE_PASSWORD to an account that may read it.",
        )
    return response


def parse_xml(content: bytes, place: str) -> Element:
    """The root of a listing; entities are refused. Raises ResourceError."""
    try:
        root: Element = ElementTree.fromstring(content)
    except (ElementTree.ParseError, DefusedXmlException, ValueError) as error:
        raise ResourceError(f"{place} answers with damaged XML.", "Ask its administrator.") from error
    return root


def copy_body(response: httpx.Response, path: str, target: BinaryIO) -> None:
    """Write the body of a streamed reply. Raises DocumentError when it is not the file or breaks off."""
    try:
        if response.status_code != httpx.codes.OK:
            raise DocumentError(
                f"{path} cannot be fetched (status {response.status_code}).", "Check that it is there and may be read."
            )
        for block in response.iter_bytes():
            target.write(block)
    except httpx.HTTPError as error:
        raise DocumentError(f"{path} broke off while it was fetched.", "Sync again.") from error
    finally:
        response.close()
