"""Tables without rules whose rows stand hardly further apart than the lines of their cells, aligned at their middle."""

import io

import pytest
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

from walkdown_ingestion.readers import read_bytes

NAMES = ["Group", "Check", "Instrument", "Limit", "Time\n(min)"]
ROWS = [
    ["Cooling", "Flow through the jacket of the\nreactor, measured behind the\nreturn valve", "FT-510", "12 - 15", "9"],
    ["", "Outlet temperature", "TT-\n511A", "45 ± 2", "15"],
    ["", "Level of the expansion vessel\nand its overflow", "LT-512", "20 -\n80", "240"],
    ["Agitator\nand seal", "Power", "JT-520", "7.5", "60"],
    ["", "Pressure of the barrier fluid\nabove that of the reactor", "PT-521", "1.5", "60"],
]  # fmt: skip
SPANS = [(1, 3), (4, 5)]


def pdf(padding: float) -> bytes:
    held = io.BytesIO()
    style = ParagraphStyle("a", fontName="Helvetica", fontSize=10, leading=13)
    table = Table([NAMES, *ROWS], colWidths=[70, 150, 75, 60, 60])
    table.setStyle(
        [
            ("FONT", (0, 0), (-1, -1), "Helvetica", 10, 13),
            ("FONT", (0, 0), (-1, 0), "Helvetica-Bold", 10, 13),
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            ("ALIGN", (3, 0), (-1, -1), "RIGHT"),
            ("TOPPADDING", (0, 0), (-1, -1), padding),
            ("BOTTOMPADDING", (0, 0), (-1, -1), padding),
            *(("SPAN", (0, a), (0, b)) for a, b in SPANS),
        ]
    )
    above = [Paragraph(text, style) for text in ("Watch list of reactor R-510", "Valid from the first batch on.")]
    SimpleDocTemplate(held).build([*above, table])
    return held.getvalue()


def lines(data: bytes) -> list[str]:
    return [line for block in read_bytes(data, "a.pdf").blocks if block.table for line in block.text.splitlines()]


@pytest.mark.parametrize("padding", [0.8, 1.8, 2.5, 4.0])
def test_labels_over_rows_and_cells_of_several_lines_meet(padding: float) -> None:
    read = lines(pdf(padding))
    assert [line.split(" | ")[0] for line in read] == ["Group: Cooling"] * 3 + ["Group: Agitator and seal"] * 2
    assert read[0].endswith("Check: Flow through the jacket of the reactor, measured behind the return valve"
                            " | Instrument: FT-510 | Limit: 12 - 15 | Time (min): 9")  # fmt: skip
    assert "Check: Outlet temperature | Instrument: TT-511A | Limit: 45 ± 2 | Time (min): 15" in read[1]
    assert "overflow | Instrument: LT-512 | Limit: 20 - 80 | Time (min): 240" in read[2]


def test_rows_that_stand_close_in_groups_stay_rows() -> None:
    """A label between two rows says the same as a cell between the lines of another one."""
    held = io.BytesIO()
    canvas = Canvas(held)
    canvas.setFont("Helvetica", 10)
    groups = [
        (
            "Boiler feed",
            [("flow", "FT-1", "12"), ("suction", "PT-2", "3"), ("seal", "TT-3", "70"), ("oil", "LT-4", "4")],
        ),
        ("Condenser", [("level", "LT-5", "55"), ("vacuum", "PT-6", "0.1")]),
        ("Fan", [("speed", "ST-7", "980"), ("current", "IT-8", "110")]),
    ]
    y = 700.0
    at(canvas, y, "Group", "Quantity", "Tag", "Limit")
    for name, rows in groups:
        y -= 20
        canvas.drawString(60, y - 6.5 * (len(rows) - 1), name)
        for n, row in enumerate(rows):
            at(canvas, y - 13 * n, "", *row)
        y -= 13 * (len(rows) - 1)
    canvas.save()
    read = lines(held.getvalue())
    assert len(read) == 8 and all(f"Tag: {row[1]} | Limit: {row[2]}" in " ".join(read) for _, g in groups for row in g)


def at(canvas: Canvas, y: float, *cells: str) -> None:
    """A row of cells in their columns."""
    for x, cell in zip((60, 160, 260, 360), cells, strict=True):
        canvas.drawString(x, y, cell)


@pytest.mark.parametrize("apart", [16.5, 19.0])
def test_rows_without_a_label_below_a_label_at_their_top(apart: float) -> None:
    """Lines of one cell are 13 apart; a label stands beside the first of its rows."""
    held = io.BytesIO()
    canvas = Canvas(held)
    canvas.setFont("Helvetica", 10)
    rows = [
        ("Level", "When", "What to do", "Who"),
        ("Watch", "wind above 10 m/s", "stop the crane", "Yard"),
        ("Alert", "wind above 14 m/s", "call the stand-by", "Shift"),
        ("", "rain above 30 mm/h", "start P-91", "Field"),
        ("", "surge warning", "close the gate", "Yard"),
    ]
    y = 700.0
    for n, row in enumerate(rows):
        at(canvas, y, *row)
        if n == 2:
            y -= 13
            canvas.drawString(260, y, "team and the port")
        y -= apart
    canvas.save()
    assert lines(held.getvalue())[1:] == [
        "Level: Alert | When: wind above 14 m/s | What to do: call the stand-by team and the port | Who: Shift",
        "When: rain above 30 mm/h | What to do: start P-91 | Who: Field",
        "When: surge warning | What to do: close the gate | Who: Yard",
    ]
