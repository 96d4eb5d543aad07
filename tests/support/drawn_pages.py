"""PDF pages of lines at given places, and the texts they are read as."""

import io
from collections.abc import Sequence

from reportlab.pdfgen.canvas import Canvas

from walkdown_ingestion.readers import pdf

ABOVE = [
    "This manual gives the steps for the start of the feed pumps of unit 1. The shift leader reads it before",
    "each start and keeps the record of the start together with the log of the unit for at least three years.",
]


def page(lines: Sequence[tuple[float, float, str, bool]]) -> list[str]:
    """The texts of the blocks of a page with lines at given places."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(595, 842))
    for x, y, text, bold in lines:
        canvas.setFont("Helvetica-Bold" if bold else "Helvetica", 10)
        canvas.drawString(x, 842 - y, text)
    canvas.save()
    return [block.text for block in pdf.read(file.getvalue(), "page.pdf").blocks]


def at(x: float, y: float, lines: Sequence[str], *, bold: bool = False) -> list[tuple[float, float, str, bool]]:
    return [(x, y + 13 * i, line, bold) for i, line in enumerate(lines)]
