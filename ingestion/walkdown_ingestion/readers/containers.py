"""Files that hold other files: each member of an archive and each attachment of a mail as a document of its own."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from walkdown.documents import ParsedDocument
from walkdown.errors import DocumentError
from walkdown_ingestion.beat import beat
from walkdown_ingestion.readers import archive, mail, mailbox, outlook
from walkdown_ingestion.readers.archive import Budget, Member
from walkdown_ingestion.readers.base import Format


class Part(NamedTuple):
    """One document of a file: its path inside ("" for the file itself), its bytes, and what became of reading it."""

    path: str
    data: bytes
    media_type: str
    parsed: ParsedDocument | DocumentError


def read_all(data: bytes, name: str, chosen: Format, depth: int = 0, budget: Budget | None = None) -> Iterator[Part]:
    """The documents of a file of a chosen format; one that cannot be read comes as the error that says why."""
    from walkdown_ingestion.readers import ARCHIVE, MAIL, MAILBOX, OUTLOOK, PDF, RECORDS_SUFFIX, choose, read_bytes

    budget = budget or Budget()
    if chosen.name not in (ARCHIVE, MAILBOX):
        yield Part("", data, chosen.media_type, _parsed(data, name, read_bytes))
    inside_of: dict[str, Callable[[bytes, str], Iterator[Member]]] = {
        ARCHIVE: partial(archive.members, budget=budget),
        MAIL: mail.attachments,
        MAILBOX: mailbox.members,
        OUTLOOK: outlook.attachments,
        PDF: _attached_to_pdf,
    }
    if chosen.name not in inside_of:
        return
    for member in _members(data, name, inside_of[chosen.name], depth):
        inside = f"{member.path} in {name}"
        if isinstance(member.data, DocumentError):
            yield Part(member.path, b"", "", member.data)
            continue
        try:
            if member.path.lower().endswith(RECORDS_SUFFIX):
                raise DocumentError(f"{inside} holds many documents.", "Unpack it and ingest it by itself.")
            if not member.data:
                raise DocumentError(f"{inside} is empty (0 bytes).", "Copy the file again from its source.")
            form = choose(member.data, member.path)
        except DocumentError as error:
            yield Part(member.path, member.data, "", error)
            continue
        for part in read_all(member.data, member.path, form, depth + 1, budget):
            path = f"{member.path}/{part.path}" if part.path else member.path
            yield part._replace(path=path)
        beat()


def _attached_to_pdf(data: bytes, name: str) -> Iterator[Member]:
    from walkdown_ingestion.readers.pdf.attached import attachments

    return attachments(data, name)


def _parsed(data: bytes, name: str, read) -> ParsedDocument | DocumentError:  # type: ignore[no-untyped-def]
    try:
        parsed: ParsedDocument = read(data, name)
    except DocumentError as error:
        return error
    except (MemoryError, RecursionError):
        cause = f"{name} needs more memory or nests deeper than is allowed for one file."
        return DocumentError(cause, "Split it into smaller files.")
    return parsed


def _members(data: bytes, name: str, members: Callable[[bytes, str], Iterator[Member]], depth: int) -> Iterator[Member]:
    """The members; what ends an archive half-way comes as the last of them."""
    if depth >= archive.MAX_DEPTH:
        yield Member(
            "",
            DocumentError(
                f"{name} nests archives or mails more than {archive.MAX_DEPTH} deep.",
                "Unpack it and ingest what you need, if you know where it comes from.",
            ),
        )
        return
    try:
        yield from members(data, name)
    except DocumentError as error:
        yield Member("", error)
