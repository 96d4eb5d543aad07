"""Texts beside numbers in a row, labels between the rows they are merged over, names in bold in a narrow list."""

import io

import pytest
from reportlab.lib import colors
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, Table

from walkdown_ingestion.readers import read_bytes
from walkdown_ingestion.tables import make_table, row_lines

Style = list[tuple[object, ...]]


def table_text(cells: list[list[object]], widths: list[float], style: Style) -> list[str]:
    """The lines read from a page with one table."""
    held = io.BytesIO()
    canvas = Canvas(held)
    table = Table(cells, colWidths=widths, style=style)
    table.wrapOn(canvas, 500, 700)
    table.drawOn(canvas, 50, 500)
    canvas.save()
    return read_bytes(held.getvalue(), "a.pdf").text.split("\n")


@pytest.mark.parametrize("aligned", ["TOP", "BOTTOM"])
def test_two_texts_in_a_row_of_numbers_are_no_columns(aligned: str) -> None:
    """Texts of two lines with a number between them belong to one row, however its cells are aligned."""
    plain = getSampleStyleSheet()["Normal"]
    cells: list[list[object]] = [
        ["Point", "What is asked", "Least", "What to do"],
        ["A", Paragraph("Water in the day tank before the boiler is lit", plain), "2.4 m",
         Paragraph("Fill it by hand from the main, at most 20 minutes", plain)],
        ["B", Paragraph("Air at the burner", plain), "6.1 kPa", Paragraph("Start the second fan", plain)],
        ["C", Paragraph("Draft two minutes after the first flame", plain), "0.3 kPa", Paragraph("Stop", plain)],
    ]  # fmt: skip
    style: Style = [("VALIGN", (0, 0), (-1, -1), aligned), ("FONT", (0, 0), (-1, -1), "Helvetica", 9)]
    style.append(("FONT", (0, 0), (-1, 0), "Helvetica-Bold", 9))
    assert table_text(cells, [42, 165, 70, 165], style) == [
        "Point: A | What is asked: Water in the day tank before the boiler is lit | Least: 2.4 m"
        " | What to do: Fill it by hand from the main, at most 20 minutes",
        "Point: B | What is asked: Air at the burner | Least: 6.1 kPa | What to do: Start the second fan",
        "Point: C | What is asked: Draft two minutes after the first flame | Least: 0.3 kPa | What to do: Stop",
    ]


def test_labels_between_their_rows_below_names_of_two_rows() -> None:
    """A label in the middle of two rows, left of all cells, is on both of them."""
    cells: list[list[object]] = [
        ["Part", "", "Usual", "", "Warn", "Read"],
        ["", "", "Low", "High", "", ""],
        ["Kiln", "Feed end", "310", "340", "360", "hourly"],
        ["", "Burner end", "880", "960", "990", "hourly"],
        ["Cooler", "First grate", "410", "520", "560", "daily"],
        ["", "Last grate", "70", "95", "110", "daily"],
    ]
    spans = [((0, 0), (1, 1)), ((2, 0), (3, 0)), ((4, 0), (4, 1)), ((5, 0), (5, 1)), ((0, 2), (0, 3)), ((0, 4), (0, 5))]
    style: Style = [("SPAN", *span) for span in spans]
    style += [("VALIGN", (0, 0), (-1, -1), "MIDDLE"), ("FONT", (0, 0), (-1, -1), "Helvetica", 9)]
    style += [("LINEABOVE", (0, 0), (-1, 0), 1, colors.black), ("LINEBELOW", (0, 1), (-1, 1), 0.5, colors.black)]
    read = table_text(cells, [45, 70, 40, 40, 40, 50], style)[-4:]
    assert [line.split(" | ")[0].split(": ")[-1] for line in read] == ["Kiln", "Kiln", "Cooler", "Cooler"]
    assert "Low: 880 | High: 960 | Warn: 990" in read[1]


def test_names_in_bold_right_below_texts() -> None:
    """In a list of short lines each name in bold begins anew, and a range below it is no clause."""
    held = io.BytesIO()
    canvas = Canvas(held)
    lines = [
        ("Melts at", "81 °C (open tube)"),
        ("Burns between", "0.9 - 6.7 vol%"),
        ("Keep", "Dry, below 25 °C, no acids"),
    ]
    for n, (name, text) in enumerate(lines):
        canvas.setFont("Helvetica-Bold", 10)
        canvas.drawString(60, 760 - 24 * n, name)
        canvas.setFont("Helvetica", 10)
        canvas.drawString(60, 748 - 24 * n, text)
    canvas.save()
    read = read_bytes(held.getvalue(), "a.pdf")
    told = {block.heading_path[-1]: block.text for block in read.blocks if block.heading_path}
    assert told == {
        "Melts at": "81 °C (open tube)",
        "Burns between": "0.9 - 6.7 vol%",
        "Keep": "Dry, below 25 °C, no acids",
    }


def test_turns_a_minute_are_a_unit_of_a_form() -> None:
    """`1/min` beside a value is its unit as any other."""
    table = make_table([["Lift", "82", "m", "Speed", "2950", "1/min"], ["Flow", "45", "m³/h", "Power", "18.5", "kW"]])
    assert table is not None
    assert row_lines(table) == ["Lift: 82 m", "Speed: 2950 1/min", "Flow: 45 m³/h", "Power: 18.5 kW"]


def test_a_title_over_the_middle_of_three_columns_comes_first() -> None:
    """A title no wider than the column below it is not read between the lines of that column."""
    held = io.BytesIO()
    canvas = Canvas(held, pagesize=(595, 842))
    canvas.setFont("Helvetica-Bold", 20)
    canvas.drawCentredString(297, 800, "SITE NEWS")
    canvas.setFont("Helvetica", 9)
    words = "the pump of hall {} was stopped at noon and the valve behind it was shut by hand".split()
    for column in range(3):
        for line in range(12):
            text = " ".join(words[(line * 5 + n) % len(words)] for n in range(7)).format(column)
            canvas.drawString(45 + 178 * column, 760 - 12 * line - 4 * column, text)
    canvas.save()
    assert read_bytes(held.getvalue(), "a.pdf").text.startswith("SITE NEWS")
