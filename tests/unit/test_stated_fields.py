"""Fields of front matter that are misspelt or unreadable: told, or the file is kept out where silence would harm."""

import datetime as dt
from pathlib import Path

import pytest

from walkdown.errors import DocumentError
from walkdown_ingestion.metadata import FileFacts, identify
from walkdown_ingestion.readers.markdown import parse_markdown
from walkdown_ingestion.sidecar import read_sidecar

BODY = "# Limits\n\nThe flow of P-101A is 10 m3/h.\n"


def parsed(front: str) -> tuple[tuple[str, ...], dt.date | None, tuple[str, ...], str]:
    """Warnings, effective date, groups and revision of a document with this front matter."""
    document = parse_markdown(f"---\nid: X-1\n{front}\n---\n{BODY}")
    facts = FileFacts(source="x.md", relative="x.md", sha256="0" * 64, media_type="text/markdown")
    known = identify(document, facts, "power")
    return document.warnings, known.effective_date, known.access, known.revision


@pytest.mark.parametrize("name", ["acess", "acces", "Acess"])
def test_a_group_under_a_misspelt_name_does_not_open_the_document_to_everyone(name: str) -> None:
    with pytest.raises(DocumentError, match="everyone could see it"):
        parsed(f"{name}: board")


@pytest.mark.parametrize("date", ["2025/13/01", "01.03.2025", "TBD", "2027-02-30x"])
def test_a_day_that_cannot_be_read_is_not_today(date: str) -> None:
    with pytest.raises(DocumentError, match="effective date"):
        parsed(f"effective_date: {date}")


@pytest.mark.parametrize("name", ["effective_date", "effective-date", "Effective Date", "EFFECTIVE_DATE", "effective"])
def test_a_day_is_read_under_its_name_as_people_write_it(name: str) -> None:
    assert parsed(f"{name}: 2099-01-01")[1] == dt.date(2099, 1, 1)


def test_a_misspelt_field_is_told_and_a_field_of_ones_own_is_not() -> None:
    (told,), _, _, revision = parsed("revison: 3")
    assert "'revison' is not known" in told and "is revision meant?" in told
    assert revision == ""
    assert parsed("revision: 3\nrevisions: 1, 2, 3")[0] == ()
    assert parsed("author: Kim\nkeywords: pump, flow\nprocess: feed\nversion_control: git")[0] == ()
    assert parsed("Access: ops, board")[2] == ("ops", "board")


@pytest.mark.parametrize(("status", "told"), [("draft", 0), ("superceded", 1), ("superseded", 0), ("In force", 0)])
def test_a_status_that_nobody_knows_is_told(status: str, told: int) -> None:
    assert len(parsed(f"status: {status}")[0]) == told


def test_a_language_that_nobody_knows_is_told() -> None:
    assert "'kr' is not known" in parsed("language: kr")[0][0]
    assert parsed("language: ko-KR")[0] == ()


def test_a_table_with_an_unknown_status_is_refused_with_its_line(tmp_path: Path) -> None:
    table = tmp_path / "documents.csv"
    table.write_text("file,id,status\na.md,A-1,superseded\nb.md,B-1,superceded\n", encoding="utf-8")
    with pytest.raises(DocumentError, match=r"line 3: the status 'superceded'"):
        read_sidecar(table)
