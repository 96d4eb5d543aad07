"""Retrieval systems behind one function, for a bench side by side: Walkdown, and the peers that are installed.

A peer is given the same encoder (E5) and Qdrant in memory, otherwise its own defaults: its splitter, its chunk size,
its search. None has a default encoder that works without a network. A peer that is not installed is left out.
"""

import atexit
import importlib.util
import json
import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from walkdown.documents import Principal
from walkdown.index.edge import EdgeStore
from walkdown.index.store import IndexIdentity
from walkdown.models.embedder import Embedder, FloatMatrix
from walkdown.packs.schema import EvaluationSets, Pack, PackManifest, Texts
from walkdown.records.blobs import BlobStore
from walkdown.records.registry import Registry
from walkdown.retrieval.search import Searcher
from walkdown.settings import Settings
from walkdown.text.lexical import ANALYSER
from walkdown_eval.bench.sets import Set
from walkdown_ingestion.pipeline import ingest

Rank = Callable[[str, int], list[str]]
"""Question, number of documents -> ids of documents, best first."""
Build = Callable[[Set, Sequence[Embedder]], Rank]
OWN = "Walkdown"


def plain_pack() -> Pack:
    """A pack without glossary, grammar and documents: what Walkdown does on text it knows nothing of."""
    texts = Texts(ko="시험", en="Bench")
    sets = EvaluationSets(dev="d", test="t")
    manifest = PackManifest(
        name="bench", version="0.1.0", title=texts, description=texts, languages=("en",), document_types=(), tags=(),
        prompts={"ko": "p", "en": "p"}, evaluation=sets,
    )  # fmt: skip
    return Pack(manifest=manifest, folder=Path(), prompts={"ko": "p", "en": "p"}, glossary=(), grammar=())


def _unique(ids: Sequence[str], k: int) -> list[str]:
    return list(dict.fromkeys(ids))[:k]


def walkdown(reranker: str) -> Build:
    """Walkdown itself, from the records of a set to ranked documents, through ingestion and search."""

    def build(questions: Set, embedders: Sequence[Embedder]) -> Rank:
        parameters = {"retrieval": {"reranker": reranker}}
        pack = plain_pack()
        manifest = PackManifest.model_validate(pack.manifest.model_dump() | parameters)
        pack = pack.model_copy(update={"manifest": manifest})
        home = Path(tempfile.mkdtemp(prefix="walkdown-bench-"))
        atexit.register(shutil.rmtree, home, ignore_errors=True)  # the index is read until the process ends
        file = home / "records.jsonl"
        file.write_text("\n".join(json.dumps(r, ensure_ascii=False) for r in questions.records), "utf-8")
        registry = Registry(f"sqlite:///{home / 'registry.db'}")
        identity = IndexIdentity({e.name: (e.dim, e.fingerprint) for e in embedders}, ANALYSER)
        store = EdgeStore(home / "index", identity, registry)
        blobs = BlobStore(home / "blobs")
        ingest(
            [file], pack, store=store, embedders=embedders, registry=registry, blobs=blobs, settings=Settings(home=home)
        )
        searcher = Searcher(store, embedders)

        def rank(question: str, k: int) -> list[str]:
            hits = searcher.search(question, pack, Principal(), k=2 * k).hits
            return _unique([hit.chunk.document_id for hit in hits], k)

        return rank

    return build


def _floats(rows: FloatMatrix) -> list[list[float]]:
    return [[float(x) for x in row] for row in rows]


def llama_index(questions: Set, embedders: Sequence[Embedder]) -> Rank:
    """llama-index: SentenceSplitter and VectorStoreIndex at their defaults over Qdrant in memory."""
    from llama_index.core import Document, StorageContext, VectorStoreIndex
    from llama_index.core.embeddings import BaseEmbedding
    from llama_index.vector_stores.qdrant import QdrantVectorStore
    from qdrant_client import QdrantClient

    encoder = embedders[0]

    class Encoder(BaseEmbedding):
        def _get_query_embedding(self, query: str) -> list[float]:
            return _floats(encoder.embed_questions([query]))[0]

        async def _aget_query_embedding(self, query: str) -> list[float]:
            return self._get_query_embedding(query)

        def _get_text_embedding(self, text: str) -> list[float]:
            return _floats(encoder.embed_passages([text]))[0]

        def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
            return _floats(encoder.embed_passages(texts))

    titles = [{"title": r["title"]} if r["title"] else {} for r in questions.records]
    documents = [
        Document(text=r["text"], metadata={**title, "record": r["id"]})
        for r, title in zip(questions.records, titles, strict=True)
    ]
    for document in documents:
        document.excluded_embed_metadata_keys = ["record"]
    storage = StorageContext.from_defaults(vector_store=QdrantVectorStore("bench", client=QdrantClient(":memory:")))
    index = VectorStoreIndex.from_documents(
        documents, storage_context=storage, embed_model=Encoder(embed_batch_size=64)
    )

    def rank(question: str, k: int) -> list[str]:
        nodes = index.as_retriever(similarity_top_k=2 * k).retrieve(question)
        return _unique([node.metadata["record"] for node in nodes], k)

    return rank


def haystack(questions: Set, embedders: Sequence[Embedder]) -> Rank:
    """Haystack: DocumentSplitter at its defaults, QdrantDocumentStore in memory, its embedding retriever."""
    from haystack import Document
    from haystack.components.preprocessors import DocumentSplitter
    from haystack_integrations.components.retrievers.qdrant import QdrantEmbeddingRetriever
    from haystack_integrations.document_stores.qdrant import QdrantDocumentStore

    encoder = embedders[0]
    store = QdrantDocumentStore(":memory:", embedding_dim=encoder.dim, recreate_index=True)
    whole = [Document(content=r["text"], meta={"record": r["id"], "title": r["title"]}) for r in questions.records]
    splitter = DocumentSplitter()
    splitter.warm_up()
    parts = splitter.run(documents=whole)["documents"]
    vectors = encoder.embed_passages([part.content or "" for part in parts])
    store.write_documents([replace(p, embedding=v.tolist()) for p, v in zip(parts, vectors, strict=True)])
    retriever = QdrantEmbeddingRetriever(document_store=store)

    def rank(question: str, k: int) -> list[str]:
        vector = encoder.embed_questions([question])[0].tolist()
        found = retriever.run(query_embedding=vector, top_k=2 * k)["documents"]
        return _unique([document.meta["record"] for document in found], k)

    return rank


def langchain(questions: Set, embedders: Sequence[Embedder]) -> Rank:
    """LangChain: RecursiveCharacterTextSplitter and QdrantVectorStore in memory at their defaults."""
    from langchain_core.documents import Document
    from langchain_core.embeddings import Embeddings
    from langchain_qdrant import QdrantVectorStore
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    encoder = embedders[0]

    class Encoder(Embeddings):  # type: ignore[misc]  # untyped where it is not installed
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            return _floats(encoder.embed_passages(texts))

        def embed_query(self, text: str) -> list[float]:
            return _floats(encoder.embed_questions([text]))[0]

    documents = [Document(r["text"], metadata={"record": r["id"]}) for r in questions.records]
    parts = RecursiveCharacterTextSplitter().split_documents(documents)
    store = QdrantVectorStore.from_documents(parts, Encoder(), location=":memory:", collection_name="bench")

    def rank(question: str, k: int) -> list[str]:
        return _unique([d.metadata["record"] for d in store.similarity_search(question, k=2 * k)], k)

    return rank


_PEERS: Mapping[str, tuple[str, Build]] = {
    "llama-index": ("llama_index.vector_stores.qdrant", llama_index),
    "Haystack": ("haystack_integrations", haystack),
    "LangChain": ("langchain_qdrant", langchain),
}


def installed(module: str) -> bool:
    """True when a module is there."""
    try:
        return importlib.util.find_spec(module) is not None
    except ModuleNotFoundError:
        return False


def systems() -> dict[str, Build]:
    """Walkdown, without its reordering, and the peers that are installed here."""
    own = {OWN: walkdown("features"), f"{OWN}, not reordered": walkdown("none")}
    return own | {name: build for name, (module, build) in _PEERS.items() if installed(module)}
