"""Documents as plants write them: numbers keep their sign, unit and label, and what was deleted is not shown as valid.

Each test builds its small document; each fault was found by looking at the passages of such a document.
"""

import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

import docx
import openpyxl
import pptx
import pytest
from docx.oxml.ns import nsdecls
from docx.oxml.parser import parse_xml
from hwpx.document import HwpxDocument
from odfdo import Document, Element
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font
from pptx.util import Inches
from sample_files import bytes_of, rezipped

from walkdown.documents import ParsedDocument
from walkdown_ingestion.readers import read_bytes
from walkdown_ingestion.readers.xlsx_formats import display

W = nsdecls("w")


def text_of(parsed: ParsedDocument) -> str:
    return "\n".join(block.text for block in parsed.blocks)


def word(build: Callable[[Any], object]) -> ParsedDocument:
    document = docx.Document()
    build(document)
    return read_bytes(bytes_of(document.save), "a.docx")


def sheet(rows: Sequence[Sequence[object]], change: Callable[[Any], object] = lambda _: None) -> ParsedDocument:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    change(book.active)
    return read_bytes(bytes_of(book.save), "a.xlsx")


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (-1.5, "0.00;[Red]0.00", "-1.50"),
        (-1.5, "0.00_);[Red](0.00)", "-1.50"),
        (-1234.5, '#,##0.0_ ;[Red]\\-#,##0.0" "', "-1,234.5"),
        (-3, '0" °C";0" °C below zero"', "-3 °C below zero"),
        (-3, "0;△0", "△3"),
        (-0.001, "0.0;(0.0)", "(0.0)"),
        (-12, '0;"(loss) "0', "(loss) 12"),
        (2, "0;[Red]0", "2"),
    ],
)
def test_a_negative_number_of_a_sheet_keeps_its_sign(value: float, code: str, shown: str) -> None:
    assert display(value, code) == shown


def test_struck_text_and_raised_digits_of_a_sheet() -> None:
    struck, raised = InlineFont(strike=True), InlineFont(vertAlign="superscript")
    rows = [
        ("Tag", "Trip", "Unit"),
        ("PT-1", CellRichText(TextBlock(struck, "12.5"), " 13.0"), "barg"),
        ("PT-2", CellRichText("10", TextBlock(raised, "-6")), "mbar"),
        ("PT-3", "7.5", "barg"),
    ]

    def change(active: Any) -> None:
        active["B4"].font = Font(strike=True)
        active["B2"].comment = Comment("Was 12.5 until MoC 7", "Kim")

    parsed = sheet(rows, change)
    assert text_of(parsed).splitlines() == [
        "Tag: PT-1 | Trip: 13.0 | Unit: barg",
        "Tag: PT-2 | Trip: 10⁻⁶ | Unit: mbar",
        "Tag: PT-3 | Unit: barg",
    ]
    assert [w.partition(": ")[2] for w in parsed.warnings] == [
        "7 characters that are struck through were left out",
        "1 comments on cells were left out",
    ]


def test_struck_and_deleted_text_of_a_word_document() -> None:
    deleted = f'<w:p {W}><w:pPr><w:pStyle w:val="ListNumber"/><w:rPr><w:del w:id="1"/></w:rPr></w:pPr>'
    deleted += '<w:del w:id="2"><w:r><w:delText>Drain it</w:delText></w:r></w:del></w:p>'

    def build(document: Any) -> None:
        paragraph = document.add_paragraph("Open at ")
        paragraph.add_run("40 %").font.strike = True
        paragraph.add_run("45 %")
        document.add_paragraph("Open V-1", style="List Number")
        document.add_paragraph("Close V-2", style="List Number")._p.addprevious(parse_xml(deleted))

    parsed = word(build)
    # A step that was deleted takes no number: the next one is step 2.
    assert text_of(parsed).splitlines() == ["Open at 45 %", "1. Open V-1", "2. Close V-2"]
    assert parsed.warnings == (
        "4 characters that are struck through were left out",
        "8 characters that tracked changes delete were left out",
    )


BOX = (
    f'<w:p {W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:v" xmlns:s="urn:s">'
    "<w:r><mc:AlternateContent><mc:Choice Requires='s'><w:drawing><s:x><w:txbxContent><w:p><w:r><w:t>max 55 bar"
    "</w:t></w:r></w:p></w:txbxContent></s:x></w:drawing></mc:Choice><mc:Fallback><w:pict><v:x><w:txbxContent><w:p>"
    "<w:r><w:t>max 55 bar</w:t></w:r></w:p></w:txbxContent></v:x></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    "</w:p>"
)


def test_cells_of_word_with_a_table_a_box_and_numbers_below_each_other() -> None:
    def build(document: Any) -> None:
        table = document.add_table(2, 4)
        for cell, text in zip(table.rows[0].cells, ("Pump", "Settings", "Setpoint mm", "Note"), strict=True):
            cell.text = text
        table.cell(1, 0).text, table.cell(1, 2).text = "P-102", "12\n500\n-20"
        inner = table.cell(1, 1).add_table(3, 3)
        for row, texts in zip(inner.rows, ("Mode Flow Time", "Auto 40 5", "Manual 35 8"), strict=True):
            for cell, text in zip(row.cells, texts.split(), strict=True):
                cell.text = text
        table.cell(1, 3)._tc.append(parse_xml(BOX))

    [line] = text_of(word(build)).splitlines()
    assert line == (
        "Pump: P-102 | Settings: Mode: Auto, Flow: 40, Time: 5; Mode: Manual, Flow: 35, Time: 8 | "
        "Setpoint mm: 12; 500; -20 | Note: max 55 bar"
    )


def test_footnotes_of_word_stand_at_the_end_of_their_paragraph_and_comments_are_told() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("At most 85")
    mark = f'<w:r {W}><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="2"/></w:r>'
    paragraph._p.append(parse_xml(mark))
    paragraph.add_run(" °C in service.")
    document.add_comment(paragraph.runs, text="80 since MoC 12", author="Kim")
    notes = (
        f'<w:footnotes {W}><w:footnote w:id="0" w:type="separator"><w:p><w:r><w:t>---</w:t></w:r></w:p></w:footnote>'
        '<w:footnote w:id="2"><w:p><w:r><w:t>Above 30 barg 70 °C.</w:t></w:r></w:p></w:footnote></w:footnotes>'
    )
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    relation = f'<Relationship Id="rN" Type="{kind}" Target="footnotes.xml"/></Relationships>'.encode()
    declared = (
        b'<Override PartName="/word/footnotes.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        b'wordprocessingml.footnotes+xml"/></Types>'
    )
    data = rezipped(
        bytes_of(document.save),
        {
            "word/_rels/document.xml.rels": lambda part: part.replace(b"</Relationships>", relation),
            "[Content_Types].xml": lambda part: part.replace(b"</Types>", declared),
        },
    )
    with zipfile.ZipFile(held := io.BytesIO(data), "a") as package:
        package.writestr("word/footnotes.xml", notes)
    parsed = read_bytes(held.getvalue(), "a.docx")
    assert text_of(parsed) == "At most 85 °C in service. [Above 30 barg 70 °C.]"
    assert parsed.warnings == ("1 comments in the margin were left out",)


def test_struck_text_and_cells_of_html() -> None:
    page = """<p>Open at <s>40</s> 45 %. Trip at <del>12.5</del><ins>13.0</ins> barg.
    <span style="text-decoration: line-through">Stop 77.</span></p>
    <table><tr><th>Level</th><th>Setpoint mm</th><th>Old</th></tr>
    <tr><td>HH<br>H</td><td>12<br>500</td><td>90<del>95</del>
    98</td></tr></table>"""
    parsed = read_bytes(page.encode(), "a.html")
    assert text_of(parsed).splitlines() == [
        "Open at 45 %. Trip at 13.0 barg.",
        "Level: HH H | Setpoint mm: 12; 500 | Old: 90 98",
    ]
    assert parsed.warnings == ("16 characters that are struck through were left out",)


def test_struck_text_of_markdown() -> None:
    assert text_of(read_bytes(b"Trip at ~~12.5~~ 13.0 barg\n", "a.md")) == "Trip at 13.0 barg"


def test_struck_text_and_raised_digits_of_slides() -> None:
    slides = pptx.Presentation()
    slide = slides.slides.add_slide(slides.slide_layouts[6])
    frame = slide.shapes.add_textbox(Inches(1), Inches(1), Inches(5), Inches(1)).text_frame
    table = slide.shapes.add_table(2, 3, Inches(1), Inches(3), Inches(5), Inches(1)).table
    for c, text in enumerate(("Tag", "Leak mbar", "Level mm")):
        table.cell(0, c).text = text
    table.cell(1, 0).text, table.cell(1, 2).text = "P-1", "12\n500"
    for paragraph in (frame.paragraphs[0], table.cell(1, 1).text_frame.paragraphs[0]):
        for text, name, value in (("10", "", ""), ("-6", "baseline", "30000"), (" 99", "strike", "sngStrike")):
            run = paragraph.add_run()
            run.text = text
            if name:
                run._r.get_or_add_rPr().set(name, value)
    parsed = read_bytes(bytes_of(slides.save), "a.pptx")
    assert text_of(parsed).splitlines() == ["10⁻⁶", "Tag: P-1 | Leak mbar: 10⁻⁶ | Level mm: 12; 500"]
    assert parsed.warnings == ("slide 1: 6 characters that are struck through were left out",)


def test_struck_text_and_raised_digits_of_open_document() -> None:
    document = Document("text")
    content: Any = document.get_part("content.xml")
    document.body.clear()
    for name, attribute in (
        ("up", 'style:text-position="super 58%"'),
        ("out", 'style:text-line-through-style="solid"'),
    ):
        style = (
            f'<style:style style:name="{name}" style:family="text"><style:text-properties {attribute}/></style:style>'
        )
        content.get_element("//office:automatic-styles").append(Element.from_tag(style))
    spans = '10<text:span text:style-name="up">-6</text:span> <text:span text:style-name="out">99</text:span>'
    document.body.append(Element.from_tag(f"<text:p>{spans}</text:p>"))
    parsed = read_bytes(bytes_of(document.save), "a.odt")
    assert text_of(parsed) == "10⁻⁶" and parsed.warnings == ("2 characters that are struck through were left out",)


def test_struck_text_raised_digits_and_a_table_in_a_cell_of_hwpx() -> None:
    document = HwpxDocument.new()
    document.add_paragraph("누설률 10UP 이하 OUT", char_pr_id_ref="7")
    table = document.add_table(2, 2)
    for r, row in enumerate((("펌프", "설정"), ("P-102", "INNER"))):
        for c, text in enumerate(row):
            table.set_cell_text(r, c, text)
    inner = "".join(
        f"<hp:tr>{''.join(_cell(r, c, text) for c, text in enumerate(row.split()))}</hp:tr>"
        for r, row in enumerate(("운전 유량 시간", "자동 40 5", "수동 35 8"))
    )

    def body(part: bytes) -> bytes:
        text = part.decode()
        for mark, number, shown in (("UP", 98, "-6"), ("OUT", 99, "99")):
            begin = f'</hp:t></hp:run><hp:run charPrIDRef="{number}"><hp:t>{shown}</hp:t></hp:run>'
            text = text.replace(mark, f'{begin}<hp:run charPrIDRef="0"><hp:t>', 1)
        text = text.replace("INNER</hp:t>", f"</hp:t><hp:tbl>{inner}</hp:tbl>", 1)
        return text.encode()

    chars = (
        '<hh:charPr id="98" height="1000"><hh:supscript/></hh:charPr>'
        '<hh:charPr id="99" height="1000"><hh:strikeout shape="SOLID"/></hh:charPr></hh:charProperties>'
    )
    data = rezipped(
        document.to_bytes(),
        {
            "Contents/section0.xml": body,
            "Contents/header.xml": lambda part: part.replace(b"</hh:charProperties>", chars.encode()),
        },
    )
    parsed = read_bytes(data, "a.hwpx")
    assert text_of(parsed).splitlines() == [
        "누설률 10⁻⁶ 이하",
        "펌프: 설정",
        "P-102: 운전: 자동, 유량: 40, 시간: 5; 운전: 수동, 유량: 35, 시간: 8",
    ]
    assert parsed.warnings == ("2 characters that are struck through were left out",)


def _cell(row: int, column: int, text: str) -> str:
    return (
        f'<hp:tc><hp:subList><hp:p><hp:run charPrIDRef="0"><hp:t>{text}</hp:t></hp:run></hp:p></hp:subList>'
        f'<hp:cellAddr colAddr="{column}" rowAddr="{row}"/><hp:cellSpan colSpan="1" rowSpan="1"/></hp:tc>'
    )


NOTE = (
    '</hp:t><hp:ctrl><hp:footNote><hp:subList><hp:p><hp:run charPrIDRef="0"><hp:t>30 barg 이상 70 °C</hp:t></hp:run>'
    "</hp:p></hp:subList></hp:footNote></hp:ctrl><hp:t>"
)


def test_a_footnote_never_stands_between_a_number_and_its_unit() -> None:
    document = HwpxDocument.new()
    document.add_paragraph("최고 85NOTE °C 이다.")
    table = document.add_table(2, 2)
    for at, text in enumerate(("항목", "한계", "온도", "85NOTE °C")):
        table.set_cell_text(at // 2, at % 2, text)
    data = rezipped(document.to_bytes(), {"Contents/section0.xml": lambda part: part.replace(b"NOTE", NOTE.encode())})
    assert text_of(read_bytes(data, "a.hwpx")).splitlines() == [
        "최고 85 °C 이다. [30 barg 이상 70 °C]",
        "항목: 한계",
        "온도: 85 °C [30 barg 이상 70 °C]",
    ]
    odt = Document("text")
    odt.body.clear()
    note = "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>above 30 barg 70 °C</text:p>"
    odt.body.append(Element.from_tag(f"<text:p>At most 85{note}</text:note-body></text:note> °C.</text:p>"))
    assert text_of(read_bytes(bytes_of(odt.save), "a.odt")) == "At most 85 °C. [above 30 barg 70 °C]"
