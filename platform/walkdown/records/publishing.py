"""Changes what is in force, in index and registry together, so that a reader sees it before or after, never between.

The order survives being killed anywhere: note which editions are touched; write passages and marks for the coming
generation, which nobody sees yet; commit entries and generation in one transaction; remove what was replaced; forget
the note. Whoever comes next and finds a note brings the index back to what the registry says.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import NamedTuple

from walkdown.documents import DocumentStatus
from walkdown.errors import UsageError
from walkdown.index.standing import day_at_plant, today
from walkdown.index.store import ChunkStore, IndexedChunk
from walkdown.records.entries import DocumentRecord
from walkdown.records.registry import Registry, unknown
from walkdown.records.revisions import ABSENT, VALID_UNTIL, admit, expired, marked, order, settle

_MIN_SHA = 4
Rows = list[DocumentRecord]


class NewEdition(NamedTuple):
    """A document just read, with its passages and vectors."""

    record: DocumentRecord
    chunks: Sequence[IndexedChunk]


def turning(registry: Registry, pack: str, now: dt.date) -> list[str]:
    """Ids of the documents of which another revision is in force on this day than the registry says.

    A clock that ran ahead put revisions in force before their day: they go back once it is right. One that shows a day
    before the last ingestion is wrong itself (an empty battery: 1970) and takes nothing out of force.
    """
    waiting, held = registry.documents(pack, DocumentStatus.PENDING), registry.documents(pack, DocumentStatus.IN_FORCE)
    due = [r.id for r in waiting if r.effective_date is not None and r.effective_date <= now]
    due += [r.id for r in held if expired(r, now)]
    early = [r.id for r in held if r.effective_date is not None and r.effective_date > now]
    if early and now >= max(day_at_plant(r.ingested_at) for r in (*waiting, *held)):
        due += early
    return due


class Publisher:
    """Changes what is in force in one pack. Threads and processes may change it at once; they take turns."""

    def __init__(self, registry: Registry, store: ChunkStore, pack: str, today: Callable[[], dt.date] = today) -> None:
        self._registry = registry
        self._store = store
        self._pack = pack
        self._today = today

    def publish(self, items: Sequence[NewEdition]) -> Rows:
        """Take in new editions and settle anew what is in force of their documents.

        Returns their entries and those of others whose status changed.

        Raises IndexUnavailableError, ResourceError; nothing has changed for readers then.
        """
        with self._registry.changing(self._pack):
            self._recover()
            known = self._registry.editions(self._pack, [item.record.id for item in items])
            rows, removed = {key: list(entries) for key, entries in known.items()}, []
            for item in items:
                entry, replaced = admit(item.record, rows[item.record.id])
                before = next((r for r in rows[entry.id] if r.edition == entry.edition), None)
                if before is not None:
                    entry = entry.model_copy(update={"marks": before.marks})
                gone = {entry.edition, *(old.edition for old in replaced)}
                removed += replaced
                rows[entry.id] = [r for r in rows[entry.id] if r.edition not in gone] + [entry]
            chunks = [chunk for item in items for chunk in item.chunks]
            settled = self._apply(known, rows, removed, chunks)
        before_all = {row.edition: row.status for entries in known.values() for row in entries}
        fresh = {item.record.edition for item in items}
        return [row for row in settled if row.edition in fresh or before_all.get(row.edition) is not row.status]

    def withdraw(self, document_id: str, reason: str = "") -> Rows:
        """Take a document out of force with all its revisions, at once. Raises UnknownItemError."""
        out = {"status": DocumentStatus.WITHDRAWN, "reason": reason or "Withdrawn by a person."}

        def change(rows: Rows) -> Rows:
            return [r if r.status is DocumentStatus.WITHDRAWN else r.model_copy(update=out) for r in rows]

        return self._change({document_id: change})

    def restore(self, document_id: str) -> Rows:
        """Undo a withdrawal; what a person decided against stays out. Raises UnknownItemError."""

        def change(rows: Rows) -> Rows:
            return [r if r.rejected else _present(r) for r in rows]

        return self._change({document_id: change})

    def decide(self, document_id: str, sha256: str) -> Rows:
        """Put the content whose sha256 begins so in force, against all that rival it or are newer.

        Raises UnknownItemError, UsageError when no or several contents of the document begin so.
        """

        def change(rows: Rows) -> Rows:
            chosen = [r for r in rows if len(sha256) >= _MIN_SHA and r.sha256.startswith(sha256.lower())]
            if len(chosen) != 1:
                listed = ", ".join(sorted(r.sha256[:12] for r in rows))
                raise UsageError(
                    f"{len(chosen)} contents of {document_id} begin with {sha256!r}.", f"Give more of one of: {listed}."
                )
            one = chosen[0]
            against = {
                "status": DocumentStatus.WITHDRAWN,
                "rejected": True,
                "reason": f"A person chose {one.file_name} ({one.sha256[:8]}).",
            }
            # A person goes before what the document says of itself.
            metadata = {k: v for k, v in one.metadata.items() if k not in ("status", VALID_UNTIL)}
            settled = {"status": DocumentStatus.IN_FORCE, "reason": "", "rejected": False, "metadata": metadata}
            kept = one.model_copy(update=settled)
            return [kept if r is one else r if order(r, one) == -1 else r.model_copy(update=against) for r in rows]

        return self._change({document_id: change})

    def drop(self, editions: Sequence[DocumentRecord], reason: str) -> Rows:
        """Take some editions out of force, whose files are gone, and settle what is left of their documents."""
        gone = {record.edition for record in editions}

        def out(record: DocumentRecord) -> DocumentRecord:
            metadata = {**record.metadata, ABSENT: "yes"}
            return record.model_copy(
                update={"status": DocumentStatus.WITHDRAWN, "reason": reason, "metadata": metadata}
            )

        def change(rows: Rows) -> Rows:
            return [out(r) if r.edition in gone else r for r in rows]

        return self._change({record.id: change for record in editions}) if editions else []

    def revive(self, editions: Sequence[DocumentRecord]) -> Rows:
        """Undo `drop`: the files of these editions are there again."""
        back = {record.edition for record in editions}

        def change(rows: Rows) -> Rows:
            return [_present(r) if r.edition in back and ABSENT in r.metadata else r for r in rows]

        return self._change({record.id: change for record in editions}) if editions else []

    def take_effect(self) -> Rows:
        """Put in force what takes effect today or earlier and has been waiting; see `turning`."""
        due = turning(self._registry, self._pack, self._today())
        return self._change(dict.fromkeys(due, list)) if due else []

    def recover(self) -> None:
        """Bring the index back to what the registry says, after a change that was cut short."""
        with self._registry.changing(self._pack):
            self._recover()

    def _recover(self) -> None:
        touched = self._registry.intent(self._pack)
        if not touched:
            return
        known = {record.edition: record for record in self._registry.documents(self._pack) if record.edition}
        for edition in touched:
            if edition in known:
                self._store.mark(self._pack, edition, known[edition].marks)
            else:
                self._store.delete_edition(self._pack, edition)
        self._registry.intend(self._pack, ())

    def _change(self, changes: dict[str, Callable[[Rows], Rows]]) -> Rows:
        with self._registry.changing(self._pack):
            self._recover()
            known = self._registry.editions(self._pack, changes)
            for document_id, rows in known.items():
                if not rows:
                    raise unknown(self._pack, document_id)
            changed = {document_id: change(known[document_id]) for document_id, change in changes.items()}
            return self._apply(known, changed, [], [])

    def _apply(
        self, known: dict[str, Rows], rows: dict[str, Rows], removed: Rows, chunks: Sequence[IndexedChunk]
    ) -> Rows:
        """Settle the documents and carry out what changes. `known` is what the index holds, `removed` what goes."""
        coming = self._registry.current(self._pack) + 1
        held = {record.edition: record for entries in known.values() for record in entries}
        fresh = {chunk.chunk.edition for chunk in chunks}
        settled = [
            marked(record, coming, known=record.edition in held)
            for entries in rows.values()
            for record in settle(entries, self._today())
        ]
        going = [held[record.edition] for record in removed if record.edition in held]
        moved = [
            r for r in settled if r.edition in held and r.marks != held[r.edition].marks and r.edition not in fresh
        ]
        redated = [r for r in moved if _days(r) != _days(held[r.edition])]
        self._registry.intend(self._pack, [*fresh, *(r.edition for r in (*going, *moved))])
        # 1. For the coming generation, which nobody sees yet.
        marks = {record.edition: record.marks for record in settled}
        self._store.upsert([c._replace(marks=marks[c.chunk.edition]) for c in chunks if c.chunk.edition in marks])
        for record in (*moved, *(_ended(old, coming) for old in going)):
            days = dict(zip(("from_day", "to_day"), _days(held[record.edition]), strict=True))
            self._store.mark(self._pack, record.edition, record.marks._replace(**days))
        # 2. The one step that readers see.
        self._registry.commit(self._pack, coming, settled, removed, finished=not going and not redated)
        # 3. Days are not read by generation: an old revision ends after the new one is there, so that none is missing.
        for record in redated:
            self._store.mark(self._pack, record.edition, record.marks)
        for record in going:
            self._store.delete_edition(self._pack, record.edition)
        if going or redated:
            self._registry.intend(self._pack, ())
        return settled


def _present(record: DocumentRecord) -> DocumentRecord:
    metadata = {key: value for key, value in record.metadata.items() if key != ABSENT}
    return record.model_copy(update={"status": DocumentStatus.IN_FORCE, "reason": "", "metadata": metadata})


def _days(record: DocumentRecord) -> tuple[int, int]:
    return record.marks.from_day, record.marks.to_day


def _ended(record: DocumentRecord, coming: int) -> DocumentRecord:
    """An entry that is replaced: seen up to the coming generation."""
    return marked(record.model_copy(update={"status": DocumentStatus.WITHDRAWN}), coming, known=True)
