"""Letters of Word documents that are raised or struck through by a style, by hand, or as a deleted row."""

from typing import Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import nsdecls
from docx.oxml.parser import parse_xml
from sample_files import bytes_of

from walkdown_ingestion.readers import read_bytes

W = nsdecls("w")


def test_what_a_character_style_strikes_or_raises() -> None:
    document = docx.Document()
    styles: Any = document.styles
    gone = styles.add_style("Gone", WD_STYLE_TYPE.CHARACTER)
    gone.font.strike = True
    styles.add_style("Gone too", WD_STYLE_TYPE.CHARACTER).base_style = gone
    styles.add_style("Up", WD_STYLE_TYPE.CHARACTER).font.superscript = True
    paragraph = document.add_paragraph("Trip at ")
    paragraph.add_run("99.9", style="Gone too")
    paragraph.add_run("88", style="Gone").font.strike = False
    paragraph.add_run(" bar, 10")
    paragraph.add_run("-6", style="Up")
    paragraph.add_run(" mbar, 10")
    lifted = paragraph.add_run("5")
    lifted._r.get_or_add_rPr().append(parse_xml(f'<w:position {W} w:val="6"/>'))
    parsed = read_bytes(bytes_of(document.save), "a.docx")
    assert parsed.blocks[0].text == "Trip at 88 bar, 10⁻⁶ mbar, 10⁵"
    assert parsed.warnings == ("4 characters that are struck through were left out",)


def test_a_row_deleted_under_tracked_changes() -> None:
    document = docx.Document()
    table = document.add_table(3, 3)
    for row, texts in zip(table.rows, ("Tag Limit Unit", "P-1 5 bar", "P-1 6 bar"), strict=True):
        for cell, text in zip(row.cells, texts.split(), strict=True):
            cell.text = text
    table.rows[1]._tr.get_or_add_trPr().append(parse_xml(f'<w:del {W} w:id="5"/>'))
    parsed = read_bytes(bytes_of(document.save), "a.docx")
    assert parsed.blocks[0].text == "Tag: P-1 | Limit: 6 | Unit: bar"
