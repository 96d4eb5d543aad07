"""Encodes all passages of an index anew for other encoders; documents are not read again, marks and twins stay."""

from collections.abc import Sequence

from walkdown.documents import Chunk
from walkdown.index.base import StoreBase
from walkdown.index.points import Point, to_chunk
from walkdown.index.standing import Marks
from walkdown.models.embedder import Embedder
from walkdown.models.weights import Progress, silent
from walkdown_ingestion.indexing import index_chunks

_GENERATION = 0


def reencode(old: StoreBase, new: StoreBase, embedders: Sequence[Embedder], progress: Progress = silent) -> int:
    """Fill an empty index with the passages of another, encoded by `embedders`. Returns how many there are."""
    total, done = old.count(), 0
    for points in old.export():
        chunks = [_chunk(point) for point in points]
        indexed = index_chunks(chunks, embedders)
        new.upsert([item._replace(marks=Marks.of(point.payload)) for item, point in zip(indexed, points, strict=True)])
        done += len(points)
        progress("passages", done, total)
    return total


def _chunk(point: Point) -> Chunk:
    return to_chunk(point.payload, _GENERATION)
