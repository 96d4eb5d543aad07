"""What the sources of a document's identity say against each other: documents.csv, the document, its file name."""

import re
from collections.abc import Mapping
from pathlib import PurePosixPath

from walkdown.documents import ParsedDocument
from walkdown.text.languages import normalise
from walkdown.text.revisions import revision_order
from walkdown.text.tags import normal_form
from walkdown_ingestion.labels import find_date, find_number, find_revision, parse_date
from walkdown_ingestion.metadata import FILE_NUMBER, FILE_REVISION, FileFacts, head_text

_WORDS = {"number": "document number", "revision": "revision", "effective_date": "effective date", "unit": "unit"}


def disagreements(parsed: ParsedDocument, file: FileFacts) -> tuple[str, ...]:
    """One sentence for each field on which the sources differ; the first named is the one that is taken."""
    if not file.states_head:
        return ()
    head, stem = head_text(parsed), PurePosixPath(normalise(file.name)).stem
    number, revision = FILE_NUMBER.search(stem), FILE_REVISION.search(stem)
    found = find_date(head)
    said: Mapping[str, tuple[str, str, str, str]] = {
        "number": _claims(file, parsed, ("id", "number"), find_number(head), number.group() if number else ""),
        "revision": _claims(file, parsed, ("revision",), find_revision(head), revision["value"] if revision else ""),
        "effective_date": _claims(file, parsed, ("effective_date",), str(found or ""), ""),
    }
    sentences = (_sentence(field, claims) for field, claims in said.items())
    return tuple(sentence for sentence in sentences if sentence)


def _claims(
    file: FileFacts, parsed: ParsedDocument, fields: tuple[str, ...], in_text: str, in_name: str
) -> tuple[str, str, str, str]:
    sidecar = next((file.overrides[f] for f in fields if file.overrides.get(f)), "")
    fields_of_file = next((parsed.metadata[f] for f in fields if parsed.metadata.get(f)), "")
    return sidecar, fields_of_file, in_text, in_name


def _sentence(field: str, claims: tuple[str, str, str, str]) -> str:
    named = zip(("documents.csv", "the head of the file", "its text", "its name"), claims, strict=True)
    made = [(who, value) for who, value in named if value]
    if not made:
        return ""
    first, taken = made[0]
    against = [(who, value) for who, value in made[1:] if not _same(field, taken, value)]
    if not against:
        return ""
    others = ", ".join(f"{who} says {value}" for who, value in against)
    return f"{first} gives the {_WORDS[field]} as {taken}, but {others}; {taken} is taken."


def _same(field: str, one: str, other: str) -> bool:
    if field == "revision":
        order = revision_order(one, other)
        return order == 0 or (order is None and one.casefold() == other.casefold())
    if field == "effective_date":
        return (parse_date(one) or one) == (parse_date(other) or other)
    a, b = (re.sub(r"[^0-9A-Z가-힣]", "", normal_form(text)) for text in (one, other))
    # A file name may carry more than the number, or a shortened one.
    return a in b or b in a
