"""Originals of documents, kept by the sha256 of their bytes: a file is there whole or not at all."""

import errno
import hashlib
import io
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from walkdown.errors import DocumentError, ResourceError, UnknownItemError

_BLOCK = 1 << 20
_SHA256 = re.compile(r"[0-9a-f]{64}")


class BlobStore:
    """Files in a directory, named by their content. Threads and processes may share it."""

    def __init__(self, directory: Path) -> None:
        """Nothing is made before the first file is kept."""
        self._directory = directory

    def keep(self, original: Path) -> str:
        """Copy a file in; returns its sha256. Raises DocumentError (unreadable), ResourceError (disk)."""
        try:
            with original.open("rb") as file:
                return self._write(file)
        except (FileNotFoundError, PermissionError, IsADirectoryError) as error:
            raise DocumentError(f"{original.name} cannot be read ({error.strerror}).", "Check the file.") from None

    def keep_bytes(self, data: bytes) -> str:
        """Keep bytes; returns their sha256. Raises ResourceError (disk)."""
        return self._write(io.BytesIO(data))

    def holds(self, sha256: str) -> bool:
        """Whether an original is kept; `fetch` checks its bytes as well."""
        return _SHA256.fullmatch(sha256) is not None and self._path(sha256).is_file()

    def fetch(self, sha256: str) -> Path:
        """Path of an original, after its bytes were checked against the hash; it must not be written to.

        Raises UnknownItemError when it is not kept, DocumentError when its bytes have changed.
        """
        path = self._path(sha256) if _SHA256.fullmatch(sha256) else None
        if path is None or not path.is_file():
            raise UnknownItemError(f"No original {sha256[:12]}… is kept.", "Ingest the document again.")
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
        if found != sha256:
            raise DocumentError(
                f"The kept original {sha256[:12]}… has been changed on disk.",
                f"Delete {path} and ingest the document again.",
            )
        return path

    def _path(self, sha256: str) -> Path:
        return self._directory / sha256[:2] / sha256

    def _write(self, source: BinaryIO) -> str:
        # Hash and copy in one pass: a file that changes meanwhile is kept under the hash of what was copied.
        digest = hashlib.sha256()
        with self._draft() as file:
            while block := source.read(_BLOCK):
                digest.update(block)
                file.write(block)
            self._finish(file, digest.hexdigest())
        return digest.hexdigest()

    @contextmanager
    def _draft(self) -> Iterator["tempfile._TemporaryFileWrapper[bytes]"]:
        try:
            self._directory.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=self._directory, prefix=".draft-", delete=False) as file:
                try:
                    yield file
                finally:
                    Path(file.name).unlink(missing_ok=True)
        except OSError as error:
            free = shutil.disk_usage(self._directory).free >> 20 if self._directory.exists() else 0
            denied = error.errno in (errno.EACCES, errno.EPERM, errno.EROFS)
            raise ResourceError(
                f"The original cannot be kept in {self._directory} ({error.strerror}, {free} MB free).",
                "Let the user that runs Walkdown write there."
                if denied
                else "Free some space, or put WALKDOWN_HOME on another disk.",
            ) from error

    def _finish(self, file: "tempfile._TemporaryFileWrapper[bytes]", sha256: str) -> None:
        file.flush()
        os.fsync(file.fileno())
        path = self._path(sha256)
        path.parent.mkdir(exist_ok=True)
        Path(file.name).replace(path)
