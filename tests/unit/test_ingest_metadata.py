"""What documents say about themselves, and which source wins."""

import datetime as dt
import unicodedata
from pathlib import Path

import pytest

from walkdown.documents import ParsedDocument, SourceDocument
from walkdown.errors import DocumentError
from walkdown.text.revisions import revision_order
from walkdown_ingestion.blocks import BlockBuilder
from walkdown_ingestion.discovery import count_documents, discover
from walkdown_ingestion.label_dates import find_date, parse_date
from walkdown_ingestion.label_revisions import find_revision
from walkdown_ingestion.labels import find_number, find_product, find_title
from walkdown_ingestion.metadata import FileFacts, groups_of, identify, stem_id
from walkdown_ingestion.readers import markdown
from walkdown_ingestion.sidecar import Sidecars, read_sidecar


def facts(relative: str = "area 1/notes.md", **fields: object) -> FileFacts:
    base = FileFacts("/docs/" + relative, relative, "0" * 64, "text/markdown")
    return base._replace(**fields)  # type: ignore[arg-type]  # tests name the fields they need


def identified(text: str, relative: str = "area 1/notes.md", **fields: object) -> SourceDocument:
    return identify(markdown.parse_markdown(text), facts(relative, **fields), "power")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Document No.: PWR-OP-101", "PWR-OP-101"),
        ("문서번호: PWR-OP-101 | 개정: 3", "PWR-OP-101"),
        ("문서 번호 | BIO-SOP-003-EN | 개정 | 5", "BIO-SOP-003-EN"),
        ("SOP No. QA/12-7.", "QA/12-7"),
        ("Procedure Number  CHM_OP_301", "CHM_OP_301"),
        ("文書番号：A-77", "A-77"),
        ("Código del documento: PR-09", "PR-09"),
        ("The document number is on the cover", ""),
        ("No. 12 of 1999", ""),
    ],
)
def test_document_numbers(text: str, number: str) -> None:
    assert find_number(text) == number


@pytest.mark.parametrize(
    ("text", "revision"),
    [
        ("Rev. 3", "3"),
        ("Revision: B", "B"),
        ("개정: 3", "3"),
        ("개정번호 12", "12"),
        ("제3판", "3"),
        ("Version 4.7", "4.7"),
        ("版本：2", "2"),
        ("Revision Date 01/27/2015", ""),
        ("개정 2018. 6. 12.", ""),
        ("<개정 2011.3.30>", ""),
        ("The revision of the plan", ""),
    ],
)
def test_revisions(text: str, revision: str) -> None:
    assert find_revision(text) == revision


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2025-03-01", dt.date(2025, 3, 1)),
        ("2025. 3. 1.", dt.date(2025, 3, 1)),
        ("2025년 3월 1일", dt.date(2025, 3, 1)),
        ("20250301", dt.date(2025, 3, 1)),
        ("1 March 2025", dt.date(2025, 3, 1)),
        ("March 1, 2025", dt.date(2025, 3, 1)),
        ("02-Jan-2015", dt.date(2015, 1, 2)),
        ("27/01/2025", dt.date(2025, 1, 27)),
        ("01/27/2025", dt.date(2025, 1, 27)),
        ("03/04/2025", None),
        ("2025-13-40", None),
        ("soon", None),
        ("", None),
    ],
)
def test_dates(text: str, date: dt.date | None) -> None:
    assert parse_date(text) == date


def test_the_effective_date_comes_before_the_date_of_issue() -> None:
    assert find_date("Date of issue: 2024-01-01 | Effective date: 2024-02-01") == dt.date(2024, 2, 1)
    assert find_date("시행일 2025. 3. 1.") == dt.date(2025, 3, 1)
    assert find_date("개정일자: 2025.03.01") == dt.date(2025, 3, 1)
    assert find_date("in 2024-01-01 it was") is None


def test_titles_and_products() -> None:
    assert find_title("x\n제목: 급수 펌프 기동\n") == "급수 펌프 기동"
    assert find_title("The title is missing") == ""
    assert find_product("Product name: Sodium palmitate\nNumber: 1") == "Sodium palmitate"
    assert find_product("제품명 : SEOPOL A-40 | x") == "SEOPOL A-40"


def test_front_matter_wins_over_the_text_and_documents_csv_over_both() -> None:
    text = "---\nid: A-1\nrevision: 2\ntitle: From the front\n---\n# Heading\n\nDocument No.: B-2, Rev. 9\n"
    plain = identified(text)
    assert (plain.id, plain.revision, plain.title) == ("A-1", "2", "From the front")
    listed = identified(text, overrides={"id": "C-3", "revision": "7", "access": "ops, shift", "site": "Unit 2"})
    assert (listed.id, listed.revision, listed.title) == ("C-3", "7", "From the front")
    assert (listed.access, listed.site) == (("ops", "shift"), "Unit 2")


def test_the_text_speaks_where_nothing_else_does() -> None:
    text = (
        "# Boiler chemistry\n\n| Document No. | Rev. | Effective date |\n|---|---|---|\n| PWR-CH-7 | 4 | 2024-11-05 |\n"
    )
    found = identified(text)
    assert (found.id, found.revision, found.effective_date) == ("PWR-CH-7", "4", dt.date(2024, 11, 5))
    assert found.title == "Boiler chemistry"
    assert found.metadata["number"] == "PWR-CH-7"


def test_the_file_name_speaks_last() -> None:
    found = identified("Some words.", "unit 2/PWR-OP-101_rev3 start.md")
    assert (found.id, found.revision, found.title) == ("PWR-OP-101", "3", "PWR-OP-101_rev3 start")
    assert identified("Some words.", unicodedata.normalize("NFD", "절차/기동.md")).id == "절차/기동"


def test_records_are_not_searched_for_numbers() -> None:
    found = identified("Document No.: B-2 Rev. 9", "law.jsonl", states_head=False)
    assert (found.id, found.revision) == ("law", "")


def test_a_general_title_gets_the_product_it_is_about() -> None:
    text = "# Safety Data Sheet\n\n| | |\n|---|---|\n| Product name | Sodium palmitate |\n"
    assert identified(text).title == "Safety Data Sheet: Sodium palmitate"


def test_junk_titles_of_programs_are_not_taken() -> None:
    builder = BlockBuilder()
    builder.heading("Feed water", 2)
    builder.paragraph("Text.")
    parsed = ParsedDocument(
        title="", blocks=tuple(builder.blocks), metadata={"property.title": "Microsoft Word - draft7.doc"}
    )
    assert identify(parsed, facts(), "power").title == "Feed water"


def test_groups_and_ids() -> None:
    assert groups_of("ops; shift,ops | hse") == ("ops", "shift", "hse")
    assert groups_of(" ") == ()
    assert stem_id("a/b.c.pdf") == "a/b.c"


def test_access_of_the_document_replaces_that_of_the_command() -> None:
    assert identified("---\naccess: [hse]\n---\ntext", access=("all",)).access == ("hse",)
    assert identified("text", access=("all",)).access == ("all",)


@pytest.mark.parametrize(
    ("one", "other", "order"),
    [
        ("2", "10", -1),
        ("B", "A", 1),
        ("AA", "Z", 1),
        ("1.2", "1.10", -1),
        ("1", "1.1", -1),
        ("3", "3", 0),
        ("A", "1", None),
        ("", "", None),
        ("", "1", None),
    ],
)
def test_order_of_revisions(one: str, other: str, order: int | None) -> None:
    assert revision_order(one, other) == order


def test_folders_are_walked_in_order_without_noise(tmp_path: Path) -> None:
    for name in ("b.md", "A/c.txt", "A/~$c.docx", ".git/x.md", "Thumbs.db", "d.mp4", "documents.csv", "e.hwp", "x.tmp"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    found = discover([tmp_path, tmp_path / "b.md", tmp_path / "absent"])
    assert [f.relative for f in found.files] == ["A/c.txt", "b.md", "e.hwp"]
    assert found.missing == (str(tmp_path / "absent"),)
    assert found.left_out == {".mp4": 1}
    (tmp_path / "r.jsonl").write_text("{}\n\n{}\n")
    assert count_documents(discover([tmp_path]).files) == 5
    assert [f.relative for f in discover([tmp_path / "A"], tmp_path).files] == ["A/c.txt"]


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("name,id\na,b\n", "no column named file"),
        ("file,acces\na,b\n", "unknown column 'acces'"),
        ("file,effective_date\na.md,soon\n", "line 2: 'soon' is no date"),
        ("file,language\na.md,german\n", "the language 'german' is not known"),
        ("file,id\na.md,1\na.md,2\n", "line 3 names a.md again"),
    ],
)
def test_faults_of_documents_csv_name_the_place(tmp_path: Path, table: str, said: str) -> None:
    path = tmp_path / "documents.csv"
    path.write_text(table)
    with pytest.raises(DocumentError, match=r"documents\.csv") as error:
        read_sidecar(path)
    assert said in error.value.cause
    with pytest.raises(DocumentError, match="not taken in"):
        Sidecars().row(tmp_path / "a.md", tmp_path)


def test_documents_csv_as_excel_saves_it_in_korea(tmp_path: Path) -> None:
    (tmp_path / "documents.csv").write_bytes("file;title;revision\n하위\\절차.docx;기동 절차;3\n".encode("cp949"))
    row = Sidecars().row(tmp_path / "하위" / "절차.docx", tmp_path)
    assert row == {"title": "기동 절차", "revision": "3"}


@pytest.mark.parametrize(
    ("text", "number", "revision", "date"),
    [
        ("문 서 번 호 : AB-123  개 정 번 호 : 7", "AB-123", "7", None),
        ("문서번호: KP-절차-0123", "KP-절차-0123", "", None),
        ("절차서번호 | OP-제101", "OP-제101", "", None),
        ("문서번호: SOP-BIO-001(03)", "SOP-BIO-001", "", None),
        ("Doc #: 55-12, 개정차수 5차", "55-12", "5", None),
        ("Doc: OPS-C12-001 Version 7", "OPS-C12-001", "7", None),
        ("Doc: see the list", "", "", None),
        ("Supersedes: Rev. 2\nRev. 3", "", "3", None),
        ("Replaces Rev. 2", "", "", None),
        ("제정일: 2020.1.1 개정일: 2025.5.5", "", "", "2025-05-05"),
        ("Issue date: 2020-01-01, revision date: 2025-05-05", "", "", "2025-05-05"),
        ("개정일: 2025.5.5 시행일: '25.6.1", "", "", "2025-06-01"),
        ("[시행 2026. 3. 1.]", "", "", "2026-03-01"),
        ("2026년 3월 1일부터 시행한다", "", "", "2026-03-01"),
        ("Valid from 2026-05-01", "", "", "2026-05-01"),
        ("제정일: 2020.1.1", "", "", "2020-01-01"),
    ],
)
def test_labels_as_korean_and_english_documents_set_them(
    text: str, number: str, revision: str, date: str | None
) -> None:
    found = find_date(text)
    assert (find_number(text), find_revision(text), str(found) if found else None) == (number, revision, date)
