"""Columns of a few lines in the middle of a PDF page: no sentence of one is crossed with one of the other."""

import io
from collections.abc import Sequence

import pytest
from reportlab.pdfgen.canvas import Canvas

from walkdown_ingestion.readers import pdf

ABOVE = [
    "This manual gives the steps for the start of the feed pumps of unit 1. The shift leader reads it before",
    "each start and keeps the record of the start together with the log of the unit for at least three years.",
]
LEFT = ["Pump P-101 is run at 40 t/h and the", "discharge pressure shall not exceed", "12.5 bar at any time."]
RIGHT = ["Pump P-102 is run at 35 t/h and the", "suction pressure shall not fall below", "0.8 bar while running."]


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


def test_two_columns_of_three_lines_are_read_one_after_the_other() -> None:
    around = [*at(60, 100, ABOVE), *at(60, 300, ABOVE)]
    for shift in (0, -4, 6):
        found = page([*around, *at(60, 180, LEFT), *at(320, 180 + shift, RIGHT)])
        assert found == [" ".join(ABOVE), " ".join(LEFT), " ".join(RIGHT), " ".join(ABOVE)]


def test_columns_of_uneven_length_are_not_mixed() -> None:
    more = [line.replace("10", "20") for line in LEFT]
    both = [*at(60, 180, [*LEFT, *more]), *at(320, 180, RIGHT)]
    found = page([*at(60, 100, ABOVE), *both, *at(60, 320, ABOVE)])[1:-1]
    assert " ".join(found) == " ".join([*LEFT, *more, *RIGHT])


def test_texts_in_the_cells_of_a_table_without_rules_stay_in_their_rows() -> None:
    causes = [
        ["Pressure rises above the limit of", "12.5 bar for one minute"],
        ["Bearing of the pump P-101 is", "above 85 °C"],
    ]
    actions = [
        ["Open the bypass FV-110 by hand and", "report to the shift leader"],
        ["Reduce the load to 50 % and wait", "for ten minutes"],
    ]
    rows = [*at(60, 170, ["Cause"], bold=True), *at(320, 170, ["Action"], bold=True)]
    for i, (cause, action) in enumerate(zip(causes, actions, strict=True)):
        rows += [*at(60, 196 + 39 * i, cause), *at(320, 196 + 39 * i, action)]
    table = page([*at(60, 100, ABOVE), *rows, *at(60, 320, ABOVE)])[1]
    assert table.splitlines() == [
        "Cause: Pressure rises above the limit of 12.5 bar for one minute | "
        "Action: Open the bypass FV-110 by hand and report to the shift leader",
        "Cause: Bearing of the pump P-101 is above 85 °C | Action: Reduce the load to 50 % and wait for ten minutes",
    ]
    timed = [*rows, *at(520, 170, ["Time"], bold=True), *at(520, 196, ["10 min"]), *at(520, 235, ["5 min"])]
    assert [line.split(" | ")[2] for line in page(timed)[0].splitlines()] == ["Time: 10 min", "Time: 5 min"]


def test_a_narrow_table_below_two_columns_is_read_after_both() -> None:
    table = [
        (60 + 60 * c, 262 + 15 * r, text, r == 0)
        for r, row in enumerate((("Tag", "Low", "High"), ("PT-1", "1.0", "12.5"), ("TT-1", "5", "85")))
        for c, text in enumerate(row)
    ]
    columns = [*at(60, 140, [*LEFT, *LEFT]), *at(320, 140, [*RIGHT, *RIGHT])]
    found = page([*at(60, 100, ABOVE), *columns, *at(60, 245, ["2 Limits"], bold=True), *table, *at(60, 330, ABOVE)])
    assert found[-4:] == [
        " ".join(RIGHT),
        "2 Limits",
        "Tag: PT-1 | Low: 1.0 | High: 12.5\nTag: TT-1 | Low: 5 | High: 85",
        " ".join(ABOVE),
    ]


def test_names_so_close_that_they_join_are_parted_where_the_columns_below_are() -> None:
    names = [
        (60, 150, "Tag", True),
        (100, 150, "Pressure", True),
        (149.5, 150, "Limit", True),
        (179, 150, "Unit", True),
    ]
    rows = [
        (x, 165 + 15 * r, text, False)
        for r, row in enumerate(
            (("PT-1", "8.0", "12.5", "bar"), ("PT-2", "1.0", "9.5", "bar"), ("PT-3", "-", "4", "mbar"))
        )
        for x, text in zip((60, 100, 150, 180), row, strict=True)
    ]
    assert (
        page([*at(60, 100, ABOVE), *names, *rows])[1].splitlines()[1]
        == "Tag: PT-2 | Pressure: 1.0 | Limit: 9.5 | Unit: bar"
    )


def test_a_header_in_bold_takes_no_line_of_the_first_row() -> None:
    names = [(60, 150, "Name", True), (200, 150, "CAS / EC No.", True), (330, 150, "Share (%)", True)]
    first = [
        (200, 168, "80-62-6 /", False),
        (60, 174, "Methyl methacrylate", False),
        (330, 174, "60 - 80", False),
        (200, 180, "201-297-1", False),
    ]
    rows = [
        (60, 198, "Hydroquinone", False),
        (200, 198, "150-76-5 /", False),
        (330, 198, "0.01", False),
        (60, 210, "monomethyl ether of it", False),
        (200, 210, "205-769-8", False),
    ]
    last = [(60, 228, "Water", False), (200, 228, "7732-18-5", False), (330, 228, "20", False)]
    assert page([*at(60, 100, ABOVE), *names, *first, *rows, *last])[1].splitlines() == [
        "Name: Methyl methacrylate | CAS / EC No.: 80-62-6 / 201-297-1 | Share (%): 60 - 80",
        "Name: Hydroquinone monomethyl ether of it | CAS / EC No.: 150-76-5 / 205-769-8 | Share (%): 0.01",
        "Name: Water | CAS / EC No.: 7732-18-5 | Share (%): 20",
    ]


def test_a_table_close_below_a_form_has_its_own_header() -> None:
    form = [
        (60, 140, "Product:", False),
        (160, 140, "Isopropanol", False),
        (300, 140, "Batch:", False),
        (400, 140, "25-0318", False),
    ]
    form += [
        (60, 154, "Made:", False),
        (160, 154, "2025-03-02", False),
        (300, 154, "Retest:", False),
        (400, 154, "2027-03-01", False),
    ]
    table = [
        (x, 172 + 14 * r, text, r == 0)
        for r, row in enumerate(
            (
                ("Test", "Limit", "Result", "Method"),
                ("Water", "NMT 200", "<50", "KF-3"),
                ("Lead", "NMT 10", "<0.05", "ICP-2"),
            )
        )
        for x, text in zip((60, 130, 200, 270), row, strict=True)
    ]
    assert page([*at(60, 100, ABOVE), *form, *table])[-1].splitlines() == [
        "Test: Water | Limit: NMT 200 | Result: <50 | Method: KF-3",
        "Test: Lead | Limit: NMT 10 | Result: <0.05 | Method: ICP-2",
    ]


def test_a_report_of_an_old_program_with_dashes_below_its_names() -> None:
    lines = [
        "LAB RESULTS                                   2025-03-18",
        "",
        "SAMPLE     POINT          pH    COND     SIO2     FE",
        "                                uS/cm    ug/L    ug/L",
        "------------------------------------------------------",
        "25-0318-1  Feedwater     9.4     7.2      8.5     2.1",
        "25-0318-2  HP drum       9.7    18.4    112.0    <1.0",
        "25-0318-3  Condensate    9.2     5.1      4.2     3.3",
        "25-0318-4  Makeup                0.08    <2.0",
    ]
    file = io.BytesIO()
    canvas = Canvas(file)
    text = canvas.beginText(40, 780)
    text.setFont("Courier", 9)
    for line in lines:
        text.textLine(line)
    canvas.drawText(text)
    canvas.save()
    rows = pdf.read(file.getvalue(), "a.pdf").blocks[-1].text.splitlines()
    assert len(rows) == 4 and rows[3] == "SAMPLE: 25-0318-4 | POINT: Makeup | COND uS/cm: 0.08 | SIO2 ug/L: <2.0"


def test_names_that_run_into_each_other_name_no_column() -> None:
    names = [(60, 150, "Time", False), (110, 150, "PT-101 (baTT-102 (°C)", False), (240, 150, "Alarm", False)]
    rows = [
        (x, 165 + 15 * r, text, False)
        for r, row in enumerate(
            (
                ("22:00", "12.5", "185", "PAH-1"),
                ("23:00", "12.7", "186", "TAH-2"),
                ("00:00", "-0.5", "183", "-"),
                ("01:00", "1", "2", "-"),
            )
        )
        for x, text in zip((60, 110, 180, 240), row, strict=True)
    ]
    lines = "\n".join(page([*at(60, 100, ABOVE), *names, *rows])[1:]).splitlines()
    assert lines[0] == "Time | PT-101 (baTT-102 (°C) | Alarm" and lines[2] == "23:00 | 12.7 | 186 | TAH-2"


def test_a_heading_between_rows_and_names_at_the_left_of_numbers_at_the_right() -> None:
    names = [
        (60, 150, "Tag", True),
        (130, 150, "Power (kW)", True),
        (210, 150, "Voltage (V)", True),
        (290, 150, "Unit", True),
    ]
    rows = [
        (60, 165, "Feedwater", True),
        (60, 180, "P-101", False),
        (190, 180, "55", False),
        (258, 180, "6600", False),
        (290, 180, "-", False),
    ]
    rows += [
        (60, 195, "P-102", False),
        (263, 195, "380", False),
        (60, 210, "Condensate", True),
        (60, 225, "P-103", False),
        (188, 225, "7.5", False),
    ]
    assert page([*at(60, 100, ABOVE), *names, *rows])[1].splitlines() == [
        "Feedwater",
        "Tag: P-101 | Power (kW): 55 | Voltage (V): 6600 | Unit: -",
        "Tag: P-102 | Voltage (V): 380",
        "Condensate",
        "Tag: P-103 | Power (kW): 7.5",
    ]


@pytest.mark.parametrize("shaded", ["cells", "rows"])
def test_shade_of_every_other_row_makes_no_table_of_its_own(shaded: str) -> None:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(595, 842))
    rows = [
        ("Tag", "Power (kW)", "Voltage (V)", "Current (A)"),
        ("P-101", "1,250", "6,600", "132"),
        ("P-102", "55", "380", "98.5"),
        ("K-201", "7.5", "", "14"),
        ("M-1", "0.75", "220", ""),
    ]
    for r, row in enumerate(rows):
        y = 700 - 20 * r
        canvas.setFillGray(0.88)
        if r % 2 and shaded == "rows":
            canvas.rect(60, y, 400, 20, stroke=0, fill=1)
        elif r % 2:
            for c in range(4):
                canvas.rect(60 + 100 * c, y, 100, 20, stroke=0, fill=1)
        canvas.setFillGray(0)
        canvas.setFont("Helvetica-Bold" if r == 0 else "Helvetica", 10)
        for c, text in enumerate(row):
            canvas.drawString(64 + 100 * c, y + 6, text)
    canvas.save()
    assert pdf.read(file.getvalue(), "a.pdf").blocks[0].text.splitlines() == [
        "Tag: P-101 | Power (kW): 1,250 | Voltage (V): 6,600 | Current (A): 132",
        "Tag: P-102 | Power (kW): 55 | Voltage (V): 380 | Current (A): 98.5",
        "Tag: K-201 | Power (kW): 7.5 | Current (A): 14",
        "Tag: M-1 | Power (kW): 0.75 | Voltage (V): 220",
    ]
