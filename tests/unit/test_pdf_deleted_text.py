"""Text of a PDF that nobody sees or that was deleted: under a shape, in its colour, with a line through it."""

import io
from collections.abc import Callable

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from walkdown.documents import ParsedDocument
from walkdown_ingestion.readers import read_bytes


def drawn(draw: Callable[[Canvas], object]) -> ParsedDocument:
    canvas = Canvas(held := io.BytesIO(), pagesize=A4)
    canvas.setFont("Helvetica", 11)
    canvas.drawString(72, 780, "Trip of the feed pump at 13.0 barg.")
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return read_bytes(held.getvalue(), "a.pdf")


def lines(parsed: ParsedDocument) -> list[str]:
    return [line for block in parsed.blocks for line in block.text.splitlines()][1:]


def fill(canvas: Canvas, *colour: float) -> None:
    canvas.setFillColorRGB(*colour)
    canvas.rect(60, 690, 300, 25, fill=1, stroke=0)
    canvas.setFillColorRGB(0, 0, 0)


def painted_over(canvas: Canvas) -> None:
    canvas.drawString(72, 700, "12.5 barg")
    fill(canvas, 1, 1, 1)
    canvas.drawString(72, 700, "13.0 barg")


def in_its_colour(canvas: Canvas) -> None:
    fill(canvas, 0.8, 0.1, 0.1)
    canvas.setFillColorRGB(0.8, 0.1, 0.1)
    canvas.drawString(72, 700, "12.5 barg")
    canvas.setFillColorRGB(1, 1, 1)
    canvas.drawString(200, 700, "13.0 barg")


@pytest.mark.parametrize("draw", [painted_over, in_its_colour])
def test_text_that_a_shape_keeps_from_being_seen_is_left_out(draw: Callable[[Canvas], object]) -> None:
    parsed = drawn(draw)
    assert lines(parsed) == ["13.0 barg"]
    assert parsed.warnings == ("page 1: 9 characters under a shape, in its colour or drawn invisibly were left out",)


def on_grey(canvas: Canvas) -> None:
    fill(canvas, 0.9, 0.9, 0.9)
    canvas.drawString(72, 700, "12.5 barg")


def highlighted(canvas: Canvas) -> None:
    canvas.drawString(72, 700, "12.5 barg")
    canvas.setFillAlpha(0.4)
    fill(canvas, 1, 1, 0)


def partly_under(canvas: Canvas) -> None:
    canvas.drawString(340, 700, "12.5 barg")
    fill(canvas, 1, 1, 1)


def beside_a_curve(canvas: Canvas) -> None:
    canvas.drawString(62, 692, "12.5 barg")
    canvas.setFillColorRGB(1, 1, 1)
    canvas.ellipse(60, 690, 120, 715, fill=1, stroke=0)


def clipped(canvas: Canvas) -> None:
    canvas.drawString(72, 700, "12.5 barg")
    path = canvas.beginPath()
    path.rect(200, 600, 100, 200)
    canvas.clipPath(path, stroke=0)
    fill(canvas, 1, 1, 1)


def underlined(canvas: Canvas) -> None:
    canvas.drawString(72, 700, "12.5 barg")
    canvas.line(72, 698.5, 118, 698.5)


def crossed_by_a_long_line(canvas: Canvas) -> None:
    canvas.drawString(72, 700, "12.5 barg")
    canvas.line(20, 704, 400, 704)


@pytest.mark.parametrize(
    "draw", [on_grey, highlighted, partly_under, beside_a_curve, clipped, underlined, crossed_by_a_long_line]
)
def test_text_that_can_be_seen_stays(draw: Callable[[Canvas], object]) -> None:
    parsed = drawn(draw)
    assert lines(parsed) == ["12.5 barg"] and parsed.warnings == ()


def test_words_with_a_line_through_them_are_left_out() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 700, "Stop at 12.5 barg or 13.0 barg")
        left = 72 + canvas.stringWidth("Stop at ", "Helvetica", 11)
        canvas.line(left, 704, left + canvas.stringWidth("12.5 barg", "Helvetica", 11), 704)

    parsed = drawn(draw)
    assert lines(parsed) == ["Stop at or 13.0 barg"]
    assert parsed.warnings == ("page 1: 8 characters that are struck through were left out",)
