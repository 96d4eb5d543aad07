"""Conversations that outlive a page: those of this process in memory, by reader and id, the last ones used."""

import re
import threading
from collections import OrderedDict

import streamlit as st

from walkdown_ui.asking import Turn

READER_COOKIE = "walkdown-reader"
_SECRET = re.compile(r"[0-9a-f]{32}")
_LIMIT = 100


class Kept:
    """The turns of conversations, also those being answered; sessions share the lists."""

    def __init__(self, limit: int = _LIMIT) -> None:
        self._limit = limit
        self._lock = threading.Lock()
        self._turns: OrderedDict[tuple[str, str], list[Turn]] = OrderedDict()

    def put(self, reader: str, conversation: str, turns: list[Turn]) -> None:
        """Hold a conversation; the one not used for longest is let go of."""
        with self._lock:
            self._turns[reader, conversation] = turns
            self._turns.move_to_end((reader, conversation))
            while len(self._turns) > self._limit:
                self._turns.popitem(last=False)

    def get(self, reader: str, conversation: str) -> list[Turn] | None:
        """The turns of a reader's conversation, or None where it is not held."""
        with self._lock:
            return self._turns.get((reader, conversation))


@st.cache_resource(show_spinner=False)
def _kept() -> Kept:
    return Kept()


def put(reader: str, conversation: str, turns: list[Turn]) -> None:
    """Hold a conversation of a reader."""
    _kept().put(reader, conversation, turns)


def get(reader: str, conversation: str) -> list[Turn] | None:
    """The turns of a reader's conversation, or None where this process does not hold it."""
    return _kept().get(reader, conversation)


def reader() -> str:
    """The secret by which this browser's conversations are its own; empty where it takes no cookies."""
    cookie = st.context.cookies.get(READER_COOKIE, "")
    return cookie if isinstance(cookie, str) and _SECRET.fullmatch(cookie) else ""
