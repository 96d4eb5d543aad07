"""Shapes of `/v1/records/{id}/gap` and `/v1/packs/{name}/gaps`: questions that the documents did not answer."""

import datetime as dt
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from walkdown.documents import AnswerStatus, Language
from walkdown.wire_text import WholeText

MAX_NOTE = 2000


class _Message(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class GapQuery(_Message, WholeText):
    """A reader's report that the documents lack what a recorded question asks for."""

    note: Annotated[str, Field(max_length=MAX_NOTE)] = ""


class NearDocument(_Message):
    """A document whose passages came nearest to a question."""

    document_id: str
    title: str
    revision: str = ""


class GapInfo(_Message):
    """A question that was reported as not answered, for those who look after the documents; not who asked it."""

    record_id: str
    pack: str
    question: str
    language: Language
    status: AnswerStatus
    reason: str = ""
    asked_at: dt.datetime
    reported_at: dt.datetime
    note: str = ""
    nearest: tuple[NearDocument, ...] = ()
