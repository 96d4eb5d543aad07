"""JSON Lines: each line is a document `{id, title, text, lang, ...}` of its own; its text may hold Markdown.

Lines are read one at a time, so a file of any length takes the memory of one record.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from walkdown.documents import ParsedDocument
from walkdown.errors import DocumentError
from walkdown_ingestion.clean import clean_line
from walkdown_ingestion.paths import require_bytes
from walkdown_ingestion.readers.base import empty
from walkdown_ingestion.readers.markdown import parse_markdown

_KNOWN = ("id", "title", "text", "lang", "language")
_MAX_VALUE_CHARS = 500


class Record(NamedTuple):
    """One line: the document id it states and its bytes as they stand in the file."""

    id: str
    line: int
    data: bytes
    fields: Mapping[str, Any]


def _record(data: bytes, line: int, name: str) -> Record:
    place = f"{name} line {line}"
    try:
        fields = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise DocumentError(f"{place} is not JSON.", "Each line must hold one complete JSON object.") from error
    if not isinstance(fields, dict):
        raise DocumentError(f"{place} is not a JSON object.", "Each line must be {id, title, text, lang}.")
    identity = fields.get("id")
    if not isinstance(identity, str | int) or not clean_line(str(identity)):
        raise DocumentError(f'{place} has no "id".', "Give each record an id; it becomes the document id.")
    if not isinstance(fields.get("text"), str):
        raise DocumentError(f'{place} has no "text".', 'Put the content of the document into the field "text".')
    return Record(clean_line(str(identity)), line, data, fields)


def records(path: Path) -> Iterator[Record | DocumentError]:
    """The records of a file in order; a faulty line is yielded as the error that names it, and the rest follow.

    Raises DocumentError when the file cannot be opened.
    """
    try:
        require_bytes(path)
        opened = path.open("rb")
    except OSError as error:
        cause = f"{path} cannot be opened: {error.strerror or error}."
        raise DocumentError(cause, "Check that it exists and that you may read it.") from error
    with opened as file:
        for line, data in enumerate(file, 1):
            data = data.strip().removeprefix(b"\xef\xbb\xbf")
            if not data:
                continue
            try:
                yield _record(data, line, path.name)
            except DocumentError as error:
                yield error


def _metadata(fields: Mapping[str, Any]) -> dict[str, str]:
    """Extra fields as text; lists are joined by commas, objects and long texts are left out."""
    out: dict[str, str] = {}
    for key, value in fields.items():
        if key in _KNOWN or value is None or isinstance(value, dict):
            continue
        text = clean_line(", ".join(map(str, value)) if isinstance(value, list) else str(value))
        if text and len(text) <= _MAX_VALUE_CHARS:
            out[clean_line(key)] = text
    return out


def parse_record(record: Record, name: str) -> ParsedDocument:
    """The document of one record. Raises DocumentError when its text is empty."""
    title = clean_line(str(record.fields.get("title") or "")) or record.id
    document = parse_markdown(record.fields["text"], title=title)
    if not document.blocks:
        raise empty(f"{name} record {record.id}")
    metadata = {**_metadata(record.fields), **document.metadata, "id": record.id}
    language = record.fields.get("lang") or record.fields.get("language")
    if isinstance(language, str):
        metadata["language"] = language
    return document.model_copy(update={"title": title, "metadata": metadata})
