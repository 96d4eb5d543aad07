"""Pages of two columns with tables on them, ruled and not: text in reading order, each table whole."""

import io
import re
from collections.abc import Sequence

import pytest
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, FrameBreak, PageTemplate, Paragraph, Table, TableStyle

from walkdown_ingestion.readers import pdf

HEADER = ["Tag", "Service", "Low", "High (bar)"]
ROWS = [[f"PT-{i}", ["Feed", "Drum", "Header"][i % 3], f"{i}.5", f"{i + 10}.5"] for i in range(1, 9)]
SMALL = [("FONTSIZE", (0, 0), (-1, -1), 8)]
STYLES = {
    "ruled": [*SMALL, ("GRID", (0, 0), (-1, -1), 0.5, colors.black)],
    "three rules": [
        *SMALL,
        ("LINEABOVE", (0, 0), (-1, 0), 1, colors.black),
        ("LINEBELOW", (0, 0), (-1, 0), 0.5, colors.black),
        ("LINEBELOW", (0, -1), (-1, -1), 1, colors.black),
    ],
    "no rules": SMALL,
}
COLUMN, GAP, EDGE, WIDE = 240.0, 15.0, 50.0, 200.0
BODY = ParagraphStyle("body", fontName="Helvetica", fontSize=9, leading=11, spaceBefore=6)
SENTENCES = (
    "{0} begins here and the operator keeps the drum pressure below the limit while the feed pump runs at reduced "
    "speed until the level in the tank has settled for ten minutes; then the valve is opened and the record is "
    "signed by the shift leader at the end {0}."
)


def prose(name: str) -> Paragraph:
    return Paragraph(SENTENCES.format(name), BODY)


def table(style: str, *, wide: bool = False) -> Table:
    widths = (90, 200, 80, 120) if wide else (55, 75, 45, 60)
    return Table([HEADER, *ROWS], style=TableStyle(STYLES[style]), colWidths=list(widths))


def page(zones: Sequence[Sequence[Sequence[Flowable]]]) -> bytes:
    """Zones from top to bottom: one list of flowables is over the whole width, two are columns."""
    height = (A4[1] - 120 - WIDE * sum(len(z) == 1 for z in zones)) / max(sum(len(z) == 2 for z in zones), 1)
    frames, story, top = [], [], A4[1] - 60
    for zone in zones:
        high = WIDE if len(zone) == 1 else height
        width = A4[0] - 2 * EDGE if len(zone) == 1 else COLUMN
        for i, flowables in enumerate(zone):
            frames.append(Frame(EDGE + i * (COLUMN + GAP), top - high, width, high, 0, 0, 0, 0))
            story += [*flowables, FrameBreak()]
        top -= high
    file = io.BytesIO()
    document = BaseDocTemplate(file, pagesize=A4)
    document.addPageTemplates([PageTemplate(frames=frames)])
    document.build(story[:-1])
    return file.getvalue()


def order(data: bytes) -> str:
    """Paragraphs by their names and tables as T; a table that is not whole and text that is mixed up show."""
    found = []
    for block in pdf.read(data, "page.pdf").blocks:
        if block.table is not None:
            whole = block.table.header == (tuple(HEADER),) and block.table.rows == tuple(map(tuple, ROWS))
            found.append("T" if whole else "torn")
            continue
        found += [
            one if one == other and "PT-" not in between else "mixed"
            for one, between, other in re.findall(r"([AB]\d) begins(.*?)end ([AB]\d)", block.text)
        ]
    return " ".join(found)


def column(letter: str, *numbers: int) -> list[Flowable]:
    return [prose(f"{letter}{n}") for n in numbers]


@pytest.mark.parametrize("style", STYLES)
def test_a_table_in_one_column(style: str) -> None:
    left = [*column("A", 1, 2), table(style), *column("A", 3, 4, 5)]
    assert order(page([[left, column("B", 1, 2, 3, 4, 5, 6)]])) == "A1 A2 T A3 A4 A5 B1 B2 B3 B4 B5 B6"
    right = [*column("B", 1), table(style), *column("B", 2, 3)]
    assert order(page([[column("A", 1, 2, 3, 4, 5, 6), right]])) == "A1 A2 A3 A4 A5 A6 B1 T B2 B3"


@pytest.mark.parametrize("style", STYLES)
def test_tables_side_by_side_in_both_columns(style: str) -> None:
    columns = [[*column(x, 1), table(style), *column(x, 2, 3)] for x in "AB"]
    assert order(page([columns])) == "A1 T A2 A3 B1 T B2 B3"


@pytest.mark.parametrize("style", STYLES)
def test_a_column_that_is_only_a_table(style: str) -> None:
    assert order(page([[column("A", 1, 2, 3, 4), [table(style)]]])) == "A1 A2 A3 A4 T"


@pytest.mark.parametrize("style", STYLES)
def test_a_table_over_both_columns(style: str) -> None:
    wide = [[table(style, wide=True)]]
    both = [column("A", 1, 2), column("B", 1, 2)]
    more = [column("A", 3, 4), column("B", 3, 4)]
    assert order(page([wide, both])) == "T A1 A2 B1 B2"
    assert order(page([both, wide])) == "A1 A2 B1 B2 T"
    assert order(page([both, wide, more])) == "A1 A2 B1 B2 T A3 A4 B3 B4"
