"""What a document says about itself: id, title, revision, effective date, language, site, access.

Sources in order: `documents.csv` beside the file, front matter or record fields, the lines at the head of the
document and in its page margins, embedded properties, the first heading, the file name.
"""

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePosixPath
from typing import NamedTuple

from walkdown.documents import LANGUAGES, BlockKind, Language, ParsedDocument, SourceDocument
from walkdown.packs.schema import DocumentType
from walkdown.text.languages import detect_language, normalise
from walkdown.text.revisions import revision_order
from walkdown_ingestion.clean import clean_line
from walkdown_ingestion.enrichment.places import document_type, document_unit
from walkdown_ingestion.file_names import CALLED, invalid_in, number_in, revision_in
from walkdown_ingestion.history import as_labels, newest_of
from walkdown_ingestion.label_dates import find_date, find_until, parse_date
from walkdown_ingestion.label_revisions import find_replaced, find_revision, find_supersedes
from walkdown_ingestion.label_status import find_draft, find_superseded
from walkdown_ingestion.labels import find_kind, find_number, find_product, find_title
from walkdown_ingestion.title_blocks import name_in

KNOWN_FIELDS = ("id", "title", "revision", "effective_date", "language", "access", "site", "number", "margins")
_HEAD_BLOCKS = 14
_HEAD_CHARS = 2500
_TITLE_BLOCKS = 4
_LANGUAGE_SAMPLE = 20_000
_MAX_TITLE = 160
_JUNK_TITLE = re.compile(
    r"microsoft (?:word|excel|powerpoint) -.*|untitled.*|document\d*|제목 없음|無題"
    r"|.*\.(?:docx?|pdf|hwpx?|xlsx?|tmp|indd)",
    re.IGNORECASE,
)
_GENERIC_TITLE = re.compile(
    r"(?:material\s+)?safety\s+data\s+sheet|m?sds\b|물질안전보건자료|(?:section\s*)?1\.?\s.*identification"
    r"|hoja de datos de seguridad",
    re.IGNORECASE,
)
_SECTION = re.compile(r"\d{1,2}(?:[.)]\d{0,2})*\s|제\s?\d+\s?[장조절]|[IVX]{1,4}\.\s")


class FileFacts(NamedTuple):
    """What is known of a file before it is read.

    `source` says where it came from; `relative` is its path below the folder handed in, with forward slashes.
    `overrides` is its row of documents.csv. `access` and `site` are those of the command. `fingerprint` names
    everything but the content that decides how it is indexed. `states_head` is False for
    records, whose fields say it all: nothing is read out of their text or file name.
    """

    source: str
    relative: str
    sha256: str
    media_type: str
    overrides: Mapping[str, str] = {}
    access: tuple[str, ...] = ()
    site: str = ""
    states_head: bool = True
    fingerprint: str = ""

    @property
    def name(self) -> str:
        """The file name."""
        return PurePosixPath(self.relative).name


class Head(NamedTuple):
    """What a document says about itself: the text in which it does, its margins, its newest revision and the day."""

    text: str = ""
    margins: str = ""
    revision: str = ""
    date: dt.date | None = None
    history: str = ""
    """The revision of the newest row of a history of revisions."""


def read_head(parsed: ParsedDocument) -> Head:
    """The head of a document; where that names no revision, a history of revisions does, wherever it stands."""
    text, margins = head_text(parsed), parsed.metadata.get("margins", "")
    rows = (newest_of(block.table) for block in parsed.blocks if block.table is not None)
    history = as_labels(next(filter(None, rows), ""))
    stated, written, revision = find_revision(history), find_date(text), find_revision(text)
    if not written and (not revision or revision_order(revision, stated) == 0):
        written = find_date(history)
    return Head(text, margins, revision or stated, written, stated)


def head_text(parsed: ParsedDocument) -> str:
    """The lines in which a document usually states its number and revision: margins, then the first blocks.

    Tables are given row by row, once as they stand and once with their header carried; of a history of revisions
    only what stands besides, since its rows tell of what was.
    """
    lines = [parsed.metadata.get("margins", "")]
    size = 0
    for block in parsed.blocks[:_HEAD_BLOCKS]:
        if block.table is not None and (newest := newest_of(block.table)) is not None:
            lines += newest.split("\n")[1:]
            continue
        if block.table is not None:
            lines += [" | ".join(dict.fromkeys(row)) for row in (*block.table.header, *block.table.rows)]
        lines.append(block.text)
        size += len(block.text)
        if size > _HEAD_CHARS:
            break
    return "\n".join(lines)[: 2 * _HEAD_CHARS]


def stem_id(relative: str) -> str:
    """Id of a document that names no number: its path below the folder handed in, without suffix, in NFC."""
    path = PurePosixPath(normalise(relative))
    return clean_line(str(path.with_suffix("")) if path.suffix else str(path))


def groups_of(text: str) -> tuple[str, ...]:
    """Access groups of a cell: separated by commas, semicolons or bars."""
    return tuple(dict.fromkeys(part for part in (clean_line(p) for p in re.split(r"[,;|]", text)) if part))


def _first(*values: str) -> str:
    return next((value for value in values if value), "")


def _block_title(parsed: ParsedDocument) -> str:
    """The name in a title block or at the head of each page, where the first heading is only that of a section."""
    blocks = parsed.blocks[:_TITLE_BLOCKS]
    named = next((n for b in blocks if b.table and not b.table.header and (n := name_in(b.table.rows))), "")
    named = named or find_kind(parsed.metadata.get("margins", ""))
    return named if not parsed.title or _SECTION.match(parsed.title) else ""


def _title(parsed: ParsedDocument, file: FileFacts, stated: Mapping[str, str], head: str) -> str:
    embedded = parsed.metadata.get("property.title", "")
    heading = next((b.text for b in parsed.blocks if b.kind is BlockKind.HEADING), "")
    candidates: Iterable[str] = (
        stated.get("title", ""),
        _block_title(parsed),
        parsed.title,
        find_title(head),
        embedded,
        heading,
    )
    product = find_product(head)
    usable = (t for t in map(clean_line, candidates) if t and not _JUNK_TITLE.fullmatch(t) and len(t) <= _MAX_TITLE)
    title = next(usable, "") or clean_line(PurePosixPath(normalise(file.relative)).stem)
    if _GENERIC_TITLE.match(title) and product and product.casefold() not in title.casefold():
        return f"{title.rstrip('.: ')}: {product}"
    return title


def _language(stated: Mapping[str, str], parsed: ParsedDocument) -> Language:
    named = stated.get("language", "").strip().lower()[:2]
    if named in LANGUAGES:
        return named
    return detect_language(parsed.text[:_LANGUAGE_SAMPLE])


def _date(stated: Mapping[str, str], head: Head) -> dt.date | None:
    return parse_date(stated.get("effective_date") or stated.get("effective", "")) or head.date


def identify(parsed: ParsedDocument, file: FileFacts, pack: str, types: Sequence[DocumentType] = ()) -> SourceDocument:
    """The identity of a parsed document; `types` are the kinds of document that the pack knows."""
    stated = {**parsed.metadata, **{key: value for key, value in file.overrides.items() if value}}
    head = read_head(parsed) if file.states_head else Head()
    stem = PurePosixPath(normalise(file.name)).stem if file.states_head else ""
    number = _first(stated.get("number", ""), find_number(head.text), number_in(stem))
    extra = {k: v for k, v in stated.items() if k not in KNOWN_FIELDS and v}
    title = _title(parsed, file, stated, head.text)
    told = {
        "number": number,
        "status": _status(stated, head, file),
        "supersedes": _first(clean_line(stated.get("supersedes", "")), find_supersedes(head.text, number)),
        "replaces": find_replaced(head.text, number),
        CALLED: "" if file.overrides.get("status") else invalid_in(normalise(file.relative)),
        "valid_until": str(find_until(head.text) or ""),
        "unit": document_unit(clean_line(stated.get("unit", "")), title, stem),
        "type": document_type(clean_line(stated.get("type", "")), title, types),
    }
    extra |= {name: value for name, value in told.items() if value}
    return SourceDocument(
        id=clean_line(normalise(_first(stated.get("id", ""), number, stem_id(file.relative)))),
        pack=pack,
        title=title,
        revision=_first(clean_line(stated.get("revision", "")), head.revision, revision_in(stem)),
        language=_language(stated, parsed),
        sha256=file.sha256,
        media_type=file.media_type,
        file_name=normalise(file.name),
        source=file.source,
        effective_date=_date(stated, head),
        site=_first(clean_line(stated.get("site", "")), file.site),
        access=groups_of(stated.get("access", "")) or file.access,
        metadata=extra,
    )


def _status(stated: Mapping[str, str], head: Head, file: FileFacts) -> str:
    """`superseded` or `draft` where it is told; what documents.csv says goes before any stamp."""
    told = f"status: {stated.get('status', '')}"
    text, margins = (told, "") if file.overrides.get("status") else (f"{told}\n{head.text}", head.margins)
    return "superseded" if find_superseded(text, margins) else "draft" if find_draft(text, margins) else ""
