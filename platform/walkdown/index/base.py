"""What every engine does alike: check what comes in, put the filters into every branch, fuse, read the hits.

An engine adds eleven small operations on points and knows nothing of packs, principals or ranks, so two engines
cannot differ in who sees what.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, Self

import numpy as np
import numpy.typing as npt

from walkdown.documents import LANGUAGES, Chunk, Hit, Language, Principal
from walkdown.errors import UsageError
from walkdown.index.conditions import Condition, Conditions, mandatory, narrowing, of_pack
from walkdown.index.fusion import Candidate, Ranking, fuse, ranks_by_score, ranks_by_tags
from walkdown.index.kept_counts import KeptCounts
from walkdown.index.points import (
    LEXICAL,
    TAGS,
    BranchQuery,
    Point,
    checked_dense,
    checked_sparse,
    point_id,
    tag_vector,
    to_chunk,
    to_point,
)
from walkdown.index.standing import IN_FORCE, Generations, Marks, Scope, Unchanging, spans
from walkdown.index.store import Branch, IndexedChunk, IndexIdentity, SearchRequest
from walkdown.text.lexical import SparseVector
from walkdown.text.tags import normal_form

Change = tuple[Conditions, Mapping[str, int | list[str]]]
"""Points that fulfil conditions, and the payload fields they get."""
_READ_AT_ONCE = 256
_ATTEMPTS = 5


def _wanted_tags(branch: Branch) -> tuple[str, ...]:
    return tuple(dict.fromkeys(normal_form(str(tag)) for tag in branch.vector))


def _check(request: SearchRequest) -> None:
    of_pack(request.pack)
    names = [branch.name for branch in request.branches]
    if len(set(names)) < len(names):
        raise UsageError("Two branches of a search have one name.", "Name each branch differently.")
    if request.limit < 1 or any(branch.limit < 1 for branch in request.branches):
        raise UsageError("A search asks for less than one hit.", "Ask for at least one.")
    if request.rank_constant < 1:
        raise UsageError("The rank constant of a search is below one.", "Use 1 or more; 60 is usual.")
    if any(not branch.weight >= 0 for branch in request.branches):
        raise UsageError("A branch of a search has a negative weight.", "Use 0 or more.")


class StoreBase(ABC):
    """A `ChunkStore` over an engine's operations on points."""

    engine: Literal["edge", "local", "server"]

    def __init__(self, identity: IndexIdentity, generations: Generations | None = None) -> None:
        """`generations` says what is in force: the registry; without one the index never changes."""
        self._identity = identity
        self._generations = generations or Unchanging()
        self._counts = KeptCounts()

    def upsert(self, items: Sequence[IndexedChunk]) -> None:
        """Write chunks, replacing those of the same pack and id; durable when it returns.

        Nothing is written when any item is refused. Raises UsageError (vectors that do not fit the index),
        IndexUnavailableError, ResourceError (disk).
        """
        points = [to_point(item, self._identity) for item in items]
        if points:
            self._write(points)

    def search(self, request: SearchRequest) -> list[Hit]:
        """Fused hits, best first. Raises UsageError, IndexUnavailableError; see `ChunkStore.search`."""
        _check(request)
        for _ in range(_ATTEMPTS):
            generation = self._generations.current(request.pack)
            hits, whole = self._search(request, generation)
            if whole or generation == self._generations.current(request.pack):
                break
            # A passage that was in force when the search began has been replaced and removed: search what is now.
        return hits

    def _search(self, request: SearchRequest, generation: int) -> tuple[list[Hit], bool]:
        """Hits as of a generation, and whether all passages found could still be read."""
        narrow = narrowing(request.filters)
        # 1. One query per branch, each with the whole filter; all go to the engine in one call.
        planned = [
            (branch, query) for branch in request.branches if (query := self._plan(branch, request, generation, narrow))
        ]
        found = self._query([query for _, query in planned]) if planned else []
        # 2. Rank inside each branch, fuse the ranks.
        candidates = {candidate.id: candidate for branch in found for candidate in branch}
        rankings = [
            Ranking(branch.name, branch.weight, _ranks(branch, own, candidates))
            for (branch, _), own in zip(planned, found, strict=True)
        ]
        fused = fuse(rankings, candidates, request.limit, k=request.rank_constant)
        # 3. Read the passages of the winners.
        payloads = self._fetch([item.id for item in fused])
        hits = [
            Hit(chunk=to_chunk(payloads[item.id], generation), score=item.score, scores=item.shares)
            for item in fused
            if item.id in payloads
        ]
        return hits, len(hits) == len(fused)

    def _plan(self, branch: Branch, request: SearchRequest, generation: int, narrow: Conditions) -> BranchQuery | None:
        """The engine's query of a branch, or None when the branch can find nothing."""
        vector: list[float] | SparseVector
        # Rarity of a term is measured over what the asker may read: no statistics of others show in a rank.
        corpus = mandatory(request.pack, request.principal, request.scope, generation, branch.languages)
        conditions = (*corpus, *narrow)
        if branch.using == TAGS:
            wanted = _wanted_tags(branch)
            vector, conditions = tag_vector(wanted), (*conditions, Condition("tags", wanted))
        elif branch.using == LEXICAL:
            if not isinstance(branch.vector, SparseVector):
                raise UsageError(
                    f"Branch {branch.name!r} needs a sparse vector.", "Make it with walkdown.text.lexical."
                )
            vector = checked_sparse(branch.vector)
        else:
            vector = checked_dense(branch.vector, branch.using, self._identity)  # type: ignore[arg-type]  # checks it
        empty = isinstance(vector, SparseVector) and not vector.indices
        return (
            None if empty or branch.weight == 0 else BranchQuery(branch.using, vector, conditions, corpus, branch.limit)
        )

    def delete_document(self, pack: str, document_id: str, *, keep: Sequence[str] = ()) -> None:
        """Delete the chunks of a document, of all its revisions, except the chunk ids in `keep`."""
        conditions = (*of_pack(pack), Condition("document_id", (document_id,)))
        self._delete(conditions, [point_id(pack, chunk_id) for chunk_id in keep])

    def mark(self, pack: str, edition: str, marks: Marks) -> None:
        """Say anew when the chunks of an edition are in force; durable when it returns."""
        self._set([(_of_edition(pack, edition), marks._asdict())])

    def annotate(self, pack: str, twins: Mapping[str, Sequence[str]]) -> None:
        """Say which documents are near-duplicates of those of some editions; durable when it returns."""
        self._set([(_of_edition(pack, edition), {"twins": list(ids)}) for edition, ids in twins.items()])

    def delete_edition(self, pack: str, edition: str) -> None:
        """Delete the chunks of an edition."""
        self._delete(_of_edition(pack, edition), ())

    def editions(self, pack: str) -> dict[str, int]:
        """Number of chunks per edition, in force or not."""
        return dict(self._facet("edition", of_pack(pack)))

    def chunks(self, pack: str, document_id: str | None = None, *, edition: str | None = None) -> Iterator[Chunk]:
        """All chunks of a pack, of one of its documents or of one edition, by document and ordinal."""
        conditions = of_pack(pack) if edition is None else _of_edition(pack, edition)
        if document_id is not None:
            conditions = (*conditions, Condition("document_id", (document_id,)))
        generation = self._generations.current(pack)
        ordered = sorted((c.document_id, c.ordinal, c.id) for c in self._scroll(conditions))
        for start in range(0, len(ordered), _READ_AT_ONCE):
            ids = [point for _, _, point in ordered[start : start + _READ_AT_ONCE]]
            payloads = self._fetch(ids)
            yield from (to_chunk(payloads[point], generation) for point in ids if point in payloads)

    def get(self, pack: str, chunk_ids: Sequence[str]) -> list[Chunk]:
        """Chunks by id, in the order given; unknown ids are left out."""
        of_pack(pack)
        generation = self._generations.current(pack)
        ids = [point_id(pack, chunk_id) for chunk_id in chunk_ids]
        payloads = self._fetch(ids)
        return [to_chunk(payloads[point], generation) for point in ids if point in payloads]

    def vectors(self, pack: str, chunk_ids: Sequence[str], encoder: str) -> dict[str, npt.NDArray[np.float32]]:
        """An encoder's vectors, of length 1, by chunk id; unknown ids are left out."""
        of_pack(pack)
        ids = {point_id(pack, chunk_id): chunk_id for chunk_id in chunk_ids}
        found = self._vectors(list(ids), encoder) if ids and encoder in self._identity.encoders else {}
        rows = {ids[point]: np.asarray(vector, np.float32) for point, vector in found.items()}
        return {chunk_id: row / np.linalg.norm(row) for chunk_id, row in rows.items()}

    def count(self, pack: str | None = None) -> int:
        """Number of chunks, of one pack or all, in force or not."""
        return self._count(() if pack is None else of_pack(pack))

    def languages(self, pack: str) -> dict[Language, int]:
        """Number of chunks in force per language of a pack."""
        generation = self._generations.current(pack)
        counts = self._counted("language", pack, generation, (*of_pack(pack), *spans(IN_FORCE, generation)))
        return {language: counts[language] for language in LANGUAGES if counts.get(language)}

    def tags(self, pack: str, principal: Principal, scope: Scope = IN_FORCE) -> Mapping[str, int]:
        """Number of passages per tag, over what the principal may read."""
        generation = self._generations.current(pack)
        conditions = mandatory(pack, principal, scope, generation)
        return (
            self._counted("tags", pack, generation, conditions) if scope.in_force else self._facet("tags", conditions)
        )

    def _counted(self, key: str, pack: str, generation: int, conditions: Conditions) -> Mapping[str, int]:
        """A facet over what is in force in a generation; the conditions are part of what it is kept under."""
        if isinstance(self._generations, Unchanging):
            return self._facet(key, conditions)
        return self._counts.get((key, pack, generation, conditions), lambda: self._facet(key, conditions))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @abstractmethod
    def optimise(self) -> None:
        """Build what makes searching fast."""

    @abstractmethod
    def close(self) -> None:
        """Release files and connections."""

    @abstractmethod
    def _write(self, points: Sequence[Point]) -> None:
        """Write points durably."""

    @abstractmethod
    def _query(self, queries: Sequence[BranchQuery]) -> list[list[Candidate]]:
        """Run all queries in one call; candidates per query, best first."""

    @abstractmethod
    def _fetch(self, ids: Sequence[str]) -> Mapping[str, Mapping[str, Any]]:
        """Payloads by point id; unknown ids are left out."""

    @abstractmethod
    def _vectors(self, ids: Sequence[str], encoder: str) -> Mapping[str, Sequence[float]]:
        """Vectors of an encoder by point id; unknown ids are left out."""

    @abstractmethod
    def _scroll(self, conditions: Conditions) -> Iterator[Candidate]:
        """All points that fulfil the conditions, in any order, with score 0."""

    @abstractmethod
    def export(self) -> Iterator[list[Point]]:
        """All points with their vectors, in batches: to copy them elsewhere or to encode them anew."""

    def take_over(self, points: Sequence[Point]) -> None:
        """Write points as another index of the same identity exported them; durable when it returns."""
        self._write(points)

    @abstractmethod
    def _set(self, changes: Sequence[Change]) -> None:
        """Set payload fields of the points that fulfil the conditions of each change, durably: waits for the disk once.

        A wait for the disk takes longer than hundreds of changes.
        """

    @abstractmethod
    def _delete(self, conditions: Conditions, keep: Sequence[str]) -> None:
        """Delete the points that fulfil the conditions, except the point ids in `keep`."""

    @abstractmethod
    def _count(self, conditions: Conditions) -> int:
        """Number of points that fulfil the conditions."""

    @abstractmethod
    def _facet(self, key: str, conditions: Conditions) -> Mapping[str, int]:
        """Number of points per value of a payload field."""


def _of_edition(pack: str, edition: str) -> Conditions:
    if not edition:
        raise UsageError("No edition is named.", "Name the edition whose passages are meant.")
    return (*of_pack(pack), Condition("edition", (edition,)))


def _ranks(branch: Branch, own: Sequence[Candidate], everyone: Mapping[str, Candidate]) -> dict[str, int]:
    if branch.using == TAGS:
        return ranks_by_tags(everyone.values(), _wanted_tags(branch), branch.languages)
    return ranks_by_score(own)
