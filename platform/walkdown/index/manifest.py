"""`index.json` of an embedded index: which shard is the current one, and what it was built with."""

import json
import os
import shutil
from pathlib import Path

import structlog

from walkdown.index import identity as identities
from walkdown.index.store import IndexIdentity

SHADOW = "shadow"
"""Folder in which an index is built anew."""
_log = structlog.get_logger(__name__)


def replace_manifest(manifest: Path, shard: str, optimised: int, identity: IndexIdentity) -> None:
    """Name the current shard and what it was built with, in one atomic step."""
    draft = manifest.with_suffix(".new")
    with draft.open("w", encoding="utf-8") as file:
        json.dump({"shard": shard, "optimised": optimised, "identity": identities.to_json(identity)}, file, indent=2)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(manifest)


def remove_leftovers(directory: Path, keep: str = "") -> None:
    """Remove what a process left that died while it made or replaced a shard; only for who holds the lock.

    A rebuild that was cut short is told: it may have been as large as the index, and took hours.
    """
    if (directory / SHADOW).is_dir():
        shutil.rmtree(directory / SHADOW, ignore_errors=True)
        _log.warning("unfinished_rebuild_removed", index=str(directory), now="the index is whole")
    for path in directory.glob("shard-*"):
        if path.name != keep:
            shutil.rmtree(path, ignore_errors=True)


def next_shard(directory: Path) -> str:
    """A name that no shard of a directory has."""
    numbers = [int(path.name.removeprefix("shard-")) for path in directory.glob("shard-*")]
    return f"shard-{max(numbers, default=0) + 1}"
