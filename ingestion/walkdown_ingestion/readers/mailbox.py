"""Mailboxes (.mbox) as mail programs export them: each mail in them is a document of its own."""

import re
from collections.abc import Iterator
from itertools import pairwise

from walkdown.errors import DocumentError
from walkdown_ingestion.readers.archive import Member
from walkdown_ingestion.readers.base import damaged

KIND = "a mailbox"
_BEGIN = re.compile(rb"(?:\A|(?<=\n\n)|(?<=\n\r\n))From [^\r\n]*\r?\n(?=[A-Za-z-]{2,40}:)")
_QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)
"""Lines of a mail that begin like the next mail are marked so."""
_MAX_MAILS = 2000


def members(data: bytes, name: str) -> Iterator[Member]:
    """The mails in order. Raises DocumentError for what is no mailbox."""
    begins = list(_BEGIN.finditer(data))
    if not begins or data[: begins[0].start()].strip():
        raise damaged(name, KIND, "it does not begin with a mail")
    ends = [*(match.start() for match in begins), len(data)]
    for number, (match, (_, end)) in enumerate(zip(begins, pairwise(ends), strict=True), 1):
        if number > _MAX_MAILS:
            cause = f"{name} holds more than {_MAX_MAILS} mails; those behind them are left out."
            yield Member("", DocumentError(cause, "Export it in parts and ingest these."))
            return
        yield Member(f"mail-{number:04d}.eml", _QUOTED.sub(rb"\1", data[match.end() : end]))
