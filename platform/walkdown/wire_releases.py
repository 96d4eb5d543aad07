"""What goes over HTTP about the versions of packs: publishing, listing, going back."""

import datetime as dt
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from walkdown.wire_text import WholeText


class Message(BaseModel):
    """Base of the messages."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class PublishQuery(Message, WholeText):
    """A pack to publish: a folder or a `.walkdownpack` file on the server's own disk.

    With `sha256` the content of the pack must have that one. Without `answers` no question is asked.
    """

    path: Annotated[str, Field(min_length=1)]
    sha256: str = ""
    answers: bool = True


class GateFigure(Message):
    """One figure at the gate, that of the version in service, and why it does not hold ("" when it does)."""

    figure: str
    value: float | None
    before: float | None = None
    reason: str = ""


class PublishSummary(Message):
    """What became of a publication: whether the version is in service now, and the figures that decided it."""

    pack: str
    version: str
    published: bool
    before: str = ""
    sha256: str = ""
    set_name: str = ""
    questions: int = 0
    asked: int = 0
    figures: tuple[GateFigure, ...] = ()
    documents: int = 0
    chunks: int = 0
    carried: int = 0
    seconds: float = 0.0
    warnings: tuple[str, ...] = ()


class ReleaseInfo(Message):
    """A published version of a pack. The version "" stands for the files of the installation."""

    pack: str
    version: str
    in_service: bool
    finished: bool = True
    sha256: str = ""
    made_at: dt.datetime | None = None
    report: dict[str, str] = Field(default_factory=dict)


class RollbackQuery(Message, WholeText):
    """The version to go back to; None is the one before the version in service."""

    version: str | None = None


class RollbackSummary(Message):
    """Which version is in service now, which was before, and documents of that one which are not in this one."""

    pack: str
    version: str
    before: str
    missing: tuple[str, ...] = ()
