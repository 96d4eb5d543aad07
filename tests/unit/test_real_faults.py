"""Faults that real files have: sideways pages, preambles, footers drawn as boxes, wrong suffixes, text nobody sees."""

import io
import unicodedata
from collections.abc import Callable

import docx
import openpyxl
import pptx
import pytest
from docx.shared import Pt, RGBColor
from openpyxl.styles import Font, PatternFill
from pptx.dml.color import RGBColor as SlideColor
from pptx.util import Inches
from reportlab.pdfgen.canvas import Canvas

from walkdown.documents import ParsedDocument
from walkdown.errors import DocumentError
from walkdown_ingestion import readers

TABLE = (("Tag", "Low (bar)", "High (bar)"), ("PT-1", "1.0", "2.0"), ("PT-2", "1.5", "2.5"), ("PT-3", "1.7", "2.7"))
ROW = "Tag: PT-2 | Low (bar): 1.5 | High (bar): 2.5"


def read(data: bytes, name: str) -> ParsedDocument:
    return readers.read_bytes(data, name)


def drawn(canvas: Canvas, top: float) -> None:
    canvas.setFont("Helvetica", 11)
    canvas.drawString(60, top, "Feed pump start procedure for the night shift of the plant.")
    for i, row in enumerate(TABLE):
        for x, text in zip((60, 200, 340), row, strict=True):
            canvas.drawString(x, top - 60 - i * 20, text)


def sideways(angle: int, rotation: int = 0) -> bytes:
    """A page whose text runs at an angle, with or without the flag that turns it when shown."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(595, 842), invariant=1)
    canvas.translate(*{0: (0, 0), 90: (595, 0), 180: (595, 842), 270: (0, 842)}[angle])
    canvas.rotate(angle)
    drawn(canvas, 760 if angle in (0, 180) else 500)
    canvas.showPage()
    canvas.save()
    data = file.getvalue()
    return data.replace(b"/Rotate 0", f"/Rotate {rotation}".encode()) if rotation else data


@pytest.mark.parametrize(("angle", "rotation"), [(90, 0), (180, 0), (270, 0), (90, 90)])
def test_a_sideways_page_is_read_as_its_text_runs(angle: int, rotation: int) -> None:
    document = read(sideways(angle, rotation), "a.pdf")
    assert ROW in document.text
    assert "night shift of the plant." in document.text


def test_boxes_of_a_sideways_page_lie_on_the_page_as_filed() -> None:
    box = read(sideways(90), "a.pdf").blocks[0].boxes[0]
    # Drawn upwards at x = 595 - 500, from y = 60 above the foot.
    assert box.x0 < 95 < box.x1 + 4
    assert (round(842 - box.y1), box.x1 <= 595, box.y1 - box.y0 > 200) == (60, True, True)


@pytest.mark.parametrize("encoding", ["utf-8", "cp949", "utf-16"])
@pytest.mark.parametrize("mark", [";", "\t", ","])
def test_lines_of_labels_above_an_export_are_not_its_header(mark: str, encoding: str) -> None:
    lines = ["보일러 설정값", f"작성일{mark}2024-01-01", "", mark.join(("태그", "하한 (bar)", "상한 (bar)"))]
    lines += [mark.join(("PT-1", "1.0", "2.0")), mark.join(("PT-2", '"1.5\n(잠정)"', "2.5"))]
    document = read("\n".join(lines).encode(encoding), "a.csv")
    assert "태그: PT-2 | 하한 (bar): 1.5 (잠정) | 상한 (bar): 2.5" in document.text
    assert "작성일: 2024-01-01" in document.text


def test_a_table_without_names_keeps_its_first_row() -> None:
    assert "PT-1" in read(b"PT-1,1.0\nPT-2,1.5,2.5\nPT-3,1.7,2.7\n", "a.csv").text


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"<html><table><tr><th>Tag<th>Low<th>High</tr><tr><td>PT-1<td>1.0<td>2.0</tr></table></html>", "a.xls"),
        (b"<html><table><tr><th>Tag<th>Low<th>High</tr><tr><td>PT-1<td>1.0<td>2.0</tr></table></html>", "a.doc"),
        (b"Tag\tLow\tHigh\nPT-1\t1.0\t2.0\nPT-2\t1.5\t2.5\n", "a.xls"),
    ],
)
def test_exports_under_an_office_suffix_are_read_as_what_they_are(data: bytes, name: str) -> None:
    assert "Tag: PT-1 | Low: 1.0 | High: 2.0" in read(data, name).text


def test_other_bytes_under_an_office_suffix_are_still_refused() -> None:
    with pytest.raises(DocumentError, match="content does not begin as one"):
        read(b"only a line of text", "a.xls")


def test_a_table_in_a_cell_keeps_its_own_header() -> None:
    page = (
        "<table><tr><th>Tag</th><th>Detail</th><th>Limit (bar)</th></tr><tr><td>PT-1</td><td><table><tr><th>Mode</th>"
        "<th>Low</th><th>High</th></tr><tr><td>start</td><td>1.0</td><td>2.0</td></tr></table></td><td>12</td></tr></table>"
    )
    assert "Detail: Mode: start, Low: 1.0, High: 2.0 | Limit (bar): 12" in read(page.encode(), "a.html").text


def test_a_table_that_only_places_another_is_no_table() -> None:
    inner = "<table><tr><th>Tag</th><th>Low</th><th>High</th></tr><tr><td>P-1</td><td>1</td><td>2</td></tr></table>"
    page = f"<table><tr><td><h1>Title</h1><p>Text of the page.</p>{inner}</td></tr></table>"
    assert "Tag: P-1 | Low: 1 | High: 2" in read(page.encode(), "a.html").text


@pytest.mark.parametrize(
    "hidden",
    [
        '<p class="x">SECRET instruction</p>',
        '<p id="y">SECRET instruction</p>',
        '<p style="color:#fff">SECRET instruction</p>',
        '<p style="color:white;background:white">SECRET instruction</p>',
        '<p style="display:none">SECRET instruction</p>',
    ],
)
def test_text_hidden_on_a_page_is_left_out_and_told(hidden: str) -> None:
    style = "<style>@media print { p {display:none} } .x, #y { display: none }</style>"
    document = read(f"<html><head>{style}</head><body><p>Trip at 12 bar</p>{hidden}</body></html>".encode(), "a.html")
    assert document.text == "Trip at 12 bar"
    assert document.warnings == ("18 characters that no reader of the page can see were left out",)


def test_white_text_on_a_dark_ground_is_seen() -> None:
    page = '<html><body><div style="background:#003366"><p style="color:#fff">Trip at 12 bar</p></div></body></html>'
    assert read(page.encode(), "a.html").text == "Trip at 12 bar"


def workbook(fill: Callable[[openpyxl.Workbook], None]) -> bytes:
    book = openpyxl.Workbook()
    fill(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_cells_that_show_nothing_are_left_out_and_white_on_blue_stays() -> None:
    def fill(book: openpyxl.Workbook) -> None:
        sheet = book.active
        assert sheet is not None
        for row in TABLE:
            sheet.append(row)
        sheet["D1"], sheet["D2"], sheet["D3"], sheet["D4"] = "Remark", "a", "b", "c"
        sheet["E1"] = "Note"
        sheet["E2"], sheet["E3"], sheet["E4"] = "SECRET white", "SECRET format", "seen on blue"
        sheet["E2"].font = sheet["E4"].font = Font(color="FFFFFFFF")
        sheet["E4"].fill = PatternFill("solid", fgColor="FF003366")
        sheet["E3"].number_format = ";;;"

    document = read(workbook(fill), "a.xlsx")
    assert "SECRET" not in document.text
    assert "seen on blue" in document.text
    assert f"{ROW} | Remark: b" in document.text
    assert any("25 characters in cells that show nothing" in warning for warning in document.warnings)


def test_white_and_minute_text_of_a_word_document_is_left_out() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "OP-7 Rev. 3"
    document.sections[0].footer.paragraphs[0].text = "Page 1"
    document.add_paragraph("Trip at 12 bar.")
    document.add_paragraph().add_run("SECRET white").font.color.rgb = RGBColor(255, 255, 255)
    document.add_paragraph().add_run("SECRET minute").font.size = Pt(1)
    table = document.add_table(1, 2)
    table.cell(0, 0).paragraphs[0].add_run("Tag on blue").font.color.rgb = RGBColor(255, 255, 255)
    table.cell(0, 1).text = "P-101"
    file = io.BytesIO()
    document.save(file)
    read_back = read(file.getvalue(), unicodedata.normalize("NFD", "급수펌프.docx"))
    assert [block.text for block in read_back.blocks] == ["Trip at 12 bar.", "Tag on blue: P-101"]
    assert read_back.metadata["margins"] == "OP-7 Rev. 3\nPage 1"
    assert read_back.warnings == ("25 characters that no reader of the page can see were left out",)


def slides() -> bytes:
    deck = pptx.Presentation()
    for i in range(4):
        slide = deck.slides.add_slide(deck.slide_layouts[5])
        title = slide.shapes.title
        assert title is not None
        title.text = f"Step {i}"

        def box(text: str, x: float, y: float, on: object = slide) -> object:
            shape = on.shapes.add_textbox(Inches(x), Inches(y), Inches(4), Inches(0.3))  # type: ignore[attr-defined]
            shape.text_frame.text = text
            return shape

        box(f"Trip at {i + 10} bar", 1, 3)
        box("TR-9 Rev. 2", 0.5, 7.05)
        box(f"{i + 1}", 8, 7.05)
        shape = box("SECRET remark", 1, 5)
        shape.text_frame.paragraphs[0].runs[0].font.color.rgb = SlideColor(255, 255, 255)  # type: ignore[attr-defined, no-untyped-call]
        notes = slide.notes_slide.notes_text_frame
        assert notes is not None
        notes.text = f"Tell them about valve {i}."
    file = io.BytesIO()
    deck.save(file)
    return file.getvalue()


def test_slides_lose_what_they_repeat_and_keep_their_notes_as_notes() -> None:
    document = read(slides(), "a.pptx")
    assert [block.text for block in document.blocks[:3]] == [
        "Step 0",
        "Trip at 10 bar",
        "Speaker notes: Tell them about valve 0.",
    ]
    assert "TR-9" not in document.text
    assert "SECRET" not in document.text
    assert document.metadata["margins"] == "TR-9 Rev. 2"
    assert len(document.warnings) == 4


def test_a_date_that_does_not_exist_in_front_matter_is_named() -> None:
    with pytest.raises(DocumentError, match="a date that does not exist") as caught:
        read(b"---\nid: D-1\neffective_date: 2024-13-41\n---\n# Title\n\nText.\n", "a.md")
    assert "front matter" in caught.value.remedy
