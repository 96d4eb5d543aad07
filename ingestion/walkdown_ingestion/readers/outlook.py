"""Mails saved by Outlook (.msg, MS-OXMSG): made into the mail they were, and read as that."""

import datetime as dt
import email.policy
import email.utils
import io
import struct
from collections.abc import Iterator
from email.message import EmailMessage

import olefile

from walkdown.documents import ParsedDocument
from walkdown_ingestion.clean import clean_line
from walkdown_ingestion.decoding import decode
from walkdown_ingestion.readers import mail
from walkdown_ingestion.readers.archive import Member
from walkdown_ingestion.readers.base import damaged
from walkdown_ingestion.readers.outlook_rtf import TELLS_MORE, page_in, unpacked

KIND = "a mail of Outlook"
_SUBJECT, _HEADERS, _SENDER, _ADDRESS, _SMTP, _TO, _CC = 0x0037, 0x007D, 0x0C1A, 0x0C1F, 0x5D01, 0x0E04, 0x0E03
_BODY, _RTF, _HTML = 0x1000, 0x1009, 0x1013
_DATA, _LONG_NAME, _SHORT_NAME, _SHOWN_NAME, _CONTENT_ID = 0x3701, 0x3707, 0x3704, 0x3001, 0x3712
_SENT, _RECEIVED, _CODE_PAGE, _WEB_CODE_PAGE = 0x0039, 0x0E06, 0x3FFD, 0x3FDE
_TIME, _NUMBER = 0x40, 0x03
_PROPERTIES, _ATTACHED, _INNER = "__properties_version1.0", "__attach_version1.0_", "__substg1.0_3701000D"
_EPOCH = dt.datetime(1601, 1, 1, tzinfo=dt.UTC)
_MAX_DEPTH, _MAX_ATTACHED = 8, 500
_CODECS = {65001: "utf-8", 51949: "euc_kr", 50220: "iso2022_jp", 28591: "latin-1", 20127: "ascii", 54936: "gb18030"}


class _Store:
    """A message or attachment inside the file: the values of its properties by their numbers."""

    def __init__(self, file: olefile.OleFileIO, path: tuple[str, ...], head: int) -> None:
        self._file, self.path = file, path
        self._fixed: dict[tuple[int, int], bytes] = {}
        raw = self._stream(_PROPERTIES)
        for at in range(head, len(raw) - 15, 16):
            kind, number = struct.unpack("<HH", raw[at : at + 4])
            self._fixed[number, kind] = raw[at + 8 : at + 16]

    def _stream(self, name: str) -> bytes:
        path = [*self.path, name]
        return self._file.openstream(path).read() if self._file.exists(path) else b""

    def data(self, number: int) -> bytes:
        """A value of bytes."""
        return self._stream(f"__substg1.0_{number:04X}0102")

    def text(self, number: int) -> str:
        """A value of text, in Unicode or in the code page that the mail names."""
        if wide := self._stream(f"__substg1.0_{number:04X}001F"):
            return wide.decode("utf-16-le", errors="replace").rstrip("\0")
        return self.decoded(self._stream(f"__substg1.0_{number:04X}001E"), _CODE_PAGE).rstrip("\0")

    def decoded(self, data: bytes, page: int) -> str:
        """Bytes in the code page that a property names, else in the one they seem to be in."""
        code = struct.unpack("<I", self._fixed.get((page, _NUMBER), bytes(8))[:4])[0]
        try:
            return data.decode(_CODECS.get(code, f"cp{code}"))
        except (LookupError, UnicodeDecodeError):
            return decode(data, KIND).text if data.strip() else ""

    def time(self, number: int) -> str:
        """A time as mails write it; empty for none."""
        ticks = struct.unpack("<Q", self._fixed.get((number, _TIME), bytes(8)))[0]
        try:
            return email.utils.format_datetime(_EPOCH + dt.timedelta(microseconds=ticks // 10)) if ticks else ""
        except OverflowError:
            return ""

    def inside(self, prefix: str) -> list[str]:
        """The names of the stores in this one that begin so."""
        depth = len(self.path)
        names = [
            e[depth]
            for e in self._file.listdir(streams=True, storages=True)
            if tuple(e[:depth]) == self.path and len(e) > depth
        ]
        return sorted({name for name in names if name.startswith(prefix)})


def _fields(store: _Store) -> Iterator[tuple[str, str]]:
    name = clean_line(store.text(_SENDER))
    address = clean_line(store.text(_SMTP)) or clean_line(store.text(_ADDRESS))
    yield "Subject", clean_line(store.text(_SUBJECT))
    # Inside an organisation an address is a path of its directory and tells nobody anything.
    yield "From", email.utils.formataddr((name, address)) if "@" in address and address != name else name
    yield "To", clean_line(store.text(_TO))
    yield "Cc", clean_line(store.text(_CC))
    yield "Date", store.time(_SENT) or store.time(_RECEIVED)


def _mail(file: olefile.OleFileIO, path: tuple[str, ...], depth: int = 0) -> tuple[EmailMessage, list[str]]:
    """The message in a store as a mail, and what was lost of it."""
    store = _Store(file, path, 24 if path else 32)
    message = EmailMessage(policy=email.policy.default.clone(utf8=True))
    for field, value in _fields(store):
        if value:
            message[field] = value
    rtf = unpacked(store.data(_RTF))
    plain = store.text(_BODY)
    page = store.text(_HTML) or store.decoded(store.data(_HTML), _WEB_CODE_PAGE) or page_in(rtf)
    message.set_content(plain)
    if page:
        message.add_alternative(page, subtype="html")
    told = (
        []
        if page or not TELLS_MORE.search(rtf)
        else ["the mail is read as plain text: rows of tables, struck text and raised digits in it cannot be told"]
    )
    for name in store.inside(_ATTACHED)[:_MAX_ATTACHED]:
        _attach(message, file, (*path, name), page, depth)
    return message, told


def _attach(message: EmailMessage, file: olefile.OleFileIO, path: tuple[str, ...], page: str, depth: int) -> None:
    store = _Store(file, path, 8)
    if file.exists([*path, _INNER]):
        if depth < _MAX_DEPTH:
            message.add_attachment(_mail(file, (*path, _INNER), depth + 1)[0])
        return
    name = next(filter(None, (clean_line(store.text(n)) for n in (_LONG_NAME, _SHORT_NAME, _SHOWN_NAME))), "attachment")
    shown = store.text(_CONTENT_ID)
    if not shown or f"cid:{shown}" not in page:
        message.add_attachment(store.data(_DATA), maintype="application", subtype="octet-stream", filename=name)


def as_mail(data: bytes, name: str) -> tuple[bytes, list[str]]:
    """The mail as it travels (.eml), and what was lost of it. Raises DocumentError when the file is damaged."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as file:
            message, told = _mail(file, ())
            return message.as_bytes(), told
    except Exception as error:
        raise damaged(name, KIND, error) from error


def read(data: bytes, name: str) -> ParsedDocument:
    """Read the mail itself. Raises DocumentError when it is damaged or says nothing."""
    content, told = as_mail(data, name)
    parsed = mail.read(content, name)
    return parsed.model_copy(update={"warnings": (*parsed.warnings, *told)})


def attachments(data: bytes, name: str) -> Iterator[Member]:
    """The attachments of a mail, as of one that was saved as .eml."""
    yield from mail.attachments(as_mail(data, name)[0], name)
