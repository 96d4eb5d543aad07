"""Whether there is something at a path that a person gave."""

import os
import re
import stat
from pathlib import Path

from walkdown.errors import DocumentError


def is_there(path: Path) -> bool:
    """True for a file or folder, also one that may not be looked at: what is wrong with it its reader tells."""
    try:
        path.stat()
    except PermissionError:
        return True
    except (OSError, ValueError):
        # No such name, or none that there could be.
        return False
    return True


def is_folder(path: Path) -> bool:
    """True for a folder that may be looked at."""
    try:
        return path.is_dir()
    except OSError:
        return False


def require_bytes(path: Path) -> None:
    """Refuse what is no file though it has a name: a pipe would be waited for, a device read without end.

    Raises DocumentError; OSError where the path may not be looked at.
    """
    mode = path.stat().st_mode
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
        what = "a pipe" if stat.S_ISFIFO(mode) else "a socket" if stat.S_ISSOCK(mode) else "a device"
        raise DocumentError(
            f"{written(path.name)} is {what}, not a file.", "Take it, or the link to it, out of the folder."
        )


_NO_TEXT = re.compile(r"[\ud800-\udfff]")


def written(path: str) -> str:
    """A path as text: names that are no UTF-8 are read as cp949, which old Korean shares have, else byte by byte.

    Such a name can be kept neither in the registry nor in the index, and one of them would end an ingestion.
    """
    return "/".join(_part(part) for part in path.split("/")) if _NO_TEXT.search(path) else path


def _part(name: str) -> str:
    if not _NO_TEXT.search(name):
        return name
    raw = os.fsencode(name)
    try:
        return raw.decode("cp949")
    except UnicodeDecodeError:
        return raw.decode("utf-8", "backslashreplace")
