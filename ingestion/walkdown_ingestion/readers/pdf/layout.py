"""The layout step: pages of words and rules to the blocks of a document, whether digital or recognised."""

import re
from collections.abc import Iterator, Mapping, Sequence

from walkdown.documents import Block
from walkdown_ingestion.readers.pdf.aligned import aligned_tables
from walkdown_ingestion.readers.pdf.build import build
from walkdown_ingestion.readers.pdf.columns import reading_order
from walkdown_ingestion.readers.pdf.furniture import strip_furniture
from walkdown_ingestion.readers.pdf.page import Page, extent
from walkdown_ingestion.readers.pdf.rows import joined, rows_of
from walkdown_ingestion.readers.pdf.ruled import Grid, ruled_tables
from walkdown_ingestion.readers.pdf.text import Element, elements_of
from walkdown_ingestion.readers.scan.pages import Scan, placed

_WORD = re.compile(r"[a-zà-ÿ]{4,}")


def _layout(page: Page, known: frozenset[str]) -> Iterator[Element | Grid]:
    """The elements and tables of a page in reading order."""
    tables = ruled_tables(page)
    loose = [s for s in page.segments if not any(t.area.holds((s.x0 + s.x1) / 2, s.middle) for t in tables)]
    for group in reading_order([*joined(loose), *tables]):
        rows = aligned_tables(rows_of(group.parts), page)
        yield from elements_of(rows, known, group.right)
    if page.turned:
        text = " ".join(segment.text for segment in page.turned)
        yield Element("text", text, tuple(extent([s]) for s in page.turned), size=0.0, bold=False)


def _known_words(pages: Sequence[Page]) -> frozenset[str]:
    """Words of the document in small letters, to tell a broken word from a compound at a line end."""
    return frozenset(
        word for page in pages for s in page.segments for word in _WORD.findall(s.text.lower().replace("-", " - "))
    )


def blocks_of(pages: Sequence[Page], scans: Mapping[int, Scan]) -> tuple[list[Block], str]:
    """The blocks of all pages in reading order, and the text that the pages repeat at their edges."""
    bare, margins = strip_furniture(pages)
    known = _known_words(bare)
    blocks = build([(page, list(_layout(page, known))) for page in bare])
    return [placed(block, scans) for block in blocks], margins
