"""From passages to what the index stores: one dense vector per encoder and the lexical vector."""

from collections.abc import Sequence

import numpy as np

from walkdown.documents import Chunk
from walkdown.errors import ModelError
from walkdown.index.store import IndexedChunk
from walkdown.models.embedder import Embedder, FloatMatrix
from walkdown.text.lexical import document_vector
from walkdown.text.rows import names_once


def index_chunks(chunks: Sequence[Chunk], embedders: Sequence[Embedder]) -> list[IndexedChunk]:
    """Chunks with their vectors. Encoders read the names of a table's columns once, the lexical search in every row.

    Raises ModelError.
    """
    order = sorted(range(len(chunks)), key=lambda i: len(chunks[i].text))
    texts = [names_once(chunks[i].search_text) for i in order]
    dense = {embedder.name: _unsorted(_encoded(embedder, texts), order) for embedder in embedders}
    return [
        IndexedChunk(chunk, {name: matrix[i] for name, matrix in dense.items()}, document_vector(chunk.search_text))
        for i, chunk in enumerate(chunks)
    ]


def _encoded(embedder: Embedder, texts: Sequence[str]) -> FloatMatrix:
    """The vectors of some texts. Raises ModelError when they are not what the encoder promises.

    One zero, infinite or missing vector would spoil every ranking it takes part in; nothing of the batch is written.
    """
    matrix = embedder.embed_passages(texts)
    sound = np.isfinite(matrix).all() and matrix.any(axis=1).all() if matrix.size else True
    if matrix.shape != (len(texts), embedder.dim) or not sound:
        raise ModelError(
            f"The encoder {embedder.name!r} gave vectors of shape {matrix.shape} for {len(texts)} texts of "
            f"{embedder.dim} dimensions, or some that are zero, infinite or no numbers.",
            "Check its weights with `walkdown doctor`, then ingest again: it goes on where it stopped.",
        )
    return matrix


def _unsorted(rows: FloatMatrix, order: Sequence[int]) -> FloatMatrix:
    matrix = np.empty_like(rows)
    matrix[order] = rows
    return matrix
