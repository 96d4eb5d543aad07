"""Which URLs may be fetched: those that begin with an allowed one, at exactly its host, on a public address.

A server that fetches what it is told to is a door into the site's own network, so a URL is taken apart once, compared
with a list, its host resolved once, and the connection made to that very address.
"""

import ipaddress
import re
import socket
from collections.abc import Callable, Iterable
from typing import NamedTuple
from urllib.parse import SplitResult, quote, unquote, urlsplit

from walkdown.errors import UsageError

_PORTS = {"http": 80, "https": 443}
_MAX_URL = 2000
_PATH_SIGNS = "/~:@!$&'()*+,;=-._"
_CONTROL = re.compile(r"[\x00-\x20\x7f\\]")
_HIDDEN = re.compile(r"%(?:2e|2f|5c|00)", re.IGNORECASE)
_TRANSLATED = tuple(map(ipaddress.ip_network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")))
"""IPv6 ranges that stand for IPv4 addresses behind a translator."""
Resolve = Callable[[str, int], list[str]]
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class Place(NamedTuple):
    """A URL taken apart: scheme, host in ASCII small letters, port, and the path."""

    scheme: str
    host: str
    port: int
    path: str


class Target(NamedTuple):
    """A URL that may be fetched, and the address to connect to."""

    url: str
    place: Place
    address: str


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a host. Raises OSError."""
    return [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def place_of(url: str) -> Place:
    """A URL taken apart. Raises UsageError for one that is not plain http or https, or hides where it goes."""
    if len(url) > _MAX_URL or _CONTROL.search(url):
        raise _refused(url, "it is too long or holds spaces, backslashes or control characters")
    try:
        parts = urlsplit(url)
        port = parts.port
        host = _host(parts)
    except (ValueError, UnicodeError):
        raise _refused(url, "it cannot be read") from None
    if parts.scheme not in _PORTS or not host:
        raise _refused(url, "only http and https URLs with a host are taken")
    if parts.username is not None or parts.password is not None:
        raise _refused(url, "it carries a user name or password")
    path = parts.path or "/"
    if _HIDDEN.search(path) or any(part in (".", "..") for part in unquote(path).split("/")):
        raise _refused(url, "its path goes up or hides a slash")
    # Written one way, so that 법령 and its percent-encoded form are the same.
    return Place(parts.scheme, host, port or _PORTS[parts.scheme], quote(unquote(path), safe=_PATH_SIGNS))


def _host(parts: SplitResult) -> str:
    host = (parts.hostname or "").rstrip(".")
    return host if ":" in host else host.encode("idna").decode("ascii").lower()


def _refused(url: str, why: str) -> UsageError:
    return UsageError(
        f"{url[:200]} is not fetched: {why}.", "Give a URL that begins with one that sources.yaml allows."
    )


def begins_with(place: Place, prefix: Place) -> bool:
    """True when a URL is at the very host of an allowed one and its path below that one's.

    A prefix that ends within a name (/api/v1) allows that name only, not /api/v10.
    """
    below = place.path.startswith(prefix.path) and (
        prefix.path.endswith("/") or place.path[len(prefix.path) :][:1] in ("", "/")
    )
    return place[:3] == prefix[:3] and below


def is_public(address: str) -> bool:
    """True for an address of the open internet: not private, loopback, link-local, multicast or translated."""
    found: Address = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is not None:
            found = found.ipv4_mapped
        elif any(found in network for network in _TRANSLATED):
            return False
    return found.is_global and not found.is_multicast and not found.is_reserved


class AllowList:
    """The URLs that may be fetched, and hosts on private addresses that the operator lists (`host:port`)."""

    def __init__(self, prefixes: Iterable[str], private: Iterable[str] = (), *, resolve: Resolve = resolve) -> None:
        self._prefixes = [place_of(prefix) for prefix in prefixes]
        self._private = {entry.lower() for entry in private}
        self._resolve = resolve

    def check(self, url: str) -> Target:
        """The target of a URL. Raises UsageError when it is not allowed, its host unknown or on a private address."""
        place = place_of(url)
        if not any(begins_with(place, prefix) for prefix in self._prefixes):
            raise _refused(url, "sources.yaml of the pack does not allow it")
        try:
            addresses = self._resolve(place.host, place.port)
        except OSError:
            addresses = []
        if not addresses:
            raise UsageError(f"The host {place.host} cannot be found.", "Check the URL and the network.")
        listed = f"{place.host}:{place.port}" in self._private
        private = next((address for address in addresses if not is_public(address)), None)
        if private is not None and not listed:
            raise UsageError(
                f"{url[:200]} is not fetched: {place.host} is at {private}, which is no public address.",
                f"If it is meant to be, the operator lists {place.host}:{place.port} in WALKDOWN_FETCH_PRIVATE.",
            )
        return Target(url, place, addresses[0])
