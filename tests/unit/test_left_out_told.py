"""What tracked changes delete is told; what a page of Word hides is not read; front matter in other words."""

import io
import zipfile
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from sample_files import bytes_of

from walkdown_ingestion.metadata import FileFacts, identify
from walkdown_ingestion.readers import read_bytes

W = nsdecls("w")
TOLD = "{} characters that tracked changes delete were left out"


def test_deleted_runs_and_rows_of_word_are_told() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Vent at ")
    old = f'<w:del {W} w:id="1"><w:r><w:delText>7.7 bar</w:delText></w:r></w:del>'
    moved = f'<w:moveFrom {W} w:id="2"><w:r><w:delText>and wait</w:delText></w:r></w:moveFrom>'
    for xml in (old, moved, f"<w:r {W}><w:t>6.9 bar</w:t></w:r>"):
        paragraph._p.append(parse_xml(xml))
    table = document.add_table(3, 2)
    for r, row in enumerate((("Tag", "Limit"), ("PSV-1", "77"), ("PSV-2", "69"))):
        for c, text in enumerate(row):
            table.cell(r, c).text = text
    properties: Any = table.rows[1]._tr.get_or_add_trPr()
    properties.append(parse_xml(f'<w:del {W} w:id="3"/>'))
    parsed = read_bytes(bytes_of(document.save), "a.docx")
    assert "77" not in "".join(b.text for b in parsed.blocks) and parsed.warnings == (TOLD.format(7 + 5 + 2),)


def test_deleted_text_of_hangul_that_goes_on_in_another_run() -> None:
    space = (
        'xmlns:s="http://www.hancom.co.kr/hwpml/2011/section" xmlns:p="http://www.hancom.co.kr/hwpml/2011/paragraph"'
    )
    runs = "<p:run><p:t>상한 <p:deleteBegin/>88</p:t></p:run><p:run><p:t>.5<p:deleteEnd/>79 bar</p:t></p:run>"
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as file:
        file.writestr("mimetype", "application/hwp+zip")
        file.writestr("Contents/section0.xml", f"<s:sec {space}><p:p>{runs}</p:p><p:p>{runs}</p:p></s:sec>")
    parsed = read_bytes(held.getvalue(), "a.hwpx")
    assert [b.text for b in parsed.blocks] == ["상한 79 bar"] * 2 and parsed.warnings == (TOLD.format(8),)


def test_deleted_text_and_comments_of_opendocument_are_told() -> None:
    urn = "urn:oasis:names:tc:opendocument:xmlns:"
    deleted = "<t:tracked-changes><t:deletion><t:p>140 °C</t:p></t:deletion></t:tracked-changes>"
    body = f"{deleted}<t:p>Hold 132 °C<o:annotation><t:p>why?</t:p></o:annotation></t:p>"
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        file.writestr(
            "content.xml",
            f'<o:c xmlns:o="{urn}office:1.0" xmlns:t="{urn}text:1.0"><o:body><o:text>{body}</o:text></o:body></o:c>',
        )
    parsed = read_bytes(held.getvalue(), "a.odt")
    assert [b.text for b in parsed.blocks] == ["Hold 132 °C"]
    assert parsed.warnings == (TOLD.format(6), "1 comments were left out")


def test_struck_text_of_markdown_is_told() -> None:
    parsed = read_bytes(b"Run at ~~44 Hz~~ 38 Hz.\n\n| Pump | Speed |\n|---|---|\n| P-3 | ~~90~~ 70 |\n", "a.md")
    assert parsed.warnings == ("7 characters that are struck through were left out",)
    assert [b.text for b in parsed.blocks] == ["Run at 38 Hz.", "Pump: P-3 | Speed: 70"]


def test_what_word_hides_on_a_page_it_saved() -> None:
    page = b"<p><span style='mso-hide:all'>old 17 bar</span>Set 15 bar</p>"
    assert [b.text for b in read_bytes(page, "a.html").blocks] == ["Set 15 bar"]


@pytest.mark.parametrize(
    ("front", "number", "revision", "day"),
    [
        ("문서번호: MX-OP-77\n개정번호: 4\n시행일자: 2025-09-01", "MX-OP-77", "4", "2025-09-01"),
        ("Doc. No.: MX-OP-77\nRev: B\nEffective date: 1 September 2025", "MX-OP-77", "B", "2025-09-01"),
        ("id: MX-OP-77\nrevision: 1.10\neffective_date: 2025-09-01", "MX-OP-77", "1.10", "2025-09-01"),
        ("id: 0031\nrevision: 007", "0031", "007", "None"),
    ],
)
def test_front_matter_as_it_is_written(front: str, number: str, revision: str, day: str) -> None:
    parsed = read_bytes(f"---\n{front}\n---\n# Start\n\nOpen V-1.\n".encode(), "a.md")
    source = identify(parsed, FileFacts("a.md", "a.md", "0" * 64, "text/markdown"), "p")
    assert (source.id, source.revision, str(source.effective_date)) == (number, revision, day)


def test_number_and_revision_in_the_header_of_a_later_section() -> None:
    document = docx.Document()
    document.add_paragraph("Cover")
    section = document.add_section()
    section.header.is_linked_to_previous = False
    section.header.paragraphs[0].text = "Document No. QX-210-04\tRevision 6"
    document.add_paragraph("Drain the sump at 35 %.")
    parsed = read_bytes(bytes_of(document.save), "a.docx")
    source = identify(parsed, FileFacts("a.docx", "a.docx", "0" * 64, "x"), "p")
    assert (source.id, source.revision) == ("QX-210-04", "6")


def test_cells_that_an_export_marks_as_text() -> None:
    parsed = read_bytes(b'Lot,Result\n="000412",9.5\n="000413",9.1\n', "a.csv")
    assert parsed.blocks[0].text.splitlines()[0] == "Lot: 000412 | Result: 9.5"
