"""What a file is by its bytes: the suffix its first bytes, its compound streams or its archive members speak for."""

import io
import re
import zipfile
from collections import Counter

import olefile

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LOCKED = ".drm"
XML_SHEETS = ".xml"
_XML_SHEETS = b'"urn:schemas-microsoft-com:office:spreadsheet"'
_MARKS = (
    (b"\x89PNG\r\n\x1a\n", ".png"),
    (b"\xff\xd8\xff", ".jpg"),
    (b"II*\0", ".tif"),
    (b"MM\0*", ".tif"),
    (b"GIF8", ".gif"),
    (b"{\\rtf", ".rtf"),
    (b"HWP Document File V3", ".hwp3"),
    # Locked by a company's document security (Fasoo, SoftCamp).
    (b"\x9b DRMONE", LOCKED),
    (b"SCDSA0", LOCKED),
)
_MIMETYPES = {
    b"application/vnd.oasis.opendocument.text": ".odt",
    b"application/vnd.oasis.opendocument.spreadsheet": ".ods",
    b"application/vnd.oasis.opendocument.presentation": ".odp",
    b"application/hwp+zip": ".hwpx",
    b"application/owpml": ".hwpx",
    b"application/epub+zip": ".epub",
}
_PARTS = (
    ("word/document.xml", ".docx"),
    ("xl/workbook.xml", ".xlsx"),
    ("ppt/presentation.xml", ".pptx"),
    ("Contents/header.xml", ".hwpx"),
)
_FOLDERS = (("word/", ".docx"), ("xl/", ".xlsx"), ("ppt/", ".pptx"), ("Contents/", ".hwpx"))
_STREAMS = (
    ("EncryptedPackage", ENCRYPTED := ".encrypted"),
    ("WordDocument", ".doc"),
    ("Workbook", ".xls"),
    ("Book", ".xls"),
    ("PowerPoint Document", ".ppt"),
    ("FileHeader", ".hwp"),
    ("__properties_version1.0", ".msg"),
)
_MAIL = re.compile(rb"(?:[A-Za-z-]{2,40}:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){3}")
_MAIL_FIELDS = re.compile(rb"^(?:from|to|subject|date|message-id|received|mime-version):", re.IGNORECASE | re.MULTILINE)
_MIN_MAIL_FIELDS = 3
_SAVED_PAGE = re.compile(rb"^content-type:\s*multipart/related", re.IGNORECASE | re.MULTILINE)
_WORD_XML = (
    b"http://schemas.microsoft.com/office/word/2003/wordml",
    b"http://schemas.microsoft.com/office/2006/xmlPackage",
)


def sniff(data: bytes) -> str:
    """The suffix that the bytes speak for, or "" when they could be text of any kind.

    `.zip` is an archive of no known document format, `.encrypted` an Office file under a password, `.drm` a file locked
    by document security, `.ole` a compound file of no known kind.
    """
    if b"%PDF-" in data[:1024]:
        return ".pdf"
    if data.startswith(_ZIP):
        return _sniff_zip(data)
    if data.startswith(_OLE):
        return _sniff_ole(data)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return ".webp"
    if data[:2] == b"BM" and data[14:18] in (b"\x28\0\0\0", b"\x6c\0\0\0", b"\x7c\0\0\0"):
        return ".bmp"
    for mark, suffix in _MARKS:
        if data.startswith(mark):
            return suffix
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(b"<?xml") and _XML_SHEETS in data[:4096]:
        return XML_SHEETS
    return ".html" if head.startswith((b"<!doctype html", b"<html")) else ""


def is_delimited(data: bytes) -> bool:
    """True for text of which most lines hold the same number of tabs, semicolons or commas."""
    head = data[:8192]
    if b"\0" in head:
        return False
    lines = [line for line in head.splitlines()[:40] if line.strip()]
    counts = [Counter(line.count(mark) for line in lines) for mark in (b"\t", b";", b",")]
    return len(lines) > 1 and any(n and k >= 0.7 * len(lines) for c in counts for n, k in c.most_common(1))


def is_mail(data: bytes) -> bool:
    """True for bytes that begin with the header fields of a mail."""
    head = data[:8192]
    return bool(_MAIL.match(head)) and len({m.group().lower() for m in _MAIL_FIELDS.finditer(head)}) >= (
        _MIN_MAIL_FIELDS
    )


def is_saved_page(data: bytes) -> bool:
    """True for a web page saved as one file, which wikis hand out under the names of office programs."""
    return _SAVED_PAGE.search(data[:4096]) is not None and _MAIL.match(data[:8192]) is not None


def is_word_xml(data: bytes) -> bool:
    """True for a Word document saved as one XML file, which goes by the old suffix."""
    head = data[:4096]
    return head.lstrip(b"\xef\xbb\xbf \r\n").startswith(b"<?xml") and any(name in head for name in _WORD_XML)


def _sniff_zip(data: bytes) -> str:
    names: set[str] = set()
    mimetype = b""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = {item.filename.lstrip("/") for item in archive.infolist()}
            if "mimetype" in names:
                with archive.open("mimetype") as file:
                    mimetype = file.read(100).strip()
    except Exception:  # noqa: BLE001 - a damaged archive is told by the names that are left in its bytes
        return next((suffix for mark, suffix in _FOLDERS if mark.encode() in data), ".zip")
    for known, suffix in _MIMETYPES.items():
        if mimetype.startswith(known):
            return suffix
    found = next((suffix for part, suffix in _PARTS if part in names), "")
    if not found and "[Content_Types].xml" in names:
        found = next((suffix for mark, suffix in _FOLDERS if any(n.startswith(mark) for n in names)), "")
    return found or ".zip"


def _sniff_ole(data: bytes) -> str:
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as file:
            streams = {entry[0] for entry in file.listdir()}
    except Exception:  # noqa: BLE001 - the readers of compound files say what is wrong with it
        return ".ole"
    return next((suffix for stream, suffix in _STREAMS if stream in streams), ".ole")
