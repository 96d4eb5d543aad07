"""The embedded index among faults: killed processes, two processes, other models, a full disk, replacement in use."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from qdrant_client import QdrantClient

from walkdown.documents import Chunk
from walkdown.errors import IndexUnavailableError, ResourceError
from walkdown.index import edge as edge_module
from walkdown.index.edge import EdgeStore
from walkdown.index.open import open_store
from walkdown.index.optimise import optimised_copy
from walkdown.index.server import QdrantServerStore
from walkdown.index.standing import Marks
from walkdown.index.store import IndexIdentity
from walkdown.settings import Settings
from walkdown.testing.store_oracle import IDENTITY, fill, make_chunk, search
from walkdown.testing.store_suite import PUMPS

pytestmark = pytest.mark.integration
WRITER = """
import sys
from pathlib import Path
from walkdown.index.edge import EdgeStore
from walkdown.testing.store_oracle import IDENTITY, fill, make_chunk
store = EdgeStore(Path(sys.argv[1]), IDENTITY)
start = int(sys.argv[2])
print("open", flush=True)
for i in range(start, start + 1000):
    fill(store, make_chunk(i, f"valve number {i} P-{i % 50}", document=f"D{i % 7}"))
    print(i, flush=True)
"""


def writer(folder: Path, start: int = 0) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER, str(folder), str(start)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def results(store: EdgeStore) -> list[tuple[str, float, dict[str, float]]]:
    return [(h.chunk.id, h.score, dict(h.scores)) for q in ("P-101A flow", "펌프") for h in search(store, q)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "qdrant"


def test_everything_is_there_after_reopening(folder: Path) -> None:
    with EdgeStore(folder, IDENTITY) as store:
        fill(store, *PUMPS)
        store.delete_document("power", "D3")
        before, chunks = results(store), list(store.chunks("power"))
    with EdgeStore(folder, IDENTITY) as store:
        assert results(store) == before and list(store.chunks("power")) == chunks
        fill(store, make_chunk(9, "later P-9"))
        assert [h.chunk.id for h in search(store, "P-9", using=["tags"])] == ["D9:9"]


def test_a_killed_writer_loses_nothing_it_acknowledged(folder: Path) -> None:
    acknowledged: list[int] = []
    for kill_after in (1, 7, 2, 13, 5):
        start = len(acknowledged)
        with writer(folder, start) as process:
            assert process.stdout is not None and process.stdout.readline() == "open\n"
            for _ in range(kill_after):
                acknowledged.append(int(process.stdout.readline()))
            process.send_signal(signal.SIGKILL)
            acknowledged += [int(line) for line in process.stdout if line.endswith("\n")]
        with EdgeStore(folder, IDENTITY) as store:
            held = {chunk.ordinal: chunk for chunk in store.chunks("power")}
            assert held.keys() >= set(acknowledged)
            assert len(held) <= len(acknowledged) + 1, "at most the one write under way came on top"
            assert store.count("power") == len(held)
            for number in acknowledged:
                assert held[number].text == f"valve number {number} P-{number % 50}"
                tagged = search(store, f"P-{number % 50}", using=["tags"])
                assert number in {hit.chunk.ordinal for hit in tagged}
                assert search(store, held[number].text, using=["first"], limit=1)[0].scores["first"] > 0
            acknowledged = sorted(held)


def test_a_second_process_is_told_who_has_the_index(folder: Path) -> None:
    with writer(folder) as process:
        assert process.stdout is not None and process.stdout.readline() == "open\n"
        with pytest.raises(IndexUnavailableError, match=rf"process {process.pid}\b.*running server") as caught:
            EdgeStore(folder, IDENTITY)
        assert caught.value.retryable
        process.kill()
    EdgeStore(folder, IDENTITY).close()


def test_the_same_process_cannot_open_twice(folder: Path) -> None:
    with EdgeStore(folder, IDENTITY) as store:
        with pytest.raises(IndexUnavailableError, match="already open in this process"):
            EdgeStore(folder, IDENTITY)
        fill(store, PUMPS[0])
    store.close()
    EdgeStore(folder, IDENTITY).close()


def test_a_closed_index_says_so(folder: Path) -> None:
    store = EdgeStore(folder, IDENTITY)
    fill(store, *PUMPS)
    store.close()
    for act in (lambda: search(store, "pump"), lambda: fill(store, PUMPS[0]), store.count, store.optimise):
        with pytest.raises(IndexUnavailableError, match="closed"):
            act()


@pytest.mark.parametrize(
    ("identity", "named"),
    [
        (IDENTITY._replace(analyser="words-9"), "words-9"),
        (IndexIdentity({**IDENTITY.encoders, "first": (48, "newer")}, IDENTITY.analyser), "newer"),
        (IndexIdentity({**IDENTITY.encoders, "first": (64, "hash-48")}, IDENTITY.analyser), "encoder first"),
        (IndexIdentity({"first": IDENTITY.encoders["first"]}, IDENTITY.analyser), "encoder second"),
    ],
)
def test_other_models_are_refused_and_harm_nothing(folder: Path, identity: IndexIdentity, named: str) -> None:
    with EdgeStore(folder, IDENTITY) as store:
        fill(store, *PUMPS)
        before = results(store)
    with pytest.raises(IndexUnavailableError, match=named):
        EdgeStore(folder, identity)
    with EdgeStore(folder, IDENTITY) as store:
        assert results(store) == before


def test_another_layout_is_refused(folder: Path) -> None:
    EdgeStore(folder, IDENTITY).close()
    manifest = json.loads((folder / "index.json").read_text())
    manifest["identity"]["layout"] = 0
    (folder / "index.json").write_text(json.dumps(manifest))
    with pytest.raises(IndexUnavailableError, match="layout"):
        EdgeStore(folder, IDENTITY)


@pytest.mark.parametrize("damage", ["{", "{}", '{"shard": "shard-9"}'])
def test_a_damaged_index_is_said_to_be(folder: Path, damage: str) -> None:
    EdgeStore(folder, IDENTITY).close()
    (folder / "index.json").write_text(damage)
    for _ in range(2):
        with pytest.raises(IndexUnavailableError):
            EdgeStore(folder, IDENTITY)


def test_a_process_that_died_while_making_the_index_leaves_no_harm(folder: Path) -> None:
    (folder / "shard-1" / "segments").mkdir(parents=True)
    with EdgeStore(folder, IDENTITY) as store:
        fill(store, *PUMPS)
    (folder / "shard-2").mkdir()
    with EdgeStore(folder, IDENTITY) as store:
        assert store.count() == len(PUMPS) and not (folder / "shard-2").exists()


def test_a_full_disk_stops_writing_not_searching(folder: Path) -> None:
    with EdgeStore(folder, IDENTITY) as store:
        fill(store, *PUMPS)
        before = results(store)
        store._min_free_bytes = 2**60
        with pytest.raises(ResourceError, match="MB free"):
            fill(store, make_chunk(9, "later"))
        assert results(store) == before
    with pytest.raises(ResourceError, match="MB free"):
        EdgeStore(folder.parent / "other", IDENTITY, min_free_bytes=2**60)


def test_a_nearly_full_disk_opens_an_index_to_read_and_to_withdraw_from(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Red where opening asks for the room that writing needs, or marking asks for none at all."""
    with EdgeStore(folder, IDENTITY) as store:
        fill(store, *PUMPS)
        before = results(store)
    with EdgeStore(folder, IDENTITY, min_free_bytes=2**60) as store:
        assert results(store) == before
        with pytest.raises(ResourceError, match="MB free"):
            fill(store, make_chunk(9, "later"))
        store.mark(PUMPS[0].pack, "some edition", Marks(until=1))
        monkeypatch.setattr("walkdown.index.edge.MIN_FREE_TO_OPEN", 2**60)
        with pytest.raises(ResourceError, match="MB free"):
            store.mark(PUMPS[0].pack, "some edition", Marks(until=2))
    with pytest.raises(ResourceError, match="MB free"):
        EdgeStore(folder, IDENTITY, min_free_bytes=2**60)


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ResourceError, match="cannot be used"):
        EdgeStore(tmp_path / "file" / "qdrant", IDENTITY)


def many(count: int) -> Iterator[Chunk]:
    parts = ["pump", "valve", "seal", "bearing", "rotor", "casing", "gasket", "flange"]
    for i in range(count):
        yield make_chunk(i, f"{parts[i % 8]} {parts[i // 8 % 8]} {parts[i // 64 % 8]} limit {i} P-{i % 97}")


def test_optimising_changes_no_answer(folder: Path) -> None:
    questions = ["pump limit 17", "rotor gasket P-5", "seal bearing valve"]
    with EdgeStore(folder, IDENTITY, exact_limit=100) as store:
        fill(store, *many(600))
        store.delete_document("power", "D17")
        before = [[(h.chunk.id, h.score) for h in search(store, q, limit=20)] for q in questions]
        store.optimise()
        assert [path.name for path in folder.glob("shard-*")] == ["shard-2"]
        after = [[(h.chunk.id, h.score) for h in search(store, q, limit=20)] for q in questions]
        assert after == before
        store.optimise()
        assert [path.name for path in folder.glob("shard-*")] == ["shard-2"], "nothing new: nothing done"
        fill(store, make_chunk(7000, "written later P-7000"))
    with EdgeStore(folder, IDENTITY, exact_limit=100) as store:
        assert store.count() == 600
        assert [h.chunk.ordinal for h in search(store, "P-7000", using=["tags"])] == [7000]


def test_a_small_index_is_not_optimised(folder: Path) -> None:
    with EdgeStore(folder, IDENTITY) as store:
        fill(store, *many(300))
        store.optimise()
    assert [path.name for path in folder.glob("shard-*")] == ["shard-1"]


def test_a_failed_optimisation_changes_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with EdgeStore(folder, IDENTITY, exact_limit=100) as store:
        fill(store, *many(300))
        before = results(store)

        def damaged(source: Path, target: Path) -> None:
            (source.parent / "empty").mkdir()
            optimised_copy(source.parent / "empty", target)

        monkeypatch.setattr(edge_module, "optimised_copy", damaged)
        with pytest.raises(IndexUnavailableError, match="could not be optimised"):
            store.optimise()
        assert results(store) == before and [p.name for p in folder.glob("shard-*")] == ["shard-1"]
        fill(store, make_chunk(999, "still writable P-999"))
        assert store.count() == 301


def test_searches_go_on_while_others_write_and_optimise(folder: Path) -> None:
    done = threading.Event()
    with EdgeStore(folder, IDENTITY, exact_limit=100) as store, ThreadPoolExecutor(5) as pool:
        fill(store, *many(400))

        def read() -> int:
            searches = 0
            while not done.is_set():
                hits = search(store, "pump valve P-5", limit=10)
                assert len(hits) == 10 and all(h.chunk.pack == "power" for h in hits)
                searches += 1
            return searches

        def write(start: int) -> None:
            for i in range(start, start + 20):
                fill(store, make_chunk(i, f"temporary {i}"))
                store.delete_document("power", f"D{i}")

        readers = [pool.submit(read) for _ in range(3)]
        writers = [pool.submit(write, start) for start in (10_000, 20_000)]
        try:
            store.optimise()
            for writer_ended in writers:
                writer_ended.result()
        finally:
            done.set()
        assert all(reader.result() > 0 for reader in readers)
        assert store.count() == 400 and {c.ordinal for c in store.chunks("power")} == set(range(400))


def test_the_settings_choose_the_engine(tmp_path: Path) -> None:
    store = open_store(Settings(home=tmp_path), IDENTITY)
    assert store.engine == "edge" and (tmp_path / "qdrant" / "index.json").exists()
    store.close()
    with pytest.raises(IndexUnavailableError, match="WALKDOWN_QDRANT_URL"):
        open_store(Settings(home=tmp_path, qdrant_url="http://127.0.0.1:9"), IDENTITY)


def test_a_collection_of_other_models_is_refused(tmp_path: Path) -> None:
    QdrantServerStore(QdrantClient(path=str(tmp_path)), IDENTITY).close()
    with pytest.raises(IndexUnavailableError, match="words-9"):
        QdrantServerStore(QdrantClient(path=str(tmp_path)), IDENTITY._replace(analyser="words-9"))


def test_the_lock_file_names_the_process(folder: Path) -> None:
    with EdgeStore(folder, IDENTITY):
        assert (folder / "lock").read_text() == f"{os.getpid()}\n"
