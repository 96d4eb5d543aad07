"""LibreOffice, run once for each file of an old format: in a profile of its own that trusts nothing of the document.

A document may hold macros and links to pictures and texts elsewhere, and LibreOffice would fetch what is linked: the
network would tell that the document was read, and by whom. So links are blocked, and whatever still asks is sent to a
port at which nothing listens.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

_SECONDS = 120.0
_PROGRAMS = ("soffice", "libreoffice")
_SCRIPTING, _INTERNET = "/org.openoffice.Office.Common/Security/Scripting", "/org.openoffice.Inet/Settings"
_NOBODY = tuple(
    (_INTERNET, f"ooInet{kind}Proxy{name}", value)
    for kind in ("HTTP", "HTTPS", "FTP")
    for name, value in (("Name", "127.0.0.1"), ("Port", "9"))
)
_SETTINGS = (
    (_SCRIPTING, "BlockUntrustedRefererLinks", "true"),
    (_SCRIPTING, "DisableMacrosExecution", "true"),
    (_SCRIPTING, "MacroSecurityLevel", "3"),
    (_INTERNET, "ooInetProxyType", "2"),
    (_INTERNET, "ooInetNoProxy", ""),
    *_NOBODY,
)


class NotInstalledError(Exception):
    """LibreOffice cannot be found here."""


class TooLongError(Exception):
    """The conversion was ended after so many seconds."""


def is_installed() -> bool:
    """True when old formats can be read at all."""
    return _program() is not None


def convert(data: bytes, suffix: str, target: str) -> bytes | None:
    """The file in the format `target` ("docx"), None where LibreOffice refuses it."""
    program = _program()
    if program is None:
        raise NotInstalledError
    with tempfile.TemporaryDirectory(prefix="walkdown-office-", ignore_cleanup_errors=True) as folder:
        source = Path(folder) / f"file{suffix}"
        source.write_bytes(data)
        profile = Path(folder) / "profile"
        _write_profile(profile)
        _run(
            [
                program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nolockcheck",
                "--convert-to", target, "--outdir", folder, str(source),
            ]
        )  # fmt: skip
        made = source.with_suffix(f".{target}")
        return made.read_bytes() if made.is_file() else None


def _program() -> str | None:
    return next((found for p in _PROGRAMS if (found := shutil.which(p))), None)


def _write_profile(folder: Path) -> None:
    items = "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>\n'
        for path, name, value in _SETTINGS
    )
    (folder / "user").mkdir(parents=True)
    (folder / "user" / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" '
        f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n{items}</oor:items>\n',
        encoding="utf-8",
    )


def _run(command: list[str]) -> None:
    """`soffice` only starts the program that does the work, so both are a group, and are ended together.

    Nothing is read from them: a pipe would stay open as long as either lives.
    """
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, process_group=0
    )
    try:
        process.wait(_SECONDS)
    except subprocess.TimeoutExpired as error:
        raise TooLongError(f"{_SECONDS:.0f} s") from error
    finally:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
