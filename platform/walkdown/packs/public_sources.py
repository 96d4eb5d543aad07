"""Public sources that a pack's team would add first: where they are, under which licence, and what may be fetched."""

from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from walkdown.documents import Language
from walkdown.packs.faults import Fault
from walkdown.packs.files import line_of, parse_yaml, read_text, schema_faults
from walkdown.packs.texts import Texts

PUBLIC_SOURCES = "sources.yaml"
Form = Literal["html", "pdf", "xml", "docx", "hwp", "hwpx", "csv", "text"]
Url = Annotated[str, Field(pattern=r"^https?://[^\s/?#]+/\S*$")]


class PublicSource(BaseModel):
    """One public source. `pattern` is a URL with `{names}` for what varies; `allow` are the beginnings of URLs.

    Nothing is fetched unless the operator turns it on, and then only URLs that begin with one of `allow`, at a host
    of exactly that name.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]
    title: Texts
    url: Url
    pattern: Url
    allow: Annotated[tuple[Url, ...], Field(min_length=1)]
    languages: Annotated[tuple[Language, ...], Field(min_length=1)]
    formats: Annotated[tuple[Form, ...], Field(min_length=1)]
    licence: Texts
    ingest: Texts

    @model_validator(mode="after")
    def _pattern_is_allowed(self) -> Self:
        wrong = next((prefix for prefix in self.allow if urlsplit(prefix).query or urlsplit(prefix).fragment), None)
        if wrong is not None:
            raise ValueError(f"{wrong} in allow has a query; give host and path only")
        if not any(self.pattern.startswith(prefix) for prefix in self.allow):
            raise ValueError("the pattern begins with none of the URLs in allow")
        return self


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    sources: tuple[PublicSource, ...]


def read_public_sources(folder: Path, faults: list[Fault]) -> tuple[PublicSource, ...]:
    """The public sources of a pack, none when it has no sources.yaml; faults are appended."""
    if not (folder / PUBLIC_SOURCES).is_file():
        return ()
    text = read_text(folder, PUBLIC_SOURCES, faults)
    data, node = parse_yaml(text, PUBLIC_SOURCES, faults) if text is not None else (None, None)
    if node is None:
        return ()
    try:
        sources = _File.model_validate(data).sources
    except ValidationError as error:
        faults += schema_faults(error, PUBLIC_SOURCES, node)
        return ()
    seen: set[str] = set()
    for position, source in enumerate(sources):
        if source.id in seen:
            line = line_of(node, ("sources", position))
            message = f"The source {source.id!r} is given twice."
            faults.append(Fault(PUBLIC_SOURCES, line, message, "Give each source an id of its own."))
        seen.add(source.id)
    return sources
