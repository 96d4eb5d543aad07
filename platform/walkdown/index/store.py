"""The port of the chunk store: one protocol, an embedded engine and a server behind it.

A search always names a pack and a principal; the store turns them into filters of every branch, so no caller
can forget them. A user's own filters are ANDed and can only narrow.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from walkdown.documents import Chunk, Hit, Language, Principal
from walkdown.index.standing import IN_FORCE, Marks, Scope
from walkdown.text.lexical import SparseVector

FILTER_FIELDS = (
    "document_id",
    "language",
    "site",
    "kind",
    "tags",
    "plant_unit",
    "document_type",
    "safety_topics",
)
"""Fields a user may filter on; anything else is a UsageError, never ignored."""


class IndexedChunk(NamedTuple):
    """A chunk with its vectors (one dense vector per encoder name, one sparse vector) and when it is in force."""

    chunk: Chunk
    dense: Mapping[str, npt.NDArray[np.float32]]
    sparse: SparseVector
    marks: Marks = Marks()


class Branch(NamedTuple):
    """One prefetch of a search: a vector, what it is searched in, and its weight in the fusion.

    `using` is an encoder name, `sparse`, or `tags` (exact match of normalised tags, no vector). `languages`
    narrows the branch to passages in these languages; empty means all.
    """

    name: str
    using: str
    vector: npt.NDArray[np.float32] | SparseVector | tuple[str, ...]
    weight: float = 1.0
    limit: int = 50
    languages: tuple[Language, ...] = ()


class SearchRequest(NamedTuple):
    """One search: who asks, in which pack, the branches to fuse, and the user's narrowing filters.

    `scope` is what is in force unless the asker names a day or a revision; it holds for every branch.
    """

    pack: str
    principal: Principal
    branches: Sequence[Branch]
    limit: int
    filters: Mapping[str, Sequence[str]]
    rank_constant: int = 60
    scope: Scope = IN_FORCE


class IndexIdentity(NamedTuple):
    """What an index was built with; it refuses vectors of anything else."""

    encoders: Mapping[str, tuple[int, str]]
    """Encoder name -> (dimensions, fingerprint)."""
    analyser: str
    """Name and version of the lexical analysis."""


class ChunkStore(Protocol):
    """Durable store of chunks and vectors. Ids are deterministic: writing a chunk again replaces it."""

    engine: Literal["edge", "local", "server"]

    def upsert(self, items: Sequence[IndexedChunk]) -> None:
        """Write chunks; durable when it returns. Raises IndexUnavailableError, ResourceError (disk)."""
        ...

    def search(self, request: SearchRequest) -> list[Hit]:
        """Fused hits, best first; `Hit.scores` has the reciprocal-rank share of each branch by its name.

        One query to the engine (prefetch + weighted reciprocal rank fusion). Raises UsageError for a
        filter on an unknown field.
        """
        ...

    def delete_document(self, pack: str, document_id: str, *, keep: Sequence[str] = ()) -> None:
        """Delete the chunks of a document, of all its revisions, except the chunk ids in `keep`."""
        ...

    def mark(self, pack: str, edition: str, marks: Marks) -> None:
        """Say anew when the chunks of an edition are in force; durable when it returns."""
        ...

    def annotate(self, pack: str, twins: Mapping[str, Sequence[str]]) -> None:
        """Say which documents are near-duplicates of those of some editions; durable when it returns."""
        ...

    def delete_edition(self, pack: str, edition: str) -> None:
        """Delete the chunks of an edition."""
        ...

    def editions(self, pack: str) -> dict[str, int]:
        """Number of chunks per edition, in force or not."""
        ...

    def chunks(self, pack: str, document_id: str | None = None, *, edition: str | None = None) -> Iterator[Chunk]:
        """All chunks of a pack, of one of its documents or of one edition, by document and ordinal.

        Revisions out of force are among them: each chunk says its `status`.
        """
        ...

    def get(self, pack: str, chunk_ids: Sequence[str]) -> list[Chunk]:
        """Chunks by id, in the order given; unknown ids are left out."""
        ...

    def vectors(self, pack: str, chunk_ids: Sequence[str], encoder: str) -> dict[str, npt.NDArray[np.float32]]:
        """An encoder's vectors, of length 1, by chunk id; unknown ids are left out."""
        ...

    def count(self, pack: str | None = None) -> int:
        """Number of chunks, of one pack or all, in force or not."""
        ...

    def languages(self, pack: str) -> dict[Language, int]:
        """Number of chunks in force per language of a pack."""
        ...

    def tags(self, pack: str, principal: Principal, scope: Scope = IN_FORCE) -> Mapping[str, int]:
        """Number of passages per tag in normal form, over what the principal may read in that scope."""
        ...

    def optimise(self) -> None:
        """Build what makes searching fast; may take minutes. A no-op where the engine does it by itself."""
        ...

    def close(self) -> None:
        """Release files and connections."""
        ...
