"""What a new version of a pack takes along: the documents that the site added to the version before.

A pack brings its own corpus; what people took in besides must not vanish with a switch. It is taken in again from where
it came, or from the kept original, with the same identity, groups and site.
"""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from walkdown.documents import DocumentStatus
from walkdown.errors import UnknownItemError
from walkdown.records.blobs import BlobStore
from walkdown.records.registry import DocumentRecord

_TAKEN = (DocumentStatus.IN_FORCE, DocumentStatus.SUPERSEDED, DocumentStatus.CONFLICT)
_COLUMNS = ("file", "id", "title", "revision", "effective_date", "language", "access", "site")


class Batch(NamedTuple):
    """Paths that are taken in together, for they share groups and site."""

    paths: tuple[Path, ...]
    access: tuple[str, ...]
    site: str


class Plan(NamedTuple):
    """What is taken in again, how many documents that is, and the names of those that cannot be had any more."""

    batches: tuple[Batch, ...]
    documents: int
    lost: tuple[str, ...]


def is_below(source: str, folders: Iterable[Path]) -> bool:
    """True when a document came from a file in one of the folders."""
    path = Path(source.partition("#")[0])
    return any(path.is_relative_to(folder.absolute()) for folder in folders)


def plan(records: Sequence[DocumentRecord], own: Iterable[Path], blobs: BlobStore, folder: Path) -> Plan:
    """How to take along the documents of the version in service that are not from one of the folders `own`.

    Originals whose source is gone are copied into `folder`, with a table that says what they are.
    """
    folders = list(own)
    added = [record for record in records if record.status in _TAKEN and not is_below(record.source, folders)]
    groups: dict[tuple[tuple[str, ...], str], dict[Path, None]] = {}
    stray: list[DocumentRecord] = []
    for record in added:
        path = Path(record.source.partition("#")[0])
        if path.is_file():
            groups.setdefault((record.access, record.site), {})[path] = None
        else:
            stray.append(record)
    batches = [Batch(tuple(paths), access, site) for (access, site), paths in groups.items()]
    kept, lost = _restored(stray, blobs, folder)
    if kept:
        batches.append(Batch((folder,), (), ""))
    return Plan(tuple(batches), len(added), tuple(lost))


def _restored(records: Sequence[DocumentRecord], blobs: BlobStore, folder: Path) -> tuple[int, list[str]]:
    """Write kept originals with their table; how many, and the names of those that are not kept."""
    rows: list[tuple[str, ...]] = []
    lost = []
    for number, record in enumerate(records):
        try:
            original = blobs.fetch(record.sha256)
        except UnknownItemError:
            lost.append(record.file_name or record.id)
            continue
        name = f"{number}/{record.file_name}"
        (folder / str(number)).mkdir(parents=True)
        (folder / name).write_bytes(original.read_bytes())
        date, access = str(record.effective_date or ""), ";".join(record.access)
        rows.append((name, record.id, record.title, record.revision, date, record.language or "", access, record.site))
    if rows:
        with (folder / "documents.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([_COLUMNS, *rows])
    return len(rows), lost
