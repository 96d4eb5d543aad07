"""Forms as sheets and vendors set them: values over columns, units in columns of their own, first rows of words."""

from collections.abc import Sequence

import docx
import openpyxl
import pytest
from sample_files import bytes_of

from walkdown.documents import ParsedDocument
from walkdown_ingestion.readers import read_bytes
from walkdown_ingestion.tables import make_table, row_lines


def lines(rows: Sequence[Sequence[str]]) -> list[str]:
    table = make_table(rows)
    assert table is not None
    return row_lines(table)


def text_of(parsed: ParsedDocument) -> list[str]:
    return [line for block in parsed.blocks for line in block.text.splitlines()]


@pytest.mark.parametrize("spaced", [False, True], ids=["merged", "an empty column"])
def test_values_merged_over_columns_of_a_sheet(spaced: bool) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    rows = [("Tag no.", "LT-8802", "Service", "Flash drum"), ("Range", "0 - 1800 mm", "Output", "4 - 20 mA")]
    for r, row in enumerate([*rows, ("Calibrated", "2025-05-06", "By", "K. Noh")], 1):
        for cell, column in zip(row, (1, 2, 5, 6), strict=True):
            sheet.cell(r, column, cell)
        if not spaced:
            sheet.merge_cells(start_row=r, end_row=r, start_column=2, end_column=4)
    assert text_of(read_bytes(bytes_of(book.save), "a.xlsx")) == [
        "Tag no.: LT-8802", "Service: Flash drum", "Range: 0 - 1800 mm", "Output: 4 - 20 mA",
        "Calibrated: 2025-05-06", "By: K. Noh",
    ]  # fmt: skip


def test_names_merged_over_columns_stay_names() -> None:
    rows = [["Tag", "Alarm", "Alarm", "Trip", "Trip"], ["Tag", "L", "H", "L", "H"], ["LT-1", "10", "80", "5", "95"]]
    assert lines(rows) == ["Tag: LT-1 | Alarm / L: 10 | Alarm / H: 80 | Trip / L: 5 | Trip / H: 95"]


def test_a_unit_in_a_column_of_its_own_is_the_unit_of_the_value_beside_it() -> None:
    rows = [
        ["Item", "K-410", "", "Gas", "Process air", ""],
        ["Inlet volume", "5200", "Nm³/h", "Inlet temperature", "38", "°C"],
        ["CONSTRUCTION"] * 6,
        ["Discharge pressure", "7.6", "barg", "Shaft power", "-", "kW"],
    ]
    assert lines(rows) == [
        "Item: K-410", "Gas: Process air", "Inlet volume: 5200 Nm³/h", "Inlet temperature: 38 °C", "CONSTRUCTION",
        "Discharge pressure: 7.6 barg", "Shaft power: - kW",
    ]  # fmt: skip


def test_columns_of_units_under_names_stay_columns() -> None:
    rows = [["Stream", "Flow", "Unit", "Load", "Heat", "Unit"], ["Feed", "12", "t/h", "half", "3", "MW"]]
    assert lines(rows) == ["Stream: Feed | Flow: 12 | Unit: t/h | Load: half | Heat: 3 | Unit: MW"]


FILLED = [
    ("시료명", "프로필렌글리콜", "등급", "의약용"),
    ("Lot No.", "PG-25-118", "채취일자", "2025. 7. 1."),
    ("보관", "상온", "시험일자", "2025. 7. 3."),
]


def test_a_form_whose_first_row_holds_words_only() -> None:
    assert lines(FILLED) == [
        "시료명: 프로필렌글리콜", "등급: 의약용", "Lot No.: PG-25-118", "채취일자: 2025. 7. 1.", "보관: 상온",
        "시험일자: 2025. 7. 3.",
    ]  # fmt: skip
    document = docx.Document()
    table = document.add_table(3, 4)
    for r, row in enumerate(FILLED):
        for c, cell in enumerate(row):
            table.cell(r, c).text = cell
    assert text_of(read_bytes(bytes_of(document.save), "a.docx"))[2:4] == [
        "Lot No.: PG-25-118",
        "채취일자: 2025. 7. 1.",
    ]


def test_names_above_rows_that_hold_no_field_of_a_form() -> None:
    rows = [
        ["설비", "고장", "계기", "조치"],
        ["송풍기", "진동", "압력계", "교체"],
        ["집진기", "누설", "온도계", "수리"],
    ]
    assert lines(rows)[0] == "설비: 송풍기 | 고장: 진동 | 계기: 압력계 | 조치: 교체"


def test_tables_side_by_side_with_a_row_of_units() -> None:
    left = [("Loop", "Gain", "Reset"), (None, "%/%", "min"), ("PIC-9", 1.4, 3), ("LIC-8", 0.6, 12)]
    right = [("Pump", "Flow", "Head"), (None, "m³/h", "m"), ("P-51", 30, 75), ("P-52", 42, 60)]
    book = openpyxl.Workbook()
    for one, other in zip(left, right, strict=True):
        book.active.append((*one, None, *other))
    assert text_of(read_bytes(bytes_of(book.save), "a.xlsx")) == [
        "Loop: PIC-9 | Gain (%/%): 1.4 | Reset (min): 3",
        "Loop: LIC-8 | Gain (%/%): 0.6 | Reset (min): 12",
        "Pump: P-51 | Flow (m³/h): 30 | Head (m): 75",
        "Pump: P-52 | Flow (m³/h): 42 | Head (m): 60",
    ]


SHEET = """<table border=1><tr><th colspan=5>Control valve</th></tr>
<tr><td>Tag No.<td colspan=2>LV-6604<td>Service<td>Condensate</tr><tr><td>Size<td colspan=2>3 in<td>Fail<td>Open</tr>
<tr><td colspan=2>Item<td>Unit<td>Min.<td>Max.</tr><tr><td rowspan=2>Flow<td>Normal<td>kg/h<td>410<td>2300</tr>
<tr><td>Start<td>kg/h<td>90<td>650</tr><tr><td colspan=2>Inlet pressure<td>barg<td>4.4<td>5.1</tr></table>"""


@pytest.mark.parametrize("marked", [True, False])
def test_columns_below_a_form_with_merged_values(marked: bool) -> None:
    page = SHEET if marked else SHEET.replace("th", "td")
    assert text_of(read_bytes(page.encode(), "a.html")) == [
        "Control valve", "Tag No.: LV-6604", "Service: Condensate", "Size: 3 in", "Fail: Open",
        "Item: Flow | Item: Normal | Unit: kg/h | Min.: 410 | Max.: 2300",
        "Item: Flow | Item: Start | Unit: kg/h | Min.: 90 | Max.: 650",
        "Item: Inlet pressure | Unit: barg | Min.: 4.4 | Max.: 5.1",
    ]  # fmt: skip


def test_labels_with_colons_wherever_their_values_stand() -> None:
    rows = [
        ["Request:", "WR-77-041", "", "", "Day:", "2025-08-19"],
        ["Item:", "", "C-905", "", "Class:", ""],
        ["Finding:", *["Oil 4 mL/h, 9 allowed"] * 5],
    ]
    assert lines(rows) == [
        "Request: WR-77-041", "Day: 2025-08-19", "Item: C-905", "Class:", "Finding: Oil 4 mL/h, 9 allowed",
    ]  # fmt: skip


def test_columns_with_empty_ones_between_are_one_table_and_what_stands_beside_is_none_of_it() -> None:
    book = openpyxl.Workbook()
    for row in [
        ("Part", None, "Size", None, "Pieces", None, "Price"),
        ("Seal", None, "52 mm", None, 2, None, 310),
        ("Gasket", None, "DN 80", None, 6, None, 14),
        (None,),
        (3.5, "hours", None, None, None, "crew", 4),
    ]:
        book.active.append(row)
    assert text_of(read_bytes(bytes_of(book.save), "a.xlsx")) == [
        "Part: Seal | Size: 52 mm | Pieces: 2 | Price: 310",
        "Part: Gasket | Size: DN 80 | Pieces: 6 | Price: 14",
        "3.5 | hours | crew | 4",
    ]


def test_labels_that_come_again_under_others_stay_in_their_rows() -> None:
    rows = [["Old rating:", "Health:", "2", "Fire:", "1"], ["New rating:", "Health:", "3", "Fire:", "0"]]
    assert lines(rows) == ["Old rating: | Health: | 2 | Fire: | 1", "New rating: | Health: | 3 | Fire: | 0"]


def test_units_of_which_some_are_not_known() -> None:
    rows = [
        ["Duty", "3.9", "Gcal/h", "Tubes", "804", "EA"],
        ["Shell side", "11.0", "barg", "Tube side", "19.5", "barg"],
        ["Area", "276", "m²", "Test", "29.3", "barg"],
    ]
    assert lines(rows)[:4] == ["Duty: 3.9 Gcal/h", "Tubes: 804 EA", "Shell side: 11.0 barg", "Tube side: 19.5 barg"]


def test_a_form_of_two_rows_above_more_columns_and_labels_set_wide() -> None:
    page = """<table border=1><tr><td>계 통 명<td colspan=2>복수 계통<td>기기번호<td colspan=2>P-631</tr>
    <tr><td>형 식<td colspan=2>횡형 원심<td>제작사<td colspan=2>대한펌프</tr>
    <tr><td colspan=2>구 분<td>단위<td>설계<td>운전<td>시험</tr>
    <tr><td rowspan=2>흡입<td>압력<td>bar<td>6.5<td>4.4<td>9.8</tr><tr><td>온도<td>℃<td>90<td>61<td>-</tr>
    <tr><td rowspan=2>토출<td>압력<td>bar<td>31<td>27<td>46</tr><tr><td>온도<td>℃<td>95<td>63<td>-</tr></table>"""
    read = text_of(read_bytes(page.encode(), "a.html"))
    assert read[:4] == ["계통명: 복수 계통", "기기번호: P-631", "형 식: 횡형 원심", "제작사: 대한펌프"]
    assert read[4] == "구 분: 흡입 | 구 분: 압력 | 단위: bar | 설계: 6.5 | 운전: 4.4 | 시험: 9.8" and len(read) == 8
