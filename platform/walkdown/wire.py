"""What goes over HTTP: the requests and replies of the server's API, shared by server and client."""

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from walkdown.documents import Answer, BlockKind, Box, Chunk, DocumentStatus, Explanation, Hit, Language
from walkdown.errors import WalkdownError
from walkdown.index.standing import Scope
from walkdown.wire_releases import PublishSummary
from walkdown.wire_text import Addressable, Group, OnDisk, Shown, Whole, WholeText


class _Message(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Health(_Message):
    """The process answers. `library` tells its data directory from others, "" of a server that does not say."""

    status: Literal["ok"] = "ok"
    version: str
    library: str = ""


class PartStatus(_Message):
    """Whether one part of the installation works; if not, why, and what to do.

    A part that is not `required` may be missing and the server still answers (less well). `loading`: not there yet,
    without having failed.
    """

    name: str
    ok: bool
    required: bool = True
    loading: bool = False
    detail: str = ""
    cause: str = ""
    remedy: str = ""


class Readiness(_Message):
    """Whether questions can be answered now."""

    ready: bool
    parts: tuple[PartStatus, ...]


class ErrorBody(_Message):
    """One error: a stable code, one sentence of cause, one of remedy, and whether trying again can help."""

    code: str
    cause: Shown
    remedy: Shown
    retryable: bool = False

    @classmethod
    def of(cls, error: WalkdownError) -> "ErrorBody":
        """The wire form of an error."""
        return cls(code=error.code, cause=error.cause, remedy=error.remedy, retryable=error.retryable)


UNEXPECTED = ErrorBody(
    code="internal",
    cause="The server failed in a way it should not.",
    remedy="Look into the server's log, and report it with the lines around the failure.",
)
"""The wire form of a defect: says nothing of the inside, which the log holds."""


class PackInfo(_Message):
    """An installed pack. Titles and questions are by language; `error` is set when its files are wrong."""

    name: str
    version: str = ""
    title: dict[Language, str] = Field(default_factory=dict)
    description: dict[Language, str] = Field(default_factory=dict)
    languages: tuple[Language, ...] = ()
    example_questions: dict[Language, tuple[str, ...]] = Field(default_factory=dict)
    documents: int = 0
    chunks: int = 0
    error: ErrorBody | None = None


class SearchQuery(_Message, WholeText):
    """A search in one pack; `filters` narrow by field and are ANDed.

    `turns` are the user's earlier questions, oldest first. `as_of`, `revisions` and `history` say what is searched
    besides what is in force; without them the question's own words do. `explain` asks why each passage was found.
    """

    pack: str
    question: str
    k: Annotated[int, Field(ge=1, le=100)] = 10
    filters: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    turns: Annotated[tuple[str, ...], Field(max_length=20)] = ()
    as_of: dt.date | None = None
    revisions: tuple[str, ...] = ()
    history: bool = False
    explain: bool = False

    @property
    def scope(self) -> Scope | None:
        """What may be seen, or None where the question decides."""
        given = Scope(self.as_of, self.revisions, self.history)
        return None if given.in_force else given


class SearchHit(_Message):
    """One passage found. Boxes are in PDF points from the top-left corner; `page` is None without pages."""

    document_id: str
    chunk_id: str
    pack: str
    title: str
    revision: str
    language: Language
    ordinal: int
    kind: BlockKind
    heading_path: tuple[str, ...]
    page: int | None
    boxes: tuple[Box, ...]
    text: str
    score: float
    scores: dict[str, float]
    confidence: float | None = None

    @classmethod
    def of(cls, hit: Hit) -> "SearchHit":
        """The flat form of a hit."""
        chunk = hit.chunk
        return cls(
            document_id=chunk.document_id,
            chunk_id=chunk.id,
            pack=chunk.pack,
            title=chunk.title,
            revision=chunk.revision,
            language=chunk.language,
            ordinal=chunk.ordinal,
            kind=chunk.kind,
            heading_path=chunk.heading_path,
            page=chunk.page,
            boxes=chunk.boxes,
            text=chunk.text,
            score=hit.score,
            scores=dict(hit.scores),
            confidence=chunk.confidence,
        )

    def to_hit(self) -> Hit:
        """The hit again; a passage's tags, site and access groups stay on the server."""
        chunk = Chunk(
            id=self.chunk_id,
            document_id=self.document_id,
            pack=self.pack,
            title=self.title,
            revision=self.revision,
            language=self.language,
            ordinal=self.ordinal,
            text=self.text,
            kind=self.kind,
            heading_path=self.heading_path,
            boxes=self.boxes,
            confidence=self.confidence,
        )
        return Hit(chunk=chunk, score=self.score, scores=self.scores)


class Answerable(_Message):
    """How likely it is that the passages found answer the question, the threshold of the pack, and what it is made of.

    `unnamed` are the words of the question that no passage names.
    """

    probability: float
    threshold: float
    features: dict[str, float | None]
    unnamed: tuple[str, ...]


class SearchReply(_Message):
    """Hits, best first, how the question was understood, and seconds spent by step.

    `judged` says what came of the language model's judging, where the pack asks for it. Where reasons are asked for,
    `explanations` are one per hit, and `answerable` is there for questions in Korean and English.
    """

    hits: tuple[SearchHit, ...]
    plan: dict[str, Any]
    timings: dict[str, float]
    judged: str = ""
    explanations: tuple[Explanation, ...] = ()
    answerable: Answerable | None = None


class AskQuery(_Message, WholeText):
    """A question for one pack. `language` is that of the answer; default is the question's own.

    A follow-up leans on the earlier questions: those of the same `conversation_id`, which the server remembers while it
    runs, or the `turns` given, oldest first.
    """

    pack: str
    question: str
    language: Language | None = None
    conversation_id: Annotated[Addressable, Field(max_length=128)] | None = None
    turns: Annotated[tuple[str, ...], Field(max_length=20)] = ()
    filters: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    stream: bool = False


def answer_to_wire(answer: Answer) -> dict[str, Any]:
    """The JSON form of an answer: its fields, and the text under `answer` as well, as the contract names it."""
    return {"answer": answer.text, **answer.model_dump(mode="json")}


def answer_from_wire(body: dict[str, Any]) -> Answer:
    """The answer of its JSON form."""
    return Answer.model_validate({key: value for key, value in body.items() if key != "answer"})


class Difference(_Message):
    """One thing that differs: what it is, what it was and is, and why, where that can be told."""

    what: str
    then: str
    now: str
    why: str = ""


class Replay(_Message):
    """A record and how the answer of today differs from it; no differences means it would be the same."""

    record_id: str
    question: str
    differences: tuple[Difference, ...]


class DocumentInfo(_Message):
    """A revision of a document as the registry knows it, or a file that failed: its `error` says why."""

    id: str
    pack: str
    title: str
    revision: str
    status: DocumentStatus
    chunks: int
    pages: int = 0
    language: Language | None = None
    media_type: str = ""
    file_name: str
    sha256: str = ""
    edition: str = ""
    source: str = ""
    site: str = ""
    plant_unit: str = ""
    document_type: str = ""
    twins: tuple[str, ...] = ()
    access: tuple[str, ...] = ()
    effective_date: dt.date | None = None
    effective_until: dt.date | None = None
    warnings: tuple[str, ...] = ()
    error: str = ""


class PassageContext(_Message):
    """A document as its passages in order, with the place of the one asked for: for formats without pages."""

    document_id: str
    title: str
    revision: str
    marked: int
    passages: tuple[Chunk, ...]


IngestEngine = Literal["local", "ray"]


class IngestQuery(_Message):
    """Paths on the server's own disk to take into a pack, and the documents' groups and site."""

    pack: Whole
    paths: Annotated[tuple[OnDisk, ...], Field(min_length=1)]
    access: tuple[Group, ...] = ()
    site: Whole = ""
    sync: bool = Field(default=False, description="Withdraw documents whose files are gone.")
    engine: IngestEngine = Field(default="local", description="Where documents are prepared: here, or on a cluster.")
    uploaded: bool = Field(default=False, description="The paths are where sent files wait.", exclude=True)


class DecisionQuery(_Message, WholeText):
    """The content of a document that is to be in force: the first characters of its sha256."""

    sha256: Annotated[str, Field(min_length=4, max_length=64)]


class FailedFile(_Message):
    """A file or record that could not be taken in, and why."""

    path: Shown
    cause: Shown
    remedy: Shown = ""


class IngestSummary(_Message):
    """What an ingestion did: counts of documents and passages, seconds, and the files that failed."""

    pack: str
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    withdrawn: int = 0
    chunks: int = 0
    seconds: float = 0.0
    failed: tuple[FailedFile, ...] = ()
    warnings: tuple[Shown, ...] = ()


class JobInfo(_Message):
    """A job of the server: how far it is, and its report or its error at the end.

    `cancelling`: it was cancelled and ends at its next step. What a job has done by then stays.
    """

    id: str
    pack: str
    state: Literal["queued", "running", "done", "failed", "cancelled"]
    cancelling: bool = False
    done: int = 0
    total: int = 0
    current: Shown = ""
    report: IngestSummary | None = None
    publication: PublishSummary | None = None
    error: ErrorBody | None = None

    @property
    def ended(self) -> bool:
        """True once nothing more will change."""
        return self.state in ("done", "failed", "cancelled")
