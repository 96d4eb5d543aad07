"""Corpus gaps: recorded questions that got no sure answer, so that the domain team knows what its documents lack.

What is told of many questions is read from columns, without their answers, which are long.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from pydantic import ValidationError
from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from walkdown.documents import LANGUAGES, Answer, AnswerStatus, Evidence
from walkdown.outcomes import BECAUSE, LINES, MISSING, PARTS, Outcome, outcome_of, outcome_of_one
from walkdown.records.database import AnswerRow, ConversationRow, GapRow
from walkdown.text.languages import detect_language
from walkdown.wire_records import GapInfo, NearLine

_NEAREST = 3


class Asked(NamedTuple):
    """One record in short, with the asker's groups, when a reader reported it, and the conversation that it is of."""

    record_id: str
    asked_at: dt.datetime
    question: str
    outcome: Outcome
    groups: tuple[str, ...]
    reported_at: dt.datetime | None
    conversation: str

    @property
    def told_at(self) -> dt.datetime:
        """When it was last heard of."""
        return self.reported_at or self.asked_at


def keep_gap(session: Session, row: AnswerRow, note: str, reported_at: dt.datetime) -> GapInfo:
    """Report a record; reported again, the last note and day hold, so that an impatient click makes no second gap."""
    gap = session.get(GapRow, row.record_id)
    if gap is None:
        gap = GapRow(record_id=row.record_id, pack=row.pack, reported_at=reported_at, note=note)
        session.add(gap)
    gap.reported_at, gap.note = reported_at, note or gap.note
    session.flush()
    return _infos(row, gap)[0]


def _of_pack(pack: str) -> ColumnElement[bool]:
    """Records of a pack; of all its versions where none is named, since a new one mends no gap by itself."""
    if "@" in pack:
        return AnswerRow.pack == pack
    return or_(AnswerRow.pack == pack, AnswerRow.pack.startswith(f"{pack}@", autoescape=True))


def asked_since(session: Session, pack: str, since: dt.datetime) -> list[Asked]:
    """Records of a pack since a moment, and all that were ever reported; those last heard of first."""
    row = AnswerRow
    columns = (row.record_id, row.asked_at, row.question, row.status, row.groups)
    wanted = (
        select(*columns, GapRow.reported_at, ConversationRow.conversation)
        .outerjoin(GapRow, GapRow.record_id == row.record_id)
        .outerjoin(ConversationRow, ConversationRow.record_id == row.record_id)
        .where(_of_pack(pack), or_(row.asked_at >= since, GapRow.record_id.is_not(None)))
    )
    found = [
        Asked(identity, at, question, _outcome(status), tuple(groups), reported, conversation or "")
        for identity, at, question, status, groups, reported, conversation in session.execute(wanted)
    ]
    return sorted(found, key=lambda one: (one.told_at, one.record_id), reverse=True)


def _outcome(status: str) -> Outcome:
    known: Mapping[str, Outcome] = {"uncertain": "uncertain", "partly": "partly"}
    return known.get(status) or outcome_of_one(AnswerStatus(status), {})


def gaps_of(session: Session, record_ids: Sequence[str]) -> dict[str, tuple[list[GapInfo], tuple[Evidence, ...]]]:
    """What each of some records tells of its questions without a sure answer, and the passages that it rests on."""
    wanted = (
        select(AnswerRow, GapRow)
        .outerjoin(GapRow, GapRow.record_id == AnswerRow.record_id)
        .where(AnswerRow.record_id.in_(record_ids))
    )
    return {row.record_id: (_infos(row, gap), _answer(row).evidence) for row, gap in session.execute(wanted)}


def _answer(row: AnswerRow) -> Answer:
    """The answer of a row; of one that another version wrote and this one cannot read, what every version knows."""
    stored = {k: v for k, v in row.answer.items() if k in Answer.model_fields}
    try:
        return Answer.model_validate(stored)
    except ValidationError:
        language = stored.get("language")
        return Answer(
            status=AnswerStatus.QUOTED if row.status in ("uncertain", "partly") else AnswerStatus(row.status),
            pack=row.pack,
            question=row.question,
            text=str(stored.get("text", "")),
            language=language if language in LANGUAGES else detect_language(row.question),
            record_id=row.record_id,
        )


def _infos(row: AnswerRow, gap: GapRow | None) -> list[GapInfo]:
    """A record's questions without a sure answer, each of those asked at once; the whole where all were answered."""
    answer, trace = _answer(row), row.answer.get("trace", {})
    whole = GapInfo(
        record_id=row.record_id,
        pack=row.pack,
        question=row.question,
        language=answer.language,
        outcome=outcome_of(answer, trace) if trace else _outcome(row.status),
        reason=answer.reason,
        asked_at=row.asked_at,
        turns=tuple(trace.get("turns", ())),
        reported_at=gap.reported_at if gap else None,
        note=gap.note if gap else "",
    )
    if not answer.parts:
        return [_with_trace(whole, trace, answer.evidence)]
    found = []
    for i, (part, own) in enumerate(zip(answer.parts, trace.get(PARTS, ()), strict=False), 1):
        outcome = outcome_of_one(part.status, own)
        if outcome not in ("answered", "quoted"):
            update = {"part": i, "question": part.question, "reason": part.reason, "outcome": outcome}
            found.append(_with_trace(whole.model_copy(update=update), own, answer.evidence))
    return found or [_with_trace(whole, trace, answer.evidence)]


def _with_trace(info: GapInfo, trace: Mapping[str, Any], evidence: Sequence[Evidence]) -> GapInfo:
    """What the trace of a question tells besides; records of other versions may tell less."""
    judged = trace.get("answerable") or {}
    return info.model_copy(
        update={
            "because": trace.get(BECAUSE, ""),
            "probability": judged.get("probability"),
            "threshold": judged.get("threshold"),
            "missing": tuple(trace.get(MISSING) or judged.get("unnamed") or ()),
            "nearest": _nearest(trace.get(LINES, ()), evidence),
        }
    )


def _nearest(lines: Iterable[Mapping[str, Any]], evidence: Sequence[Evidence]) -> tuple[NearLine, ...]:
    """The likeliest lines; where none were recorded, the documents of the first passages."""
    chunks = {e.chunk.id: e.chunk for e in evidence}
    known = [(chunks[line["id"]], line) for line in lines if line["id"] in chunks]
    if known:
        return tuple(
            NearLine(
                document_id=chunk.document_id,
                title=chunk.title,
                revision=chunk.revision,
                page=chunk.page,
                text=chunk.text[line["start"] : line["end"]].strip(),
                probability=line["probability"],
            )
            for chunk, line in known[:_NEAREST]
        )
    documents = {c.document_id: c for c in reversed(chunks.values())}
    near = [NearLine(document_id=c.document_id, title=c.title, revision=c.revision) for c in documents.values()]
    return tuple(reversed(near))[:_NEAREST]
