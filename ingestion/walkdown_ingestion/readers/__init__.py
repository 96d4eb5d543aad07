"""From a file to a `ParsedDocument`: the reader is chosen by what the bytes are, then by the suffix.

To add a format, write a module with `read(data, name) -> ParsedDocument` and add a line to `FORMATS`.
"""

from importlib import import_module
from pathlib import Path, PurePath

from walkdown.documents import ParsedDocument
from walkdown.errors import DocumentError
from walkdown_ingestion.paths import require_bytes, written
from walkdown_ingestion.readers.base import Format, Read, damaged
from walkdown_ingestion.readers.package import protected
from walkdown_ingestion.readers.sniffing import (
    ENCRYPTED,
    LOCKED,
    XML_SHEETS,
    is_delimited,
    is_mail,
    is_saved_page,
    is_word_xml,
    sniff,
)

ARCHIVE, MAIL, MAILBOX, OUTLOOK, PDF = "ZIP", "mail", "mailbox", "mail of Outlook", "PDF"


def _unpack_first(_: bytes, name: str) -> ParsedDocument:
    raise DocumentError(f"{name} holds several files.", "Read its members one by one.")


def _later(module: str, function: str = "read") -> Read:
    """A reader whose module is loaded with its first file: a folder of PDFs needs none of the libraries for Excel."""

    def read(data: bytes, name: str) -> ParsedDocument:
        reader: Read = getattr(import_module(f"{__name__}.{module}"), function)
        return reader(data, name)

    return read


FORMATS: tuple[Format, ...] = (
    Format(PDF, (".pdf",), "application/pdf", _later("pdf")),
    Format(
        "Word (.docx)",
        (".docx", ".docm", ".dotx", ".dotm"),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        _later("docx"),
    ),
    Format(
        "Excel (.xlsx)",
        (".xlsx", ".xlsm", ".xltx", ".xltm"),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        _later("xlsx"),
    ),
    Format("Excel in XML", (".xml",), "application/vnd.ms-excel", _later("xml_sheets")),
    Format(
        "PowerPoint (.pptx)",
        (".pptx", ".pptm", ".ppsx", ".ppsm", ".potx", ".potm"),
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        _later("pptx"),
    ),
    Format("Hangul (.hwpx)", (".hwpx",), "application/hwp+zip", _later("hangul.hwpx")),
    Format("Hangul (.hwp)", (".hwp",), "application/x-hwp", _later("hangul.hwp5")),
    Format("OpenDocument text", (".odt", ".ott"), "application/vnd.oasis.opendocument.text", _later("odf")),
    Format("OpenDocument sheet", (".ods", ".ots"), "application/vnd.oasis.opendocument.spreadsheet", _later("odf")),
    Format("OpenDocument slides", (".odp", ".otp"), "application/vnd.oasis.opendocument.presentation", _later("odf")),
    Format("PNG picture", (".png",), "image/png", _later("image")),
    Format("JPEG picture", (".jpg", ".jpeg", ".jfif"), "image/jpeg", _later("image")),
    Format("TIFF picture", (".tif", ".tiff"), "image/tiff", _later("image")),
    Format("picture", (".bmp", ".webp", ".gif"), "image/bmp", _later("image")),
    Format("Word (.doc)", (".doc", ".dot"), "application/msword", _later("legacy", "read_doc")),
    Format("Excel (.xls)", (".xls",), "application/vnd.ms-excel", _later("legacy", "read_xls")),
    Format("PowerPoint (.ppt)", (".ppt",), "application/vnd.ms-powerpoint", _later("legacy", "read_ppt")),
    Format("RTF", (".rtf",), "application/rtf", _later("legacy", "read_rtf")),
    Format(MAIL, (".eml",), "message/rfc822", _later("mail")),
    Format(MAILBOX, (".mbox",), "application/mbox", _unpack_first),
    Format(OUTLOOK, (".msg",), "application/vnd.ms-outlook", _later("outlook")),
    Format("saved web page", (".mht", ".mhtml"), "multipart/related", _later("mail", "read_page")),
    Format("electronic book", (".epub",), "application/epub+zip", _later("epub")),
    Format(ARCHIVE, (".zip",), "application/zip", _unpack_first),
    Format("HTML", (".html", ".htm", ".xhtml"), "text/html", _later("html")),
    Format("Markdown", (".md", ".markdown"), "text/markdown", _later("markdown")),
    Format("CSV", (".csv", ".tsv"), "text/csv", _later("csv")),
    Format("text", (".txt", ".text", ".log"), "text/plain", _later("text")),
)
READERS = "readers-56"
"""Version of the readers together; documents read by another one are read anew."""
RECORDS_SUFFIX = ".jsonl"
"""Files of many documents; the pipeline reads them by `jsonl.records`."""
SUFFIXES = frozenset(suffix for f in FORMATS for suffix in f.suffixes) | {RECORDS_SUFFIX}

_BY_SUFFIX = {suffix: f for f in FORMATS for suffix in f.suffixes}
_PACKAGES = frozenset(
    ".docx .docm .dotx .dotm .xlsx .xlsm .xltx .xltm .pptx .pptm .ppsx .ppsm .potx .potm .odt .ott .ods .ots .odp .otp"
    " .hwpx .epub".split()
)
_EXPORTED = frozenset({".xls", ".doc"})
_PLAIN = frozenset(".html .htm .xhtml .md .markdown .csv .tsv .txt .text .log .eml .mht .mhtml .mbox".split())
"""Suffixes of text files: their bytes alone do not tell them apart."""
_REMEDIES = {
    ".hwp3": "Open it in Hangul and save it as .hwpx.",
    ".7z": "Unpack it and ingest the folder.",
}
_MAX_BYTES = 512 * 1024 * 1024


def supported() -> str:
    """The formats and their suffixes, for messages."""
    return ", ".join(f"{f.name} ({' '.join(f.suffixes)})" for f in FORMATS) + f", JSON Lines ({RECORDS_SUFFIX})"


def _exported(data: bytes, suffix: str, found: str) -> str:
    """The true suffix of what control systems and wikis export under the names of Office; "" for none of these."""
    if found == ".html":
        return found
    if found:
        return ""
    if suffix == ".doc" and is_word_xml(data):
        return suffix
    return ".mht" if is_saved_page(data) else ".csv" if is_delimited(data) else ""


def choose(data: bytes, name: str) -> Format:
    """The format of a file. Its bytes win over its suffix where they are unmistakable.

    Raises DocumentError for a format that is not supported, naming those that are.
    """
    suffix = PurePath(name).suffix.lower()
    found = sniff(data)
    if found == ENCRYPTED:
        raise protected(name)
    if found == LOCKED:
        raise DocumentError(
            f"{name} is locked by document security (DRM); its text is encrypted.",
            "Have it released in the security program, save it unlocked, then ingest that copy.",
        )
    if found == ".zip" and suffix in _PACKAGES:
        # A damaged or locked package does not show what it is; its own reader says what is wrong with it.
        return _BY_SUFFIX[suffix]
    if found and found != ".html" and found in _BY_SUFFIX:
        return _BY_SUFFIX[found]
    if found == ".html" and suffix not in _BY_SUFFIX:
        return _BY_SUFFIX[found]
    if not found and suffix not in _BY_SUFFIX and is_mail(data):
        return _BY_SUFFIX[".eml"]
    if suffix in _EXPORTED and (exported := _exported(data, suffix, found)):
        return _BY_SUFFIX[exported]
    if suffix in _BY_SUFFIX and suffix not in (*_PLAIN, XML_SHEETS) and found not in _REMEDIES:
        raise DocumentError(
            f"{name} is not a {suffix[1:].upper()} file: its content does not begin as one.",
            "Check that the file was copied completely, or give it the suffix of its real format.",
        )
    if found in ("", ".html") and suffix in _PLAIN:
        return _BY_SUFFIX[suffix]
    remedy = _REMEDIES.get(found) or _REMEDIES.get(suffix) or "Convert it to one of these formats."
    raise DocumentError(f"{name} is of a kind that cannot be read; supported are {supported()}.", remedy)


def no_bytes(name: str) -> DocumentError:
    """The error of a file of no bytes at all."""
    return DocumentError(f"{name} is empty (0 bytes).", "Copy the file again from its source.")


def read_bytes(data: bytes, name: str) -> ParsedDocument:
    """Parse the bytes of a file; `name` is its file name. Raises DocumentError with cause and remedy."""
    if not data:
        raise no_bytes(name)
    chosen = choose(data, name)
    try:
        return chosen.read(data, name)
    except (DocumentError, MemoryError, RecursionError):
        raise
    except Exception as error:
        # A library that fails in a way of its own must not take down the file's neighbours.
        raise damaged(name, chosen.name, f"{type(error).__name__}: {error}") from error


def load(path: Path) -> bytes:
    """The bytes of a file. Raises DocumentError when it is a folder, missing, unreadable or too large."""
    try:
        if path.is_dir():
            raise DocumentError(
                f"{written(str(path))} is a folder, not a file.", "Name the files in it, or ingest the folder."
            )
        require_bytes(path)
        if (size := path.stat().st_size) > _MAX_BYTES:
            raise DocumentError(
                f"{written(path.name)} is too large ({size // 2**20} MB; the limit is {_MAX_BYTES // 2**20} MB).",
                "Split it into smaller files.",
            )
        return path.read_bytes()
    except OSError as error:
        raise DocumentError(
            f"{written(str(path))} cannot be opened: {error.strerror or error}.",
            "Check that it exists and that you may read it.",
        ) from error


def read(path: Path) -> ParsedDocument:
    """Parse one file. Raises DocumentError with cause and remedy."""
    if path.suffix.lower() == RECORDS_SUFFIX:
        raise DocumentError(f"{path.name} holds many documents.", "Read its records one by one.")
    return read_bytes(load(path), path.name)


__all__ = [
    "ARCHIVE",
    "FORMATS",
    "MAIL",
    "MAILBOX",
    "OUTLOOK",
    "PDF",
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
