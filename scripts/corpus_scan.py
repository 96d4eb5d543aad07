"""Makes a scan of a PDF: its pages as slightly skewed, noisy pictures without any text, as a copier sends them."""

import io
import zlib

import numpy as np
import pypdfium2
from PIL import Image, ImageFilter
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

DPI = 170
_SKEW = 0.7
_NOISE = 4.0
_PAPER = 247
_QUALITY = 38


def _scanned(page: Image.Image, seed: int) -> bytes:
    """One page as a JPEG. The same picture and seed give the same bytes."""
    random = np.random.default_rng(seed)
    angle = float(random.uniform(-_SKEW, _SKEW))
    skewed = page.rotate(angle, Image.Resampling.BICUBIC, fillcolor=255).filter(ImageFilter.GaussianBlur(0.45))
    # Black ink turns dark gray on paper that is not quite white; the lamp is brighter on one side.
    values = np.asarray(skewed, dtype=np.float32) / 255 * (_PAPER - 30) + 30
    values += np.linspace(-4, 4, values.shape[1], dtype=np.float32)
    values += random.normal(0, _NOISE, values.shape).astype(np.float32)
    out = io.BytesIO()
    Image.fromarray(np.clip(values, 0, 255).astype(np.uint8)).save(out, "JPEG", quality=_QUALITY, optimize=True)
    return out.getvalue()


def to_scan(pdf: bytes, name: str) -> bytes:
    """An image-only PDF of the pages of a PDF; `name` seeds skew and noise, so that the same bytes come again."""
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1, pageCompression=1)
    canvas.setProducer("Scanner")
    document = pypdfium2.PdfDocument(pdf)
    for number, page in enumerate(document):
        width, height = page.get_size()
        picture = page.render(scale=DPI / 72, grayscale=True).to_pil().convert("L")
        jpeg = _scanned(picture, zlib.crc32(f"{name} {number}".encode()))
        canvas.setPageSize((width, height))
        canvas.drawImage(ImageReader(io.BytesIO(jpeg)), 0, 0, width, height)
        canvas.showPage()
    canvas.save()
    document.close()
    return out.getvalue()
