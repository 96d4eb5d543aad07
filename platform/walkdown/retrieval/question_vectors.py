"""Vectors of the last questions, so that one question is encoded once however often it is compared.

An answer compares the question with passages after the search found them, and an evaluation asks the same again.
"""

from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock

import numpy as np
import numpy.typing as npt

from walkdown.models.embedder import Embedder

_MOST = 256


class AskedVectors:
    """Question vectors by encoder and wording, the oldest forgotten. Threads may share it."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, str], npt.NDArray[np.float32]] = OrderedDict()
        self._lock = Lock()

    def vectors(self, embedder: Embedder, texts: Sequence[str]) -> list[npt.NDArray[np.float32]]:
        """One vector for each text, in order; only those that are not kept are encoded."""
        with self._lock:
            kept = {text: self._kept.get((embedder.fingerprint, text)) for text in texts}
        missing = [text for text, vector in kept.items() if vector is None]
        found = dict(zip(missing, embedder.embed_questions(missing), strict=True)) if missing else {}
        with self._lock:
            for text, vector in found.items():
                self._kept[embedder.fingerprint, text] = vector
            while len(self._kept) > _MOST:
                self._kept.popitem(last=False)
        known = {text: vector for text, vector in kept.items() if vector is not None} | found
        return [known[text] for text in texts]
