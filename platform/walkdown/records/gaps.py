"""Corpus gaps: recorded questions that a reader reported, so that the domain team knows what its documents lack."""

import datetime as dt

from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from walkdown.documents import LANGUAGES, Answer, AnswerStatus
from walkdown.records.database import AnswerRow, GapRow
from walkdown.text.languages import detect_language
from walkdown.wire_records import GapInfo, NearDocument

_NEAREST = 3


def keep_gap(session: Session, row: AnswerRow, note: str, reported_at: dt.datetime) -> GapInfo:
    """Report a record; reported again, the last note and day hold, so that an impatient click makes no second gap."""
    gap = session.get(GapRow, row.record_id)
    if gap is None:
        gap = GapRow(record_id=row.record_id, pack=row.pack, reported_at=reported_at, note=note)
        session.add(gap)
    gap.reported_at, gap.note = reported_at, note or gap.note
    session.flush()
    return _info(row, gap)


def gaps_of(session: Session, pack: str) -> list[GapInfo]:
    """The gaps of a pack, newest first."""
    wanted = (
        select(AnswerRow, GapRow)
        .join(GapRow, GapRow.record_id == AnswerRow.record_id)
        .where(GapRow.pack == pack)
        .order_by(GapRow.reported_at.desc(), GapRow.record_id)
    )
    return [_info(row, gap) for row, gap in session.execute(wanted)]


def _answer(row: AnswerRow) -> Answer:
    """The answer of a row; of one that another version wrote and this one cannot read, what every version knows."""
    stored = {k: v for k, v in row.answer.items() if k in Answer.model_fields}
    try:
        return Answer.model_validate(stored)
    except ValidationError:
        language = stored.get("language")
        return Answer(
            status=AnswerStatus(row.status),
            pack=row.pack,
            question=row.question,
            text=str(stored.get("text", "")),
            language=language if language in LANGUAGES else detect_language(row.question),
            record_id=row.record_id,
        )


def _info(row: AnswerRow, gap: GapRow) -> GapInfo:
    answer = _answer(row)
    near = {
        e.chunk.document_id: NearDocument(
            document_id=e.chunk.document_id, title=e.chunk.title, revision=e.chunk.revision
        )
        for e in reversed(answer.evidence)
    }
    return GapInfo(
        record_id=row.record_id,
        pack=row.pack,
        question=row.question,
        language=answer.language,
        status=answer.status,
        reason=answer.reason,
        asked_at=row.asked_at,
        reported_at=gap.reported_at,
        note=gap.note,
        nearest=tuple(reversed(near.values()))[:_NEAREST],
    )
