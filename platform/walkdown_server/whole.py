"""Whether index and registry hold the same: where one was damaged or deleted, every answer would be a refusal."""

from walkdown.errors import IndexUnavailableError
from walkdown.index.store import ChunkStore
from walkdown.records.registry import Registry


def require_whole(registry: Registry, store: ChunkStore) -> None:
    """Raise IndexUnavailableError where the index lacks what the registry lists, or the registry what the index holds.

    While documents are taken in the index never holds less, and the registry has noted the change before it does.
    """
    listed = sum(counts.chunks for counts in registry.counts().values())
    held = store.count()
    if held < listed:
        raise IndexUnavailableError(
            f"The index holds {held:,} of the {listed:,} passages that the registry lists.",
            "Run `walkdown ingest` of the documents again: what is missing is taken in anew.",
        )
    if held and registry.is_new():
        raise IndexUnavailableError(
            f"The registry knows no document, but the index holds {held:,} passages.",
            "Bring walkdown.db back from a backup (WALKDOWN_DATABASE_URL), or run `walkdown ingest` again.",
        )
