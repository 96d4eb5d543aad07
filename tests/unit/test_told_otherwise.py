"""What files say in a way of their own: eras, drawn letters, boxes on sheets, roles of web pages, templates."""

import copy
import datetime as dt
import io
import zipfile

import docx
import openpyxl
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from lxml import etree
from pptx import Presentation

from walkdown.documents import ParsedDocument
from walkdown.errors import DocumentError
from walkdown_ingestion.label_status import find_superseded
from walkdown_ingestion.readers import SUFFIXES, choose, read_bytes
from walkdown_ingestion.readers.containers import read_all
from walkdown_ingestion.readers.xlsx_formats import display

_DAY = dt.datetime.fromisoformat("2024-05-06T15:30")


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ('[$-411]ggge"年"m"月"d"日"', "令和6年5月6日"),
        ("[$-411]ge.m.d", "R6.5.6"),
        ('yyyy"年"m"月"d"日("aaa")"', "2024年5月6日(Mon)"),
        ('[$-411]m"月"d"日"(aaa)', "5月6日(月)"),
        ('[$-412]yyyy"년" m"월" d"일" dddd', "2024년 5월 6일 월요일"),
        ("[$-804]dddd", "星期一"),
        ("[$-C0A]d mmmm yyyy, dddd", "6 mayo 2024, lunes"),
        ("[$-412]AM/PM h:mm", "오후 3:30"),
        ("d-mmm-yy", "6-May-24"),
        ("dddd", "Monday"),
        ("h:mm AM/PM", "3:30 PM"),
        ("[$-412]mmm", "5월"),
    ],
)
def test_dates_in_the_words_of_a_language(code: str, shown: str) -> None:
    assert display(_DAY, code) == shown


def test_eras_of_japan_change_on_their_day() -> None:
    days = (dt.date(2019, 4, 30), dt.date(2019, 5, 1), dt.date(1989, 1, 7), dt.date(1989, 1, 8))
    assert [display(day, "[$-411]ggge") for day in days] == ["平成31", "令和1", "昭和64", "平成1"]


def _saved(document: object) -> bytes:
    held = io.BytesIO()
    document.save(held)  # type: ignore[attr-defined]
    return held.getvalue()


_LETTERS = (
    '<w:r {0}><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textpath string="{1}"/></v:shape></w:pict>'
    "</w:r>"
)


def test_a_watermark_of_word_tells_of_the_document_and_letters_drawn_in_its_text_are_read() -> None:
    document = docx.Document()
    document.add_paragraph("XV-1 closes at 12 bar")._p.append(parse_xml(_LETTERS.format(nsdecls("w"), "고압 위험")))
    head = document.sections[0].header.paragraphs[0]
    head.text = "Doc OP-12"
    head._p.insert(0, parse_xml(_LETTERS.format(nsdecls("w"), "SUPERSEDED")))
    parsed = read_bytes(_saved(document), "a.docx")
    assert parsed.metadata["margins"].split("\n") == ["SUPERSEDED", "Doc OP-12"]
    assert find_superseded(parsed.metadata["margins"])
    assert parsed.text == "XV-1 closes at 12 bar\n고압 위험"


def test_cells_that_old_programs_merge_across() -> None:
    document = docx.Document()
    table = document.add_table(2, 3)
    for row, texts in zip(table.rows, (("Limits", "", "Unit"), ("1", "9", "bar")), strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    for cell, value in zip(table.rows[0].cells[:2], ("restart", "continue"), strict=True):
        cell._tc.get_or_add_tcPr().append(parse_xml(f'<w:hMerge {nsdecls("w")} w:val="{value}"/>'))
    found = read_bytes(_saved(document), "a.docx").blocks[0].table
    assert found is not None
    assert [*found.header, *found.rows][0] == ("Limits", "Limits", "Unit")


def _as(data: bytes, kind: str, other: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(held, "w") as new:
        for name in old.namelist():
            inside = old.read(name)
            if name == "[Content_Types].xml":
                assert kind.encode() in inside
                inside = inside.replace(kind.encode(), other.encode())
            new.writestr(name, inside)
    return held.getvalue()


def test_files_with_macros_templates_and_shows() -> None:
    document = docx.Document()
    document.add_paragraph("Low 5 bar")
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    for suffix, kind in (
        (".docm", "application/vnd.ms-word.document.macroEnabled.main+xml"),
        (".dotm", "application/vnd.ms-word.template.macroEnabledTemplate.main+xml"),
        (".dotx", "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"),
    ):
        assert read_bytes(_as(_saved(document), word, kind), f"a{suffix}").text == "Low 5 bar"
        assert suffix in SUFFIXES
    slides = Presentation()
    slides.slides.add_slide(slides.slide_layouts[5]).shapes.title.text = "Low 5 bar"
    show = _as(_saved(slides), "presentationml.presentation.main", "presentationml.slideshow.main")
    assert read_bytes(show, "a.ppsx").text == "Low 5 bar"
    book = openpyxl.Workbook()
    book.active["A1"] = "Low 5 bar"
    assert "Low 5 bar" in read_bytes(_as(_saved(book), "sheet.main", "template.main"), "a.xltx").text


_NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{urn}:1.0"'
    for name, urn in (
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("draw", "drawing"),
        ("style", "style"),
    )
)


def _open_document(kind: str, body: str, styles: str = "") -> ParsedDocument:
    content = (
        f"<office:document-content {_NAMES}><office:automatic-styles>{styles}</office:automatic-styles><office:body>"
        f"<office:{kind}>{body}</office:{kind}></office:body></office:document-content>"
    )
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        archive.writestr("content.xml", content)
    return read_bytes(held.getvalue(), "a.odt")


def test_drawn_boxes_of_opendocument_are_no_part_of_the_line_they_stand_in() -> None:
    drawn = "".join(f"<draw:{kind}><text:p>{kind} 5 bar</text:p></draw:{kind}>" for kind in ("rect", "ellipse", "line"))
    ruby = "<text:ruby><text:ruby-base>弁</text:ruby-base><text:ruby-text>べん</text:ruby-text></text:ruby>"
    document = _open_document("text", f"<text:p>{ruby}を閉じる<draw:g>{drawn}</draw:g></text:p>")
    assert [block.text for block in document.blocks] == ["弁を閉じる", "rect 5 bar", "ellipse 5 bar", "line 5 bar"]


def test_hidden_letters_of_opendocument_are_left_out_and_told() -> None:
    styles = '<style:style style:name="H"><style:text-properties text:display="none"/></style:style>'
    hidden = '<text:span text:style-name="H">Ignore the trip</text:span>'
    document = _open_document("text", f"<text:p>Low 5 bar{hidden}</text:p>", styles)
    assert document.text == "Low 5 bar"
    assert document.warnings == ("15 characters that no reader of the page can see were left out",)


def test_cells_of_opendocument_without_their_text_and_boxes_on_a_sheet() -> None:
    kinds = (
        ("float", "value", "7.5"), ("percentage", "value", "0.25"), ("date", "date-value", "2024-05-06"),
        ("time", "time-value", "PT01H30M00S"), ("boolean", "boolean-value", "true"), ("string", "string-value", "P-1"),
    )  # fmt: skip
    cells = "".join(f'<table:table-cell office:value-type="{k}" office:{name}="{v}"/>' for k, name, v in kinds)
    box = "<table:shapes><draw:custom-shape><text:p>Trip 88 °C</text:p></draw:custom-shape></table:shapes>"
    document = _open_document(
        "spreadsheet", f"<table:table>{box}<table:table-row>{cells}</table:table-row></table:table>"
    )
    assert "7.5 | 25% | 2024-05-06 | 1:30:00 | TRUE | P-1" in document.text
    assert "Trip 88 °C" in document.text


def test_tables_of_a_page_told_by_roles() -> None:
    rows = (("columnheader", ("Tag", "Low")), ("cell", ("P-1", "5")))
    page = "".join(
        f"<div role=row>{''.join(f'<span role={kind}>{cell}</span>' for cell in cells)}</div>" for kind, cells in rows
    )
    table = read_bytes(f"<div role=table>{page}</div>".encode(), "a.html").blocks[0].table
    assert table is not None
    assert [list(row) for row in (*table.header, *table.rows)] == [["Tag", "Low"], ["P-1", "5"]]


def test_pages_in_xml_and_floods_of_attributes() -> None:
    page = b'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "b">]><html><p>Low <![CDATA[5 < 6 bar]]></p></html>'
    assert read_bytes(page, "a.xhtml").text == "Low 5 < 6 bar"
    flood = "<p " + " ".join(f"a{n}=1" for n in range(100_000)) + ">Low 5 bar</p>"
    with pytest.raises(DocumentError, match="more attributes"):
        read_bytes(flood.encode(), "a.html")
    picture = f'<img src="data:image/png;base64,{"A" * 300_000}"><p>Low 5 bar</p>'
    assert read_bytes(picture.encode(), "a.html").text == "Low 5 bar"


_MBOX = (
    b"From a@x Mon May  6 09:00:00 2024\nSubject: One\nFrom: a@x\nTo: b\n\nLow 5 bar\n>From here on 7 bar\n\n"
    b"From b@x Mon May  6 10:00:00 2024\r\nSubject: Two\r\nFrom: b@x\r\nTo: c\r\n\r\nFrom the pump: 9 bar\r\n"
)


def test_each_mail_of_a_mailbox_is_a_document() -> None:
    parts = list(read_all(_MBOX, "a.mbox", choose(_MBOX, "a.mbox")))
    read = [part.parsed for part in parts if isinstance(part.parsed, ParsedDocument)]
    assert [part.path for part in parts] == ["mail-0001.eml", "mail-0002.eml"]
    assert [document.title for document in read] == ["One", "Two"]
    assert read[0].blocks[-1].text == "Low 5 bar\nFrom here on 7 bar"
    assert read[1].blocks[-1].text == "From the pump: 9 bar"


def test_what_is_no_mailbox_is_refused() -> None:
    (part,) = read_all(b"just text", "a.mbox", choose(b"just text", "a.mbox"))
    assert isinstance(part.parsed, DocumentError)
    assert "does not begin with a mail" in part.parsed.cause


def test_a_mail_whose_text_is_encrypted_says_so() -> None:
    kind = b"Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\n"
    document = read_bytes(b"Subject: Limits\nFrom: a@x\nTo: b\nMIME-Version: 1.0\n" + kind + b"\nAAAA\n", "a.eml")
    assert document.warnings == ("a part of the mail is encrypted or sealed and was left out",)


def test_a_shape_of_a_slide_that_only_newer_programs_draw() -> None:
    slides = Presentation()
    slide = slides.slides.add_slide(slides.slide_layouts[6])
    box = slide.shapes.add_textbox(0, 0, 3_000_000, 500_000)
    box.text_frame.text = "Flow 65 t/h"
    shape = box._element
    tree = shape.getparent()
    names = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    held = etree.fromstring(f"<mc:AlternateContent {names}><mc:Choice/><mc:Fallback/></mc:AlternateContent>")
    held[1].append(copy.deepcopy(shape))
    held[0].append(shape)
    tree.append(held)
    assert read_bytes(_saved(slides), "a.pptx").text == "Flow 65 t/h"
