"""Reader of the weight file `e5-small-q4.bin` (format E5S1): BERT matrices in 4-bit blocks, and the vocabulary.

Layout, little-endian: magic, sizes, vocabulary (piece offsets, scores, UTF-8 blob), a normalisation map (not
needed: it equals NMT + NFKC, which `tokenizers` has), a directory of tensors, and their data at absolute offsets.
A 4-bit block holds 32 weights of one row: a float16 scale and 16 bytes, low nibbles first; value = scale * (q - 8).
"""

import struct
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from walkdown.errors import ModelError

BLOCK = 32
_MAGIC = b"E5S1"
_BLOCK_TYPE = np.dtype([("scale", "<f2"), ("nibbles", "u1", BLOCK // 2)])


class Sizes(NamedTuple):
    """Dimensions of the network."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    token_types: int


class Vocabulary(NamedTuple):
    """Unigram pieces with their scores, and the ids of the special ones."""

    pieces: list[str]
    scores: list[float]
    bos: int
    eos: int
    pad: int
    unknown: int


class Blocks(NamedTuple):
    """A matrix in 4-bit blocks: `nibbles` (rows, columns) in 0..15 and `scales` (rows, columns / 32)."""

    nibbles: npt.NDArray[np.uint8]
    scales: npt.NDArray[np.float32]

    def floats(self) -> npt.NDArray[np.float32]:
        """The matrix in 32-bit floats."""
        rows, columns = self.nibbles.shape
        values = (self.nibbles.astype(np.float32) - 8).reshape(rows, columns // BLOCK, BLOCK)
        return (values * self.scales[:, :, None]).reshape(rows, columns)


class E5File(NamedTuple):
    """The whole file: sizes, epsilon of the layer norms, vocabulary, and raw tensors by name."""

    sizes: Sizes
    epsilon: float
    vocabulary: Vocabulary
    tensors: Mapping[str, npt.NDArray[Any]]

    def vector(self, name: str) -> npt.NDArray[np.float32]:
        """A tensor stored as floats, flat."""
        return np.ascontiguousarray(self.tensors[name], dtype=np.float32)

    def blocks(self, name: str, rows: int, columns: int) -> Blocks:
        """A tensor stored in 4-bit blocks."""
        raw = self.tensors[name]
        nibbles = np.concatenate([raw["nibbles"] & 15, raw["nibbles"] >> 4], axis=1).reshape(rows, columns)
        return Blocks(nibbles, raw["scale"].astype(np.float32).reshape(rows, columns // BLOCK))


class _Cursor:
    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def take(self, layout: str) -> tuple[Any, ...]:
        values = struct.unpack_from("<" + layout, self.data, self.at)
        self.at += struct.calcsize("<" + layout)
        return values

    def bytes(self, count: int) -> bytes:
        piece = self.data[self.at : self.at + count]
        self.at += count
        return piece


def _vocabulary(cursor: _Cursor) -> Vocabulary:
    (count,) = cursor.take("i")
    bos, eos, pad, unknown = cursor.take("4i")
    (blob_size,) = cursor.take("Q")
    offsets = np.frombuffer(cursor.bytes(4 * (count + 1)), "<u4")
    scores = np.frombuffer(cursor.bytes(4 * count), "<f4")
    blob = cursor.bytes(blob_size)
    pieces = [blob[a:b].decode() for a, b in pairwise(offsets)]
    return Vocabulary(pieces, [float(score) for score in scores], bos, eos, pad, unknown)


def _tensors(cursor: _Cursor) -> dict[str, npt.NDArray[Any]]:
    (count,) = cursor.take("i")
    out: dict[str, npt.NDArray[Any]] = {}
    for _ in range(count):
        (length,) = cursor.take("H")
        name = cursor.bytes(length).decode()
        kind, _, offset, size = cursor.take("BIQQ")
        raw = cursor.data[offset : offset + size]
        out[name] = np.frombuffer(raw, "<f4" if kind == 0 else _BLOCK_TYPE)
    return out


def read_e5(path: Path) -> E5File:
    """Read the weight file. Raises ModelError when it has another format."""
    cursor = _Cursor(path.read_bytes())
    try:
        if cursor.bytes(4) != _MAGIC:
            raise ValueError("magic")
        cursor.take("I")
        sizes = Sizes(*cursor.take("7i"))
        (epsilon,) = cursor.take("f")
        (block,) = cursor.take("i")
        if block != BLOCK:
            raise ValueError("block size")
        vocabulary = _vocabulary(cursor)
        _, map_size = cursor.take("iI")
        cursor.bytes(map_size)
        return E5File(sizes, epsilon, vocabulary, _tensors(cursor))
    except (ValueError, struct.error) as error:
        raise ModelError(
            f"{path} is not a weight file of the E5S1 format ({error}).",
            "Delete it and run `walkdown models pull e5-small`.",
        ) from error
