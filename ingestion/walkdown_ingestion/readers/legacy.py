"""Word, Excel and PowerPoint files of before 2007, and RTF: converted by LibreOffice where it is installed.

It runs without a window in a profile of its own, which trusts no macro, and is ended when it takes too long.
"""

import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from walkdown.documents import ParsedDocument
from walkdown.errors import DocumentError
from walkdown_ingestion.readers import docx, pptx, xlsx
from walkdown_ingestion.readers.base import Read, damaged

_SECONDS = 120.0
_EQUATION = re.compile(rb"[\x13 {}]\s*EQ\s+\\{1,2}[a-zA-Z]{1,2}[\s(\\\d]")
_WIDE_EQUATION = re.compile(rb"\x13\0(?: \0)*E\0Q\0(?: \0)+\\\0[a-zA-Z]\0")
_PROGRAMS = ("soffice", "libreoffice")


def _converted(data: bytes, name: str, suffix: str, target: str, remedy: str) -> bytes:
    program = next((found for p in _PROGRAMS if (found := shutil.which(p))), None)
    if program is None:
        raise DocumentError(
            f"{name} is in the old format {suffix}, which is read through LibreOffice, and that is not installed.",
            f"{remedy} Or install LibreOffice where Walkdown runs (apt-get install libreoffice-writer-nogui "
            "libreoffice-calc-nogui libreoffice-impress-nogui) and ingest it again.",
        )
    with tempfile.TemporaryDirectory(prefix="walkdown-office-") as folder:
        source = Path(folder) / f"file{suffix}"
        source.write_bytes(data)
        command = [
            program, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--norestore", "--nolockcheck",
            "--convert-to", target, "--outdir", folder, str(source),
        ]  # fmt: skip
        try:
            subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False, stdin=subprocess.DEVNULL)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise DocumentError(f"{name} could not be converted by LibreOffice in {_SECONDS:.0f} s.", remedy) from error
        made = source.with_suffix(f".{target}")
        if not made.is_file():
            raise damaged(name, f"a {suffix} file", "LibreOffice cannot convert it")
        return made.read_bytes()


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
