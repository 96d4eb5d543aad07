"""Reports of control systems as plain text and tables of numbers with spaces between their thousands."""

import pytest

from walkdown_ingestion.readers import read_bytes

RULED = """ALARM SUMMARY   UNIT 2

Time      Tag       Description         Value  Unit
--------  --------  ------------------  -----  ----
08:00:12  PT-101    Feed pressure high   13.2  bar
08:05:40  TT-102    베어링 온도          88.5  degC
08:06:00  TT-103                         12.5  degC
"""
GAPS = """Tag       Low   High  Unit
PT-101    1.5   12.5  bar
PT-102    1.6   12.6  bar
"""


def lines(data: str, name: str) -> list[str]:
    return [line for block in read_bytes(data.encode(), name).blocks for line in block.text.split("\n")]


def test_a_report_under_a_line_of_dashes_is_a_table() -> None:
    assert lines(RULED, "a.txt") == [
        "ALARM SUMMARY UNIT 2",
        "Time: 08:00:12 | Tag: PT-101 | Description: Feed pressure high | Value: 13.2 | Unit: bar",
        "Time: 08:05:40 | Tag: TT-102 | Description: 베어링 온도 | Value: 88.5 | Unit: degC",
        "Time: 08:06:00 | Tag: TT-103 | Value: 12.5 | Unit: degC",
    ]


def test_a_text_across_two_columns_leaves_the_rows_as_they_stand() -> None:
    broken = RULED.replace("Feed pressure high   13.2", "Feed pressure too high13.2")
    found = lines(broken, "a.txt")
    assert "08:00:12 PT-101 Feed pressure too high13.2 bar" in found and len(found) == 6


def test_columns_apart_by_wide_gaps_are_a_table_where_all_rows_agree() -> None:
    assert lines(GAPS, "a.txt") == [
        "Tag: PT-101 | Low: 1.5 | High: 12.5 | Unit: bar",
        "Tag: PT-102 | Low: 1.6 | High: 12.6 | Unit: bar",
    ]
    # Where a cell is empty, the places of the others tell their columns.
    assert lines(GAPS.replace("1.6 ", "    "), "a.txt")[-1] == "Tag: PT-102 | High: 12.6 | Unit: bar"
    wrapped = f"{'The text goes on ' * 6}over\nthree lines.  {'It has one wide gap ' * 4}\nand no columns."
    assert len(lines(wrapped, "a.txt")) == 1


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("12 500,5", "12500,5"),
        ("-1 250", "-1250"),
        ("1 250 300", "1250300"),
        ("12 50", "12 50"),
        ("P 12 500", "P 12 500"),
    ],
)
def test_a_cell_that_is_one_number_is_in_one_piece(cell: str, shown: str) -> None:
    assert lines(f"Tag;Value\nPT-101;{cell}\nPT-102;1,5\n", "a.csv")[0].endswith(f": {shown}")


STOCKS = """Handover of the night shift
3. Tanks
   Tank      Level (%)   Temp. (C)
   TK-1      45.2        31
   TK-2      80.0        29.5
Stop the transfer at 10 %."""
TOLD = ["Tank: TK-1 | Level (%): 45.2 | Temp. (C): 31", "Tank: TK-2 | Level (%): 80.0 | Temp. (C): 29.5"]


def test_columns_among_the_lines_of_a_text_or_mail_are_a_table() -> None:
    for data, name in ((STOCKS, "a.txt"), (f"From: a@b.example\nTo: c@d.example\nSubject: x\n\n{STOCKS}", "a.eml")):
        blocks = read_bytes(data.encode(), name).blocks
        (table,) = [block for block in blocks if block.table is not None]
        assert table.text.splitlines() == TOLD
        at = blocks.index(table)
        assert "Tanks" in blocks[at - 1].text
        assert blocks[at + 1].text == "Stop the transfer at 10 %."


def test_sentences_two_spaces_apart_are_no_table() -> None:
    text = "Before the start.\nOpen it.  Wait for it.  Close it.\nRead 5.  Note 6.  Go on.\nAsk.  Then 7 bar.  Stop."
    assert all(block.table is None for block in read_bytes(text.encode(), "a.txt").blocks)
