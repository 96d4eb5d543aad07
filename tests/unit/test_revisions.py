"""Which revision is in force: the rules by themselves, and carried out over an index in memory and a real registry."""

import contextlib
import datetime as dt
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from walkdown.documents import Chunk, DocumentStatus, Principal, SourceDocument
from walkdown.errors import ResourceError, UnknownItemError, UsageError
from walkdown.index.standing import Marks, Scope
from walkdown.index.store import Branch, IndexedChunk, SearchRequest
from walkdown.records.publishing import NewEdition, Publisher
from walkdown.records.registry import DocumentRecord, Registry
from walkdown.records.revisions import marked, settle
from walkdown.retelling import is_retold
from walkdown.testing.memory import MemoryStore, sample_chunk
from walkdown.text.lexical import document_vector, query_vector

DAY = dt.date(2025, 6, 1)
FORCE, OLD, PENDING = DocumentStatus.IN_FORCE, DocumentStatus.SUPERSEDED, DocumentStatus.PENDING
CONFLICT, OUT = DocumentStatus.CONFLICT, DocumentStatus.WITHDRAWN


def entry(revision: str, content: str = "", **fields: Any) -> DocumentRecord:
    """A revision of OP-1; `content` tells contents of one revision apart."""
    name = f"{revision}{content}"
    document = SourceDocument.model_validate(
        {
            "id": "OP-1", "pack": "power", "title": "Pump", "revision": revision, "language": "en",
            "sha256": name.encode().hex().ljust(64, "0"), "media_type": "text/plain", "file_name": f"{name}.md",
            "source": f"folder://{name}.md", **fields,
        }
    )  # fmt: skip
    return DocumentRecord.of(document, f"e-{name}", chunk_count=1)


def statuses(*records: DocumentRecord, today: dt.date = DAY) -> list[DocumentStatus]:
    settled = settle(records, today)
    # The page of documents shows why, in the reader's language.
    assert all(is_retold(record.reason) for record in settled if record.reason), [r.reason for r in settled]
    return [record.status for record in settled]


def test_the_newest_revision_in_effect_is_in_force() -> None:
    assert statuses(entry("1")) == [FORCE]
    assert statuses(entry("9"), entry("10"), entry("2")) == [OLD, FORCE, OLD]
    assert statuses(entry("Rev. B"), entry("C"), entry("A")) == [OLD, FORCE, OLD]
    assert statuses(entry("2024-05-01"), entry("2023-12-31")) == [FORCE, OLD]
    assert statuses(entry("초판"), entry("제2판")) == [OLD, FORCE]
    assert statuses(entry("1"), entry("2", effective_date="2025-06-01")) == [OLD, FORCE]
    assert statuses(entry("1"), entry("2", effective_date="2025-06-02")) == [FORCE, PENDING]


def test_incomparable_revisions_are_ordered_by_what_they_supersede_then_by_date() -> None:
    assert statuses(entry("B"), entry("1")) == [CONFLICT, CONFLICT]
    assert statuses(entry("B"), entry("1", metadata={"supersedes": "B"})) == [OLD, FORCE]
    old, new = {"effective_date": "2024-01-01"}, {"effective_date": "2025-01-01"}
    assert statuses(entry("B", **old), entry("1", **new)) == [OLD, FORCE]
    assert statuses(entry("", "a", **old), entry("", "b", **new)) == [OLD, FORCE]


def test_two_contents_of_one_revision_are_both_kept_out_and_so_is_the_older_one() -> None:
    found = settle([entry("3", "a"), entry("3", "b"), entry("2")], DAY)
    assert [r.status for r in found] == [CONFLICT, CONFLICT, OLD]
    assert "3b.md" in found[0].reason and "--decide OP-1" in found[0].reason
    assert statuses(entry("2", "a"), entry("2", "b"), entry("3")) == [CONFLICT, CONFLICT, FORCE]


def test_a_title_block_that_says_superseded_is_believed() -> None:
    stamped: dict[str, Any] = {"metadata": {"status": "superseded"}}
    assert statuses(entry("2", **stamped)) == [OLD]
    assert statuses(entry("2", **stamped), entry("1")) == [OLD, OLD]
    assert statuses(entry("2", **stamped), entry("3")) == [OLD, FORCE]


def test_the_days_of_a_revision_end_where_the_next_begins() -> None:
    line = [entry("1", effective_date="2023-01-01"), entry("3", effective_date="2025-02-01")]
    line.insert(1, entry("2", effective_date="2024-01-15"))
    days = [(r.marks.from_day, r.marks.to_day) for r in settle(line, DAY)]
    starts = [dt.date(2023, 1, 1).toordinal(), dt.date(2024, 1, 15).toordinal(), dt.date(2025, 2, 1).toordinal()]
    assert [d[0] for d in days] == starts and [d[1] for d in days[:2]] == starts[1:]


_revision = st.sampled_from(["", "1", "2", "10", "A", "B"])
_date = st.sampled_from([None, dt.date(2024, 1, 1), dt.date(2025, 1, 1), dt.date(2026, 1, 1)])
_status = st.sampled_from([{}, {"status": "superseded"}, {"supersedes": "B"}, {"supersedes": "1"}])


@given(st.lists(st.tuples(_revision, st.sampled_from("ab"), _date, _status), unique_by=lambda t: t[:2]), st.randoms())
def test_never_two_in_force_and_never_by_order_of_arrival(made: list[tuple[Any, ...]], random: Any) -> None:
    records = [entry(r, c, effective_date=d, metadata=m) for r, c, d, m in made]
    settled = {r.edition: r.status for r in settle(records, DAY)}
    assert list(settled.values()).count(FORCE) <= 1
    shuffled = list(records)
    random.shuffle(shuffled)
    assert {r.edition: r.status for r in settle(shuffled, DAY)} == settled


@given(st.lists(st.sampled_from([FORCE, OLD, OUT, CONFLICT]), min_size=1, max_size=8))
def test_marks_give_each_generation_its_status_and_leave_the_past_alone(course: list[DocumentStatus]) -> None:
    record = entry("1")
    for generation, status in enumerate(course, 1):
        before = record.marks
        record = marked(record.model_copy(update={"status": status}), generation, known=generation > 1)
        marks = record.marks
        assert (marks.since <= generation < marks.until) == (status is FORCE)
        assert (marks.shown <= generation < marks.hidden) == (status in (FORCE, OLD))
        if generation > 1:  # what the readers of the generation before see has not changed
            earlier = generation - 1
            was = before.since <= earlier < before.until
            assert not (marks.since <= earlier < marks.until) or was
            assert (marks.since <= earlier < marks.until) == was or status is FORCE


class Plant:
    """A registry with an index in memory, and revisions of OP-1 published to it."""

    def __init__(self, folder: Path) -> None:
        self.registry = Registry(f"sqlite:///{folder / 'r.db'}")
        self.store = MemoryStore(generations=self.registry)
        self.day = DAY
        self.publisher = Publisher(self.registry, self.store, "power", lambda: self.day)

    def publish(self, *records: DocumentRecord) -> list[DocumentRecord]:
        return self.publisher.publish([NewEdition(record, [self.chunk(record)]) for record in records])

    @staticmethod
    def chunk(record: DocumentRecord) -> IndexedChunk:
        chunk = sample_chunk(
            0, f"Trip at {record.revision}.", id=f"OP-1:{record.edition}", edition=record.edition,
            revision=record.revision,
        )  # fmt: skip
        return IndexedChunk(chunk, {}, document_vector(chunk.search_text))

    def found(self, scope: Scope = Scope()) -> list[Chunk]:  # noqa: B008 - frozen
        branch = Branch("lexical", "sparse", query_vector("trip"))
        hits = self.store.search(SearchRequest("power", Principal(), [branch], 9, {}, scope=scope))
        return sorted((hit.chunk for hit in hits), key=lambda c: c.revision)

    def revisions(self, scope: Scope = Scope()) -> list[str]:  # noqa: B008 - frozen
        return [chunk.revision for chunk in self.found(scope)]

    def state(self) -> list[tuple[str, str]]:
        return [(r.edition, r.status.value) for r in self.registry.documents("power")]


@pytest.fixture
def plant(tmp_path: Path) -> Iterator[Plant]:
    made = Plant(tmp_path)
    yield made
    made.registry.close()


def test_superseded_passages_are_found_only_when_asked_for(plant: Plant) -> None:
    plant.publish(entry("1", effective_date="2023-01-01"))
    plant.publish(entry("2", effective_date="2024-01-01"))
    assert plant.revisions() == ["2"]
    assert plant.revisions(Scope(revisions=("1",))) == ["1"]
    assert plant.revisions(Scope(history=True)) == ["1", "2"]
    assert plant.revisions(Scope(as_of=dt.date(2023, 6, 1))) == ["1"]
    assert plant.revisions(Scope(as_of=dt.date(2024, 1, 1))) == ["2"]
    assert plant.revisions(Scope(as_of=dt.date(2022, 1, 1))) == []
    old, new = plant.found(Scope(history=True))
    assert (old.status, old.effective_until) == (OLD, dt.date(2024, 1, 1))
    assert (new.status, new.effective_until) == (FORCE, None)


def test_conflicts_and_withdrawn_documents_are_found_by_no_search(plant: Plant) -> None:
    everything = Scope(history=True)
    plant.publish(entry("1", "a"))
    changed = plant.publish(entry("1", "b"))
    assert [r.status for r in changed] == [CONFLICT, CONFLICT] and plant.revisions(everything) == []
    plant.publisher.decide("OP-1", entry("1", "b").sha256[:8])
    assert plant.state() == [("e-1b", "in_force"), ("e-1a", "withdrawn")] and plant.revisions() == ["1"]
    plant.publisher.withdraw("OP-1", "recalled")
    assert plant.revisions(everything) == [] and plant.registry.get("power", "OP-1").reason
    plant.publisher.restore("OP-1")
    assert plant.state() == [("e-1b", "in_force"), ("e-1a", "withdrawn")] and plant.revisions() == ["1"]
    for act in (plant.publisher.withdraw, plant.publisher.restore):
        with pytest.raises(UnknownItemError, match="OP-9"):
            act("OP-9")
    for sha in ("31", "31", "ffffffff"):
        with pytest.raises(UsageError, match="contents of OP-1"):
            plant.publisher.decide("OP-1", sha)


def test_going_back_to_an_older_revision_is_a_decision(plant: Plant) -> None:
    plant.publish(entry("1"), entry("2"))
    plant.publisher.decide("OP-1", entry("1").sha256)
    assert plant.revisions() == ["1"]
    plant.publish(entry("3"))
    assert plant.revisions() == ["3"]


def test_a_withdrawn_document_comes_back_by_a_newer_revision_only(plant: Plant) -> None:
    plant.publish(entry("2"))
    plant.publisher.withdraw("OP-1")
    plant.publish(entry("1"))
    plant.publish(entry("2", source="folder://2.md", sha256="ff" * 32))
    assert plant.revisions() == []
    plant.publish(entry("3"))
    assert plant.revisions() == ["3"]


def test_a_revision_takes_effect_on_its_day(plant: Plant) -> None:
    plant.publish(entry("1"), entry("2", effective_date="2025-07-01"))
    assert plant.revisions() == ["1"] and plant.publisher.take_effect() == []
    assert plant.revisions(Scope(as_of=dt.date(2025, 7, 1))) == ["2"]
    plant.day = dt.date(2025, 7, 1)
    plant.publisher.take_effect()
    assert plant.revisions() == ["2"]


def test_a_clock_that_ran_ahead_is_undone_and_one_that_runs_behind_undoes_nothing(plant: Plant) -> None:
    ahead = (dt.datetime.now(dt.UTC) + dt.timedelta(days=400)).date()
    plant.publish(entry("1", effective_date="2020-01-01"), entry("2", effective_date=ahead.isoformat()))
    plant.day = ahead
    plant.publisher.take_effect()
    assert plant.revisions() == ["2"]
    plant.day = dt.date(1970, 1, 1)  # an empty battery
    assert plant.publisher.take_effect() == [] and plant.revisions() == ["2"]
    plant.day = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=1)
    assert plant.publisher.take_effect() and plant.revisions() == ["1"]
    assert plant.publisher.take_effect() == []


def test_a_revision_taken_in_on_a_morning_in_korea_holds_from_that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Seoul")
    time.tzset()
    try:
        morning = dt.datetime(2025, 6, 1, 23, 30, tzinfo=dt.UTC)  # half past eight on the second of June
        new = entry("2").model_copy(update={"ingested_at": morning})
        marks = [record.marks for record in settle([entry("1"), new], DAY)]
    finally:
        monkeypatch.undo()
        time.tzset()
    second = dt.date(2025, 6, 2).toordinal()
    assert (marks[0].to_day, marks[1].from_day) == (second, second)


def test_an_upload_never_replaces_another_content_of_its_revision(plant: Plant) -> None:
    plant.publish(entry("1", "a", source="upload://op.md"))
    plant.publish(entry("1", "b", source="upload://op.md"))
    assert plant.revisions() == []
    other = Plant.chunk(entry("1", "b")).chunk
    assert other.edition in plant.store.editions("power")


class Killed(BaseException):
    """The process ends here."""


class Dying(MemoryStore):
    """A store that ends the process at its n-th write."""

    left = 10**9

    def _step(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise Killed

    def upsert(self, items: Sequence[IndexedChunk]) -> None:
        for item in items:
            self._step()
            super().upsert([item])

    def mark(self, pack: str, edition: str, marks: Marks) -> None:
        self._step()
        super().mark(pack, edition, marks)

    def delete_edition(self, pack: str, edition: str) -> None:
        self._step()
        super().delete_edition(pack, edition)


@pytest.mark.parametrize("step", range(5))
def test_a_change_that_is_cut_short_never_happened_or_is_finished(tmp_path: Path, step: int) -> None:
    """Killed at every write: readers see the old or the new state, and the next change puts the index in order."""
    plant = Plant(tmp_path)
    store = Dying(generations=plant.registry)
    plant.store, plant.publisher = store, Publisher(plant.registry, store, "power", lambda: DAY)
    plant.publish(entry("1", effective_date="2023-01-01"))
    plant.publish(entry("2", "x", source="folder://same.md", effective_date="2024-01-01"))
    store.left = step
    new = [entry("2", "y", source="folder://same.md", effective_date="2024-01-01"), entry("3")]
    with pytest.raises(Killed) if step < 4 else contextlib.nullcontext():
        plant.publish(*new)
    committed = plant.registry.current("power") == 3
    assert plant.revisions() == (["3"] if committed else ["2"])
    store.left = 10**9
    plant.publisher.recover()
    assert plant.registry.intent("power") == []
    known = {r.edition: r.marks for r in plant.registry.documents("power")}
    assert store.editions("power").keys() == known.keys()
    assert {c.edition: store._marks["power", c.id] for c in store.chunks("power")} == known
    plant.publish(*new)
    assert plant.revisions() == ["3"] and store.editions("power").keys() == {"e-1", "e-2y", "e-3"}


def test_an_index_that_fails_changes_nothing(plant: Plant, monkeypatch: pytest.MonkeyPatch) -> None:
    plant.publish(entry("1"))

    def full(items: Sequence[IndexedChunk]) -> None:
        raise ResourceError("The disk is full.", "Free some space.")

    monkeypatch.setattr(plant.store, "upsert", full)
    with pytest.raises(ResourceError):
        plant.publish(entry("2"))
    assert plant.revisions() == ["1"] and plant.state() == [("e-1", "in_force")]
    monkeypatch.undo()
    plant.publish(entry("2"))
    assert plant.revisions() == ["2"]
