"""From a file or a batch of records to documents with their passages: what runs in the parsing process.

Everything here is a function of its input, so a document comes out the same wherever and whenever it is prepared.
"""

import hashlib
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from walkdown.documents import Chunk, ParsedDocument, SourceDocument
from walkdown.errors import DocumentError
from walkdown.index.store import IndexedChunk
from walkdown.text.tags import TagPattern
from walkdown_ingestion import readers
from walkdown_ingestion.chunking import chunk_document, edition_of
from walkdown_ingestion.enrichment.disagreements import disagreements
from walkdown_ingestion.enrichment.places import Vocabulary
from walkdown_ingestion.enrichment.sketch import sketch_of
from walkdown_ingestion.metadata import FileFacts, identify
from walkdown_ingestion.readers import jsonl
from walkdown_ingestion.readers.containers import Part, read_all

RECORD_MEDIA_TYPE = "application/json"
SHARED_COLUMNS = ("access", "site", "type", "language", "effective_date")
"""Columns of documents.csv that hold for every document of a file of many."""


class Recipe(NamedTuple):
    """What all documents of one ingestion are prepared with."""

    pack: str
    grammar: tuple[TagPattern, ...]
    vocabulary: Vocabulary = Vocabulary()


class FileJob(NamedTuple):
    """One file to parse. Its hash is taken from the bytes that are parsed."""

    path: Path
    facts: FileFacts


class RecordWork(NamedTuple):
    """One record of a JSON Lines file with its facts."""

    record: jsonl.Record
    facts: FileFacts


class RecordsJob(NamedTuple):
    """Some records of a JSON Lines file."""

    name: str
    records: tuple[RecordWork, ...]


Job = FileJob | RecordsJob


class Prepared(NamedTuple):
    """A document ready to embed. `path` is its original, None for a record of a larger file."""

    facts: FileFacts
    source: SourceDocument
    edition: str
    chunks: tuple[Chunk, ...]
    sketch: tuple[int, ...]
    page_count: int
    warnings: tuple[str, ...]
    path: Path | None
    original: bytes | None = None
    """The bytes of a member of an archive or mail, which has no path."""
    indexed: tuple[IndexedChunk, ...] | None = None
    """The passages with their vectors, where they were encoded at once."""


class Refused(NamedTuple):
    """A file or record that cannot be taken in, with the reason and what to do."""

    source: str
    name: str
    sha256: str
    cause: str
    remedy: str


class Outcome(NamedTuple):
    """What became of one job, the seconds it took, and those of encoding where that was done at once."""

    items: tuple[Prepared | Refused, ...]
    seconds: float
    embed: float = 0.0


def _document(parsed: ParsedDocument, facts: FileFacts, recipe: Recipe, path: Path | None) -> Prepared:
    source = identify(parsed, facts, recipe.pack, recipe.vocabulary.types)
    edition = edition_of(source, facts.fingerprint)
    chunks = tuple(chunk_document(parsed, source, recipe.grammar, edition, recipe.vocabulary))
    if not chunks:
        raise DocumentError(f"{facts.name} holds no text.", "Check that the file was exported completely.")
    warnings = (*parsed.warnings, *disagreements(parsed, facts))
    sketch = sketch_of(chunk.text for chunk in chunks)
    return Prepared(facts, source, edition, chunks, sketch, parsed.page_count, warnings, path)


def refusal(facts: FileFacts, error: DocumentError) -> Refused:
    """The refusal of a file for the reason of an error."""
    return Refused(facts.source, facts.name, facts.sha256, error.cause, error.remedy)


def _file(job: FileJob, recipe: Recipe) -> list[Prepared | Refused]:
    """The documents of a file: one, or each member of an archive and each attachment of a mail."""
    facts = job.facts
    try:
        data = readers.load(job.path)
        facts = facts._replace(sha256=hashlib.sha256(data).hexdigest())
        if not data:
            raise readers.no_bytes(facts.name)
        chosen = readers.choose(data, facts.name)
        return [_part(part, facts, recipe, job.path) for part in read_all(data, facts.name, chosen)]
    except DocumentError as error:
        return [refusal(facts, error)]
    except (MemoryError, RecursionError):
        cause = f"{facts.name} needs more memory or nests deeper than is allowed for one file."
        return [refusal(facts, DocumentError(cause, "Split it into smaller files."))]


def _part(part: Part, facts: FileFacts, recipe: Recipe, path: Path) -> Prepared | Refused:
    own = facts._replace(media_type=part.media_type)
    if part.path:
        own = member_facts(own, part)
    try:
        if isinstance(part.parsed, DocumentError):
            raise part.parsed
        made = _document(part.parsed, own, recipe, None if part.path else path)
        return made._replace(original=part.data) if part.path else made
    except DocumentError as error:
        return refusal(own, error)


def member_facts(facts: FileFacts, part: Part) -> FileFacts:
    """The facts of a document inside a file: the file is its source, and decides when it is read anew."""
    return facts._replace(
        source=f"{facts.source}#{part.path}",
        relative=f"{facts.relative}/{part.path}",
        sha256=hashlib.sha256(part.data).hexdigest(),
        overrides={key: value for key, value in facts.overrides.items() if key in SHARED_COLUMNS},
        fingerprint=container_fingerprint(facts),
    )


def container_fingerprint(facts: FileFacts) -> str:
    """Names the content of a container and the way its members are indexed."""
    return hashlib.sha256(f"{facts.fingerprint} {facts.sha256}".encode()).hexdigest()[:24]


def _record(record: jsonl.Record, facts: FileFacts, name: str, recipe: Recipe) -> Prepared | Refused:
    try:
        return _document(jsonl.parse_record(record, name), facts, recipe, None)
    except DocumentError as error:
        return refusal(facts, error)


def prepare(job: Job, recipe: Recipe) -> Outcome:
    """Parse, identify and cut the documents of a job; a document that cannot be read becomes a refusal."""
    start = time.perf_counter()
    items: Sequence[Prepared | Refused]
    if isinstance(job, FileJob):
        items = _file(job, recipe)
    else:
        items = [_record(record, facts, job.name, recipe) for record, facts in job.records]
    return Outcome(tuple(items), time.perf_counter() - start)
