"""Files attached to a PDF, as a portfolio of drawings or a report with its tables is: each is a document of its own."""

from collections.abc import Iterator

import pypdfium2

from walkdown.errors import DocumentError
from walkdown_ingestion.clean import clean_line
from walkdown_ingestion.readers.archive import Member

_MAX_FILES = 500
_MAX_TOTAL = 300 * 2**20
"""Bytes that all files of a PDF may inflate to together."""


def attachments(data: bytes, name: str) -> Iterator[Member]:
    """The attached files by their names; what is wrong with the PDF itself is told by its reader."""
    if b"/EmbeddedFile" not in data and b"/ObjStm" not in data:
        return
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return
    try:
        yield from _files(document, name)
    finally:
        document.close()


def _files(document: pypdfium2.PdfDocument, name: str) -> Iterator[Member]:
    seen: dict[str, int] = {}
    total = 0
    for number in range(document.count_attachments()):
        if number >= _MAX_FILES or total > _MAX_TOTAL:
            cause = f"{name} has more files attached than can be taken; those behind the first {number} are left out."
            yield Member("", DocumentError(cause, "Save them as files of their own and ingest these."))
            return
        try:
            one = document.get_attachment(number)
            path, inside = clean_line(one.get_name()), bytes(one.get_data())
        except (pypdfium2.PdfiumError, MemoryError):
            path, inside = f"attachment-{number + 1}", b""
        total += len(inside)
        path = path.replace("/", "_").replace("\\", "_").lstrip(".") or f"attachment-{number + 1}"
        seen[path] = seen.get(path, 0) + 1
        yield Member(path if seen[path] == 1 else f"{seen[path]}-{path}", inside)
