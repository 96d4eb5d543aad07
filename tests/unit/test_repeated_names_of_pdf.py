"""Names of columns at the head of each page, columns of text set close, exponents with a sign, amounts with names."""

import io
from collections.abc import Sequence

import pptx
from pptx.util import Inches
from reportlab.pdfgen.canvas import Canvas

from walkdown_ingestion.readers import pptx as slides
from walkdown_ingestion.readers import read_bytes
from walkdown_ingestion.readers.pdf.justified import with_justified_joined
from walkdown_ingestion.readers.pdf.native import raise_superscripts
from walkdown_ingestion.readers.pdf.page import Segment, Word
from walkdown_ingestion.tables import make_table, row_lines


def listed(pages: int, *, names: bool = True) -> str:
    """The text of a list without lines over several pages, its names and a line of the document on each."""
    held = io.BytesIO()
    canvas = Canvas(held)
    number = 0
    for _ in range(pages):
        canvas.setFont("Helvetica", 9)
        canvas.drawString(60, 800, "VALVE SCHEDULE")
        canvas.drawString(250, 800, "Doc. No. VS-77-003")
        canvas.drawString(430, 800, "Rev. 2")
        columns = (60, 160, 250, 340)
        if names:
            for x, name in zip(columns, ("Valve", "Opens at", "Closes at", "Unit"), strict=True):
                canvas.drawString(x, 770, name)
        for row in range(20):
            number += 1
            for x, cell in zip(columns, (f"RV-{400 + number}", str(number * 3), str(number * 2), "kPa"), strict=True):
                canvas.drawString(x, 754 - 16 * row, cell)
        canvas.showPage()
    canvas.save()
    return read_bytes(held.getvalue(), "a.pdf").text


def test_names_on_each_page_are_no_running_header() -> None:
    """Values stand under their names, which are no rows; the line of the document is not among them."""
    text = listed(3)
    assert text.count("Valve: RV-4") == 60
    assert "Valve: RV-447 | Opens at: 141 | Closes at: 94 | Unit: kPa" in text
    assert "VS-77-003" not in text


def test_a_running_header_above_columns_is_none() -> None:
    """Without names the line of the document names no columns."""
    assert "RV-447 | 141 | 94 | kPa" in listed(3, names=False)


def segment(text: str, x0: float, x1: float, y: float, size: float = 10.0) -> Segment:
    """A segment of words of one width."""
    words = text.split()
    step = (x1 - x0) / len(words)
    placed = (
        Word(w, x0 + i * step, y, x0 + (i + 1) * step - (i + 1 < len(words)) * 3, y + size) for i, w in enumerate(words)
    )
    return Segment(tuple(placed), size, bold=False)


def test_words_of_two_columns_are_not_joined() -> None:
    """Where lines of one column end and those of the next begin, a gap as wide as between words parts them."""
    full = [segment("the pump is stopped at once", 50, 200, 100 + 12 * n) for n in (0, 1, 3)]
    full += [segment("and no one enters the room", 212, 362, 102 + 12 * n) for n in (0, 1, 3)]
    line = [segment("below 4", 50, 100, 124), segment("bar it", 112, 150, 124), segment("is off", 162, 200, 124)]
    line.append(segment("or stays shut for 9 h", 212, 362, 124))
    joined = with_justified_joined([*([s] for s in full), line])
    assert "below 4 bar it is off" in [s.text for s in joined]
    assert "or stays shut for 9 h" in [s.text for s in joined]


def test_an_exponent_with_a_sign_is_raised() -> None:
    """Browsers print a raised figure little smaller: 10 to the minus 4 is no 10-4."""
    base, small = segment("2.7 × 10", 50, 90, 100), segment("-4", 90, 98, 97, 8.4)
    assert raise_superscripts([base, small])[0].text == "2.7 × 10⁻⁴"
    level = segment("-4", 90, 98, 101.5, 8.4)
    assert raise_superscripts([base, level])[0].text == "2.7 × 10"


def test_amounts_that_say_what_they_are_name_no_columns() -> None:
    """A row of a data sheet with a unit before two values is no header of the next."""
    table = make_table([["Level", "mm", "Usual 450", "Most 800"], ["Density", "kg/m³", "Usual 870", "Most 910"]])
    assert table is not None
    assert row_lines(table) == ["Level | mm | Usual 450 | Most 800", "Density | kg/m³ | Usual 870 | Most 910"]


def board(places: Sequence[tuple[str, float, float]]) -> str:
    """The text of a slide with boxes at places in inches."""
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    for text, x, y in places:
        slide.shapes.add_textbox(Inches(x), Inches(y), Inches(2), Inches(0.4)).text_frame.text = text
    buffer = io.BytesIO()
    deck.save(buffer)
    return slides.read(buffer.getvalue(), "a.pptx").text


def test_values_above_their_names_on_a_slide() -> None:
    """A row of values above a row of names, or names beside values: each value stands with its name."""
    above = board(
        [("74 %", 1, 2), ("18 d", 4, 2), ("0.6", 7, 2), ("Uptime", 1, 2.5), ("Stock", 4, 2.5), ("Index", 7, 2.5)]
    )
    assert [line for line in above.split("\n") if line] == ["Uptime: 74 %", "Stock: 18 d", "Index: 0.6"]
    beside = board([("Feed", 1, 2), ("7.5 t/h", 4, 2), ("Yield", 1, 3), ("91 %", 4, 3)])
    assert [line for line in beside.split("\n") if line] == ["Feed: 7.5 t/h", "Yield: 91 %"]


def test_names_on_both_sides_of_values_are_left_apart() -> None:
    """Where names stand above and below a row of values, no one can tell which are theirs."""
    places = [("Old", 1, 1.5), ("New", 4, 1.5), ("5 bar", 1, 2), ("6 bar", 4, 2), ("Feed", 1, 2.5), ("Drain", 4, 2.5)]
    assert ": 5 bar" not in board(places)
