"""The part of the client that asks for earlier conversations."""

from urllib.parse import quote

from walkdown.client_transport import Transport
from walkdown.wire_conversations import READER_HEADER, Conversation, ConversationInfo


def reader_headers(reader: str) -> dict[str, str]:
    """The header that says for whom a program asks; none for the machine itself."""
    return {READER_HEADER: reader} if reader else {}


class Conversing(Transport):
    """Conversations of the one who asks."""

    def conversation(self, conversation_id: str, *, reader: str = "") -> Conversation:
        """What was asked and answered. Raises UnknownItemError, alike for another reader's."""
        path = f"/v1/conversations/{quote(conversation_id, safe='')}"
        return self._model(Conversation, "GET", path, headers=reader_headers(reader))

    def conversations(self, pack: str, *, reader: str = "", limit: int = 10) -> list[ConversationInfo]:
        """The reader's conversations about a pack, the last asked in first."""
        return self._list(
            ConversationInfo,
            "/v1/conversations",
            "conversations",
            params={"pack": pack, "limit": limit},
            headers=reader_headers(reader),
        )
