"""PDF: boxes to tick that are drawn with lines, as forms have them: ticked ones are told from empty ones, or none."""

import io

import pytest
from reportlab.pdfgen.canvas import Canvas

from walkdown_ingestion.readers import read_bytes

CHOICES = ("Hot work", "Entry", "Lifting", "Digging")


def form(way: str, ticked: tuple[int, ...] = (0, 3), words: tuple[str, ...] = CHOICES) -> list[str]:
    held = io.BytesIO()
    canvas = Canvas(held, pagesize=(595, 842))
    canvas.setFont("Helvetica", 10)
    for n, text in enumerate(words):
        x, y = 60 + 110 * n, 700
        canvas.rect(x, y - 2, 10, 10)
        if n in ticked and way == "crossed":
            canvas.line(x, y - 2, x + 10, y + 8)
            canvas.line(x, y + 8, x + 10, y - 2)
        if n in ticked and way == "ticked":
            path = canvas.beginPath()
            path.moveTo(x + 2, y + 3)
            path.lineTo(x + 4, y)
            path.lineTo(x + 14, y + 12)
            canvas.drawPath(path)
        if n in ticked and way == "filled":
            canvas.rect(x + 2, y, 6, 6, fill=1, stroke=0)
        canvas.drawString(x + 14, y, text)
    canvas.save()
    return [line for block in read_bytes(held.getvalue(), "a.pdf").blocks for line in block.text.splitlines()]


@pytest.mark.parametrize("way", ["crossed", "ticked", "filled"])
def test_boxes_that_are_ticked_and_empty_ones(way: str) -> None:
    assert form(way) == ["☑ Hot work ☐ Entry ☐ Lifting ☑ Digging"]


def test_boxes_that_are_all_filled_may_be_bullets() -> None:
    assert form("filled", (0, 1, 2, 3)) == ["Hot work Entry Lifting Digging"]


def test_a_form_that_is_not_filled_in() -> None:
    assert form("filled", ()) == ["☐ Hot work ☐ Entry ☐ Lifting ☐ Digging"]


def test_squares_of_a_grid_are_cells() -> None:
    held = io.BytesIO()
    canvas = Canvas(held, pagesize=(595, 842))
    canvas.grid([60, 72, 84, 96], [700, 712, 724])
    canvas.drawString(100, 702, "Legend")
    canvas.save()
    assert [block.text for block in read_bytes(held.getvalue(), "a.pdf").blocks] == ["Legend"]
