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
