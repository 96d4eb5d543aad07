"""Raised figures, boxes to tick, notes and fields as plants write them: a figure is what a reader of the page sees.

Each test builds its small document; each fault was found by looking at the passages of such a document.
"""

import re
import struct
from email.message import EmailMessage
from typing import Any
from unittest.mock import patch

import docx
import pptx
import pytest
from docx.oxml.ns import nsdecls
from docx.oxml.parser import parse_xml
from hwpx.document import HwpxDocument
from odfdo import Document, Element
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches
from sample_files import bytes_of, rezipped

from walkdown.documents import ParsedDocument
from walkdown_ingestion.clean import clean_cell, superscript
from walkdown_ingestion.readers import read_bytes
from walkdown_ingestion.readers.hangul.flow import Para, TablePart
from walkdown_ingestion.readers.hangul.hwp5 import Body
from walkdown_ingestion.readers.hangul.hwp5_records import (
    CTRL_HEADER,
    LIST_HEADER,
    PARA_HEADER,
    PARA_TEXT,
    TABLE,
    DocInfo,
    Head,
    Record,
)

W, A = nsdecls("w"), nsdecls("a")


def text_of(parsed: ParsedDocument) -> str:
    return "\n".join(block.text for block in parsed.blocks)


def page(text: str) -> ParsedDocument:
    return read_bytes(text.encode(), "a.html")


@pytest.mark.parametrize(
    ("raised", "shown"),
    [("1,2", "¹,²"), ("1), 2)", "¹), ²)"), ("[2]", "[²]"), ("0.5", "⁰.⁵"), ("1*", "¹*"), ("12.5 bar", "12.5 bar")],
)
def test_several_raised_marks_are_no_figures(raised: str, shown: str) -> None:
    assert superscript(raised) == shown


def test_raised_letters_of_html_inside_links_and_other_letters() -> None:
    text = "<p>10<sup><b>5</b></sup> Pa, 85<sup><a>1</a></sup> °C, m<span style='vertical-align: super'>3</span></p>"
    table = "<table><tr><th>a</th><th>b</th></tr><tr><td>10<sup><i>-6</i></sup></td><td>85<sup><a>1</a>,<a>2</a></sup>"
    assert text_of(page(text + table)).splitlines() == ["10⁵ Pa, 85¹ °C, m³", "a: 10⁻⁶ | b: 85¹,²"]


def test_fields_pictures_and_terms_of_html() -> None:
    text = """<p><input type=checkbox checked> open <input type=radio> closed, <input value="12.5"> bar,
    <select><option>low</option><option selected>high</option></select><input type=hidden value=77></p>
    <p><input type=checkbox></p>
    <table><tr><th>Valve</th><th>State</th></tr><tr><td>V-1</td><td><img src=o.png alt="open"></td></tr>
    <tr><td>V-2</td><td><input type=checkbox></td></tr></table>
    <dl><dt>Set pressure:</dt><dd>12.5 bar</dd><dt>Trip</dt><dt>Stop</dt><dd>13 bar</dd><dt>Spare</dt></dl>"""
    assert text_of(page(text)).splitlines() == [
        "☑ open ☐ closed, 12.5 bar, high",
        "Valve: V-1 | State: open",
        "Valve: V-2 | State: ☐",
        "Set pressure: 12.5 bar",
        "Trip, Stop: 13 bar",
        "Spare",
    ]


def test_a_table_in_a_cell_of_a_table_without_header_cells() -> None:
    inner = "<table><tr><td>Mode</td><td>Low</td><td>High</td></tr><tr><td>Auto</td><td>40</td><td>50</td></tr></table>"
    outer = f"<table><tr><td>Item</td><td>Value</td></tr><tr><td>Settings</td><td>{inner}</td></tr></table>"
    assert text_of(page(outer)).splitlines() == ["Item: Value", "Settings: Mode: Auto, Low: 40, High: 50"]
    # A page laid out by a table: its parts stay apart.
    layout = f"<table><tr><td>{inner}</td><td>{inner}</td></tr></table>"
    assert text_of(page(layout)).splitlines() == ["Mode: Auto | Low: 40 | High: 50"] * 2
    long = f"<table><tr><td>Menu</td><td>News</td></tr><tr><td>{'text ' * 100}</td><td>{inner}</td></tr></table>"
    assert "Mode: Auto | Low: 40 | High: 50" in text_of(page(long)).splitlines()


def test_a_mail_is_read_from_its_page_where_that_tells_more() -> None:
    def mail(markup: str) -> ParsedDocument:
        message = EmailMessage()
        message["Subject"] = "Limits"
        message.set_content("Tag Low High\nPT-1 4.5 6\n12.5 13\n")
        message.add_alternative(f"<html><body>{markup}</body></html>", subtype="html")
        parts: Any = message.get_payload()
        parts[1].add_related(b"\x89PNG\r\n\x1a\n", maintype="image", subtype="png", cid="<x>")
        return read_bytes(message.as_bytes(), "a.eml")

    table = "<table><tr><th>Tag</th><th>Low</th><th>High</th></tr><tr><td>PT-1</td><td>4.5</td><td>6</td></tr></table>"
    assert text_of(mail(f"{table}<img src='cid:x'>")).splitlines() == ["Limits", "Tag: PT-1 | Low: 4.5 | High: 6"]
    struck = mail("<p><s>12.5</s> 13 bar</p>")
    assert text_of(struck) == "Limits\n13 bar" and "struck through" in struck.warnings[0]
    assert text_of(mail("<p>Tag Low High</p>")).splitlines()[1:] == ["Tag Low High", "PT-1 4.5 6", "12.5 13"]


def test_boxes_and_signs_of_word() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph()
    signs = "".join(
        f'<w:sym w:font="{font}" w:char="{code}"/><w:t xml:space="preserve"> 5 </w:t>'
        for font, code in (("Wingdings 2", "F0A3"), ("Symbol", "F0A3"), ("Wingdings", "F0FE"), ("Wingdings 2", "F052"))
    )
    paragraph._p.append(parse_xml(f"<w:r {W}>{signs}</w:r>"))
    typed = f'<w:r {W}><w:rPr><w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/></w:rPr><w:t>\u00fe</w:t></w:r>'
    paragraph._p.append(parse_xml(typed))
    for ticked in ("", "<w:checked/>", '<w:checked w:val="0"/>'):
        box = f'<w:ffData><w:checkBox><w:default w:val="0"/>{ticked}</w:checkBox></w:ffData>'
        paragraph._p.append(parse_xml(f'<w:r {W}><w:fldChar w:fldCharType="begin">{box}</w:fldChar></w:r>'))
    assert text_of(read_bytes(bytes_of(document.save), "a.docx")) == "□ 5 ≤ 5 ☑ 5 ☑ 5 ☑☐☑☐"


def test_a_word_set_from_top_to_bottom() -> None:
    assert [clean_cell(text) for text in ("비\n고", "보\n일\n러", "H\ne\na\nd")] == ["비고", "보일러", "Head"]
    assert [clean_cell(text) for text in ("A\nB\nC", "1\n2", "유량\n양정")] == ["A B C", "1; 2", "유량 양정"]


def test_numbers_of_a_chart_are_read_as_shown() -> None:
    slides = pptx.Presentation()
    charted: Any = CategoryChartData
    data = charted(number_format="0%")
    data.categories = ["low", "high"]
    data.add_series("Opening", (0.5, 0.75))
    data.add_series("Flow", (1234.5, -3), number_format='#,##0.0" t/h"')
    data.add_series("Day", (45000, 45001), number_format="yyyy-mm-dd")
    slides.slides.add_slide(slides.slide_layouts[6]).shapes.add_chart(
        XL_CHART_TYPE.COLUMN_CLUSTERED, Inches(1), Inches(1), Inches(4), Inches(3), data
    )
    assert text_of(read_bytes(bytes_of(slides.save), "a.pptx")).splitlines() == [
        "low | Opening: 50% | Flow: 1,234.5 t/h | Day: 2023-03-15",
        "high | Opening: 75% | Flow: -3.0 t/h | Day: 2023-03-16",
    ]


def test_fields_and_annexes_of_hwpx() -> None:
    document = HwpxDocument.new()
    for text in (
        "【별표 4】 안전밸브 설정압력",
        "밸브 BOX",
        "압력 FIELD bar",
        "[붙임 1] 점검표",
        "붙임: 1. 성적서 1부.",
    ):
        document.add_paragraph(text)
    box = '</hp:t><hp:checkBtn caption="개방" value="CHECKED"/><hp:checkBtn caption="폐쇄" value="UNCHECKED"/><hp:t>'
    field = "</hp:t><hp:edit><hp:text>12.5</hp:text></hp:edit><hp:t>"

    def body(part: bytes) -> bytes:
        return part.replace(b"BOX", box.encode()).replace(b"FIELD", field.encode())

    blocks = read_bytes(rezipped(document.to_bytes(), {"Contents/section0.xml": body}), "a.hwpx").blocks
    assert [block.text for block in blocks if block.level] == ["【별표 4】 안전밸브 설정압력", "[붙임 1] 점검표"]
    assert [block.text for block in blocks if not block.level] == [
        "밸브 ☑ 개방 ☐ 폐쇄",
        "압력 12.5 bar",
        "붙임: 1. 성적서 1부.",
    ]


def hwp_paragraph(text: str, *controls: Record) -> Record:
    """A paragraph record; each `@` in the text is the place of a control."""
    units = b"".join(struct.pack("<8H", 17, *[0] * 6, 17) if c == "@" else c.encode("utf-16-le") for c in text)
    return Record(PARA_HEADER, 0, b"\0" * 22, [Record(PARA_TEXT, 1, units, []), *controls])


def hwp_note(text: str) -> Record:
    return Record(CTRL_HEADER, 1, b"  nf", [Record(LIST_HEADER, 2, b"\0" * 8, []), hwp_paragraph(text)])


def hwp_table(*rows: tuple[Record | str, ...]) -> Record:
    below: list[Record] = [Record(TABLE, 2, b"", [])]
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            below.append(Record(LIST_HEADER, 2, b"\0" * 8 + struct.pack("<4H", c, r, 1, 1), []))
            below += [hwp_paragraph(text) for text in cell.split("|")] if isinstance(cell, str) else [cell]
    return Record(CTRL_HEADER, 1, b" lbt", below)


def test_notes_and_tables_in_cells_of_hwp() -> None:
    inner = hwp_table(("운전", "유량", "시간"), ("자동", "40", "5"), ("수동", "35", "8"))
    noted = hwp_paragraph("85@ °C", hwp_note("30 barg 이상 70 °C"))
    outer = hwp_table(("펌프", "설정", "한계", "단계"), ("P-102", hwp_paragraph("@", inner), noted, "12|500|-20"))
    body = Body(DocInfo([]))
    body.walk([hwp_paragraph("최고 85@ °C 이다.", hwp_note("30 barg 이상 70 °C")), hwp_paragraph("@", outer)])
    first, table = body.parts
    assert isinstance(first, Para) and first.text == "최고 85 °C 이다. [30 barg 이상 70 °C]"
    assert isinstance(table, TablePart)
    assert table.rows[1] == [
        "P-102",
        "운전: 자동, 유량: 40, 시간: 5; 운전: 수동, 유량: 35, 시간: 8",
        "85 °C [30 barg 이상 70 °C]",
        "12; 500; -20",
    ]


def test_what_is_struck_in_the_markup_of_markdown_is_told() -> None:
    parsed: Any = read_bytes(b"<p>Trip at <s>12.5</s> 13 bar</p>\n", "a.md")
    assert text_of(parsed) == "Trip at 13 bar" and "struck through" in parsed.warnings[0]


def test_footnotes_of_markdown_stand_at_the_end_of_their_paragraph_or_cell() -> None:
    text = "Trip at 85[^1] °C.\n\n| Tag | High |\n|---|---|\n| TT-1 | 90[^n] |\n\n[^1]: Above 30 bar ~~80~~ **70**.\n"
    lines = text_of(read_bytes(f"{text}[^n]: Old\n".encode(), "a.md")).splitlines()
    assert lines == ["Trip at 85 °C. [Above 30 bar 70.]", "Tag: TT-1 | High: 90 [Old]"]
    alone = text_of(read_bytes(b"Trip at 85.\n\n[^1]: Above 30 bar 70.\n", "a.md"))
    assert alone.splitlines() == ["Trip at 85.", "[^1]: Above 30 bar 70."]


def test_numbers_that_word_counts_in_cells_are_read_and_counted() -> None:
    document = docx.Document()
    document.add_paragraph("Isolate", style="List Number")
    table = document.add_table(3, 3)
    rows = (("No.", "Action", "Limit"), ("", "Open V-1", "5 bar"), ("", "Vent", "mw"))
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            table.cell(r, c).text = text
    for r in (1, 2):
        table.cell(r, 0).paragraphs[0].style = document.styles["List Number"]
    table.cell(1, 1).paragraphs[0].style = document.styles["List Bullet"]
    table.cell(2, 2).paragraphs[0].runs[0].font.all_caps = True
    document.add_paragraph("Restart", style="List Number")
    assert text_of(read_bytes(bytes_of(document.save), "a.docx")).splitlines() == [
        "1. Isolate",
        "No.: 2. | Action: Open V-1 | Limit: 5 bar",
        "No.: 3. | Action: Vent | Limit: MW",
        "4. Restart",
    ]


def test_a_cell_of_word_that_was_deleted_under_tracked_changes_is_empty() -> None:
    document = docx.Document()
    table = document.add_table(2, 3)
    for r, row in enumerate((("Tag", "Low", "High"), ("PT-1", "1.5", "2"))):
        for c, text in enumerate(row):
            table.cell(r, c).text = text
    table.cell(1, 2)._tc.get_or_add_tcPr().append(parse_xml(f'<w:cellDel {W} w:id="5"/>'))
    assert text_of(read_bytes(bytes_of(document.save), "a.docx")) == "Tag: PT-1 | Low: 1.5"


def test_numbers_of_paragraphs_in_cells_of_hwpx() -> None:
    document = HwpxDocument.new()
    table = document.add_table(3, 2)
    for r, row in enumerate((("작업", "기준"), ("NUM밸브 개방", "5 bar"), ("NUM배기", "0 bar"))):
        for c, text in enumerate(row):
            table.set_cell_text(r, c, text)
    numbered = (
        '<hh:paraPr id="90"><hh:heading type="NUMBER" idRef="9" level="0"/></hh:paraPr></hh:paraProperties>',
        '<hh:numbering id="9" start="1"><hh:paraHead level="1" start="1" numFormat="DIGIT">^1.</hh:paraHead>'
        "</hh:numbering></hh:numberings>",
    )

    def head(part: bytes) -> bytes:
        text = part.decode()
        for new in numbered:
            end = f"</hh:{new.rpartition('</hh:')[2]}"
            assert end in text
            text = text.replace(end, new, 1)
        return text.encode()

    def body(part: bytes) -> bytes:
        pieces = part.decode().split("<hp:p ")
        marked = [re.sub(r'paraPrIDRef="\d+"', 'paraPrIDRef="90"', p, count=1) if "NUM" in p else p for p in pieces]
        return "<hp:p ".join(marked).replace("NUM", "").encode()

    parts = {"Contents/header.xml": head, "Contents/section0.xml": body}
    parsed = read_bytes(rezipped(document.to_bytes(), parts), "a.hwpx")
    assert text_of(parsed).splitlines() == ["작업: 기준", "1. 밸브 개방: 5 bar", "2. 배기: 0 bar"]


def test_numbers_of_lists_in_html_slides_and_open_document() -> None:
    listed = "<ol type=a start=2><li>open</li><li>close</li></ol><ol reversed><li>two</li><li>one</li></ol>"
    assert text_of(page(listed)).splitlines() == ["b. open", "c. close", "2. two", "1. one"]
    slides = pptx.Presentation()
    slide = slides.slides.add_slide(slides.slide_layouts[6])
    frame = slide.shapes.add_textbox(Inches(1), Inches(1), Inches(5), Inches(2)).text_frame
    schemes = [("arabicPeriod", 3, 0)] * 2 + [("alphaLcParenR", 1, 1), ("", 1, 0), ("circleNumDbPlain", 1, 0)]
    for number, (scheme, start, level) in enumerate(schemes):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.text, paragraph.level = f"step {number}", level
        if scheme:
            numbered = parse_xml(f'<a:buAutoNum {A} type="{scheme}" startAt="{start}"/>')
            paragraph._p.get_or_add_pPr().append(numbered)
    shown = text_of(read_bytes(bytes_of(slides.save), "a.pptx")).splitlines()
    assert shown == ["3. step 0", "4. step 1", "a) step 2", "step 3", "① step 4"]
    document: Any = Document("text")
    document.body.clear()
    levels = "".join(
        f'<text:list-level-style-number text:level="{level}" style:num-format="{shape}" style:num-suffix=")" {more}/>'
        for level, shape, more in ((1, "1", ""), (2, "a", 'text:display-levels="2"'))
    )
    style = Element.from_tag(f'<text:list-style style:name="L">{levels}</text:list-style>')
    document.get_part("content.xml").get_element("//office:automatic-styles").append(style)
    item = "<text:list-item{}><text:p>{}</text:p>{}</text:list-item>"
    inner = f"<text:list>{item.format('', 'vent', '')}{item.format('', 'drain', '')}</text:list>"
    for attribute, items in (
        ("", item.format("", "open", inner)),
        (' text:continue-numbering="true"', item.format("", "close", "")),
        ("", item.format(' text:start-value="7"', "start", "")),
    ):
        document.body.append(Element.from_tag(f'<text:list text:style-name="L"{attribute}>{items}</text:list>'))
    shown = text_of(read_bytes(bytes_of(document.save), "a.odt")).splitlines()
    assert shown == ["1) open", "1.a) vent", "1.b) drain", "2) close", "7) start"]


def test_numbers_of_paragraphs_in_cells_of_hwp() -> None:
    info = DocInfo([])
    body = Body(info)
    table = hwp_table(("작업", "기준"), ("밸브 개방", "5 bar"))
    head = patch.object(info, "head", return_value=Head("NUMBER", 1, 0))
    with head, patch.object(info, "number", side_effect=iter("1234")):
        body.walk([hwp_paragraph("@", table)])
    [part] = body.parts
    assert isinstance(part, TablePart) and part.rows == [["1. 작업", "2. 기준"], ["3. 밸브 개방", "4. 5 bar"]]
