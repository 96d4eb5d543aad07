"""Tables in the cells of ruled PDF tables: each inner row under its own names, the outer header untouched."""

import io
from collections.abc import Sequence

import pytest
from reportlab.lib import colors
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, SimpleDocTemplate, Table, TableStyle

from walkdown_ingestion.readers import pdf


def table(rows: Sequence[Sequence[object]], padding: float) -> Table:
    style: list[tuple[object, ...]] = [("GRID", (0, 0), (-1, -1), 0.5, colors.black)]
    style += [
        (side, (0, 0), (-1, -1), padding) for side in ("LEFTPADDING", "RIGHTPADDING", "TOPPADDING", "BOTTOMPADDING")
    ]
    return Table([list(row) for row in rows], style=TableStyle(style))


def rows_of(flowable: Flowable) -> list[str]:
    file = io.BytesIO()
    SimpleDocTemplate(file).build([flowable])
    return [line for block in pdf.read(file.getvalue(), "a.pdf").blocks for line in block.text.splitlines()]


@pytest.mark.parametrize("padding", [2, 3, 6])
def test_a_table_in_a_cell_keeps_its_rows_and_names(padding: float) -> None:
    modes = table([("Mode", "Low", "High"), ("start", "1.0", "5.5"), ("run", "2.0", "6.5")], padding)
    loads = table([("Load", "Flow"), ("50 %", "20 t/h"), ("100 %", "40 t/h")], padding)
    outer = [
        ("Tag", "Settings", "Trip (bar)"),
        ("P-101", modes, "12.5"),
        ("P-102", "see 3.1", "9.5"),
        ("P-103", loads, "8"),
    ]
    assert rows_of(table(outer, padding)) == [
        "Tag: P-101 | Settings: Mode: start, Low: 1.0, High: 5.5; Mode: run, Low: 2.0, High: 6.5 | Trip (bar): 12.5",
        "Tag: P-102 | Settings: see 3.1 | Trip (bar): 9.5",
        "Tag: P-103 | Settings: Load: 50 %, Flow: 20 t/h; Load: 100 %, Flow: 40 t/h | Trip (bar): 8",
    ]


def test_cells_that_are_boxes_of_their_own_are_one_table() -> None:
    """As browsers print `border=1`: each cell framed by itself, with a little space between the frames."""
    rows = [("Tag", "Low", "High"), ("P-1", "1.0", "5.5"), ("P-2", "2.0", "6.5"), ("P-3", "3.0", "7.5")]
    file = io.BytesIO()
    canvas = Canvas(file)
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            x, y = 80 + 60 * c, 700 - 18 * r
            for inset in (0.0, 0.7):
                canvas.rect(x + inset, y + inset, 58.5 - 2 * inset, 16.5 - 2 * inset)
            canvas.drawString(x + 3, y + 5, text)
    canvas.rect(78, 644, 183, 75)
    end = 203 + canvas.stringWidth("5.5", "Helvetica", 12)
    canvas.drawString(end, 687, "6.0")
    canvas.line(201.5, 690.5, end, 690.5)
    canvas.save()
    assert [line for block in pdf.read(file.getvalue(), "a.pdf").blocks for line in block.text.splitlines()] == [
        "Tag: P-1 | Low: 1.0 | High: 6.0",
        "Tag: P-2 | Low: 2.0 | High: 6.5",
        "Tag: P-3 | Low: 3.0 | High: 7.5",
    ]
