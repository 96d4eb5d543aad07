"""Folder of files to searchable, beside plain pipelines: `python -m walkdown_eval.bench.ingest_peers FOLDER`.

Walkdown, llama-index (SimpleDirectoryReader, SentenceSplitter, VectorStoreIndex) and Haystack (PyPDFToDocument,
DocumentSplitter, embedding, QdrantDocumentStore), each with the same one encoder, passages of about the same length and
a local index, one after the other in one run. Pin all of it to one core (`taskset -c 1`) with `OMP_NUM_THREADS=1`, so
that what counts is work and not how many threads a system starts: seconds of the processor, which other work on the
machine hardly changes. With `--threads 2`, unpinned and on a quiet machine, the clock tells what a user waits for:
there it counts whether parsing and encoding overlap. The encoder is loaded and warm before the clock.
A peer that is not installed is left out. Only PDF, text and Markdown are taken, which all three read.

The peers are given Walkdown's own encoder. With `--model FOLDER` they load the same model as their integrations do, by
sentence-transformers from the folder in which it is published, which is what a plain pipeline costs.

Speed alone says little: the last columns tell how many passages hold a table row under its header, and characters kept.
"""

import argparse
import re
import resource
import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np

from walkdown.index.edge import EdgeStore
from walkdown.index.store import IndexIdentity
from walkdown.models.embedder import Embedder, FloatMatrix
from walkdown.models.encoders import load_embedder
from walkdown.records.blobs import BlobStore
from walkdown.records.registry import Registry
from walkdown.settings import Settings
from walkdown.text.lexical import ANALYSER
from walkdown_eval.bench.systems import installed, plain_pack
from walkdown_ingestion.chunking.estimate import TARGET_TOKENS, estimate_tokens
from walkdown_ingestion.pipeline import ingest

_KINDS = (".pdf", ".txt", ".md")
_HEAD = "system        passages  characters  rows under headers  seconds  to Walkdown  processor seconds  to Walkdown"
_ROW = re.compile(r"[^|\n:]{2,60}: [^|\n]+ \| [^|\n:]{2,60}: ")


class Result(NamedTuple):
    """Texts of all passages that can be searched, the seconds it took, and those of the processor."""

    texts: list[str]
    seconds: float
    processor: float


class Published:
    """The encoder as peers load it: sentence-transformers, at its defaults, in 32-bit numbers."""

    def __init__(self, folder: Path, threads: int) -> None:
        import torch  # type: ignore[import-not-found]  # of the peers only
        from sentence_transformers import SentenceTransformer

        torch.set_num_threads(threads)
        self._model = SentenceTransformer(str(folder), device="cpu")
        self.name, self.fingerprint = folder.name, "published"
        self.dim = int(self._model.get_sentence_embedding_dimension() or 0)

    def _embed(self, prompt: str, texts: Sequence[str]) -> FloatMatrix:
        rows = self._model.encode([prompt + text for text in texts], normalize_embeddings=True)
        return np.asarray(rows, dtype=np.float32)

    def embed_passages(self, texts: Sequence[str]) -> FloatMatrix:
        """Vectors of length one; shape (len(texts), dim)."""
        return self._embed("passage: ", texts)

    def embed_questions(self, texts: Sequence[str]) -> FloatMatrix:
        """Vectors of length one; shape (len(texts), dim)."""
        return self._embed("query: ", texts)


Run = Callable[[Path, Embedder], list[str]]


def walkdown(folder: Path, encoder: Embedder) -> list[str]:
    """The whole ingestion: discovery, parsing in a child, cutting, enrichment, encoding, both indexes, registry."""
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        registry = Registry(f"sqlite:///{home / 'registry.db'}")
        identity = IndexIdentity({encoder.name: (encoder.dim, encoder.fingerprint)}, ANALYSER)
        with EdgeStore(home / "index", identity, registry) as store:
            ingest(
                [folder], plain_pack(), store=store, embedders=[encoder], registry=registry,
                blobs=BlobStore(home / "blobs"), settings=Settings(home=home),
            )  # fmt: skip
            texts = [chunk.text for chunk in store.chunks("bench")]
        registry.close()
    return texts


def llama_index(folder: Path, encoder: Embedder) -> list[str]:
    """llama-index at its defaults but for the length of passages and the encoder, in its own store."""
    from llama_index.core import SimpleDirectoryReader, VectorStoreIndex
    from llama_index.core.embeddings import BaseEmbedding
    from llama_index.core.node_parser import SentenceSplitter

    class Encoder(BaseEmbedding):
        def _get_query_embedding(self, query: str) -> list[float]:
            return [float(x) for x in encoder.embed_questions([query])[0]]

        async def _aget_query_embedding(self, query: str) -> list[float]:
            return self._get_query_embedding(query)

        def _get_text_embedding(self, text: str) -> list[float]:
            return [float(x) for x in encoder.embed_passages([text])[0]]

        def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
            return [[float(x) for x in row] for row in encoder.embed_passages(texts)]

    documents = SimpleDirectoryReader(str(folder), recursive=True, required_exts=list(_KINDS)).load_data()
    nodes = SentenceSplitter(chunk_size=TARGET_TOKENS, chunk_overlap=0).get_nodes_from_documents(documents)
    VectorStoreIndex(nodes, embed_model=Encoder(embed_batch_size=64))
    return [node.get_content() for node in nodes]


def haystack(folder: Path, encoder: Embedder) -> list[str]:
    """Haystack's converters, splitter and a Qdrant store in memory."""
    from haystack.components.converters import PyPDFToDocument, TextFileToDocument
    from haystack.components.preprocessors import DocumentSplitter
    from haystack_integrations.document_stores.qdrant import QdrantDocumentStore

    files = sorted(p for p in folder.rglob("*") if p.suffix.lower() in _KINDS)
    pdfs, others = [p for p in files if p.suffix.lower() == ".pdf"], [p for p in files if p.suffix.lower() != ".pdf"]
    documents = PyPDFToDocument().run(sources=list(pdfs))["documents"] if pdfs else []
    documents += TextFileToDocument().run(sources=list(others))["documents"] if others else []
    splitter = DocumentSplitter(split_by="word", split_length=_words_of_passage([d.content or "" for d in documents]))
    splitter.warm_up()
    parts = splitter.run(documents=documents)["documents"]
    store = QdrantDocumentStore(":memory:", embedding_dim=encoder.dim, recreate_index=True)
    for start in range(0, len(parts), 64):
        batch = parts[start : start + 64]
        vectors = encoder.embed_passages([part.content or "" for part in batch])
        store.write_documents([replace(p, embedding=v.tolist()) for p, v in zip(batch, vectors, strict=True)])
    return [part.content or "" for part in parts]


def _words_of_passage(texts: Sequence[str]) -> int:
    """Words that have as many tokens, in these texts, as a passage of Walkdown grows to.

    Haystack counts words. With one rate for all languages its Korean passages were twice as long as the encoder reads,
    and half of each was never encoded.
    """
    words = sum(len(text.split()) for text in texts)
    tokens = sum(estimate_tokens(text) for text in texts)
    return max(1, round(TARGET_TOKENS * words / max(tokens, 1.0)))


def systems() -> dict[str, Run]:
    """Walkdown, and the peers that are installed here."""
    found: dict[str, Run] = {"Walkdown": walkdown}
    if installed("llama_index.readers.file"):
        found["llama-index"] = llama_index
    if installed("haystack_integrations.document_stores.qdrant"):
        found["Haystack"] = haystack
    return found


def measured(run: Run, folder: Path, encoder: Embedder) -> Result:
    """One run of one system on its own copy of the folder."""
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name) / "documents"
        shutil.copytree(folder, copy, ignore=_others)
        began, spent = time.perf_counter(), _processor_seconds()
        texts = run(copy, encoder)
        return Result(texts, time.perf_counter() - began, _processor_seconds() - spent)


def _processor_seconds() -> float:
    """Of this process and of its children that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


def _others(folder: str, names: list[str]) -> list[str]:
    return [name for name in names if (Path(folder) / name).is_file() and Path(name).suffix.lower() not in _KINDS]


def main(folder: Path, rounds: int, model: Path | None, threads: int) -> None:
    """Run all systems in turn and print a line for each; the quickest of its rounds counts."""
    settings = Settings()
    encoder = load_embedder(settings.embedders[0], settings, threads=threads)
    theirs: Embedder = Published(model, threads) if model else encoder
    for loaded in (encoder, theirs):
        loaded.embed_passages(["warm"] * 8)
    results: dict[str, list[Result]] = {name: [] for name in systems()}
    for _ in range(rounds):
        for name, run in systems().items():
            results[name].append(measured(run, folder, encoder if name == "Walkdown" else theirs))
    print(f"encoder {encoder.name}\n{_HEAD}")  # noqa: T201
    own = min(results["Walkdown"], key=lambda r: r.processor)
    for name, found in results.items():
        print(_line(name, min(found, key=lambda r: r.processor), own))  # noqa: T201


def _line(name: str, of: Result, own: Result) -> str:
    rows = sum(len(_ROW.findall(text)) for text in of.texts)
    sizes = f"{len(of.texts):8}  {sum(map(len, of.texts)):10}  {rows:18}"
    clock = f"{of.seconds:7.1f}  {of.seconds / own.seconds:11.2f}"
    return f"{name:12}  {sizes}  {clock}  {of.processor:17.1f}  {of.processor / own.processor:11.2f}"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="documents to take in")
    parser.add_argument("--rounds", type=int, default=1, help="times each system is run, in turn")
    parser.add_argument("--model", type=Path, help="folder of the encoder's model for the peers' own loading")
    parser.add_argument("--threads", type=int, default=1, help="threads of every system's encoder; seconds then count")
    arguments = parser.parse_args()
    main(arguments.folder, arguments.rounds, arguments.model, arguments.threads)
