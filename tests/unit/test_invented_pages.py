"""Pages of a PDF: marks of footnotes that stand apart, tables on their side or in a cell, a row alone on a page."""

import io
from collections.abc import Callable, Sequence

import docx
import pytest
from reportlab.lib import colors
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Table
from sample_files import bytes_of

from walkdown_ingestion.readers import read_bytes

GRID = ("GRID", (0, 0), (-1, -1), 0.5, colors.black)
NORMAL = getSampleStyleSheet()["Normal"]


def texts(data: bytes, name: str = "a.pdf") -> list[str]:
    return [line for block in read_bytes(data, name).blocks for line in block.text.splitlines()]


def drawn(draw: Callable[[Canvas], None]) -> list[str]:
    held = io.BytesIO()
    canvas = Canvas(held)
    draw(canvas)
    canvas.save()
    return texts(held.getvalue())


def told(*parts: object) -> list[str]:
    held = io.BytesIO()
    SimpleDocTemplate(held).build(list(parts))
    return texts(held.getvalue())


def test_marks_of_footnotes_that_stand_apart_or_behind_a_name_are_no_figures() -> None:
    rows = [
        ["Tag", Paragraph("Accuracy<super>a)</super>", NORMAL), Paragraph("Trip<super>b</super>", NORMAL)],
        ["PT-1", "0.5", Paragraph("17.2 <super>1)</super>", NORMAL)],
        ["PT-2", "1 2)", "5 a)"],
    ]
    note = Paragraph("<super>1</super> -80 during heating. <super>a)</super> of span; 2 or 3 b", NORMAL)
    assert told(Table([list(row) for row in rows], style=[GRID]), note) == [
        "Tag: PT-1 | Accuracyᵃ⁾: 0.5 | Tripᵇ: 17.2 ¹⁾",
        "Tag: PT-2 | Accuracyᵃ⁾: 1 2) | Tripᵇ: 5 a)",
        "¹ -80 during heating. ᵃ⁾ of span; 2 or 3 b",
    ]


def test_the_size_of_a_pipe_written_upwards_raises_no_figure_elsewhere() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(100, 700, "The line of E-101 is DN150 and PN16 up to the valve.")
        canvas.translate(60, 300)
        canvas.rotate(90)
        canvas.drawString(0, 0, "DN150 PN16")

    assert drawn(draw) == ["The line of E-101 is DN150 and PN16 up to the valve.", "DN150 PN16"]


@pytest.mark.parametrize("down", [False, True])
def test_a_table_that_lies_on_its_side_is_read_as_it_stands(down: bool) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(100, 780, "Torques of the bolts in Nm, as they are tightened in three steps.")
        table = Table([["Bolt", "Dry", "Oiled"], ["M12", "85", "64"], ["M16", "210", "158"]], style=[GRID])
        table.wrapOn(canvas, 400, 400)
        canvas.translate(300, 500)
        canvas.rotate(-90 if down else 90)
        table.drawOn(canvas, 0, 0)

    assert drawn(draw)[1:] == ["Bolt: M12 | Dry: 85 | Oiled: 64", "Bolt: M16 | Dry: 210 | Oiled: 158"]


def test_a_row_alone_on_the_next_page_stands_under_the_names_of_the_table() -> None:
    head, rows = ["Tag", "Low", "High"], [[f"PT-{i}", f"{i}.1", f"{i}.9"] for i in range(10, 14)]
    plain = [("FONT", (0, 0), (-1, 0), "Helvetica-Bold")]
    pages = told(Table([head, *rows[:3]], style=plain), PageBreak(), Table(rows[3:], style=plain[:0]))
    assert pages[-1] == "Tag: PT-13 | Low: 13.1 | High: 13.9"


def test_a_word_set_downwards_is_one_word() -> None:
    registerFont(UnicodeCIDFont("HYSMyeongJo-Medium"))

    def draw(canvas: Canvas) -> None:
        canvas.setFont("HYSMyeongJo-Medium", 10)
        for i, letter in enumerate("냉각수공급"):
            canvas.drawString(60, 700 - 12 * i, letter)

    assert drawn(draw) == ["냉각수공급"]


def test_a_table_that_shares_the_right_side_of_its_cell_keeps_its_names() -> None:
    """As programs print a table in a cell: off the left side, its right and lower side on those of the cell."""
    words = [(84, 700, "Tag"), (234, 700, "Settings"), (84, 680, "P-1")]
    inner = [("Load", "Flow"), ("50 %", "120 t/h"), ("100 %", "240 t/h")]

    def draw(canvas: Canvas) -> None:
        for x, y, text in words:
            canvas.drawString(x, y, text)
        for n, (a, b) in enumerate(inner):
            canvas.drawString(238, 664 - 14 * n, a)
            canvas.drawString(308, 664 - 14 * n, b)
        for height in (714.0, 694.0, 630.0):
            canvas.line(80, height, 372, height)
        for x in (80, 228, 372):
            canvas.line(x, 714, x, 630)
        for height in (675.0, 660.0, 646.0, 630.5):
            canvas.line(234, height, 372, height)
        for x in (234, 304):
            canvas.line(x, 675, x, 630)

    assert drawn(draw) == ["Tag: Settings", "P-1: Load: 50 %, Flow: 120 t/h; Load: 100 %, Flow: 240 t/h"]


def nested(cell: object, rows: Sequence[Sequence[str]]) -> None:
    table = cell.add_table(len(rows), len(rows[0]))  # type: ignore[attr-defined]
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            table.cell(r, c).text = text


def test_a_word_table_that_sets_two_side_by_side_is_both() -> None:
    document = docx.Document()
    layout = document.add_table(1, 2)
    nested(layout.cell(0, 0), [("Tag", "Set"), ("PSV-1", "12.5 bar"), ("PSV-2", "13.5 bar")])
    nested(layout.cell(0, 1), [("Tag", "Size"), ("PSV-1", "4P6"), ("PSV-2", "3K4")])
    assert texts(bytes_of(document.save), "a.docx") == [
        "Tag: PSV-1 | Set: 12.5 bar",
        "Tag: PSV-2 | Set: 13.5 bar",
        "Tag: PSV-1 | Size: 4P6",
        "Tag: PSV-2 | Size: 3K4",
    ]


def test_a_short_cell_over_the_columns_of_one_name_is_told_once() -> None:
    page = b"""<table><tr><th>Tag</th><th colspan=2>Remark</th></tr><tr><td>P-1</td><td colspan=2>spare</td></tr>
    <tr><td>P-2</td><td>5</td><td>5</td></tr></table>"""
    assert texts(page, "a.html") == ["Tag: P-1 | Remark: spare", "Tag: P-2 | Remark: 5 | Remark: 5"]


def test_a_sheet_printed_without_lines_with_numbers_close_before_their_units() -> None:
    """Numbers stand at the right of their columns, so no row has as many pieces as there are names."""
    names = [(55, "Loop"), (115, "Tag"), (175, "Range"), (235, "Low"), (295, "High"), (355, "Unit"), (415, "Due")]
    rows = [
        ("", "PT-1", "0-16", "3", "12.5", "bar", "May"),
        ("L-1", "PT-2", "0-20", "-3.5", "98.5", "%", "June"),
        ("", "TT-3", "-50", "1 200", "1 150", "t/h", "July"),
    ]

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 11)
        canvas.drawString(115, 715, "Instrument")
        canvas.drawString(235, 715, "Limits")
        for (x, name), column in zip(names, zip(*rows, strict=True), strict=True):
            canvas.drawString(x, 700, name)
            for i, cell in enumerate(column):
                if name in ("Low", "High"):
                    canvas.drawRightString(x + 57, 685 - 15 * i, cell)
                else:
                    canvas.drawString(x, 685 - 15 * i, cell)

    assert drawn(draw) == [
        "Instrument / Tag: PT-1 | Instrument / Range: 0-16 | Limits / Low: 3 | Limits / High: 12.5"
        " | Unit: bar | Due: May",
        "Loop: L-1 | Instrument / Tag: PT-2 | Instrument / Range: 0-20 | Limits / Low: -3.5 | Limits / High: 98.5"
        " | Unit: % | Due: June",
        "Instrument / Tag: TT-3 | Instrument / Range: -50 | Limits / Low: 1 200 | Limits / High: 1 150"
        " | Unit: t/h | Due: July",
    ]
