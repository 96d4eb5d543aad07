"""Pages whose text layer is missing or garbage, read by text recognition; all others keep their own text."""

import math
from collections.abc import Iterator, Sequence

import pypdfium2
from PIL import Image

from walkdown_ingestion.readers.pdf.page import Page
from walkdown_ingestion.readers.scan import tesseract
from walkdown_ingestion.readers.scan.document import Picture, read_pages
from walkdown_ingestion.readers.scan.pages import DPI, MAX_PIXELS, Scan, languages_for

_SURE = 0.5


def _letters(page: Page) -> int:
    return sum(c.isalnum() for segment in page.segments for c in segment.text)


def _picture(document: pypdfium2.PdfDocument, page: Page) -> Picture:
    """The page as a gray picture, drawn when it is its turn."""
    width, height = document.get_page_size(page.number - 1)
    dpi = min(DPI, 72 * math.sqrt(MAX_PIXELS / max(width * height, 1.0)))

    def render() -> Image.Image:
        picture: Image.Image = document[page.number - 1].render(scale=dpi / 72, grayscale=True).to_pil().convert("L")
        picture.info["dpi"] = (dpi, dpi)
        return picture

    return Picture(page.number, (width, height), render)


def _pictures(document: pypdfium2.PdfDocument, pages: Sequence[Page]) -> Iterator[Picture]:
    for page in pages:
        yield _picture(document, page)


def recognised(data: bytes, pages: Sequence[Page]) -> dict[int, Scan]:
    """The pages that had to be recognised, by number; those that give less than their text layer are left out."""
    wanted = [page for page in pages if page.scanned or page.garbled]
    if not wanted or not tesseract.is_installed():
        return {}
    known = " ".join(s.text for page in pages if not page.garbled for s in page.segments)
    scans: dict[int, Scan] = {}
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return {}
    try:
        filed = {page.number: page for page in wanted}
        for scan in read_pages(_pictures(document, wanted), languages_for(known)):
            page = filed[scan.page.number]
            sure = sum(sum(c.isalnum() for c in word.text) for word, sure in scan.words if sure > _SURE)
            if page.garbled or sure > _letters(page):
                scans[page.number] = scan
    finally:
        document.close()
    return scans
