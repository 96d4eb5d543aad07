"""PDF: glyphs printed twice at one place as bold ones are, spaces that slanted letters fill, ranges in one cell."""

import io
from types import SimpleNamespace

import pytest
from reportlab.pdfgen.canvas import Canvas

from walkdown_ingestion.readers import read_bytes
from walkdown_ingestion.readers.pdf.glyphs import Glyphs
from walkdown_ingestion.readers.pdf.page import Word
from walkdown_ingestion.readers.pdf.slanted import without_diagonal


def told(canvas: Canvas, held: io.BytesIO) -> list[str]:
    canvas.save()
    return [line for block in read_bytes(held.getvalue(), "a.pdf").blocks for line in block.text.splitlines()]


@pytest.mark.parametrize(
    ("text", "step", "read"),
    [("1122..55", 2, "12.5"), ("정정지지", 2, "정지"), ("1122", 1, "1122"), ("44", 1, "44"), ("1123", 2, "1123")],
)
def test_glyphs_printed_twice_at_one_place_are_read_once(text: str, step: int, read: str) -> None:
    """Browsers make letters bold so: filled, and as an outline in a font of its own."""
    held = io.BytesIO()
    canvas = Canvas(held, pagesize=(595, 842))
    canvas.drawString(60, 700, "Trip")
    canvas.save()
    with Glyphs(held.getvalue()) as glyphs:
        page = glyphs.page(1)
        assert page is not None
        page.text = f"Trip at {text} bar"
        boxes = [(60.0 + 6 * (n // step), 700.0, 65.0 + 6 * (n // step), 711.0) for n in range(40)]
        page.charbox = boxes.__getitem__  # type: ignore[assignment, method-assign]
        x = 60.0 + 6 * (8 // step)
        assert page.singled(Word(text, x, 131.0, x + 6 * len(text) / step, 142.0)).text == read


@pytest.mark.parametrize("text", ["Note:this", "Note: this"])
def test_spaces_that_slanted_letters_fill(text: str) -> None:
    words = [SimpleNamespace(text="Note:", x=50.0, y=9.0, width=24.3, height=11.7)]
    words.append(SimpleNamespace(text="this", x=75.0, y=9.0, width=18.0, height=11.7))
    item = SimpleNamespace(
        text=text, words=words, rotation=14.04, font_height=8.83, x=50.0, y=9.0, width=43.0, height=11.7
    )
    (read,) = without_diagonal([item])
    assert read.text == "Note: this" and read.rotation == 0.0 and round(read.font_height, 1) == 10.0


def test_a_range_left_of_a_name_at_the_right_is_one_cell() -> None:
    held = io.BytesIO()
    canvas = Canvas(held)
    rows = [("Effluent", "Limit", "Mean", "Max."), ("pH", "6.5 | - | 8.5", "7.4", "8.3"), ("COD", "≤ 90", "61", "97"),
            ("Solids", "≤ 30", "12", "29")]  # fmt: skip
    for n, row in enumerate(rows):
        canvas.setFont("Helvetica-Bold" if n == 0 else "Helvetica", 11)
        canvas.drawString(60, 720 - 20 * n, row[0])
        for x, cell in zip((280, 360, 440), row[1:], strict=True):
            for shift, part in zip((0, 26, 31) if "|" not in cell else (27, 20, 0), cell.split(" | "), strict=False):
                canvas.drawRightString(x - shift if "|" in cell else x, 720 - 20 * n, part)
    assert told(canvas, held)[0] == "Effluent: pH | Limit: 6.5 - 8.5 | Mean: 7.4 | Max.: 8.3"
