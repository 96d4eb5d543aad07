"""Copies a place into a folder, only what is new or changed, so that the rest of ingestion works on plain files.

What was fetched is noted by version in `mirror.json`; a file is in the folder whole or not at all. Files that are gone
are removed from the folder only after the place was listed completely.
"""

import json
import os
import shutil
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from walkdown.errors import DocumentError, ResourceError
from walkdown.models.weights import Progress, silent
from walkdown.text.languages import normalise
from walkdown_ingestion.connectors.base import Connector, RemoteFile
from walkdown_ingestion.report import Failure
from walkdown_ingestion.sources import MAX_BYTES

MIN_FREE = 1 << 30
_NOTE = "mirror.json"
_SAVE_EVERY = 100
_MAX_NAME = 255


class Mirrored(NamedTuple):
    """What a pass did: files fetched and removed, those that could not be fetched and why."""

    folder: Path
    fetched: int
    removed: int
    failed: tuple[Failure, ...]


def local_path(path: str) -> PurePosixPath:
    """The place of a file below the mirror. Raises DocumentError for a name that would lead out of it."""
    clean = PurePosixPath(normalise(path))
    parts = clean.parts
    bad = not parts or clean.is_absolute() or ".." in parts or "\0" in path or "\\" in path
    if bad or any(len(part.encode()) > _MAX_NAME for part in parts):
        raise DocumentError(f"{path!r} is no usable file name.", "Rename the file at its source.")
    return clean


def mirror(connector: Connector, folder: Path, progress: Progress = silent) -> Mirrored:
    """Bring the folder in step with the place.

    Raises ResourceError (place unreachable, disk full): the folder is as far as it came, and the next pass goes on.
    """
    files = folder / "files"
    files.mkdir(parents=True, exist_ok=True)
    known: dict[str, str] = _read(folder / _NOTE)
    listed = list(connector.files())
    kept: dict[str, str] = {}
    failed: list[Failure] = []
    fetched = 0
    for number, file in enumerate(listed, 1):
        try:
            place = local_path(file.path)
            target = files / place
            if not (file.version and known.get(str(place)) == file.version and target.is_file()):
                _fetch(connector, file, target)
                fetched += 1
            kept[str(place)] = known[str(place)] = file.version
        except DocumentError as error:
            failed.append(Failure(name=file.path, reason=error.cause, remedy=error.remedy))
            kept |= {path: version for path, version in known.items() if path == normalise(file.path)}
        if fetched and fetched % _SAVE_EVERY == 0:
            _write(folder / _NOTE, known)
        progress(file.path, number, len(listed))
    removed = _remove_others(files, set(kept))
    _write(folder / _NOTE, kept)
    return Mirrored(files, fetched, removed, tuple(failed))


def _fetch(connector: Connector, file: RemoteFile, target: Path) -> None:
    if file.size > MAX_BYTES:
        raise DocumentError(
            f"{file.path} is too large ({file.size >> 20} MB; the limit is {MAX_BYTES >> 20} MB).",
            "Split it into smaller files.",
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(target.parent).free
    if free < max(file.size, 0) + MIN_FREE:
        raise ResourceError(
            f"The disk of {target.parent} has {free >> 20} MB free, too little for {file.path}.", "Free some space."
        )
    # `.part` is no document to whoever walks the folder meanwhile.
    draft = target.with_name(f"{target.name[:200]}.part")
    try:
        with draft.open("wb") as out:
            connector.fetch(file.path, out)
        if 0 <= file.size != draft.stat().st_size:
            raise DocumentError(f"{file.path} changed while it was fetched.", "Sync again.")
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def _remove_others(files: Path, kept: set[str]) -> int:
    removed = 0
    for directory, _, names in os.walk(files, topdown=False):
        for name in names:
            path = Path(directory) / name
            if path.relative_to(files).as_posix() not in kept:
                path.unlink()
                removed += 1
        if Path(directory) != files and not os.listdir(directory):  # noqa: PTH208 - as os.walk gives it
            Path(directory).rmdir()
    return removed


def _read(note: Path) -> dict[str, str]:
    """Versions by path; a note that is damaged only costs fetching again."""
    try:
        found = json.loads(note.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(k): str(v) for k, v in found.items()} if isinstance(found, dict) else {}


def _write(note: Path, versions: dict[str, str]) -> None:
    draft = note.with_suffix(".new")
    draft.write_text(json.dumps(versions, ensure_ascii=False), "utf-8")
    draft.replace(note)
