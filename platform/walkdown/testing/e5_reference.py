"""E5 in plain 32-bit numpy, to hold the 8-bit graph against, and a writer of tiny weight files in its format."""

import math
import struct
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from walkdown.models.e5_file import BLOCK, E5File, Sizes
from walkdown.models.embedder import FloatMatrix

Floats = npt.NDArray[np.float32]
_erf = np.vectorize(math.erf, otypes=[np.float32])


def _norm(file: E5File, x: Floats, name: str) -> Floats:
    centred = x - x.mean(axis=-1, keepdims=True)
    scaled = centred / np.sqrt((centred**2).mean(axis=-1, keepdims=True) + file.epsilon)
    out: Floats = (scaled * file.vector(f"{name}.w") + file.vector(f"{name}.b")).astype(np.float32)
    return out


def _linear(file: E5File, x: Floats, name: str, rows: int) -> Floats:
    weight = file.blocks(f"{name}.w", rows, x.shape[-1]).floats()
    return (x @ weight.T + file.vector(f"{name}.b")).astype(np.float32)


def _attention(file: E5File, x: Floats, layer: str) -> Floats:
    length, hidden = x.shape
    heads, width = file.sizes.heads, hidden // file.sizes.heads
    q, k, v = (
        _linear(file, x, f"{layer}.{part}", hidden).reshape(length, heads, width).transpose(1, 0, 2) for part in "qkv"
    )
    scores = q @ k.transpose(0, 2, 1) / math.sqrt(width)
    weights = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights /= weights.sum(axis=-1, keepdims=True)
    joined: Floats = (weights @ v).transpose(1, 0, 2).reshape(length, hidden)
    return _linear(file, joined, f"{layer}.ao", hidden)


def reference_vector(file: E5File, ids: Sequence[int]) -> Floats:
    """The exact vector of one text given as token ids; shape (hidden,), of length 1."""
    sizes = file.sizes
    words = file.blocks("emb.word", sizes.vocabulary, sizes.hidden)
    rows = type(words)(words.nibbles[list(ids)], words.scales[list(ids)]).floats()
    positions = file.vector("emb.pos").reshape(sizes.positions, sizes.hidden)[: len(ids)]
    token_type = file.vector("emb.type").reshape(sizes.token_types, sizes.hidden)[0]
    x = _norm(file, rows + positions + token_type, "emb.ln")
    for number in range(sizes.layers):
        layer = f"l{number}"
        x = _norm(file, _attention(file, x, layer) + x, f"{layer}.aln")
        inner = _linear(file, x, f"{layer}.fi", sizes.feed_forward)
        active = (inner * 0.5 * (1 + _erf(inner / math.sqrt(2)))).astype(np.float32)
        x = _norm(file, _linear(file, active, f"{layer}.fo", sizes.hidden) + x, f"{layer}.oln")
    mean: Floats = x.mean(axis=0)
    return mean / np.float32(np.linalg.norm(mean))


def reference_vectors(file: E5File, texts: Sequence[Sequence[int]]) -> FloatMatrix:
    """The exact vectors of texts given as token ids."""
    return np.stack([reference_vector(file, ids) for ids in texts])


TOY_PIECES = ("<s>", "<pad>", "</s>", "<unk>", "▁", "▁펌프", "를", "▁pump", "s", "▁query", "▁passage", ":", "p", "▁40")
TOY_SIZES = Sizes(
    hidden=64, layers=2, heads=2, feed_forward=96, vocabulary=len(TOY_PIECES), positions=512, token_types=2
)


def write_toy_e5(path: Path, sizes: Sizes = TOY_SIZES, *, seed: int = 0) -> None:
    """Write a weight file of the real format with random weights, small enough for a unit test."""
    rng = np.random.default_rng(seed)
    blobs: list[tuple[str, int, int, bytes]] = []

    def floats(name: str, values: npt.ArrayLike) -> None:
        array = np.asarray(values, "<f4")
        blobs.append((name, 0, array.size, array.tobytes()))

    def blocks(name: str, rows: int, columns: int) -> None:
        raw: npt.NDArray[Any] = np.zeros(rows * columns // BLOCK, [("scale", "<f2"), ("nibbles", "u1", BLOCK // 2)])
        raw["scale"] = rng.uniform(0.01, 0.03, raw.size)
        raw["nibbles"] = rng.integers(0, 256, raw["nibbles"].shape)
        blobs.append((name, 1, rows * columns, raw.tobytes()))

    def norm(name: str) -> None:
        floats(f"{name}.w", rng.uniform(0.5, 1.5, sizes.hidden))
        floats(f"{name}.b", rng.normal(0, 0.1, sizes.hidden))

    def linear(name: str, rows: int, columns: int) -> None:
        blocks(f"{name}.w", rows, columns)
        floats(f"{name}.b", rng.normal(0, 0.1, rows))

    blocks("emb.word", sizes.vocabulary, sizes.hidden)
    floats("emb.pos", rng.normal(0, 0.05, sizes.positions * sizes.hidden))
    floats("emb.type", rng.normal(0, 0.05, sizes.token_types * sizes.hidden))
    norm("emb.ln")
    for number in range(sizes.layers):
        for part in ("q", "k", "v", "ao"):
            linear(f"l{number}.{part}", sizes.hidden, sizes.hidden)
        linear(f"l{number}.fi", sizes.feed_forward, sizes.hidden)
        linear(f"l{number}.fo", sizes.hidden, sizes.feed_forward)
        norm(f"l{number}.aln")
        norm(f"l{number}.oln")
    path.write_bytes(_serialised(sizes, blobs))


def _serialised(sizes: Sizes, blobs: Sequence[tuple[str, int, int, bytes]]) -> bytes:
    pieces = [piece.encode() for piece in TOY_PIECES]
    text = b"".join(pieces)
    ends = np.cumsum([0, *map(len, pieces)]).astype("<u4")
    scores = np.array([-float(number) for number in range(len(pieces))], "<f4")
    head = b"E5S1" + struct.pack("<I7ifi", 1, *sizes, 1e-12, BLOCK)
    head += struct.pack("<i4iQ", len(pieces), 0, 2, 1, 3, len(text)) + ends.tobytes() + scores.tobytes() + text
    head += struct.pack("<iIi", 0, 0, len(blobs))
    directory_size = sum(2 + len(name.encode()) + struct.calcsize("<BIQQ") for name, *_ in blobs)
    offset, directory = len(head) + directory_size, b""
    for name, kind, count, data in blobs:
        encoded = name.encode()
        directory += struct.pack("<H", len(encoded)) + encoded + struct.pack("<BIQQ", kind, count, offset, len(data))
        offset += len(data)
    return head + directory + b"".join(data for *_, data in blobs)
