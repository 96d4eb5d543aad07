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


def test_names_on_each_page_above_rows_of_several_lines() -> None:
    """Names that repeat are kept also where the lines below them hold the rest of longer cells."""
    held = io.BytesIO()
    canvas = Canvas(held)
    for part in range(2):
        canvas.setFont("Helvetica", 9)
        for x, name in ((60, "Switch"), (130, "Stands at"), (300, "Trips at"), (360, "Then")):
            canvas.drawString(x, 790, name)
        for n in range(14):
            y = 770 - 30 * n
            number = 14 * part + n
            canvas.drawString(60, y, f"TS-{70 + number}")
            canvas.drawString(130, y, "the bearing of the third fan at")
            canvas.drawString(130, y - 11, "the end of its motor")
            canvas.drawString(300, y, f"{90 + number} °C")
            canvas.drawString(360, y, "reduce the load and")
            canvas.drawString(360, y - 11, "call the fitter")
        canvas.showPage()
    canvas.save()
    read = read_bytes(held.getvalue(), "a.pdf").text
    assert read.count("Switch: TS-") == 28
    assert "Trips at: 110 °C | Then: reduce the load and call the fitter" in read


def test_a_box_with_one_line_behind_the_labels() -> None:
    """Columns that no line parts are columns all the same, and the labels are on each of their rows."""
    cells: list[list[object]] = [
        ["Part", "What", "In", "Warn", "Trip"],
        ["Fan", "Shaking", "mm/s", "6.3", "9.1"],
        ["", "Spread", "K", "25", "40"],
        ["Motor", "Winding", "°C", "120", "135"],
        ["", "Current", "A", "410", "455"],
    ]
    style: Style = [("BOX", (0, 0), (-1, -1), 0.7, colors.black), ("LINEBEFORE", (1, 0), (1, -1), 0.4, colors.black)]
    style += [("LINEBELOW", (0, n), (-1, n), 0.5, colors.black) for n in (0, 2)]
    style += [("SPAN", (0, 1), (0, 2)), ("SPAN", (0, 3), (0, 4)), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
    assert table_text(cells, [90, 110, 60, 55, 55], style) == [
        "Part: Fan | What: Shaking | In: mm/s | Warn: 6.3 | Trip: 9.1",
        "Part: Fan | What: Spread | In: K | Warn: 25 | Trip: 40",
        "Part: Motor | What: Winding | In: °C | Warn: 120 | Trip: 135",
        "Part: Motor | What: Current | In: A | Warn: 410 | Trip: 455",
    ]


def test_labels_above_their_values_in_two_bands() -> None:
    """The second band of a form is filled in under its own labels."""
    bands = [
        ["Serial no.", "Model", "Date"],
        ["77-A2", "GX-4", "3 May"],
        ["Range", "Class", "Operator"],
        ["0 - 16 bar", "0.4", "Ito"],
    ]
    table = make_table(bands)
    assert table is not None
    assert row_lines(table) == [
        "Serial no.: 77-A2",
        "Model: GX-4",
        "Date: 3 May",
        "Range: 0 - 16 bar",
        "Class: 0.4",
        "Operator: Ito",
    ]
    listed = make_table(
        [["Model", "Class", "Range"], ["GX-4", "0.4", "16"], ["GX-5", "0.6", "25"], ["GX-6", "1.0", "40"]]
    )
    assert listed is not None
    assert row_lines(listed)[2] == "Model: GX-6 | Class: 1.0 | Range: 40"
