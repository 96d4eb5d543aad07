"""What an Office file keeps in parts of its own or under other names: diagrams, pages taken in, objects, strict."""

import datetime as dt
import io
import zipfile
from collections.abc import Callable

import docx
import pytest
from sample_files import bytes_of, rezipped, slides, word, workbook

from walkdown.documents import ParsedDocument
from walkdown.errors import DocumentError
from walkdown_ingestion.clean import superscript
from walkdown_ingestion.readers import read_bytes
from walkdown_ingestion.readers.xlsx_formats import display

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DRAWN = "http://schemas.openxmlformats.org/drawingml/2006"
DIAGRAM = f"""<d:dataModel xmlns:d="{_DRAWN}/diagram" xmlns:a="{_DRAWN}/main"><d:ptLst><d:pt modelId="1"><d:t><a:p><a:r>
<a:t>Vent V-61 for 25 min</a:t></a:r></a:p></d:t></d:pt>
<d:pt modelId="2"><d:t><a:p/></d:t></d:pt></d:ptLst></d:dataModel>"""
FRAME = f"""<w:p><w:r><w:drawing><a:graphic xmlns:a="{_DRAWN}/main"><a:graphicData><d:relIds xmlns:d="{_DRAWN}/diagram"
xmlns:r="{_OFFICE}" r:dm="rIdN"/></a:graphicData></a:graphic></w:drawing></w:r></w:p>"""
OBJECT = """<w:p><w:r><w:object><o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" ProgID="Excel.Sheet.12"/>
</w:object></w:r></w:p>"""


def lines(parsed: ParsedDocument) -> list[str]:
    return [line for block in parsed.blocks for line in block.text.splitlines()]


def with_part(inside: str, part: str = "", kind: str = "", data: str = "", content: str = "") -> bytes:
    """A Word document with some XML behind its paragraph, and the part that it names."""
    relation = f'<Relationship Id="rIdN" Type="{_OFFICE}/{kind}" Target="{part}"/></Relationships>'
    declared = f'<Override PartName="/word/{part}" ContentType="{content}"/></Types>'
    change: dict[str, bytes | Callable[[bytes], bytes]] = {
        "word/document.xml": lambda xml: xml.replace(b"<w:sectPr", inside.encode() + b"<w:sectPr", 1)
    }
    if part:
        change |= {
            "word/_rels/document.xml.rels": lambda xml: xml.replace(b"</Relationships>", relation.encode()),
            "[Content_Types].xml": lambda xml: xml.replace(b"</Types>", declared.encode()),
            f"word/{part}": data.encode(),
        }
    return rezipped(word(), change)


def test_a_diagram_of_word() -> None:
    made = with_part(FRAME, "diagrams/data1.xml", "diagramData", DIAGRAM, "application/xml")
    assert lines(read_bytes(made, "a.docx")) == ["Trip at 12.5 barg.", "- Vent V-61 for 25 min"]


def test_a_diagram_of_a_sheet() -> None:
    def relations(kind: str, target: str) -> bytes:
        return f'<Relationships><Relationship Id="r" Type="x/{kind}" Target="{target}"/></Relationships>'.encode()

    made = rezipped(
        workbook(),
        {
            "xl/worksheets/_rels/sheet1.xml.rels": relations("drawing", "../drawings/drawing9.xml"),
            "xl/drawings/drawing9.xml": b"<drawing/>",
            "xl/drawings/_rels/drawing9.xml.rels": relations("diagramData", "../diagrams/data1.xml"),
            "xl/diagrams/data1.xml": DIAGRAM.encode(),
        },
    )
    assert "- Vent V-61 for 25 min" in lines(read_bytes(made, "a.xlsx"))


def test_a_page_that_word_takes_in_and_one_that_cannot_be_read() -> None:
    chunk = f'<w:altChunk xmlns:r="{_OFFICE}" r:id="rIdN"/>'
    page = "<p>Level of T-8 at most 9.4 m.</p>"
    made = read_bytes(with_part(chunk, "a.html", "aFChunk", page, "text/html"), "a.docx")
    assert lines(made) == ["Trip at 12.5 barg.", "Level of T-8 at most 9.4 m."] and made.warnings == ()
    told = read_bytes(with_part(chunk, "a.rtf", "aFChunk", "{}", "application/rtf"), "a.docx").warnings
    assert len(told) == 1 and "another file (application/rtf)" in told[0]


def test_objects_of_other_programs_are_told() -> None:
    told = read_bytes(with_part(OBJECT), "a.docx").warnings
    assert told == ("1 embedded objects (Excel.Sheet.12) were left out; save them as files of their own",)


def test_the_header_of_a_later_section() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "OP-7001   Rev. 2"
    document.add_paragraph("Trip at 7.2 mm/s.")
    later = document.add_section()
    later.header.is_linked_to_previous = False
    later.header.paragraphs[0].text = "Unit 300"
    later.header.add_paragraph("Doc. No. OP-7001, Rev. 2")
    document.add_paragraph("Trip at 6.4 mm/s.")
    document.add_section()
    document.add_paragraph("End")
    assert lines(read_bytes(bytes_of(document.save), "a.docx")) == [
        "Trip at 7.2 mm/s.", "Unit 300", "Trip at 6.4 mm/s.", "End",
    ]  # fmt: skip


@pytest.mark.parametrize(("name", "make"), [("a.docx", word), ("a.xlsx", workbook), ("a.pptx", slides)])
def test_strict_files(name: str, make: Callable[[], bytes]) -> None:
    def strict(part: bytes) -> bytes:
        for kind in (b"officeDocument", b"wordprocessingml", b"spreadsheetml", b"presentationml", b"drawingml"):
            part = part.replace(
                b"http://schemas.openxmlformats.org/" + kind + b"/2006/", b"http://purl.oclc.org/ooxml/" + kind + b"/"
            )
        return part

    plain = make()
    parts = [n for n in zipfile.ZipFile(io.BytesIO(plain)).namelist() if n.endswith((".xml", ".rels"))]
    made = rezipped(plain, dict.fromkeys(parts, strict))
    assert b"purl.oclc.org" in zipfile.ZipFile(io.BytesIO(made)).read("_rels/.rels")
    assert lines(read_bytes(made, name)) == lines(read_bytes(plain, name))


SHEETS = """<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Styles><Style ss:ID="p"><NumberFormat ss:Format="Percent"/></Style>
<Style ss:ID="s"><Font ss:StrikeThrough="1"/></Style>
<Style ss:ID="d"><NumberFormat ss:Format="yyyy\\-mm\\-dd"/></Style></Styles>
<Worksheet ss:Name="Limits"><Table><Column ss:Index="4" ss:Hidden="1"/>
<Row><Cell ss:MergeDown="1"><Data ss:Type="String">Tag</Data></Cell>
<Cell ss:MergeAcross="1"><Data ss:Type="String">Alarm</Data></Cell>
<Cell><Data ss:Type="String">Note</Data></Cell><Cell ss:MergeDown="1"><Data ss:Type="String">Day</Data>
</Cell></Row><Row><Cell ss:Index="2"><Data ss:Type="String">Low</Data></Cell><Cell><Data ss:Type="String">High</Data>
</Cell></Row><Row><Cell><Data ss:Type="String">LT-7</Data></Cell>
<Cell ss:StyleID="p"><Data ss:Type="Number">0.125</Data>
</Cell><Cell><Data ss:Type="Number">80</Data></Cell><Cell><Data ss:Type="String">x</Data></Cell><Cell ss:StyleID="d">
<Data ss:Type="DateTime">2025-07-09T00:00:00.000</Data></Cell></Row>
<Row><Cell ss:StyleID="s"><Data ss:Type="String">LT-6</Data></Cell></Row></Table></Worksheet></Workbook>"""


def test_a_workbook_in_xml_under_either_name() -> None:
    for name in ("a.xls", "a.xml"):
        parsed = read_bytes(SHEETS.encode(), name)
        assert lines(parsed) == ["Tag: LT-7 | Alarm / Low: 12.50% | Alarm / High: 80 | Day: 2025-07-09"]
        assert parsed.warnings == (
            "sheet Limits: 1 hidden columns were left out",
            "sheet Limits: 4 characters that are struck through were left out",
        )
    with pytest.raises(DocumentError, match="of a kind that cannot be read"):
        read_bytes(b"<?xml version='1.0'?><a>4</a>", "a.xml")


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (12345, "00-000", "12-345"),
        (42, "00-000", "00-042"),
        (7, '"A-"00"-"00', "A-00-07"),
        (5551234, "###-####", "555-1234"),
        (1234.5, "00-000", "1234.5"),
        (dt.time(0, 3, 25, 400000), "mm:ss.0", "03:25.4"),
        (dt.time(0, 3, 25), "mm:ss", "03:25"),
    ],
)
def test_numbers_in_groups_and_parts_of_seconds(value: object, code: str, shown: str) -> None:
    assert display(value, code) == shown


def test_a_raised_letter_in_brackets() -> None:
    assert [superscript(text) for text in ("a)", "(b)", "ab)")] == ["ᵃ⁾", "⁽ᵇ⁾", "ab)"]
