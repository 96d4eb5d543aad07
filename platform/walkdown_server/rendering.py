"""Pages of PDF originals as PNG, with passages highlighted and the lines that carry a statement marked in them.

PDFium is not safe in threads, so one lock guards it.
"""

import io
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pypdfium2
from PIL import Image, ImageChops, ImageDraw

from walkdown.documents import Box
from walkdown.errors import DocumentError, UnknownItemError
from walkdown_server.marking import find_line

MIN_DPI, MAX_DPI = 36, 200
_MAX_PIXELS = 20_000_000
_FILL = (255, 243, 183)
_LINE = (204, 102, 0)
_CARRYING_FILL = (255, 196, 77)
_MARGIN = 2.0
_LOCK = threading.Lock()


def page_of_lines(file: Path, boxes: Sequence[Box], lines: Sequence[str]) -> int:
    """Of the pages that a passage's boxes lie on, the one on which most of its `lines` are found; else the first.

    Raises DocumentError when the file cannot be opened.
    """
    pages = list(dict.fromkeys(box.page for box in boxes))
    if len(pages) == 1 or not lines:
        return pages[0]
    with _LOCK, _opened(file) as document:
        held = {
            number: sum(bool(find_line(document[number - 1], number, line, _on(boxes, number))) for line in lines)
            for number in pages
            if 1 <= number <= len(document)
        }
    return max(pages, key=lambda number: held.get(number, 0))


def _on(boxes: Sequence[Box], page: int) -> list[Box]:
    return [box for box in boxes if box.page == page]


@contextmanager
def _opened(file: Path) -> "Iterator[pypdfium2.PdfDocument]":
    try:
        document = pypdfium2.PdfDocument(file)
    except pypdfium2.PdfiumError as error:
        raise DocumentError(
            "The original cannot be opened as PDF.", "Open it in another program to see whether it is damaged."
        ) from error
    try:
        yield document
    finally:
        document.close()


def render_page(file: Path, page: int, *, dpi: int, boxes: Sequence[Box] = (), lines: Sequence[str] = ()) -> bytes:
    """One page (from 1) of a PDF as PNG with `boxes` of that page marked; dpi is held within 36 to 200.

    `lines` are words within the boxes that are marked more strongly, where they are found.

    Raises UnknownItemError when there is no such page and DocumentError when the file cannot be opened.
    """
    with _LOCK, _opened(file) as document:
        if not 1 <= page <= len(document):
            raise UnknownItemError(f"The document has no page {page}.", f"Ask for a page from 1 to {len(document)}.")
        picture, scale = _bitmap(document[page - 1], dpi)
        here = _on(boxes, page)
        carrying = [box for line in lines for box in find_line(document[page - 1], page, line, here)]
    marked = _mark(picture, here, scale, fill=_FILL)
    marked = _mark(marked, carrying, scale, fill=_CARRYING_FILL)
    out = io.BytesIO()
    marked.save(out, format="PNG", optimize=False)
    return out.getvalue()


def _bitmap(page: "pypdfium2.PdfPage", dpi: int) -> tuple[Image.Image, float]:
    """The page drawn, and pixels per point; a huge page is drawn smaller rather than filling the memory."""
    width, height = page.get_size()
    scale = min(max(dpi, MIN_DPI), MAX_DPI) / 72
    scale = min(scale, (_MAX_PIXELS / max(1.0, width * height)) ** 0.5)
    picture: Image.Image = page.render(scale=scale).to_pil()
    return picture, scale


def _mark(picture: Image.Image, boxes: Sequence[Box], scale: float, *, fill: tuple[int, int, int]) -> Image.Image:
    """The picture with the boxes coloured as with a marker: what is dark stays as dark as it was."""
    if not boxes:
        return picture
    marker = Image.new("RGB", picture.size, "white")
    pen = ImageDraw.Draw(marker)
    across, down = picture.size
    for box in boxes:
        # Held to the picture: a box of a caller that reaches far beyond it was drawn for seconds.
        corners = (
            max(-1.0, min(across, (box.x0 - _MARGIN) * scale)),
            max(-1.0, min(down, (box.y0 - _MARGIN) * scale)),
            max(-1.0, min(across, (box.x1 + _MARGIN) * scale)),
            max(-1.0, min(down, (box.y1 + _MARGIN) * scale)),
        )
        pen.rectangle(corners, fill=fill, outline=_LINE)
    return ImageChops.multiply(picture.convert("RGB"), marker)
