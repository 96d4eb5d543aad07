"""PDF: letters a program slants itself, rules around names and units alone, boxes to tick in a cell over columns."""

import io

import pytest
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import SimpleDocTemplate, Table

from walkdown_ingestion.enrichment.measures import measures_of
from walkdown_ingestion.readers import read_bytes
from walkdown_ingestion.tables import make_table, table_text


def told(data: bytes) -> list[str]:
    return [line for block in read_bytes(data, "a.pdf").blocks for line in block.text.splitlines()]


def printed(rows: list[list[str]], *style: tuple[object, ...]) -> list[str]:
    held = io.BytesIO()
    SimpleDocTemplate(held).build([Table(rows, style=list(style))])
    return told(held.getvalue())


def line(canvas: Canvas, text: str, y: float, *, slant: float = 0.0, turned: float = 0.0) -> None:
    canvas.saveState()
    canvas.transform(1, 0, slant, 1, 60, y)
    canvas.rotate(turned)
    canvas.drawString(0, 0, text)
    canvas.restoreState()


@pytest.mark.parametrize("slant", [0.2, 0.25, 0.33])
def test_slanted_letters_are_text(slant: float) -> None:
    held = io.BytesIO()
    canvas = Canvas(held)
    for n, text in enumerate(("Open the drain first.", "Never above 42 bar!", "Then close it.")):
        line(canvas, text, 700 - 30 * n, slant=slant if n == 1 else 0.0)
    canvas.save()
    assert "Never above 42 bar!" in told(held.getvalue())


@pytest.mark.parametrize("turned", [-45.0, -14.0, 14.0, 30.0])
def test_what_is_printed_across_the_page_is_none(turned: float) -> None:
    held = io.BytesIO()
    canvas = Canvas(held)
    line(canvas, "Open the drain first.", 700)
    line(canvas, "UNCONTROLLED COPY", 400, turned=turned)
    canvas.save()
    assert told(held.getvalue()) == ["Open the drain first."]


STREAMS = [["Stream", "Flow", "Pressure", "H2S"], ["", "t/h", "bar(a)", "mol %"],
           ["Sour gas", "42.5", "61.2", "1.85"], ["Lean amine", "118", "64.0", "0.02"],
           ["Rich amine", "121.3", "4.1", "3.9"], ["Acid gas", "3.2", "1.9", "86"]]  # fmt: skip


def test_rules_around_names_and_units_make_no_row_of_all_others() -> None:
    rules = [("LINEABOVE", (0, n), (-1, n), 1, "black") for n in (0, 1, 2)]
    read = printed(STREAMS, *rules, ("LINEBELOW", (0, -1), (-1, -1), 1, "black"))
    told_of = "Stream: {} | Flow (t/h): {} | Pressure (bar(a)): {} | H2S (mol %): {}"
    assert read == [told_of.format(*row) for row in STREAMS[2:]]


@pytest.mark.parametrize("unit", ["bar(g)", "(bar(g))", "[bar(g)]"])
def test_the_brackets_of_a_unit_are_part_of_it(unit: str) -> None:
    table = make_table([["Tag", "Pressure", "Level"], ["", unit, "(%)"], ["P-1", "3", "40"], ["P-2", "4", "50"]])
    assert table is not None
    assert table_text(table).splitlines()[0] == "Tag: P-1 | Pressure (bar(g)): 3 | Level (%): 40"


def test_a_share_by_moles_is_no_amount_of_substance() -> None:
    read = measures_of("3.9 mol % of H2S, 2.0 mol%, 8몰%, and 5 mol of it")
    assert [m.dimension for m in read] == ["[mole_share]"] * 3 + ["[substance]"]
    assert round(read[0].base, 6) == 0.039


def test_boxes_to_tick_in_a_cell_over_columns_are_one_text() -> None:
    boxes = (" " * 25).join(("[ ] new", "[x] change", "[ ] removal"))
    rows = [["Job no.", "MOC-25-7", "Date", "2025-04-02"], ["Kind", boxes, "", ""]]
    rows += [
        ["Before", "Set at 15 mbar", "", ""],
        ["After", "Set at 25 mbar", "", ""],
        ["Plant", "T-3", "Owner", "Kim"],
    ]
    spans = (("SPAN", (1, n), (3, n)) for n in (1, 2, 3))
    held = io.BytesIO()
    table = Table(rows, colWidths=[70, 90, 90, 120], style=[("GRID", (0, 0), (-1, -1), 1, "black"), *spans])
    SimpleDocTemplate(held).build([table])
    assert "Kind: [ ] new [x] change [ ] removal" in told(held.getvalue())
