"""Conversations: earlier questions in memory, which a follow-up leans on, and recorded ones as they stand now."""

import threading
from collections import OrderedDict, deque
from collections.abc import Mapping, Set
from typing import TYPE_CHECKING

from walkdown.documents import Chunk, Principal
from walkdown.errors import UnknownItemError
from walkdown.records.answer_record import AnswerRecord
from walkdown.wire_conversations import Conversation, ConversationTurn
from walkdown_server.access import may_see

if TYPE_CHECKING:
    from walkdown_server.services import Services

MAX_TURNS = 8
_MAX_CONVERSATIONS = 2000


Place = tuple[str, str, str]
"""Whose conversation it is, its id (empty: none) and the pack."""


class Conversations:
    """Questions by place; the conversations not used for longest are forgotten first."""

    def __init__(self, *, limit: int = _MAX_CONVERSATIONS) -> None:
        self._limit = limit
        self._lock = threading.Lock()
        self._turns: OrderedDict[Place, deque[str]] = OrderedDict()

    def turns(self, place: Place) -> tuple[str, ...]:
        """The earlier questions, oldest first; none without a conversation."""
        with self._lock:
            return tuple(self._turns.get(place, ()))

    def add(self, place: Place, question: str) -> None:
        """Note that a question was asked."""
        if not place[1]:
            return
        with self._lock:
            self._turns.setdefault(place, deque(maxlen=MAX_TURNS)).append(question)
            self._turns.move_to_end(place)
            while len(self._turns) > self._limit:
                self._turns.popitem(last=False)


def as_it_stands(services: "Services", conversation: str, principal: Principal) -> Conversation:
    """A recorded conversation, with what no longer stands of it. Raises UnknownItemError, alike for another's."""
    records = services.answers.get().conversation(conversation, principal.name)
    if not records:
        raise UnknownItemError(f"There is no conversation {conversation!r} of yours.", "Begin a new one.")
    pack = records[-1].pack
    records = [record for record in records if record.pack == pack]
    ids = {e.chunk.id for record in records for e in record.answer.evidence}
    now = {c.id: c for c in services.store.get().get(services.packs.get(pack).name, list(ids))} if ids else {}
    # A document that was closed may be another edition by now, and its passages that were cited gone.
    cited = {e.chunk.document_id for record in records for e in record.answer.evidence}
    closed = {document for document in cited if _is_closed(services, pack, document, principal)}
    closed |= {c.document_id for c in now.values() if not may_see(c.access, principal)}
    return Conversation(id=conversation, pack=pack, turns=tuple(_turn(r, now, closed) for r in records))


def _is_closed(services: "Services", pack: str, document_id: str, principal: Principal) -> bool:
    try:
        return not may_see(services.library.get().get(pack, document_id).access, principal)
    except UnknownItemError:
        return False


def _turn(record: AnswerRecord, now: Mapping[str, Chunk], closed: Set[str]) -> ConversationTurn:
    evidence = record.answer.evidence
    outdated = tuple(e.number for e in evidence if (c := now.get(e.chunk.id)) is None or c.status is not e.chunk.status)
    hidden = any(e.chunk.document_id in closed for e in evidence)
    return ConversationTurn(
        record_id=record.record_id,
        question=record.question,
        asked_at=record.asked_at,
        answer=None if hidden else record.answer,
        outdated=() if hidden else outdated,
    )
