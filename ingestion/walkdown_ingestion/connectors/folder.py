"""A folder as a place: for shares that should be copied first, and the plainest example of a connector."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from walkdown.errors import DocumentError, ResourceError
from walkdown.text.languages import normalise
from walkdown_ingestion.connectors.base import RemoteFile
from walkdown_ingestion.discovery import HAND_IN, LEADS_OUT, discover
from walkdown_ingestion.paths import written


class FolderConnector:
    """Files below a folder; the version is size and time of the last change."""

    def __init__(self, folder: Path) -> None:
        """Nothing is read yet."""
        self._folder = folder
        self._paths: dict[str, Path] = {}
        self._outside: set[str] = set()
        self.origin = normalise(folder.absolute().as_posix()).rstrip("/") + "/"

    def files(self) -> Iterator[RemoteFile]:
        """All files there. Raises ResourceError when the folder cannot be listed completely."""
        found = discover([self._folder])
        if found.missing or found.unreadable:
            at_fault = (*found.missing, *found.unreadable)[0]
            raise ResourceError(f"The folder {at_fault} cannot be listed.", "Check that it is mounted and its rights.")
        inside = len(written(self._folder.as_posix()).rstrip("/")) + 1
        for link in found.outside:
            # Listed, so that whoever fetches it is told why it is none.
            self._outside.add(path := normalise(link[inside:]))
            yield RemoteFile(path, "", -1)
        for file in found.files:
            status = file.path.stat()
            self._paths[file.relative] = file.path
            yield RemoteFile(file.relative, f"{status.st_size}-{status.st_mtime_ns}", status.st_size)

    def fetch(self, path: str, target: BinaryIO) -> None:
        """Write a file's bytes. Raises DocumentError."""
        if path in self._outside:
            raise DocumentError(f"{path} {LEADS_OUT}", HAND_IN)
        try:
            with (self._paths.get(path) or self._folder / path).open("rb") as file:
                shutil.copyfileobj(file, target)
        except OSError as error:
            raise DocumentError(f"{path} cannot be read ({error.strerror}).", "Check the file.") from None
