"""The record of one answer as a value: what lies in the database, in the outbox, and goes over HTTP."""

import datetime as dt
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from walkdown.documents import Answer, Principal


class AnswerRecord(BaseModel):
    """One answer as it was given. `prompt_hash` is the sha256 of the prompt, empty when no model was asked.

    `trace` is how it came about: plan, hits, the hash of every prompt, seed, earlier questions. `conversation` is the
    id under which the asker's program keeps what belongs together, empty for a question of its own.
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
    conversation: str = ""
