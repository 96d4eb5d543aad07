"""What the engine tells while it answers: a stage, the evidence, pieces of the draft, and the checked answer last."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from walkdown.documents import Answer, Evidence


class _Event(BaseModel):
    model_config = ConfigDict(frozen=True)


class Stage(_Event):
    """The engine entered a stage."""

    kind: Literal["stage"] = "stage"
    name: Literal["searching", "reading", "writing", "checking"]


class EvidenceFound(_Event):
    """The passages the answer may rest on."""

    kind: Literal["evidence"] = "evidence"
    evidence: tuple[Evidence, ...]


class Token(_Event):
    """A piece of the unchecked draft."""

    kind: Literal["token"] = "token"  # the word, not a secret
    text: str


class Final(_Event):
    """The checked answer; always the last event. `trace` is what is recorded besides, so that it can be replayed."""

    kind: Literal["answer"] = "answer"
    answer: Answer
    trace: dict[str, Any] = Field(default_factory=dict)


AnswerEvent = Stage | EvidenceFound | Token | Final
