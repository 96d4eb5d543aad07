"""Conversations as they lie in the database: which answers belong together, and whose they are."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from walkdown.records.answer_record import AnswerRecord
from walkdown.records.database import AnswerRow, ConversationRow
from walkdown.wire_conversations import MAX_TURNS, ConversationInfo


def keep_place(session: Session, record: AnswerRecord) -> None:
    """Note the conversation of a record that is being kept; nothing for a question of its own."""
    if record.conversation:
        session.add(
            ConversationRow(record_id=record.record_id, conversation=record.conversation, owner=record.principal.name)
        )


def rows_of(session: Session, conversation: str, owner: str) -> Sequence[AnswerRow]:
    """The last answers of a conversation, the newest first, as far as they are the owner's."""
    wanted = (
        select(AnswerRow)
        .join(ConversationRow, ConversationRow.record_id == AnswerRow.record_id)
        # Who knows or guesses an id reads nothing that is another's.
        .where(ConversationRow.conversation == conversation, ConversationRow.owner == owner)
        .order_by(AnswerRow.asked_at.desc(), AnswerRow.record_id)
        .limit(MAX_TURNS)
    )
    return session.scalars(wanted).all()


def recent(session: Session, pack: str, owner: str, limit: int) -> list[ConversationInfo]:
    """The owner's conversations about a pack, the last asked in first, each by its first question."""
    last = func.max(AnswerRow.asked_at)
    found = session.execute(
        select(ConversationRow.conversation, func.min(AnswerRow.asked_at), last, func.count())
        .join(AnswerRow, ConversationRow.record_id == AnswerRow.record_id)
        .where(ConversationRow.owner == owner, AnswerRow.pack == pack)
        .group_by(ConversationRow.conversation)
        .order_by(last.desc())
        .limit(limit)
    ).all()
    out = []
    for conversation, began, asked, count in found:
        question = session.scalar(
            select(AnswerRow.question)
            .join(ConversationRow, ConversationRow.record_id == AnswerRow.record_id)
            .where(
                ConversationRow.conversation == conversation,
                ConversationRow.owner == owner,
                AnswerRow.asked_at == began,
            )
            .limit(1)
        )
        out.append(
            ConversationInfo(id=conversation, pack=pack, question=question or "", last_asked=asked, questions=count)
        )
    return out
