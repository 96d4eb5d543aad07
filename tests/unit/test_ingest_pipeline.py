"""The whole ingestion over fakes of index and encoders: what comes in, what is skipped, refused, superseded."""

import json
import os
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from walkdown.documents import DocumentStatus
from walkdown.index.standing import Marks
from walkdown.index.store import IndexedChunk
from walkdown.models.embedder import FloatMatrix
from walkdown.records.publishing import Publisher
from walkdown.testing.memory import HashEmbedder, MemoryStore
from walkdown_ingestion.testing import Plant, procedure


@pytest.fixture
def plant(tmp_path: Path) -> Plant:
    return Plant(tmp_path)


def test_a_folder_is_taken_in_and_the_second_run_skips_it(plant: Plant) -> None:
    plant.here = False
    plant.write("a.md", procedure("OP-1", "1", "Trip at 12.5 MPa."))
    plant.write("unit 2/나.txt", "밸브를 닫는다.\n\nThen wait.")
    plant.write("c.csv", "Tag,Trip\nP-101A,85\n")
    seen: list[tuple[str, int, int]] = []
    first = plant.ingest(progress=lambda name, done, total: seen.append((name, done, total)))
    assert (first.added, first.updated, first.unchanged, first.failed) == (3, 0, 0, ())
    assert first.chunks == len(plant.chunks()) == 3
    assert sorted({c.document_id for c in plant.chunks()}) == ["OP-1", "c", "unit 2/나"]
    # While the first one is waited for, it is told again that none is done.
    assert [s[1:] for s in dict.fromkeys(seen) if s[1]] == [(1, 3), (2, 3), (3, 3)]
    assert plant.blobs.fetch(plant.registry.get("power", "OP-1").sha256).read_bytes().startswith(b"---")
    second = plant.ingest()
    assert (second.added, second.updated, second.unchanged, second.chunks) == (0, 0, 3, 0)


def test_a_changed_document_replaces_its_passages(plant: Plant) -> None:
    path = plant.write("a.md", procedure("OP-1", "1", "Trip at 12.5 MPa.") + "\n## More\n\nOld text.\n" * 3)
    plant.ingest()
    path.write_text(procedure("OP-1", "2", "Trip at 13 MPa."))
    report = plant.ingest()
    assert (report.added, report.updated) == (0, 1)
    assert [c.text for c in plant.chunks()] == ["Trip at 13 MPa."]
    assert plant.registry.get("power", "OP-1").revision == "2"


def test_other_access_makes_documents_new_and_another_encoder_does_not(plant: Plant) -> None:
    plant.write("a.md", procedure("OP-1", "1", "Trip."))
    plant.ingest()
    assert plant.ingest(access=("operators",)).updated == 1
    assert plant.chunks()[0].access == ("operators",)
    assert plant.ingest(access=("operators",)).unchanged == 1
    plant.embedders = [HashEmbedder(dim=32)]  # the index itself refuses other encoders until it is rebuilt
    assert plant.ingest(access=("operators",)).unchanged == 1


def test_bad_files_are_named_with_reason_and_do_not_stop_the_batch(plant: Plant) -> None:
    plant.write("a.md", procedure("OP-1", "1", "Trip."))
    plant.write("b.md", b"")
    plant.write("c.docx", b"PK\x03\x04 word/ broken")
    plant.write("d.xlsx", b"PK\x03\x04 something")
    plant.write("e.txt", b"\x00\x01\x02\x03" * 50)
    plant.write("drawing.dwg", b"AC1032")
    plant.write("~$lock.docx", b"x")
    plant.write(".hidden.md", b"x")
    plant.write("z.md", procedure("OP-2", "1", "Start."))
    report = plant.ingest(plant.documents, plant.documents / "absent.md")
    assert report.added == 2
    assert [f.name for f in report.failed] == [str(plant.documents / "absent.md"), "b.md", "c.docx", "d.xlsx", "e.txt"]
    assert all(f.reason.endswith(".") and f.remedy.endswith(".") for f in report.failed)
    assert report.warnings == ("Files of kinds that are no documents were left out: .dwg 1.",)
    failed = plant.registry.documents("power", DocumentStatus.FAILED)
    assert sorted(r.file_name for r in failed) == ["b.md", "c.docx", "d.xlsx", "e.txt"]
    plant.write("b.md", procedure("OP-3", "1", "Now it reads."))
    plant.ingest()
    assert len(plant.registry.documents("power", DocumentStatus.FAILED)) == 3


def test_records_become_documents_of_their_own_id(plant: Plant) -> None:
    lines = [json.dumps({"id": f"LAW-{i}", "title": f"Article {i}", "text": f"Text {i}."}) for i in range(150)]
    lines[3] = "{broken"
    lines[7] = json.dumps({"id": "LAW-1", "title": "Again", "text": "x"})
    lines[9] = json.dumps({"id": "LAW-9", "title": "Secret", "text": "Text 9.", "access": ["managers"], "page": 4})
    path = plant.write("law.jsonl", "\n".join(lines))
    report = plant.ingest(path)
    assert report.added == 148
    assert [f.reason for f in report.failed] == [
        "law.jsonl line 4 is not JSON.",
        "law.jsonl line 8 has the id LAW-1 once more.",
    ]
    by_id = {c.document_id: c for c in plant.chunks()}
    assert by_id["LAW-149"].title == "Article 149"
    assert by_id["LAW-9"].access == ("managers",)
    assert plant.registry.get("power", "LAW-9").metadata["page"] == "4"
    path.write_text("\n".join([*lines[:3], lines[5].replace("Text 5.", "Text five.")]))
    again = plant.ingest(path)
    assert (again.unchanged, again.updated) == (3, 1)


def test_documents_csv_beside_the_files_wins(plant: Plant) -> None:
    plant.write("sub/a.md", procedure("OP-1", "1", "Trip."))
    plant.write("sub/b.txt", "Some text.")
    plant.write(
        "documents.csv",
        "file,id,title,revision,effective_date,language,access,site,type\n"
        'sub/a.md,PWR-1,Trips,7,2025-03-01,ko,"ops; shift",Unit 2,alarm_sheet\n',
    )
    report = plant.ingest()
    assert report.added == 2
    record = plant.registry.get("power", "PWR-1")
    assert (record.title, record.revision, str(record.effective_date)) == ("Trips", "7", "2025-03-01")
    assert (record.access, record.site, record.metadata["type"]) == (("ops", "shift"), "Unit 2", "alarm_sheet")
    assert plant.registry.get("power", "sub/b").access == ()


def test_a_faulty_documents_csv_keeps_its_files_out(plant: Plant) -> None:
    plant.write("a.md", procedure("OP-1", "1", "Trip."))
    plant.write("documents.csv", "file,acess\na.md,managers\n")
    report = plant.ingest()
    assert report.added == 0
    assert "unknown column 'acess'" in report.failed[0].reason
    assert plant.chunks() == []


def test_a_newer_revision_in_another_file_supersedes_and_the_old_one_does_not_come_back(plant: Plant) -> None:
    plant.write("pump rev 1.md", procedure("OP-1", "1", "Trip at 12."))
    plant.write("pump rev 2.md", procedure("OP-1", "2", "Trip at 13."))
    for _ in range(2):
        plant.ingest()
        assert [c.text for c in plant.chunks()] == ["Trip at 13."]
        assert plant.registry.get("power", "OP-1").revision == "2"


def test_an_older_revision_after_a_newer_one_stays_out(plant: Plant) -> None:
    plant.write("a new.md", procedure("OP-1", "B", "Trip at 13."))
    plant.write("b old.md", procedure("OP-1", "A", "Trip at 12."))
    report = plant.ingest()
    assert [c.text for c in plant.chunks()] == ["Trip at 13."]
    assert report.warnings == ("b old.md is not in force: Superseded by revision B (a new.md).",)
    assert report.failed == ()
    assert plant.statuses() == {"a new.md": "in_force", "b old.md": "superseded"}


def test_two_files_that_claim_one_revision_are_not_merged(plant: Plant) -> None:
    plant.write("a.md", procedure("OP-1", "1", "Trip at 12."))
    plant.write("b.md", procedure("OP-1", "1", "Trip at 13."))
    plant.write("copy of a.md", procedure("OP-1", "1", "Trip at 12."))
    report = plant.ingest()
    assert plant.chunks() == []
    assert [f.name for f in report.failed] == ["a.md", "b.md"]
    assert "their content differs" in report.failed[0].reason
    assert "same content" in report.warnings[0]
    assert plant.statuses() == {"a.md": "conflict", "b.md": "conflict"}


def test_a_moved_file_goes_on_under_its_new_name(plant: Plant) -> None:
    path = plant.write("a.md", procedure("OP-1", "1", "Trip."))
    plant.ingest()
    path.rename(plant.documents / "b.md")
    report = plant.ingest()
    assert (report.updated, report.failed) == (1, ())
    assert plant.registry.get("power", "OP-1").file_name == "b.md"


def test_a_withdrawn_document_is_not_brought_back_by_the_same_file(plant: Plant) -> None:
    plant.write("a.md", procedure("OP-1", "1", "Trip."))
    plant.ingest()
    Publisher(plant.registry, plant.store, "power").withdraw("OP-1")
    assert plant.ingest().unchanged == 1
    assert plant.chunks() == []
    assert plant.status("OP-1") is DocumentStatus.WITHDRAWN


class Dying(MemoryStore):
    """A store that ends the run at the n-th call that writes."""

    left = 10**9

    def upsert(self, items: Sequence[IndexedChunk]) -> None:
        for item in items:
            self._step()
            super().upsert([item])

    def delete_edition(self, pack: str, edition: str) -> None:
        self._step()
        super().delete_edition(pack, edition)

    def mark(self, pack: str, edition: str, marks: Marks) -> None:
        self._step()
        super().mark(pack, edition, marks)

    def _step(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise KeyboardInterrupt


def _write_first(plant: Plant) -> None:
    plant.write("a.md", procedure("OP-1", "1", "Trip at 12.") + "\n## Next\n\nWait for the level to settle.\n" * 4)
    plant.write("b.md", procedure("OP-2", "1", "Start slowly."))


def _write_second(plant: Plant) -> None:
    plant.write("a.md", procedure("OP-1", "2", "Trip at 13."))
    plant.write("c.md", procedure("OP-3", "1", "A third one."))


@pytest.mark.parametrize("steps", range(10))
def test_killed_at_any_write_the_next_run_ends_like_an_undisturbed_one(tmp_path: Path, steps: int) -> None:
    clean_home, home = tmp_path / "clean", tmp_path / "killed"
    clean_home.mkdir()
    home.mkdir()
    clean, plant = Plant(clean_home), Plant(home, Dying())
    for each in (clean, plant):
        _write_first(each)
        each.ingest()
        _write_second(each)
    clean.ingest()
    assert isinstance(plant.store, Dying)
    plant.store.left = steps
    try:
        plant.ingest()
    except KeyboardInterrupt:
        plant.store.left = 10**9
        plant.ingest()
    assert [c.id for c in plant.chunks()] == [c.id for c in clean.chunks()]
    assert list(plant.store.chunks("power")) == list(clean.store.chunks("power"))
    wanted = [(r.id, r.revision, r.status) for r in clean.registry.documents("power")]
    assert [(r.id, r.revision, r.status) for r in plant.registry.documents("power")] == wanted


def test_passages_of_a_document_that_never_came_into_force_are_removed(plant: Plant) -> None:
    store = Dying()
    plant.store = store
    path = plant.write("a.md", procedure("OP-1", "1", "Trip.") + "\n## B\n\n" + "Long text. " * 200)
    store.left = 2
    with pytest.raises(KeyboardInterrupt):
        plant.ingest()
    assert len(list(plant.store.chunks("power"))) == 2
    store.left = 10**9
    path.unlink()
    plant.write("b.md", procedure("OP-2", "1", "Start."))
    plant.ingest()
    assert {c.document_id for c in plant.store.chunks("power")} == {"OP-2"}


def test_a_lost_index_is_filled_again(plant: Plant) -> None:
    plant.write("a.md", procedure("OP-1", "1", "Trip."))
    plant.write("b.md", procedure("OP-2", "1", "Start."))
    plant.ingest()
    plant.store = MemoryStore(generations=plant.registry)
    report = plant.ingest()
    assert report.updated == 2
    assert "The index holds 0 of the 2 passages" in report.warnings[0]
    assert len(plant.chunks()) == 2


def test_links_that_loop_and_unreadable_folders_do_no_harm(plant: Plant) -> None:
    plant.write("sub/a.md", procedure("OP-1", "1", "Trip."))
    (plant.documents / "sub" / "loop").symlink_to(plant.documents, target_is_directory=True)
    (plant.documents / "dangling.md").symlink_to(plant.documents / "nowhere.md")
    report = plant.ingest()
    assert report.added == 1
    assert [f.name for f in report.failed] == ["dangling.md"]


def test_decomposed_file_names_give_the_same_ids(plant: Plant) -> None:
    import unicodedata

    plant.write(unicodedata.normalize("NFD", "절차서.txt"), "밸브를 닫는다.")
    plant.ingest()
    assert plant.chunks()[0].document_id == "절차서"


def test_a_folder_of_many_passages_is_written_in_windows(plant: Plant) -> None:
    plant.write("long.txt", "\n\n".join(f"Paragraph {i} " + "word " * 150 for i in range(600)))
    report = plant.ingest()
    assert report.chunks == len(plant.chunks()) >= 600
    assert [c.ordinal for c in plant.chunks()] == list(range(report.chunks))


def test_the_encoders_do_not_wait_for_a_whole_window(plant: Plant, monkeypatch: pytest.MonkeyPatch) -> None:
    for i in range(60):
        plant.write(f"{i:02}.txt", "\n\n".join(f"Document {i} paragraph {k} " + "word " * 150 for k in range(10)))
    at_once: list[int] = []
    encode = HashEmbedder.embed_passages

    def counted(self: HashEmbedder, texts: Sequence[str]) -> FloatMatrix:
        at_once.append(len(texts))
        return encode(self, texts)

    monkeypatch.setattr(HashEmbedder, "embed_passages", counted)
    assert plant.ingest().chunks == sum(at_once) >= 600
    assert at_once[0] < 50
    assert max(at_once) >= 256


@pytest.mark.parametrize("change", [lambda p: os.utime(p), lambda p: shutil.copy(p, p.with_suffix(".bak"))])
def test_touching_a_file_is_no_change(plant: Plant, change: Callable[[Path], object]) -> None:
    path = plant.write("a.md", procedure("OP-1", "1", "Trip."))
    plant.ingest()
    change(path)
    assert plant.ingest().unchanged == 1


def test_an_original_that_was_lost_is_kept_again(plant: Plant) -> None:
    plant.write("a.md", procedure("OP-1", "1", "Trip at 12.5 MPa."))
    plant.write("b.md", procedure("OP-2", "1", "Trip at 13 MPa."))
    plant.ingest()
    record = plant.registry.get("power", "OP-1")
    plant.blobs.fetch(record.sha256).unlink()
    report = plant.ingest()
    assert (report.updated, report.unchanged) == (1, 1)
    assert "originals of 1 documents" in report.warnings[0]
    assert plant.blobs.fetch(record.sha256).is_file()
    assert plant.registry.get("power", "OP-1").edition == record.edition
    assert sorted(c.document_id for c in plant.chunks()) == ["OP-1", "OP-2"]
    assert plant.ingest().unchanged == 2
