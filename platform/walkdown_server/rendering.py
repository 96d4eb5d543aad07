"""Pages of PDF originals as PNG, with passages highlighted.

PDFium is not safe in threads, so one lock guards it.
"""

import io
import threading
from collections.abc import Sequence
from pathlib import Path

import pypdfium2
from PIL import Image, ImageDraw

from walkdown.documents import Box
from walkdown.errors import DocumentError, UnknownItemError

MIN_DPI, MAX_DPI = 36, 200
_MAX_PIXELS = 20_000_000
_FILL = (255, 221, 51, 90)
_LINE = (204, 102, 0, 255)
_MARGIN = 2.0
_LOCK = threading.Lock()


def render_page(file: Path, page: int, *, dpi: int, boxes: Sequence[Box] = ()) -> bytes:
    """One page (from 1) of a PDF as PNG with `boxes` of that page marked; dpi is held within 36 to 200.

    Raises UnknownItemError when there is no such page and DocumentError when the file cannot be opened.
    """
    with _LOCK:
        try:
            document = pypdfium2.PdfDocument(file)
        except pypdfium2.PdfiumError as error:
            raise DocumentError(
                "The original cannot be opened as PDF.", "Open it in another program to see whether it is damaged."
            ) from error
        try:
            if not 1 <= page <= len(document):
                raise UnknownItemError(
                    f"The document has no page {page}.", f"Ask for a page from 1 to {len(document)}."
                )
            picture, scale = _bitmap(document[page - 1], dpi)
        finally:
            document.close()
    marked = _mark(picture, [box for box in boxes if box.page == page], scale)
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


def _mark(picture: Image.Image, boxes: Sequence[Box], scale: float) -> Image.Image:
    """The picture with translucent boxes over it."""
    if not boxes:
        return picture
    base = picture.convert("RGBA")
    layer = Image.new("RGBA", base.size, (0, 0, 0, 0))
    pen = ImageDraw.Draw(layer)
    for box in boxes:
        corners = (
            (box.x0 - _MARGIN) * scale,
            (box.y0 - _MARGIN) * scale,
            (box.x1 + _MARGIN) * scale,
            (box.y1 + _MARGIN) * scale,
        )
        pen.rectangle(corners, fill=_FILL, outline=_LINE)
    return Image.alpha_composite(base, layer).convert("RGB")
