"""Word, Excel and PowerPoint files of before 2007, and RTF: converted by LibreOffice where it is installed.

It runs without a window in a profile of its own, which trusts no macro, and is ended when it takes too long.
"""

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


def _reader(suffix: str, target: str, remedy: str, read: Read) -> Callable[[bytes, str], ParsedDocument]:
    def convert(data: bytes, name: str) -> ParsedDocument:
        return read(_converted(data, name, suffix, target, remedy), name)

    return convert


read_doc = _reader(".doc", "docx", "Save it as .docx in Word or LibreOffice.", docx.read)
read_rtf = _reader(".rtf", "docx", "Save it as .docx in Word or LibreOffice.", docx.read)
read_xls = _reader(".xls", "xlsx", "Save it as .xlsx in Excel or LibreOffice.", xlsx.read)
read_ppt = _reader(".ppt", "pptx", "Save it as .pptx in PowerPoint or LibreOffice.", pptx.read)
