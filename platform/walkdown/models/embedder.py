"""The port of dense encoders: what retrieval and ingestion ask of one."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

FloatMatrix = npt.NDArray[np.float32]


class Embedder(Protocol):
    """A dense text encoder. Rows are L2-normalised, so the dot product is the cosine.

    `name` is the catalogue name and the name of the vector in the index; `fingerprint` changes whenever
    vectors of the two versions must not be mixed (weights, pooling, prefix or quantisation changed).
    """

    name: str
    dim: int
    fingerprint: str

    def embed_passages(self, texts: Sequence[str]) -> FloatMatrix:
        """Encode passages; shape (len(texts), dim), in the order given."""
        ...

    def embed_questions(self, texts: Sequence[str]) -> FloatMatrix:
        """Encode questions; shape (len(texts), dim)."""
        ...
