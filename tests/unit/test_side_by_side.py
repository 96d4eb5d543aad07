"""PDF tables without rules that stand side by side, fields in two columns, and a line of the document above names."""

import io
from collections.abc import Sequence

import pytest
from reportlab.pdfgen.canvas import Canvas

from walkdown_ingestion.readers import read_bytes


def told(*parts: tuple[float, Sequence[Sequence[str]], float]) -> list[str]:
    """The lines of a page; a part is its left edge, rows of cells (one alone is a caption), a column's width."""
    held = io.BytesIO()
    canvas = Canvas(held)
    canvas.setFont("Helvetica", 9)
    canvas.drawString(50, 780, "Notes on the lime plant, which is run in two shifts from Monday to Saturday.")
    for x, rows, width in parts:
        for n, row in enumerate(rows):
            canvas.setFont("Helvetica-Bold" if n == (len(rows[0]) == 1) and len(row) > 1 else "Helvetica", 9)
            for c, cell in enumerate(row):
                canvas.drawString(x + width * c + (5 if len(row) > 1 else 0), 740 - 18 * n, cell)
    canvas.save()
    return [line for block in read_bytes(held.getvalue(), "a.pdf").blocks for line in block.text.splitlines()][1:]


SILOS = [["Table 4. Silos"], ["Silo", "Content"], ["S-1", "lime"], ["S-2", "sand"], ["S-3", "ash"]]
FANS = [["Table 5. Fans"], ["Fan", "Power (kW)"], ["K-1", "7.5"], ["K-2", "11"], ["K-3", "15"]]
SILO_LINES = ["Silo: S-1 | Content: lime", "Silo: S-2 | Content: sand", "Silo: S-3 | Content: ash"]
FAN_LINES = ["Fan: K-1 | Power (kW): 7.5", "Fan: K-2 | Power (kW): 11", "Fan: K-3 | Power (kW): 15"]


def test_tables_under_captions_with_numbers() -> None:
    assert told((50, SILOS, 90), (300, FANS, 90)) == ["Table 4. Silos", *SILO_LINES, "Table 5. Fans", *FAN_LINES]


def test_tables_of_unequal_length() -> None:
    silos, fans = [["Silos"], *SILOS[1:], ["S-4", "coke"]], [["Fans"], *FANS[1:]]
    read = told((50, silos, 90), (300, fans, 90))
    assert read == ["Silos", *SILO_LINES, "Silo: S-4 | Content: coke", "Fans", *FAN_LINES]


@pytest.mark.parametrize("upper", [("Cause", "Effect"), ("From", "To")])
def test_what_goes_together_stays_in_one_row(upper: tuple[str, str]) -> None:
    causes = [[upper[0]], ["Signal", "State"], ["LS-1", "high"], ["LS-2", "low"], ["LS-3", "high"]]
    effects = [[upper[1]], ["Valve", "Act"], ["XV-1", "close"], ["XV-2", "open"], ["XV-3", "close"]]
    read = told((50, causes, 90), (300, effects, 90))
    assert len(read) >= 3 and all("LS-2" in line for line in read if "XV-2" in line)


def test_fields_in_two_columns_stay_with_their_own_values() -> None:
    left = [["Head: 48 m"], ["Power: 185 kW"], ["Speed: 1480 rpm"]]
    right = [["Seal: plan 53B"], ["Casing: duplex"], ["Maker: Hanil"]]
    read = told((50, left, 90), (300, right, 90))
    assert sorted(read) == sorted(row[0] for row in (*left, *right))


def test_a_line_with_the_revision_above_names_is_no_row_of_the_table() -> None:
    rows = [["Hana LNG", "Trips", "Rev. 2"], ["Tag", "Signal", "Limit", "Delay"]]
    rows += [[f"PZ-{n}", "Pressure", f"{n + 3}.5", f"{n} s"] for n in range(1, 5)]
    read = told((50, rows, 90))
    assert read[0] == "Hana LNG Trips Rev. 2" and read[1] == "Tag: PZ-1 | Signal: Pressure | Limit: 4.5 | Delay: 1 s"
