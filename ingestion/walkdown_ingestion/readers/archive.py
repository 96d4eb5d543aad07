"""ZIP archives: their members as documents, with limits on number, size, ratio and nesting, counted while inflating.

Nothing is written to disk, so no name can lead out of a folder; names that try are refused all the same, because they
say what the archive is for. Links are refused: what they point to is not in the archive.
"""

import io
import posixpath
import stat
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import NamedTuple

from walkdown.errors import DocumentError
from walkdown.text.languages import normalise
from walkdown_ingestion.readers.base import damaged
from walkdown_ingestion.readers.package import protected

KIND = "a ZIP archive"
MAX_MEMBERS, MAX_DEPTH = 2000, 3
MAX_TOTAL = 300 * 2**20
"""Bytes that all members of an archive, and of those inside it, may inflate to together."""
MAX_RATIO, _RATIO_FROM = 200, 8 * 2**20
_BLOCK = 2**18
_ENCRYPTED, _UTF8 = 0x1, 0x800
_END, _END_SIZE = b"PK\5\6", 22
_FAULTS = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, RuntimeError, ValueError, IndexError)
"""What the standard library raises for archives that are damaged or packed in a way it does not know."""
_NOISE = ("__macosx", ".ds_store", "thumbs.db", "desktop.ini")


class Member(NamedTuple):
    """A file inside another: its path there, and its bytes or the reason why it cannot be had."""

    path: str
    data: bytes | DocumentError


class Budget:
    """What may still be inflated, over an archive and all archives inside it."""

    def __init__(self, total: int = MAX_TOTAL, members: int = MAX_MEMBERS) -> None:
        self.total, self.members = total, members


def _name(item: zipfile.ZipInfo) -> str:
    """The member's name; archives of Korean Windows write it in cp949 without saying so."""
    name = item.filename
    if not item.flag_bits & _UTF8:
        try:
            name = name.encode("cp437").decode("cp949")
        except (UnicodeEncodeError, UnicodeDecodeError):
            name = item.filename
    return normalise(name.replace("\\", "/"))


def _fault(item: zipfile.ZipInfo, path: str, name: str) -> DocumentError | None:
    """Why a member must not be taken, judged by its entry alone."""
    parts = PurePosixPath(path).parts
    if path.startswith("/") or ".." in parts or (parts and ":" in parts[0]) or "\0" in path:
        return DocumentError(
            f"{name} holds a member whose name leads out of the archive ({path[:80]!r}).",
            "Do not use this archive before you know where it comes from.",
        )
    if stat.S_ISLNK(item.external_attr >> 16):
        return DocumentError(f"{path} in {name} is a link, not a file.", "Pack the file itself and ingest it again.")
    return protected(f"{path} in {name}") if item.flag_bits & _ENCRYPTED else None


def _inflate(archive: zipfile.ZipFile, item: zipfile.ZipInfo, path: str, name: str, budget: Budget) -> bytes:
    blocks: list[bytes] = []
    size = 0
    with archive.open(item) as file:
        while block := file.read(_BLOCK):
            size += len(block)
            budget.total -= len(block)
            if budget.total < 0:
                raise DocumentError(
                    f"{name} inflates to more than {MAX_TOTAL // 2**20} MB.",
                    "Unpack it and ingest the folder, if you know where it comes from.",
                )
            if size > _RATIO_FROM and size > MAX_RATIO * max(item.compress_size, 1):
                raise DocumentError(
                    f"{path} in {name} inflates to more than {MAX_RATIO} times its size, as archives made to harm do.",
                    "Do not use this archive before you know where it comes from.",
                )
            blocks.append(block)
    return b"".join(blocks)


def _is_cut(data: bytes) -> bool:
    """True when more follows the last list of files: an archive that was cut off ends with that of one inside it."""
    at = data.rfind(_END)
    length = int.from_bytes(data[at + _END_SIZE - 2 : at + _END_SIZE], "little")
    return bool(data[at + _END_SIZE + length :].strip(b"\0\r\n "))


def members(data: bytes, name: str, budget: Budget) -> Iterator[Member]:
    """The files of an archive in order. Raises DocumentError when the archive as a whole cannot be taken."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        items = [item for item in archive.infolist() if not item.is_dir()]
    except _FAULTS as error:
        raise damaged(name, KIND, error) from error
    if _is_cut(data):
        raise damaged(name, KIND, "its end is missing, and files with it")
    budget.members -= len(items)
    if budget.members < 0:
        raise DocumentError(
            f"{name} holds more than {MAX_MEMBERS} files.", "Unpack it and ingest the folder, or pack it in parts."
        )
    seen: Counter[str] = Counter()
    for item in items:
        path = _name(item)
        seen[path] += 1
        if seen[path] > 1:
            # Two members of one name are two documents, none of which takes the place of the other.
            head, tail = posixpath.split(path)
            path = posixpath.join(head, f"{seen[path]}-{tail}")
        if any(part.lower() in _NOISE for part in PurePosixPath(path).parts):
            continue
        fault = _fault(item, path, name)
        if fault is not None:
            yield Member(path.lstrip("/").replace("..", "_"), fault)
            continue
        try:
            yield Member(path, _inflate(archive, item, path, name, budget))
        except _FAULTS as error:
            yield Member(path, damaged(f"{path} in {name}", KIND, error))
