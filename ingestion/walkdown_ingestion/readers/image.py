"""Pictures of documents (PNG, JPEG, TIFF with several pages and others): each page is read by text recognition."""

import io
import math
import warnings
from collections.abc import Iterator

from PIL import Image, ImageOps, ImageSequence

from walkdown.documents import ParsedDocument
from walkdown.errors import DocumentError
from walkdown_ingestion.readers.base import damaged, empty
from walkdown_ingestion.readers.pdf.layout import blocks_of
from walkdown_ingestion.readers.scan import tesseract
from walkdown_ingestion.readers.scan.document import Picture, read_pages
from walkdown_ingestion.readers.scan.pages import DEFAULT, DPI, MAX_PIXELS, scan_warnings

KIND = "a picture"
_MAX_PIXELS, _MAX_PAGES = 120_000_000, 500
_LONG_SIDE_INCHES = 11.7


def _page(frame: Image.Image, name: str) -> tuple[Image.Image, tuple[float, float]]:
    """A frame as a gray picture with its resolution, and its size in points."""
    if frame.width * frame.height > _MAX_PIXELS:
        raise DocumentError(
            f"{name} has {frame.width * frame.height // 10**6} million pixels, more than any page needs.",
            "Scan it again at 300 dpi.",
        )
    stated = frame.info.get("dpi", (0, 0))
    upright = ImageOps.exif_transpose(frame)
    if upright.mode in ("RGBA", "LA", "P", "PA"):
        upright = upright.convert("RGBA")
        paper = Image.new("RGBA", upright.size, "white")
        paper.alpha_composite(upright)
        upright = paper
    gray = upright.convert("L")
    dpi = float(stated[0]) if isinstance(stated, tuple) and 100 <= float(stated[0]) <= 1200 else 0.0
    if not dpi:
        # A photograph or a screen: as large as a sheet of paper.
        dpi = max(gray.size) / _LONG_SIDE_INCHES
    size = (72 * gray.width / dpi, 72 * gray.height / dpi)
    scale = min(DPI / dpi, math.sqrt(MAX_PIXELS / max(gray.width * gray.height, 1)))
    if not 0.9 < scale < 1.1:
        shape = (max(round(gray.width * scale), 1), max(round(gray.height * scale), 1))
        gray, dpi = gray.resize(shape, Image.Resampling.LANCZOS), dpi * scale
    gray.info["dpi"] = (dpi, dpi)
    return gray, size


def _pictures(picture: Image.Image, name: str) -> Iterator[Picture]:
    for number, frame in enumerate(ImageSequence.Iterator(picture), 1):
        if number > _MAX_PAGES:
            return
        gray, size = _page(frame.copy(), name)
        yield Picture(number, size, lambda gray=gray: gray)  # type: ignore[misc]


def read(data: bytes, name: str) -> ParsedDocument:
    """Read a picture. Raises DocumentError when it is damaged, too large, without text, or tesseract is missing."""
    if not tesseract.is_installed():
        raise tesseract.missing(name, "is a picture")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data)) as picture:
                scans = {scan.page.number: scan for scan in read_pages(_pictures(picture, name), DEFAULT)}
    except DocumentError:
        raise
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError) as error:
        raise damaged(name, KIND, error) from error
    blocks, margins = blocks_of([scan.page for scan in scans.values()], scans)
    if not blocks:
        raise empty(name)
    title = next((b.text for b in blocks if b.level == 1 and not b.heading_path), "")
    return ParsedDocument(
        title=title,
        blocks=tuple(blocks),
        page_count=len(scans),
        warnings=tuple(scan_warnings(scans)),
        metadata={"margins": margins} if margins else {},
    )
