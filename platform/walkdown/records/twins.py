"""Near-duplicates: documents of a pack whose wording is nearly the same, as the procedures of twin units are.

Sketches (MinHash) are kept by edition; alike are those that share at least `ALIKE` of their places, an estimate of the
share of common word triples. Twins are found among documents in force and written to their passages in the index.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations

from sqlalchemy import delete, select

from walkdown.documents import DocumentStatus
from walkdown.index.store import ChunkStore
from walkdown.records.database import SketchRow
from walkdown.records.registry import Registry

SKETCH = 64
"""Numbers of a sketch."""
ALIKE = 0.6
_BAND = 4
_MAX_BUCKET = 200
"""Documents in one bucket beyond which it says nothing (a form filled in a thousand times)."""


class Twins:
    """The near-duplicates of one pack."""

    def __init__(self, registry: Registry, store: ChunkStore, pack: str) -> None:
        self._registry = registry
        self._store = store
        self._pack = pack

    def keep(self, sketches: Mapping[str, Sequence[int]]) -> None:
        """Keep the sketches of editions that are about to be published."""
        with self._registry.database.transaction() as session:
            for edition, sketch in sketches.items():
                session.merge(SketchRow(pack=self._pack, edition=edition, sketch=list(sketch), twins=[]))

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
        for edition in changed:
            self._store.annotate(self._pack, edition, wanted[edition])
        with self._registry.database.transaction() as session:
            for edition in changed:
                row = session.get(SketchRow, (self._pack, edition))
                if row is not None:
                    row.twins = wanted[edition]
            for edition in wanted.keys() - known:
                session.execute(delete(SketchRow).where(SketchRow.pack == self._pack, SketchRow.edition == edition))
        return found


def twins_of(registry: Registry, pack: str) -> dict[str, tuple[str, ...]]:
    """The twins of each edition of a pack that has some."""
    with registry.database.transaction() as session:
        rows = session.execute(select(SketchRow.edition, SketchRow.twins).where(SketchRow.pack == pack))
        return {edition: tuple(twins) for edition, twins in rows if twins}


def find_twins(sketches: Mapping[str, Sequence[int]]) -> dict[str, tuple[str, ...]]:
    """Documents that are alike, by document, in order of their ids."""
    buckets: dict[tuple[int, ...], list[str]] = defaultdict(list)
    for document_id in sorted(sketches):
        sketch = sketches[document_id]
        for start in range(0, len(sketch), _BAND):
            buckets[start, *sketch[start : start + _BAND]].append(document_id)
    pairs = {pair for bucket in buckets.values() if 1 < len(bucket) <= _MAX_BUCKET for pair in combinations(bucket, 2)}
    found: dict[str, list[str]] = defaultdict(list)
    for one, other in sorted(pairs):
        same = sum(a == b for a, b in zip(sketches[one], sketches[other], strict=True))
        if same >= ALIKE * SKETCH:
            found[one].append(other)
            found[other].append(one)
    return {document_id: tuple(sorted(others)) for document_id, others in found.items()}
