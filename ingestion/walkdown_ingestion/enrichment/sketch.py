"""A sketch of a document's wording, so that near-duplicates are found without comparing texts (MinHash).

Figures are masked: the procedures of unit 1 and unit 2 differ in tags and set points and are twins all the same.
"""

import hashlib
import re
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from walkdown.documents import SKETCH

_TOKEN = re.compile(r"[^\W_]+")
_DIGITS = re.compile(r"\d")
_SHINGLE = 3
_random = np.random.default_rng(20240601)
_SEEDS = _random.integers(0, 1 << 63, SKETCH, dtype=np.uint64)
_MIX = (np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB))
_AT_ONCE = 4096


def sketch_of(texts: Iterable[str]) -> tuple[int, ...]:
    """The sketch of a document's passages; empty when they are too short to tell documents apart."""
    tokens = [_DIGITS.sub("0", token) for text in texts for token in _TOKEN.findall(text.casefold())]
    shingles = {" ".join(tokens[i : i + _SHINGLE]) for i in range(max(0, len(tokens) - _SHINGLE + 1))}
    if len(shingles) < SKETCH // 2:
        return ()
    hashes = np.fromiter(map(_hash, sorted(shingles)), dtype=np.uint64, count=len(shingles))
    least = np.full(SKETCH, np.iinfo(np.uint64).max, dtype=np.uint64)
    for start in range(0, len(hashes), _AT_ONCE):
        least = np.minimum(least, _mixed(hashes[start : start + _AT_ONCE, None] ^ _SEEDS).min(axis=0))
    return tuple(int(value) & 0xFFFFFFFF for value in least)


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little")


def _mixed(values: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """Scatter 64-bit numbers (the finisher of splitmix64), so that each seed orders the shingles in its own way."""
    values = (values ^ (values >> np.uint64(30))) * _MIX[0]
    values = (values ^ (values >> np.uint64(27))) * _MIX[1]
    return values ^ (values >> np.uint64(31))
