"""Headers of tables as plants write them, raised digits of a PDF: numbers stay beside their name, unit and power."""

import io
from collections.abc import Sequence

import openpyxl
import pptx
import pytest
from pptx.util import Inches
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table
from sample_files import bytes_of

from walkdown.documents import ParsedDocument
from walkdown_ingestion.readers import read_bytes


def text_of(parsed: ParsedDocument) -> str:
    return "\n".join(block.text for block in parsed.blocks)


def sheet(rows: Sequence[Sequence[object]]) -> ParsedDocument:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    return read_bytes(bytes_of(book.save), "a.xlsx")


UNITS = [("Tag", "Flow", "Pressure", "Note"), ("", "t/h", "(barg)", "-"), ("P-1", 40, -0.5, "x"), ("P-2", 35, 8, "y")]


def test_a_row_of_units_below_the_names_belongs_to_the_header() -> None:
    assert text_of(sheet(UNITS)).splitlines()[0] == "Tag: P-1 | Flow (t/h): 40 | Pressure (barg): -0.5 | Note: x"
    csv = "\n".join(",".join(map(str, row)) for row in UNITS)
    assert text_of(read_bytes(csv.encode(), "a.csv")) == text_of(sheet(UNITS))
    labelled = [("Tag", "Flow", "Temp"), ("단위", "t/h", "°C"), ("P-1", 40, 90)]
    assert text_of(sheet(labelled)) == "Tag: P-1 | Flow (t/h): 40 | Temp (°C): 90"
    other = [("Quantity", "SI", "US"), ("Pressure", "bar", "psi"), ("Flow", "t/h", "gpm")]
    assert text_of(sheet(other)).splitlines()[0] == "Quantity: Pressure | SI: bar | US: psi"


def test_a_column_of_labels_without_a_name_costs_no_header() -> None:
    rows = [(None, "Low", "High"), ("PT-1", 1, 2), ("PT-2", -3, 4)]
    assert text_of(sheet(rows)).splitlines() == ["PT-1 | Low: 1 | High: 2", "PT-2 | Low: -3 | High: 4"]
    # A first row that only goes on from nothing names no columns.
    assert text_of(sheet([(None, "spare", "x"), (None, "P-1", 5), ("A", "P-2", 6)])).splitlines()[0] == "spare | x"


def test_one_marked_header_row_with_names_below_a_merged_one_has_two() -> None:
    slides = pptx.Presentation()
    slide = slides.slides.add_slide(slides.slide_layouts[6])
    table = slide.shapes.add_table(3, 4, Inches(1), Inches(3), Inches(5), Inches(1)).table
    for r, row in enumerate((("Tag", "Alarm", "", "Unit"), ("", "Low", "High", ""), ("PT-1", "-1.5", "12.5", "barg"))):
        for c, text in enumerate(row):
            table.cell(r, c).text = text
    table.cell(0, 1).merge(table.cell(0, 2))
    for column in (0, 3):
        table.cell(0, column).merge(table.cell(1, column))
    assert text_of(read_bytes(bytes_of(slides.save), "a.pptx")) == (
        "Tag: PT-1 | Alarm / Low: -1.5 | Alarm / High: 12.5 | Unit: barg"
    )


def test_raised_digits_of_a_pdf_after_a_sign_of_another_font_and_inside_a_word() -> None:
    held = io.BytesIO()
    text = "Set 3.5×10<super>−4</super> m<super>2</super>/s, 10<super>+3</super>; E<super>2</super>; 10-4 and m2/s"
    SimpleDocTemplate(held).build([Paragraph(text, getSampleStyleSheet()["Normal"])])
    parsed = read_bytes(held.getvalue(), "a.pdf")
    assert text_of(parsed) == "Set 3.5×10⁻⁴ m²/s, 10⁺³; E²; 10-4 and m2/s" and parsed.warnings == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp949"])
def test_comment_lines_of_an_export_are_no_header_and_no_rows(encoding: str) -> None:
    export = "# 내보냄, by DCS, unit 1\nTag,Low,High\nPT-1,1,2\n# PT-2,9,9\n#1 pump,3,4\n"
    parsed = read_bytes(export.encode(encoding), "a.csv")
    assert text_of(parsed).splitlines() == [
        "# 내보냄, by DCS, unit 1",
        "Tag: PT-1 | Low: 1 | High: 2",
        "Tag: #1 pump | Low: 3 | High: 4",
    ]
    assert parsed.warnings == ("1 rows that are commented out (#) were left out",)


def test_a_header_that_is_written_as_a_comment() -> None:
    parsed = read_bytes(b"# by logger\n# Time;Flow;Level\n1;40;2\n2;41;3\n", "a.csv")
    assert text_of(parsed).splitlines()[:2] == ["# by logger", "Time: 1 | Flow: 40 | Level: 2"]


def test_tables_below_each_other_in_a_csv_keep_their_own_headers() -> None:
    export = b"Unit 1\n\nTag,Low,High\nPT-1,1,2\n\nPT-2,3,4\n\nTag,Rate,Unit\nFT-1,5,t/h\n"
    assert text_of(read_bytes(export, "a.csv")).splitlines() == [
        "Unit 1",
        "Tag: PT-1 | Low: 1 | High: 2",
        "Tag: PT-2 | Low: 3 | High: 4",
        "Tag: FT-1 | Rate: 5 | Unit: t/h",
    ]


def test_names_below_a_merged_name_are_header_where_the_others_are_left_empty() -> None:
    page = b"""<table><thead><tr><th>Tag</th><th colspan=2>Alarm</th><th>Unit</th></tr></thead>
    <tr><td></td><td>Low</td><td>High</td><td></td></tr><tr><td>PT-1</td><td>1</td><td>2</td><td>barg</td></tr></table>"""
    expected = "Tag: PT-1 | Alarm / Low: 1 | Alarm / High: 2 | Unit: barg"
    assert text_of(read_bytes(page, "a.html")) == expected
    plain = page.replace(b"th", b"td").replace(b"<tdead>", b"").replace(b"</tdead>", b"")
    assert text_of(read_bytes(plain, "a.html")).splitlines()[-1] == expected
    body = page.replace(b"Low", b"0.5").replace(b"High", b"0.7")
    assert text_of(read_bytes(body, "a.html")).splitlines()[0] == "Alarm: 0.5 | Alarm: 0.7"


STEP = (
    "Open valve V-101 slowly until the pressure at PI-101 reads 4.5 bar, then wait and check for leaks at all flanges."
)


def pdf_table(rows: Sequence[Sequence[object]], *styles: tuple[object, ...]) -> list[str]:
    held = io.BytesIO()
    texts = [
        [Paragraph(cell, getSampleStyleSheet()["Normal"]) if cell == STEP else cell for cell in row] for row in rows
    ]
    widths = [40, 250, 80] if any(STEP in row for row in rows) else None
    SimpleDocTemplate(held).build([Table(texts, style=styles, colWidths=widths)])
    return text_of(read_bytes(held.getvalue(), "a.pdf")).splitlines()


@pytest.mark.parametrize("aligned", ["TOP", "MIDDLE", "BOTTOM"])
def test_rows_of_a_pdf_without_rules_keep_their_lines_however_they_are_aligned(aligned: str) -> None:
    """Cells of several lines stand higher and lower than the label of their row."""
    steps = [("Step", "Action", "Hold"), ("1", STEP, "H"), ("2", "Close V-102", ""), ("3", STEP, "W")]
    place = ("VALIGN", (0, 0), (-1, -1), aligned)
    assert pdf_table(steps, place) == [
        f"Step: 1 | Action: {STEP} | Hold: H",
        "Step: 2 | Action: Close V-102",
        f"Step: 3 | Action: {STEP} | Hold: W",
    ]
    stacked = [
        ("Tag", "Settings", "Unit"),
        ("PT-1", "12.5\n13.0", "bar"),
        ("PT-2", "4", "bar\nbarg"),
        ("PT-3", "", "mm"),
    ]
    assert pdf_table(stacked, place) == [
        "Tag: PT-1 | Settings: 12.5; 13.0 | Unit: bar",
        "Tag: PT-2 | Settings: 4 | Unit: bar barg",
        "Tag: PT-3 | Unit: mm",
    ]


@pytest.mark.parametrize("aligned", ["TOP", "MIDDLE", "BOTTOM"])
def test_rows_below_one_label_of_a_pdf_without_rules_are_not_one_row(aligned: str) -> None:
    rows = [
        ("System", "Item", "Value", "Unit"),
        ("Boiler", "Pressure", "12.5", "MPa"),
        ("", "Level", "-20", "mm"),
        ("", "Flow", "704", "t/h"),
    ]
    lines = pdf_table(rows, ("VALIGN", (0, 0), (-1, -1), aligned), ("SPAN", (0, 1), (0, 3)))
    assert [line.removeprefix("System: Boiler | ") for line in lines] == [
        "Item: Pressure | Value: 12.5 | Unit: MPa",
        "Item: Level | Value: -20 | Unit: mm",
        "Item: Flow | Value: 704 | Unit: t/h",
    ]
    assert [line.startswith("System") for line in lines].count(True) == 1


def test_a_cell_of_a_pdf_with_numbers_below_each_other_and_a_unit_of_one_letter() -> None:
    rows = [("Pump", "Head\nm", "Levels"), ("P-1", "704", "12\n500\n-20"), ("P-2", "35", "4.5 -\n6.0")]
    rows += [("P-3", "05-13\n10:10", "F\nl\no\nw")]
    ruled = ("GRID", (0, 0), (-1, -1), 0.5, "black")
    assert pdf_table(rows, ruled) == [
        "Pump: P-1 | Head m: 704 | Levels: 12; 500; -20",
        "Pump: P-2 | Head m: 35 | Levels: 4.5 - 6.0",
        "Pump: P-3 | Head m: 05-13 10:10 | Levels: Flow",
    ]


def test_a_form_laid_out_in_pairs_of_a_pdf_without_rules() -> None:
    rows = [("Tag no.", "P-101A", "Service", "Feed"), ("Flow", "120 m³/h", "Head", "704 m")]
    assert pdf_table(rows) == ["Tag no.: P-101A", "Service: Feed", "Flow: 120 m³/h", "Head: 704 m"]


def test_a_form_that_goes_on_with_columns_of_its_own() -> None:
    rows = [
        ("PUMP DATA SHEET", "", "", ""),
        ("Tag no.", "P-101A", "Service", "Boiler feed"),
        ("Rated flow", "120 m3/h", "Rated head", "704 m"),
        ("Part", "Material", "Qty", "Remark"),
        ("Casing", "CA6NM", "1", "-"),
        ("Shaft", "17-4PH", "2", "new"),
    ]
    expected = [
        "PUMP DATA SHEET",
        "Tag no.: P-101A",
        "Service: Boiler feed",
        "Rated flow: 120 m3/h",
        "Rated head: 704 m",
        "Part: Casing | Material: CA6NM | Qty: 1 | Remark: -",
        "Part: Shaft | Material: 17-4PH | Qty: 2 | Remark: new",
    ]
    ruled = ("GRID", (0, 0), (-1, -1), 0.5, "black")
    assert pdf_table(rows, ruled, ("SPAN", (0, 0), (-1, 0))) == expected
    page = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in [[rows[0][0]] * 4, *rows[1:]])
    assert text_of(read_bytes(f"<table>{page}</table>".encode(), "a.html")).splitlines() == expected


def test_several_raised_marks_of_a_pdf_are_no_figures() -> None:
    held = io.BytesIO()
    text = "Limits 3<super>1,2</super> and 85<super>1)</super> °C, 5<super>[2]</super> bar, 7<super>0.5</super>, 1,2"
    SimpleDocTemplate(held).build([Paragraph(text, getSampleStyleSheet()["Normal"])])
    assert text_of(read_bytes(held.getvalue(), "a.pdf")) == "Limits 3¹,² and 85¹⁾ °C, 5[²] bar, 7⁰.⁵, 1,2"


def test_raised_letters_of_a_pdf_and_what_stands_right_behind_a_raised_figure() -> None:
    held = io.BytesIO()
    normal = getSampleStyleSheet()["Normal"]
    line = Paragraph("at 25<super>o</super>C and 85<super>a</super> °C, 5x 3a", normal)
    cells = [Paragraph(c, normal) for c in ("25<super>o</super>C", "m<super>3</super>/h", "0.5<super>1)</super>")]
    grid = ("GRID", (0, 0), (-1, -1), 0.5, "black")
    SimpleDocTemplate(held).build([line, Table([["Temp", "Unit", "Limit"], cells], style=[grid])])
    assert text_of(read_bytes(held.getvalue(), "a.pdf")).splitlines() == [
        "at 25°C and 85ᵃ °C, 5x 3a",
        "Temp: 25°C | Unit: m³/h | Limit: 0.5¹⁾",
    ]
    held = io.BytesIO()
    line = Paragraph("flow 5 m<super>3</super>/h and 85<super>1</super> °C, step 1 of 5", normal)
    SimpleDocTemplate(held).build([line, Table([["Temp", "Unit", "Limit"], cells], style=[grid])])
    assert text_of(read_bytes(held.getvalue(), "a.pdf")).splitlines()[0] == "flow 5 m³/h and 85¹ °C, step 1 of 5"
