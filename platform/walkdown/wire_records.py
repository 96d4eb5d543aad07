"""Shapes of `/v1/records/{id}/gap` and `/v1/packs/{name}/gaps`: questions that got no sure answer."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from walkdown.documents import DocumentStatus, Language
from walkdown.outcomes import Outcome
from walkdown.wire_text import WholeText

MAX_NOTE = 2000
MAX_WEEKS, MAX_GAPS = 520, 1000
Only = Literal["refused", "uncertain", "partly", "incomplete", "reported"]
"""Which of the questions are listed; all of them where none is named."""


class _Message(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class GapQuery(_Message, WholeText):
    """A reader's report that the documents lack what a recorded question asks for."""

    note: Annotated[str, Field(max_length=MAX_NOTE)] = ""


class GapsQuery(_Message):
    """Which questions are listed: of how many weeks, of which sort, and how many at most."""

    weeks: Annotated[int, Field(ge=1, le=MAX_WEEKS)] = 8
    only: Only | None = None
    limit: Annotated[int, Field(ge=1, le=MAX_GAPS)] = 100


class NearLine(_Message):
    """A line that came near to a question, as it was found then.

    `probability` says how likely it answers, None where that was not recorded; `standing` where its document stands
    now: with another revision in force it is `superseded`, and `gone` where there is none of that number any more.
    """

    document_id: str
    title: str
    revision: str = ""
    page: int | None = None
    text: str = ""
    probability: float | None = None
    standing: DocumentStatus | Literal["gone"] | None = None


class GapInfo(_Message):
    """A question without a sure answer, for those who look after the documents; not who asked it.

    `because` is the code of why, "" for records of versions that kept none; `reason` the sentence that the reader saw.
    `probability` is how likely the passages found held the answer, `threshold` what it was held against; `missing` are
    tags and words of the question that no passage found names. `part` counts from 1 where several questions were asked
    at once. `times` is how often the question was asked, `latest` what became of it the last time. `turns` are the
    questions before it. `reported_at` and `note` are those of a reader's report.
    """

    record_id: str
    part: int = 0
    pack: str
    question: str
    language: Language
    outcome: Outcome
    because: str = ""
    reason: str = ""
    asked_at: dt.datetime
    times: int = 1
    latest: Outcome | None = None
    probability: float | None = None
    threshold: float | None = None
    missing: tuple[str, ...] = ()
    nearest: tuple[NearLine, ...] = ()
    turns: tuple[str, ...] = ()
    reported_at: dt.datetime | None = None
    note: str = ""


class WeekOfQuestions(_Message):
    """How many questions of a week, named by its Monday, ended how."""

    monday: dt.date
    answered: int = 0
    quoted: int = 0
    uncertain: int = 0
    partly: int = 0
    refused: int = 0
    incomplete: int = 0


class GapReport(_Message):
    """The questions of a pack that got no sure answer, newest first, and how many were asked, newest week first.

    `threshold` is the one that holds now. `more` are those beyond the limit, `closed` those left out since they rest
    on documents that the asker may not see.
    """

    pack: str
    threshold: float
    weeks: tuple[WeekOfQuestions, ...] = ()
    gaps: tuple[GapInfo, ...] = ()
    more: int = 0
    closed: int = 0
