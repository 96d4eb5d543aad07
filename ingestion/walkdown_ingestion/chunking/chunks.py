"""From a parsed document to its chunks: packs each section, then gives every passage its id, tags and language."""

import hashlib
import re
from collections.abc import Sequence

from walkdown.documents import BlockKind, Box, Chunk, Language, ParsedDocument, SourceDocument, Table
from walkdown.text.languages import detect_language
from walkdown.text.tags import TagPattern, find_tags, normal_form
from walkdown_ingestion.chunking.pieces import Piece, union
from walkdown_ingestion.chunking.sections import Draft, pack, section_tree, title_section
from walkdown_ingestion.enrichment.dates import dates_in
from walkdown_ingestion.enrichment.measures import measures_of
from walkdown_ingestion.enrichment.places import Vocabulary, clause_of, passage_unit, safety_topics

CHUNKER = "sections-7"
"""Name and version of this way of cutting; documents cut by another one are cut anew."""

NO_VOCABULARY = Vocabulary()
_LATIN_WORD = re.compile(r"\b[a-zà-ÿ]{2,}\b")
_ENOUGH_WORDS = 8
_DOCUMENT_NUMBER = re.compile(r"(?=[^\d]*\d)[A-Z0-9]+(?:[-_./][A-Z0-9]+)+", re.IGNORECASE)


def draft_text(pieces: Sequence[Piece]) -> str:
    """The text of a passage: list items and table rows line by line, an empty line between other blocks."""
    text = ""
    previous: Piece | None = None
    for piece in pieces:
        tight = previous is not None and (
            (piece.tight and previous.kind is piece.kind) or previous.kind is BlockKind.HEADING
        )
        text += piece.text if previous is None else f"\n{piece.text}" if tight else f"\n\n{piece.text}"
        previous = piece
    return text


def draft_kind(pieces: Sequence[Piece]) -> BlockKind:
    """The kind that most of the passage's characters are of."""
    weights: dict[BlockKind, int] = {}
    for piece in pieces:
        weights[piece.kind] = weights.get(piece.kind, 0) + len(piece.text)
    return max(weights, key=lambda kind: (weights[kind], kind is BlockKind.TABLE))


def draft_boxes(pieces: Sequence[Piece]) -> tuple[Box, ...]:
    """One box for each block and page, table rows of one passage joined."""
    boxes: list[Box] = []
    previous: Piece | None = None
    for piece in pieces:
        if previous is not None and piece.kind is previous.kind is BlockKind.TABLE:
            boxes = [*boxes[:-1], *union([*boxes[-1:], *piece.boxes])]
        else:
            boxes += union(piece.boxes)
        previous = piece
    return tuple(dict.fromkeys(boxes))


def draft_tables(pieces: Sequence[Piece]) -> tuple[Table, ...]:
    """The table rows of a passage as cells; rows under the same column names are one table."""
    tables: list[Table] = []
    previous: Table | None = None
    for piece in pieces:
        cells = piece.cells
        if cells is None or cells is previous:  # the second part of a long row
            continue
        last = tables[-1] if tables else None
        if last is not None and previous is not None and _same_columns(last, cells):
            tables[-1] = Table(header=last.header, rows=(*last.rows, *cells.rows))
        else:
            tables.append(cells)
        previous = cells
    return tuple(tables)


def _same_columns(one: Table, other: Table) -> bool:
    return one.header == other.header and len(one.rows[0]) == len(other.rows[0])


def passage_language(text: str, document: Language) -> Language:
    """Language of a passage; one with few words (codes, numbers, headings) has that of its document."""
    found = detect_language(text)
    if found == document:
        return document
    if found in ("en", "es"):
        return found if len(_LATIN_WORD.findall(text)) >= _ENOUGH_WORDS else document
    # A run of Chinese characters without kana or Hangul also stands in Japanese and Korean documents.
    if found == "zh" and document in ("ja", "ko"):
        return document
    return found


def _tags(text: str, document_id: str, grammar: Sequence[TagPattern]) -> tuple[str, ...]:
    found = [tag.normal for tag in find_tags(text, grammar)]
    if _DOCUMENT_NUMBER.fullmatch(document_id):
        found.append(normal_form(document_id))
    return tuple(dict.fromkeys(found))


def _path(draft: Draft, title: str) -> tuple[str, ...]:
    """The headings above a passage without the document's own title."""
    path = draft.path
    return path[1:] if path and path[0].casefold() == title.casefold() else path


def edition_of(source: SourceDocument, fingerprint: str = "") -> str:
    """Names a document's revision, content and the way it is indexed; other ones have passages of their own."""
    parts = (source.id, source.revision, source.sha256, fingerprint)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:20]


def chunk_document(
    parsed: ParsedDocument,
    source: SourceDocument,
    grammar: Sequence[TagPattern],
    edition: str = "",
    vocabulary: Vocabulary = NO_VOCABULARY,
) -> list[Chunk]:
    """The passages of a document in reading order, with consecutive ordinals.

    Ids are deterministic: they depend on the document id, the edition, the ordinal, the headings and the text. Tags are
    those of title, headings and text, and the document's number, all in normal form.
    """
    top = title_section(section_tree(parsed.blocks))
    unit = source.metadata.get("unit", "")
    chunks: list[Chunk] = []
    for draft in pack(top, top=True):
        text = draft_text(draft.pieces)
        if not text.strip():
            continue
        ordinal = len(chunks)
        path = _path(draft, source.title)
        tables = draft_tables(draft.pieces)
        digest = hashlib.sha256("\n".join((edition, *path, text)).encode()).hexdigest()[:12]
        chunks.append(
            Chunk(
                id=f"{source.id}:{ordinal}:{digest}",
                document_id=source.id,
                pack=source.pack,
                title=source.title,
                revision=source.revision,
                language=passage_language(text, source.language),
                ordinal=ordinal,
                text=text,
                kind=draft_kind(draft.pieces),
                heading_path=path,
                boxes=draft_boxes(draft.pieces),
                tags=_tags("\n".join((source.title, *path, text)), source.id, grammar),
                access=source.access,
                site=source.site,
                effective_date=source.effective_date,
                confidence=min((p.confidence for p in draft.pieces if p.confidence is not None), default=None),
                figures=tuple(dict.fromkeys(figure for piece in draft.pieces for figure in piece.figures)),
                edition=edition,
                tables=tables,
                measures=measures_of(text, tables),
                dates=dates_in(text),
                clause=clause_of(path),
                plant_unit=passage_unit(unit, path, text),
                document_type=source.metadata.get("type", ""),
                safety_topics=safety_topics(source.id, source.title, path, vocabulary.topics),
            )
        )
    return chunks
