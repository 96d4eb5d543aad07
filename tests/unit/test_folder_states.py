"""Folders as plants hand them in: drafts, old copies, numbers written in two ways, tables of Excel, successors."""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import pytest

from walkdown.documents import DocumentStatus
from walkdown.records.publishing import Publisher
from walkdown_ingestion.testing import Plant

Files = Mapping[str, str | bytes]


@pytest.fixture
def plant(tmp_path: Path) -> Plant:
    return Plant(tmp_path)


def doc(number: str, revision: str, *lines: str) -> str:
    head = "\n".join((f"문서번호: {number}", f"개정번호: {revision}", *lines))
    return f"{head}\n\nRevision {revision} of {number}: {' '.join(lines)} the pump is started.\n"


def in_force(plant: Plant) -> dict[str, str]:
    return {r.id: r.revision for r in plant.registry.documents(plant.pack.name, DocumentStatus.IN_FORCE)}


def table(text: str, encoding: str = "utf-8") -> bytes:
    return text.encode(encoding)


@pytest.mark.parametrize(
    ("files", "held", "told"),
    [
        ({"a.txt": doc("HS-OP-1", "3"), "b.txt": doc("HS-OP-1", "4", "상태: 초안")}, {"HS-OP-1": "3"}, "is a draft"),
        ({"a.txt": doc("HS-OP-1", "3"), "b.txt": doc("HS-OP-1", "3", "상태: 초안")}, {"HS-OP-1": "3"}, "is a draft"),
        ({"a.txt": doc("HS-OP-1", "R2"), "b.txt": doc("HS-OP-1", "3")}, {"HS-OP-1": "3"}, ""),
        ({"a.txt": doc("HS-OP-11", "2"), "b.txt": doc("hs–op–11", "3")}, {"HS-OP-11": "3"}, ""),
        ({"a.txt": doc("HS-OP-011", "2"), "b.txt": doc("HS-OP-11", "3")},
         {"HS-OP-011": "2", "HS-OP-11": "3"}, "nearly the same"),
        ({"a.txt": doc("HS-OP-1", "2"), "b.txt": doc("HS-OP-2", "0", "대체문서: HS-OP-1 Rev.2")},
         {"HS-OP-1": "2", "HS-OP-2": "0"}, "replaces HS-OP-1"),
        ({"a.txt": doc("HS-OP-1", "3", "시행일: 2024-01-01"), "b.txt": doc("HS-OP-1", "4", "시행일: 2022-01-01")},
         {"HS-OP-1": "4"}, "dated 2022-01-01"),
        ({"펌프_R2.txt": "펌프 둘\n\n둘이다.", "펌프_R3.txt": "펌프 셋\n\n셋이다."},
         {"펌프_R2": "2", "펌프_R3": "3"}, "nearly the same"),
        ({"list final.txt": "One list.", "list final (2).txt": "Another."},
         {"list final": "", "list final (2)": ""}, "nearly the same"),
        ({"list 1.txt": "One list.", "list 2.txt": "Another."}, {"list 1": "", "list 2": ""}, ""),
        ({"99_폐기문서/a.txt": doc("HS-OP-1", "3")}, {"HS-OP-1": "3"}, "its folder says '폐기문서'"),
        ({"old/a.txt": doc("HS-OP-1", "3"), "b.txt": doc("HS-OP-1", "4")}, {"HS-OP-1": "4"}, ""),
        ({"HS-OP-1 DRAFT.txt": doc("HS-OP-1", "3")}, {"HS-OP-1": "3"}, "its name says 'DRAFT'"),
        ({"documents.csv": table("파일명,문서번호,개정번호,시행일\na.txt,HS-OP-1,4,2024.3.1\n",
         "cp949"), "a.txt": "Text."},
         {"HS-OP-1": "4"}, ""),
        ({"documents.csv": table("file;number;revision\r\na.txt;HS-OP-1;4\r\n", "utf-16"), "a.txt": "Text."},
         {"HS-OP-1": "4"}, ""),
        ({"documents.csv": table("file,number,revision\nA.TXT,HS-OP-1,4\n"), "a.txt": "Text."}, {"HS-OP-1": "4"}, ""),
        ({"documents.csv": table("file,number\na.txt,HS-OP-1\nb.txt,HS-OP-2\n"), "a.txt": "Text."},
         {"HS-OP-1": ""}, "not there: b.txt"),
        ({"documents.csv": table("file,status\na.txt,in_force\n"), "a.txt": doc("HS-OP-1", "2", "상태: 폐기")},
         {"HS-OP-1": "2"}, ""),
        ({"documents.csv": table("file,status\na.txt,draft\n"), "a.txt": doc("HS-OP-1", "2")}, {}, "is a draft"),
    ],
)  # fmt: skip
def test_what_is_in_force_of_a_folder_and_what_is_told(
    plant: Plant, files: Files, held: Mapping[str, str], told: str
) -> None:
    for name, text in files.items():
        plant.write(name, text)
    report = plant.ingest()
    assert in_force(plant) == held
    said = [w for w in report.warnings if "Superseded by revision" not in w]
    assert told in " ".join(said) and bool(said) == bool(told)
    assert report.failed == ()
    assert plant.ingest().warnings == (tuple(w for w in said if "not there" in w)), "told once, not at each ingestion"


def test_a_draft_becomes_valid_by_its_next_text_or_by_a_person(plant: Plant) -> None:
    plant.write("a.txt", doc("HS-OP-1", "3"))
    draft = plant.write("b.txt", doc("HS-OP-1", "4", "상태: 초안"))
    plant.ingest()
    record = next(r for r in plant.registry.documents(plant.pack.name) if r.revision == "4")
    assert record.status is DocumentStatus.PENDING and record.marks.from_day > dt.date.max.toordinal()
    plant.publisher.decide("HS-OP-1", record.sha256)
    assert in_force(plant) == {"HS-OP-1": "4"}
    plant.ingest()
    assert in_force(plant) == {"HS-OP-1": "4"}, "an ingestion does not undo what a person decided"
    draft.write_text(doc("HS-OP-1", "4", "상태: 승인"))
    plant.ingest()
    assert in_force(plant) == {"HS-OP-1": "4"}


def test_a_document_that_holds_until_a_day_goes_out_of_force_after_it(plant: Plant) -> None:
    plant.write("a.txt", doc("HS-TI-1", "0", "시행기간: 2024.03.01 ~ 2124.06.30"))
    plant.write("b.txt", doc("HS-TI-2", "0", "시행기간: 2024.03.01 ~ 2024.06.30"))
    report = plant.ingest()
    assert in_force(plant) == {"HS-TI-1": "0"}
    assert "held until 2024-06-30" in " ".join(report.warnings)
    later = Publisher(plant.registry, plant.store, plant.pack.name, lambda: dt.date(2124, 7, 1))
    assert [r.id for r in later.take_effect()] == ["HS-TI-1"]
    assert in_force(plant) == {} and later.take_effect() == []
