"""Conformance suite of the records: a database is supported when a subclass of `RecordsSuite` with one fixture passes.

The fixture `url` gives the SQLAlchemy URL of an empty database.
"""

import datetime as dt
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from walkdown.documents import Answer, AnswerStatus, Chunk, Claim, DocumentStatus, Evidence, Principal, SourceDocument
from walkdown.errors import ResourceError, UnknownItemError, UsageError
from walkdown.index.standing import OPEN, Marks
from walkdown.records.answers import AnswerLog
from walkdown.records.registry import DocumentRecord, PackCounts, Registry

_SHA = "ab" * 32


def make_document(document_id: str = "OP-1", revision: str = "A", **fields: object) -> SourceDocument:
    """A document with every field set; `fields` override."""
    base: dict[str, object] = {
        "id": document_id, "pack": "power", "title": "급수 펌프", "revision": revision, "language": "ko",
        "sha256": _SHA, "media_type": "application/pdf", "file_name": "급수.pdf", "source": f"/in/{document_id}.pdf",
        "effective_date": "2024-02-29", "site": "S1", "access": ("ops", "lab"), "metadata": {"unit": "1"},
    }  # fmt: skip
    return SourceDocument.model_validate(base | fields)


def make_entry(
    document_id: str = "OP-1", *, status: DocumentStatus = DocumentStatus.IN_FORCE, chunk_count: int = 1, **fields: Any
) -> DocumentRecord:
    """An entry of the registry with every field set; `fields` are those of the entry, then of the document."""
    own = {key: fields.pop(key) for key in ("page_count", "warnings", "fingerprint") if key in fields}
    document = make_document(document_id, **fields)
    record = DocumentRecord.of(document, f"{document_id} {document.revision}", chunk_count=chunk_count, **own)
    return record.model_copy(update={"status": status, "marks": Marks(1, 2, 3, 4, 5, OPEN)})


def commit(registry: Registry, *entries: DocumentRecord) -> None:
    """Make the entries hold."""
    pack = entries[0].pack
    if registry.current(pack) == 0:
        registry.intend(pack, [])
    registry.commit(pack, registry.current(pack) + 1, entries)


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
        """What is committed comes back, with the moment in UTC."""
        document = make_document()
        before = dt.datetime.now(dt.UTC)
        commit(registry, make_entry(chunk_count=7, page_count=3, warnings=("page 2 has no text",), fingerprint="f1"))
        record = registry.get("power", "OP-1")
        assert SourceDocument.model_validate(record.model_dump(include=set(SourceDocument.model_fields))) == document
        assert (record.chunk_count, record.page_count, record.warnings) == (7, 3, ("page 2 has no text",))
        assert record.status is DocumentStatus.IN_FORCE and record.fingerprint == "f1"
        assert record.marks == Marks(1, 2, 3, 4, 5, OPEN) and not record.rejected
        assert record.ingested_at.utcoffset() == dt.timedelta(0)
        assert before <= record.ingested_at <= dt.datetime.now(dt.UTC)

    def test_entries_and_generation_change_together(self, registry: Registry) -> None:
        """A commit moves the generation on by one; a number that is not the next changes nothing."""
        assert registry.current("power") == 0
        commit(registry, make_entry(revision="A"))
        assert (registry.current("power"), registry.current("bio")) == (1, 0)
        old = make_entry(revision="A", status=DocumentStatus.SUPERSEDED)
        commit(registry, make_entry(revision="B"), old)
        assert registry.current("power") == 2 and registry.get("power", "OP-1").revision == "B"
        assert [r.revision for r in registry.documents("power", DocumentStatus.SUPERSEDED)] == ["A"]
        for number in (2, 4):
            with pytest.raises(ResourceError, match="changed by somebody else"):
                registry.commit("power", number, [make_entry(revision="C", status=DocumentStatus.SUPERSEDED)])
        with pytest.raises((ResourceError, IntegrityError)):
            registry.commit("power", 3, [make_entry(revision="C")])
        assert registry.current("power") == 2 and len(registry.documents("power")) == 2
        registry.commit("power", 3, [], [old])
        assert [r.revision for r in registry.documents("power")] == ["B"]
        assert registry.get("power", "OP-1", edition="OP-1 B").revision == "B"
        with pytest.raises(UnknownItemError):
            registry.get("power", "OP-1", edition="OP-1 A")

    def test_intents_outlive_their_process(self, registry: Registry, url: str) -> None:
        """What a change was about to touch is told to whoever comes next, until the change is finished."""
        assert registry.intent("power") == []
        registry.intend("power", ["e1", "e2"])
        other = Registry(url)
        assert other.intent("power") == ["e1", "e2"] and other.intent("bio") == []
        registry.commit("power", 1, [make_entry()], finished=False)
        assert other.intent("power") == ["e1", "e2"]
        registry.commit("power", 2, [make_entry()])
        assert other.intent("power") == []
        other.close()

    def test_one_change_at_a_time(self, registry: Registry, url: str) -> None:
        """Threads and connections that change a pack take turns."""
        other, inside, most = Registry(url), [0], [0]

        def work(target: Registry) -> None:
            for _ in range(20):
                with target.changing("power"):
                    inside[0] += 1
                    most[0] = max(most[0], inside[0])
                    time.sleep(0.001)
                    inside[0] -= 1

        threads = [threading.Thread(target=work, args=(target,)) for target in (registry, registry, other)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        other.close()
        assert most == [1]

    def test_packs_are_apart(self, registry: Registry) -> None:
        """The same id in two packs is two documents."""
        commit(registry, make_entry(chunk_count=3))
        commit(registry, make_entry(pack="bio", chunk_count=4, status=DocumentStatus.WITHDRAWN))
        assert registry.get("power", "OP-1").status is DocumentStatus.IN_FORCE
        assert registry.counts() == {"power": PackCounts(1, 3, 0)}
        assert {key: len(rows) for key, rows in registry.editions("power", ["OP-1", "x"]).items()} == {
            "OP-1": 1,
            "x": 0,
        }

    def test_failures_stay_listed_and_harm_nothing(self, registry: Registry) -> None:
        """A failed file has status and reason until its source succeeds; what was in force stays."""
        commit(registry, make_entry(chunk_count=3))
        registry.fail("power", "/in/OP-1.pdf", "OP-1.pdf", None, "It is encrypted.", "Remove the password.")
        registry.fail("power", "/in/OP-1.pdf", "OP-1.pdf", _SHA, "It is empty.", "Send it again.")
        assert registry.get("power", "OP-1").status is DocumentStatus.IN_FORCE
        [failed] = registry.documents("power", DocumentStatus.FAILED)
        assert (failed.reason, failed.remedy, failed.sha256) == ("It is empty.", "Send it again.", _SHA)
        assert registry.get("power", "/in/OP-1.pdf") == failed and failed in registry.documents("power")
        assert registry.counts() == {"power": PackCounts(1, 3, 1)}
        commit(registry, make_entry())
        assert registry.documents("power", DocumentStatus.FAILED) == []
        registry.fail("power", "/in/x.pdf", "x.pdf", None, "r", "r")
        registry.forget_failures("power", ["/in/x.pdf"])
        assert registry.documents("power", DocumentStatus.FAILED) == []
        with pytest.raises(UnknownItemError, match="OP-9"):
            registry.get("power", "OP-9")

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

    def test_gaps_are_of_records_and_a_second_report_is_no_second_gap(self, log: AnswerLog) -> None:
        """What was reported is listed by pack, the last report first, with the documents and never who asked."""

        def reported(pack: str) -> list[str]:
            return [one.record_id for one in log.asked_since(pack, dt.datetime.now(dt.UTC)) if one.reported_at]

        log.add(make_answer("r1"), Principal(name="kim"))
        log.add(make_answer("r2"), Principal(name="kim"))
        log.add(make_answer("r3", "bio"), Principal(name="kim"))
        first = log.report_gap("r1", " 개정 7에 없음 ")
        assert (first.record_id, first.pack, first.question, first.language) == ("r1", "power", "유량은?", "ko")
        assert first.note == "개정 7에 없음" and [d.document_id for d in first.nearest] == ["d"]
        log.report_gap("r2")
        log.report_gap("r3")
        assert reported("power") == ["r2", "r1"]
        again = log.report_gap("r1")
        assert again.note == first.note and again.reported_at and first.reported_at
        assert again.reported_at >= first.reported_at
        assert reported("power") == ["r1", "r2"]
        assert log.gaps(["r1", "none"])["r1"][0] == [again]
        assert "kim" not in again.model_dump_json()
        with pytest.raises(UnknownItemError):
            log.report_gap("r9")
        assert log.asked_since("chemical", dt.datetime(2024, 1, 1, tzinfo=dt.UTC)) == []

    def test_what_was_asked_is_told_for_all_versions_of_a_pack(self, log: AnswerLog) -> None:
        """A new version hides nothing that was asked of the former one, and no other pack is taken for one."""
        for i, pack in enumerate(["power", "power@0.2.0", "power_@0.2.0", "powerx", "bio"]):
            log.add(make_answer(f"r{i}", pack), Principal(name="kim", groups=("ops",)), conversation="c")
        start = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
        assert {one.record_id for one in log.asked_since("power", start)} == {"r0", "r1"}
        (one,) = log.asked_since("power@0.2.0", start)
        assert (one.record_id, one.outcome, one.groups, one.conversation) == ("r1", "answered", ("ops",), "c")
        assert log.asked_since("power", dt.datetime.now(dt.UTC)) == []

    def test_conversations_are_of_their_owner(self, log: AnswerLog) -> None:
        """Given back in order, listed by their first question, and to nobody else."""
        start = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
        for i, (owner, conversation) in enumerate([("kim", "c1"), ("kim", "c2"), ("kim", "c1"), ("lee", "c1")]):
            answer = make_answer(f"r{i}").model_copy(update={"question": f"Question {i}?"})
            log.add(answer, Principal(name=owner), conversation=conversation, asked_at=start + dt.timedelta(minutes=i))
        log.add(make_answer("alone"), Principal(name="kim"))
        assert [r.record_id for r in log.conversation("c1", "kim")] == ["r0", "r2"]
        assert [r.record_id for r in log.conversation("c1", "lee")] == ["r3"]
        assert log.conversation("c2", "lee") == log.conversation("c3", "kim") == []
        found = log.conversations("power", "kim", limit=5)
        assert [(c.id, c.questions) for c in found] == [("c1", 2), ("c2", 1)]
        assert found[0].last_asked == start + dt.timedelta(minutes=2)
        # By the first question of the owner, also where another one's conversation goes by the same id.
        assert [c.question for c in found] == ["Question 0?", "Question 1?"]
        assert [c.question for c in log.conversations("power", "lee", limit=5)] == ["Question 3?"]
        assert log.conversations("bio", "kim", limit=5) == []
