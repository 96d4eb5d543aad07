"""A figure of a scan that lacks the decimals of its column is marked as doubtful."""

import pytest

from walkdown.documents import Block, BlockKind, Table
from walkdown_ingestion.readers.scan.decimals import doubted

LOWS = ["2.1", "2.2", "2.3", "2.4", "2.6", "2.7", "2.8"]


def column(*cells: str) -> list[str]:
    """The cells of a column as they come back."""
    table = Table(header=(("Tag", "Low"),), rows=tuple((f"PT-{n}", cell) for n, cell in enumerate(cells)))
    block = doubted(Block(kind=BlockKind.TABLE, text="", table=table), "(?)")
    assert block.table is not None
    return [row[1] for row in block.table.rows]


@pytest.mark.parametrize(
    ("cell", "shown"),
    [("25", "25(?)"), ("3:5", "3:5(?)"), ("2.55", "2.55(?)"), ("227.", "227.(?)"), ("25(?)", "25(?)"), ("-", "-"),
     ("", ""),
     ("-0.5", "-0.5"), ("1,200.5", "1,200.5")],
)  # fmt: skip
def test_a_figure_without_the_decimals_of_its_column_is_doubted(cell: str, shown: str) -> None:
    assert column(*LOWS, cell) == [*LOWS, shown]


def test_columns_of_few_or_unlike_figures_are_left() -> None:
    for cells in (
        ["2.1", "2.2", "25"],
        ["1", "2", "3", "4.5", "6", "7", "8"],
        ["2.1", "2.25", "2", "3.1", "1.75", "4", "5"],
    ):
        assert column(*cells) == cells


def test_the_text_of_the_table_says_so_too() -> None:
    table = Table(header=(("Tag", "Low"),), rows=tuple((f"PT-{n}", cell) for n, cell in enumerate([*LOWS, "25"])))
    block = doubted(Block(kind=BlockKind.TABLE, text="", table=table), "(?)")
    assert block.text.endswith("Tag: PT-7 | Low: 25(?)")
    plain = Block(kind=BlockKind.PARAGRAPH, text="25")
    assert doubted(plain, "(?)") is plain
