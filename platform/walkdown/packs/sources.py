"""Sources of a pack's own documents: Markdown with front matter, built into real files by scripts/build_corpus.py."""

import datetime as dt
import re
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from walkdown.documents import Language
from walkdown.packs.faults import Fault
from walkdown.packs.files import parse_yaml, read_text, schema_faults

SOURCES = "sources"
_FRONT = re.compile(r"---\n(?P<yaml>.*?\n)---\n(?P<body>.*)", re.DOTALL)


class SourceHeader(BaseModel):
    """Front matter of a source. `id` is the document number; `file` the stem of the file that is built."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Annotated[str, Field(min_length=1)]
    title: Annotated[str, Field(min_length=1)]
    revision: Annotated[str, Field(min_length=1)]
    effective_date: dt.date
    language: Language
    type: str
    format: Literal["md", "pdf", "docx"]
    file: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
    notes: str = ""

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
    try:
        return Source(SourceHeader.model_validate(data), match["body"].strip("\n"), name)
    except ValidationError as error:
        faults += schema_faults(error, name, node, offset=1)
        return None


def read_document(folder: Path, name: str) -> tuple[str, str]:
    """Id and text of a Markdown document of the corpus; the id is "" when its front matter states none."""
    text = read_text(folder, name, []) or ""
    match = _FRONT.match(text)
    data, _ = parse_yaml(match["yaml"], name, []) if match else (None, None)
    identity = data.get("id") if isinstance(data, dict) else None
    return (str(identity), match["body"]) if match and identity else ("", text)


def read_sources(folder: Path, faults: list[Fault]) -> list[Source]:
    """All sources of a pack in order of their names; ids and output names given twice are faults."""
    sources: list[Source] = []
    taken: dict[str, str] = {}
    for path in sorted((folder / SOURCES).glob("*.md")):
        source = read_source(folder, f"{SOURCES}/{path.name}", faults)
        if source is None:
            continue
        for what, value in (("id", source.header.id), ("file", source.header.file_name)):
            other = taken.setdefault(f"{what} {value}", source.name)
            if other != source.name:
                message = f"The {what} {value} is already that of {other}."
                faults.append(Fault(source.name, 2, message, "Give each document its own."))
        sources.append(source)
    return sources
