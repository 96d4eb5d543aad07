"""An index rebuilt for other encoders or moved to another engine finds the same; a failure leaves the old one whole."""

import os
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
from qdrant_client import QdrantClient

from walkdown.errors import IndexUnavailableError, ResourceError, UsageError
from walkdown.index.base import StoreBase
from walkdown.index.edge import EdgeStore
from walkdown.index.moving import built_with, copy, rebuild_edge, rebuild_server
from walkdown.index.server import QdrantServerStore
from walkdown.index.standing import OPEN, Marks, Scope
from walkdown.index.store import ChunkStore, IndexIdentity
from walkdown.settings import Settings
from walkdown.testing.memory import HashEmbedder
from walkdown.testing.store_oracle import EMBEDDERS, IDENTITY, fill, index, make_chunk, search
from walkdown.testing.store_suite import PUMPS
from walkdown.text.lexical import ANALYSER
from walkdown_ingestion.rebuild import reencode
from walkdown_server.cli.main import run

pytestmark = pytest.mark.integration

OTHER = HashEmbedder("third", 24)
NEW = IndexIdentity({OTHER.name: (OTHER.dim, OTHER.fingerprint)}, ANALYSER)


def some(store: StoreBase) -> None:
    """Passages of every kind, one revision out of force, one document with a twin."""
    fill(store, *PUMPS)
    old = make_chunk(20, "The minimum flow of P-101A was 35 m3/h.", document="D0", edition="old", revision="1")
    store.upsert([index(old)._replace(marks=Marks(since=OPEN, to_day=739_000))])
    fill(store, make_chunk(21, "Pump with a twin", edition="twin"))
    store.annotate("power", {"twin": ["D9"]})


def found(store: ChunkStore, branches: tuple[str, ...]) -> list[tuple[str, float, str, tuple[str, ...]]]:
    hits = search(store, "minimum flow of P-101A 펌프", scope=Scope(history=True), using=branches)
    return [(h.chunk.id, round(h.score, 6), h.chunk.status.value, h.chunk.twins) for h in hits]


def reencoded(old: StoreBase, new: StoreBase) -> None:
    reencode(old, new, [OTHER])


def test_a_move_to_a_server_keeps_everything_and_may_be_repeated(tmp_path: Path) -> None:
    server = QdrantServerStore(QdrantClient(":memory:"), IDENTITY)
    with EdgeStore(tmp_path, IDENTITY) as store:
        some(store)
        assert copy(store, server) == copy(store, server) == store.count() == server.count()
        every = tuple(b for b in ("first", "second", "lexical", "tags"))
        assert found(server, every) == found(store, every)
        assert list(server.chunks("power")) == list(store.chunks("power"))
        assert server.editions("power") == store.editions("power")


def test_a_rebuilt_embedded_index_has_the_passages_and_the_new_encoders(tmp_path: Path) -> None:
    with EdgeStore(tmp_path, IDENTITY) as store:
        some(store)
        before, lexical = list(store.chunks("power")), found(store, ("lexical", "tags"))
    rebuild_edge(tmp_path, NEW, reencoded)
    assert built_with(tmp_path) == NEW
    with pytest.raises(IndexUnavailableError, match="walkdown index rebuild"):
        EdgeStore(tmp_path, IDENTITY)
    with EdgeStore(tmp_path, NEW) as store:
        assert list(store.chunks("power")) == before and found(store, ("lexical", "tags")) == lexical
        assert len(list(tmp_path.glob("shard-*"))) == 1 and not (tmp_path / "shadow").exists()


def test_a_rebuilt_server_index_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    client = QdrantClient(":memory:")
    with pytest.raises(UsageError, match="no index"):
        rebuild_server(client, NEW, reencoded)
    store = QdrantServerStore(client, IDENTITY)
    some(store)
    before = list(store.chunks("power"))
    rebuild_server(client, NEW, reencoded)
    assert [c.name for c in client.get_collections().collections] == ["walkdown-2"]
    with pytest.raises(IndexUnavailableError, match="third"):
        QdrantServerStore(client, IDENTITY)
    assert list(QdrantServerStore(client, NEW).chunks("power")) == before


@pytest.mark.parametrize("engine", ["edge", "server"])
def test_a_rebuild_that_fails_leaves_the_old_index(tmp_path: Path, engine: str) -> None:
    def failing(old: StoreBase, new: StoreBase) -> None:
        reencode(old, new, [OTHER])
        raise ResourceError("The disk is full.", "Free some space.")

    client = QdrantClient(":memory:")
    store: StoreBase = EdgeStore(tmp_path, IDENTITY) if engine == "edge" else QdrantServerStore(client, IDENTITY)
    some(store)
    before = list(store.chunks("power"))
    if engine == "edge":
        store.close()
    rebuild = partial(rebuild_edge, tmp_path) if engine == "edge" else partial(rebuild_server, client)
    with pytest.raises(ResourceError):
        rebuild(NEW, failing)
    again: StoreBase = EdgeStore(tmp_path, IDENTITY) if engine == "edge" else QdrantServerStore(client, IDENTITY)
    assert list(again.chunks("power")) == before
    again.close()


CHILD = f"""
import os, sys
from pathlib import Path
sys.path.insert(0, {str(Path(__file__).parent)!r})
import test_index_moving as t
def fill(old, new):
    t.reencoded(old, new)
    print("filled", flush=True)
    sys.stdin.readline()
t.rebuild_edge(Path(sys.argv[1]), t.NEW, fill)
"""


def test_a_killed_rebuild_leaves_the_old_index_and_the_next_one_works(tmp_path: Path) -> None:
    with EdgeStore(tmp_path, IDENTITY) as store:
        some(store)
        before = list(store.chunks("power"))
    command = [sys.executable, "-c", CHILD, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=os.environ, text=True) as child:
        assert child.stdout is not None and child.stdout.readline() == "filled\n"
        child.send_signal(signal.SIGKILL)
    with EdgeStore(tmp_path, IDENTITY) as store:
        assert list(store.chunks("power")) == before
    rebuild_edge(tmp_path, NEW, reencoded)
    with EdgeStore(tmp_path, NEW) as store:
        assert list(store.chunks("power")) == before


@pytest.mark.parametrize(
    ("step", "switched"), [("next_shard", False), ("replace_manifest", False), ("shutil.rmtree", True)]
)
def test_killed_at_any_step_of_the_switch_one_index_is_there_whole_and_nothing_beside_it(
    tmp_path: Path, step: str, switched: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    with EdgeStore(tmp_path, IDENTITY) as store:
        some(store)
        before = list(store.chunks("power"))
    # The second time of all that is called: the first makes room for the new index.
    killed = f"""
import os, signal
from walkdown.index import moving
whole, calls = moving.{step}, []
def dying(*a, **k):
    calls.append(a)
    if len(calls) > {int(step == "shutil.rmtree")}:
        os.kill(os.getpid(), signal.SIGKILL)
    return whole(*a, **k)
moving.{step} = dying
"""
    child = CHILD.replace("def fill", killed + "\ndef fill").replace("    sys.stdin.readline()\n", "")
    ended = subprocess.run([sys.executable, "-c", child, str(tmp_path)], env=os.environ, check=False)
    assert ended.returncode == -signal.SIGKILL and (tmp_path / "shadow").is_dir()
    with EdgeStore(tmp_path, NEW if switched else IDENTITY) as store:
        assert list(store.chunks("power")) == before
    assert sorted(p.name for p in tmp_path.glob("sha*")) == ["shard-2" if switched else "shard-1"]
    printed = capsys.readouterr()
    assert "unfinished_rebuild_removed" in printed.out + printed.err


def test_what_is_no_index_is_said_to_be_none(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no index"):
        built_with(tmp_path)
    (tmp_path / "index.json").write_text("{")
    with pytest.raises(IndexUnavailableError, match="damaged"):
        built_with(tmp_path)
    assert {e.name for e in EMBEDDERS} == IDENTITY.encoders.keys()


def test_optimise_is_a_command_that_says_how_the_index_is_searched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("WALKDOWN_HOME", str(tmp_path))
    with EdgeStore(Settings().index_dir, IDENTITY) as store:
        some(store)
    built: list[int] = []
    optimise = EdgeStore.optimise

    def counted(store: EdgeStore) -> None:
        built.append(store.count())
        optimise(store)

    monkeypatch.setattr(EdgeStore, "optimise", counted)
    assert run(["index", "optimise"]) == 0
    (passages,) = built
    assert f"{passages:,} passages; they are searched whole" in capsys.readouterr().out
    monkeypatch.setenv("WALKDOWN_QDRANT_URL", "http://127.0.0.1:1")
    assert run(["index", "optimise"]) != 0
    assert "by itself" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("qdrant", 2, "'qdrant' is no URL of a Qdrant server"),
        ("http://127.0.0.1:1", 1, "at http://127.0.0.1:1 did not"),
    ],
)
def test_a_server_that_is_none_is_told_by_its_address(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    address: str,
    status: int,
    said: str,
) -> None:
    monkeypatch.setenv("WALKDOWN_HOME", str(tmp_path))
    with EdgeStore(Settings(home=tmp_path).index_dir, IDENTITY) as store:
        some(store)
    assert run(["index", "migrate", "--to", address]) == status
    err = capsys.readouterr().err
    assert said in err and "Errno" not in err
