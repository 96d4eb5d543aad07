"""`index.json` of an embedded index: which shard is the current one, and what it was built with."""

import json
import os
from pathlib import Path

from walkdown.index import identity as identities
from walkdown.index.store import IndexIdentity


def replace_manifest(manifest: Path, shard: str, optimised: int, identity: IndexIdentity) -> None:
    """Name the current shard and what it was built with, in one atomic step."""
    draft = manifest.with_suffix(".new")
    with draft.open("w", encoding="utf-8") as file:
        json.dump({"shard": shard, "optimised": optimised, "identity": identities.to_json(identity)}, file, indent=2)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(manifest)


def next_shard(directory: Path) -> str:
    """A name that no shard of a directory has."""
    numbers = [int(path.name.removeprefix("shard-")) for path in directory.glob("shard-*")]
    return f"shard-{max(numbers, default=0) + 1}"
