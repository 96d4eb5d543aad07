"""Vectors kept on disk between bench runs: ten thousand passages cost minutes to encode and never change."""

import hashlib
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from threading import Lock

import numpy as np

from walkdown.models.embedder import Embedder, FloatMatrix

_AT_ONCE = 256


def _key(role: str, text: str) -> bytes:
    return hashlib.sha256(f"{role}\0{text}".encode()).digest()[:16]


class KeptVectors:
    """An `Embedder` that encodes a text once and reads it from a file afterwards; threads may share it."""

    def __init__(self, embedder: Embedder, folder: Path) -> None:
        self.name = embedder.name
        self.dim = embedder.dim
        self.fingerprint = embedder.fingerprint
        self._embedder = embedder
        folder.mkdir(parents=True, exist_ok=True)
        self._database = sqlite3.connect(
            folder / f"{embedder.name}-{embedder.fingerprint}.sqlite", timeout=60, check_same_thread=False
        )
        self._database.execute("CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB)")
        self._lock = Lock()

    def embed_passages(self, texts: Sequence[str]) -> FloatMatrix:
        """Encode passages."""
        return self._kept("p", texts)

    def embed_questions(self, texts: Sequence[str]) -> FloatMatrix:
        """Encode questions."""
        return self._kept("q", texts)

    def keep_passages(self, texts: Sequence[str], vectors: FloatMatrix) -> None:
        """Keep vectors of passages that were encoded elsewhere with the same encoder: those of an index."""
        rows = [
            (_key("p", text), np.asarray(row, np.float32).tobytes()) for text, row in zip(texts, vectors, strict=True)
        ]
        with self._lock, self._database:
            self._database.executemany("INSERT OR IGNORE INTO vectors VALUES (?, ?)", rows)

    def _kept(self, role: str, texts: Sequence[str]) -> FloatMatrix:
        keys = [_key(role, text) for text in texts]
        out = np.empty((len(texts), self.dim), np.float32)
        missing = []
        with self._lock:
            for row, key in enumerate(keys):
                found = self._database.execute("SELECT vector FROM vectors WHERE key = ?", (key,)).fetchone()
                if found is None:
                    missing.append(row)
                else:
                    out[row] = np.frombuffer(found[0], np.float32)
        missing.sort(key=lambda row: len(texts[row]))
        encode = self._embedder.embed_passages if role == "p" else self._embedder.embed_questions
        for start in range(0, len(missing), _AT_ONCE):
            rows = missing[start : start + _AT_ONCE]
            out[rows] = encode([texts[row] for row in rows])
            with self._lock, self._database:
                self._database.executemany(
                    "INSERT OR REPLACE INTO vectors VALUES (?, ?)", [(keys[row], out[row].tobytes()) for row in rows]
                )
        return out
