"""Text that programs break, choose or draw themselves: lists of forms, deleted paragraph ends, flowed mail, slides."""

import docx
import pptx
import pytest
from docx.oxml.parser import parse_xml
from pptx.oxml import parse_xml as parse_slide_xml
from pptx.util import Inches
from sample_files import bytes_of

from walkdown.documents import ParsedDocument
from walkdown_ingestion.readers import read_bytes

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def text_of(parsed: ParsedDocument) -> str:
    return "\n".join(block.text for block in parsed.blocks)


@pytest.mark.parametrize(("chosen", "shown"), [('<w:result w:val="1"/>', "Closed"), ("", "Open")])
def test_the_entry_chosen_in_a_list_of_a_form(chosen: str, shown: str) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Valve: ")
    entries = '<w:listEntry w:val="Open"/><w:listEntry w:val="Closed"/>'
    field = f'<w:fldChar w:fldCharType="begin"><w:ffData><w:ddList>{chosen}{entries}</w:ddList></w:ffData></w:fldChar>'
    paragraph._p.append(parse_xml(f"<w:r {W}>{field}</w:r>"))
    assert text_of(read_bytes(bytes_of(document.save), "a.docx")) == f"Valve: {shown}"


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next() -> None:
    document = docx.Document()
    first = document.add_paragraph("Trip at 1")
    first._p.get_or_add_pPr().append(parse_xml(f'<w:rPr {W}><w:del w:id="1"/></w:rPr>'))
    document.add_paragraph("2 bar")
    document.add_paragraph("next")
    assert text_of(read_bytes(bytes_of(document.save), "a.docx")).splitlines() == ["Trip at 12 bar", "next"]


def test_a_formula_on_a_slide() -> None:
    slides = pptx.Presentation()
    slide = slides.slides.add_slide(slides.slide_layouts[6])
    shape = slide.shapes.add_textbox(Inches(1), Inches(1), Inches(4), Inches(1))
    table = slide.shapes.add_table(2, 3, Inches(1), Inches(3), Inches(5), Inches(1)).table
    for r, row in enumerate((("Tag", "Limit", "Unit"), ("P-1", "5×", "Pa"))):
        for c, text in enumerate(row):
            table.cell(r, c).text = text
    shape.text_frame.text = "Limit 5×"
    names = "http://schemas.openxmlformats.org/officeDocument/2006/math"
    power = "<m:sSup><m:e><m:r><m:t>10</m:t></m:r></m:e><m:sup><m:r><m:t>5</m:t></m:r></m:sup></m:sSup>"
    formula = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:a14="http://schemas.microsoft.com/office/drawing/2010/main"><mc:Choice Requires="a14"><a14:m>'
        f'<m:oMath xmlns:m="{names}">{power}</m:oMath></a14:m></mc:Choice><mc:Fallback>'
        f'<m:oMath xmlns:m="{names}"><m:r><m:t>?</m:t></m:r></m:oMath></mc:Fallback></mc:AlternateContent>'
    )
    for frame in (shape.text_frame, table.cell(1, 1).text_frame):
        frame.paragraphs[0]._p.append(parse_slide_xml(formula))
    shape.text_frame.paragraphs[0].add_run().text = "Pa"
    assert text_of(read_bytes(bytes_of(slides.save), "a.pptx")).splitlines() == [
        "Limit 5× 10⁵ Pa",
        "Tag: P-1 | Limit: 5× 10⁵ | Unit: Pa",
    ]


@pytest.mark.parametrize(("delsp", "expected"), [("yes", "12.5 bar and the next"), ("no", "12. 5 bar and the next")])
def test_lines_of_a_mail_that_were_broken_on_the_way(delsp: str, expected: str) -> None:
    head = f"Subject: Trip\nContent-Type: text/plain; charset=utf-8; format=flowed; delsp={delsp}\n\n"
    text = "The trip of PT-101 is set at 12. \n5 bar and the next.\n> old: 10 bar \nPlant B\n-- \nKim\n"
    lines = text_of(read_bytes((head + text).encode(), "a.eml")).splitlines()
    assert lines[1] == f"The trip of PT-101 is set at {expected}."
    assert lines[-2:] == ["--", "Kim"]
    fixed = text_of(read_bytes((head.replace("flowed", "fixed") + text).encode(), "a.eml"))
    assert "12.\n5 bar" in fixed
