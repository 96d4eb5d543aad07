"""Headers as plants write them: merged over three columns, sizes below a merged name, ordinals, document lines."""

import io

import openpyxl
import pytest

from walkdown_ingestion.readers import read_bytes
from walkdown_ingestion.table_headers import header_height
from walkdown_ingestion.tables import column_names, make_table, row_lines

Rows = list[list[str]]


def lines(rows: Rows) -> list[str]:
    table = make_table(rows)
    assert table is not None
    return row_lines(table)


@pytest.mark.parametrize(
    ("rows", "line"),
    [
        (
            [
                ["Parameter", "Unit", "Normal", "Excursion", "Excursion", "Excursion"],
                ["Parameter", "Unit", "Normal", "AL1", "AL2", "AL3"],
                ["Conductivity", "µS/cm", "≤ 0.20", "0.20 – 0.40", "0.40 – 0.80", "> 0.80"],
            ],
            "Excursion / AL2: 0.40 – 0.80",
        ),
        (
            [
                ["등급", "부유입자 [개/m³]", "부유입자 [개/m³]", "부유균", "부유균"],
                ["등급", "0.5 µm", "5.0 µm", "경고", "조치"],
                ["B", "352000", "2930", "5", "10"],
            ],
            "부유입자 [개/m³] / 5.0 µm: 2930",
        ),
        (
            [
                ["설비", "위치", "1회차", "2회차", "3회차", "기준"],
                ["BRX-500A", "배출 밸브", "0.9", "1.1", "0.8", "2.0"],
                ["BRX-500B", "배출 밸브", "0.7", "1.0", "0.9", "2.0"],
            ],
            "2회차: 1.1",
        ),
        (
            [
                ["Property", "50 %", "35 %"],
                ["Density", "1.196 g/mL", "1.132 g/mL"],
                ["Active oxygen", "23.5 %", "16.5 %"],
            ],
            "35 %: 1.132 g/mL",
        ),
        (
            [["HP drum pressure, bar(g)", "30", "60", "90"], ["HP drum silica, mg/L", "5.0", "2.0", "0.8"]],
            "90: 0.8",
        ),
        ([["Level", "Hours allowed per year"], ["AL1", "336"], ["AL2", "48"]], "Hours allowed per year: 336"),
        ([["Route", "Action"], ["Eyes", "Rinse for 20 minutes"], ["Skin", "Rinse for 15 minutes"]], "Route: Eyes"),
    ],
)
def test_a_header_is_known_and_carried(rows: Rows, line: str) -> None:
    assert any(line in text for text in lines(rows))


@pytest.mark.parametrize(
    "rows",
    [
        [["Tag", "P-101A"], ["Power", "5 kW"], ["Speed", "1500 rpm"]],
        [["Item", "Value"], ["UN number", "UN 3113"], ["Storage", "below 10 °C"]],
        [["Power, kW", "30", "40", "50"], ["Power, kW", "31", "41", "52"]],
        [["Pump A", "1회차", "3회차", "7회차"], ["Pump B", "2회차", "4회차", "8회차"]],
        [["A", "1", "2", "1"], ["B", "3", "2", "1"]],
        [["Name", "High", "Low", "High"], ["x", "1", "2", "3"]],
    ],
)
def test_what_is_no_header_is_none(rows: Rows) -> None:
    assert header_height([tuple(row) for row in rows]) == 0


def test_a_line_of_the_document_above_the_names_is_no_part_of_the_table() -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(["Relief valves"])
    page.append(["Doc. No. PSV-02", None, "Rev. 9", None, "Effective 2025-01-20"])
    page.append(["Tag", "Set [barg]", "Flow [kg/h]", "Orifice", "Outlet", "Seat"])
    page.append(["PSV-1A", 1.8, 6200, "M", "Flare", "PTFE"])
    page.append(["PSV-1B", 1.9, 6300, "M", "Flare", "PTFE"])
    page.merge_cells("A1:F1")
    out = io.BytesIO()
    book.save(out)
    parsed = read_bytes(out.getvalue(), "psv.xlsx")
    (table,) = [b.table for b in parsed.blocks if b.table]
    assert column_names(table)[:2] == ("Tag", "Set [barg]") and len(table.rows) == 2
    assert any("Rev. 9" in b.text for b in parsed.blocks if not b.table)


def test_a_list_of_codes_has_no_header() -> None:
    rows = [
        ("S1", "Keep locked up", "S33", "Earth it"),
        ("S2", "Keep dry", "S35", "Ask"),
        *(("S3", "x", "S36", "y"),) * 2,
    ]
    assert header_height(rows) == 0
    assert header_height([("Code", "Text", "Other", "Words"), *rows]) == 1


def test_ordinals_below_a_merged_name_are_names() -> None:
    rows = [("설비", "측정값", "측정값", "판정"), ("설비", "1차", "2차", "판정"), ("P-1", "2.8", "3.1", "양호")]
    assert header_height(rows) == 2
    table = make_table(rows, 1)
    assert table is not None and row_lines(table) == ["설비: P-1 | 측정값 / 1차: 2.8 | 측정값 / 2차: 3.1 | 판정: 양호"]


@pytest.mark.parametrize("marked", [None, 1])
@pytest.mark.parametrize(
    ("rows", "line"),
    [
        (
            [["설비", "기준값", "", "측정값"], ["", "하한", "상한", ""], ["P-1", "40", "75", "68"]],
            "설비: P-1 | 기준값 / 하한: 40 | 기준값 / 상한: 75 | 측정값: 68",
        ),
        (
            [["", "", "Alarm", "", "Trip", ""], ["Tag", "Unit", "L", "H", "LL", "HH"], ["P", "%", "3", "7", "2", "9"]],
            "Tag: P | Unit: % | Alarm / L: 3 | Alarm / H: 7 | Trip / LL: 2 | Trip / HH: 9",
        ),
        (
            [["Tag", "Summer", "", "By"], ["", "Min", "Max", ""], ["", "°C", "°C", ""], ["T-1", "4", "28", "KIM"]],
            "Tag: T-1 | Summer / Min (°C): 4 | Summer / Max (°C): 28 | By: KIM",
        ),
    ],
)  # fmt: skip
def test_names_of_two_rows_whose_merging_an_export_lost(rows: Rows, line: str, marked: int | None) -> None:
    table = make_table(rows, marked)
    assert table is not None
    assert row_lines(table) == [line]


def test_a_first_row_with_a_gap_above_values_or_tags_is_not_spread() -> None:
    for second in (["", "4", "5", ""], ["", "PT-1", "PT-2", ""], ["", "Lo", "", ""], ["P-1", "L", "H", "x"]):
        table = make_table([["Tag", "Limit", "", "By"], second, ["P-2", "6", "7", "KIM"]], 1)
        assert table is not None
        assert len(table.header) == 1


def test_a_note_in_the_first_cell_of_a_row_is_no_value_of_the_first_column() -> None:
    rows = [["Tag", "Low", "High"], ["P-1", "4", "5"], ["*1 until July", "", ""], ["비고: P-1 정비", "", ""]]
    assert lines(rows) == ["Tag: P-1 | Low: 4 | High: 5", "*1 until July", "비고: P-1 정비"]


@pytest.mark.parametrize(
    ("height", "rows"),
    [
        (1, ["항목|1호기|2호기", "유량|72 t/h|70 t/h", "압력|7 bar|8 bar"]),
        (1, ["항목|1호기|비고", "유량|72 t/h|", "압력|7 bar|"]),
        (1, ["항목|제1부두|제2부두", "풍속|15 m/s|17 m/s", "풍속 분리|18 m/s|20 m/s"]),
        (1, ["項目|1号機|2号機", "流量|72 t/h|70 t/h", "圧力|7 bar|8 bar"]),
        (1, ["项目|1号机|2号机", "流量|72 t/h|70 t/h", "压力|7 bar|8 bar"]),
        (1, ["Item|Unit 1|Unit 2", "Flow|72 t/h|70 t/h", "Pressure|7 bar|8 bar"]),
        (
            2,
            [
                "태그|항목|1호기|1호기|2호기|2호기|비고",
                "태그|항목|경보|트립|경보|트립|비고",
                "LT-71|수위 고|+110 mm|+210 mm|+100 mm|+190 mm|5초 지연",
                "LT-72|수위 저|-140 mm|-270 mm|-130 mm|-250 mm|9초 지연",
            ],
        ),
    ],
)
def test_units_of_a_plant_name_columns(height: int, rows: list[str]) -> None:
    assert header_height([tuple(row.split("|")) for row in rows]) == height
