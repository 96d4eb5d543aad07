"""Word, Excel and PowerPoint files of before 2007, and RTF: converted by LibreOffice where it is installed."""

import io
import re
import struct
from collections.abc import Callable

import olefile

from walkdown.documents import ParsedDocument
from walkdown.errors import DocumentError
from walkdown_ingestion.readers import biff, docx, office, pptx, xlsx
from walkdown_ingestion.readers.base import Read, damaged
from walkdown_ingestion.readers.package import protected

_ENCRYPTED_WORD = 0x0100
_ENCRYPTED_SLIDES = b"\xdf\xc4\xd1\xf3"
_EQUATION = re.compile(rb"[\x13 {}]\s*EQ\s+\\{1,2}[a-zA-Z]{1,2}[\s(\\\d]")
_WIDE_EQUATION = re.compile(rb"\x13\0(?: \0)*E\0Q\0(?: \0)+\\\0[a-zA-Z]\0")


def _converted(data: bytes, name: str, suffix: str, target: str, remedy: str) -> bytes:
    if _is_locked(data):
        raise protected(name)
    try:
        made = office.convert(data, suffix, target)
    except office.NotInstalledError as error:
        raise DocumentError(
            f"{name} is in the old format {suffix}, which is read through LibreOffice, and that is not installed.",
            f"{remedy} Or install LibreOffice where Walkdown runs (apt-get install libreoffice-writer-nogui "
            "libreoffice-calc-nogui libreoffice-impress-nogui) and ingest it again.",
        ) from error
    except (OSError, office.TooLongError) as error:
        raise DocumentError(f"{name} could not be converted by LibreOffice ({error}).", remedy) from error
    if made is None:
        raise damaged(name, f"a {suffix} file", "LibreOffice cannot convert it")
    return biff.with_shown(made, biff.shown_by_sheet(data)) if suffix == ".xls" else made


def _is_locked(data: bytes) -> bool:
    """True for a file under a password, by the marks that Word, Excel and PowerPoint leave unencrypted."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as file:
            if file.exists("WordDocument"):
                return bool(struct.unpack_from("<H", file.openstream("WordDocument").read(12), 10)[0] & _ENCRYPTED_WORD)
            if file.exists("Current User"):
                return bytes(file.openstream("Current User").read(16)[12:]) == _ENCRYPTED_SLIDES
            return bool(file.exists("Workbook")) and biff.is_locked(file.openstream("Workbook").read())
    except (OSError, struct.error):
        return False


def lost_equations(data: bytes, suffix: str) -> tuple[str, ...]:
    """What to tell of formulas written as fields, which LibreOffice drops: `10` and a raised 5 of one read 10."""
    if suffix not in (".doc", ".rtf"):
        return ()
    found = len(_EQUATION.findall(data)) + len(_WIDE_EQUATION.findall(data))
    return (f"{found} formulas written as EQ fields are missing: see them in the original",) if found else ()


def _reader(suffix: str, target: str, remedy: str, read: Read) -> Callable[[bytes, str], ParsedDocument]:
    def convert(data: bytes, name: str) -> ParsedDocument:
        parsed = read(_converted(data, name, suffix, target, remedy), name)
        return parsed.model_copy(update={"warnings": (*parsed.warnings, *lost_equations(data, suffix))})

    return convert


read_doc = _reader(".doc", "docx", "Save it as .docx in Word or LibreOffice.", docx.read)
read_rtf = _reader(".rtf", "docx", "Save it as .docx in Word or LibreOffice.", docx.read)
read_xls = _reader(".xls", "xlsx", "Save it as .xlsx in Excel or LibreOffice.", xlsx.read)
read_ppt = _reader(".ppt", "pptx", "Save it as .pptx in PowerPoint or LibreOffice.", pptx.read)
