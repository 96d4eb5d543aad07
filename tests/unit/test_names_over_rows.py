"""Names of columns in two or three rows: merged downwards, counted below, as ranges, below the lines of a document."""

from walkdown_ingestion.blocks import BlockBuilder
from walkdown_ingestion.readers.sheets import Cell, Sheet, append_sheet
from walkdown_ingestion.tables import make_table, row_lines


def lines(rows: list[list[str]]) -> list[str]:
    """The rows as they are read."""
    table = make_table(rows)
    assert table is not None
    return row_lines(table)


def test_second_row_that_repeats_names_is_header() -> None:
    """A name merged downwards stands in both rows; what stands beside it names columns, also where it is a number."""
    read = lines(
        [
            ["Check", "Aim", "Warning", "Stop"],
            ["Check", "Aim", "3 (8 h)", "4 (now)"],
            ["Iron, ppm", "< 2", "> 5", "> 9"],
            ["Copper, ppm", "< 1", "> 3", "> 6"],
        ]
    )
    assert read[0] == "Check: Iron, ppm | Aim: < 2 | Warning / 3 (8 h): > 5 | Stop / 4 (now): > 9"
    assert len(read) == 2


def test_names_that_are_blank_below_and_a_row_of_units() -> None:
    """Of three rows the second leaves a name blank that no one merged down, the third holds the units."""
    read = lines(
        [
            ["Pipe", "Medium", "Bore", "Working", "Working", "Proof", "Lagged"],
            ["Pipe", "Medium", "", "Press.", "Temp.", "Press.", "Lagged"],
            ["Pipe", "Medium", "mm", "bar", "°C", "bar", "Lagged"],
            ["A-71", "Brine", "80", "4.5", "-8", "7.5", "Y"],
            ["A-72", "Steam", "50", "11", "186", "18", "N"],
        ]
    )
    assert read[0] == (
        "Pipe: A-71 | Medium: Brine | Bore (mm): 80 | Working / Press. (bar): 4.5 | Working / Temp. (°C): -8"
        " | Proof / Press. (bar): 7.5 | Lagged: Y"
    )


def test_rows_that_share_a_label_are_no_header() -> None:
    """Rows below one label go on with it, and no name is made of them."""
    read = lines(
        [["Area", "Pump", "State"], ["North", "P-1", "runs"], ["North", "P-2", "stands"], ["South", "P-3", "-"]]
    )
    assert read == [
        "Area: North | Pump: P-1 | State: runs",
        "Area: North | Pump: P-2 | State: stands",
        "Area: South | Pump: P-3 | State: -",
    ]


def test_effects_counted_below_their_names() -> None:
    """A mark in a matrix stands under its effect."""
    read = lines(
        [
            ["", "", "Trip burner", "Open damper", "Start fan"],
            ["Sensor", "Cause", "1", "2", "3"],
            ["BSL-9", "Flame lost", "X", "", "X"],
            ["PSH-4", "Draft high", "", "X", ""],
        ]
    )
    assert read == [
        "Sensor: BSL-9 | Cause: Flame lost | Trip burner / 1: X | Start fan / 3: X",
        "Sensor: PSH-4 | Cause: Draft high | Open damper / 2: X",
    ]


def test_ranges_of_a_quantity_name_columns() -> None:
    """Ranges that follow each other name columns; one alone is a value."""
    read = lines(
        [["Wind, m/s", "", "0–5", "5–10", "10–15"], ["Lift", "t", "12", "9.5", "4"], ["Radius", "m", "20", "18", "12"]]
    )
    assert read[0] == "Wind, m/s: Lift | t | 0–5: 12 | 5–10: 9.5 | 10–15: 4"
    assert lines([["Span", "0-16", "bar"], ["Set", "4-20", "mA"]])[0] == "Span | 0-16 | bar"


def test_number_and_revision_right_above_the_names() -> None:
    """Number, edition and day of a Chinese sheet stand above its names without an empty row."""
    rows = [
        ["文件编号:GY-08", "", "", "版次:3", "", "生效日期:2025-11-04", "", ""],
        ["位号", "名称", "单位", "负荷", "报警值", "报警值", "停车值", "停车值"],
        ["位号", "名称", "单位", "负荷", "低", "高", "低低", "高高"],
        ["TI-77", "轴温", "℃", "100", "", "72", "", "81"],
    ]
    cells = {r: {c: Cell(text) for c, text in enumerate(row, 1) if text} for r, row in enumerate(rows, 1)}
    builder = BlockBuilder()
    append_sheet(Sheet("Sheet1", cells), builder, heading=False)
    assert [block.text for block in builder.blocks] == [
        "文件编号:GY-08 | 版次:3 | 生效日期:2025-11-04",
        "位号: TI-77 | 名称: 轴温 | 单位: ℃ | 负荷: 100 | 报警值 / 高: 72 | 停车值 / 高高: 81",
    ]
