"""What the sources of a document's identity say against each other: documents.csv, the document, its file name."""

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from walkdown.documents import ParsedDocument
from walkdown.text.languages import normalise
from walkdown.text.revisions import revision_order
from walkdown.text.tags import normal_form
from walkdown_ingestion.file_names import number_in, revision_in
from walkdown_ingestion.label_dates import find_until, parse_date, uncertain_date
from walkdown_ingestion.labels import find_number, stated_numbers
from walkdown_ingestion.metadata import FileFacts, Head, read_head

_WORDS = {"number": "document number", "revision": "revision", "effective_date": "effective date", "unit": "unit"}


def disagreements(parsed: ParsedDocument, file: FileFacts) -> tuple[str, ...]:
    """One sentence for each field on which the sources differ; the first named is the one that is taken."""
    if not file.states_head:
        return ()
    head, stem = read_head(parsed), PurePosixPath(normalise(file.name)).stem
    said: Mapping[str, tuple[str, str, str, str]] = {
        "number": _claims(file, parsed, ("id", "number"), find_number(head.text), number_in(stem)),
        "revision": _claims(file, parsed, ("revision",), head.revision, revision_in(stem)),
        "effective_date": _claims(file, parsed, ("effective_date",), str(head.date or ""), ""),
    }
    sentences = (_sentence(field, claims) for field, claims in said.items())
    return tuple(sentence for sentence in (*sentences, *_doubts(file, head), _second(parsed, head)) if sentence)


def _doubts(file: FileFacts, head: Head) -> Iterator[str]:
    """What makes it doubtful that a document holds, though it is taken to."""
    if head.history and revision_order(head.history, head.revision) == 1:
        yield (
            f"its text gives the revision as {head.revision}, but the newest row of its history is {head.history}; "
            f"{head.revision} is taken."
        )
    if not file.overrides.get("effective_date") and (written := uncertain_date(head.text)):
        yield f"its effective date {written} can be read with the day or the month first, and was not taken."
    if (until := find_until(head.text)) is not None:
        yield f"it says that it holds until {until}; after that day it is out of force."


def _second(parsed: ParsedDocument, head: Head) -> str:
    """What to tell where a file bears the number of a second document: a list of documents is a table and has rows."""
    own, least = find_number(head.text), 2
    plain = (b.text for b in parsed.blocks if b.table is None or (not b.table.header and len(b.table.rows[0]) == least))
    others = [n for n in stated_numbers("\n".join(plain)) if not _same("number", own, n)] if own else []
    if not others:
        return ""
    return f"it is taken as {own}, but it also states the number {others[0]}. If it holds two documents, split it."


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
