"""An index in memory, a scripted language model and a small pack: fakes for tests of what stands on top of them."""

import asyncio
import math
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt

from walkdown.answering.llm import Delta, Message
from walkdown.documents import Chunk, DocumentStatus, Hit, Language, Principal
from walkdown.errors import LLMUnavailableError, UnknownItemError
from walkdown.index.conditions import narrowing
from walkdown.index.standing import IN_FORCE, Generations, Marks, Scope, Unchanging, day_of, spans, status_at
from walkdown.index.store import IndexedChunk, SearchRequest
from walkdown.models.embedder import FloatMatrix
from walkdown.packs.schema import EvaluationSets, Pack, PackManifest, Texts
from walkdown.text.lexical import SparseVector, document_vector, terms
from walkdown.text.tags import compile_pattern
from walkdown.wire import DocumentInfo


class MemoryStore:
    """A `ChunkStore` in a dictionary: lexical branches only, filters by pack, access and document."""

    engine: Literal["edge", "local", "server"] = "local"

    def __init__(self, chunks: Sequence[Chunk] = (), generations: Generations | None = None) -> None:
        self._chunks = {(chunk.pack, chunk.id): chunk for chunk in chunks}
        self._marks: dict[tuple[str, str], Marks] = {}
        self.generations = generations or Unchanging()
        self.closed = False

    def _sees(self, scope: Scope, chunk: Chunk) -> bool:
        marks = self._marks.get((chunk.pack, chunk.id), Marks())._asdict()
        seen = all(span.holds(marks[span.key]) for span in spans(scope, self.generations.current(chunk.pack)))
        return seen and (not scope.revisions or chunk.revision in scope.revisions)

    def upsert(self, items: Sequence[IndexedChunk]) -> None:
        """Keep the chunks; the vectors are not looked at."""
        self._chunks.update({(item.chunk.pack, item.chunk.id): item.chunk for item in items})
        self._marks.update({(item.chunk.pack, item.chunk.id): item.marks for item in items})

    def mark(self, pack: str, edition: str, marks: Marks) -> None:
        """Say anew when the chunks of an edition are in force."""
        self._marks.update({(pack, chunk.id): marks for chunk in self.chunks(pack, edition=edition)})

    def annotate(self, pack: str, twins: Mapping[str, Sequence[str]]) -> None:
        """Say which documents are near-duplicates of those of some editions."""
        for key, chunk in self._chunks.items():
            if chunk.pack == pack and chunk.edition in twins:
                self._chunks[key] = chunk.model_copy(update={"twins": tuple(twins[chunk.edition])})

    def delete_edition(self, pack: str, edition: str) -> None:
        """Forget the chunks of an edition."""
        for chunk in list(self.chunks(pack, edition=edition)):
            del self._chunks[pack, chunk.id]

    def editions(self, pack: str) -> dict[str, int]:
        """Number of chunks per edition."""
        return dict(Counter(c.edition for c in self._chunks.values() if c.pack == pack))

    def search(self, request: SearchRequest) -> list[Hit]:
        """Chunks by the summed weight of the terms they share with the lexical branches."""
        narrowing(request.filters)  # refuses what the real engines refuse
        asked = [b.vector for b in request.branches if isinstance(b.vector, SparseVector)]
        scored = [
            Hit(chunk=chunk, score=score)
            for chunk in self.chunks(request.pack)
            if self._sees(request.scope, chunk)
            and (not chunk.access or set(chunk.access) & set(request.principal.groups))
            and chunk.document_id in request.filters.get("document_id", (chunk.document_id,))
            and (score := sum(_dot(vector, document_vector(chunk.search_text)) for vector in asked)) > 0
        ]
        return sorted(scored, key=lambda hit: -hit.score)[: request.limit]

    def delete_document(self, pack: str, document_id: str, *, keep: Sequence[str] = ()) -> None:
        """Forget the chunks of a document except those of `keep`."""
        gone = [c for c in self.chunks(pack, document_id) if c.id not in keep]
        for chunk in gone:
            del self._chunks[pack, chunk.id]

    def chunks(self, pack: str, document_id: str | None = None, *, edition: str | None = None) -> Iterator[Chunk]:
        """Chunks by document and ordinal."""
        found = [
            self._standing(c)
            for c in self._chunks.values()
            if c.pack == pack and document_id in (None, c.document_id) and edition in (None, c.edition)
        ]
        return iter(sorted(found, key=lambda c: (c.document_id, c.ordinal, c.id)))

    def _standing(self, chunk: Chunk) -> Chunk:
        marks = self._marks.get((chunk.pack, chunk.id), Marks())
        status = status_at(marks, self.generations.current(chunk.pack))
        return chunk.model_copy(update={"status": status, "effective_until": day_of(marks.to_day)})

    def get(self, pack: str, chunk_ids: Sequence[str]) -> list[Chunk]:
        """Chunks by id, in the order given."""
        return [self._standing(self._chunks[pack, i]) for i in chunk_ids if (pack, i) in self._chunks]

    def vectors(self, pack: str, chunk_ids: Sequence[str], encoder: str) -> dict[str, npt.NDArray[np.float32]]:
        """No vectors are kept."""
        del pack, chunk_ids, encoder
        return {}

    def count(self, pack: str | None = None) -> int:
        """Number of chunks."""
        return sum(pack is None or c.pack == pack for c in self._chunks.values())

    def languages(self, pack: str) -> dict[Language, int]:
        """Number of chunks per language."""
        return dict(Counter(c.language for c in self._chunks.values() if c.pack == pack and self._sees(IN_FORCE, c)))

    def tags(self, pack: str, principal: Principal, scope: Scope = IN_FORCE) -> dict[str, int]:
        """Number of passages per tag, over what the principal may read."""
        seen = [c for c in self.chunks(pack) if not c.access or set(c.access) & set(principal.groups)]
        return dict(Counter(tag for c in seen if self._sees(scope, c) for tag in c.tags))

    def optimise(self) -> None:
        """Nothing to do."""

    def close(self) -> None:
        """Remember that it was closed."""
        self.closed = True


def _dot(a: SparseVector, b: SparseVector) -> float:
    weights = dict(zip(b.indices, b.values, strict=True))
    return sum(value * weights.get(index, 0.0) for index, value in zip(a.indices, a.values, strict=True))


class HashEmbedder:
    """An `Embedder` without weights: a bag of hashed terms, so that texts sharing words are near."""

    def __init__(self, name: str = "hash", dim: int = 64, pause: float = 0.0) -> None:
        """`pause` in seconds makes each call take its time, for tests that interrupt it."""
        self._pause = pause
        self.name = name
        self.dim = dim
        self.fingerprint = f"hash-{dim}"

    def embed_passages(self, texts: Sequence[str]) -> FloatMatrix:
        """Encode passages."""
        time.sleep(self._pause)
        matrix = np.zeros((len(texts), self.dim), dtype=np.float32)
        for row, text in enumerate(texts):
            for index in document_vector(text).indices:
                matrix[row, index % self.dim] += 1.0
            if not terms(text):
                matrix[row, 0] = 1.0
        norms: FloatMatrix = np.linalg.norm(matrix, axis=1, keepdims=True).astype(np.float32)
        return matrix / norms

    def embed_questions(self, texts: Sequence[str]) -> FloatMatrix:
        """Encode questions."""
        return self.embed_passages(texts)


class ScriptedLLM:
    """An `LLMClient` that writes a fixed reply in small pieces.

    `yes` is its probability that the evidence answers; with `fail` it breaks off at the end; `pause` in seconds lies
    between pieces. `cancelled` counts replies that were stopped from outside.
    """

    model = "scripted"

    def __init__(self, reply: str, *, yes: float = 0.9, fail: bool = False, pause: float = 0.0) -> None:
        self.reply, self.yes, self.fail, self.pause = reply, yes, fail, pause
        self.started = self.finished = self.cancelled = 0

    async def stream(
        self, messages: Sequence[Message], *, max_tokens: int, deadline: float, requests: int = 2
    ) -> AsyncIterator[Delta]:
        """Stream the reply."""
        del messages, max_tokens, deadline, requests
        self.started += 1
        logprobs: Mapping[str, float] = {"yes": math.log(self.yes), "no": math.log(1 - self.yes)}
        try:
            for i in range(0, len(self.reply), 3):
                yield Delta(self.reply[i : i + 3], logprobs if i == 0 else {})
                await asyncio.sleep(self.pause)
        except (asyncio.CancelledError, GeneratorExit):
            self.cancelled += 1
            raise
        if self.fail:
            raise LLMUnavailableError("The server broke off.", "Try again.")
        yield Delta("", {}, "stop")
        self.finished += 1


class MemoryLibrary:
    """A registry of documents in a list, with originals in a folder by their sha256."""

    def __init__(self, documents: Sequence[DocumentInfo] = (), blobs: Path = Path()) -> None:
        self._documents = documents
        self._blobs = blobs

    def documents(self, pack: str) -> list[DocumentInfo]:
        """All documents of a pack."""
        return [document for document in self._documents if document.pack == pack]

    def count(self, pack: str) -> int:
        """Number of documents."""
        return len(self.documents(pack))

    def get(self, pack: str, document_id: str, *, edition: str = "") -> DocumentInfo:
        """One document."""
        for document in self.documents(pack):
            if document.id == document_id and edition in ("", document.edition):
                return document
        raise UnknownItemError(f"There is no document {document_id!r}.", "List them.")

    def withdraw(self, pack: str, document_id: str, reason: str = "") -> list[DocumentInfo]:
        """Mark a document as withdrawn."""
        return self._mark(pack, document_id, DocumentStatus.WITHDRAWN, reason)

    def restore(self, pack: str, document_id: str) -> list[DocumentInfo]:
        """Mark a document as in force."""
        return self._mark(pack, document_id, DocumentStatus.IN_FORCE, "")

    def decide(self, pack: str, document_id: str, sha256: str) -> list[DocumentInfo]:
        """Mark a document as in force."""
        del sha256
        return self._mark(pack, document_id, DocumentStatus.IN_FORCE, "")

    def _mark(self, pack: str, document_id: str, status: DocumentStatus, error: str) -> list[DocumentInfo]:
        self.get(pack, document_id)
        changed = {"status": status, "error": error}
        self._documents = [
            d.model_copy(update=changed) if (d.pack, d.id) == (pack, document_id) else d for d in self._documents
        ]
        return [d for d in self.documents(pack) if d.id == document_id]

    def original(self, document: DocumentInfo) -> Path:
        """The original file."""
        path = self._blobs / document.sha256
        if not path.is_file():
            raise UnknownItemError(f"The original of {document.id} is not kept.", "Ingest it again.")
        return path


def sample_document(**fields: object) -> DocumentInfo:
    """The registry's entry of the sample pack's document; `fields` override."""
    return DocumentInfo.model_validate(
        {
            "id": "OP-1",
            "pack": "power",
            "title": "Feed pump",
            "revision": "B",
            "status": DocumentStatus.IN_FORCE,
            "chunks": 3,
            "language": "en",
            "media_type": "text/markdown",
            "file_name": "feed pump.md",
            "sha256": "0" * 64,
            **fields,
        }
    )


def sample_pack(folder: Path = Path(), name: str = "power") -> Pack:
    """A small pack with a tag grammar and no documents of its own."""
    title = Texts(ko="발전", en="Power")
    return Pack(
        manifest=PackManifest(
            name=name,
            version="0.1.0",
            title=title,
            description=title,
            languages=("ko", "en"),
            document_types=(),
            tags=(),
            prompts={"ko": "prompts/ko.md", "en": "prompts/en.md"},
            evaluation=EvaluationSets(dev="eval/dev.jsonl", test="eval/test.jsonl"),
            example_questions={"en": ("What is the minimum flow of P-101A?",)},
        ),
        folder=folder,
        prompts={"ko": "근거로만 답한다.", "en": "Answer from the evidence only."},
        glossary=(),
        grammar=(compile_pattern("equipment", r"[A-Z]{1,4}-\d{1,4}[A-Z]?"),),
    )


def sample_chunk(number: int, text: str, **fields: object) -> Chunk:
    """A passage of a document of the sample pack; `fields` override."""
    return Chunk.model_validate(
        {
            "id": f"OP-1:{number}",
            "document_id": "OP-1",
            "pack": "power",
            "title": "Feed pump",
            "revision": "B",
            "language": "en",
            "ordinal": number,
            "text": text,
            **fields,
        }
    )
