"""A folder kept in step: moves, deletions, returns, and what is never withdrawn on doubt."""

import json
import os
from pathlib import Path

import pytest

from walkdown.documents import DocumentStatus
from walkdown_ingestion.testing import Plant, procedure


@pytest.fixture
def plant(tmp_path: Path) -> Plant:
    return Plant(tmp_path)


def texts(plant: Plant) -> list[str]:
    return sorted(chunk.text for chunk in plant.chunks())


def test_a_deleted_file_is_withdrawn_only_when_asked_and_comes_back_with_its_file(plant: Plant) -> None:
    path = plant.write("a.md", procedure("OP-1", "1", "Trip."))
    plant.write("b.md", procedure("OP-2", "1", "Start."))
    plant.ingest()
    content = path.read_bytes()
    path.unlink()
    assert plant.ingest().withdrawn == 0 and texts(plant) == ["Start.", "Trip."]
    assert plant.ingest(sync=True).withdrawn == 1 and texts(plant) == ["Start."]
    assert "gone" in plant.registry.get("power", "OP-1").reason
    assert plant.ingest(sync=True).withdrawn == 0
    path.write_bytes(content)
    report = plant.ingest(sync=True)
    assert (report.unchanged, report.added, report.chunks) == (2, 0, 0) and texts(plant) == ["Start.", "Trip."]


def test_what_a_person_withdrew_does_not_come_back_with_its_file(plant: Plant) -> None:
    path = plant.write("a.md", procedure("OP-1", "1", "Trip."))
    plant.write("b.md", procedure("OP-2", "1", "Start."))
    plant.ingest()
    plant.publisher.withdraw("OP-1", "recalled")
    content = path.read_bytes()
    path.unlink()
    plant.ingest(sync=True)
    path.write_bytes(content)
    plant.ingest(sync=True)
    assert texts(plant) == ["Start."] and plant.registry.get("power", "OP-1").reason == "recalled"


def test_when_the_newest_revision_goes_the_one_before_is_in_force_as_in_a_clean_run(plant: Plant) -> None:
    plant.write("a1.md", procedure("OP-1", "1", "Trip at 12."))
    newest = plant.write("a2.md", procedure("OP-1", "2", "Trip at 13."))
    plant.ingest()
    newest.unlink()
    plant.ingest(sync=True)
    assert texts(plant) == ["Trip at 12."]


@pytest.mark.parametrize("sync", [True, False])
def test_a_moved_document_without_a_number_is_not_in_force_twice(plant: Plant, sync: bool) -> None:
    path = plant.write("old/notes.md", "# Notes\n\nDrain the trap.")
    plant.ingest(sync=sync)
    (plant.documents / "new").mkdir()
    path.rename(plant.documents / "new" / "notes.md")
    plant.ingest(sync=sync)
    assert [c.document_id for c in plant.chunks()] == ["new/notes"]
    assert plant.status("old/notes") is DocumentStatus.WITHDRAWN


@pytest.mark.parametrize("sync", [True, False])
def test_a_file_whose_number_is_told_later_is_not_in_force_under_both(plant: Plant, sync: bool) -> None:
    plant.write("notes1.md", "# Notes\n\nDrain the trap.")
    plant.write("notes2.md", "# Notes\n\nDrain the trap twice.")
    plant.ingest(sync=sync)
    plant.write("documents.csv", "file,id,revision\nnotes1.md,WI-7,1\nnotes2.md,WI-7,2\n")
    plant.ingest(sync=sync)
    assert texts(plant) == ["Drain the trap twice."]
    assert [plant.status(name) for name in ("notes1", "notes2")] == [DocumentStatus.WITHDRAWN] * 2
    assert plant.ingest(sync=sync).unchanged == 2
    assert texts(plant) == ["Drain the trap twice."]


def test_a_file_that_holds_another_document_now_is_no_longer_that_of_the_one_before(plant: Plant) -> None:
    path = plant.write("a.md", procedure("OP-1", "1", "Trip."))
    content = path.read_bytes()
    plant.ingest()
    plant.write("a.md", procedure("OP-2", "1", "Start."))
    for _ in range(2):
        report = plant.ingest()
        assert texts(plant) == ["Start.", "Trip."]
        assert any("OP-1" in warning and "OP-2" in warning for warning in report.warnings)
    assert plant.ingest(sync=True).withdrawn == 1
    assert texts(plant) == ["Start."] and plant.registry.get("power", "OP-1").reason.endswith("another document now.")
    assert plant.ingest(sync=True).withdrawn == 0
    path.write_bytes(content)
    plant.ingest(sync=True)
    assert texts(plant) == ["Trip."]


@pytest.mark.parametrize("name", ["0.md", "b.md"], ids=["met before", "met after"])
@pytest.mark.parametrize("copied_first", [True, False])
def test_a_document_that_moved_and_whose_old_path_holds_another_is_not_lost(
    plant: Plant, name: str, copied_first: bool
) -> None:
    path = plant.write("a.md", procedure("OP-1", "1", "Trip."))
    plant.ingest(sync=True)
    if copied_first:
        plant.write(name, path.read_bytes())
        plant.ingest(sync=True)
    else:
        path.rename(plant.documents / name)
    plant.write("a.md", procedure("OP-2", "1", "Start."))
    for _ in range(2):
        plant.ingest(sync=True)
        assert texts(plant) == ["Start.", "Trip."]
    assert plant.registry.get("power", "OP-1").file_name == name


def test_a_new_revision_in_the_same_file_keeps_the_one_before_in_the_history(plant: Plant) -> None:
    plant.write("a.md", procedure("OP-1", "1", "Trip."))
    plant.ingest(sync=True)
    plant.write("a.md", procedure("OP-1", "2", "Trip later."))
    assert plant.ingest(sync=True).withdrawn == 0
    assert [r.status for r in plant.registry.editions("power", ["OP-1"])["OP-1"]].count(DocumentStatus.SUPERSEDED) == 1


def test_a_copy_takes_over_when_the_first_file_is_deleted(plant: Plant) -> None:
    path = plant.write("a.md", procedure("OP-1", "1", "Trip."))
    plant.write("copy.md", procedure("OP-1", "1", "Trip."))
    plant.ingest(sync=True)
    path.unlink()
    plant.ingest(sync=True)
    assert texts(plant) == ["Trip."] and plant.registry.get("power", "OP-1").file_name == "copy.md"


def test_an_empty_folder_withdraws_nothing(plant: Plant) -> None:
    path = plant.write("a.md", procedure("OP-1", "1", "Trip."))
    plant.ingest()
    path.unlink()
    report = plant.ingest(sync=True)
    assert report.withdrawn == 0 and texts(plant) == ["Trip."]
    assert "holds no documents any more" in report.failed[0].reason and "mounted" in report.failed[0].remedy


def test_other_folders_and_unreadable_ones_are_left_alone(plant: Plant, monkeypatch: pytest.MonkeyPatch) -> None:
    plant.write("one/a.md", procedure("OP-1", "1", "One."))
    plant.write("two/b.md", procedure("OP-2", "1", "Two."))
    plant.write("two/sub/c.md", procedure("OP-3", "1", "Three."))
    plant.ingest()
    plant.ingest(plant.documents / "one", sync=True)
    assert texts(plant) == ["One.", "Three.", "Two."]
    listing = os.scandir

    def scandir(folder: str | Path) -> object:
        if str(folder).endswith("sub"):
            raise PermissionError(13, "Permission denied")
        return listing(folder)

    monkeypatch.setattr(os, "scandir", scandir)
    report = plant.ingest(sync=True)
    assert texts(plant) == ["One.", "Three.", "Two."] and "cannot be listed" in report.failed[0].reason


def test_a_file_that_cannot_be_read_any_more_keeps_its_last_revision(plant: Plant) -> None:
    plant.write("a.md", procedure("OP-1", "1", "Trip."))
    records = plant.write("law.jsonl", json.dumps({"id": "L-1", "title": "Law", "text": "Text."}))
    plant.ingest(sync=True)
    plant.write("a.md", b"")
    records.write_text("{broken")
    report = plant.ingest(sync=True)
    assert len(report.failed) == 2 and report.withdrawn == 0 and texts(plant) == ["Text.", "Trip."]
    records.write_text(json.dumps({"id": "L-2", "title": "Law", "text": "Other."}))
    assert plant.ingest(sync=True).withdrawn == 1 and texts(plant) == ["Other.", "Trip."]


def test_a_failed_file_that_is_gone_is_not_listed_any_more(plant: Plant) -> None:
    plant.write("a.md", procedure("OP-1", "1", "Trip."))
    broken = plant.write("b.md", b"")
    plant.ingest()
    broken.unlink()
    plant.ingest(sync=True)
    assert plant.registry.documents("power", DocumentStatus.FAILED) == []


def test_copies_of_a_remote_place_are_known_by_that_place(plant: Plant) -> None:
    path = plant.write("x/a.md", procedure("OP-1", "1", "Trip."))
    plant.write("x/copy.md", procedure("OP-1", "1", "Trip."))
    origin = "webdav://host/room/"
    plant.ingest(origin=origin, sync=True)
    assert plant.registry.get("power", "OP-1").source == "webdav://host/room/x/a.md"
    path.unlink()
    plant.ingest(origin=origin, sync=True)
    assert plant.registry.get("power", "OP-1").source == "webdav://host/room/x/copy.md" and texts(plant) == ["Trip."]
