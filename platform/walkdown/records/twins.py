"""Near-duplicates: documents of a pack whose wording is nearly the same, as the procedures of twin units are.

Sketches (MinHash) are kept by edition; alike are those that share at least `ALIKE` of their places, an estimate of the
share of common word triples. Twins are found among documents in force and written to their passages in the index.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from sqlalchemy import delete, select

from walkdown.documents import SKETCH, DocumentStatus
from walkdown.index.store import ChunkStore
from walkdown.records.database import SketchRow
from walkdown.records.registry import Registry

ALIKE = 0.6
_BAND = 4
_MAX_BUCKET = 200
"""Documents in one bucket beyond which it says nothing (a form filled in a thousand times)."""
_AT_ONCE = 256
"""Editions whose passages are marked in one write."""
_UNSETTLED = ["\0"]
"""Kept in place of an edition's twins while its passages are marked: a run killed then may have marked them."""


class Twins:
    """The near-duplicates of one pack."""

    def __init__(self, registry: Registry, store: ChunkStore, pack: str) -> None:
        self._registry = registry
        self._store = store
        self._pack = pack

    def keep(self, sketches: Mapping[str, Sequence[int]]) -> None:
        """Keep the sketches of editions that are about to be published."""
        with self._registry.database.transaction() as session:
            own = select(SketchRow.edition).where(SketchRow.pack == self._pack, SketchRow.edition.in_(list(sketches)))
            marked = set(session.scalars(own))
            for edition, sketch in sketches.items():
                # Passages of an edition that is written again lose their marks, unless the run ends before.
                twins = _UNSETTLED if edition in marked else []
                session.merge(SketchRow(pack=self._pack, edition=edition, sketch=list(sketch), twins=twins))

    def link(self) -> dict[str, tuple[str, ...]]:
        """Find the twins among documents in force and mark their passages; returns those that have some."""
        records = [record for record in self._registry.documents(self._pack) if record.edition]
        known = {record.edition for record in records}
        ids = {record.edition: record.id for record in records if record.status is DocumentStatus.IN_FORCE}
        with self._registry.database.transaction() as session:
            rows = list(session.scalars(select(SketchRow).where(SketchRow.pack == self._pack)))
        found = find_twins({ids[row.edition]: row.sketch for row in rows if row.edition in ids})
        wanted = {row.edition: list(found.get(ids.get(row.edition, ""), ())) for row in rows}
        changed = [row.edition for row in rows if row.edition in known and row.twins != wanted[row.edition]]
        for some in _batches(changed):
            # Each write is waited for on the disk, so a thousand documents are marked in a few of them.
            # They are noted first: killed in between, the next run marks them again, whatever they are then.
            self._note(dict.fromkeys(some, _UNSETTLED))
            self._store.annotate(self._pack, {edition: wanted[edition] for edition in some})
            self._note({edition: wanted[edition] for edition in some})
        with self._registry.database.transaction() as session:
            for some in _batches(sorted(wanted.keys() - known)):
                old = delete(SketchRow).where(SketchRow.pack == self._pack, SketchRow.edition.in_(some))
                session.execute(old)
        return found

    def _note(self, twins: Mapping[str, list[str]]) -> None:
        with self._registry.database.transaction() as session:
            own = select(SketchRow).where(SketchRow.pack == self._pack, SketchRow.edition.in_(list(twins)))
            for row in session.scalars(own):
                row.twins = list(twins[row.edition])


def twins_of(registry: Registry, pack: str) -> dict[str, tuple[str, ...]]:
    """The twins of each edition of a pack that has some."""
    with registry.database.transaction() as session:
        rows = session.execute(select(SketchRow.edition, SketchRow.twins).where(SketchRow.pack == pack))
        return {edition: tuple(twins) for edition, twins in rows if twins and twins != _UNSETTLED}


def find_twins(sketches: Mapping[str, Sequence[int]]) -> dict[str, tuple[str, ...]]:
    """Documents that are alike, by document, in order of their ids."""
    ids = sorted(sketches)
    table = np.array([sketches[document_id] for document_id in ids], dtype=np.int64)
    buckets: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for place, document_id in enumerate(ids):
        for key in _bands(sketches[document_id]):
            buckets[key].append(place)
    found: dict[str, tuple[str, ...]] = {}
    for place, document_id in enumerate(ids):
        shared = [buckets[key] for key in _bands(sketches[document_id])]
        near = {other for bucket in shared if len(bucket) <= _MAX_BUCKET for other in bucket} - {place}
        if near:
            others = np.array(sorted(near))
            alike = others[(table[others] == table[place]).sum(axis=1) >= ALIKE * SKETCH]
            if len(alike):
                found[document_id] = tuple(ids[other] for other in alike)
    return found


def _batches(editions: Sequence[str]) -> Iterator[Sequence[str]]:
    return (editions[start : start + _AT_ONCE] for start in range(0, len(editions), _AT_ONCE))


def _bands(sketch: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """The parts of a sketch with their places; documents that share one are compared."""
    return ((start, *sketch[start : start + _BAND]) for start in range(0, len(sketch), _BAND))
