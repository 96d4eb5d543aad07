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


def blocks_of(rows: list[list[str]], header: int | None = None) -> list[str]:
    """The blocks that a table becomes."""
    builder = BlockBuilder()
    builder.table(rows, header)
    return [block.text for block in builder.blocks]


def test_a_form_below_columns_of_numbers() -> None:
    """Below the columns of a data sheet, labels with values stand under none of their names."""
    rows = [
        ["CASES", "CASES", "CASES", "CASES"],
        ["Quantity", "Least", "Usual", "Most"],
        ["Flow, t/h", "4", "11", "16"],
        ["Level, %", "20", "50", "80"],
        ["DRIVE", "DRIVE", "DRIVE", "DRIVE"],
        ["Kind", "Pneumatic", "On loss of air", "Opens"],
        ["Stroke", "25 mm", "Travel time", "6 s"],
        ["START", "START", "START", "START"],
        ["Flow, t/h", "2", "3", "5"],
    ]
    read = blocks_of(rows)
    assert "Quantity: Level, % | Least: 20 | Usual: 50 | Most: 80" in read[0]
    assert read[1].split("\n") == [
        "DRIVE",
        "Kind: Pneumatic",
        "On loss of air: Opens",
        "Stroke: 25 mm",
        "Travel time: 6 s",
    ]
    assert read[2].endswith("Quantity: Flow, t/h | Least: 2 | Usual: 3 | Most: 5")


def test_other_titles_above_names_that_come_again() -> None:
    """Tables beside each other go on below with those of others: each value stands with its own."""
    rows = [
        ["Mill A", "Mill A", "Mill B", "Mill B"],
        ["Spot", "Most", "Spot", "Most"],
        ["Shaft", "6 mm/s", "Shaft", "8 mm/s"],
        ["Mill C", "", "Mill D", ""],
        ["Spot", "Most", "Spot", "Most"],
        ["Shaft", "3 mm/s", "Shaft", "5 mm/s"],
    ]
    first, second = blocks_of(rows, 2)
    assert first == "Mill A / Spot: Shaft | Mill A / Most: 6 mm/s | Mill B / Spot: Shaft | Mill B / Most: 8 mm/s"
    assert second == "Mill C / Spot: Shaft | Mill C / Most: 3 mm/s | Mill D / Spot: Shaft | Mill D / Most: 5 mm/s"


def test_a_title_with_a_remark_beside_it() -> None:
    """A title and the unit of all values above the names leave the names what they are."""
    rows = [
        ["Discharges", "", "", "(all in mg/L)"],
        ["Point", "Matter", "Limit", "Found"],
        ["W-1", "COD", "60", "41"],
        ["W-2", "Oil", "5", "1.2"],
    ]
    assert blocks_of(rows)[0].split("\n") == [
        "Discharges | (all in mg/L)",
        "Point: W-1 | Matter: COD | Limit: 60 | Found: 41",
        "Point: W-2 | Matter: Oil | Limit: 5 | Found: 1.2",
    ]
