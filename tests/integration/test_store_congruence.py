"""Both engines pass the conformance suite, and find the same as each other and as brute force."""

import os
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from qdrant_client import QdrantClient

from walkdown.documents import Chunk, Language, Principal
from walkdown.index.edge import EdgeStore
from walkdown.index.server import QdrantServerStore, connect
from walkdown.index.store import ChunkStore, SearchRequest
from walkdown.testing.store_oracle import IDENTITY, branches, fill, make_chunk, oracle
from walkdown.testing.store_suite import StoreSuite

pytestmark = pytest.mark.integration
QDRANT_URL = os.environ.get("QDRANT_URL", "")


def local_store() -> QdrantServerStore:
    warnings.filterwarnings("ignore", message="Local mode performs exact")
    return QdrantServerStore(QdrantClient(":memory:"), IDENTITY)


@pytest.fixture
def edge_store(tmp_path: Path) -> Iterator[ChunkStore]:
    with EdgeStore(tmp_path / "qdrant", IDENTITY) as opened:
        yield opened


class TestEdge(StoreSuite):
    @pytest.fixture
    def store(self, edge_store: ChunkStore) -> ChunkStore:
        return edge_store


class TestLocal(StoreSuite):
    @pytest.fixture
    def store(self) -> Iterator[ChunkStore]:
        with local_store() as opened:
            yield opened


@pytest.mark.skipif(not QDRANT_URL, reason="QDRANT_URL names no Qdrant server")
class TestServer(StoreSuite):
    @pytest.fixture
    def store(self) -> Iterator[ChunkStore]:
        client = connect(QDRANT_URL)
        client.delete_collection("walkdown-test")
        with QdrantServerStore(client, IDENTITY, collection="walkdown-test") as opened:
            yield opened
            client.delete_collection("walkdown-test")


WORDS = ["pump", "flow", "P-101A", "P-101B", "P-9", "펌프를", "펌프", "밸브는", "7.1", "40", "seal", "압력"]
GROUPS = ["ops", "lab", "public", "group:ops", ""]
LANGUAGE_CHOICES: list[tuple[Language, ...]] = [(), ("ko",), ("en",)]
texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)
groups = st.lists(st.sampled_from(GROUPS), max_size=2, unique=True).map(tuple)


@st.composite
def corpora(draw: st.DrawFn) -> list[Chunk]:
    count = draw(st.integers(1, 12))
    return [
        make_chunk(
            i,
            draw(texts),
            pack=draw(st.sampled_from(["power", "bio"])),
            document=draw(st.sampled_from(["A", "B"])),
            language=draw(st.sampled_from(["ko", "en"])),
            access=draw(groups),
            site=draw(st.sampled_from(["", "S1"])),
        )
        for i in range(count)
    ]


@st.composite
def requests(draw: st.DrawFn) -> SearchRequest:
    filters = draw(
        st.fixed_dictionaries(
            {},
            optional={
                "document_id": st.just(["A"]),
                "site": st.just(["S1"]),
                "language": st.sampled_from([["ko"], ["ko", "en"]]),
                "tags": st.just(["P101A"]),
            },
        )
    )
    languages: tuple[Language, ...] = draw(st.sampled_from(LANGUAGE_CHOICES))
    chosen = branches(draw(texts), languages=languages)
    return SearchRequest(draw(st.sampled_from(["power", "bio"])), Principal(groups=draw(groups)), chosen, 50, filters)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(corpus=corpora(), asked=st.lists(requests(), min_size=1, max_size=6))
def test_engines_find_what_brute_force_finds(
    edge_store: ChunkStore, corpus: list[Chunk], asked: list[SearchRequest]
) -> None:
    for pack in ("power", "bio"):
        for document in ("A", "B"):
            edge_store.delete_document(pack, document)
    with local_store() as local:
        fill(edge_store, *corpus)
        fill(local, *corpus)
        for request in asked:
            expected = oracle(corpus, request)
            here, there = edge_store.search(request), local.search(request)
            assert [(h.chunk, h.scores) for h in here] == [(h.chunk, h.scores) for h in there]
            assert {h.chunk.id for h in here} == expected.keys()
            for hit in here:
                assert hit.score == pytest.approx(expected[hit.chunk.id], abs=1e-9)
