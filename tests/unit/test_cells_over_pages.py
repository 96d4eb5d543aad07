"""Tables without rules over several pages, cells of several lines aligned at top, middle or bottom of their row."""

import io

import pytest
from reportlab.lib.pagesizes import A5
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table, TableStyle

from walkdown_ingestion.readers import pdf

STYLE = ParagraphStyle("cell", fontName="Helvetica", fontSize=9, leading=11)
ACTION = "Open the bypass FV-{0} by hand, call the shift leader and wait for {0} minutes before the pump is started"
ROWS = 26


def pages(alignment: str, column: int) -> bytes:
    rows: list[list[object]] = [["Tag", "Service", "Action", "Limit"]]
    for i in range(1, ROWS + 1):
        row: list[object] = [f"PT-{100 + i}", "Drum", "Stop", f"{i}.5"]
        row[column] = Paragraph(ACTION.format(i), STYLE)
        rows.append(row)
    fonts = [("FONT", (0, 0), (-1, 0), "Helvetica-Bold", 9), ("FONT", (0, 1), (-1, -1), "Helvetica", 9)]
    style = TableStyle([*fonts, ("VALIGN", (0, 0), (-1, -1), alignment)])
    file = io.BytesIO()
    widths = [60, 120, 60, 50] if column == 1 else [60, 60, 120, 50]
    SimpleDocTemplate(file, pagesize=A5).build([Table(rows, colWidths=widths, style=style)])
    return file.getvalue()


@pytest.mark.parametrize("alignment", ["TOP", "MIDDLE", "BOTTOM"])
@pytest.mark.parametrize("column", [1, 2])
def test_every_row_keeps_its_cells_and_names(alignment: str, column: int) -> None:
    names = ("Service", "Action")
    wanted = []
    for i in range(1, ROWS + 1):
        cells = ["Drum", "Stop"]
        cells[column - 1] = ACTION.format(i)
        named = " | ".join(f"{name}: {cell}" for name, cell in zip(names, cells, strict=True))
        wanted.append(f"Tag: PT-{100 + i} | {named} | Limit: {i}.5")
    found = pdf.read(pages(alignment, column), "a.pdf").blocks
    assert [line for block in found for line in block.text.splitlines()] == wanted
