"""The stream of work of one ingestion: what is new or changed becomes a job, what is unchanged is only counted."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from walkdown.errors import DocumentError
from walkdown.records.registry import DocumentRecord
from walkdown.records.revisions import ABSENT
from walkdown.text.languages import normalise
from walkdown_ingestion.discovery import Found
from walkdown_ingestion.ledger import Ledger
from walkdown_ingestion.metadata import FileFacts, groups_of
from walkdown_ingestion.paths import require_bytes, written
from walkdown_ingestion.prepare import (
    RECORD_MEDIA_TYPE,
    SHARED_COLUMNS,
    FileJob,
    Job,
    Outcome,
    RecordsJob,
    RecordWork,
    Refused,
    container_fingerprint,
    refusal,
)
from walkdown_ingestion.readers import RECORDS_SUFFIX, jsonl
from walkdown_ingestion.sidecar import Sidecars

_RECORDS_AT_ONCE = 64
_NO_SECONDS = 0.0
MAX_BYTES = 512 * 2**20
"""Largest file that is read; JSON Lines are read line by line and may be larger."""


class Options(NamedTuple):
    """What the command says about all documents."""

    access: tuple[str, ...]
    site: str
    fingerprint: Callable[[FileFacts], str]
    """Names everything but the content that decides how a document is indexed."""
    origin: str = ""
    """Where the files really are, when the paths are copies of them."""


class Unchanged(NamedTuple):
    """A document whose content and making are as the registry knows them. `back`: it was withdrawn with its file."""

    source: str
    back: DocumentRecord | None = None
    document_id: str = ""


def source_of(found: Found, origin: str) -> str:
    """Where a file came from: its path, or its place below the origin it was copied from."""
    return f"{origin}{found.relative}" if origin else normalise(written(found.path.absolute().as_posix()))


class Stream:
    """Iterates over the work in the order of the files: jobs, and what is settled without one."""

    def __init__(self, files: Sequence[Found], ledger: Ledger, options: Options) -> None:
        self._files = files
        self._ledger = ledger
        self._options = options
        self._sidecars = Sidecars()

    def __iter__(self) -> Iterator[Job | Outcome | Unchanged]:
        for found in self._files:
            facts = self._facts(found)
            try:
                facts = facts._replace(overrides=self._sidecars.row(found.path, found.root))
                facts = facts._replace(fingerprint=self._options.fingerprint(facts))
                if found.path.suffix.lower() == RECORDS_SUFFIX:
                    yield from self._records(found, facts)
                else:
                    yield from self._file(found, facts)
            except DocumentError as error:
                yield Outcome((refusal(facts, error),), _NO_SECONDS)

    def unmatched(self) -> list[str]:
        """What to tell of the rows of `documents.csv` that name no file."""
        return self._sidecars.unmatched()

    def _facts(self, found: Found) -> FileFacts:
        return FileFacts(
            source_of(found, self._options.origin), found.relative, "", "", {}, self._options.access, self._options.site
        )

    def _unchanged(self, facts: FileFacts) -> Unchanged | None:
        known = self._ledger.unchanged(facts.source, facts.sha256, facts.fingerprint)
        if known is None:
            return None
        return Unchanged(facts.source, known if known.metadata.get(ABSENT) else None, known.id)

    def _file(self, found: Found, facts: FileFacts) -> Iterator[Job | Outcome | Unchanged]:
        try:
            require_bytes(found.path)
            if found.path.stat().st_size > MAX_BYTES:
                # Refused by its size, without reading gigabytes.
                yield FileJob(found.path, facts)
                return
            with found.path.open("rb") as file:
                facts = facts._replace(sha256=hashlib.file_digest(file, "sha256").hexdigest())
        except OSError:
            # The reader says what is wrong with it.
            yield FileJob(found.path, facts)
            return
        own, inside = self._unchanged(facts), self._ledger.members(facts.source, container_fingerprint(facts))
        if (own is None and not inside) or self._ledger.must_read(facts.source):
            yield FileJob(found.path, facts)
            return
        if own is not None:
            yield own
        for record in inside:
            yield Unchanged(record.source, record if record.metadata.get(ABSENT) else None, record.id)

    def _records(self, found: Found, facts: FileFacts) -> Iterator[Job | Outcome | Unchanged]:
        work: list[RecordWork] = []
        for item in self._each_record(found, facts):
            if isinstance(item, Unchanged):
                yield item
            elif isinstance(item, Refused):
                yield Outcome((item,), _NO_SECONDS)
            else:
                work.append(item)
            if len(work) == _RECORDS_AT_ONCE:
                yield RecordsJob(written(found.path.name), tuple(work))
                work = []
        if work:
            yield RecordsJob(written(found.path.name), tuple(work))

    def _each_record(self, found: Found, facts: FileFacts) -> Iterator[RecordWork | Refused | Unchanged]:
        seen: set[str] = set()
        for number, record in enumerate(jsonl.records(found.path), 1):
            if isinstance(record, DocumentError):
                yield refusal(facts._replace(source=f"{facts.source}#{number}"), record)
                continue
            own = self._record_facts(facts, record)
            if record.id in seen:
                cause = f"{found.path.name} line {record.line} has the id {record.id} once more."
                error = DocumentError(cause, "Give each record an id of its own.")
                yield refusal(own._replace(source=f"{own.source}#{record.line}"), error)
                continue
            seen.add(record.id)
            yield self._unchanged(own) or RecordWork(record, own)

    def _record_facts(self, facts: FileFacts, record: jsonl.Record) -> FileFacts:
        access = record.fields.get("access")
        groups = tuple(map(str, access)) if isinstance(access, list) else groups_of(str(access or ""))
        own = facts._replace(
            source=f"{facts.source}#{record.id}",
            sha256=hashlib.sha256(record.data).hexdigest(),
            media_type=RECORD_MEDIA_TYPE,
            access=groups or facts.access,
            overrides={key: value for key, value in facts.overrides.items() if key in SHARED_COLUMNS},
            states_head=False,
        )
        return own._replace(fingerprint=self._options.fingerprint(own))
