"""Who asks, and what they may see."""

import hashlib
import ipaddress
from collections.abc import Sequence
from pathlib import Path

from starlette.requests import Request

from walkdown.documents import Principal
from walkdown.errors import UsageError
from walkdown.wire_conversations import READER_HEADER

LOCAL = Principal()
"""Who asks, until people sign in: everyone on this machine."""


def asker_of(request: Request) -> Principal:
    """Who asks: everyone on this machine may see the same, but what one reader asked is no other's to read.

    Until people sign in, a reader is known by a secret of the program, of which only a hash is kept.
    """
    secret = request.headers.get(READER_HEADER, "")
    if not secret:
        return LOCAL
    return Principal(name=f"reader-{hashlib.sha256(secret.encode()).hexdigest()[:16]}", groups=LOCAL.groups)


def may_see(access: Sequence[str], principal: Principal) -> bool:
    """Whether a document or passage with these access groups is visible; no groups means everyone."""
    return not access or not set(access).isdisjoint(principal.groups)


def require_local(request: Request) -> None:
    """Let only callers on the server's own machine name paths on its disk. Raises UsageError."""
    try:
        local = request.client is not None and ipaddress.ip_address(request.client.host).is_loopback
    except ValueError:
        local = False
    if not local:
        raise UsageError(
            "Only a caller on the server's own machine may name paths.", "Upload the files to POST /v1/documents."
        )


def require_whole_path(path: str) -> None:
    """Refuse a path that means another place in every folder. Raises UsageError."""
    if not (Path(path).is_absolute() or path.startswith("~") or "://" in path):
        # `.` would be all below the folder that the server happens to run in.
        raise UsageError(f"The path {path} is relative, to a folder of the server.", "Give the whole path.")
