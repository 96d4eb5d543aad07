"""Which engine holds the index is a setting: a Qdrant server when its URL is given, else the one in this process."""

from walkdown.index.edge import EdgeStore
from walkdown.index.server import QdrantServerStore, connect
from walkdown.index.standing import Generations
from walkdown.index.store import ChunkStore, IndexIdentity
from walkdown.settings import Settings

PATIENCE = 10.0
"""Seconds that the embedded index is waited for: two questions asked at once take it one after the other."""


def open_store(settings: Settings, identity: IndexIdentity, generations: Generations | None = None) -> ChunkStore:
    """Open the index of an installation, making it when there is none; `generations` is its registry.

    Raises IndexUnavailableError (in use elsewhere, unreachable, built with other models), ResourceError (disk).
    """
    if settings.qdrant_url:
        return QdrantServerStore(connect(settings.qdrant_url, settings.qdrant_api_key), identity, generations)
    return EdgeStore(settings.index_dir, identity, generations, patience=PATIENCE)
