"""Forms, sheets with hidden parts and exports as plants write them: no value under another one's name.

Each test builds its small document; each fault was found by looking at the passages of such a document.
"""

import io
from collections.abc import Callable, Sequence
from typing import Any

import docx
import openpyxl
import pytest
from odfdo import Document, Element
from reportlab.lib import colors
from reportlab.platypus import SimpleDocTemplate, Table
from sample_files import bytes_of

from walkdown.documents import ParsedDocument
from walkdown_ingestion.readers import read_bytes
from walkdown_ingestion.readers.xlsx_formats import display
from walkdown_ingestion.tables import make_table, row_lines


def text_of(parsed: ParsedDocument) -> str:
    return "\n".join(block.text for block in parsed.blocks)


def lines(rows: Sequence[Sequence[str]], header_rows: int | None = None) -> list[str]:
    table = make_table(rows, header_rows)
    return row_lines(table) if table is not None else []


def sheet(rows: Sequence[Sequence[object]], change: Callable[[Any], object] = lambda _: None) -> ParsedDocument:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    change(book.active)
    return read_bytes(bytes_of(book.save), "a.xlsx")


FORM = [
    ("PUMP DATA SHEET",) * 4,
    ("Tag no.", "P-101A", "Service", "Boiler feed"),
    ("Rated flow", "120 m³/h", "Rated head", "704 m"),
    ("Remarks", "Check coupling", "Check coupling", "Check coupling"),
]
FORM_LINES = [
    "PUMP DATA SHEET",
    "Tag no.: P-101A",
    "Service: Boiler feed",
    "Rated flow: 120 m³/h",
    "Rated head: 704 m",
    "Remarks: Check coupling",
]


@pytest.mark.parametrize("header_rows", [None, 0, 1])
def test_labels_with_values_side_by_side_are_no_columns(header_rows: int | None) -> None:
    assert lines(FORM, header_rows) == FORM_LINES
    assert lines(FORM[1:], header_rows) == FORM_LINES[1:]


def test_a_form_of_word_and_of_a_pdf_with_a_box_for_each_line() -> None:
    document = docx.Document()
    table = document.add_table(4, 4)
    for r, row in enumerate(FORM):
        for c, text in enumerate(row):
            table.cell(r, c).text = "" if text in row[:c] else text
    table.cell(0, 0).merge(table.cell(0, 3))
    table.cell(3, 1).merge(table.cell(3, 3))
    assert text_of(read_bytes(bytes_of(document.save), "a.docx")).splitlines() == FORM_LINES
    held = io.BytesIO()
    grid = ("GRID", (0, 0), (-1, -1), 0.5, colors.black)
    SimpleDocTemplate(held).build([Table(FORM[1:3], style=[grid])])
    [block] = read_bytes(held.getvalue(), "a.pdf").blocks
    assert block.text.splitlines() == FORM_LINES[1:5]
    tops = [box.y0 for box in block.boxes]
    assert len(tops) == 4 and tops[0] == tops[1] < tops[2] == tops[3]


def test_a_form_that_is_not_filled_in_keeps_its_labels_apart() -> None:
    blank = [("작업명", "", "작업 장소", ""), ("작업자", "", "감독자", "")]
    assert lines(blank) == ["작업명", "작업 장소", "작업자", "감독자"]
    assert lines([("Tag no.:", "P-1", "Service:", "Feed")]) == ["Tag no.: P-1", "Service: Feed"]


def test_columns_are_not_taken_for_a_form() -> None:
    tags = [("Parameter", "P-101A", "P-101B", "P-101C"), ("Flow", "120", "130", "140"), ("Head", "70", "71", "72")]
    assert lines(tags)[0] == "Parameter: Flow | P-101A: 120 | P-101B: 130 | P-101C: 140"
    units = [("Item", "Low", "Unit", "High"), ("Pressure", "1.0", "bar", "2.0"), ("Level", "-20", "mm", "40")]
    assert lines(units)[1] == "Item: Level | Low: -20 | Unit: mm | High: 40"
    signed = [("작성", "검토", "승인", "시행일"), ("김", "이", "박", "2024-01-02")]
    assert lines(signed) == ["작성: 김 | 검토: 이 | 승인: 박 | 시행일: 2024-01-02"]
    limits = [
        ("Item", "Value", "Basis", "Limit"),
        ("Flow", "120 t/h", "Design", "130 t/h"),
        ("Temp", "80 °C", "Old", "9"),
    ]
    assert lines(limits)[0] == "Item: Flow | Value: 120 t/h | Basis: Design | Limit: 130 t/h"


@pytest.mark.parametrize(
    "rows",
    [
        [
            ("Service", "Setpoint", "Action", "Delay"),
            ("Boiler feed", "12.5 bar", "Trip", "5 s"),
            ("Sump", "8", "Alarm", "2 s"),
        ],
        [
            ("Location", "Type", "Model", "Range"),
            ("Boiler room", "Radar", "Rosemount", "0-10 m"),
            ("Farm", "Float", "Ko", "5"),
        ],
        [
            ("Parameter", "Unit 1", "Basis", "Unit 2"),
            ("Flow", "120 t/h", "Design", "704 t/h"),
            ("Temp", "85 °C", "Test", "12"),
        ],
        [("Item", "Spec 1", "Result", "Judge"), ("Pressure", "10 bar", "OK", "Kim"), ("Level", "20 mm", "NG", "Lee")],
    ],
)
def test_names_of_columns_are_not_torn_from_what_stands_below_them(rows: list[tuple[str, ...]]) -> None:
    assert lines(rows) == [" | ".join(f"{n}: {c}" for n, c in zip(rows[0], row, strict=True)) for row in rows[1:]]


def test_a_header_that_stands_twice_in_a_row() -> None:
    rows = [("Item", "Limit", "Item", "Limit"), ("Temp", "<85 °C", "Vib", "<75 µm"), ("Press", "12 bar", "", "")]
    assert lines(rows) == ["Item: Temp | Limit: <85 °C", "Item: Vib | Limit: <75 µm", "Item: Press | Limit: 12 bar"]


def test_columns_named_by_steps_or_years() -> None:
    loads = [("Parameter", "50 %", "75 %", "100 %"), ("Flow t/h", "100", "150", "200"), ("Head m", "40", "60", "80")]
    assert lines(loads)[1] == "Parameter: Head m | 50 %: 40 | 75 %: 60 | 100 %: 80"
    years = [("Item", "2022", "2023"), ("Outages", "3", "4"), ("Cost", "1,200", "960")]
    assert lines(years)[1] == "Item: Cost | 2022: 1,200 | 2023: 960"
    # Numbers without a unit of their own, or in the unit of those below, are values.
    for first in (("Flow", "100", "150"), ("Alarm", "50 %", "75 %"), ("Load", "75 %", "50 %")):
        rows = [first, ("Trip", "60 %", "80 %")]
        assert lines(rows)[0] == " | ".join(first)


def test_a_number_is_no_label() -> None:
    assert lines([("Low", "High"), ("4.5", "6.0")]) == ["Low: 4.5 | High: 6.0"]
    assert lines([("Low", "4.5"), ("High", "6.0")]) == ["Low: 4.5", "High: 6.0"]


def test_hidden_columns_and_rows_of_a_sheet_do_not_tear_a_table_in_two() -> None:
    def change(active: Any) -> None:
        active.column_dimensions["C"].hidden = True
        active.row_dimensions[3].hidden = True

    rows = [
        ("Tag", "Low", "Old", "Unit", "By"),
        ("PT-1", 4, 9, "bar", "Kim"),
        (1, 2, 3, 4),
        ("PT-3", 5, 9, "bar", "Lee"),
    ]
    expected = ["Tag: PT-1 | Low: 4 | Unit: bar | By: Kim", "Tag: PT-3 | Low: 5 | Unit: bar | By: Lee"]
    parsed = sheet(rows, change)
    assert text_of(parsed).splitlines() == expected and len(parsed.warnings) == 2
    ods = Document("spreadsheet")
    ods.body.clear()
    hidden = 'table:visibility="collapse"'
    columns = f'<table:table-column table:number-columns-repeated="2"/><table:table-column {hidden}/>'
    body = "".join(
        f"<table:table-row {hidden if r == 2 else ''}>"
        + "".join(f"<table:table-cell><text:p>{text}</text:p></table:table-cell>" for text in row)
        + "</table:table-row>"
        for r, row in enumerate(rows)
    )
    ods.body.append(Element.from_tag(f'<table:table table:name="S">{columns}{body}</table:table>'))
    parsed = read_bytes(bytes_of(ods.save), "a.ods")
    assert text_of(parsed).splitlines() == expected and len(parsed.warnings) == 2


def test_an_empty_column_inside_a_sheet_s_table_keeps_the_last_columns_with_their_labels() -> None:
    rows = [("Tag", "Low", None, "Remark", "By"), ("PT-1", 4, None, "old", "Kim"), ("PT-2", 5, None, "new", "Lee")]
    assert text_of(sheet(rows)).splitlines()[1] == "Tag: PT-2 | Low: 5 | Remark: new | By: Lee"


def test_tables_side_by_side_under_titles_of_their_own() -> None:
    rows = [("Unit 1", None, None, "Unit 2"), ("Tag", "Set", None, "Tag", "Set"), ("PT-1", 1, None, "PT-2", 2)]
    assert text_of(sheet(rows)).splitlines() == ["Unit 1", "Tag: PT-1 | Set: 1", "Unit 2", "Tag: PT-2 | Set: 2"]
    others = [
        ("Tag", "Set", None, "Valve", "State"),
        ("PT-1", 1, None, "V-1", "5 %"),
        ("PT-2", 2, None, "V-2", "7 %"),
    ]
    assert text_of(sheet(others)).splitlines()[2:] == ["Valve: V-1 | State: 5 %", "Valve: V-2 | State: 7 %"]


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (120, '0" m³/h"', "120 m³/h"),
        (5.25, '# ??/??" in"', "5.25 in"),
        (5.5, 'General" bar"', "5.5 bar"),
        (-5, "General;[Red]General", "-5"),
        (3, '[<0.01]"<0.01";0.00', "3.00"),
        (0.005, '[<0.01]"<0.01";0.00', "<0.01"),
        (12.5, "[>=100]0;[<10]0.00;0.0", "12.5"),
        (1, '[=1]"open";[=0]"closed";0', "open"),
        (-5, '0" bar";;', "-5"),
        (-1234.5, '#,##0.0 "kg/h";[Red](#,##0.0) "kg/h"', "-1,234.5 kg/h"),
        (0, '#,##0.00_-;-#,##0.00_-;"-"??_-', "-"),
        (1234.5, "# ##0.0", "1,234.5"),
        (0, "0.00E+00", "0.00E+00"),
        (123456, "##0.0E+0", "123.5E+3"),
        (9.999, "0.0E+0", "1.0E+1"),
        (15, '0"/"0', "15"),
    ],
)
def test_number_formats_of_a_sheet(value: float, code: str, shown: str) -> None:
    assert display(value, code) == shown


def test_a_csv_without_a_header_and_one_that_states_its_delimiter() -> None:
    assert text_of(read_bytes(b"P-1,3,4\nP-2,5,6\n", "a.csv")).splitlines() == ["P-1 | 3 | 4", "P-2 | 5 | 6"]
    assert text_of(read_bytes(b"tag,2022,2023\nP-1,3,4\nP-2,,6\n", "a.csv")).splitlines()[1] == "tag: P-2 | 2023: 6"
    stated = b"sep=;\r\nTag;Low;High\r\nPT-1;4,5;3.960,5\r\n"
    assert text_of(read_bytes(stated, "a.csv")) == "Tag: PT-1 | Low: 4,5 | High: 3.960,5"


def test_a_table_in_a_cell_of_an_open_document_keeps_its_rows() -> None:
    def cells(*texts: str) -> str:
        inside = (text if text.startswith("<") else f"<text:p>{text}</text:p>" for text in texts)
        return (
            f"<table:table-row>{''.join(f'<table:table-cell>{t}</table:table-cell>' for t in inside)}</table:table-row>"
        )

    inner = "".join((cells("Mode", "Flow", "Time"), cells("Auto", "40", "5"), cells("Manual", "35", "8")))
    inner = f'<table:table table:name="I">{inner}</table:table>'
    document = Document("text")
    document.body.clear()
    outer = cells("Pump", "Settings", "Note") + cells("P-102", inner, "x")
    document.body.append(Element.from_tag(f'<table:table table:name="T">{outer}</table:table>'))
    document.body.append(Element.from_tag(f'<table:table table:name="B">{cells(inner)}</table:table>'))
    assert text_of(read_bytes(bytes_of(document.save), "a.odt")).splitlines() == [
        "Pump: P-102 | Settings: Mode: Auto, Flow: 40, Time: 5; Mode: Manual, Flow: 35, Time: 8 | Note: x",
        "Mode: Auto | Flow: 40 | Time: 5",
        "Mode: Manual | Flow: 35 | Time: 8",
    ]
