"""What a point of the collection is: id, vectors and payload of one chunk, the same in every engine."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from walkdown.documents import Chunk
from walkdown.errors import UsageError
from walkdown.index.conditions import Conditions, of_pack, reader_keys
from walkdown.index.fusion import Candidate
from walkdown.index.standing import MARKS, Marks, day_of, status_at
from walkdown.index.store import IndexedChunk, IndexIdentity
from walkdown.text.lexical import SparseVector, term_id
from walkdown.text.tags import normal_form

LEXICAL, TAGS = "sparse", "tags"
"""Names of the two sparse vectors; every other vector is dense and has its encoder's name."""
PLACES = ("plant_unit", "document_type", "safety_topics")
KEYWORDS = ("pack", "readers", "language", "document_id", "revision", "edition", "site", "kind", "tags", *PLACES)
"""Payload fields with an index of their values; the marks have one of numbers."""
STORED_FIELDS = ("chunk", "twins", *MARKS)
"""Payload fields that make the chunk again."""
RANKING_FIELDS = ("document_id", "ordinal", "language", "tags")
"""Payload fields that ranking needs; the passage itself is read for the final hits only."""

_NAMESPACE = uuid.UUID("6f0f6a3e-5b0a-5d0e-9a53-0f2f1c7a7f10")


class Point(NamedTuple):
    """A chunk as the engines store it."""

    id: str
    dense: dict[str, list[float]]
    sparse: dict[str, SparseVector]
    payload: dict[str, Any]


class BranchQuery(NamedTuple):
    """One branch as the engines run it. `corpus` is the set of passages that a term's rarity is measured over."""

    using: str
    vector: list[float] | SparseVector
    conditions: Conditions
    corpus: Conditions
    limit: int


def point_id(pack: str, chunk_id: str) -> str:
    """The point of a chunk; the same chunk always has the same point."""
    return str(uuid.uuid5(_NAMESPACE, f"{pack}\0{chunk_id}"))


def tag_vector(tags: Sequence[str]) -> SparseVector:
    """One dimension of weight 1 per tag, so that the dot product counts the tags in common."""
    ids = sorted({term_id(tag) for tag in tags})
    return SparseVector(ids, [1.0] * len(ids))


def checked_dense(vector: npt.NDArray[np.float32], encoder: str, identity: IndexIdentity) -> list[float]:
    """A dense vector as floats.

    Raises UsageError when the index knows no such encoder, the dimension is another, or the vector is all zeros,
    infinite or not a number: one such vector would spoil every ranking it takes part in.
    """
    if encoder not in identity.encoders:
        known = ", ".join(identity.encoders) or "none"
        raise UsageError(f"The index has no vectors of encoder {encoder!r}.", f"Use its encoders: {known}.")
    array = np.asarray(vector, dtype=np.float32)
    expected = identity.encoders[encoder][0]
    if array.shape != (expected,):
        raise UsageError(
            f"A vector of encoder {encoder!r} has shape {array.shape}, the index holds ({expected},).",
            "Use the model that the index was built with.",
        )
    if not np.isfinite(array).all() or not array.any():
        raise UsageError(
            f"Encoder {encoder!r} gave a vector that is zero, infinite or not a number.",
            "Check the model's weights (`walkdown doctor`) and encode again.",
        )
    return array.tolist()  # type: ignore[no-any-return]  # numpy types tolist() as Any


def checked_sparse(vector: SparseVector) -> SparseVector:
    """A sparse vector. Raises UsageError when ids and weights do not pair up, repeat or are not finite."""
    indices, values = vector
    paired = len(indices) == len(values) == len(set(indices))
    if not paired or not np.isfinite(np.asarray(values, dtype=np.float64)).all():
        raise UsageError("A sparse vector is malformed.", "Make it with walkdown.text.lexical.")
    return vector


def to_point(item: IndexedChunk, identity: IndexIdentity) -> Point:
    """The point of a chunk. Raises UsageError for a chunk without a pack, vectors missing, unknown or spoilt."""
    chunk = item.chunk
    of_pack(chunk.pack)
    missing = identity.encoders.keys() - item.dense.keys()
    if missing:
        raise UsageError(
            f"Chunk {chunk.id!r} has no vector of encoder {', '.join(sorted(missing))}.",
            "Encode it with every encoder of the index.",
        )
    tags = sorted({normal_form(tag) for tag in chunk.tags})
    sparse = {LEXICAL: checked_sparse(item.sparse), TAGS: tag_vector(tags)}
    return Point(
        id=point_id(chunk.pack, chunk.id),
        dense={name: checked_dense(vector, name, identity) for name, vector in item.dense.items()},
        sparse={name: vector for name, vector in sparse.items() if vector.indices},
        payload={
            "pack": chunk.pack,
            "readers": reader_keys(chunk.access),
            "language": chunk.language,
            "document_id": chunk.document_id,
            "revision": chunk.revision,
            "edition": chunk.edition,
            "site": chunk.site,
            "kind": str(chunk.kind),
            "tags": tags,
            "ordinal": chunk.ordinal,
            "chunk": chunk.model_dump_json(exclude={"status", "effective_until", "twins"}, exclude_defaults=True),
            "plant_unit": chunk.plant_unit,
            "document_type": chunk.document_type,
            "safety_topics": list(chunk.safety_topics),
            "twins": list(chunk.twins),
            **item.marks._asdict(),
        },
    )


def stored_point(point: str, vectors: Mapping[str, Any], payload: Mapping[str, Any]) -> Point:
    """A point as an engine gives it back."""
    sparse = {
        name: SparseVector([int(i) for i in v.indices], [float(x) for x in v.values])
        for name, v in vectors.items()
        if name in (LEXICAL, TAGS)
    }
    dense = {name: [float(x) for x in v] for name, v in vectors.items() if name not in sparse}
    return Point(point, dense, sparse, dict(payload))


def to_chunk(payload: Mapping[str, Any], generation: int) -> Chunk:
    """The chunk of a stored payload, with what it is in a generation."""
    marks = Marks.of(payload)
    standing = {
        "status": status_at(marks, generation),
        "effective_until": day_of(marks.to_day),
        "twins": tuple(payload.get("twins") or ()),
    }
    return Chunk.model_validate_json(payload["chunk"]).model_copy(update=standing)


def to_candidate(point: str, score: float, payload: Mapping[str, Any]) -> Candidate:
    """A branch's find with what ranking needs."""
    return Candidate(
        point, score, payload["document_id"], payload["ordinal"], payload["language"], tuple(payload["tags"])
    )


def size_of(point: Point) -> int:
    """Bytes of a point, roughly."""
    numbers = sum(len(v) for v in point.dense.values()) + 2 * sum(len(v.indices) for v in point.sparse.values())
    return 4 * numbers + 4 * len(point.payload["chunk"])
