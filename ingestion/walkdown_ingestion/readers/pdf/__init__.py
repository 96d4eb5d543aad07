"""PDF to blocks: words and rules by liteparse, the layout by this package's own steps.

The steps: furniture off, ruled tables, columns, rows, aligned tables, paragraphs, headings; then tables and
paragraphs that go over a page end are joined. Boxes are one for each line of text or row of a table.
"""

from collections.abc import Mapping, Sequence

from walkdown.documents import ParsedDocument
from walkdown_ingestion.readers.base import empty
from walkdown_ingestion.readers.pdf.layout import blocks_of
from walkdown_ingestion.readers.pdf.native import load
from walkdown_ingestion.readers.pdf.page import Page
from walkdown_ingestion.readers.pdf.unreadable import recognised
from walkdown_ingestion.readers.scan import tesseract
from walkdown_ingestion.readers.scan.pages import Scan, scan_warnings

_HIDDEN_REPORTED = 12


def _warnings(pages: Sequence[Page], unread: Sequence[int], scans: Mapping[int, Scan]) -> tuple[str, ...]:
    warnings = scan_warnings(scans)
    if tesseract.is_installed():
        warnings += [
            f"page {page.number} is a picture in which no text was found"
            for page in pages
            if page.scanned and page.number not in scans
        ]
    else:
        warnings += [
            f"page {page.number} has no text layer (scanned); text recognition is not installed. {tesseract.REMEDY}"
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
        f"page {page.number}: {page.struck} characters that are struck through were left out"
        for page in pages
        if page.struck
    ]
    warnings += [
        f"page {page.number}: {page.covered} characters under a shape, in its colour or drawn invisibly were left out"
        for page in pages
        if page.covered
    ]
    warnings += [
        f"page {page.number}: {page.switched_off} characters on layers that are switched off were left out"
        for page in pages
        if page.switched_off
    ]
    warnings += [
        f"page {page.number}: {page.comments} notes of reviewers were left out" for page in pages if page.comments
    ]
    warnings += _stamps(pages)
    warnings += [
        f"page {page.number}: the text layer is damaged, what is read may differ from what is printed"
        for page in pages
        if page.garbled and page.number not in scans
    ]
    warnings += [
        f"page {page.number}: about {page.unmapped:.0%} of its letters are not named in the file; they may be missing"
        for page in pages
        if page.unmapped and not page.garbled
    ]
    warnings += [
        f"page {page.number}: {page.unplaced} raised figures (as in 10⁵) may read as plain ones"
        for page in pages
        if page.unplaced
    ]
    return tuple(warnings)


def _stamps(pages: Sequence[Page]) -> list[str]:
    """What is stamped across pages, each stamp once."""
    stamps: dict[str, list[int]] = {}
    for page in pages:
        for stamp in page.stamps:
            stamps.setdefault(stamp, []).append(page.number)
    return [
        f"page {on[0]}{f' and {len(on) - 1} more' if len(on) > 1 else ''}: stamped across the text: {stamp}"
        for stamp, on in stamps.items()
    ]


def read(data: bytes, name: str) -> ParsedDocument:
    """Read a PDF. Raises DocumentError when it is protected, damaged, or has no text on any page."""
    filed, unread = load(data, name)
    scans = recognised(data, filed)
    pages = [scans[page.number].page if page.number in scans else page for page in filed]
    if not any(page.segments for page in pages):
        if any(page.scanned for page in pages) and not tesseract.is_installed():
            raise tesseract.missing(name, f"has no text layer: its {len(pages)} pages are scanned images")
        raise empty(name)
    blocks, margins = blocks_of(pages, scans)
    if not blocks:
        # Pages that all say the same, as copies of one form do: nothing of that is a running header.
        blocks, margins = blocks_of(pages[:1], scans)
    if not blocks:
        raise empty(name)
    # A stamp on the first page (`SUPERSEDED`) is of the document.
    told = [*filter(None, (margins,)), *(stamp for page in filed[:1] for stamp in page.stamps)]
    title = next((b.text for b in blocks if b.level == 1 and not b.heading_path and b.page == 1), "")
    return ParsedDocument(
        title=title,
        blocks=tuple(blocks),
        page_count=len(pages),
        warnings=_warnings(filed, unread, scans),
        metadata={"margins": "\n".join(told)} if told else {},
    )
