"""PDF to blocks: words and rules by liteparse, the layout by this package's own steps.

The steps: furniture off, ruled tables, columns, rows, aligned tables, paragraphs, headings; then tables and
paragraphs that go over a page end are joined. Boxes are one for each line of text or row of a table.
"""

import re
from collections.abc import Iterator, Sequence

from walkdown.documents import ParsedDocument
from walkdown.errors import DocumentError
from walkdown_ingestion.readers.base import empty
from walkdown_ingestion.readers.pdf.aligned import aligned_tables
from walkdown_ingestion.readers.pdf.build import build
from walkdown_ingestion.readers.pdf.columns import reading_order
from walkdown_ingestion.readers.pdf.furniture import strip_furniture
from walkdown_ingestion.readers.pdf.native import load
from walkdown_ingestion.readers.pdf.page import Page, extent
from walkdown_ingestion.readers.pdf.rows import joined, rows_of
from walkdown_ingestion.readers.pdf.ruled import Grid, ruled_tables
from walkdown_ingestion.readers.pdf.text import Element, elements_of

_WORD = re.compile(r"[a-zà-ÿ]{4,}")
_HIDDEN_REPORTED = 12


def _layout(page: Page, known: frozenset[str]) -> Iterator[Element | Grid]:
    """The elements and tables of a page in reading order."""
    tables = ruled_tables(page)
    loose = [s for s in page.segments if not any(t.area.holds((s.x0 + s.x1) / 2, s.middle) for t in tables)]
    for group in reading_order([*joined(loose), *tables]):
        rows = aligned_tables(rows_of(group), page)
        yield from elements_of(rows, known)
    if page.turned:
        text = " ".join(segment.text for segment in page.turned)
        yield Element("text", text, tuple(extent([s]) for s in page.turned), size=0.0, bold=False)


def _known_words(pages: Sequence[Page]) -> frozenset[str]:
    """Words of the document in small letters, to tell a broken word from a compound at a line end."""
    return frozenset(
        word for page in pages for s in page.segments for word in _WORD.findall(s.text.lower().replace("-", " - "))
    )


def _warnings(pages: Sequence[Page], unread: Sequence[int]) -> tuple[str, ...]:
    warnings = [
        f"page {page.number} has no text layer (scanned); text recognition is not installed"
        for page in pages
        if page.scanned
    ]
    warnings += [f"page {number} is damaged and could not be read" for number in unread]
    warnings += [
        f"page {page.number}: {page.hidden} characters that no reader of the page can see were left out"
        for page in pages
        if page.hidden >= _HIDDEN_REPORTED
    ]
    warnings += [
        f"page {page.number}: the text layer is damaged, what is read may differ from what is printed"
        for page in pages
        if page.garbled
    ]
    warnings += [
        f"page {page.number}: {page.unplaced} raised figures (as in 10⁵) may read as plain ones"
        for page in pages
        if page.unplaced
    ]
    return tuple(warnings)


def read(data: bytes, name: str) -> ParsedDocument:
    """Read a PDF. Raises DocumentError when it is protected, damaged, or has no text on any page."""
    pages, unread = load(data, name)
    if not any(page.segments for page in pages):
        if any(page.scanned for page in pages):
            raise DocumentError(
                f"{name} has no text layer: its {len(pages)} pages are scanned images.",
                "Run it through text recognition (OCR), for example `ocrmypdf`, and ingest the result.",
            )
        raise empty(name)
    bare, margins = strip_furniture(pages)
    known = _known_words(bare)
    blocks = build([(page, list(_layout(page, known))) for page in bare])
    if not blocks:
        raise empty(name)
    title = next((b.text for b in blocks if b.level == 1 and not b.heading_path and b.page == 1), "")
    return ParsedDocument(
        title=title,
        blocks=tuple(blocks),
        page_count=len(pages),
        warnings=_warnings(pages, unread),
        metadata={"margins": margins} if margins else {},
    )
