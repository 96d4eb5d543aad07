"""The embedded index: Qdrant's engine inside this process (qdrant-edge), the default without any server.

In its directory lie `lock` (who has it open), `index.json` (what it was built with and which shard is the current
one) and the shard. Up to `EXACT_LIMIT` passages every search is an exact scan, so nothing is ever missed; beyond,
`optimise` builds an approximate graph.
"""

import json
import shutil
import threading
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, cast

import qdrant_edge as edge

from walkdown.errors import IndexUnavailableError, ResourceError
from walkdown.index import identity as identities
from walkdown.index.base import Change, StoreBase
from walkdown.index.conditions import Conditions
from walkdown.index.engine_errors import engine_errors
from walkdown.index.fusion import Candidate
from walkdown.index.lock import DirectoryLock
from walkdown.index.manifest import next_shard, remove_leftovers, replace_manifest
from walkdown.index.optimise import optimised_copy
from walkdown.index.points import (
    KEYWORDS,
    LEXICAL,
    RANKING_FIELDS,
    STORED_FIELDS,
    TAGS,
    BranchQuery,
    Point,
    size_of,
    stored_point,
    to_candidate,
)
from walkdown.index.standing import MARKS, Generations, Span
from walkdown.index.store import IndexIdentity
from walkdown.text.lexical import SparseVector

EXACT_LIMIT = 100_000
"""Points up to which searches scan everything: 60 to 80 ms for six branches at this size on two cores."""
MIN_FREE_BYTES = 512 * 2**20
"""Space that must stay free when passages are written: on a full disk the engine does not raise, it ends the process
(SIGBUS)."""
MIN_FREE_TO_OPEN = 64 * 2**20
"""Space that must be there to open an index, which finishes what a killed process began, and to mark passages."""
_GRAPH_EFFORT = 256
_WRITE_AT_ONCE = 256
_SCROLL_AT_ONCE = 2000
_MAX_VALUES = 1_000_000


class EdgeStore(StoreBase):
    """A `ChunkStore` in a directory. Threads may share it: searches run side by side, writes one after another."""

    engine: Literal["edge", "local", "server"] = "edge"

    def __init__(
        self,
        directory: Path,
        identity: IndexIdentity,
        generations: Generations | None = None,
        *,
        exact_limit: int = EXACT_LIMIT,
        min_free_bytes: int = MIN_FREE_BYTES,
        patience: float = 0.0,
    ) -> None:
        """Open the index, making it when there is none; another process is waited for `patience` seconds.

        Raises IndexUnavailableError (held by another process, built with other models, damaged), ResourceError.
        """
        super().__init__(identity, generations)
        self._directory = directory
        self._exact_limit = exact_limit
        self._min_free_bytes = min_free_bytes
        self._writing = threading.Lock()
        self._require_space(0, self._least_free() if self._manifest.exists() else min_free_bytes)
        self._lock = DirectoryLock(directory / "lock", patience)
        self._optimised = 0
        try:
            self._name, self._shard = self._open()
        except BaseException:
            self._lock.release()
            raise
        self._points = self._current.info().points_count

    @property
    def _manifest(self) -> Path:
        return self._directory / "index.json"

    @property
    def _current(self) -> edge.EdgeShard:
        """The shard. Readers keep their own reference, so a shard that is replaced lives until its last reader ends."""
        shard = self._shard
        if shard is None:
            raise IndexUnavailableError("The index is closed.", "Open it again.")
        return shard

    def _open(self) -> tuple[str, edge.EdgeShard | None]:
        if self._manifest.exists():
            with engine_errors():
                manifest = json.loads(self._manifest.read_text("utf-8"))
                identities.require_same(manifest["identity"], self._identity, str(self._directory))
                name, self._optimised = str(manifest["shard"]), int(manifest["optimised"])
                shard = edge.EdgeShard.load(str(self._directory / name))
            remove_leftovers(self._directory, keep=name)
            return name, shard
        name = "shard-1"
        remove_leftovers(self._directory)
        with engine_errors():
            shard = edge.EdgeShard.create(str(self._directory / name), _config(self._identity))
            for field in KEYWORDS:
                parameters = edge.KeywordIndexParams(is_tenant=field == "pack")
                shard.update(edge.UpdateOperation.create_field_index(field, parameters))
            for field in MARKS:
                shard.update(edge.UpdateOperation.create_field_index(field, edge.IntegerIndexParams(range=True)))
            shard.flush()
        self._point_to(name, optimised=0)
        return name, shard

    def _point_to(self, name: str, optimised: int) -> None:
        """Make a shard the current one, in one atomic step."""
        replace_manifest(self._manifest, name, optimised, self._identity)

    def _least_free(self) -> int:
        """Free bytes with which it is safe to answer questions: only new passages need more.

        What a killed process left in the log is written when the index is opened.
        """
        logged = sum(path.stat().st_blocks * 512 for path in self._directory.glob("shard-*/wal/*"))
        return min(self._min_free_bytes, MIN_FREE_TO_OPEN + 2 * logged)

    def _require_space(self, needed: int, kept_free: int | None = None) -> None:
        kept_free = self._min_free_bytes if kept_free is None else kept_free
        try:
            self._directory.mkdir(parents=True, exist_ok=True)
            free = shutil.disk_usage(self._directory).free
        except OSError as error:
            raise ResourceError(
                f"The index directory cannot be used ({error}).", "Choose another WALKDOWN_HOME."
            ) from None
        if free < needed + kept_free:
            wanted = (needed + kept_free) >> 20
            raise ResourceError(
                f"The disk of {self._directory} has {free >> 20} MB free, the index needs {wanted} MB.",
                "Free some space, or put WALKDOWN_HOME on another disk.",
            )

    def _write(self, points: Sequence[Point]) -> None:
        # Twice the raw size for the log and the segment, and as much again for what the segment grows by.
        self._require_space(4 * sum(size_of(point) for point in points))
        with self._writing, engine_errors():
            shard = self._current
            for start in range(0, len(points), _WRITE_AT_ONCE):
                batch = [_edge_point(point) for point in points[start : start + _WRITE_AT_ONCE]]
                shard.update(edge.UpdateOperation.upsert_points(batch))
            shard.flush()
            self._points = shard.info().points_count

    def _query(self, queries: Sequence[BranchQuery]) -> list[list[Candidate]]:
        requests = [self._request(query) for query in queries]
        with engine_errors():
            found = self._current.query_batch(edge.QueryBatchRequest(requests))
        return [[to_candidate(str(p.id), p.score, p.payload or {}) for p in branch] for branch in found]

    def _request(self, query: BranchQuery) -> edge.QueryRequest:
        vector: Any = query.vector
        if isinstance(query.vector, SparseVector):
            vector = edge.SparseVector(query.vector.indices, query.vector.values)
        idf = edge.IdfParams(_filter(query.corpus)) if query.using == LEXICAL else None
        exact = self._points <= self._exact_limit and not isinstance(query.vector, SparseVector)
        return edge.QueryRequest(
            limit=query.limit,
            query=edge.Query.Nearest(vector, query.using),
            filter=_filter(query.conditions),
            params=edge.SearchParams(hnsw_ef=_GRAPH_EFFORT, exact=exact, idf=idf),
            with_payload=list(RANKING_FIELDS),
        )

    def _fetch(self, ids: Sequence[str]) -> Mapping[str, Mapping[str, Any]]:
        with engine_errors():
            records = self._current.retrieve(list(ids), with_payload=list(STORED_FIELDS), with_vector=False)
        return {str(record.id): record.payload for record in records if record.payload}

    def _vectors(self, ids: Sequence[str], encoder: str) -> Mapping[str, Sequence[float]]:
        with engine_errors():
            records = self._current.retrieve(list(ids), with_payload=False, with_vector=[encoder])
        return {str(record.id): cast("Any", record.vector)[encoder] for record in records if record.vector}

    def _scroll(self, conditions: Conditions) -> Iterator[Candidate]:
        offset = None
        while True:
            request = edge.ScrollRequest(
                offset, _SCROLL_AT_ONCE, _filter(conditions), with_payload=list(RANKING_FIELDS), with_vector=False
            )
            with engine_errors():
                records, offset = self._current.scroll(request)
            yield from (to_candidate(str(r.id), 0.0, r.payload or {}) for r in records)
            if offset is None:
                return

    def export(self) -> Iterator[list[Point]]:
        """All points with their vectors, in batches."""
        offset = None
        while True:
            request = edge.ScrollRequest(offset, _WRITE_AT_ONCE, None, with_payload=True, with_vector=True)
            with engine_errors():
                records, offset = self._current.scroll(request)
            if records:
                yield [stored_point(str(r.id), cast("Any", r.vector) or {}, r.payload or {}) for r in records]
            if offset is None:
                return

    def _set(self, changes: Sequence[Change]) -> None:
        self._require_space(0, self._least_free())
        with self._writing, engine_errors():
            shard = self._current
            for conditions, payload in changes:
                shard.update(edge.UpdateOperation.set_payload_by_filter(_filter(conditions), dict(payload)))
            shard.flush()

    def _delete(self, conditions: Conditions, keep: Sequence[str]) -> None:
        with self._writing, engine_errors():
            shard, doomed = self._current, _filter(conditions, keep)
            if not shard.count(edge.CountRequest(exact=True, filter=doomed)):
                return  # spares the flush: ingestion asks after every document
            shard.update(edge.UpdateOperation.delete_points_by_filter(doomed))
            shard.flush()
            self._points = shard.info().points_count

    def _count(self, conditions: Conditions) -> int:
        with engine_errors():
            return self._current.count(edge.CountRequest(exact=True, filter=_filter(conditions)))

    def _facet(self, key: str, conditions: Conditions) -> Mapping[str, int]:
        with engine_errors():
            hits = self._current.facet(edge.FacetRequest(key, _MAX_VALUES, exact=True, filter=_filter(conditions))).hits
        return {str(hit.value): hit.count for hit in hits}

    def optimise(self) -> None:
        """Build the search graph when the index has outgrown exact scans; again when a tenth of that was added.

        Searches go on; writes wait meanwhile.
        Raises ResourceError when the disk has no room for a second copy, IndexUnavailableError when it fails; the
        index is then as before.
        """
        with self._writing:
            shard, points = self._current, self._points
            if points <= self._exact_limit or points - self._optimised <= self._exact_limit // 10:
                return
            with engine_errors():
                shard.flush()
            old = self._directory / self._name
            self._require_space(3 * sum(path.stat().st_size for path in old.rglob("*") if path.is_file()))
            name = next_shard(self._directory)
            optimised_copy(old, self._directory / name)
            with engine_errors():
                new = edge.EdgeShard.load(str(self._directory / name))
            self._point_to(name, optimised=points)
            self._name, self._optimised, self._shard = name, points, new
            remove_leftovers(self._directory, keep=name)

    def close(self) -> None:
        """Let others open the index; again is harmless. Everything written is durable already."""
        with self._writing:
            self._shard = None
            self._lock.release()


def _config(identity: IndexIdentity) -> edge.EdgeConfig:
    dense = {name: edge.EdgeVectorParams(dim, edge.Distance.Cosine) for name, (dim, _) in identity.encoders.items()}
    sparse = {
        LEXICAL: edge.EdgeSparseVectorParams(modifier=edge.Modifier.Idf),
        TAGS: edge.EdgeSparseVectorParams(),
    }
    return edge.EdgeConfig(vectors=dense, sparse_vectors=sparse)


def _filter(conditions: Conditions, keep: Sequence[str] = ()) -> edge.Filter:
    must: list[Any] = [
        edge.FieldCondition(c.key, range=edge.RangeFloat(gt=c.above, lte=c.at_most))
        if isinstance(c, Span)
        else edge.FieldCondition(c.key, edge.MatchAny(list(c.values)))
        for c in conditions
    ]
    return edge.Filter(must=must, must_not=[edge.HasIdCondition(set(keep))] if keep else None)


def _edge_point(point: Point) -> edge.Point:
    vectors: dict[str, Any] = dict(point.dense)
    vectors |= {name: edge.SparseVector(v.indices, v.values) for name, v in point.sparse.items()}
    return edge.Point(point.id, vectors, point.payload)
