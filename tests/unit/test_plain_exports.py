"""Exports of control systems: tables cut by bars, tabs and semicolons in plain text, lines of labels above a CSV."""

import pytest

from walkdown_ingestion.readers import read_bytes

ROWS = [["Tag", "Text", "Limit"], ["LAH-7", "Level high", "85"], ["PAL-8", "", "2.5"], ["TAH-9", "Hot", "140"]]
TOLD = [
    "Tag: LAH-7 | Text: Level high | Limit: 85",
    "Tag: PAL-8 | Limit: 2.5",
    "Tag: TAH-9 | Text: Hot | Limit: 140",
]


def lines(text: str, name: str) -> list[str]:
    return [line for block in read_bytes(text.encode(), name).blocks for line in block.text.splitlines()]


def drawn(rows: list[list[str]]) -> str:
    """A table as databases print it."""
    border = "+------+------------+------+"
    inside = [f"| {a:4} | {b:10} | {c:>4} |" for a, b, c in rows]
    return "\n".join(["Alarms of the week", border, inside[0], border, *inside[1:], border, "(3 rows)"])


@pytest.mark.parametrize("sign", ["|", "\t", ";"])
def test_a_table_cut_by_signs_in_a_text(sign: str) -> None:
    assert lines("\n".join(sign.join(row) for row in ROWS), "a.txt") == TOLD


def test_a_table_with_drawn_borders() -> None:
    assert lines(drawn(ROWS), "a.txt") == ["Alarms of the week", *TOLD, "(3 rows)"]


def test_sentences_with_signs_are_no_table() -> None:
    text = "Close V-1; wait; open V-2.\nThen read the level; note it.\nCall the shift leader; he decides; sign."
    (block,) = read_bytes(text.encode(), "a.txt").blocks
    assert block.table is None


HEAD = ["Unit:,North", "From:,2025-03-01,To:,2025-03-02"]
BODY = ["Time,FI-1.PV,TI-2.PV,PI-3.PV", "2025-03-01 00:00,12.5,85.1,3.0", "2025-03-01 01:00,12.7,85.4,3.1"]
BELOW = ["Time: 2025-03-01 00:00 | FI-1.PV: 12.5 | TI-2.PV: 85.1 | PI-3.PV: 3.0",
         "Time: 2025-03-01 01:00 | FI-1.PV: 12.7 | TI-2.PV: 85.4 | PI-3.PV: 3.1"]  # fmt: skip


@pytest.mark.parametrize("between", [[], [""]], ids=["right above", "an empty line between"])
def test_labels_with_their_values_above_a_csv(between: list[str]) -> None:
    read = lines("\n".join([*HEAD, *between, *BODY]), "a.csv")
    assert read == ["Unit: North", "From: 2025-03-01", "To: 2025-03-02", *BELOW]


def test_units_below_the_names_of_a_second_table() -> None:
    units = [*HEAD, "", BODY[0], ",t/h,degC,bar", *BODY[1:]]
    assert lines("\n".join(units), "a.csv")[3].endswith(
        "FI-1.PV (t/h): 12.5 | TI-2.PV (degC): 85.1 | PI-3.PV (bar): 3.0"
    )
