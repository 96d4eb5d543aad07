"""Which files an ingestion takes: folders are walked in a stable order, what no person wrote is left out."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from walkdown.errors import DocumentError
from walkdown.text.languages import normalise
from walkdown_ingestion.paths import is_folder, is_there, require_bytes, written
from walkdown_ingestion.readers import RECORDS_SUFFIX, SUFFIXES
from walkdown_ingestion.sidecar import SIDECAR

_SYSTEM = frozenset({"thumbs.db", "desktop.ini", "icon\r", "__macosx", "__pycache__", "$recycle.bin", "lost+found"})
_TEMPORARY = ("~$", "~", ".~lock.")
_TEMPORARY_SUFFIXES = frozenset({".tmp", ".temp", ".bak", ".swp", ".lock", ".part", ".crdownload", ".ds_store"})
# Documents that no reader takes are reported; drawings, programs and the like are only counted.
_DOCUMENTS = frozenset(".rar .7z .xml .xlsb .odg .svg".split())

LEADS_OUT = "is a link that leads out of the folder that was handed in, and is not followed."
HAND_IN = "Hand in what it leads to by its own path."


class Found(NamedTuple):
    """A file to ingest, the folder it was found under, and its path below it in NFC with forward slashes."""

    path: Path
    root: Path
    relative: str


class Discovery(NamedTuple):
    """What was found: files in order, paths that are not there, and the suffixes of files left out with their count.

    `folders` are the folders handed in, `unreadable` those below that could not be listed, `outside` links in them
    that lead elsewhere.
    """

    files: tuple[Found, ...]
    missing: tuple[str, ...]
    left_out: dict[str, int]
    folders: tuple[Path, ...] = ()
    unreadable: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()


def is_noise(name: str) -> bool:
    """True for hidden files, system files, lock files and temporary copies."""
    lower = name.lower()
    return (
        lower.startswith((".", *_TEMPORARY))
        or lower in _SYSTEM
        or Path(lower).suffix in _TEMPORARY_SUFFIXES
        or lower == SIDECAR
    )


def _walk(folder: Path, unreadable: list[str], outside: list[str]) -> Iterator[Path]:
    """Files below a folder in the order of their names; a folder reached twice over links is walked once.

    A link out of it is not followed: whoever may write to the folder could have any file of this machine taken in.
    """
    seen: set[tuple[int, int]] = set()
    home = folder.resolve()

    def visit(directory: Path) -> Iterator[Path]:
        try:
            status = directory.stat()
            entries = sorted(os.scandir(directory), key=lambda e: (normalise(e.name).casefold(), e.name))
        except OSError:
            unreadable.append(written(str(directory)))
            return
        if (status.st_dev, status.st_ino) in seen:
            return
        seen.add((status.st_dev, status.st_ino))
        for entry in entries:
            if is_noise(entry.name):
                continue
            if entry.is_symlink() and _leads_out(Path(entry.path), home):
                outside.append(written(entry.path))
                continue
            # What is no file, or a link that leads round in a circle, is told by its reader.
            if is_folder(Path(entry.path)):
                yield from visit(Path(entry.path))
            else:
                yield Path(entry.path)

    yield from visit(folder)


def _leads_out(link: Path, home: Path) -> bool:
    """True for a link to something that is there and not below a folder."""
    try:
        return not link.resolve(strict=True).is_relative_to(home)
    except (OSError, RuntimeError):
        return False


def discover(paths: Sequence[Path], source_root: Path | None = None) -> Discovery:
    """Expand files and folders. A file named by itself is always taken, whatever its suffix.

    Relative paths are below `source_root` where it is given and holds the file, else below the folder handed in.
    """
    files: dict[Path, Found] = {}
    missing: list[str] = []
    left_out: dict[str, int] = {}
    unreadable: list[str] = []
    outside: list[str] = []
    for path in paths:
        if not is_there(path):
            missing.append(written(str(path)))
            continue
        inside = is_folder(path)
        root = source_root if source_root is not None else path if inside else path.parent
        for file in _walk(path, unreadable, outside) if inside else (path,):
            suffix = file.suffix.lower()
            if inside and suffix not in SUFFIXES | _DOCUMENTS:
                left_out[suffix or "no suffix"] = left_out.get(suffix or "no suffix", 0) + 1
                continue
            files.setdefault(file.absolute(), Found(file, root, _relative(file, root)))
    folders = tuple(path for path in paths if is_folder(path))
    return Discovery(tuple(files.values()), tuple(missing), left_out, folders, tuple(unreadable), tuple(outside))


def _relative(file: Path, root: Path) -> str:
    try:
        return normalise(written(file.absolute().relative_to(root.absolute()).as_posix()))
    except ValueError:
        return normalise(written(file.name))


def count_documents(files: Sequence[Found]) -> int:
    """How many documents the files hold: each line of a records file is one."""
    total = 0
    for found in files:
        if found.path.suffix.lower() != RECORDS_SUFFIX:
            total += 1
            continue
        try:
            require_bytes(found.path)
            with found.path.open("rb") as file:
                total += sum(1 for line in file if line.strip())
        except (OSError, DocumentError):
            total += 1
    return total
