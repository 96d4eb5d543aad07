"""The connection to the Walkdown server: one client per server, and short-lived copies of what changes seldom."""

from collections.abc import Sequence

import streamlit as st

from walkdown.client import PagePicture, WalkdownClient
from walkdown.documents import Chunk
from walkdown.errors import WalkdownError
from walkdown.wire import PackInfo, PassageContext, Readiness
from walkdown_ui.launch import DEFAULT_SERVER_URL

PAGE_DPI = 130
_MAX_LINES, _LINE_CHARS = 12, 1000
_STATE_SECONDS = 10
_SOURCE_SECONDS = 120


def server_url() -> str:
    """Where the Walkdown server is, as the launcher was told."""
    return str(st.secrets.get("server_url", DEFAULT_SERVER_URL))


@st.cache_resource(show_spinner=False)
def _client(url: str) -> WalkdownClient:
    return WalkdownClient(url)


def client() -> WalkdownClient:
    """The client of the server. It may be used by several threads."""
    return _client(server_url())


@st.cache_data(ttl=_STATE_SECONDS, show_spinner=False)
def _packs(url: str) -> list[PackInfo]:
    return _client(url).packs()


def packs() -> list[PackInfo]:
    """The installed packs. Raises WalkdownError."""
    return _packs(server_url())


@st.cache_data(ttl=_STATE_SECONDS, show_spinner=False)
def _readiness(url: str) -> Readiness | None:
    try:
        return _client(url).ready()
    except WalkdownError:
        return None


def readiness() -> Readiness | None:
    """Which parts of the server work, or None where it does not say."""
    return _readiness(server_url())


@st.cache_data(ttl=_SOURCE_SECONDS, max_entries=100, show_spinner=False)
def _page_png(url: str, pack: str, chunk_id: str, lines: tuple[str, ...]) -> PagePicture:
    return _client(url).chunk_page_png(pack, chunk_id, dpi=PAGE_DPI, lines=lines)


def page_png(pack: str, chunk_id: str, lines: Sequence[str] = ()) -> PagePicture:
    """The page of a passage, highlighted, with the lines that carry a statement marked. Raises WalkdownError."""
    return _page_png(server_url(), pack, chunk_id, tuple(line[:_LINE_CHARS] for line in lines)[:_MAX_LINES])


@st.cache_data(ttl=_SOURCE_SECONDS, max_entries=20, show_spinner=False)
def _context(url: str, pack: str, chunk_id: str) -> PassageContext:
    return _client(url).chunk_context(pack, chunk_id)


def context(pack: str, chunk_id: str) -> PassageContext:
    """The document around a passage. Raises WalkdownError."""
    return _context(server_url(), pack, chunk_id)


def chunk(pack: str, chunk_id: str) -> Chunk:
    """A passage as it stands now. Raises WalkdownError."""
    return client().chunk(pack, chunk_id)


def forget() -> None:
    """Drop the copies, so that the next look asks the server."""
    for cached in (_packs, _readiness, _page_png, _context):
        cached.clear()
