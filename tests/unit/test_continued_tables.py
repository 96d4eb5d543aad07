"""Tables that a page end cuts in two: one table again, every row under the header; other tables stay apart."""

import io
from collections.abc import Sequence

import docx
import pytest
from docx.enum.text import WD_BREAK
from docx.shared import Cm
from reportlab.lib import colors
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Table, TableStyle

from walkdown.documents import Block, BlockKind, SourceDocument
from walkdown_ingestion import readers
from walkdown_ingestion.chunking import chunk_document
from walkdown_ingestion.continued import is_mark, is_marked, repeated_rows

Rows = Sequence[Sequence[str]]
Style = list[tuple[object, ...]]

HEADER = ["Tag", "Service", "Low (bar)", "High (bar)"]
PLACES = ["Feed line", "Drum", "Steam header"]
ROWS = [[f"PT-{100 + i}", PLACES[i % 3], f"{i + 1}.5", f"{i + 11}.5"] for i in range(24)]
GRID: Style = [("GRID", (0, 0), (-1, -1), 0.5, colors.black)]
BOLD: Style = [("FONTNAME", (0, 0), (-1, 0), "Helvetica-Bold")]
WIDTHS = [60, 150, 60, 60]


def cut_pdf(
    first: Rows, second: Rows, *, before: str = "", between: str = "", style: Style | None = None,
    bold_second: bool = False, widths: Sequence[float] = WIDTHS, second_style: Style | None = None,
) -> bytes:  # fmt: skip
    """A table on each of two pages, with lines under the first and over the second, and text after it."""
    style = GRID + BOLD if style is None else style
    text = getSampleStyleSheet()["BodyText"]
    parts = [
        Table(first, style=TableStyle(style), colWidths=WIDTHS[: len(first[0])]),
        *([Paragraph(before, text)] if before else []),
        PageBreak(),
        *([Paragraph(between, text)] if between else []),
        Table(
            second,
            style=TableStyle(second_style or (style if bold_second else [s for s in style if s not in BOLD])),
            colWidths=list(widths)[: len(first[0])],
        ),
        Paragraph("After the table the text goes on with a sentence of its own.", text),
    ]
    file = io.BytesIO()
    SimpleDocTemplate(file).build(parts)
    return file.getvalue()


def tables(data: bytes, name: str = "cut.pdf") -> list[Block]:
    return [block for block in readers.read_bytes(data, name).blocks if block.kind is BlockKind.TABLE]


@pytest.mark.parametrize("style", [GRID + BOLD, GRID, []], ids=["bold", "ruled", "no rules"])
def test_rows_on_the_next_page_stand_under_the_header_of_the_first(style: Style) -> None:
    (block,) = tables(cut_pdf([HEADER, *ROWS[:12]], ROWS[12:], style=style))
    assert block.table is not None
    assert block.table.header == (tuple(HEADER),)
    assert block.table.rows == tuple(map(tuple, ROWS))
    assert [box.page for box in block.boxes] == [1] * 13 + [2] * 12
    assert "Tag: PT-123 | Service: Steam header | Low (bar): 24.5 | High (bar): 34.5" in block.text


def test_the_passages_of_the_second_page_carry_units_and_cells() -> None:
    parsed = readers.read_bytes(cut_pdf([HEADER, *ROWS[:12]], ROWS[12:]), "cut.pdf")
    source = SourceDocument(
        id="D-1", pack="power", title="Limits", language="en", sha256="0" * 64, media_type="application/pdf",
        file_name="cut.pdf", source="cut.pdf",
    )  # fmt: skip
    (chunk,) = [c for c in chunk_document(parsed, source, ()) if "PT-123" in c.text]
    assert [m for m in chunk.measures if m.text == "34.5" and m.base == 3_450_000]
    assert any(("PT-123", "Steam header", "24.5", "34.5") in table.rows for table in chunk.tables)


@pytest.mark.parametrize(
    ("before", "between"),
    [
        ("", "Table 1. Limits of transmitters (continued)"),
        ("(continued on next page)", "(continued from previous page)"),
        ("Note 1: values hold at 50 % load.", ""),
        ("", "Table 1 - cont'd"),
    ],
)
@pytest.mark.parametrize("repeated", [True, False])
def test_notes_and_marks_between_the_parts_do_not_part_them(before: str, between: str, repeated: bool) -> None:
    second = [HEADER, *ROWS[12:]] if repeated else ROWS[12:]
    data = cut_pdf([HEADER, *ROWS[:12]], second, before=before, between=between, bold_second=repeated)
    (block,) = tables(data)
    assert block.table is not None
    assert block.table.rows == tuple(map(tuple, ROWS))
    text = readers.read_bytes(data, "cut.pdf").text
    assert "continued" not in text
    assert ("50 % load" in text) == ("50 % load" in before)


def test_a_continued_table_may_have_other_widths() -> None:
    data = cut_pdf(
        [HEADER, *ROWS[:12]], ROWS[12:], between="Table 1. Limits (continued)", widths=[80, 120, 80, 50]
    )  # fmt: skip
    assert len(tables(data)) == 1


@pytest.mark.parametrize("bold", [True, False])
def test_another_table_of_the_same_shape_stays_apart(bold: bool) -> None:
    other = ["Valve", "Place", "Open (s)", "Close (s)"]
    style = GRID + BOLD if bold else GRID
    one, two = tables(cut_pdf([HEADER, *ROWS[:12]], [other, *ROWS[12:]], style=style, bold_second=bold))
    assert one.table is not None
    assert two.table is not None
    assert two.table.header == (tuple(other),)
    assert len(one.table.rows) == len(two.table.rows) == 12


def test_a_table_with_a_caption_of_its_own_stays_apart() -> None:
    assert len(tables(cut_pdf([HEADER, *ROWS[:12]], ROWS[12:], between="Table 2. Limits of the boiler"))) == 2


def test_a_row_that_the_page_end_cut_is_whole_again() -> None:
    last = ["PT-200", "Fitted on the upper", "1.0", "2.0"]
    (block,) = tables(cut_pdf([HEADER, *ROWS[:12], last], [["", "platform", "", ""], *ROWS[12:]]))
    assert "Tag: PT-200 | Service: Fitted on the upper platform | Low (bar): 1.0 | High (bar): 2.0" in block.text
    assert block.table is not None
    assert len(block.boxes) == len(block.table.rows) + 1


def test_a_label_merged_over_the_page_end_is_carried_on() -> None:
    style = [*GRID, *BOLD, ("SPAN", (0, 1), (0, 2))]
    first = [["Unit", "Tag", "Low (bar)"], ["Unit 1", "PT-1", "1.0"], ["", "PT-2", "2.0"]]
    second = [["", "PT-3", "3.0"], ["", "PT-4", "4.0"], ["Unit 2", "PT-5", "5.0"]]
    (block,) = tables(cut_pdf(first, second, style=style, second_style=[*GRID, ("SPAN", (0, 0), (0, 1))]))
    assert "Unit: Unit 1 | Tag: PT-3 | Low (bar): 3.0" in block.text
    assert "Unit: Unit 2 | Tag: PT-5 | Low (bar): 5.0" in block.text


def test_marks_are_known_in_the_five_languages_and_sentences_are_none() -> None:
    captions = ("Table 3 (continued)", "표 3. 설정치 (계속)", "表3 設定値(続き)", "续表3", "Tabla 3 (continuación)")
    assert all(map(is_marked, captions))
    assert all(map(is_mark, ("(continued on next page)", "다음 쪽에 계속", "계속", "(cont'd)")))
    assert not any(map(is_marked, ("The pump runs on", "Table 3. Limits", "연속 운전")))
    assert not is_mark("The pump is operated until the run is continued")
    assert repeated_rows([["Tag", "Low"]], [["Tag (cont.)", "LOW"], ["P", "1"]]) == 1


def cut_docx(first: Rows, second: Rows, *, lines: Sequence[str] = (), page_break: bool = True) -> bytes:
    document = docx.Document()
    for number, rows in enumerate((first, second)):
        if number:
            for line in lines:
                document.add_paragraph(line)
            if page_break:
                document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
            elif not lines:
                document.add_paragraph()
        table = document.add_table(len(rows), len(rows[0]))
        for r, row in enumerate(rows):
            for c, cell in enumerate(row):
                table.cell(r, c).text = cell
                table.cell(r, c).width = Cm(3)
    document.add_paragraph("Text after the table.")
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


@pytest.mark.parametrize("repeated", [True, False])
def test_a_word_table_cut_by_a_page_break_is_one(repeated: bool) -> None:
    second = [HEADER, *ROWS[12:]] if repeated else ROWS[12:]
    data = cut_docx([HEADER, *ROWS[:12]], second)
    (block,) = tables(data, "cut.docx")
    assert block.table is not None
    assert block.table.header == (tuple(HEADER),)
    assert block.table.rows == tuple(map(tuple, ROWS))
    assert readers.read_bytes(data, "cut.docx").blocks[-1].text == "Text after the table."


def test_a_word_table_under_a_continued_caption_is_one() -> None:
    data = cut_docx([HEADER, *ROWS[:12]], ROWS[12:], lines=["Table 1 (continued)"], page_break=False)
    assert len(tables(data, "cut.docx")) == 1
    assert "continued" not in readers.read_bytes(data, "cut.docx").text


@pytest.mark.parametrize(
    ("second", "lines", "page_break"),
    [
        (ROWS[12:], ["The second table is of the boiler."], True),
        ([["Valve", "Place", "Open (s)", "Close (s)"], *ROWS[12:]], [], True),
        (ROWS[12:], [], False),
        ([row[:3] for row in ROWS[12:]], [], True),
    ],
    ids=["text between", "own header", "same page", "other columns"],
)
def test_other_word_tables_stay_apart(second: Rows, lines: list[str], page_break: bool) -> None:
    data = cut_docx([HEADER, *ROWS[:12]], second, lines=lines, page_break=page_break)
    assert len(tables(data, "cut.docx")) == 2
    assert all(line in readers.read_bytes(data, "cut.docx").text for line in lines)


def test_a_row_that_a_page_end_cuts_without_a_line_is_one_row() -> None:
    """Neither the end of the page nor the head of the next has a line across the columns."""
    file = io.BytesIO()
    text = getSampleStyleSheet()["BodyText"]
    rows = [["No", "Work", "Limit"]]
    rows += [[f"{i}", f"Close valve HV-{600 + i}<br/>and lock it<br/>with the key", f"{i} bar"] for i in range(20)]
    cells = [[Paragraph(cell, text) for cell in row] for row in rows]
    SimpleDocTemplate(file).build([Table(cells, style=GRID, colWidths=[40, 200, 80], splitInRow=1)])
    (block,) = tables(file.getvalue())
    assert {box.page for box in block.boxes} == {1, 2}
    assert block.text.splitlines() == [
        f"No: {i} | Work: Close valve HV-{600 + i} and lock it with the key | Limit: {i} bar" for i in range(20)
    ]


UPPER = [["Tag", "Service", "Alarm", "Trip"]]
LOWER = [["", "", "L", "H", "LL", "HH"], ["PT-1", "Drum", "2", "8", "1", "9"], ["PT-2", "Line", "3", "7", "2", "8"]]


def parted_header(lower: Rows, *, wide: float = 60) -> list[Block]:
    """Names over two columns each at the end of a page, the table they are parted into on the next."""
    file = io.BytesIO()
    parts = [
        Table(UPPER, style=GRID, colWidths=[60, 120, 2 * wide, 2 * wide]),
        PageBreak(),
        Table(lower, style=GRID, colWidths=[60, 120, *(4 * [wide])]),
    ]
    SimpleDocTemplate(file).build(parts)
    return tables(file.getvalue())


def test_a_header_of_two_rows_that_a_page_end_parts_is_one() -> None:
    (block,) = parted_header(LOWER)
    assert block.text.splitlines() == [
        "Tag: PT-1 | Service: Drum | Alarm / L: 2 | Alarm / H: 8 | Trip / LL: 1 | Trip / HH: 9",
        "Tag: PT-2 | Service: Line | Alarm / L: 3 | Alarm / H: 7 | Trip / LL: 2 | Trip / HH: 8",
    ]
    assert len(block.boxes) == 4


@pytest.mark.parametrize("first", [["Tag", "Place", "L", "H", "LL", "HH"], ["", "", "1", "2", "3", "4"]])
def test_a_table_below_names_of_its_own_stays_apart(first: list[str]) -> None:
    assert len(parted_header([first, *LOWER[1:]])) == 2
