"""Fields and content controls of Word: a revision in the header, prompts nobody filled in, blocks with an issue."""

import io

import docx
import pytest
from docx.oxml import parse_xml
from docx.shared import Mm

from walkdown_ingestion.readers import read_bytes
from walkdown_ingestion.tables import make_table, table_text

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
RUN = "<w:r><w:t>{}</w:t></w:r>"
FIELD = f'<w:fldSimple {W} w:instr=" DOCPROPERTY Revision ">{RUN.format("7")}</w:fldSimple>'
INSERTED = f'<w:ins {W} w:id="1" w:author="a">{RUN.format("7")}</w:ins>'
CONTROL = f"<w:sdt {W}><w:sdtContent>{RUN.format('7')}</w:sdtContent></w:sdt>"


def read(document: object) -> tuple[list[str], str]:
    held = io.BytesIO()
    document.save(held)  # type: ignore[attr-defined]
    parsed = read_bytes(held.getvalue(), "a.docx")
    return [block.text for block in parsed.blocks], parsed.metadata.get("margins", "")


@pytest.mark.parametrize("written", [FIELD, INSERTED, CONTROL], ids=["field", "tracked change", "control"])
@pytest.mark.parametrize("table", [False, True])
def test_a_revision_in_the_header(written: str, table: bool) -> None:
    document = docx.Document()
    document.add_paragraph("Open the drain.")
    header = document.sections[0].header
    paragraph = header.paragraphs[0]
    if table:
        cells = header.add_table(1, 2, Mm(100)).rows[0].cells
        cells[0].text, paragraph = "NB-OP-55", cells[1].paragraphs[0]
    paragraph.add_run("Rev. ")
    paragraph._p.append(parse_xml(written))
    assert read(document)[1] == ("NB-OP-55 | Rev. 7" if table else "Rev. 7")


def test_a_prompt_is_no_text_and_what_was_filled_in_is() -> None:
    document = docx.Document()
    for n, prompt in enumerate(("<w:showingPlcHdr/>", "")):
        control = f"<w:sdt {W}><w:sdtPr>{prompt}</w:sdtPr><w:sdtContent>{{}}</w:sdtContent></w:sdt>"
        paragraph = document.add_paragraph(f"Checked by {n}: ")
        paragraph._p.append(parse_xml(control.format(RUN.format(f"Enter name {n}"))))
        document.element.body.insert(
            len(document.element.body) - 1, parse_xml(control.format(f"<w:p>{RUN.format(f'Date {n}')}</w:p>"))
        )
    assert read(document)[0] == ["Checked by 0:", "Checked by 1: Enter name 1", "Date 1"]


@pytest.mark.parametrize("label", ["Issue / date", "Version / Date", "Rev. / Date"])
def test_an_issue_with_its_date_in_a_title_block(label: str) -> None:
    whose, name = "NORTHBANK POWER", "Instruction for the drain pit"
    table = make_table([[whose, name, "Doc. no.", "NB-OP-55"], [whose, name, label, "4 / 2025-02-18"]])
    assert table is not None
    first, second = label.split(" / ")
    assert table_text(table).splitlines()[2:] == ["Doc. no.: NB-OP-55", f"{first}: 4", f"{second}: 2025-02-18"]
