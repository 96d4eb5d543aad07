"""The records of answers: what was asked, by whom, and exactly what was answered from which evidence."""

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from walkdown.documents import Answer, Principal
from walkdown.errors import UnknownItemError, UsageError
from walkdown.records.database import AnswerRow, Database
from walkdown.records.gaps import gaps_of, keep_gap
from walkdown.wire_records import GapInfo

_TRACE = "trace"
"""Kept beside the answer's own fields, so that the tables need no other column."""
NO_TRACE: Mapping[str, Any] = MappingProxyType({})


class AnswerRecord(BaseModel):
    """One answer as it was given. `prompt_hash` is the sha256 of the prompt, empty when no model was asked.

    `trace` is how it came about: plan, hits, the hash of every prompt, seed, earlier questions.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    record_id: str
    asked_at: dt.datetime
    principal: Principal
    pack: str
    question: str
    model: str
    prompt_hash: str
    answer: Answer
    trace: dict[str, Any] = Field(default_factory=dict)


def _record(row: AnswerRow) -> AnswerRecord:
    stored = dict(row.answer)
    trace = stored.pop(_TRACE, {})
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


class AnswerLog:
    """Answers of all packs; entries are added and read, never changed. All methods may raise ResourceError."""

    def __init__(self, url: str) -> None:
        """Open the log at an SQLAlchemy URL. Raises UsageError (URL), ResourceError."""
        self._database = Database(url)

    def add(
        self,
        answer: Answer,
        principal: Principal,
        *,
        prompt_hash: str = "",
        trace: Mapping[str, Any] = NO_TRACE,
        asked_at: dt.datetime | None = None,
    ) -> AnswerRecord:
        """Keep an answer under its `record_id`; durable when it returns.

        Raises UsageError when it has no record id or one that is taken: a record is never overwritten.
        """
        if not answer.record_id:
            raise UsageError("The answer has no record id.", "Give it one before it is kept.")
        row = AnswerRow(
            record_id=answer.record_id,
            asked_at=asked_at or dt.datetime.now(dt.UTC),
            principal=principal.name,
            groups=list(principal.groups),
            pack=answer.pack,
            question=answer.question,
            status=answer.status.value,
            model=answer.model,
            prompt_hash=prompt_hash,
            answer={**answer.model_dump(mode="json"), _TRACE: dict(trace)},
        )
        try:
            with self._database.transaction() as session:
                session.add(row)
                session.flush()
                return _record(row)
        except IntegrityError:
            raise UsageError(f"The record {answer.record_id!r} is kept already.", "Use a fresh record id.") from None

    def get(self, record_id: str) -> AnswerRecord:
        """One record. Raises UnknownItemError."""
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
            return [_record(row) for row in session.scalars(wanted)]

    def report_gap(self, record_id: str, note: str = "") -> GapInfo:
        """Report that the documents lack what a record asks for. Raises UnknownItemError."""
        with self._database.transaction() as session:
            row = session.get(AnswerRow, record_id)
            if row is None:
                raise UnknownItemError(f"There is no record {record_id!r}.", "Check the id.")
            return keep_gap(session, row, note.strip(), dt.datetime.now(dt.UTC))

    def gaps(self, pack: str) -> list[GapInfo]:
        """The reported gaps of a pack, newest first."""
        with self._database.transaction() as session:
            return gaps_of(session, pack)

    def close(self) -> None:
        """Close the connections."""
        self._database.close()
