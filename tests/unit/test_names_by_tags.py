"""Columns named by tags, corners over names of two rows, names that repeat, records apart, dots that lead to values."""

import io

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from walkdown_ingestion.blocks import BlockBuilder
from walkdown_ingestion.readers import read_bytes
from walkdown_ingestion.readers.sheets import Cell, Sheet, append_sheet
from walkdown_ingestion.tables import make_table, row_lines

Rows = list[list[str]]


def lines(rows: Rows) -> list[str]:
    """The rows as they are read."""
    table = make_table(rows)
    assert table is not None
    return row_lines(table)


def test_tags_behind_a_blank_unit_name_columns() -> None:
    """Each value of a data sheet of several machines stands under its own."""
    read = lines(
        [
            ["BASIC", "1", "Equipment no.", "", "K-71A", "K-71B"],
            ["BASIC", "2", "Duty", "", "Air", "Nitrogen"],
            ["CASE", "3", "Discharge", "barg", "8.4", "6.9"],
        ]
    )
    assert read == [
        "BASIC | 2 | Equipment no.: Duty | K-71A: Air | K-71B: Nitrogen",
        "CASE | 3 | Equipment no.: Discharge | barg | K-71A: 8.4 | K-71B: 6.9",
    ]


def test_a_blank_corner_over_two_rows_of_names() -> None:
    """Values under merged names keep both, though the corner beside them is blank."""
    read = lines(
        [
            ["", "Inlet", "Inlet", "Outlet", "Outlet"],
            ["", "Low", "High", "Low", "High"],
            ["Gas, °C", "30", "45", "", "120"],
            ["Oil, bar", "", "2.6", "1.1", ""],
        ]
    )
    assert read == [
        "Gas, °C | Inlet / Low: 30 | Inlet / High: 45 | Outlet / High: 120",
        "Oil, bar | Inlet / High: 2.6 | Outlet / Low: 1.1",
    ]


def test_names_that_come_back_over_values() -> None:
    """`T °C` of two cases names both columns; words that come back in a list name nothing."""
    read = lines(
        [["Pipe", "Built bar", "T °C", "Run bar", "T °C"], ["A", "9", "150", "4", "95"], ["B", "7", "90", "3", "40"]]
    )
    assert read[0] == "Pipe: A | Built bar: 9 | T °C: 150 | Run bar: 4 | T °C: 95"
    assert lines([["red", "blue", "red"], ["blue", "red", "green"]])[0] == "red | blue | red"


@pytest.mark.parametrize("gap", [1, 2])
def test_records_apart_by_empty_rows_stand_under_the_names(gap: int) -> None:
    """Empty rows below the names and between records part nothing."""
    rows = [["Disc", "Bursts at", "Fitted on"], ["RD-51", "9 bar", "V-3"], ["RD-52", "12 bar at 20 °C", "V-4"]]
    cells = {1 + r * gap * 2: {c: Cell(text) for c, text in enumerate(row, 1)} for r, row in enumerate(rows)}
    builder = BlockBuilder()
    append_sheet(Sheet("S", cells), builder, heading=False)
    assert builder.blocks[-1].text.split("\n")[-1] == "Disc: RD-52 | Bursts at: 12 bar at 20 °C | Fitted on: V-4"


def canvas_text(draw: list[tuple[str, float, float]], size: float = 10.0, line: float = 0.0) -> str:
    """The text of a page with texts at places, and one line across it."""
    held = io.BytesIO()
    canvas = Canvas(held)
    canvas.setFont("Helvetica", size)
    for text, x, y in draw:
        canvas.drawString(x, 800 - y, text)
    if line:
        canvas.line(55, 800 - line, 420, 800 - line)
    canvas.save()
    return read_bytes(held.getvalue(), "a.pdf").text


def test_dots_lead_to_values_of_their_own() -> None:
    """However close its dots end, each label has its value."""
    draw = []
    for n, (label, value, dots) in enumerate(
        [("Speed", "1,480 rpm", 73), ("Oil feed", "2.4 bar", 71), ("Noise", "81 dB", 74)]
    ):
        begin = 63 + stringWidth(label, "Helvetica", 10)
        draw += [(label, 60.0, 40.0 + 18 * n), ("." * dots, begin, 40.0 + 18 * n), (value, 300.0, 40.0 + 18 * n)]
    read = canvas_text(draw)
    assert [line.split(": ")[-1] for line in read.split("\n")] == ["1,480 rpm", "2.4 bar", "81 dB"]


def test_a_stamp_drawn_letter_by_letter_is_told() -> None:
    """A browser draws each letter of a mark across the page by itself; what it says of the document is kept."""
    held = io.BytesIO()
    canvas = Canvas(held)
    canvas.setFont("Helvetica", 10)
    for n in range(4):
        canvas.drawString(60, 760 - 20 * n, f"{n + 1}. Open valve {n + 3} by {20 + n} %.")
    canvas.saveState()
    canvas.translate(120, 420)
    canvas.rotate(35)
    canvas.setFont("Helvetica", 60)
    canvas.setFillGray(0.85)
    at = 0.0
    for letter in "SUPERSEDED":
        canvas.drawString(at, 0, letter)
        at += canvas.stringWidth(letter, "Helvetica", 60)
    canvas.restoreState()
    canvas.save()
    parsed = read_bytes(held.getvalue(), "a.pdf")
    assert any(warning.endswith("stamped across the text: SUPERSEDED") for warning in parsed.warnings)
    assert "2. Open valve 4 by 21 %." in parsed.text


def test_a_unit_below_its_number_is_no_row() -> None:
    """Where a unit had no room beside its number, the lines of the row stay one row."""
    names = [
        ("Setting", 466, 96),
        ("No.", 56, 110.2),
        ("Reason", 87, 110.2),
        ("Wait", 508, 114),
        ("At", 466, 119.2),
        ("s", 508, 125.2),
    ]
    draw = [(name, float(x), float(y)) for name, x, y in names]
    for n in range(5):
        y = 143.2 + 28.5 * n
        draw += [(str(n + 1), 56, y + 5.3), (f"Reason {n} of a stop that is told in two lines, as there is", 87, y)]
        draw += [("no more room in this column", 87, y + 11.3), (str(14 + n), 466, y), ("kPa", 466, y + 11.3)]
        draw.append((str(n + 5), 508, y + 5.3))
    read = canvas_text(draw, 9.6)
    assert "At: 15 kPa | Wait s: 6" in read
    assert "At: kPa" not in read
