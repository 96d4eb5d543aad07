"""Conformance suite of the records: a database is supported when a subclass of `RecordsSuite` with one fixture passes.

The fixture `url` gives the SQLAlchemy URL of an empty database.
"""

import datetime as dt
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from walkdown.documents import Answer, AnswerStatus, Chunk, Claim, DocumentStatus, Evidence, Principal, SourceDocument
from walkdown.errors import UnknownItemError, UsageError
from walkdown.records.answers import AnswerLog
from walkdown.records.registry import PackCounts, Registry

_SHA = "ab" * 32


def make_document(document_id: str = "OP-1", revision: str = "A", **fields: object) -> SourceDocument:
    """A document with every field set; `fields` override."""
    base: dict[str, object] = {
        "id": document_id, "pack": "power", "title": "급수 펌프", "revision": revision, "language": "ko",
        "sha256": _SHA, "media_type": "application/pdf", "file_name": "급수.pdf", "source": f"/in/{document_id}.pdf",
        "effective_date": "2024-02-29", "site": "S1", "access": ("ops", "lab"), "metadata": {"unit": "1"},
    }  # fmt: skip
    return SourceDocument.model_validate(base | fields)


def make_answer(record_id: str, pack: str = "power") -> Answer:
    """An answer with evidence and a claim."""
    chunk = Chunk(
        id="c", document_id="d", pack=pack, title="t", language="ko", ordinal=0, text="최소 유량은 40 m3/h이다."
    )
    return Answer(
        status=AnswerStatus.ANSWERED, pack=pack, question="유량은?", language="ko", text="40 m3/h [1]", model="m",
        claims=(Claim(text="40 m3/h", citations=(1,)),), record_id=record_id,
        evidence=(Evidence(number=1, chunk=chunk, score=0.5, scores={"lexical": 0.5}),), timings={"total": 1.25},
    )  # fmt: skip


class RecordsSuite:
    """What every database must do."""

    @pytest.fixture
    def registry(self, url: str) -> Iterator[Registry]:
        """An empty registry."""
        opened = Registry(url)
        yield opened
        opened.close()

    @pytest.fixture
    def log(self, url: str) -> Iterator[AnswerLog]:
        """An empty answer log."""
        opened = AnswerLog(url)
        yield opened
        opened.close()

    def test_every_field_survives(self, registry: Registry) -> None:
        """What is activated comes back, with the moment in UTC."""
        document = make_document()
        before = dt.datetime.now(dt.UTC)
        registry.activate(document, 7, 3, ["page 2 has no text"], fingerprint="f1")
        record = registry.get("power", "OP-1")
        assert SourceDocument.model_validate(record.model_dump(include=set(SourceDocument.model_fields))) == document
        assert (record.chunk_count, record.page_count, record.warnings) == (7, 3, ("page 2 has no text",))
        assert record.status is DocumentStatus.IN_FORCE and record.fingerprint == "f1"
        assert record.ingested_at.utcoffset() == dt.timedelta(0)
        assert before <= record.ingested_at <= dt.datetime.now(dt.UTC)

    def test_a_new_revision_supersedes(self, registry: Registry) -> None:
        """One revision in force at any time; the others stay listed, and may come back."""
        for revision in ("A", "B"):
            registry.activate(make_document(revision=revision), 1)
        assert registry.get("power", "OP-1").revision == "B"
        listed = {r.revision: r.status for r in registry.documents("power")}
        assert listed == {"A": DocumentStatus.SUPERSEDED, "B": DocumentStatus.IN_FORCE}
        assert [r.revision for r in registry.documents("power", DocumentStatus.SUPERSEDED)] == ["A"]
        registry.activate(make_document(revision="A"), 2)
        back = registry.get("power", "OP-1")
        assert (back.revision, back.chunk_count, back.reason) == ("A", 2, "")
        assert [r.revision for r in registry.documents("power", DocumentStatus.IN_FORCE)] == ["A"]

    def test_the_same_revision_replaces(self, registry: Registry) -> None:
        """Handing a revision in again is no second entry."""
        registry.activate(make_document(title="old"), 1)
        registry.activate(make_document(title="new"), 2)
        assert [(r.title, r.chunk_count) for r in registry.documents("power")] == [("new", 2)]

    def test_packs_are_apart(self, registry: Registry) -> None:
        """The same id in two packs is two documents."""
        registry.activate(make_document(), 3)
        registry.activate(make_document(pack="bio"), 4)
        registry.withdraw("bio", "OP-1")
        assert registry.get("power", "OP-1").status is DocumentStatus.IN_FORCE
        assert registry.counts() == {"power": PackCounts(1, 3, 0)}

    def test_failures_stay_listed_and_harm_nothing(self, registry: Registry) -> None:
        """A failed file has status and reason until its source succeeds; what was in force stays."""
        registry.activate(make_document(), 3)
        registry.fail("power", "/in/OP-1.pdf", "OP-1.pdf", None, "It is encrypted.", "Remove the password.")
        registry.fail("power", "/in/OP-1.pdf", "OP-1.pdf", _SHA, "It is empty.", "Send it again.")
        assert registry.get("power", "OP-1").status is DocumentStatus.IN_FORCE
        [failed] = registry.documents("power", DocumentStatus.FAILED)
        assert (failed.reason, failed.remedy, failed.sha256) == ("It is empty.", "Send it again.", _SHA)
        assert registry.get("power", "/in/OP-1.pdf") == failed and failed in registry.documents("power")
        assert registry.counts() == {"power": PackCounts(1, 3, 1)}
        registry.activate(make_document(), 3)
        assert registry.documents("power", DocumentStatus.FAILED) == []

    def test_find_unchanged(self, registry: Registry) -> None:
        """Same content made the same way, in force: nothing to do. Anything else: work."""
        registry.activate(make_document(), 3, fingerprint="f1")

        def found(pack: str = "power", sha256: str = _SHA, fingerprint: str = "f1", **key: str) -> bool:
            key = key or {"document_id": "OP-1"}
            return registry.find_unchanged(pack, sha256=sha256, fingerprint=fingerprint, **key) is not None

        assert found() and found(source="/in/OP-1.pdf") and found(source="/in/OP-1.pdf", document_id="OP-1")
        assert not found(pack="bio") and not found(sha256="cd" * 32) and not found(fingerprint="f2")
        assert not found(document_id="OP-2") and not found(source="/in/x") and not found(document_id="OP-1", source="x")
        with pytest.raises(ValueError, match="by id or by source"):
            registry.find_unchanged("power", sha256=_SHA, fingerprint="f1")
        registry.withdraw("power", "OP-1", "recalled")
        assert not found()

    def test_withdraw_and_delete(self, registry: Registry) -> None:
        """A withdrawn document stays listed, a deleted one is forgotten; unknown ones are said to be."""
        registry.activate(make_document(revision="A"), 1)
        registry.activate(make_document(revision="B"), 1)
        registry.withdraw("power", "OP-1", "recalled")
        record = registry.get("power", "OP-1")
        assert (record.revision, record.status, record.reason) == ("B", DocumentStatus.WITHDRAWN, "recalled")
        registry.delete("power", "OP-1")
        registry.fail("power", "/in/x.pdf", "x.pdf", None, "r", "r")
        registry.delete("power", "/in/x.pdf")
        assert registry.documents("power") == []
        for act in (registry.get, registry.withdraw, registry.delete):
            with pytest.raises(UnknownItemError, match="OP-1"):
                act("power", "OP-1")

    def test_two_at_once_leave_one_in_force(self, registry: Registry, url: str) -> None:
        """Threads and connections that activate revisions of one document end with one in force."""
        other = Registry(url)
        errors: list[Exception] = []

        def work(target: Registry, revision: str) -> None:
            try:
                for _ in range(10):
                    target.activate(make_document(revision=revision), 1)
            except Exception as error:  # noqa: BLE001 - handed to the test
                errors.append(error)

        threads = [threading.Thread(target=work, args=(t, r)) for t, r in ((registry, "A"), (other, "B"), (other, "C"))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        other.close()
        assert errors == []
        assert len(registry.documents("power", DocumentStatus.IN_FORCE)) == 1 and len(registry.documents("power")) == 3

    def test_many_may_open_an_empty_database_at_once(self, url: str) -> None:
        """The tables are made once, whoever comes first."""
        with ThreadPoolExecutor(4) as pool:
            opened = list(pool.map(Registry, [url] * 4))
        for registry in opened:
            assert registry.counts() == {}
            registry.close()

    def test_answers_come_back_whole(self, log: AnswerLog, url: str) -> None:
        """A record equals what was kept, is never overwritten, and is there for the next process."""
        kept = log.add(make_answer("r1"), Principal(name="kim", groups=("ops",)), prompt_hash=_SHA)
        assert kept.answer == make_answer("r1") and kept.asked_at.utcoffset() == dt.timedelta(0)
        assert (kept.pack, kept.question, kept.model, kept.prompt_hash) == ("power", "유량은?", "m", _SHA)
        second = AnswerLog(url)
        assert second.get("r1") == kept
        second.close()
        with pytest.raises(UsageError, match="kept already"):
            log.add(make_answer("r1", "bio"), Principal())
        with pytest.raises(UsageError, match="no record id"):
            log.add(make_answer(""), Principal())
        with pytest.raises(UnknownItemError):
            log.get("r2")
        assert log.get("r1") == kept

    def test_latest_answers(self, log: AnswerLog) -> None:
        """Newest first, by pack, and in pages."""
        start = dt.datetime(2024, 1, 1, tzinfo=dt.timezone(dt.timedelta(hours=9)))
        for i in range(5):
            log.add(
                make_answer(f"r{i}", "bio" if i == 3 else "power"), Principal(), asked_at=start + dt.timedelta(hours=i)
            )
        assert [r.record_id for r in log.latest(limit=2)] == ["r4", "r3"]
        assert [r.record_id for r in log.latest("power")] == ["r4", "r2", "r1", "r0"]
        before = log.get("r2").asked_at
        assert before == start + dt.timedelta(hours=2) and before.hour == 17
        assert [r.record_id for r in log.latest("power", before=before)] == ["r1", "r0"]
