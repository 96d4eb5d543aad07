"""What a file marks as header, and does not mean so: titles, corners, labels of forms; rows of units with a time."""

import openpyxl
from sample_files import bytes_of

from walkdown_ingestion.readers import read_bytes
from walkdown_ingestion.tables import make_table, row_lines


def told(data: bytes, name: str) -> list[str]:
    return [line for block in read_bytes(data, name).blocks for line in block.text.splitlines()]


def test_a_title_that_is_marked_leaves_the_names_below_it() -> None:
    rows = [["Reactor"] * 3, ["Tag", "Set", "Unit"], ["TAHH-1", "135", "°C"], ["TAH-1", "120", "°C"]]
    table = make_table(rows, 1)
    assert table is not None
    assert row_lines(table)[0] == "Tag: TAHH-1 | Set: 135 | Unit: °C"


def test_an_empty_corner_of_a_page_that_is_no_name() -> None:
    page = """<table><tr><td rowspan=2></td><th colspan=2>Summer</th></tr><tr><th>Flow</th><th>Head</th></tr>
    <tr><th>P-1</th><td>45</td><td>60</td></tr></table>"""
    assert told(page.encode(), "a.html") == ["P-1 | Summer / Flow: 45 | Summer / Head: 60"]


def test_names_and_values_that_take_turns_on_a_page() -> None:
    page = """<table><tr><th>Lot</th><td>acetone</td><th>Use:</th><td>solvent</td></tr>
    <tr><th>Drums</th><td>blue</td><th>Hall</th><td>west</td></tr></table>"""
    assert told(page.encode(), "a.html") == ["Lot: acetone", "Use: solvent", "Drums: blue", "Hall: west"]


def test_a_row_of_units_that_begins_with_the_way_a_time_is_written() -> None:
    text = "Time,TI-1,PI-2\nhh:mm,°C,bar\n00:00,85,4.1\n01:00,86,4.2\n"
    assert told(text.encode(), "a.csv")[0] == "Time: 00:00 | TI-1 (°C): 85 | PI-2 (bar): 4.1"


def test_names_merged_down_below_one_row_of_a_form() -> None:
    book = openpyxl.Workbook()
    rows: list[tuple[object, ...]] = [
        ("설비", "P-101A", "점검일", "2025-06-11", "점검자", "이영희"),
        ("부위", "항목", "기준", "결과", None, "비고"), (None, None, None, "측정값", "판정", None),
        ("베어링", "온도", "75 ℃ 이하", 62, "○", None), ("베어링", "진동", "4.5 mm/s 이하", 3.1, "○", None),
    ]  # fmt: skip
    for row in rows:
        book.active.append(row)
    for area in ("A2:A3", "B2:B3", "C2:C3", "D2:E2", "F2:F3"):
        book.active.merge_cells(area)
    assert told(bytes_of(book.save), "a.xlsx")[3] == (
        "부위: 베어링 | 항목: 온도 | 기준: 75 ℃ 이하 | 결과 / 측정값: 62 | 결과 / 판정: ○"
    )
