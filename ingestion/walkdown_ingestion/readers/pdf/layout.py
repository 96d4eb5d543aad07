"""The layout step: pages of words and rules to the blocks of a document, whether digital or recognised."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from walkdown.documents import Block
from walkdown_ingestion.hangul_wrap import HangulLines
from walkdown_ingestion.joining import Known, korean_words
from walkdown_ingestion.readers.pdf.banded import banded_tables
from walkdown_ingestion.readers.pdf.boxed import boxed_texts, with_boxes
from walkdown_ingestion.readers.pdf.build import build
from walkdown_ingestion.readers.pdf.columns import reading_order
from walkdown_ingestion.readers.pdf.dashes import with_dashes_as_rules
from walkdown_ingestion.readers.pdf.furniture import strip_furniture
from walkdown_ingestion.readers.pdf.page import Page, extent
from walkdown_ingestion.readers.pdf.rows import joined, rows_of
from walkdown_ingestion.readers.pdf.ruled import Grid, ruled_tables
from walkdown_ingestion.readers.pdf.runs import aligned_tables
from walkdown_ingestion.readers.pdf.short_rules import with_labels_over_rows
from walkdown_ingestion.readers.pdf.sideways import sideways_text
from walkdown_ingestion.readers.pdf.stacked import parted_at_sides
from walkdown_ingestion.readers.pdf.text import Element, elements_of
from walkdown_ingestion.readers.pdf.titled import Titled
from walkdown_ingestion.readers.pdf.wide_columns import Columns
from walkdown_ingestion.readers.scan.pages import Scan, placed

_LINE = 18
"""Characters of a line of running text, at least; cells of tables are shorter."""
_LEADING = 2.2
"""Distance between the tops of two lines of a paragraph, at most, in font sizes."""
_WORD = re.compile(r"[a-zà-ÿ]{4,}")


def _layout(page: Page, known: Known, before: Columns) -> Iterator[Element | Grid]:
    """The elements and tables of a page in reading order. `before`: columns of the table that ends the page before."""
    tables = [part for grid in ruled_tables(page) for part in parted_at_sides(grid, page)]
    tables += banded_tables(page, tables)
    loose = [s for s in page.segments if not any(t.area.holds((s.x0 + s.x1) / 2, s.middle) for t in tables)]
    boxes = boxed_texts(page, loose, known)
    loose = [s for s in loose if not any(b.area.holds((s.x0 + s.x1) / 2, s.middle) for b in boxes)]
    found: list[Element | Grid] = []
    titled = Titled(tables, loose)
    for i, group in enumerate(reading_order([*joined(titled.loose), *titled.tables])):
        rows = [
            with_labels_over_rows(row, page.rules) if isinstance(row, Grid) else row
            for row in aligned_tables(rows_of(group.parts), page, before if i == 0 else ())
        ]
        found += elements_of(rows, known, group.right)
    yield from with_boxes(list(titled.written(found)), boxes)
    turned = [
        s._replace(words=(w,)) for s in page.turned for w in s.words if not any(t.area.holds(*w.middle) for t in tables)
    ]
    if turned:
        lines = tuple(extent([s]) for s in turned)
        yield Element("text", sideways_text(turned), lines, size=0.0, bold=False)


def _known_words(pages: Sequence[Page]) -> Known:
    """Words of the document, to tell a broken word from a compound or from two, and how its Korean lines are broken."""
    texts = [s.text for page in pages for s in page.segments]
    words = {word for text in texts for word in _WORD.findall(text.lower().replace("-", " - "))}
    hangul = HangulLines(texts)
    for page in pages:
        for above, below in pairwise(sorted(page.segments, key=lambda s: (round(s.x0 / s.size), s.y0))):
            # Lines of one paragraph: below each other, one size, and the first of them no shorter than the second.
            goes_on = 0 <= below.y0 - above.y0 < _LEADING * above.size and abs(below.x0 - above.x0) < above.size
            if goes_on and above.x1 > below.x1 - above.size and len(above.text) >= _LINE:
                hangul.see(above.text, below.text)
    return Known(frozenset({*words, *(word for text in texts for word in korean_words(text))}), hangul)


def blocks_of(pages: Sequence[Page], scans: Mapping[int, Scan]) -> tuple[list[Block], str]:
    """The blocks of all pages in reading order, and the text that the pages repeat at their edges."""
    bare, margins = strip_furniture(pages)
    known = _known_words(bare)
    parts: list[tuple[Page, list[Element | Grid]]] = []
    before: Columns = ()
    for page in map(with_dashes_as_rules, bare):
        found = list(_layout(page, known, before))
        before = found[-1].columns if found and isinstance(found[-1], Grid) and not found[-1].ruled else ()
        parts.append((page, found))
    blocks = build(parts)
    return [placed(block, scans) for block in blocks], margins
