"""Number, revision, day and status as plants in five languages write them: lines, title blocks, histories, stamps."""

import datetime as dt
import io
from collections.abc import Sequence

import docx
import pytest
from reportlab.pdfgen.canvas import Canvas

from walkdown.documents import SourceDocument
from walkdown.text.revisions import revision_order
from walkdown_ingestion.enrichment.disagreements import disagreements
from walkdown_ingestion.label_status import find_draft, find_superseded
from walkdown_ingestion.metadata import FileFacts, identify
from walkdown_ingestion.readers import read_bytes

BODY = "The suction valve is opened before the pump is started."
Rows = Sequence[Sequence[str]]


def known(data: bytes, name: str) -> SourceDocument:
    return identify(read_bytes(data, name), FileFacts(name, name, "0" * 64, ""), "power")


def of_text(text: str, name: str = "a.txt") -> SourceDocument:
    return known(f"{text}\n\n{BODY}\n".encode(), name)


def word(table: Rows = (), head: Sequence[str] = (), lines: Sequence[str] = (), history: Rows = ()) -> bytes:
    document = docx.Document()
    for line in head:
        document.sections[0].header.add_paragraph(line)
    for rows in (table, history):
        if rows:
            grid = document.add_table(len(rows), len(rows[0]))
            for i, row in enumerate(rows):
                for j, cell in enumerate(row):
                    grid.cell(i, j).text = cell
        if rows is table:
            for line in (*lines, BODY):
                document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("text", "number", "revision", "day"),
    [
        ("문서번호: HS-OP-105 / 제7판 / 시행 2021.12.1.", "HS-OP-105", "7", "2021-12-01"),
        ("절차서번호 : HS-OP-104\n개정 03판\n제정일 : 2012.01.02\n개정일 : 2022.07.15",
         "HS-OP-104", "03", "2022-07-15"),
        ("표준번호 : SHS 4-05-124\n개정일자 : 2023년 5월 9일 (제12차)", "SHS 4-05-124", "12", "2023-05-09"),
        ("관련 문서: HS-OP-001 Rev.9\n문서번호: HS-WI-126\n개정번호: 2", "HS-WI-126", "2", ""),
        ("문서번호: HS-OP-107\n개정번호: 2\n대체문서: HS-OP-099 Rev.5", "HS-OP-107", "2", ""),
        ("문서번호: HS-OP-125\n개정번호: 3\n차기 개정일: 2027.01.01\n개정일: 2023.12.01",
         "HS-OP-125", "3", "2023-12-01"),
        ("문서번호: HS–OP–11\n개정번호: 3", "HS-OP-11", "3", ""),
        ("문서번호: hs-op-11\n개정번호: 3", "HS-OP-11", "3", ""),
        ("문서번호: HS-TI-122\n개정: 0\n시행기간: 2124.03.01 ~ 2124.06.30", "HS-TI-122", "0", "2124-03-01"),
        ("Doc. No.: AC-PR-203 Rev.0A\nDate: 12-Feb-2024", "AC-PR-203", "0A", "2024-02-12"),
        ("Doc No | AC-PR-204 | Rev | 2\nEff. Date | 01/27/2024", "AC-PR-204", "2", "2024-01-27"),
        ("AC-PR-217 | Rev 5 | Effective 2024-06-01 | Page 1 of 9", "AC-PR-217", "5", "2024-06-01"),
        ("Procedure No: AC-PR-202\nIssue 4\nIssue date: 5 March 2024", "AC-PR-202", "4", "2024-03-05"),
        ("Document No. AC-PR-201 Rev. C Effective: 05-MAR-24", "AC-PR-201", "C", "2024-03-05"),
        ("Document ID: AC-PR-1\nRevision: 9\nOriginal issue date: 2001-01-01", "AC-PR-1", "9", ""),
        ("Safety bulletin\nThis bulletin follows revision 7 of the code.", "a", "", ""),
        ("Doc No: QP/PRD/022\nRev No: 03\nEff Date: 01.03.2024", "QP/PRD/022", "03", "2024-03-01"),
        ("Doc No: AC-9\nRev 1\nEffective date: 03/04/2024\nIssue date: 27/02/2024", "AC-9", "1", "2024-04-03"),
        ("文件编号：HX-301\n版本 | B/0\n生效日期：2024年3月5日", "HX-301", "B/0", "2024-03-05"),
        ("文件编号：HX-302\n第3版\n实施日期：2024-03-05", "HX-302", "3", "2024-03-05"),
        ("文件编号：HX-303\n修订状态：A/2", "HX-303", "A/2", ""),
        ("文件编号：HX-305\n版本号：V2.1", "HX-305", "2.1", ""),
        ("文件编号：HX-307\n版本/修订 | C/1", "HX-307", "C/1", ""),
        ("文件編號：HX-306\n版次：4\n生效日期：民國113年3月5日", "HX-306", "4", "2024-03-05"),
        ("管理番号：KN-403\n改定：02\n発効日：2024/04/01", "KN-403", "02", "2024-04-01"),
        ("文書番号：KN-401\n版：2\n改訂日：令和6年3月5日", "KN-401", "2", "2024-03-05"),
        ("文書番号：KN-406\nRev.3\n施行日：R6.4.1", "KN-406", "3", "2024-04-01"),
        ("文書番号：KN-409\nRev.3\n制定日：令和元年5月1日", "KN-409", "3", "2019-05-01"),
        ("Código: QA-502\nVersión: 03\nFecha de entrada en vigor: 01/03/2024", "QA-502", "03", "2024-03-01"),
        ("Código: QA-503\nRev. 4\nFecha de aprobación: 15/02/2024", "QA-503", "4", "2024-02-15"),
        ("Código: QA-506\nRevisión: 1\nVigente desde: 15/02/2024", "QA-506", "1", "2024-02-15"),
    ],
)  # fmt: skip
def test_number_revision_and_day(text: str, number: str, revision: str, day: str) -> None:
    document = of_text(text)
    assert (document.id, document.revision, str(document.effective_date or "")) == (number, revision, day)


@pytest.mark.parametrize(
    ("name", "number", "revision"),
    [
        ("OP-101_R3_최종_수정(2).txt", "OP-101", "3"), ("HS-OP-113 기동 절차서(제4판).txt", "HS-OP-113", "4"),
        ("HS-OP-114_Rev3.1 - 복사본.txt", "HS-OP-114", "3.1"), ("HX-SOP-302 第3版.txt", "HX-SOP-302", "3"),
        ("PSV-302_R2.txt", "PSV-302_R2", "2"), ("HS-OP-115_rev2.20240301.txt", "HS-OP-115", "2"),
    ],
)  # fmt: skip
def test_what_the_name_of_a_file_tells(name: str, number: str, revision: str) -> None:
    document = of_text("", name)
    assert (document.id, document.revision) == (number, revision)


KOREAN = [
    ["차수", "일자", "내용"],
    ["3", "2024.02.02", "경보"],
    ["2", "2021.02.02", "변경"],
    ["1", "2019.02.02", "제정"],
]
ENGLISH = [["Rev", "Date", "Description"], ["D", "10 Jan 2024", "Trip"], ["C", "3 Mar 2022", "-"]]
JAPANESE = [["版", "年月日", "改訂内容"], ["初版", "2019/04/01", "新規"], ["2", "2021/04/01", "変更"]]


@pytest.mark.parametrize(
    ("lines", "history", "revision", "day"),
    [
        (["문서번호: HS-OP-1"], KOREAN, "3", "2024-02-02"),
        (["문서번호: HS-OP-1", *map(str, range(20))], KOREAN, "3", "2024-02-02"),
        (["文書番号：KN-407"], JAPANESE, "2", "2021-04-01"),
        (["Document No: AC-1"], ENGLISH, "D", "2024-01-10"),
        # The day of a revision that is not its own is not taken.
        (["문서번호: HS-OP-1", "개정번호: 2"], KOREAN, "2", ""),
    ],
)  # fmt: skip
def test_a_history_tells_where_the_head_does_not(lines: list[str], history: Rows, revision: str, day: str) -> None:
    document = known(word(lines=lines, history=history), "a.docx")
    assert (document.revision, str(document.effective_date or "")) == (revision, day)


def test_a_title_block_in_chinese() -> None:
    block = [["文件编号", "HX-SOP-301", "版本", "B/0"], ["生效日期", "2024年3月5日", "编制", "王"]]
    document = known(word(block), "a.docx")
    assert (document.id, document.revision, document.effective_date) == ("HX-SOP-301", "B/0", dt.date(2024, 3, 5))


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("SUPERSEDED BY AC-PR-313", "superseded"),
        ("【廃止】", "superseded"),
        ("旧版", "superseded"),
        ("作废", "superseded"),
        ("OBSOLETO", "superseded"),
        ("상태: 폐기", "superseded"),
        ("이 절차서는 2024년 3월부로 폐지되었다.", "superseded"),
        ("This procedure has been replaced by OP-7.", "superseded"),
        ("[초안]", "draft"),
        ("（案）", "draft"),
        ("草稿", "draft"),
        ("BORRADOR", "draft"),
        ("DRAFT FOR COMMENT", "draft"),
        ("Status: under review", "draft"),
        ("시행일: 미정", "draft"),
        ("Effective date: TBD", "draft"), ("Status: approved", ""), ("폐기물 처리", ""), ("초안 작성 절차", ""),
    ],
)  # fmt: skip
def test_status_in_words_stamps_and_sentences(text: str, status: str) -> None:
    assert of_text(f"문서번호: HS-OP-1\n개정번호: 2\n{text}").metadata.get("status", "") == status


def test_words_that_also_head_a_section_are_stamps_in_margins_only() -> None:
    head = "Doc No AC-1\nDraft\nFurnace draft is kept at -10 mmH2O.\n폐기\n시료를 폐기한다."
    assert not find_draft(head) and not find_superseded(head)
    assert find_draft(head, "DRAFT") and find_superseded(head, "HS-OP-1 | 폐기")
    assert known(word(head=["DRAFT", "Doc No AC-PR-207 Rev 3"]), "a.docx").metadata["status"] == "draft"


def test_a_stamp_of_two_letters_across_a_page_is_read() -> None:
    out = io.BytesIO()
    canvas = Canvas(out)
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont

    pdfmetrics.registerFont(UnicodeCIDFont("HYSMyeongJo-Medium"))
    canvas.setFont("Helvetica", 10)
    for row in range(12):
        canvas.drawString(60, 760 - 30 * row, f"Document No: HS-OP-118 Rev. 2, line {row}: {BODY}")
    canvas.translate(200, 300)
    canvas.rotate(35)
    canvas.setFont("HYSMyeongJo-Medium", 60)
    canvas.drawString(0, 0, "폐기")
    canvas.save()
    assert known(out.getvalue(), "a.pdf").metadata["status"] == "superseded"


def test_what_a_document_replaces() -> None:
    own = of_text("Document number: AC-PR-205\nRevision: 6\nSupersedes: AC-PR-205 Rev 5").metadata
    assert own["supersedes"] == "5" and "replaces" not in own
    assert of_text("문서번호: HS-OP-107\n개정번호: 2\n대체문서: HS-OP-099 Rev.5").metadata["replaces"] == "HS-OP-099"
    assert of_text("Código: QA-503\nRev. 4\nSustituye a: QA-503 Rev. 3").metadata["supersedes"] == "3"


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("시행기간: 2124.03.01 ~ 2124.06.30", "2124-06-30"),
        ("Valid from 1 April 2124 until 30 September 2124", "2124-09-30"),
        ("Vigente hasta: 28/02/2125", "2125-02-28"), ("Certificate of calibration\nValid until 2124-01-01", ""),
        ("유효기간: 3년", ""),
    ],
)  # fmt: skip
def test_until_when_a_document_holds(text: str, until: str) -> None:
    assert of_text(f"문서번호: HS-TI-1\n{text}").metadata.get("valid_until", "") == until


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Document No: AC-1\nRev 1\nEffective date: 03/04/2024", "03/04/2024 can be read"),
        ("문서번호: HS-OP-1\n개정번호: 2\n\n본문\n\n문서번호: HS-OP-2\n개정번호: 5", "also states the number HS-OP-2"),
        ("문서번호: HS-OP-1\n개정번호: 2\n\n| 문서번호 | 개정 |\n|---|---|\n| HS-OP-2 | 5 |\n| HS-OP-3 | 1 |", ""),
    ],
)
def test_what_is_doubtful_is_told(text: str, told: str) -> None:
    warnings = disagreements(read_bytes(text.encode(), "a.md"), FileFacts("a.md", "a.md", "0" * 64, ""))
    assert told in " ".join(warnings) and bool(warnings) == bool(told)


def test_a_history_that_is_newer_than_the_title_block_is_told() -> None:
    parsed = read_bytes(word(lines=["문서번호: HS-OP-1", "개정번호: 2"], history=KOREAN), "a.docx")
    assert "newest row of its history is 3" in " ".join(disagreements(parsed, FileFacts("a", "a.docx", "0" * 64, "")))


@pytest.mark.parametrize(
    ("one", "other", "order"), [("R2", "3", -1), ("V2.1", "2.0", 1), ("初版", "2", -1), ("P02", "P01", 1)]
)
def test_order_of_revisions(one: str, other: str, order: int) -> None:
    assert revision_order(one, other) == order
