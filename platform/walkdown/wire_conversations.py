"""Shapes of `/v1/conversations`: what one asked before, with the answers as they were given."""

import datetime as dt

from pydantic import BaseModel, ConfigDict

from walkdown.documents import Answer

MAX_TURNS = 100
"""Answers of a conversation that are given back, the last ones."""
READER_HEADER = "Walkdown-Reader"
"""A secret of the asker's program, such as a browser's cookie: conversations are readable under it alone."""


class _Message(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ConversationInfo(_Message):
    """One conversation: its first question, when the last one was asked, and how many there are."""

    id: str
    pack: str
    question: str
    last_asked: dt.datetime
    questions: int


class ConversationTurn(_Message):
    """A question and its answer as it was given.

    `outdated` are the numbers of its passages that no longer stand as they did: withdrawn, superseded or gone. There is
    no `answer` where it rests on a document that is closed to the asker by now.
    """

    record_id: str
    question: str
    asked_at: dt.datetime
    answer: Answer | None = None
    outdated: tuple[int, ...] = ()


class Conversation(_Message):
    """A conversation about a pack, oldest question first."""

    id: str
    pack: str
    turns: tuple[ConversationTurn, ...]
