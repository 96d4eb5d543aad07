"""A mailbox as a place: each message of a folder is an EML file. It is opened read-only, nothing is marked as read."""

import contextlib
import imaplib
import re
from collections.abc import Iterator
from typing import BinaryIO
from urllib.parse import unquote, urlsplit

from walkdown.errors import DocumentError, ResourceError
from walkdown.tls import tls_fault, trusted
from walkdown_ingestion.connectors.base import Credentials, RemoteFile

_SIZE = re.compile(rb"UID (\d+).*?RFC822\.SIZE (\d+)|RFC822\.SIZE (\d+).*?UID (\d+)")
_TIMEOUT = 60
_AT_ONCE = 500


class ImapConnector:
    """The messages of one folder: `imaps://host/INBOX`; `imap://` is without encryption, for the same machine."""

    def __init__(self, url: str, credentials: Credentials) -> None:
        """Nothing is sent yet. Raises nothing; the address is tried when files are asked for."""
        parts = urlsplit(url)
        self._secure = parts.scheme == "imaps"
        self._host, self._port = parts.hostname or "", parts.port or (993 if self._secure else 143)
        self._folder = unquote(parts.path.strip("/")) or "INBOX"
        self._credentials = credentials
        self._mail: imaplib.IMAP4 | None = None
        self._validity = ""
        self.origin = f"{parts.scheme}://{parts.netloc}/{self._folder}/"

    def _connected(self) -> imaplib.IMAP4:
        if self._mail is not None:
            return self._mail
        try:
            if self._secure:
                mail: imaplib.IMAP4 = imaplib.IMAP4_SSL(self._host, self._port, ssl_context=trusted(), timeout=_TIMEOUT)
            else:
                mail = imaplib.IMAP4(self._host, self._port, timeout=_TIMEOUT)
            mail.login(self._credentials.user, self._credentials.password)
            kind, _ = mail.select(f'"{self._folder}"', readonly=True)
        except (OSError, imaplib.IMAP4.error) as error:
            if fault := tls_fault(error, "https:" if self._secure else "", "the address"):
                raise ResourceError(f"The server of {self.origin} {fault.says}.", f"{fault.remedy}.") from error
            raise ResourceError(
                f"The mailbox {self.origin} cannot be opened ({str(error).strip()[:120]}).",
                "Check the address, WALKDOWN_SOURCE_USER and WALKDOWN_SOURCE_PASSWORD.",
            ) from error
        if kind != "OK":
            raise ResourceError(f"There is no folder {self._folder} in {self.origin}.", "Check the address.")
        self._validity = b"".join(filter(None, mail.response("UIDVALIDITY")[1] or [])).decode() or "0"
        self._mail = mail
        return mail

    def files(self) -> Iterator[RemoteFile]:
        """All messages. Raises ResourceError."""
        mail = self._connected()
        try:
            _, found = mail.uid("SEARCH", "ALL")
            uids = (found[0] or b"").split()
            for start in range(0, len(uids), _AT_ONCE):
                some = b",".join(uids[start : start + _AT_ONCE]).decode()
                _, lines = mail.uid("FETCH", some, "(UID RFC822.SIZE)")
                for line in lines:
                    match = _SIZE.search(line if isinstance(line, bytes) else line[0])
                    if match:
                        uid, size = match[1] or match[4], match[2] or match[3]
                        # A message never changes under its UID.
                        yield RemoteFile(f"{self._validity}-{int(uid):08d}.eml", "1", int(size))
        except (OSError, imaplib.IMAP4.error) as error:
            self._drop()
            raise ResourceError(f"The mailbox {self.origin} broke off ({error}).", "Sync again.") from error

    def fetch(self, path: str, target: BinaryIO) -> None:
        """Write a message. Raises DocumentError, ResourceError."""
        mail = self._connected()
        uid = path.removesuffix(".eml").rpartition("-")[2]
        try:
            _, found = mail.uid("FETCH", str(int(uid)), "(BODY.PEEK[])")
        except (OSError, ValueError, imaplib.IMAP4.error) as error:
            self._drop()
            raise DocumentError(f"The message {path} cannot be fetched ({error}).", "Sync again.") from error
        body = next((item[1] for item in found if isinstance(item, tuple)), None)
        if body is None:
            raise DocumentError(f"The message {path} is not in the mailbox any more.", "Sync again.")
        target.write(body)

    def _drop(self) -> None:
        if self._mail is not None:
            with contextlib.suppress(OSError, imaplib.IMAP4.error):
                self._mail.logout()
        self._mail = None
