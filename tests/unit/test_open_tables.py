"""Tables of a PDF without lines between their cells: each value under its name, in its row."""

import io

import pytest
from drawn_pages import ABOVE, at, page
from reportlab.pdfgen.canvas import Canvas

from walkdown_ingestion.readers import pdf


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


def test_a_number_at_the_right_stays_apart_from_the_text_at_the_left_of_the_next_column() -> None:
    names = at(60, 150, ["No"]) + at(110, 150, ["Setpoint"]) + at(170, 150, ["Unit"]) + at(220, 150, ["Action"])
    numbers = [(147.5, 165, "14.5", False), (110, 178, "-120", False), (149.5, 191, "-9.5", False)]
    rows = [*at(60, 165, ["I-1", "I-2", "I-3"]), *numbers]
    rows += at(170, 165, ["barg", "mm", "kPa"]) + at(220, 165, ["Trip K-101", "Stop P-101", "Close XV-1"])
    assert page([*at(60, 100, ABOVE), *names, *rows])[1].splitlines() == [
        "No: I-1 | Setpoint: 14.5 | Unit: barg | Action: Trip K-101",
        "No: I-2 | Setpoint: -120 | Unit: mm | Action: Stop P-101",
        "No: I-3 | Setpoint: -9.5 | Unit: kPa | Action: Close XV-1",
    ]


def test_a_name_at_the_left_of_its_columns_is_over_all_of_them() -> None:
    names = [(120, 150, "As found", True), (240, 150, "As left", True)]
    names += [
        (60, 165, "Tag", True),
        (120, 165, "mA", True),
        (180, 165, "%", True),
        (240, 165, "mA", True),
        (300, 165, "%", True),
    ]
    rows = [
        (x, 180 + 15 * r, text, False)
        for r, row in enumerate(
            (
                ("PT-1", "4.02", "0.13", "4.00", "0.00"),
                ("PT-2", "12.1", "0.69", "12.0", "0.06"),
                ("PT-3", "20.2", "1.25", "20.0", "0.13"),
            )
        )
        for x, text in zip((60, 120, 180, 240, 300), row, strict=True)
    ]
    assert page([*at(60, 100, ABOVE), *names, *rows])[1].splitlines()[0] == (
        "Tag: PT-1 | As found / mA: 4.02 | As found / %: 0.13 | As left / mA: 4.00 | As left / %: 0.00"
    )


def test_labels_and_values_of_several_lines_aligned_at_their_middle() -> None:
    rows = [*at(160, 150, ["ext. 4512, radio channel 3, manned at all hours of", "the day and night by two operators"])]
    rows += [(60, 160, "Control room", False), (60, 182, "Fire brigade", False), (160, 182, "119", False)]
    rows += [(60, 202, "Max. number", False), (60, 214, "of persons", False), (160, 211, "45", False)]
    assert page([*at(60, 100, ABOVE), *rows])[1].splitlines() == [
        "Control room: ext. 4512, radio channel 3, manned at all hours of the day and night by two operators",
        "Fire brigade: 119",
        "Max. number of persons: 45",
    ]


def test_a_tag_broken_at_its_hyphen_is_one_and_another_table_below_has_no_names_of_this_one() -> None:
    rows = [at(60, 150, ["Line", "301", "302", "303"]), at(150, 150, ["From", "V-301", "E-301", "V-302"])]
    rows += [at(240, 150, ["To", "P-301", "C-301", "P-302"]), at(330, 150, ["Size", "6", "4", "8"])]
    other = [*at(60, 225, ["Set pressure", "Back pressure"]), *at(220, 225, ["6.0 barg", "0.5 barg"])]
    found = page([*at(60, 100, ABOVE), *(line for column in rows for line in column), *other])[1:]
    assert found[0].splitlines()[2] == "Line: 303 | From: V-302 | To: P-302 | Size: 8"
    assert found[1] == "Set pressure: 6.0 barg\nBack pressure: 0.5 barg"
    table = [
        *at(60, 150, ["Consumer", "Reboiler E-", "301", "Pumps P-", "301A/B"]),
        *at(160, 150, ["Steam", "12.5", "", "0.8"]),
    ]
    table += at(240, 150, ["Remarks", "LP steam 4.5", "barg", "one", "runs"])
    lines = page([*at(60, 100, ABOVE), *((x, y, text, bold) for x, y, text, bold in table if text)])[1].splitlines()
    assert lines == [
        "Consumer: Reboiler E-301 | Steam: 12.5 | Remarks: LP steam 4.5 barg",
        "Consumer: Pumps P-301A/B | Steam: 0.8 | Remarks: one runs",
    ]


def test_a_row_below_a_full_label_is_no_second_line_of_it() -> None:
    rows = [
        ("Item", "Limit", "Found", "State"),
        ("vibration of the shaft", "max 4.5", "2.8", "good"),
        ("bearing of the motor 2", "max 85", "62", "good"),
        ("leak of oil", "none", "little", "bad"),
    ]
    cells = [(60 + 120 * c, 150 + 12 * r, text, False) for r, row in enumerate(rows) for c, text in enumerate(row)]
    assert page([*at(60, 100, ABOVE), *cells])[1].splitlines()[1:] == [
        "Item: bearing of the motor 2 | Limit: max 85 | Found: 62 | State: good",
        "Item: leak of oil | Limit: none | Found: little | State: bad",
    ]
