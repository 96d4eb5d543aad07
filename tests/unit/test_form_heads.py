"""Data sheets that begin as a form of one row and go on with columns: each figure under minimum, normal or maximum."""

import openpyxl
import pytest
from sample_files import bytes_of

from walkdown_ingestion.readers import read_bytes
from walkdown_ingestion.tables import make_table, row_lines

ENGLISH = [
    ("Tag No.", "FV-3109", "Service", "Reflux", "Rev.", "2"),
    ("Process data", "Unit", "Min.", "Normal", "Max.", "Shut-off"),
    ("Flow", "kg/h", 200, 1800, 2400, None),
    ("Temperature", "°C", None, 65, 80, 120),
]
KOREAN = [
    ("기기 번호", "FV-3109", "용도", "환류"),
    ("항목", "단위", "최소", "최대"),
    ("유량", "kg/h", 200, 2400),
    ("온도", "℃", None, 120),
]


@pytest.mark.parametrize(
    ("rows", "last"),
    [
        (ENGLISH, "Process data: Temperature | Unit: °C | Normal: 65 | Max.: 80 | Shut-off: 120"),
        (KOREAN, "항목: 온도 | 단위: ℃ | 최대: 120"),
    ],
)
def test_names_of_columns_below_one_row_of_a_form(rows: list[tuple[object, ...]], last: str) -> None:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    lines = [line for block in read_bytes(bytes_of(book.save), "a.xlsx").blocks for line in block.text.splitlines()]
    assert lines[-1] == last and lines[0].endswith(": FV-3109")


def test_a_form_of_two_rows_stays_one() -> None:
    book = openpyxl.Workbook()
    for row in [
        ("Tag No.", "P-101", "Service", "Feed"),
        ("Maker", "KSB", "Type", "Multistage"),
        ("Flow", "20 t/h", "Head", "140 m"),
        ("Power", "55 kW", "Speed", "2970 rpm"),
    ]:
        book.active.append(row)
    lines = read_bytes(bytes_of(book.save), "a.xlsx").blocks[-1].text.splitlines()
    assert lines[2:6] == ["Maker: KSB", "Type: Multistage", "Flow: 20 t/h", "Head: 140 m"]


def test_equal_values_beside_each_other_stay_in_rows_without_names() -> None:
    book = openpyxl.Workbook()
    for row in [("Head", 85, 85, 32), ("Flow", 120, 120, 45), ("Seal", "11/52", "11/52", 11)]:
        book.active.append(row)
    assert read_bytes(bytes_of(book.save), "a.xlsx").blocks[-1].text.splitlines()[1] == "Flow | 120 | 120 | 45"


def test_a_form_with_text_over_a_label_and_its_value() -> None:
    rows = [
        ["Equipment", "V-302", "Location", "Area 300"],
        ["Valid from", "2025-03-18 08:00", "Valid to", "2025-03-18 16:00"],
        ["Hot work, blinded at both flanges of the line", "", "Fire watch", "60 min after end"],
    ]
    rows[2][1] = rows[2][0]
    table = make_table(rows)
    assert table is not None and row_lines(table)[:2] == ["Equipment: V-302", "Location: Area 300"]
    assert row_lines(table)[-2:] == ["Hot work, blinded at both flanges of the line", "Fire watch: 60 min after end"]


def test_abbreviations_in_two_columns_are_labels_with_what_they_stand_for() -> None:
    rows = [
        ["DCS", "Distributed control system", "SIS", "Safety instrumented system"],
        ["LOTO", "Lock-out tag-out", "MOC", "Management of change"],
    ]
    table = make_table(rows)
    assert table is not None
    assert row_lines(table) == [
        "DCS: Distributed control system",
        "SIS: Safety instrumented system",
        "LOTO: Lock-out tag-out",
        "MOC: Management of change",
    ]
    named = make_table([["Tag", "Function", "SIL", "Action"], ["PSV-1", "Relief", "SIL2", "Closes the feed"]])
    assert named is not None
    assert named.header


def test_a_form_that_begins_with_a_day_and_the_columns_of_a_check_below_it() -> None:
    book = openpyxl.Workbook()
    rows: list[tuple[object, ...]] = [
        ("일일 점검표",),
        ("점검일", "2025-06-02", "점검자", "이영희", "날씨", "맑음"),
        ("설비", "점검 항목", "기준", "측정값", "판정", "조치"),
        ("P-101A", "진동", "4.5 mm/s 이하", 3.1, "○", None),
        ("P-101A", "베어링 온도", "75 ℃ 이하", 78, "×", "교체 예정"),
        ("P-101B", "진동", "4.5 mm/s 이하", 2.8, "○", None),
    ]
    for row in rows:
        book.active.append(row)
    parsed = read_bytes(bytes_of(book.save), "a.xlsx")
    lines = [line for block in parsed.blocks for line in block.text.splitlines()]
    assert parsed.title == lines[0] == "일일 점검표"
    assert lines[1:4] == ["점검일: 2025-06-02", "점검자: 이영희", "날씨: 맑음"]
    assert (
        lines[5] == "설비: P-101A | 점검 항목: 베어링 온도 | 기준: 75 ℃ 이하 | 측정값: 78 | 판정: × | 조치: 교체 예정"
    )


@pytest.mark.parametrize("above", ["Printed: 2025-06-02", "Checked on 2025-06-02", "These are the pumps of unit 3."])
def test_a_line_above_the_cells_that_is_no_title(above: str) -> None:
    book = openpyxl.Workbook()
    for row in ((above,), (), ("Tag", "Low", "High"), ("P-1", 2, 3)):
        book.active.append(row)
    assert read_bytes(bytes_of(book.save), "pumps.xlsx").title == "pumps"
    for _ in range(2):
        book.create_sheet().append(("x", "y"))
    book.active["A1"] = "Pumps of unit 3"
    assert read_bytes(bytes_of(book.save), "pumps.xlsx").title == "pumps"
