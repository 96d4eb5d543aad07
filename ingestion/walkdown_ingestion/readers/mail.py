"""Mails (.eml): subject, sender and text as one document; each attachment is a document of its own."""

import email
import email.policy
import re
from collections.abc import Iterator, Sequence
from email.errors import CloseBoundaryNotFoundDefect
from email.message import EmailMessage
from itertools import islice
from typing import cast

from walkdown.documents import ParsedDocument
from walkdown.errors import DocumentError
from walkdown_ingestion.blocks import BlockBuilder
from walkdown_ingestion.clean import clean_line
from walkdown_ingestion.decoding import decode_as
from walkdown_ingestion.readers.archive import Member
from walkdown_ingestion.readers.base import damaged, empty, join_wrapped
from walkdown_ingestion.readers.html import append_html, page_of, walk_page
from walkdown_ingestion.readers.mail_history import split_history, under_history
from walkdown_ingestion.readers.text_tables import delimited_inside, table_inside

KIND = "a mail"
_FIELDS = ("From", "To", "Cc", "Date")
_PAGES = ("text/html", "application/xhtml+xml")
_SEALED = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime", "multipart/encrypted"})
_SIGNATURE = "-- "
_MAX_PARTS = 500
_MAX_DEPTH = 20
_TELLS_MORE = re.compile(r"<(?:table|s|del|strike|sup)[\s>]|line-through|vertical-align\s*:\s*super", re.IGNORECASE)
"""What plain text cannot say: rows and columns, struck text, raised digits."""


def _parse(data: bytes, name: str) -> EmailMessage:
    try:
        return email.message_from_bytes(data, policy=email.policy.default)
    except (ValueError, LookupError, RecursionError) as error:
        raise damaged(name, KIND, error) from error


def _field(message: EmailMessage, field: str) -> str:
    try:
        return clean_line(str(message.get(field) or ""))
    except (ValueError, LookupError, IndexError, AttributeError, TypeError):
        # The standard library fails on some faulty headers; the others are still of use.
        return ""


def _bytes(part: EmailMessage) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _text(part: EmailMessage, name: str) -> str:
    """The text of a part in the encoding it states, else in the one it seems to be in."""
    data = _bytes(part)
    return decode_as(data, name, part.get_content_charset() or "us-ascii").text if data.strip() else ""


def _unflowed(part: EmailMessage, text: str) -> str:
    """A text whose lines were broken for the way only (RFC 3676: a space at their end) as it was written."""
    if str(part.get_param("format", "") or "").lower() != "flowed":
        return text
    end = "" if str(part.get_param("delsp", "") or "").lower() == "yes" else " "
    lines: list[str] = []
    for line in text.split("\n"):
        if lines and lines[-1].endswith(" ") and lines[-1] != _SIGNATURE and not line.startswith(">"):
            lines[-1] = lines[-1][:-1] + end + line
        else:
            lines.append(line)
    return "\n".join(lines)


def _leaves(message: EmailMessage, depth: int = 0) -> Iterator[EmailMessage]:
    """The parts that are no containers; a mail inside a mail is one part."""
    if message.get_content_type() == "message/rfc822" or not message.is_multipart() or depth > _MAX_DEPTH:
        yield message
        return
    for part in message.iter_parts():
        yield from _leaves(cast("EmailMessage", part), depth + 1)


def _is_attached(part: EmailMessage) -> bool:
    kind = part.get_content_type()
    return (
        part.get_content_disposition() == "attachment"
        or kind == "message/rfc822"
        or kind not in ("text/plain", "text/html")
        or bool(part.get_filename())
    )


def _bodies(message: EmailMessage, name: str, depth: int = 0) -> Iterator[EmailMessage]:
    """The parts that are the mail's text. Of one said twice the plain text is taken, unless the page tells more."""
    if depth > _MAX_DEPTH or message.get_content_type() == "message/rfc822" or not message.is_multipart():
        if not _is_attached(message):
            yield message
        return
    branches = [list(_bodies(cast("EmailMessage", part), name, depth + 1)) for part in message.iter_parts()]
    if message.get_content_type() == "multipart/alternative":
        branches = [branch for branch in branches if any(_text(part, name).strip() for part in branch)]
        plain = [b for b in branches if all(part.get_content_type() == "text/plain" for part in b)]
        pages = [branch for branch in branches if branch not in plain]
        told = any(_TELLS_MORE.search(_text(part, name)) for branch in pages for part in branch)
        branches = (pages if told or not plain else plain)[-1:]
    for branch in branches:
        yield from branch


def _append_lines(lines: Sequence[str], builder: BlockBuilder) -> None:
    """Lines of a mail in plain text, a table among them as such."""
    inside = delimited_inside(lines) or table_inside(lines)
    begin, end, rows = inside if inside is not None else (len(lines), len(lines), [])
    builder.paragraph(join_wrapped(list(lines[:begin])))
    builder.table(rows, 1)
    if end < len(lines):
        _append_lines(lines[end:], builder)


def read(data: bytes, name: str) -> ParsedDocument:
    """Read the mail itself. Raises DocumentError when it is damaged or says nothing."""
    message = _parse(data, name)
    builder = BlockBuilder()
    subject = _field(message, "Subject")
    builder.heading(subject, 1)
    builder.paragraph("\n".join(f"{field}: {value}" for field in _FIELDS if (value := _field(message, field))))
    told: list[str] = []
    own = len(builder.blocks)
    if any(part.get_content_type() in _SEALED for part in message.walk()):
        told.append("a part of the mail is encrypted or sealed and was left out")
    for part in _bodies(message, name):
        text = _text(part, name)
        if part.get_content_type() == "text/html":
            told += append_html(text, builder)
        else:
            for paragraph in split_history(_unflowed(part, text.replace("\r\n", "\n"))).split("\n\n"):
                _append_lines(paragraph.split("\n"), builder)
    if not builder.blocks:
        raise empty(name)
    blocks = (*builder.blocks[:own], *under_history(builder.blocks[own:]))
    return ParsedDocument(title=subject, blocks=blocks, warnings=tuple(dict.fromkeys(told)))


def read_page(data: bytes, name: str) -> ParsedDocument:
    """Read a web page saved as one file (.mht): its first page; frames are left out and told.

    Raises DocumentError when there is none in it.
    """
    message = _parse(data, name)
    pages = [part for part in islice(_leaves(message), _MAX_PARTS) if part.get_content_type() in _PAGES]
    if not pages:
        raise damaged(name, "a saved web page", "there is no page in it")
    root = page_of(_text(pages[0], name), name)
    builder = BlockBuilder()
    told = walk_page(root, builder)
    if not builder.blocks:
        raise empty(name)
    told += [f"{len(pages) - 1} frames of the page were left out"] if len(pages) > 1 else []
    if any(isinstance(defect, CloseBoundaryNotFoundDefect) for defect in message.defects):
        told.append("the file is cut short: its end is missing")
    title = clean_line(root.findtext(".//title") or "") or _field(message, "Subject")
    return ParsedDocument(title=title, blocks=tuple(builder.blocks), warnings=tuple(told))


def attachments(data: bytes, name: str) -> Iterator[Member]:
    """The attachments of a mail, named as the mail names them; pictures that belong to its text are left out."""
    message = _parse(data, name)
    seen: dict[str, int] = {}
    for number, part in enumerate(_leaves(message), 1):
        if number > _MAX_PARTS:
            cause = f"{name} holds more than {_MAX_PARTS} parts; those behind them are left out."
            yield Member("", DocumentError(cause, "Save its attachments as files and ingest these."))
            return
        inline = part.get_content_maintype() == "image" and part.get("Content-ID") is not None
        if not _is_attached(part) or (inline and part.get_content_disposition() != "attachment"):
            continue
        if part.get_content_type() == "message/rfc822":
            inner = part.get_payload(0) if part.is_multipart() else None
            content = inner.as_bytes() if isinstance(inner, EmailMessage) else b""
            path = f"{_field(inner, 'Subject') or 'mail'}.eml" if isinstance(inner, EmailMessage) else "mail.eml"
        else:
            content, path = _bytes(part), clean_line(part.get_filename() or f"part-{number}")
        path = path.replace("/", "_").replace("\\", "_").lstrip(".") or f"part-{number}"
        seen[path] = seen.get(path, 0) + 1
        yield Member(path if seen[path] == 1 else f"{seen[path]}-{path}", content)
