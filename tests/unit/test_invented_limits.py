"""Tables of limits as people keep them: marks for "as above", names that come again or anew, powers in one cell."""

import io
from collections.abc import Sequence

import docx
from reportlab.lib import colors
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import SimpleDocTemplate, Table, TableStyle
from sample_files import bytes_of

from walkdown_ingestion.readers import read_bytes

Rows = Sequence[Sequence[str]]


def csv(rows: Rows) -> list[str]:
    text = "\n".join(",".join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row) for row in rows)
    return texts(text.encode(), "a.csv")


def word(rows: Rows) -> list[str]:
    document = docx.Document()
    table = document.add_table(len(rows), len(rows[0]))
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            table.cell(r, c).text = cell
    return texts(bytes_of(document.save), "a.docx")


def printed(rows: Rows) -> list[str]:
    held = io.BytesIO()
    grid = Table([list(row) for row in rows], style=TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black)]))
    SimpleDocTemplate(held).build([grid])
    return texts(held.getvalue(), "a.pdf")


def texts(data: bytes, name: str) -> list[str]:
    return [line for block in read_bytes(data, name).blocks for line in block.text.splitlines()]


def test_a_mark_for_the_cell_above_or_at_the_left_is_what_it_stands_for() -> None:
    rows = [
        ("Tag", "Low", "High", "Size"),
        ("P-1", "-5 - 10", "12,5", '2"'),
        ('"', "〃", "ditto", '"'),
        ("P-2", "상동", "同左", "3"),
        ("-do-", "7", "DO", "4"),
    ]
    assert (
        csv(rows)
        == word(rows)
        == [
            'Tag: P-1 | Low: -5 - 10 | High: 12,5 | Size: 2"',
            'Tag: P-1 | Low: -5 - 10 | High: 12,5 | Size: "',
            "Tag: P-2 | Low: -5 - 10 | High: -5 - 10 | Size: 3",
            "Tag: P-2 | Low: 7 | High: DO | Size: 4",
        ]
    )


def test_a_mark_below_nothing_stays_and_a_heading_between_rows_is_passed_over() -> None:
    rows = [("Tag", "Low", "High"), ("P-1", "〃", "9"), ("Unit 2", "Unit 2", "Unit 2"), ("P-2", "3", "〃")]
    assert csv(rows) == ["Tag: P-1 | Low: 〃 | High: 9", "Unit 2", "Tag: P-2 | Low: 3 | High: 9"]


AGAIN = [
    ("Tag", "Low", "High", "Unit"),
    ("P-1", "1", "2", "bar"),
    ("Tag", "Low", "High", "Unit"),
    ("P-2", "3", "4", "bar"),
    ("Tag", "Alarm", "Trip", "Unit"),
    ("T-1", "85", "95", "°C"),
    ("T-2", "86", "96", "°C"),
]


def test_names_that_come_again_are_no_row_and_other_names_are_those_of_what_is_below() -> None:
    expected = [
        "Tag: P-1 | Low: 1 | High: 2 | Unit: bar",
        "Tag: P-2 | Low: 3 | High: 4 | Unit: bar",
        "Tag: T-1 | Alarm: 85 | Trip: 95 | Unit: °C",
        "Tag: T-2 | Alarm: 86 | Trip: 96 | Unit: °C",
    ]
    assert csv(AGAIN) == word(AGAIN) == printed(AGAIN) == expected


def test_names_right_below_the_header_belong_to_it() -> None:
    page = b"| Tag | Alarm | Alarm |\n|---|---|---|\n| Tag | Low | High |\n| P-1 | 1 | 2 |\n| P-2 | 3 | 4 |\n"
    assert texts(page, "a.md")[0] == "Tag: P-1 | Alarm / Low: 1 | Alarm / High: 2"


def test_a_row_that_begins_like_the_header_but_holds_a_value_is_a_row() -> None:
    rows = [("Type", "Low", "High"), ("A", "1", "2"), ("Type", "3", "4"), ("Type", "x", ""), ("B", "5", "6")]
    assert csv(rows)[1:3] == ["Type: Type | Low: 3 | High: 4", "Type: Type | Low: x"]


def test_powers_below_each_other_in_a_cell_stay_apart() -> None:
    rows = [("Tag", "Normal, max"), ("P-1", "10⁻³\n2×10⁻³"), ("P-2", "5")]
    assert word(rows)[1] == "P-1: 10⁻³; 2×10⁻³"


def test_struck_words_that_run_into_what_they_became_are_left_out_as_a_whole() -> None:
    held = io.BytesIO()
    canvas = Canvas(held)
    end = 100 + canvas.stringWidth("Relief at 12.5 bar", "Helvetica", 12)
    begin = 100 + canvas.stringWidth("Relief at ", "Helvetica", 12)
    canvas.setFont("Helvetica", 12)
    canvas.drawString(100, 700, "Relief at 12.5 bar11.0 bar from today.")
    canvas.line(begin, 704, end, 704)
    canvas.save()
    assert texts(held.getvalue(), "a.pdf") == ["Relief at 11.0 bar from today."]


def test_a_raised_word_is_a_mark_and_no_unit() -> None:
    """`16.0` with a raised `주` is no 16 weeks."""
    page = "<p>설계 16.0<sup>주1</sup>, 최대 85<sup>주)</sup>, 20<sup>Note 2</sup> bar, 3주, 1<sup>st</sup></p>"
    expected = "설계 16.0 [주¹], 최대 85 [주], 20 [Note ²] bar, 3주, 1st"
    assert texts(page.encode(), "a.html") == [expected]
    document = docx.Document()
    paragraph = document.add_paragraph("설계 16.0")
    for text in ("주", "1"):
        paragraph.add_run(text).font.superscript = True
    assert texts(bytes_of(document.save), "a.docx") == ["설계 16.0 [주]¹"]


def test_a_raised_word_of_a_pdf_is_a_mark_and_no_unit() -> None:
    registerFont(UnicodeCIDFont("HYSMyeongJo-Medium"))
    held = io.BytesIO()
    canvas = Canvas(held)
    for n, parts in enumerate(((("16.0", "주1"), (" bar, 3주", "")), (("25 ", "주"), (" bar", "")))):
        line = canvas.beginText(100, 700 - 40 * n)
        for text, raised in parts:
            line.setFont("HYSMyeongJo-Medium", 12)
            line.textOut(text)
            line.setFont("HYSMyeongJo-Medium", 7)
            line.setRise(5)
            line.textOut(raised)
            line.setRise(0)
        canvas.drawText(line)
    canvas.save()
    assert texts(held.getvalue(), "a.pdf") == ["16.0 [주]¹ bar, 3주", "25 [주] bar"]
