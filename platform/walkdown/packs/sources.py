"""Sources of a pack's own documents: Markdown with front matter, built into real files by scripts/build_corpus.py."""

import datetime as dt
import re
from pathlib import Path
from typing import Annotated, Literal, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from walkdown.documents import Language
from walkdown.packs.faults import Fault
from walkdown.packs.figures import find_figures, read_figure
from walkdown.packs.files import parse_yaml, read_text, schema_faults

SOURCES = "sources"
_FRONT = re.compile(r"---\n(?P<yaml>.*?\n)---\n(?P<body>.*)", re.DOTALL)


class SourceHeader(BaseModel):
    """Front matter of a source. `id` is the document number; `file` the stem of the file that is built.

    Several sources may be revisions of one document: they share the `id` and differ in `revision` and `file`.
    `supersedes` is the revision that this one replaces; `status` is what the title block says of it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Annotated[str, Field(min_length=1)]
    title: Annotated[str, Field(min_length=1)]
    revision: Annotated[str, Field(min_length=1)]
    effective_date: dt.date
    language: Language
    type: str
    format: Literal["md", "pdf", "docx", "xlsx", "pptx", "hwpx", "html", "csv"]
    file: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
    layout: Literal["plain", "two-column", "scan"] = "plain"
    supersedes: Annotated[str, Field(min_length=1)] | None = None
    status: Literal["in_force", "superseded"] = "in_force"
    notes: str = ""

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if self.layout != "plain" and self.format != "pdf":
            raise ValueError(f"the layout {self.layout} is for the format pdf")
        if self.supersedes == self.revision:
            raise ValueError("a revision cannot supersede itself")
        return self

    @property
    def file_name(self) -> str:
        """Name of the built file."""
        return f"{self.file}.{self.format}"


class Source(NamedTuple):
    """One source: its header, the Markdown after it, and the path relative to the pack."""

    header: SourceHeader
    body: str
    name: str


def read_source(folder: Path, name: str, faults: list[Fault]) -> Source | None:
    """The source `name` (a path relative to the pack), or None with faults."""
    text = read_text(folder, name, faults)
    if text is None:
        return None
    match = _FRONT.match(text)
    if match is None:
        message = "The document does not begin with front matter between two lines of ---."
        faults.append(
            Fault(name, 1, message, "Give it id, title, revision, effective_date, language, type, format, file.")
        )
        return None
    data, node = parse_yaml(match["yaml"], name, faults, first_line=2)
    if node is None:
        return None
    before = text[: match.start("body")].count("\n")
    known = len(faults)
    for figure in find_figures(match["body"]):
        read_figure(figure.yaml, name, faults, first_line=before + figure.line)
    try:
        source = Source(SourceHeader.model_validate(data), match["body"].strip("\n"), name)
    except ValidationError as error:
        faults += schema_faults(error, name, node, offset=1)
        return None
    return source if len(faults) == known else None


def read_document(folder: Path, name: str) -> tuple[str, str, str]:
    """Id, revision and text of a Markdown document of the corpus; the id is "" when its front matter states none."""
    text = read_text(folder, name, []) or ""
    match = _FRONT.match(text)
    data, _ = parse_yaml(match["yaml"], name, []) if match else (None, None)
    if match is None or not isinstance(data, dict) or not data.get("id"):
        return "", "", text
    return str(data["id"]), str(data.get("revision") or ""), match["body"]


def read_sources(folder: Path, faults: list[Fault]) -> list[Source]:
    """All sources of a pack in order of their names.

    A revision or an output name given twice is a fault, and so is a replaced revision that is later than its
    replacement.
    """
    sources: list[Source] = []
    taken: dict[str, str] = {}
    for path in sorted((folder / SOURCES).glob("*.md")):
        source = read_source(folder, f"{SOURCES}/{path.name}", faults)
        if source is None:
            continue
        header = source.header
        for what in (f"id {header.id} with the revision {header.revision}", f"file {header.file_name}"):
            other = taken.setdefault(what, source.name)
            if other != source.name:
                message = f"The {what} is already that of {other}."
                faults.append(Fault(source.name, 2, message, "Give each document, or each revision of it, its own."))
        sources.append(source)
    faults += _order_faults(sources)
    return sources


def _order_faults(sources: list[Source]) -> list[Fault]:
    dates = {(source.header.id, source.header.revision): source.header.effective_date for source in sources}
    faults = []
    for source in sources:
        header = source.header
        replaced = dates.get((header.id, header.supersedes or ""))
        if replaced is not None and replaced > header.effective_date:
            message = f"The revision {header.supersedes} that this one supersedes is in force from a later date."
            faults.append(Fault(source.name, 2, message, "Mend effective_date or supersedes."))
    return faults


def in_force(sources: list[Source]) -> dict[str, Source]:
    """The source in force of each id: superseded by none and not marked so, else the latest by date."""
    replaced = {(source.header.id, source.header.supersedes) for source in sources}
    chosen: dict[str, Source] = {}
    for source in sorted(sources, key=lambda s: _rank(s, replaced)):
        chosen[source.header.id] = source
    return chosen


def _rank(source: Source, replaced: set[tuple[str, str | None]]) -> tuple[bool, bool, dt.date]:
    header = source.header
    return (
        header.status == "in_force",
        (header.id, header.revision) not in replaced,
        header.effective_date,
    )
