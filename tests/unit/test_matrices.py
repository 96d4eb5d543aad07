"""Cause and effect matrices: the names of effects often run upwards or downwards; each mark is under its name."""

import io

import pytest
from reportlab.pdfgen.canvas import Canvas

from walkdown_ingestion.readers import pdf

EFFECTS = ["Close XV-301", "Stop P-301A/B", "Open BDV-305 by hand"]
CAUSES = [
    ("PSHH-101", "5.5 barg", "X", "", "X"),
    ("LSLL-102", "12 %", "", "X", "T1 = 5 s"),
    ("FSLL-104", "1.8 t/h", "", "", "X"),
]
EDGES = [50, 130, 200, 250, 300, 380]
TOP, HEAD, ROW = 100, 90, 20


def matrix(*, down: bool) -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(595, 842))
    canvas.setFont("Helvetica", 10)
    bottom = TOP + HEAD + ROW * len(CAUSES)
    for x in EDGES:
        canvas.line(x, 842 - TOP, x, 842 - bottom)
    for y in (TOP, *range(TOP + HEAD, bottom + 1, ROW)):
        canvas.line(EDGES[0], 842 - y, EDGES[-1], 842 - y)
    for x, name in zip(EDGES, ("Cause", "Set point"), strict=False):
        canvas.drawString(x + 4, 842 - TOP - 50, name)
    for x, name in zip(EDGES[2:], EFFECTS, strict=False):
        # Narrow columns break their names.
        lines = [name] if len(name) < 16 else [name[:12], name[13:]]
        for i, line in enumerate(lines):
            canvas.saveState()
            canvas.translate(x + (30 - 14 * i if down else 20 + 14 * i), 842 - TOP - (6 if down else HEAD - 6))
            canvas.rotate(-90 if down else 90)
            canvas.drawString(0, 0, line)
            canvas.restoreState()
    for r, row in enumerate(CAUSES):
        for x, text in zip(EDGES, row, strict=False):
            canvas.drawString(x + 4, 842 - TOP - HEAD - ROW * r - 14, text)
    canvas.save()
    return file.getvalue()


@pytest.mark.parametrize("down", [False, True])
def test_marks_stand_under_names_that_run_sideways(*, down: bool) -> None:
    blocks = pdf.read(matrix(down=down), "a.pdf").blocks
    assert [line for block in blocks for line in block.text.splitlines()] == [
        "Cause: PSHH-101 | Set point: 5.5 barg | Close XV-301: X | Open BDV-305 by hand: X",
        "Cause: LSLL-102 | Set point: 12 % | Stop P-301A/B: X | Open BDV-305 by hand: T1 = 5 s",
        "Cause: FSLL-104 | Set point: 1.8 t/h | Open BDV-305 by hand: X",
    ]
