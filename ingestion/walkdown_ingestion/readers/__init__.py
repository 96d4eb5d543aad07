"""From a file to a `ParsedDocument`: the reader is chosen by what the bytes are, then by the suffix.

To add a format, write a module with `read(data, name) -> ParsedDocument` and add a line to `FORMATS`.
"""

from pathlib import Path, PurePath

from walkdown.documents import ParsedDocument
from walkdown.errors import DocumentError
from walkdown_ingestion.readers import csv, docx, html, jsonl, markdown, pdf, text
from walkdown_ingestion.readers.base import Format

FORMATS: tuple[Format, ...] = (
    Format("PDF", (".pdf",), "application/pdf", pdf.read),
    Format(
        "Word (.docx)",
        (".docx", ".docm"),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        docx.read,
    ),
    Format("HTML", (".html", ".htm", ".xhtml"), "text/html", html.read),
    Format("Markdown", (".md", ".markdown"), "text/markdown", markdown.read),
    Format("CSV", (".csv", ".tsv"), "text/csv", csv.read),
    Format("text", (".txt", ".text", ".log"), "text/plain", text.read),
)
READERS = "readers-2"
"""Version of the readers together; documents read by another one are read anew."""
RECORDS_SUFFIX = ".jsonl"
"""Files of many documents; the pipeline reads them by `jsonl.records`."""
SUFFIXES = frozenset(suffix for f in FORMATS for suffix in f.suffixes) | {RECORDS_SUFFIX}

_BY_SUFFIX = {suffix: f for f in FORMATS for suffix in f.suffixes}
_REMEDIES = {
    ".doc": "Save it as .docx in Word or LibreOffice.",
    ".xls": "Save the sheet as CSV.",
    ".xlsx": "Save the sheet as CSV.",
    ".ppt": "Save it as PDF.",
    ".pptx": "Save it as PDF.",
    ".hwp": "Save it as PDF or DOCX in Hangul.",
    ".hwpx": "Save it as PDF or DOCX in Hangul.",
    ".zip": "Unpack it and ingest the folder.",
}
_MAX_BYTES = 512 * 1024 * 1024


def supported() -> str:
    """The formats and their suffixes, for messages."""
    return ", ".join(f"{f.name} ({' '.join(f.suffixes)})" for f in FORMATS) + f", JSON Lines ({RECORDS_SUFFIX})"


def sniff(data: bytes) -> str:
    """The suffix that the first bytes speak for, or "" when they could be text of any kind.

    Compound files (old Office, HWP) and archives are told by `.doc` and `.zip`.
    """
    if b"%PDF-" in data[:1024]:
        return ".pdf"
    if data.startswith(b"PK\x03\x04"):
        return ".docx" if b"word/" in data[:4000] or b"word/document.xml" in data else ".zip"
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return ".doc"
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return ".html" if head.startswith((b"<!doctype html", b"<html")) else ""


def choose(data: bytes, name: str) -> Format:
    """The format of a file. Its bytes win over its suffix where they are unmistakable.

    Raises DocumentError for a format that is not supported, naming those that are.
    """
    suffix = PurePath(name).suffix.lower()
    found = sniff(data)
    if found in (".pdf", ".docx") or (found == ".html" and suffix not in _BY_SUFFIX):
        return _BY_SUFFIX[found]
    if not found and suffix in (".pdf", ".docx", ".docm"):
        raise DocumentError(
            f"{name} is not a {suffix[1:].upper()} file: its content does not begin as one.",
            "Check that the file was copied completely, or give it the suffix of its real format.",
        )
    if found in ("", ".html") and suffix in _BY_SUFFIX:
        return _BY_SUFFIX[suffix]
    remedy = _REMEDIES.get(suffix) or _REMEDIES.get(found) or "Convert it to one of these formats."
    raise DocumentError(f"{name} is of a kind that cannot be read; supported are {supported()}.", remedy)


def read_bytes(data: bytes, name: str) -> ParsedDocument:
    """Parse the bytes of a file; `name` is its file name. Raises DocumentError with cause and remedy."""
    if not data:
        raise DocumentError(f"{name} is empty (0 bytes).", "Copy the file again from its source.")
    return choose(data, name).read(data, name)


def load(path: Path) -> bytes:
    """The bytes of a file. Raises DocumentError when it is a folder, missing, unreadable or too large."""
    try:
        if path.is_dir():
            raise DocumentError(f"{path} is a folder, not a file.", "Name the files in it, or ingest the folder.")
        if (size := path.stat().st_size) > _MAX_BYTES:
            raise DocumentError(
                f"{path.name} is too large ({size // 2**20} MB; the limit is {_MAX_BYTES // 2**20} MB).",
                "Split it into smaller files.",
            )
        return path.read_bytes()
    except OSError as error:
        raise DocumentError(
            f"{path} cannot be opened: {error.strerror or error}.", "Check that it exists and that you may read it."
        ) from error


def read(path: Path) -> ParsedDocument:
    """Parse one file. Raises DocumentError with cause and remedy."""
    if path.suffix.lower() == RECORDS_SUFFIX:
        raise DocumentError(f"{path.name} holds many documents.", "Read its records one by one.")
    return read_bytes(load(path), path.name)


__all__ = [
    "FORMATS",
    "READERS",
    "RECORDS_SUFFIX",
    "SUFFIXES",
    "Format",
    "choose",
    "jsonl",
    "load",
    "read",
    "read_bytes",
    "sniff",
    "supported",
]
