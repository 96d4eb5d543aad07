"""The block at the head of a page with company, title, number and revision: fields with values, no names of columns."""

import io

import docx
import pytest
from reportlab.pdfgen.canvas import Canvas
from sample_files import bytes_of

from walkdown_ingestion.labels import find_kind
from walkdown_ingestion.metadata import FileFacts, identify
from walkdown_ingestion.readers import read_bytes
from walkdown_ingestion.tables import make_table, table_text

WHOSE, NAME = "SAEHAN ENERGY", "OPERATING INSTRUCTION Feedwater pump P-4101"
ENGLISH = [[WHOSE, NAME, "Doc. No.", "SE-OI-4101"], [WHOSE, NAME, "Rev. / Date", "B2 / 12-Feb-2025"]]
KOREAN = [
    ["대한화학", "표준 운전 절차서", "문서번호", "DH-OP-1203"],
    ["대한화학", "반응기 R-101 기동", "개정번호", "3"],
    ["대한화학", "반응기 R-101 기동", "시행일", "2025. 1. 3."],
    ["대한화학", "반응기 R-101 기동", "페이지", "3"],
]


def lines(rows: list[list[str]]) -> list[str]:
    table = make_table(rows)
    assert table is not None
    return table_text(table).splitlines()


@pytest.mark.parametrize("merged", [True, False], ids=["merged", "left empty below"])
def test_fields_beside_a_name_are_fields(merged: bool) -> None:
    second = ENGLISH[1] if merged else ["", "", *ENGLISH[1][2:]]
    assert lines([ENGLISH[0], second]) == [WHOSE, NAME, "Doc. No.: SE-OI-4101", "Rev.: B2", "Date: 12-Feb-2025"]


def test_a_name_over_several_cells_equal_values_and_fields_with_their_values_in_one_cell() -> None:
    assert lines(KOREAN) == [
        "대한화학", "표준 운전 절차서", "문서번호: DH-OP-1203", "반응기 R-101 기동", "개정번호: 3",
        "시행일: 2025. 1. 3.", "페이지: 3",
    ]  # fmt: skip
    joined = [[WHOSE, NAME, "Doc. No.: SE-1"], [WHOSE, NAME, "Rev. 3"], [WHOSE, NAME, "Page 1 of 2"]]
    assert lines(joined) == [WHOSE, NAME, "Doc. No.: SE-1", "Rev. 3", "Page 1 of 2"]
    crowned = [[WHOSE] * 4, ["Title", NAME, "Doc. No.", "SE-1"], ["Dept.", "Production", "Rev.", "3"]]
    assert lines(crowned) == [WHOSE, f"Title: {NAME}", "Doc. No.: SE-1", "Dept.: Production", "Rev.: 3"]


@pytest.mark.parametrize(
    ("rows", "line"),
    [
        ([["Unit", "Document", "Rev.", "Status"], ["U1", "X-1", "3", "IFC"]], "Unit: U1 | Document: X-1 | Rev.: 3"),
        ([["Pump", "Service", "Date", "Head"], ["Pump", "Feed", "2025-01-01", "30"]], "Date: 2025-01-01 | Head: 30"),
    ],
)
def test_a_list_of_documents_keeps_its_names(rows: list[list[str]], line: str) -> None:
    assert line in lines(rows)[0]


def test_a_name_at_the_head_of_each_page_is_that_of_the_document() -> None:
    held = io.BytesIO()
    canvas = Canvas(held)
    for page in range(3):
        canvas.drawString(60, 800, "Effluent treatment procedure")
        canvas.drawString(440, 800, "Document No.: MR-WWT-310")
        for n in range(8):
            canvas.drawString(
                60, 700 - 40 * n, f"{8 * page + n + 1}. The basin {8 * page + n} is kept below {n + 20} °C."
            )
        canvas.showPage()
    canvas.save()
    found = identify(read_bytes(held.getvalue(), "a.pdf"), FileFacts("a.pdf", "a.pdf", "0" * 64, "x"), "pack")
    assert (found.id, found.title) == ("MR-WWT-310", "Effluent treatment procedure")
    assert find_kind("HANBIT POWER | Boiler light-up procedure | Rev. | 4") == "Boiler light-up procedure"
    assert find_kind("OSHA Material Safety Data Sheet\nsee procedure OP-1\nProcedure") == ""


def test_the_document_is_named_numbered_and_dated_by_its_block() -> None:
    document = docx.Document()
    table = document.add_table(4, 4)
    for r, row in enumerate(KOREAN):
        for c, cell in enumerate(row):
            table.cell(r, c).text = cell
    document.add_heading("1. 목적", 1)
    document.add_paragraph("이 절차는 반응기의 기동을 정한다.")
    parsed = read_bytes(bytes_of(document.save), "a.docx")
    found = identify(parsed, FileFacts("a.docx", "a.docx", "0" * 64, "x"), "pack")
    assert (found.id, found.revision, str(found.effective_date)) == ("DH-OP-1203", "3", "2025-01-03")
    assert found.title == "표준 운전 절차서 반응기 R-101 기동"
