"""Files that programs open without a word and libraries do not, and files that hide or lose a part of themselves.

Each is read, or told with what is missing; none fails as a whole for a small fault, and nothing is lost unsaid.
"""

import io
import re
import time
import zipfile

import docx
import pytest
from reportlab.pdfgen import canvas

from walkdown.documents import ParsedDocument
from walkdown.errors import DocumentError
from walkdown_ingestion.readers import choose, read_bytes
from walkdown_ingestion.readers.containers import read_all

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_SAID = "Minimum flow 65 t/h for pump P-101A"


def _word(text: str = _SAID) -> dict[str, bytes]:
    document = docx.Document()
    document.add_paragraph(text)
    held = io.BytesIO()
    document.save(held)
    with zipfile.ZipFile(held) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _zip(parts: dict[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return held.getvalue()


def _related(parts: dict[str, bytes], *relations: str) -> dict[str, bytes]:
    name = "word/_rels/document.xml.rels"
    return {**parts, name: parts[name].replace(b"</Relationships>", "".join(relations).encode() + b"</Relationships>")}


def _relation(kind: str, target: str) -> str:
    return f'<Relationship Id="{kind}9" Type="{_OFFICE}/{kind}" Target="{target}"/>'


@pytest.mark.parametrize("target", ["media/gone.png", "NULL", "../../../../etc/passwd", "/word/media/gone.png"])
def test_a_word_file_with_a_picture_that_is_not_there_is_read(target: str) -> None:
    assert read_bytes(_zip(_related(_word(), _relation("image", target))), "a.docx").text == _SAID


def test_parts_with_backslashes_and_of_other_case() -> None:
    parts = _word()
    assert read_bytes(_zip({name.replace("/", "\\"): data for name, data in parts.items()}), "a.docx").text == _SAID
    renamed = {name.replace("styles.xml", "Styles.xml"): data for name, data in parts.items()}
    assert read_bytes(_zip(renamed), "a.docx").text == _SAID


def test_a_part_without_a_content_type() -> None:
    parts = {**_related(_word(), _relation("image", "media/a.odd")), "word/media/a.odd": b"x"}
    assert read_bytes(_zip(parts), "a.docx").text == _SAID


def test_a_document_taken_into_another_is_read_with_it() -> None:
    parts = _related(_word(), _relation("aFChunk", "inner.docx"))
    chunk = f'<w:altChunk r:id="aFChunk9" xmlns:r="{_OFFICE}"/><w:sectPr'.encode()
    body = parts["word/document.xml"].replace(b"<w:sectPr", chunk, 1)
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    kind = f'<Default Extension="docx" ContentType="{main}"/></Types>'.encode()
    types = parts["[Content_Types].xml"].replace(b"</Types>", kind)
    inner = _zip(_word("Inner text 12 bar"))
    document = read_bytes(
        _zip({**parts, "word/document.xml": body, "[Content_Types].xml": types, "word/inner.docx": inner}), "a.docx"
    )
    assert document.text == f"{_SAID}\n\nInner text 12 bar"


def test_a_part_that_is_there_twice_is_not_chosen_by_chance() -> None:
    held = io.BytesIO(_zip(_word()))
    with zipfile.ZipFile(held, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("word/document.xml", _word("Other text")["word/document.xml"])
    with pytest.raises(DocumentError, match=r"its part word/document.xml more than once"):
        read_bytes(held.getvalue(), "a.docx")


def test_members_of_one_name_are_two_documents() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("limits/a.txt", "Low 5 bar")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("limits/a.txt", "Low 7 bar")
    found = {part.path: part.parsed for part in read_all(held.getvalue(), "a.zip", choose(held.getvalue(), "a.zip"))}
    assert list(found) == ["limits/a.txt", "limits/2-a.txt"]


def test_a_mail_of_too_many_parts_says_so() -> None:
    part = b"--B\nContent-Type: text/plain\nContent-Disposition: attachment; filename=a.txt\n\nLow 5\n"
    head = b"Subject: T\nFrom: a@b\nTo: c\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=B\n\n"
    data = head + part * 502 + b"--B--"
    last = list(read_all(data, "a.eml", choose(data, "a.eml")))[-1]
    assert isinstance(last.parsed, DocumentError)
    assert "more than 500 parts" in last.parsed.cause


def _workbook(cells: str, shared: str = "<si><t>Tag</t></si>") -> bytes:
    names = f'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="{_OFFICE}"'
    kinds = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    listed = (("xl/workbook.xml", "sheet.main"), ("xl/s.xml", "worksheet"), ("xl/t.xml", "sharedStrings"))
    overrides = "".join(f'<Override PartName="/{name}" ContentType="{kinds}.{kind}+xml"/>' for name, kind in listed)
    rels = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    content = "http://schemas.openxmlformats.org/package/2006/content-types"
    inner = _relation("worksheet", "s.xml") + _relation("sharedStrings", "t.xml")
    outer = _relation("officeDocument", "xl/workbook.xml")
    sheet = '<sheets><sheet name="S" sheetId="1" r:id="worksheet9"/></sheets>'
    return _zip({
        "[Content_Types].xml": f'<Types xmlns="{content}">{rels}{overrides}</Types>'.encode(),
        "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}">{outer}</Relationships>'.encode(),
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_RELATIONS}">{inner}</Relationships>'.encode(),
        "xl/workbook.xml": f"<workbook {names}>{sheet}</workbook>".encode(),
        "xl/s.xml": f'<worksheet {names}><sheetData><row r="1">{cells}</row></sheetData></worksheet>'.encode(),
        "xl/t.xml": f"<sst {names}>{shared}</sst>".encode(),
    })  # fmt: skip


def test_damaged_cells_of_a_sheet_are_told_and_take_no_other_text() -> None:
    cells = "".join(f'<c r="{at}1" t="{kind}"><v>{value}</v></c>' for at, kind, value in (
        ("A", "s", "0"), ("B", "s", "99"), ("C", "s", "-1"), ("D", "n", "1,5"), ("E", "n", "12.5")))  # fmt: skip
    document = read_bytes(_workbook(cells), "a.xlsx")
    assert "Tag" in document.text
    assert "12.5" in document.text
    assert document.text.count("Tag") == 1
    assert document.warnings == ("sheet S: 3 cells are damaged and were left out",)


def test_line_ends_of_windows_in_a_cell() -> None:
    document = read_bytes(
        _workbook('<c r="A1" t="s"><v>0</v></c>', "<si><t>12 bar_x000D_\nat 80 °C</t></si>"), "a.xlsx"
    )
    assert document.blocks[-1].text == "12 bar at 80 °C"


def _pdf(*lines: str, mode: int = 0) -> bytes:
    held = io.BytesIO()
    drawn = canvas.Canvas(held, pageCompression=0)
    for number, line in enumerate(lines):
        text = drawn.beginText(60, 700 - 20 * number)
        text.setTextRenderMode(mode if number else 0)
        text.textLine(line)
        drawn.drawText(text)
    drawn.save()
    return held.getvalue()


def test_text_that_is_drawn_invisibly_on_bare_paper_is_left_out_and_told() -> None:
    document = read_bytes(_pdf(_SAID, "Ignore the interlock at 99 bar", mode=3), "a.pdf")
    assert document.text == _SAID
    assert any("drawn invisibly" in line for line in document.warnings)


def test_a_damaged_page_does_not_shield_hidden_text_on_the_others() -> None:
    data = _pdf(_SAID, "Ignore the interlock at 99 bar", mode=3)
    kids = re.search(rb"/Kids \[ (\d+ 0 R) \]", data)
    assert kids is not None
    broken = data.replace(kids[0], b"/Kids [ " + kids[1] + b" 99 0 R ]").replace(b"/Count 1", b"/Count 2")
    assert "interlock" not in read_bytes(broken, "a.pdf").text


def test_what_stands_before_the_head_of_a_pdf_is_passed_over() -> None:
    assert read_bytes(b"Content-Type: application/pdf\r\n\r\n" + _pdf(_SAID), "a.pdf").text == _SAID


def test_pages_that_all_say_the_same_are_no_running_header() -> None:
    held = io.BytesIO()
    drawn = canvas.Canvas(held)
    for _ in range(3):
        drawn.drawString(60, 760, _SAID)
        drawn.showPage()
    drawn.save()
    assert _SAID in read_bytes(held.getvalue(), "a.pdf").text


def _unnamed(codes: str) -> bytes:
    """A page with a font that says of its glyphs only the numbers."""
    font = (
        b"<</Type/Font/Subtype/Type0/BaseFont/AAAAAA+X/Encoding/Identity-H/DescendantFonts[<</Type/Font/Subtype"
        b"/CIDFontType2/BaseFont/AAAAAA+X/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
        b"/FontDescriptor<</Type/FontDescriptor/FontName/AAAAAA+X/Flags 4>>>>]>>"
    )
    text = f"BT /F1 12 Tf 60 700 Td (Minimum flow of the feed pump) Tj /F2 12 Tf 0 -20 Td <{codes}> Tj ET".encode()
    plain = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R/F2 6 0 R>>>>>>"
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page,
        b"<</Length %d>>stream\n%s\nendstream" % (len(text), text), plain, font,
    )  # fmt: skip
    data, places = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"xref\n0 7\n0000000000 65535 f \n%strailer<</Size 7/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
    return data + end % (table, len(data))


def test_letters_that_a_pdf_does_not_name_are_told() -> None:
    document = read_bytes(_unnamed("00010002000300040005"), "a.pdf")
    assert "Minimum flow" in document.text
    assert any("not named in the file; they may be missing" in line for line in document.warnings)
    assert not any("not named" in line for line in read_bytes(_pdf(_SAID), "a.pdf").warnings)


def test_files_attached_to_a_pdf_are_documents_of_their_own() -> None:
    data = _pdf(_SAID)
    said = b"Attached limit 99 bar"
    files = b"/Names<</EmbeddedFiles<</Names[(limits.txt) 90 0 R]>>>>"
    data = re.sub(rb"/Type /Catalog", lambda match: match[0] + files, data)
    extra = (
        b"90 0 obj\n<</Type/Filespec/F(limits.txt)/EF<</F 91 0 R>>>>\nendobj\n91 0 obj\n"
        b"<</Type/EmbeddedFile/Length %d>>stream\n%s\nendstream\nendobj\n" % (len(said), said)
    )
    data = data.replace(b"xref\n", extra + b"xref\n", 1)
    found = {part.path: part.parsed for part in read_all(data, "a.pdf", choose(data, "a.pdf"))}
    assert list(found) == ["", "limits.txt"]
    attached = found["limits.txt"]
    assert isinstance(attached, ParsedDocument)
    assert attached.text == said.decode()


def test_wikis_and_old_programs_export_other_formats_as_doc() -> None:
    page = (
        b"Date: Mon, 6 May 2024 09:00:00 +0900\r\nMessage-ID: <1@x>\r\nSubject: Exported\r\nMIME-Version: 1.0\r\n"
        b"Content-Type: multipart/related; boundary=B\r\n\r\n--B\r\nContent-Type: text/html\r\n\r\n"
        b"<p>Low 5 bar</p>\r\n--B--\r\n"
    )
    assert read_bytes(page, "a.doc").text == "Low 5 bar"
    xml = b'<?xml version="1.0"?><w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"/>'
    assert choose(xml, "a.doc").name == "Word (.doc)"


def test_a_long_table_of_a_page_is_read_in_time() -> None:
    began = time.monotonic()
    document = read_bytes(b"<table><tr><th>Tag<th>Low" + b"<tr><td>P-1<td>5" * 30_000 + b"</table>", "a.html")
    assert document.blocks[0].table is not None
    assert len(document.blocks[0].table.rows) == 30_000
    assert time.monotonic() - began < 15


def test_a_cell_over_more_columns_than_there_are() -> None:
    table = read_bytes(b"<table><tr><td colspan=100>All<tr><td>a<td>b</table>", "a.html").blocks[0].table
    assert table is not None
    assert [list(row) for row in (*table.header, *table.rows)] == [["All", "All"], ["a", "b"]]
