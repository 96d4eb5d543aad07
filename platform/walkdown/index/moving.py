"""Copies an index elsewhere as it is, and puts a rebuilt one in its place in one step.

A rebuild never touches the index in service: it fills a second one and then changes a single name (a line of
`index.json`, or an alias of the Qdrant server). Killed at any moment, the old or the new index is there, whole.
"""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

from qdrant_client import QdrantClient

from walkdown.errors import IndexUnavailableError, UsageError
from walkdown.index import identity as identities
from walkdown.index.base import StoreBase
from walkdown.index.edge import EdgeStore
from walkdown.index.manifest import SHADOW, next_shard, replace_manifest
from walkdown.index.server import COLLECTION, QdrantServerStore, point_alias
from walkdown.index.store import IndexIdentity
from walkdown.models.weights import Progress, silent

Fill = Callable[[StoreBase, StoreBase], None]
"""Fills the second store from the first."""


def built_with(directory: Path) -> IndexIdentity:
    """What the embedded index in a directory was built with. Raises UsageError (none there), IndexUnavailableError."""
    manifest = directory / "index.json"
    if not manifest.exists():
        raise UsageError(f"There is no index in {directory}.", "Ingest documents first.")
    try:
        found = json.loads(manifest.read_text("utf-8"))["identity"]
    except (ValueError, KeyError, OSError) as error:
        raise IndexUnavailableError(
            f"The index in {directory} is damaged ({error}).", "Delete it and ingest the documents again."
        ) from error
    return identities.from_json(found)


def copy(source: StoreBase, target: StoreBase, progress: Progress = silent) -> int:
    """Copy all passages with their vectors; doing it again is harmless. Returns how many there are.

    Raises IndexUnavailableError when the target does not hold them all afterwards.
    """
    total, done = source.count(), 0
    for points in source.export():
        target.take_over(points)
        done += len(points)
        progress("passages", done, total)
    held = target.count()
    if held < total:
        raise IndexUnavailableError(f"Only {held} of {total} passages arrived.", "Try again; nothing is lost.")
    return total


def rebuild_edge(directory: Path, identity: IndexIdentity, fill: Fill) -> None:
    """Build the embedded index anew for another identity from what the present one holds, and switch to it.

    Raises IndexUnavailableError (in use, damaged), ResourceError (disk); the present index is then as before.
    """
    shadow = directory / SHADOW
    with EdgeStore(directory, built_with(directory)) as old:
        shutil.rmtree(shadow, ignore_errors=True)
        try:
            with EdgeStore(shadow, identity) as new:
                fill(old, new)
            made = json.loads((shadow / "index.json").read_text("utf-8"))
            name = next_shard(directory)
            (shadow / made["shard"]).rename(directory / name)
            replace_manifest(directory / "index.json", name, made["optimised"], identity)
        finally:
            shutil.rmtree(shadow, ignore_errors=True)


def rebuild_server(client: QdrantClient, identity: IndexIdentity, fill: Fill, collection: str = COLLECTION) -> None:
    """Build the index on a Qdrant server anew for another identity from what the present one holds, and switch to it.

    Raises UsageError when there is none, IndexUnavailableError; the present index is then as before.
    """
    present = {alias.alias_name: alias.collection_name for alias in client.get_aliases().aliases}.get(collection)
    if present is None:
        raise UsageError("The Qdrant server has no index of Walkdown.", "Ingest documents first.")
    metadata = client.get_collection(present).config.metadata or {}
    old = QdrantServerStore(client, identities.from_json(metadata), collection=collection)
    name = f"{collection}-{int(present.rpartition('-')[2]) + 1}"
    if client.collection_exists(name):  # what a process left that died while rebuilding
        client.delete_collection(name)
    new = QdrantServerStore.make(client, identity, name)
    fill(old, new)
    point_alias(client, collection, name)
    client.delete_collection(present)
