"""From passages to what the index stores: one dense vector per encoder and the lexical vector."""

from collections.abc import Sequence

import numpy as np

from walkdown.documents import Chunk
from walkdown.index.store import IndexedChunk
from walkdown.models.embedder import Embedder, FloatMatrix
from walkdown.text.lexical import document_vector


def index_chunks(chunks: Sequence[Chunk], embedders: Sequence[Embedder]) -> list[IndexedChunk]:
    """Chunks with their vectors. Texts go to the encoders in order of length, so that little is padded."""
    order = sorted(range(len(chunks)), key=lambda i: len(chunks[i].text))
    texts = [chunks[i].search_text for i in order]
    dense = {embedder.name: _unsorted(embedder.embed_passages(texts), order) for embedder in embedders}
    return [
        IndexedChunk(chunk, {name: matrix[i] for name, matrix in dense.items()}, document_vector(chunk.search_text))
        for i, chunk in enumerate(chunks)
    ]


def _unsorted(rows: FloatMatrix, order: Sequence[int]) -> FloatMatrix:
    matrix = np.empty_like(rows)
    matrix[order] = rows
    return matrix
