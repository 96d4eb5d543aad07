"""Tables of a PDF with lines between rows only, cells in the middle or at the bottom of their rows."""

import io
from collections.abc import Sequence

import pytest
from reportlab.lib import colors
from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Table

from walkdown_ingestion.metadata import FileFacts, identify
from walkdown_ingestion.readers import read_bytes

SMALL = getSampleStyleSheet()["Normal"]
SET_CLOSE = ParagraphStyle("close", SMALL, fontSize=8, leading=10.8)
RULED = ("LINEBELOW", (0, 0), (-1, -1), 0.5, colors.black)


def page(*parts: Flowable) -> bytes:
    held = io.BytesIO()
    SimpleDocTemplate(held).build(list(parts))
    return held.getvalue()


def lines(data: bytes) -> list[str]:
    return [line for block in read_bytes(data, "a.pdf").blocks for line in block.text.splitlines()]


NAMES = ["Property", "Method", "Limit", "Result"]
CELLS = [
    ["Residue", "Volumetric, heated to<br/>constant weight", "0.25 % max.", "0.08 %"],
    ["Chloride", "Silver titration", "40 ppm max.", "not found"],
    ["Count", "Bacteria, fungi,<br/>both at 30 °C", "90 per g max.<br/>20 per g max.", "12<br/>below 5"],
]
READ = [
    "Property: Residue | Method: Volumetric, heated to constant weight | Limit: 0.25 % max. | Result: 0.08 %",
    "Property: Chloride | Method: Silver titration | Limit: 40 ppm max. | Result: not found",
    "Property: Count | Method: Bacteria, fungi, both at 30 °C | Limit: 90 per g max. 20 per g max. | "
    "Result: 12 below 5",
]


@pytest.mark.parametrize("place", ["MIDDLE", "BOTTOM", "TOP"])
@pytest.mark.parametrize("last", [True, False], ids=["a line below", "none below the last row"])
@pytest.mark.parametrize("style", [SMALL, SET_CLOSE], ids=["", "close"])
def test_cells_anywhere_in_their_rows(place: str, last: bool, style: ParagraphStyle) -> None:
    ruled = RULED if last else ("LINEBELOW", (0, 0), (-1, -2), 0.5, colors.black)
    rows = [NAMES, *([Paragraph(cell, style) if "<" in cell else cell for cell in row] for row in CELLS)]
    size = ("FONTSIZE", (0, 0), (-1, -1), style.fontSize)
    table = Table(rows, colWidths=[80, 150, 100, 80], style=[ruled, size, ("VALIGN", (0, 0), (-1, -1), place)])
    note = Paragraph("1) The limits hold from 1 May on for all grades of this product, see the agreement.", SMALL)
    assert lines(page(table, note)) == [*READ, note.text]


def test_text_between_lines_of_a_page_is_no_table() -> None:
    text = [
        "Open the drain slowly and wait until the level has come down to 20 % before the pump is stopped.",
        "Then close the valve.",
        "Keep the pressure below 3 bar while the vessel is being filled, and call the shift leader above that.",
    ]
    table = Table([[Paragraph(one, SMALL)] for one in text], colWidths=[220], style=[RULED])
    blocks = read_bytes(page(table), "a.pdf").blocks
    assert all(block.table is None for block in blocks) and " ".join(
        " ".join(b.text for b in blocks).split()
    ) == " ".join(text)


def drawing(rows: Sequence[Sequence[str]]) -> tuple[str, str]:
    grid = ("GRID", (0, 0), (-1, -1), 0.5, colors.black)
    data = page(Paragraph("NOTES", SMALL), Table(rows, style=[grid]))
    source = identify(read_bytes(data, "a.pdf"), FileFacts("a.pdf", "a.pdf", "0" * 64, "application/pdf"), "p")
    return source.id, source.revision


HISTORY = [
    ["C", "2025-06-30", "As built", "KO"],
    ["B", "2025-01-12", "For construction", "KO"],
    ["A", "2024-08-05", "For review", "KO"],
    ["Rev", "Date", "Description", "DRN"],
]


def test_number_and_revision_in_the_title_block_of_a_drawing() -> None:
    block = [["North plant", "Drawing No.", "NP-PID-07-112", ""], ["Amine unit", "Scale", "none", ""]]
    assert drawing([*HISTORY, *block]) == ("NP-PID-07-112", "C")


def test_the_number_of_a_drawing_that_is_only_referred_to() -> None:
    rows = [["Tag", "PT-88", "Drawing No.", "NP-PID-07-112"], ["Range", "0-9 bar", "Output", "4-20 mA"]]
    assert drawing(rows)[0] == "a"


@pytest.mark.parametrize("edge", [True, False], ids=["a line beside the labels", "none beside them"])
def test_a_label_cut_by_a_page_end_under_names_without_a_line_below_them(edge: bool) -> None:
    rows = [["Area", "Valve", "Position", "Lock"]]
    for area, count in (("North", 20), ("South", 45), ("West", 9)):
        rows += [[area if not i else "", f"XV-{area[0]}{i:02}", "open", "-"] for i in range(count)]
    starts = [at for at, row in enumerate(rows) if row[0]]
    style = [
        ("BOX", (0, 0), (-1, -1), 0.5, colors.black),
        ("INNERGRID", (1, 0), (-1, -1), 0.5, colors.black),
        *([("LINEAFTER", (0, 0), (0, -1), 0.5, colors.black)] if edge else []),
        *(("LINEABOVE", (0, at), (-1, at), 0.5, colors.black) for at in starts),
    ]
    read = lines(page(Table(rows, style=style, repeatRows=1)))
    assert read[0] == "Area: North | Valve: XV-N00 | Position: open | Lock: -"
    assert len(read) == 74 and [line.split(" | ")[0] for line in read] == (
        ["Area: North"] * 20 + ["Area: South"] * 45 + ["Area: West"] * 9
    )


def test_lines_between_groups_of_rows_do_not_join_the_rows() -> None:
    rows = [["Area", "Valve", "Limit"]]
    for area in ("North", "South", "West"):
        rows += [["" if i != 1 else area, f"XV-{area[0]}{i}", f"{i}.5 bar"] for i in range(3)]
    style = [("LINEBELOW", (0, at), (-1, at), 0.5, colors.black) for at in (0, 3, 6, 9)]
    read = lines(page(Table(rows, colWidths=[80, 80, 80], style=style)))
    assert len(read) == 9 and all(line.count("XV-") == 1 and line.count(".5 bar") == 1 for line in read)
