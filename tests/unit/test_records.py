"""The records on SQLite, and the originals: kept whole or not at all, and checked when they are read."""

import hashlib
import os
import sqlite3
import stat
from pathlib import Path

import pytest

from walkdown.documents import DocumentStatus
from walkdown.errors import DocumentError, ResourceError, UnknownItemError, UsageError
from walkdown.records.blobs import BlobStore
from walkdown.records.registry import Registry
from walkdown.records.releases import Releases
from walkdown.settings import Settings
from walkdown.testing.records_suite import RecordsSuite, commit, make_entry
from walkdown_server.lazy import Lazy
from walkdown_server.shelf import published_shelf


class TestSqlite(RecordsSuite):
    @pytest.fixture
    def url(self, tmp_path: Path) -> str:
        return f"sqlite:///{tmp_path / 'new' / 'walkdown.db'}"


def test_the_database_itself_refuses_two_in_force(tmp_path: Path) -> None:
    registry = Registry(f"sqlite:///{tmp_path / 'r.db'}")
    commit(registry, make_entry(revision="A", status=DocumentStatus.SUPERSEDED), make_entry(revision="B"))
    registry.close()
    with sqlite3.connect(tmp_path / "r.db") as raw, pytest.raises(sqlite3.IntegrityError):
        raw.execute("UPDATE documents SET status = 'in_force'")


def test_readers_do_not_wait_for_the_writer(tmp_path: Path) -> None:
    registry = Registry(f"sqlite:///{tmp_path / 'r.db'}")
    commit(registry, make_entry())
    writer = sqlite3.connect(tmp_path / "r.db", isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("DELETE FROM documents")
    assert registry.get("power", "OP-1").chunk_count == 1
    writer.rollback()
    writer.close()
    registry.close()


def test_tables_of_another_version_are_refused(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'r.db'}"
    Registry(url).close()
    with sqlite3.connect(tmp_path / "r.db") as raw:
        raw.execute("UPDATE walkdown_schema SET version = 99")
    with pytest.raises(ResourceError, match="version 99"):
        Registry(url)


def test_tables_of_version_one_are_brought_up_to_date(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'r.db'}"
    with sqlite3.connect(tmp_path / "r.db") as raw:
        raw.executescript(_VERSION_ONE)
    registry = Registry(url)
    [record] = registry.documents("power")
    assert (record.id, record.revision, record.title, record.access) == ("OP-1", "A", "Pump", ("ops",))
    commit(registry, record.model_copy(update={"status": DocumentStatus.SUPERSEDED}), make_entry(revision="B"))
    assert registry.get("power", "OP-1").revision == "B"
    registry.close()
    Registry(url).close()


_VERSION_ONE = """
CREATE TABLE walkdown_schema (version INTEGER PRIMARY KEY);
INSERT INTO walkdown_schema VALUES (1);
CREATE TABLE documents (pack VARCHAR NOT NULL, id VARCHAR NOT NULL, revision VARCHAR NOT NULL, status VARCHAR(16),
 title VARCHAR, language VARCHAR(2), sha256 VARCHAR(64), media_type VARCHAR, file_name VARCHAR, source VARCHAR,
 site VARCHAR, access JSON, effective_date DATE, details JSON, fingerprint VARCHAR, chunk_count INTEGER,
 page_count INTEGER, warnings JSON, reason VARCHAR, ingested_at DATETIME, PRIMARY KEY (pack, id, revision));
CREATE INDEX ix_documents_source ON documents (source);
CREATE UNIQUE INDEX one_in_force ON documents (pack, id) WHERE status = 'in_force';
INSERT INTO documents VALUES ('power','OP-1','A','in_force','Pump','en','ab','text/plain','a.md','/in/a.md','',
 '["ops"]',NULL,'{}','f',3,0,'[]','','2024-01-01 00:00:00.000000');
"""


@pytest.mark.parametrize("url", ["no url", "nosuchdb://x/y", "sqlite+nosuch:///x"])
def test_a_url_that_cannot_be_read(url: str) -> None:
    with pytest.raises(UsageError, match="URL cannot be read"):
        Registry(url)


def test_a_database_that_cannot_be_used_is_said_without_its_password(tmp_path: Path) -> None:
    (tmp_path / "file.db").write_bytes(b"not a database" * 100)
    with pytest.raises(ResourceError, match="cannot be used"):
        Registry(f"sqlite:///{tmp_path / 'file.db'}")
    with pytest.raises(ResourceError) as caught:
        Registry("postgresql://kim:geheim@127.0.0.1:9/none")
    assert "geheim" not in str(caught.value) and "127.0.0.1" in str(caught.value)
    with pytest.raises(ResourceError, match="folder"):
        Registry(f"sqlite:///{tmp_path / 'file.db' / 'below.db'}")


@pytest.fixture
def blobs(tmp_path: Path) -> BlobStore:
    return BlobStore(tmp_path / "blobs")


def test_originals_come_back_byte_for_byte(blobs: BlobStore, tmp_path: Path) -> None:
    content = os.urandom(3 << 20)
    (tmp_path / "x.pdf").write_bytes(content)
    digest = blobs.keep(tmp_path / "x.pdf")
    assert digest == hashlib.sha256(content).hexdigest()
    assert blobs.fetch(digest).read_bytes() == content
    assert blobs.keep_bytes(content) == digest and blobs.keep_bytes(b"") == hashlib.sha256(b"").hexdigest()
    files = [path for path in (tmp_path / "blobs").rglob("*") if path.is_file()]
    assert len(files) == 2, "one file per content and no draft left"


def test_a_changed_original_is_noticed_and_mended_by_keeping_it_again(blobs: BlobStore) -> None:
    digest = blobs.keep_bytes(b"limit 40")
    blobs.fetch(digest).write_bytes(b"limit 45")
    with pytest.raises(DocumentError, match="changed"):
        blobs.fetch(digest)
    blobs.keep_bytes(b"limit 40")
    assert blobs.fetch(digest).read_bytes() == b"limit 40"


@pytest.mark.parametrize("name", ["0" * 64, "", "../../etc/passwd", "A" * 64, "0" * 63])
def test_unknown_originals(blobs: BlobStore, name: str) -> None:
    with pytest.raises(UnknownItemError):
        blobs.fetch(name)


def test_files_that_cannot_be_read_or_kept(blobs: BlobStore, tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"gone\.pdf"):
        blobs.keep(tmp_path / "gone.pdf")
    with pytest.raises(DocumentError):
        blobs.keep(tmp_path)
    (tmp_path / "plain").write_text("a file where the folder should be")
    with pytest.raises(ResourceError, match="cannot be kept"):
        BlobStore(tmp_path / "plain").keep_bytes(b"x")


def test_what_may_not_be_written_is_a_matter_of_rights_and_not_of_space(
    blobs: BlobStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Red where the remedy is to free space, of which there is enough."""

    def denied(descriptor: int) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "fsync", denied)
    with pytest.raises(ResourceError) as caught:
        blobs.keep_bytes(b"x")
    assert "user that runs Walkdown" in caught.value.remedy
    with pytest.raises(ResourceError) as caught:
        Registry(f"sqlite:///{tmp_path}")
    assert "user that runs Walkdown" in caught.value.remedy


def test_a_home_that_may_not_be_entered_is_said_by_its_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Red where looking for the file ends as a defect ("Walkdown failed unexpectedly")."""

    looked = Path.stat

    def denied(path: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        if path.name == "walkdown.db":
            raise PermissionError(13, "Permission denied", str(path))
        return looked(path, follow_symlinks=follow_symlinks)

    monkeypatch.setattr(Path, "stat", denied)
    shelf = published_shelf(Settings(home=tmp_path), Lazy(lambda: Releases(f"sqlite:///{tmp_path}")))
    with pytest.raises(ResourceError, match="unable to open"):
        shelf.get("power")


def test_a_full_disk_leaves_nothing_behind(blobs: BlobStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ResourceError, match="No space left"):
        blobs.keep_bytes(b"x")
    assert [path for path in (tmp_path / "blobs").rglob("*") if path.is_file()] == []


def test_originals_are_private(blobs: BlobStore) -> None:
    mode = blobs.fetch(blobs.keep_bytes(b"x")).stat().st_mode
    assert stat.S_IMODE(mode) == 0o600


def test_a_file_where_the_folder_should_be_is_told_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("x")
    with pytest.raises(ResourceError, match="cannot be made") as caught:
        Registry(f"sqlite:///{tmp_path}/home/w.db")
    assert str(tmp_path / "home") in caught.value.cause and "Errno" not in caught.value.cause
    assert "WALKDOWN_HOME" in caught.value.remedy
