"""The index on a Qdrant server, for more passages than one machine's memory or more than one Walkdown process."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, cast

import httpx
from qdrant_client import QdrantClient, models
from qdrant_client.http.exceptions import ApiException, UnexpectedResponse
from qdrant_client.local.qdrant_local import QdrantLocal

from walkdown.errors import IndexUnavailableError, WalkdownError
from walkdown.index import identity as identities
from walkdown.index.base import Change, StoreBase
from walkdown.index.conditions import Conditions
from walkdown.index.fusion import Candidate
from walkdown.index.points import (
    KEYWORDS,
    LEXICAL,
    RANKING_FIELDS,
    STORED_FIELDS,
    TAGS,
    BranchQuery,
    Point,
    stored_point,
    to_candidate,
)
from walkdown.index.standing import MARKS, Generations, Span
from walkdown.index.store import IndexIdentity
from walkdown.text.lexical import SparseVector
from walkdown.tls import tls_fault, trusted

COLLECTION = "walkdown"
EXACT_LIMIT = 20_000
"""Points up to which searches scan everything; the server's graph is approximate and pays off only beyond."""
TIMEOUT = 30
"""Seconds for one call."""
_GRAPH_EFFORT = 256
_WRITE_AT_ONCE = 128
_SCROLL_AT_ONCE = 2000
_MAX_VALUES = 1_000_000

_ERRNO = re.compile(r"\[Errno -?\d+\] ?")


def connect(url: str, api_key: str = "") -> QdrantClient:
    """A client of a Qdrant server; nothing is sent yet."""
    verify = trusted() if url.lower().startswith("https:") else True
    client = QdrantClient(url=url, api_key=api_key or None, timeout=TIMEOUT, check_compatibility=False, verify=verify)
    # Said by its errors; the client keeps no record of what it was given.
    client.init_options["url"] = url
    return client


class QdrantServerStore(StoreBase):
    """A `ChunkStore` in one collection of a Qdrant server.

    The client is the caller's choice; the in-memory mode of qdrant-client stands in for a server in tests.
    """

    def __init__(
        self,
        client: QdrantClient,
        identity: IndexIdentity,
        generations: Generations | None = None,
        *,
        collection: str = COLLECTION,
        aliased: bool = True,
    ) -> None:
        """Open the collection, making it when there is none.

        Raises IndexUnavailableError (server unreachable or too old, collection built with other models).
        """
        super().__init__(identity, generations)
        self._client = client
        self._collection = collection
        self.engine = "local" if isinstance(client._client, QdrantLocal) else "server"  # noqa: SLF001 - no public test for it
        self._exact: bool | None = None
        with self._errors():
            if collection not in _aliases(client) and not client.collection_exists(collection):
                # A name for a name: a rebuilt index takes its place in one step.
                self._create(f"{collection}-1" if aliased else collection)
                if aliased:
                    point_alias(client, collection, f"{collection}-1")
            found = client.get_collection(collection).config.metadata or {}
        identities.require_same(found, identity, f"the Qdrant server, collection {collection!r},")

    @classmethod
    def make(cls, client: QdrantClient, identity: IndexIdentity, name: str) -> "QdrantServerStore":
        """A new, empty index in a collection of its own."""
        return cls(client, identity, collection=name, aliased=False)

    def _create(self, name: str) -> None:
        try:
            self._client.create_collection(
                name,
                vectors_config={
                    name: models.VectorParams(size=dim, distance=models.Distance.COSINE)
                    for name, (dim, _) in self._identity.encoders.items()
                },
                sparse_vectors_config={
                    LEXICAL: models.SparseVectorParams(modifier=models.Modifier.IDF),
                    TAGS: models.SparseVectorParams(),
                },
                metadata=identities.to_json(self._identity),
            )
        except UnexpectedResponse as error:
            if error.status_code != httpx.codes.CONFLICT:  # another process made it in the meantime
                raise
        if self.engine == "local":
            return  # has no payload indexes and warns about each
        for field in KEYWORDS:
            schema = models.KeywordIndexParams(type=models.KeywordIndexType.KEYWORD, is_tenant=field == "pack")
            self._client.create_payload_index(name, field, schema, wait=True)
        for field in MARKS:
            numbers = models.IntegerIndexParams(type=models.IntegerIndexType.INTEGER, lookup=False, range=True)
            self._client.create_payload_index(name, field, numbers, wait=True)

    def _write(self, points: Sequence[Point]) -> None:
        self._exact = None
        for start in range(0, len(points), _WRITE_AT_ONCE):
            batch = [_server_point(point) for point in points[start : start + _WRITE_AT_ONCE]]
            with self._errors():
                self._client.upsert(self._collection, batch, wait=True)

    def _query(self, queries: Sequence[BranchQuery]) -> list[list[Candidate]]:
        with self._errors():
            if self._exact is None:
                self._exact = self._client.count(self._collection, exact=False).count <= EXACT_LIMIT
            requests = [_request(query, exact=self._exact) for query in queries]
            found = self._client.query_batch_points(self._collection, requests)
        return [[to_candidate(str(p.id), p.score, p.payload or {}) for p in branch.points] for branch in found]

    def _fetch(self, ids: Sequence[str]) -> Mapping[str, Mapping[str, Any]]:
        if not ids:
            return {}
        with self._errors():
            records = self._client.retrieve(self._collection, list(ids), with_payload=list(STORED_FIELDS))
        return {str(record.id): record.payload for record in records if record.payload}

    def _vectors(self, ids: Sequence[str], encoder: str) -> Mapping[str, Sequence[float]]:
        with self._errors():
            records = self._client.retrieve(self._collection, list(ids), with_payload=False, with_vectors=[encoder])
        return {str(record.id): cast("Any", record.vector)[encoder] for record in records if record.vector}

    def _scroll(self, conditions: Conditions) -> Iterator[Candidate]:
        offset: Any = None
        while True:
            with self._errors():
                records, offset = self._client.scroll(
                    self._collection,
                    scroll_filter=_filter(conditions),
                    limit=_SCROLL_AT_ONCE,
                    offset=offset,
                    with_payload=list(RANKING_FIELDS),
                )
            yield from (to_candidate(str(r.id), 0.0, r.payload or {}) for r in records)
            if offset is None:
                return

    def export(self) -> Iterator[list[Point]]:
        """All points with their vectors, in batches."""
        offset: Any = None
        while True:
            with self._errors():
                records, offset = self._client.scroll(
                    self._collection, limit=_WRITE_AT_ONCE, offset=offset, with_payload=True, with_vectors=True
                )
            if records:
                yield [stored_point(str(r.id), cast("Any", r.vector) or {}, r.payload or {}) for r in records]
            if offset is None:
                return

    def _set(self, changes: Sequence[Change]) -> None:
        for start in range(0, len(changes), _WRITE_AT_ONCE):
            operations = [
                models.SetPayloadOperation(
                    set_payload=models.SetPayload(payload=dict(payload), filter=_filter(conditions))
                )
                for conditions, payload in changes[start : start + _WRITE_AT_ONCE]
            ]
            with self._errors():
                self._client.batch_update_points(self._collection, operations, wait=True)

    def _delete(self, conditions: Conditions, keep: Sequence[str]) -> None:
        self._exact = None
        with self._errors():
            selector = models.FilterSelector(filter=_filter(conditions, keep))
            self._client.delete(self._collection, selector, wait=True)

    def _count(self, conditions: Conditions) -> int:
        with self._errors():
            return self._client.count(self._collection, count_filter=_filter(conditions), exact=True).count

    def _facet(self, key: str, conditions: Conditions) -> Mapping[str, int]:
        with self._errors():
            found = self._client.facet(
                self._collection, key, facet_filter=_filter(conditions), limit=_MAX_VALUES, exact=True
            )
        return {str(hit.value): hit.count for hit in found.hits}

    def optimise(self) -> None:
        """Nothing: a Qdrant server builds its graph by itself."""

    def close(self) -> None:
        """Close the connections; again is harmless."""
        self._client.close()

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except WalkdownError:
            raise
        except (ApiException, httpx.HTTPError, OSError, RuntimeError, ValueError) as error:
            url = str(self._client.init_options.get("url") or "")
            if fault := tls_fault(error, url, "WALKDOWN_QDRANT_URL"):
                raise IndexUnavailableError(f"The Qdrant server at {url} {fault.says}.", f"{fault.remedy}.") from error
            raise IndexUnavailableError(
                f"The Qdrant server{f' at {url}' if url else ''} did not do as asked ({_said(error)}).",
                "Check that it runs, and its address (WALKDOWN_QDRANT_URL or --to) and key; then try again.",
            ) from error


def _said(error: Exception) -> str:
    """What an error says, without the number that the system gives it."""
    return _ERRNO.sub("", str(error)).strip() or type(error).__name__


def _aliases(client: QdrantClient) -> dict[str, str]:
    return {alias.alias_name: alias.collection_name for alias in client.get_aliases().aliases}


def point_alias(client: QdrantClient, alias: str, collection: str) -> str:
    """Let a name stand for a collection from now on, in one step; returns the collection it stood for, or ""."""
    before = _aliases(client).get(alias, "")
    make = models.CreateAliasOperation(create_alias=models.CreateAlias(collection_name=collection, alias_name=alias))
    drop = [models.DeleteAliasOperation(delete_alias=models.DeleteAlias(alias_name=alias))] if before else []
    client.update_collection_aliases([*drop, make])
    return before


def _filter(conditions: Conditions, keep: Sequence[str] = ()) -> models.Filter:
    must: list[Any] = [
        models.FieldCondition(key=c.key, range=models.Range(gt=c.above, lte=c.at_most))
        if isinstance(c, Span)
        else models.FieldCondition(key=c.key, match=models.MatchAny(any=list(c.values)))
        for c in conditions
    ]
    return models.Filter(must=must, must_not=[models.HasIdCondition(has_id=list(keep))] if keep else None)


def _vector(vector: list[float] | SparseVector) -> Any:
    if isinstance(vector, SparseVector):
        return models.SparseVector(indices=vector.indices, values=vector.values)
    return vector


def _request(query: BranchQuery, *, exact: bool) -> models.QueryRequest:
    idf = models.IdfCorpusParams(corpus=_filter(query.corpus)) if query.using == LEXICAL else None
    exact = exact and not isinstance(query.vector, SparseVector)
    return models.QueryRequest(
        query=_vector(query.vector),
        using=query.using,
        filter=_filter(query.conditions),
        limit=query.limit,
        params=models.SearchParams(hnsw_ef=_GRAPH_EFFORT, exact=exact, idf=idf),
        with_payload=list(RANKING_FIELDS),
    )


def _server_point(point: Point) -> models.PointStruct:
    vectors: dict[str, Any] = {**point.dense, **{name: _vector(vector) for name, vector in point.sparse.items()}}
    return models.PointStruct(id=point.id, vector=vectors, payload=point.payload)
