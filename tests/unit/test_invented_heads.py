"""What a document says of itself as plants write it: lettered revisions, short dates, and its history of revisions."""

import datetime as dt
import io

import docx
import pytest

from walkdown_ingestion.file_names import FILE_REVISION
from walkdown_ingestion.label_dates import find_date
from walkdown_ingestion.label_revisions import find_revision, find_supersedes
from walkdown_ingestion.labels import find_number
from walkdown_ingestion.metadata import FileFacts, identify
from walkdown_ingestion.readers import read_bytes

ENGLISH = [
    ["Rev.", "Date", "Description"],
    ["0", "2020-01-10", "First issue"],
    ["1", "2021-05-02", "Set points changed"],
    ["2", "2024-03-15", "Trip added"],
]
KOREAN = [
    ["차수", "시행일", "개정 내용"],
    ["제정", "2020.01.10", "최초"],
    ["1차 개정", "2021.05.02", "변경"],
    ["2차 개정", "2024.03.15", "추가"],
]


@pytest.mark.parametrize(
    ("text", "revision"),
    [
        ("Rev. 01A", "01A"), ("Rev: 2b", "2b"), ("REV P02", "P02"), ("Rev.A", "A"), ("개정 3차", "3"),
        ("개정: 제3차", "3"), ("3차 개정", "3"), ("제1차 개정 2020, 제2차 개정 2024", "2"),
        ("개정 7 / 2025.05.20 시행", "7"), ("Rev 7/12", ""),
        ("Revision 5th", ""), ("Supersedes Rev. 01A", ""),
        ("Rev. 2024-03-01", ""), ("Rev A4-paper", ""), ("version 3D", ""),
    ],
)  # fmt: skip
def test_revisions_with_letters_and_counts(text: str, revision: str) -> None:
    assert find_revision(text) == revision


def test_a_replaced_revision_with_a_letter_and_one_in_a_file_name() -> None:
    assert find_supersedes("Supersedes Rev. 01A") == "01A"
    names = [FILE_REVISION.search(name) for name in ("OP-1_rev01A", "OP-1_Rev.C", "OP-1_R2", "OP-1_v2A")]
    assert [found["value"] if found else "" for found in names] == ["01A", "C", "2", ""]


@pytest.mark.parametrize(
    "text",
    [
        "시행일 24.03.15", "개정일자: 24/03/15", "시행일 24년 3월 15일", "Effective date: 15-Mar-24",
        "施行日: 令和6年3月15日", "Effective date: 15th March 2024", "Fecha de vigencia: 15 de marzo de 2024",
    ],
)  # fmt: skip
def test_dates_with_short_years_behind_their_label(text: str) -> None:
    assert find_date(text) == dt.date(2024, 3, 15)


@pytest.mark.parametrize(
    "text", ["Effective date: 24.03.15", "Effective date: 03/04/24", "시행일 99.99.99", "24.03.15"]
)
def test_a_short_date_whose_order_is_not_told_is_none(text: str) -> None:
    assert find_date(text) is None


def stated(rows: list[list[str]]) -> tuple[str, dt.date | None]:
    """Revision and date of a document that begins with a table."""
    document = docx.Document()
    document.add_paragraph("Feed pump procedure")
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            table.cell(r, c).text = text
    buffer = io.BytesIO()
    document.save(buffer)
    facts = FileFacts(source="a", relative="a.docx", sha256="0" * 64, media_type="")
    found = identify(read_bytes(buffer.getvalue(), "a.docx"), facts, "power")
    return found.revision, found.effective_date


def test_of_a_history_only_the_newest_row_is_the_documents_own() -> None:
    newest_first, names_below = [ENGLISH[0], *ENGLISH[:0:-1]], [*ENGLISH[:0:-1], ENGLISH[0]]
    assert [stated(rows)[0] for rows in (ENGLISH, newest_first, names_below)] == ["2"] * 3
    assert stated(KOREAN) == ("2", dt.date(2024, 3, 15))
    assert stated([*ENGLISH, ["2", "2024-03-15", "Alarm added"], ["", "", ""]])[0] == "2"
    # Neither letters nor dates tell which is newer, and a list of documents tells nothing of this one.
    assert stated([*ENGLISH, ["A", "", "As built"]])[0] == ""
    documents = [["Doc No.", "Title", "Rev.", "Date"], ["OP-1", "Start", "3", "x"], ["OP-2", "Stop", "4", "y"]]
    assert stated(documents)[0] == ""


@pytest.mark.parametrize(
    ("text", "revision"),
    [
        ("改訂：第4版", "4"), ("Revisión n.º 5", "5"), ("Revisión: n° 7", "7"), ("版本：B/3", "B/3"), ("版次 12", "12"),
        ("改訂日：2024年10月1日", ""), ("Rev. A/3", ""), ("Rev 3/5", ""),
    ],
)  # fmt: skip
def test_revisions_in_other_languages(text: str, revision: str) -> None:
    assert find_revision(text) == revision


def test_a_number_behind_the_word_document_alone() -> None:
    assert find_number("Document: EN-WI-77 Issue 03") == "EN-WI-77"
    assert find_number("Document: P-101 data sheet") == find_number("Document: see EN-WI-77") == ""


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("HANSOL CHEMICAL\nHSC-SOP-0417 Rev. 6\nPage 1 of 3", "HSC-SOP-0417"),
        ("대한석유화학 여수공장 DHP-SOP-1203 (개정 5)", "DHP-SOP-1203"),
        ("Document HSC-REG-002, Issue 3, dated 1 July 2024", "HSC-REG-002"),
        ("See HSC-SOP-0417 Rev. 6", ""),
        ("Related drawing: U5-PID-0001 Rev. 3", ""),
        ("The list XV-A-101 issue 3 of the valves", ""),
        ("HSC-F-0417-01 (Rev.1) A4(210x297)", ""),
        ("양식 HSC-OP-0417-01 (Rev.1)", ""),
    ],
)
def test_a_number_before_its_revision_at_the_head_of_a_page(text: str, number: str) -> None:
    assert find_number(text) == number


def test_the_date_behind_a_revision_and_letters_of_vessels_in_file_names() -> None:
    assert find_date("HSC-REG-002, Issue 3, dated 1 July 2024") == dt.date(2024, 7, 1)
    assert find_date("a letter dated 1 July 2024") is None
    for stem in ("R5 line", "V-10 inspection", "Opening of V-10 inside", "r5"):
        assert FILE_REVISION.search(stem) is None
    for stem, revision in (("SOP_r5", "5"), ("SOP v-3", "3"), ("SOP R 5", "5"), ("Rev 5", "5")):
        found = FILE_REVISION.search(stem)
        assert found is not None
        assert found["value"] == revision
