"""Names of columns that were taken for values or text, and what stands between tables: nothing under a wrong name."""

from collections.abc import Sequence

import openpyxl
import pytest
from openpyxl.styles import Font
from sample_files import bytes_of

from walkdown_ingestion.history import newest_of
from walkdown_ingestion.label_dates import find_date
from walkdown_ingestion.label_revisions import find_revision
from walkdown_ingestion.labels import find_number
from walkdown_ingestion.readers import read_bytes
from walkdown_ingestion.tables import make_table, row_lines


def lines(rows: Sequence[Sequence[str]]) -> list[str]:
    table = make_table(rows)
    assert table is not None
    return row_lines(table)


def test_columns_named_by_months_and_merged() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in [
        ("항목", "단위", "3월", None, "4월", None),
        (None, None, "목표", "실적", "목표", "실적"),
        ("증기 사용량", "t", 810, 794, 820, 835),
        ("합계", None, 810, 794, 820, 835),
    ]:
        sheet.append(row)
    for area in ("A1:A2", "B1:B2", "C1:D1", "E1:F1"):
        sheet.merge_cells(area)
    (block,) = read_bytes(bytes_of(book.save), "a.xlsx").blocks
    assert block.text.splitlines()[0] == (
        "항목: 증기 사용량 | 단위: t | 3월 / 목표: 810 | 3월 / 실적: 794 | 4월 / 목표: 820 | 4월 / 실적: 835"
    )


MATRIX = [
    ["", "", "Effect", "Trip K-5", "Open XV-8", "Close XV-9"],
    ["Cause", "Set point", "Voting", "", "", ""],
    ["PAHH-31", "6.8 bar", "1oo2", "X", "X", ""],
    ["HS-2", "", "", "X", "", "X"],
]


def test_the_corner_of_a_matrix_names_its_columns() -> None:
    assert lines(MATRIX) == [
        "Cause: PAHH-31 | Set point: 6.8 bar | Effect / Voting: 1oo2 | Trip K-5: X | Open XV-8: X",
        "Cause: HS-2 | Trip K-5: X | Close XV-9: X",
    ]


def test_equal_marks_in_a_table_without_names_stay_two() -> None:
    assert lines([["1", "PSL-7", "O", "O"], ["2", "PSL-8", "O", ""]])[0] == "1 | PSL-7 | O | O"


def test_a_row_of_data_with_blanks_is_no_second_row_of_names() -> None:
    rows = [["", "Low", "High"], ["PT-61", "", ""], ["PT-62", "3", "9"]]
    assert lines(rows)[-1] == "PT-62 | Low: 3 | High: 9"


def test_a_label_over_the_first_columns() -> None:
    rows = [["Unit", "Item", "Basis", "Limit"], ["2", "SOx", "dry", "35"], ["Sum", "Sum", "Sum", "60"]]
    assert lines(rows)[1] == "Unit, Item, Basis: Sum | Limit: 60"


EXPORT = """Shift report

Levels,,
Tag,Level,Unit
LI-81,44.5,%
LI-82,1.9,m

Events,,
Time,Text,Tag
06:20,"High, stop",LAH-81

Signed by: shift C,,
"""


def test_titled_tables_below_each_other_in_an_export() -> None:
    read = [line for block in read_bytes(EXPORT.encode(), "a.csv").blocks for line in block.text.splitlines()]
    assert read == [
        "Shift report", "Levels", "Tag: LI-81 | Level: 44.5 | Unit: %", "Tag: LI-82 | Level: 1.9 | Unit: m",
        "Events", "Time: 06:20 | Text: High, stop | Tag: LAH-81", "Signed by: shift C",
    ]  # fmt: skip


def test_a_style_sheet_that_strikes_and_a_label_to_the_end_of_a_table() -> None:
    page = """<style>.was, #x { text-decoration: line-through }</style><p>Set <i class="a was">31</i> 28 bar</p>
    <table border=1><tr><th>Tag<th>Set<th>Unit</tr><tr><td rowspan=0>TI-9<td>70<td>°C</tr>
    <tr><td>88<td>°C</tr></table>"""
    parsed = read_bytes(page.encode(), "a.html")
    assert [line for block in parsed.blocks for line in block.text.splitlines()] == [
        "Set 28 bar", "Tag: TI-9 | Set: 70 | Unit: °C", "Tag: TI-9 | Set: 88 | Unit: °C",
    ]  # fmt: skip
    assert parsed.warnings == ("2 characters that are struck through were left out",)


@pytest.mark.parametrize(
    ("head", "number"),
    [
        ("QM-OP-0715 세정탑 운전 절차 (개정 2)\n1. 목적", "QM-OP-0715"),
        ("QM-OP-0715 Scrubber operation, Rev. B\nScope", "QM-OP-0715"),
        ("Scope\nQM-OP-0715 Scrubber operation, Rev. B", ""),
        ("QM-OP-0715 is replaced by this procedure", ""),
    ],
)
def test_a_first_line_of_number_title_and_revision(head: str, number: str) -> None:
    assert find_number(head) == number


@pytest.mark.parametrize(
    ("head", "revision", "day"),
    [
        ("개정 / 일자 | 6 / 2025-10-02", "6", "2025-10-02"),
        ("개정번호/개정일: 6 / '25.10.02", "6", "2025-10-02"),
        ("Rev. No. / Date: C / 2 Oct 2025", "C", "2025-10-02"),
        ("문서번호 QM-1 / 개정 6 / 시행 2025.10.02", "6", "2025-10-02"),
        ("개정 / 사유 | 6 / 오기", "", "None"),
    ],
)
def test_revision_and_day_under_one_label(head: str, revision: str, day: str) -> None:
    assert (find_revision(head), str(find_date(head))) == (revision, day)


def sheet(rows: Sequence[Sequence[object]], merged: str = "", bold: Sequence[int] = ()) -> list[str]:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for area in merged.split():
        book.active.merge_cells(area)
    for number in bold:
        for cell in book.active[number]:
            cell.font = Font(bold=True)
    return [line for b in read_bytes(bytes_of(book.save), "a.xlsx").blocks for line in b.text.splitlines()]


def test_names_of_three_rows_above_a_row_of_units() -> None:
    rows = [
        ("Vessel", "Level", None, None, None, "Shift"),
        (None, "Alarm", None, "Trip", None, None),
        (None, "L", "H", "LL", "HH", None),
        (None, "%", "%", "mm", "mm", None),
        ("D-61", 20, 80, 150, 1900, "A"),
        ("D-62", None, 75, None, 1750, "B"),
    ]
    assert sheet(rows, "A1:A3 B1:E1 B2:C2 D2:E2 F1:F3") == [
        "Vessel: D-61 | Level / Alarm / L (%): 20 | Level / Alarm / H (%): 80 | Level / Trip / LL (mm): 150 | "
        "Level / Trip / HH (mm): 1900 | Shift: A",
        "Vessel: D-62 | Level / Alarm / H (%): 75 | Level / Trip / HH (mm): 1750 | Shift: B",
    ]


def test_names_in_bold_right_below_a_table_begin_another() -> None:
    rows = [("Fan", "Flow"), ("F-1", 900), ("F-2", 640), ("Filter", "Class"), ("FL-1", 13), ("FL-2", 14)]
    read = ["Fan: F-1 | Flow: 900", "Fan: F-2 | Flow: 640", "Filter: FL-1 | Class: 13", "Filter: FL-2 | Class: 14"]
    assert sheet(rows, bold=(1, 4)) == read
    total = [*rows[:3], ("Sum", 1540), ("F-3", 20)]
    assert sheet(total, bold=(1, 4))[2:] == ["Fan: Sum | Flow: 1540", "Fan: F-3 | Flow: 20"]


def test_a_range_in_columns_of_one_name() -> None:
    rows = [("Item", "Range", None, None, "Unit"), ("pH", 5.5, "~", 6.5, "-"), ("Silica", None, "≤", 15, "ppb")]
    assert sheet(rows, "B1:D1") == ["Item: pH | Range: 5.5 ~ 6.5 | Unit: -", "Item: Silica | Range: ≤ 15 | Unit: ppb"]


def test_a_form_ends_where_limits_stand_in_the_place_of_labels() -> None:
    rows = [
        ("설비명", "송풍기", "관리번호", "BL-204"),
        ("점검일", "2025-04-09", "점검자", "한OO"),
        ("구분", "항목", "기준", "결과"),
        ("기계", "진동", "7.1 mm/s 이하", "5.5"),
        (None, "온도", "80 ℃ 이하", "66"),
        ("전기", "저항", "2 MΩ 이상", "210"),
    ]
    assert sheet(rows, "A4:A5")[4:] == [
        "구분: 기계 | 항목: 진동 | 기준: 7.1 mm/s 이하 | 결과: 5.5",
        "구분: 기계 | 항목: 온도 | 기준: 80 ℃ 이하 | 결과: 66",
        "구분: 전기 | 항목: 저항 | 기준: 2 MΩ 이상 | 결과: 210",
    ]


def test_times_as_names_below_labels_without_colons() -> None:
    export = "Day,2025-04-09\nShift,C\n\nTag,02:00,06:00\nFI-6,7.1,7.4\nTI-7,91,\n"
    read = [line for block in read_bytes(export.encode(), "a.csv").blocks for line in block.text.splitlines()]
    assert read == ["Day: 2025-04-09", "Shift: C", "Tag: FI-6 | 02:00: 7.1 | 06:00: 7.4", "Tag: TI-7 | 02:00: 91"]


def test_names_further_below_and_a_line_above_names_of_a_page() -> None:
    page = """<table border=1><tr><th>Fan<th>Flow</tr><tr><td>F-1<td>900</tr><tr><th>Filter<th>Class</tr>
    <tr><td>FL-1<td>13</tr></table><table border=1><tr><td colspan=3>(unit: bar)</tr><tr><th>Place<th>Alarm<th>Trip</tr>
    <tr><td>Top<td>7<td>8</tr><tr><td rowspan=2>Bottom<td>6<td>7</tr><tr><th>5<th>6</tr></table>"""
    read = [line for block in read_bytes(page.encode(), "a.html").blocks for line in block.text.splitlines()]
    assert read == [
        "Fan: F-1 | Flow: 900", "Filter: FL-1 | Class: 13", "(unit: bar)", "Place: Top | Alarm: 7 | Trip: 8",
        "Place: Bottom | Alarm: 6 | Trip: 7", "Place: Bottom | Alarm: 5 | Trip: 6",
    ]  # fmt: skip


def test_a_history_that_runs_from_left_to_right() -> None:
    rows = [
        ["개정", "1", "2", "3"],
        ["일자", "2023-02-01", "2024-03-04", "2025-08-09"],
        ["사유", "제정", "오기", "증설"],
    ]
    table = make_table(rows)
    assert table is not None and newest_of(table) == "개정: 3 | 일자: 2025-08-09 | 사유: 증설"
