"""The benches of overhead and of smaller vectors run on the real engine and say what is true."""

from pathlib import Path

import numpy as np
import pytest

from walkdown.index.edge import EdgeStore
from walkdown.index.store import IndexedChunk, IndexIdentity
from walkdown.testing.memory import HashEmbedder, sample_chunk, sample_pack
from walkdown.text.lexical import ANALYSER, document_vector
from walkdown_eval.bench import compressed, overhead
from walkdown_eval.bench.pack_sets import Installed

pytestmark = pytest.mark.integration


def test_overhead_is_measured_against_the_same_passages(tmp_path: Path) -> None:
    embedder, pack = HashEmbedder("hash"), sample_pack()
    identity = IndexIdentity({"hash": (embedder.dim, embedder.fingerprint)}, ANALYSER)
    chunks = [sample_chunk(i, f"Valve {i} opens at {i} bar.") for i in range(20)]
    with EdgeStore(tmp_path / "index", identity) as store:
        vectors = embedder.embed_passages([c.search_text for c in chunks])
        store.upsert(
            [IndexedChunk(c, {"hash": v}, document_vector(c.search_text)) for c, v in zip(chunks, vectors, strict=True)]
        )
        read = overhead.bare(store, [embedder], pack.name)("Valve 3 opens")
        assert isinstance(read, dict) and len(read) == overhead.K, "a bare search reads its passages too"
        found = overhead.measure(pack, ["valve 3?", "valve 4 pressure"], Installed(store, [embedder]))
        p50, p95 = overhead.clients(pack, ["valve 5?", "valve 6?"], Installed(store, [embedder]), 2)
    assert min(found.medians.values()) > 0 and list(found.medians)[-1] == "Walkdown"
    assert sum(found.shares.values()) == pytest.approx(1.0, abs=0.05)
    assert 0 < p50 <= p95


def test_every_way_to_keep_vectors_is_compared_with_exact_search() -> None:
    rng = np.random.default_rng(0)
    passages, questions = rng.normal(size=(300, 16)).astype(np.float32), rng.normal(size=(5, 16)).astype(np.float32)
    rows = list(compressed.compare(passages, questions, only="exact"))
    assert len(rows) == sum("exact" in name for name in compressed.ways())
    assert rows[0].startswith("| float32, exact | 1.000 |")


def test_recall_counts_what_was_found() -> None:
    assert compressed.recall([[1, 2], [3, 4]], [[1, 9], [4, 3]]) == 0.75
    truth = compressed.exact(np.eye(12, dtype=np.float32), np.eye(12, dtype=np.float32)[:1])
    assert truth[0][0] == 0 and len(truth[0]) == compressed.K
