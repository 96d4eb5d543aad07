"""The earlier questions of conversations, kept in memory: what a follow-up leans on."""

import threading
from collections import OrderedDict, deque

MAX_TURNS = 8
_MAX_CONVERSATIONS = 2000


class Conversations:
    """Questions by conversation id and pack; the conversations not used for longest are forgotten first."""

    def __init__(self, *, limit: int = _MAX_CONVERSATIONS) -> None:
        self._limit = limit
        self._lock = threading.Lock()
        self._turns: OrderedDict[tuple[str, str], deque[str]] = OrderedDict()

    def turns(self, conversation: str | None, pack: str) -> tuple[str, ...]:
        """The earlier questions, oldest first; none without a conversation."""
        with self._lock:
            return tuple(self._turns.get((conversation or "", pack), ())) if conversation else ()

    def add(self, conversation: str | None, pack: str, question: str) -> None:
        """Note that a question was asked."""
        if not conversation:
            return
        key = (conversation, pack)
        with self._lock:
            self._turns.setdefault(key, deque(maxlen=MAX_TURNS)).append(question)
            self._turns.move_to_end(key)
            while len(self._turns) > self._limit:
                self._turns.popitem(last=False)
