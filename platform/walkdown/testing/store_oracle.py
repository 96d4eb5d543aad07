"""Chunks, branches and searches for tests of a chunk store, and the oracle: a brute-force search.

The oracle is slow, obvious and independent of the engines; an engine is right when it finds what the oracle finds.
"""

import math
from collections.abc import Mapping, Sequence

from walkdown.documents import Chunk, Hit, Language, Principal
from walkdown.index.fusion import K
from walkdown.index.standing import IN_FORCE, Scope
from walkdown.index.store import Branch, ChunkStore, IndexedChunk, IndexIdentity, SearchRequest
from walkdown.testing.memory import HashEmbedder
from walkdown.text.lexical import ANALYSER, document_vector, query_vector
from walkdown.text.tags import compile_pattern, find_tags

EMBEDDERS = (HashEmbedder("first", 48), HashEmbedder("second", 32))
IDENTITY = IndexIdentity({e.name: (e.dim, e.fingerprint) for e in EMBEDDERS}, ANALYSER)
GRAMMAR = (compile_pattern("equipment", r"[A-Z]{1,4}-?\d{1,4} ?[A-Z]?"),)
ANYONE = Principal()


def make_chunk(
    number: int, text: str, *, pack: str = "power", language: Language = "en", document: str = "", **fields: object
) -> Chunk:
    """A chunk with its tags found by a simple grammar; `fields` override."""
    document = document or f"D{number}"
    base: dict[str, object] = {
        "id": f"{document}:{number}", "document_id": document, "pack": pack, "title": "", "language": language,
        "ordinal": number, "text": text, "tags": tuple(dict.fromkeys(t.normal for t in find_tags(text, GRAMMAR))),
    }  # fmt: skip
    return Chunk.model_validate(base | fields)


def index(chunk: Chunk) -> IndexedChunk:
    """The chunk with its vectors."""
    dense = {e.name: e.embed_passages([chunk.search_text])[0] for e in EMBEDDERS}
    return IndexedChunk(chunk, dense, document_vector(chunk.search_text))


def fill(store: ChunkStore, *chunks: Chunk) -> None:
    """Write chunks."""
    store.upsert([index(chunk) for chunk in chunks])


def branches(question: str, *, languages: tuple[Language, ...] = (), tags: Sequence[str] | None = None) -> list[Branch]:
    """One branch per encoder, one lexical, one of tags."""
    if tags is None:
        tags = [tag.normal for tag in find_tags(question, GRAMMAR)]
    found = [Branch(e.name, e.name, e.embed_questions([question])[0], 1.0, 50, languages) for e in EMBEDDERS]
    found.append(Branch("lexical", "sparse", query_vector(question), 0.7, 50, languages))
    return [*found, Branch("tags", "tags", tuple(tags), 2.0, 50, languages)]


def search(
    store: ChunkStore,
    question: str,
    *,
    pack: str = "power",
    principal: Principal = ANYONE,
    limit: int = 50,
    filters: Mapping[str, Sequence[str]] | None = None,
    using: Sequence[str] = (),
    languages: tuple[Language, ...] = (),
    scope: Scope = IN_FORCE,
) -> list[Hit]:
    """Search with all branches, or only those named in `using`."""
    chosen = [b for b in branches(question, languages=languages) if not using or b.name in using]
    return store.search(SearchRequest(pack, principal, chosen, limit, filters or {}, scope=scope))


def visible(chunk: Chunk, request: SearchRequest, languages: Sequence[Language]) -> bool:
    """Whether a branch of a request may see a chunk, without the user's filters."""
    readable = not chunk.access or bool(set(chunk.access) & set(request.principal.groups))
    return chunk.pack == request.pack and readable and (not languages or chunk.language in languages)


def _narrowed(chunk: Chunk, filters: Mapping[str, Sequence[str]]) -> bool:
    held: dict[str, set[str]] = {
        "document_id": {chunk.document_id}, "language": {chunk.language}, "site": {chunk.site},
        "kind": {str(chunk.kind)}, "tags": set(chunk.tags),
    }  # fmt: skip
    return all(held[field] & set(values) for field, values in filters.items())


def _scores(branch: Branch, seen: Sequence[Chunk], population: Sequence[Chunk]) -> dict[str, float]:
    """Score of each chunk that the branch finds: cosine, BM25 with IDF over `population`, or tags in common."""
    if branch.using == "tags":
        return {c.id: n for c in seen if (n := len(set(c.tags) & set(branch.vector)))}
    if branch.using != "sparse":
        encoder = next(e for e in EMBEDDERS if e.name == branch.using)
        return {c.id: float(encoder.embed_passages([c.search_text])[0] @ branch.vector) for c in seen}
    documents = {c.id: dict(zip(*document_vector(c.search_text), strict=True)) for c in population}
    scores: dict[str, float] = {}
    for term, weight in zip(*branch.vector, strict=True):
        having = sum(term in document for document in documents.values())
        idf = math.log(1 + (len(documents) - having + 0.5) / (having + 0.5))
        for chunk in seen:
            if term in documents[chunk.id]:
                scores[chunk.id] = scores.get(chunk.id, 0.0) + weight * idf * documents[chunk.id][term]
    return scores


def oracle(chunks: Sequence[Chunk], request: SearchRequest) -> dict[str, float]:
    """Fused score by chunk id, by brute force; right as long as no branch finds more than its limit."""
    fused: dict[str, float] = {}
    for branch in request.branches:
        population = [c for c in chunks if visible(c, request, branch.languages)]
        seen = [c for c in population if _narrowed(c, request.filters)]
        scores = _scores(branch, seen, population)
        for chunk_id, score in scores.items():
            if branch.using == "tags":
                rank = 1 + len(set(branch.vector)) - int(score)
            else:
                rank = 1 + sum(float(f"{other:.5g}") > float(f"{score:.5g}") for other in scores.values())
            fused[chunk_id] = fused.get(chunk_id, 0.0) + branch.weight / (K + rank)
    return fused
