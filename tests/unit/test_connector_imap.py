"""The mailbox connector against a small IMAP server: read-only, every message once."""

import socketserver
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from walkdown.errors import DocumentError, ResourceError
from walkdown_ingestion.connectors.base import Credentials
from walkdown_ingestion.connectors.imap import ImapConnector
from walkdown_ingestion.connectors.mirror import mirror

MESSAGES = {3: b"Subject: Rev 2\r\n\r\nSee attachment.\r\n", 7: b"Subject: x\r\n\r\n" + b"y" * 5000}


class Handler(socketserver.StreamRequestHandler):
    """As much of RFC 3501 as the connector speaks; anything else is refused."""

    def say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())

    def handle(self) -> None:
        self.say("* OK ready")
        for raw in self.rfile:
            tag, _, command = raw.decode().strip().partition(" ")
            self.server.commands.append(command)  # type: ignore[attr-defined]
            self.say(f"{tag} {self.answer(command, command.upper())}")
            if command.upper().startswith("LOGOUT"):
                return

    def answer(self, command: str, verb: str) -> str:
        """Send the data of a command; returns its status."""
        messages: dict[int, bytes] = self.server.messages  # type: ignore[attr-defined]
        if verb.startswith("CAPABILITY"):
            self.say("* CAPABILITY IMAP4rev1")
        elif verb.startswith("LOGIN") and "secret" not in command:
            return "NO wrong password"
        elif verb.startswith("EXAMINE"):
            if "INBOX" not in command:
                return "NO no such folder"
            self.say(f"* {len(messages)} EXISTS\r\n* OK [UIDVALIDITY 99] ok")
        elif verb.startswith("UID SEARCH"):
            self.say("* SEARCH " + " ".join(map(str, messages)))
        elif verb.startswith("UID FETCH"):
            self.fetched(command, messages)
        elif not verb.startswith(("LOGIN", "LOGOUT")):
            return "BAD not here"
        return "OK done"

    def fetched(self, command: str, messages: dict[int, bytes]) -> None:
        if "BODY.PEEK[]" in command:
            self._body(int(command.split()[2]), messages)
            return
        for number, (uid, body) in enumerate(messages.items(), 1):
            self.say(f"* {number} FETCH (UID {uid} RFC822.SIZE {len(body)})")

    def _body(self, uid: int, messages: dict[int, bytes]) -> None:
        if uid in messages:
            body = messages[uid]
            self.say(f"* 1 FETCH (UID {uid} BODY[] {{{len(body)}}}")
            self.wfile.write(body + b")\r\n")


class Server(socketserver.ThreadingTCPServer):
    """The mailbox."""

    daemon_threads = True

    def __init__(self) -> None:
        self.messages = dict(MESSAGES)
        self.commands: list[str] = []
        super().__init__(("127.0.0.1", 0), Handler)


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as made:
        threading.Thread(target=made.serve_forever, daemon=True).start()
        yield made
        made.shutdown()


def connector(server: Server, folder: str = "INBOX", password: str = "secret") -> ImapConnector:
    return ImapConnector(f"imap://127.0.0.1:{server.server_address[1]}/{folder}", Credentials("kim", password))


def test_messages_are_mirrored_as_eml_files_and_left_untouched(server: Server, tmp_path: Path) -> None:
    done = mirror(connector(server), tmp_path)
    held = {path.name: path.read_bytes() for path in done.folder.iterdir()}
    assert held == {f"99-{uid:08d}.eml": body for uid, body in MESSAGES.items()}
    del server.messages[3]
    again = mirror(connector(server), tmp_path)
    assert (again.fetched, again.removed) == (0, 1)
    assert not [c for c in server.commands if c.upper().startswith(("SELECT", "STORE", "UID STORE", "EXPUNGE"))]


def test_a_message_that_is_gone_concerns_itself_only(server: Server) -> None:
    opened = connector(server)
    listed = [file.path for file in opened.files()]
    server.messages.clear()
    with pytest.raises(DocumentError, match="not in the mailbox"):
        opened.fetch(listed[0], None)  # type: ignore[arg-type]


def test_mailboxes_that_cannot_be_opened(server: Server) -> None:
    for wrong in (connector(server, password="wrong"), connector(server, folder="Nowhere")):
        with pytest.raises(ResourceError) as caught:
            list(wrong.files())
        assert caught.value.remedy
    server.shutdown()
    server.server_close()
    with pytest.raises(ResourceError, match="cannot be opened"):
        list(connector(server).files())
