"""The nouns that all parts share: a document, its blocks and chunks, and an answer with its evidence and claims.

All are frozen pydantic models. Pages count from 1. Boxes are in PDF points (1/72 inch) from the top-left
corner of the page. Text is Unicode NFC.
"""

import datetime as dt
import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

Language = Literal["ko", "en", "zh", "ja", "es"]
LANGUAGES: tuple[Language, ...] = ("ko", "en", "zh", "ja", "es")


_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
SKETCH = 64
"""Numbers of the sketch by which near-duplicates are found."""
SURE_FIGURE = 0.7
"""Confidence below which a figure read from a scan is in doubt."""


class _Noun(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Box(_Noun):
    """A rectangle on a page: PDF points from the top-left corner, x to the right, y downwards."""

    page: Annotated[int, Field(ge=1)]
    x0: float
    y0: float
    x1: float
    y1: float

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.x1 < self.x0 or self.y1 < self.y0:
            raise ValueError("a box needs x0 <= x1 and y0 <= y1")
        return self


class BlockKind(StrEnum):
    """What a block of a document is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE = "table"
    CAPTION = "caption"


class Table(_Noun):
    """A table as cells; every row has the same number of columns and merged cells are already expanded."""

    header: tuple[tuple[str, ...], ...] = ()
    rows: tuple[tuple[str, ...], ...]

    @model_validator(mode="after")
    def _rectangular(self) -> Self:
        if len({len(row) for row in (*self.header, *self.rows)}) > 1:
            raise ValueError("all rows of a table have the same number of columns")
        return self


class Figure(_Noun):
    """A word with digits as it was read from a scan, where it stands, and how sure the reading of it is.

    `other` is a second reading whose digits differ: then one of the two is wrong, and only the page tells which.
    """

    text: str
    confidence: float
    box: Box
    other: str = ""

    @property
    def doubtful(self) -> bool:
        """True when nobody should act on it without a look at the page."""
        return bool(self.other) or self.confidence < SURE_FIGURE


def numbers_in(text: str) -> frozenset[str]:
    """The numbers of a text as digits and point: `2,140` is `2140`."""
    return frozenset(m.group().replace(",", "") for m in _NUMBER.finditer(text))


class Block(_Noun):
    """One piece of a parsed document in reading order."""

    kind: BlockKind
    text: str
    boxes: tuple[Box, ...] = ()
    heading_path: tuple[str, ...] = ()
    level: int = 0
    table: Table | None = None
    confidence: float | None = None
    """How sure text recognition is of it, 0 to 1; None for text that was not recognised from a picture."""
    figures: tuple[Figure, ...] = ()

    @property
    def page(self) -> int | None:
        """First page the block stands on, or None where the format has no pages."""
        return self.boxes[0].page if self.boxes else None


class DocumentStatus(StrEnum):
    """Where a revision of a document stands in the registry.

    PENDING: it takes effect on a later day. CONFLICT: another content claims to be the same revision, and a person
    must decide. FAILED: the file could not be taken in.
    """

    IN_FORCE = "in_force"
    SUPERSEDED = "superseded"
    PENDING = "pending"
    CONFLICT = "conflict"
    WITHDRAWN = "withdrawn"
    FAILED = "failed"


class SourceDocument(_Noun):
    """One revision of one document as it was handed in: identity and provenance, not content.

    `id` is stable over revisions; `sha256` is the hash of the original bytes and names its blob.
    `access` holds the groups that may see it; empty means everyone who may use the pack.
    """

    id: Annotated[str, Field(min_length=1)]
    pack: Annotated[str, Field(min_length=1)]
    title: str
    revision: str = ""
    language: Language
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    media_type: str
    file_name: str
    source: str
    effective_date: dt.date | None = None
    site: str = ""
    access: tuple[str, ...] = ()
    metadata: Mapping[str, str] = Field(default_factory=dict)


class ParsedDocument(_Noun):
    """What a reader makes of one file: blocks in reading order, pages if the format has them, and warnings."""

    title: str
    blocks: tuple[Block, ...]
    page_count: int = 0
    warnings: tuple[str, ...] = ()
    metadata: Mapping[str, str] = Field(default_factory=dict)

    @property
    def text(self) -> str:
        """All block texts, one paragraph each."""
        return "\n\n".join(block.text for block in self.blocks)


class Measure(_Noun):
    """A quantity as it stands in a passage, and as a value that compares across notations.

    `text` is what the document says; `unit` the unit in one spelling; `base` and `base_upper` (of a range) are in base
    units of `dimension`.
    """

    text: str
    value: float
    upper: float | None = None
    comparator: Literal["=", ">=", ">", "<=", "<"] = "="
    unit: str
    dimension: str
    base: float
    base_upper: float | None = None


class Chunk(_Noun):
    """A passage that is searched and cited: small enough to read at a glance, whole enough to stand alone.

    `text` is what the document says and what a citation quotes; `heading_path` is where it stands. `tags`
    are normalised equipment tags and document numbers that occur in the text. `edition` names the revision, content
    and making that the passage belongs to. `status` and `effective_until` (the first day it no longer held) are those
    of its document when it was read from the index.

    `tables` are the table rows in it as cells; `clause` the number of its heading; `plant_unit` the one unit it is for
    (`1호기` and `Unit 1` are "1"); `twins` the documents that say nearly the same as its own.
    """

    id: str
    document_id: str
    pack: str
    title: str
    revision: str = ""
    language: Language
    ordinal: Annotated[int, Field(ge=0)]
    text: Annotated[str, Field(min_length=1)]
    kind: BlockKind = BlockKind.PARAGRAPH
    heading_path: tuple[str, ...] = ()
    boxes: tuple[Box, ...] = ()
    tags: tuple[str, ...] = ()
    access: tuple[str, ...] = ()
    site: str = ""
    effective_date: dt.date | None = None
    confidence: float | None = None
    """How sure text recognition is of its least sure block, 0 to 1; None for text of a digital original."""
    figures: tuple[Figure, ...] = ()
    """The figures in it that were read from a scan."""
    edition: str = ""
    status: DocumentStatus = DocumentStatus.IN_FORCE
    effective_until: dt.date | None = None
    tables: tuple[Table, ...] = ()
    measures: tuple[Measure, ...] = ()
    dates: tuple[dt.date, ...] = ()
    clause: str = ""
    plant_unit: str = ""
    document_type: str = ""
    safety_topics: tuple[str, ...] = ()
    twins: tuple[str, ...] = ()

    @property
    def page(self) -> int | None:
        """First page of the passage, or None where the format has no pages."""
        return self.boxes[0].page if self.boxes else None

    def figures_in(self, text: str) -> tuple[Figure, ...]:
        """The figures read from a scan that a text states too."""
        stated = numbers_in(text)
        return tuple(figure for figure in self.figures if numbers_in(figure.text) & stated)

    @property
    def search_text(self) -> str:
        """What is searched by words, and encoded: title and heading path give a short passage its context."""
        crumbs = " > ".join(dict.fromkeys(part for part in (self.title, *self.heading_path) if part))
        return f"{crumbs}\n{self.text}" if crumbs else self.text


class Principal(_Noun):
    """Who asks. Every search takes one; a chunk with access groups is visible only to their members."""

    name: str = "local"
    groups: tuple[str, ...] = ()


class Hit(_Noun):
    """A chunk that a search found, with the fused score and the rank score of each branch that found it."""

    chunk: Chunk
    score: float
    scores: Mapping[str, float] = Field(default_factory=dict)


class Explanation(_Noun):
    """Why a hit was found and stands where it does.

    `ranks`: from 1, in each branch that found it; a branch's share of the fused score is its weight / (rank constant +
    rank). `named`: words of the question with the name that the passage uses. `tags`: the asked tags it names.
    `contributions`: what its score is made of, where it was reordered.
    """

    ranks: Mapping[str, int]
    named: Mapping[str, str]
    tags: tuple[str, ...]
    contributions: Mapping[str, float]


class Evidence(_Noun):
    """A passage given to the model under the number that a citation uses; numbers start at 1."""

    number: Annotated[int, Field(ge=1)]
    chunk: Chunk
    score: float
    scores: Mapping[str, float] = Field(default_factory=dict)


class Verdict(StrEnum):
    """Outcome of a check. SKIPPED: the check had nothing to look at in this claim."""

    PASSED = "passed"
    FAILED = "failed"
    SKIPPED = "skipped"


class Check(_Noun):
    """One verification of one claim: its name, its verdict and the reason a person can read.

    `reason` is in the language of the answer; `code` and `values` tell it in any other (`walkdown.reasons`).
    """

    name: str
    verdict: Verdict
    reason: str = ""
    code: str = ""
    values: tuple[tuple[str, str], ...] = ()


class ClaimSpan(_Noun):
    """Characters `start:end` of the text of evidence `number`: where a claim stands in it."""

    number: Annotated[int, Field(ge=1)]
    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=0)]


class Claim(_Noun):
    """One statement of an answer with the evidence numbers it cites and the checks it went through.

    `spans` are the places in the cited passages that carry it.
    """

    text: str
    citations: tuple[int, ...] = ()
    checks: tuple[Check, ...] = ()
    spans: tuple[ClaimSpan, ...] = ()

    @property
    def supported(self) -> bool:
        """True when it cites evidence and no check failed."""
        return bool(self.citations) and all(check.verdict is not Verdict.FAILED for check in self.checks)


class AnswerStatus(StrEnum):
    """How a question was answered.

    ANSWERED: the model's claims, all checked. QUOTED: verbatim passages only. REFUSED: the documents do
    not hold it. INCOMPLETE: the model failed on the way; evidence is shown.
    """

    ANSWERED = "answered"
    QUOTED = "quoted"
    REFUSED = "refused"
    INCOMPLETE = "incomplete"


class AnswerPart(_Noun):
    """One question of several that were asked at once, and what became of it."""

    question: str
    status: AnswerStatus
    text: str
    reason: str = ""


class Answer(_Noun):
    """A checked answer. Every `[n]` in `text` is the number of an item of `evidence`.

    `warnings` and `contacts` are those of the pack's safety topics; `procedures` the documents to follow instead.
    `findings` tell what a reader should know besides: sources that disagree, an instruction found in a document,
    evidence left out for want of room. `as_of` is the day (ISO) an answer about the past speaks of. `answerable` is the
    probability that the passages found hold the answer, read from question and passages alone; None where it was not
    told: for safety topics, and for questions in other languages than Korean and English. `nearest` are the lines
    nearest to the question of a refusal, word for word: no part of an answer, for nothing says that they answer.
    """

    status: AnswerStatus
    pack: str
    question: str
    language: Language
    text: str
    reason: str = ""
    claims: tuple[Claim, ...] = ()
    struck: tuple[Claim, ...] = ()
    nearest: tuple[Claim, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    notice: str = ""
    warnings: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()
    procedures: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    parts: tuple[AnswerPart, ...] = ()
    as_of: str = ""
    answerable: Annotated[float, Field(ge=0, le=1)] | None = None
    timings: Mapping[str, float] = Field(default_factory=dict)
    model: str = ""
    record_id: str = ""

    @model_validator(mode="after")
    def _citations_resolve(self) -> Self:
        known = {item.number for item in self.evidence}
        cited = {number for claim in (*self.claims, *self.nearest) for number in claim.citations}
        if not cited <= known:
            raise ValueError(f"citations without evidence: {sorted(cited - known)}")
        return self
