"""PDF: lines that end beside a label, shade behind some rows only, boxes beside text, lines set letter by letter."""

import io

import pytest
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import SimpleDocTemplate, Table

from walkdown_ingestion.readers import read_bytes


def told(data: bytes) -> list[str]:
    return [line for block in read_bytes(data, "a.pdf").blocks for line in block.text.splitlines()]


def printed(rows: list[list[str]], *style: tuple[object, ...]) -> list[str]:
    held = io.BytesIO()
    SimpleDocTemplate(held).build([Table(rows, style=list(style))])
    return told(held.getvalue())


def drawn(
    *texts: tuple[float, float, str], box: tuple[float, float, float, float] | None = None, space: float = 0
) -> bytes:
    held = io.BytesIO()
    canvas = Canvas(held, pagesize=(595, 842))
    canvas.setFont("Helvetica", 10)
    for x, y, text in texts:
        canvas.drawString(x, 842 - y, text, charSpace=space)
    if box is not None:
        canvas.rect(box[0], 842 - box[3], box[2] - box[0], box[3] - box[1])
    canvas.save()
    return held.getvalue()


CASES = [
    ["Case", "Parameter", "Unit", "Value"], ["Running", "Pressure", "bar", "6.5"], ["", "Temperature", "°C", "165"],
    ["Design", "Pressure", "bar", "10"], ["", "Temperature", "°C", "220"],
]  # fmt: skip


@pytest.mark.parametrize("short", [True, False])
def test_a_line_that_ends_at_the_column_of_labels(short: bool) -> None:
    lines = [("LINEBELOW", (0 if n % 2 == 0 or not short else 1, n), (-1, n), 1, "black") for n in range(5)]
    read = printed(CASES, *lines)
    assert read[1] == ("Case: Running | " if short else "") + "Parameter: Temperature | Unit: °C | Value: 165"
    assert read[3] == ("Case: Design | " if short else "") + "Parameter: Temperature | Unit: °C | Value: 220"


def test_shade_behind_headings_and_none_behind_the_rows_between() -> None:
    rows = [
        ["Tag", "Name", "Duty (MW)", "Area (m²)"], ["EXCHANGERS", "", "", ""], ["E-11", "Heater", "3.4", "210"],
        ["E-12", "Cooler", "1.1", "88"], ["PUMPS", "", "", ""], ["P-11", "Feed", "-", "-"],
    ]  # fmt: skip
    shade = [("BACKGROUND", (0, n), (-1, n), "lightgrey") for n in (0, 1, 4)]
    assert printed(rows, *shade)[1:3] == [
        "Tag: E-11 | Name: Heater | Duty (MW): 3.4 | Area (m²): 210",
        "Tag: E-12 | Name: Cooler | Duty (MW): 1.1 | Area (m²): 88",
    ]


def test_lines_around_groups_of_rows_part_the_groups_and_not_the_rows() -> None:
    rows = [["Tag", "Flow", "Head"], ["P-1", "45", "60"], ["P-2", "52", "62"], ["K-1", "900", "2"], ["K-2", "850", "3"]]
    lines = [("LINEBELOW", (0, n), (-1, n), 1, "black") for n in (0, 2, 4)]
    assert printed(rows, *lines)[:3] == [
        "Tag: P-1 | Flow: 45 | Head: 60", "Tag: P-2 | Flow: 52 | Head: 62", "Tag: K-1 | Flow: 900 | Head: 2",
    ]  # fmt: skip


def test_cells_of_several_lines_between_lines_stay_one_row() -> None:
    rows = [
        ["Valve", "Action", "Set"],
        ["Drum relief\nvalve", "opens to\nflare", "9.5"],
        ["Trap", "drains\ndaily", "-"],
    ]
    lines = [("LINEBELOW", (0, n), (-1, n), 1, "black") for n in range(3)]
    assert printed(rows, *lines)[0] == "Valve: Drum relief valve | Action: opens to flare | Set: 9.5"


TEXT = [
    "Heat the jacket slowly and watch the level of the drum, which",
    "stays at 50 % until the valve is opened by hand.",
]


def test_a_box_beside_text_is_none_of_it() -> None:
    texts = [(60, 100 + 12 * n, line) for n, line in enumerate(TEXT)]
    notes = [(420, 104.0, "WARNING: never"), (420, 116.0, "exceed 85 °C")]
    assert told(drawn(*texts, *notes, box=(410, 90, 530, 122))) == [" ".join(TEXT), "WARNING: never exceed 85 °C"]


def test_boxes_beside_each_other_are_cells() -> None:
    assert told(drawn((60, 100, "Design temperature"), (210, 100, "210 °C"), box=(200, 90, 300, 104))) == [
        "Design temperature 210 °C"
    ]


@pytest.mark.parametrize("space", [4.0, 8.0])
def test_letters_set_apart_are_words(space: float) -> None:
    assert told(drawn((60, 100, "Trip at 12.5 bar and 85 %"), space=space)) == ["Trip at 12.5 bar and 85 %"]


@pytest.mark.parametrize("row", ["1 2 3 4 5 6 7 8", "A B C D E F G H", "X O X X O X X O"])
def test_marks_in_a_row_are_no_word(row: str) -> None:
    assert told(drawn((60, 100, row))) == [row]


def test_a_third_row_of_names_above_the_others() -> None:
    names = ["Tag", "Service", "H", "HH", "L", "LL"]
    xs = [60, 120, 230, 270, 310, 350]
    rows = [("TT-1", "Bed 1", "120", "135", "40", "25"), ("TT-2", "Bed 2", "122", "137", "41", "26")]
    texts = [(283, 100.0, "Alarm"), (245, 118.0, "High"), (325, 118.0, "Low")]
    texts += [(x, 136.0, name) for x, name in zip(xs, names, strict=True)]
    texts += [(x, 154.0 + 18 * n, cell) for n, row in enumerate(rows) for x, cell in zip(xs, row, strict=True)]
    assert told(drawn(*texts))[-1].endswith("Alarm / High / HH: 137 | Alarm / Low / L: 41 | Alarm / Low / LL: 26")


def test_labels_and_values_with_leaders_between_are_lines() -> None:
    leaders = [(60, 100.0 + 14 * n, f"{label} {'.' * 60} {value}") for n, (label, value) in enumerate(PAIRS)]
    assert told(drawn(*leaders)) == ["Flow … 45 m3/h", "Head … 60 m", "Speed … 2950 rpm"]


PAIRS = [("Flow", "45 m3/h"), ("Head", "60 m"), ("Speed", "2950 rpm")]


def test_titles_of_tables_side_by_side_and_a_table_cut_by_a_column() -> None:
    grid = [("GRID", (0, 0), (-1, -1), 0.5, "black")]
    held = io.BytesIO()
    canvas = Canvas(held, pagesize=(595, 842))
    canvas.setFont("Helvetica", 10)
    left = Table([["Tag", "Set"], ["PSV-1", "10.5"], ["PSV-2", "12"]], colWidths=[60, 60], style=grid)
    right = Table([["Machine", "Trip"], ["K-1", "7.1"], ["K-2", "6.3"]], colWidths=[60, 60], style=grid)
    for table, x, title in ((left, 60, "Relief valves"), (right, 300, "Vibration trips")):
        canvas.drawString(x, 706, title)
        table.wrapOn(canvas, 200, 200)
        table.drawOn(canvas, x, 700 - 54)
    canvas.save()
    assert told(held.getvalue()) == [
        "Relief valves", "Tag: PSV-1 | Set: 10.5", "Tag: PSV-2 | Set: 12", "Vibration trips",
        "Machine: K-1 | Trip: 7.1",
        "Machine: K-2 | Trip: 6.3",
    ]  # fmt: skip


def test_a_table_that_the_end_of_a_column_cuts_in_two() -> None:
    grid = [("GRID", (0, 0), (-1, -1), 0.5, "black")]
    held = io.BytesIO()
    canvas = Canvas(held, pagesize=(595, 842))
    canvas.setFont("Helvetica", 10)
    for x, top in ((60, 780), (310, 700)):
        for n in range(30):
            canvas.drawString(x, top - 12 * n, "The shift leader reads this line of the page here.")
    for rows, x, y in (([["Tag", "High"], ["PT-1", "9"]], 60, 380), ([["PT-2", "8"], ["PT-3", "7"]], 310, 740)):
        table = Table(rows, colWidths=[60, 60], style=grid)
        table.wrapOn(canvas, 200, 200)
        table.drawOn(canvas, x, y)
    canvas.save()
    assert "Tag: PT-3 | High: 7" in told(held.getvalue())


def test_lines_of_labels_and_values_stay_lines() -> None:
    texts = ["Gas: Nitrogen", "Purity: 99.9 %", "Dew point: -40 C"]
    assert told(drawn(*((60, 100.0 + 12 * n, text) for n, text in enumerate(texts)))) == texts
    wrapped = ["Note: the pump is stopped before the valves on both sides of it", "Risk: high. It"]
    assert told(drawn(*((60, 100.0 + 12 * n, text) for n, text in enumerate(wrapped)))) == [" ".join(wrapped)]


def test_a_name_in_the_middle_of_two_rows_of_names() -> None:
    names = [(120, 100.0, "Flow"), (220, 100.0, "Head"), (60, 110.2, "Tag")]
    names += [(x, 120.4, text) for x, text in zip((100, 145, 195, 240), ("min", "max", "min", "max"), strict=True)]
    rows = [("P-1", "10", "20", "4", "6"), ("P-2", "12", "22", "5", "7"), ("P-3", "14", "24", "3", "5")]
    xs = (60, 103, 148, 199, 243)
    cells = [(x, 136.0 + 18 * n, cell) for n, row in enumerate(rows) for x, cell in zip(xs, row, strict=True)]
    assert (
        told(drawn(*names, *cells))[0] == "Tag: P-1 | Flow / min: 10 | Flow / max: 20 | Head / min: 4 | Head / max: 6"
    )
