"""The records of answers: what was asked, by whom, and exactly what was answered from which evidence."""

import contextlib
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import structlog
from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from walkdown.documents import Answer, Evidence, Principal
from walkdown.errors import ResourceError, UnknownItemError, UsageError
from walkdown.outcomes import outcome_of
from walkdown.records.answer_record import AnswerRecord
from walkdown.records.conversations import keep_place, recent, rows_of
from walkdown.records.database import AnswerRow, Database
from walkdown.records.gaps import Asked, asked_since, gaps_of, keep_gap
from walkdown.records.outbox import Outbox
from walkdown.wire_conversations import ConversationInfo
from walkdown.wire_records import GapInfo

__all__ = ["AnswerLog", "AnswerRecord"]
PATIENCE = 2.0
"""Seconds that an answer is held up where another program writes to the database."""
_log = structlog.get_logger(__name__)
_TRACE = "trace"
"""Kept beside the answer's own fields, so that the tables need no other column."""
NO_TRACE: Mapping[str, Any] = MappingProxyType({})


def _record(row: AnswerRow) -> AnswerRecord:
    """The record of a row. Raises UsageError for one that only another version of Walkdown can read."""
    stored = dict(row.answer)
    trace = stored.pop(_TRACE, {})
    try:
        return AnswerRecord(
            record_id=row.record_id,
            asked_at=row.asked_at,
            principal=Principal(name=row.principal, groups=tuple(row.groups)),
            pack=row.pack,
            question=row.question,
            model=row.model,
            prompt_hash=row.prompt_hash,
            answer=Answer.model_validate(stored),
            trace=trace,
        )
    except ValidationError as error:
        raise UsageError(
            f"The record {row.record_id} was written by another version of Walkdown and cannot be read by this one.",
            "Read it with the version that wrote it; the database keeps it.",
        ) from error


def _readable(rows: Iterable[AnswerRow]) -> list[AnswerRecord]:
    """The records of rows; one that cannot be read hides none of the others."""
    found = []
    for row in rows:
        try:
            found.append(_record(row))
        except UsageError as error:
            _log.warning("record_left_out", cause=error.cause)
    return found


def _row(record: AnswerRecord) -> AnswerRow:
    return AnswerRow(
        record_id=record.record_id,
        asked_at=record.asked_at,
        principal=record.principal.name,
        groups=list(record.principal.groups),
        pack=record.pack,
        question=record.question,
        status=outcome_of(record.answer, record.trace),
        model=record.model,
        prompt_hash=record.prompt_hash,
        answer={**record.answer.model_dump(mode="json"), _TRACE: record.trace},
    )


class AnswerLog:
    """Answers of all packs; entries are added and read, never changed. All methods may raise ResourceError.

    With an outbox, what the database does not take within `PATIENCE` waits there and is read from there meanwhile.
    """

    def __init__(self, url: str, outbox: Outbox | None = None) -> None:
        """Open the log at an SQLAlchemy URL. Raises UsageError (URL), ResourceError."""
        self._database = Database(url, patience=PATIENCE)
        self._outbox = outbox

    def add(
        self,
        answer: Answer,
        principal: Principal,
        *,
        prompt_hash: str = "",
        trace: Mapping[str, Any] = NO_TRACE,
        asked_at: dt.datetime | None = None,
        conversation: str = "",
    ) -> AnswerRecord:
        """Keep an answer under its `record_id`, in a conversation of `principal` if one is named; durable on return.

        Raises UsageError when it has no record id or one that is taken: a record is never overwritten.
        """
        if not answer.record_id:
            raise UsageError("The answer has no record id.", "Give it one before it is kept.")
        record = AnswerRecord(
            record_id=answer.record_id,
            asked_at=asked_at or dt.datetime.now(dt.UTC),
            principal=principal,
            pack=answer.pack,
            question=answer.question,
            model=answer.model,
            prompt_hash=prompt_hash,
            answer=answer,
            trace=dict(trace),
            conversation=conversation,
        )
        try:
            self._write(record)
        except ResourceError as error:
            if self._outbox is None:
                raise
            self._outbox.put(record)
            _log.warning("record_waits_for_the_database", record=record.record_id, cause=error.cause)
            return record
        self._settle_quietly()
        return record

    def _write(self, record: AnswerRecord) -> None:
        try:
            with self._database.transaction() as session:
                session.add(_row(record))
                keep_place(session, record)
        except IntegrityError:
            raise UsageError(f"The record {record.record_id!r} is kept already.", "Use a fresh record id.") from None

    def waiting(self) -> int:
        """How many records wait for the database."""
        return len(self._outbox.waiting()) + self.held() if self._outbox is not None else 0

    def held(self) -> int:
        """How many of them are in memory only, for the disk is full: they are lost where the process ends first."""
        return len(self._outbox.held()) if self._outbox is not None else 0

    def settle(self) -> int:
        """Write the records that wait; returns how many. Raises ResourceError while the database takes none."""
        return self._outbox.drain(self._keep) if self._outbox is not None else 0

    def _keep(self, record: AnswerRecord) -> None:
        # One that is there already was written by another process that saw the same file.
        with contextlib.suppress(UsageError):
            self._write(record)

    def _settle_quietly(self) -> None:
        with contextlib.suppress(ResourceError):
            self.settle()

    def get(self, record_id: str) -> AnswerRecord:
        """One record. Raises UnknownItemError, and UsageError for one of another version that cannot be read."""
        waits = self._outbox.get(record_id) if self._outbox is not None else None
        if waits is not None:
            return waits
        with self._database.transaction() as session:
            row = session.get(AnswerRow, record_id)
            if row is None:
                raise UnknownItemError(f"There is no record {record_id!r}.", "Check the id.")
            return _record(row)

    def latest(
        self, pack: str | None = None, *, limit: int = 50, before: dt.datetime | None = None
    ) -> list[AnswerRecord]:
        """The last records, newest first; of one pack, and only those asked before a moment, if given."""
        wanted = select(AnswerRow).order_by(AnswerRow.asked_at.desc(), AnswerRow.record_id).limit(limit)
        if pack is not None:
            wanted = wanted.where(AnswerRow.pack == pack)
        if before is not None:
            wanted = wanted.where(AnswerRow.asked_at < before)
        with self._database.transaction() as session:
            return _readable(session.scalars(wanted))

    def conversation(self, conversation: str, owner: str) -> list[AnswerRecord]:
        """The answers of one's own conversation, oldest first; none alike for another's and for one there is not."""
        waiting = self._outbox.records() if self._outbox is not None else ()
        late = [r for r in waiting if r.conversation == conversation and r.principal.name == owner]
        with self._database.transaction() as session:
            kept = _readable(rows_of(session, conversation, owner))
        known = {record.record_id for record in kept}
        return sorted((*kept, *(r for r in late if r.record_id not in known)), key=lambda r: r.asked_at)

    def conversations(self, pack: str, owner: str, *, limit: int) -> list[ConversationInfo]:
        """One's own conversations about a pack, the last asked in first."""
        with self._database.transaction() as session:
            return recent(session, pack, owner, limit)

    def report_gap(self, record_id: str, note: str = "") -> GapInfo:
        """Report that the documents lack what a record asks for. Raises UnknownItemError."""
        self.settle()
        with self._database.transaction() as session:
            row = session.get(AnswerRow, record_id)
            if row is None:
                raise UnknownItemError(f"There is no record {record_id!r}.", "Check the id.")
            return keep_gap(session, row, note.strip(), dt.datetime.now(dt.UTC))

    def asked_since(self, pack: str, since: dt.datetime) -> list[Asked]:
        """Records of a pack, and of its versions, in short; those last heard of first, reported ones of any time."""
        self._settle_quietly()
        with self._database.transaction() as session:
            return asked_since(session, pack, since)

    def gaps(self, record_ids: Sequence[str]) -> dict[str, tuple[list[GapInfo], tuple[Evidence, ...]]]:
        """What records tell of their questions without a sure answer, and the passages that they rest on."""
        with self._database.transaction() as session:
            return gaps_of(session, record_ids)

    def close(self) -> None:
        """Close the connections."""
        self._database.close()
