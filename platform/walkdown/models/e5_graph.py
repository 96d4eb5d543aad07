"""The ONNX graph of E5: BERT, mean pooling over the tokens and L2 norm, in 8-bit arithmetic.

Weights are rounded to 8 bits per output channel and activations per token, inside the graph. Per-token scales are
why this is written by hand: the stock dynamic quantisation takes one scale per batch, so that a passage's vector
depended on its neighbours (cosine .998) and was further from the exact one (.997 against .9994), at the same speed.
The word embeddings stay in their 4-bit blocks. Needs onnxruntime (its `com.microsoft` operators).
"""

from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper

from walkdown.models.e5_file import BLOCK, E5File

_MICROSOFT = "com.microsoft"
_OPSET = 21
_IR_VERSION = 10
_ZERO_POINT = 128


class _Graph:
    """Collects nodes and constants; every operator has one output, named by the caller."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: dict[str, onnx.TensorProto] = {}

    def constant(self, name: str, values: Any, dtype: npt.DTypeLike = np.float32) -> str:
        if name not in self.constants:
            array = np.ascontiguousarray(values, dtype=dtype)
            self.constants[name] = numpy_helper.from_array(array.reshape(np.shape(values)), name)
        return name

    def add(self, operator: str, inputs: list[str], output: str, *, domain: str = "", **attributes: Any) -> str:
        self.nodes.append(helper.make_node(operator, inputs, [output], domain=domain, **attributes))
        return output


def _linear(graph: _Graph, file: E5File, x: str, names: list[str], shape: tuple[int, int], out: str) -> str:
    """`x` (tokens, columns) times the stacked matrices `names`, each of `shape` (rows, columns), plus their biases."""
    weight = np.concatenate([file.blocks(f"{name}.w", *shape).floats() for name in names])
    scale = np.maximum(np.abs(weight).max(axis=1) / 127, 1e-12)
    rounded = np.clip(np.round(weight / scale[:, None]), -127, 127)
    axis = graph.constant("last_axis", [1], np.int64)
    # 1. One scale per token.
    largest = graph.add("ReduceMax", [graph.add("Abs", [x], f"{out}/abs"), axis], f"{out}/largest", keepdims=1)
    step = graph.add("Mul", [largest, graph.constant("1/127", 1 / 127)], f"{out}/step")
    steps = graph.add("Squeeze", [step, axis], f"{out}/steps")
    zeros = graph.add("Expand", [graph.constant("zero_point", [_ZERO_POINT], np.uint8), "tokens"], f"{out}/zeros")
    quantised = graph.add("QuantizeLinear", [x, steps, zeros], f"{out}/q", axis=0)
    # 2. 8-bit product, back to floats by the channel's scale and then the token's.
    operands = [
        quantised,
        graph.constant(f"{out}/weight", rounded.T, np.int8),
        graph.constant("one", 1.0),
        graph.constant(f"{out}/scale", scale),
        graph.constant("zero_point_scalar", _ZERO_POINT, np.uint8),
    ]
    product = graph.add("MatMulIntegerToFloat", operands, f"{out}/product", domain=_MICROSOFT)
    scaled = graph.add("Mul", [product, step], f"{out}/scaled")
    bias = np.concatenate([file.vector(f"{name}.b") for name in names])
    return graph.add("Add", [scaled, graph.constant(f"{out}/bias", bias)], out)


def _embeddings(graph: _Graph, file: E5File) -> str:
    sizes = file.sizes
    words = file.blocks("emb.word", sizes.vocabulary, sizes.hidden)
    signed = words.nibbles ^ 8  # 4-bit two's complement of q - 8
    packed = (signed[:, 0::2] | (signed[:, 1::2] << 4)).astype(np.uint8)
    graph.constants["words"] = helper.make_tensor(
        "words", TensorProto.INT4, [sizes.vocabulary, sizes.hidden], packed.tobytes(), raw=True
    )
    quantisation = {"gather_axis": 0, "quantize_axis": 1, "block_size": BLOCK}
    scales = graph.constant("words/scales", words.scales)
    word = graph.add("GatherBlockQuantized", ["words", "ids", scales], "word", domain=_MICROSOFT, **quantisation)
    positions = file.vector("emb.pos").reshape(sizes.positions, sizes.hidden)
    token_type = file.vector("emb.type").reshape(sizes.token_types, sizes.hidden)[0]
    graph.add("Shape", ["ids"], "length", start=1, end=2)
    zero = graph.constant("zero", [0], np.int64)
    position = graph.add(
        "Slice", [graph.constant("positions", positions + token_type), zero, "length", zero], "position"
    )
    return _add_and_norm(graph, file, word, position, "emb.ln", "normed")


def _add_and_norm(graph: _Graph, file: E5File, x: str, skip: str, norm: str, out: str) -> str:
    """Two operators: onnxruntime's one for both goes number by number and takes eight times as long."""
    weights = [graph.constant(f"{norm}.{part}", file.vector(f"{norm}.{part}")) for part in "wb"]
    summed = graph.add("Add", [x, skip], f"{out}/sum")
    return graph.add("LayerNormalization", [summed, *weights], out, axis=-1, epsilon=file.epsilon)


def _layer(graph: _Graph, file: E5File, x: str, layer: str) -> str:
    """One transformer layer over `x` (tokens, hidden)."""
    hidden, wide = file.sizes.hidden, file.sizes.feed_forward
    # 1. Attention: queries, keys and values in one product.
    stacked = _linear(graph, file, x, [f"{layer}.{part}" for part in "qkv"], (hidden, hidden), f"{layer}/qkv")
    by_text = graph.add("Reshape", [stacked, "by_text"], f"{layer}/qkv_by_text")
    parts = [f"{layer}/{part}" for part in "qkv"]
    graph.nodes.append(helper.make_node("Split", [by_text], parts, axis=-1, num_outputs=3))
    attended = graph.add("MultiHeadAttention", parts, f"{layer}/heads", domain=_MICROSOFT, num_heads=file.sizes.heads)
    flat = graph.add("Reshape", [attended, "by_token"], f"{layer}/attended")
    projected = _linear(graph, file, flat, [f"{layer}.ao"], (hidden, hidden), f"{layer}/projected")
    middle = _add_and_norm(graph, file, projected, x, f"{layer}.aln", f"{layer}/middle")
    # 2. Feed-forward.
    inner = _linear(graph, file, middle, [f"{layer}.fi"], (wide, hidden), f"{layer}/inner")
    active = graph.add("Gelu", [inner], f"{layer}/active")
    outer = _linear(graph, file, active, [f"{layer}.fo"], (hidden, wide), f"{layer}/outer")
    return _add_and_norm(graph, file, outer, middle, f"{layer}.oln", f"{layer}/out")


def _pool(graph: _Graph, x: str) -> None:
    """Mean over the tokens of each text."""
    by_text = graph.add("Reshape", [x, "by_text"], "states")
    middle = graph.constant("middle_axis", [1], np.int64)
    mean = graph.add("ReduceMean", [by_text, middle], "mean", keepdims=0)
    graph.add("LpNormalization", [mean], "vectors", axis=1, p=2)


def build_graph(file: E5File) -> onnx.ModelProto:
    """The model: int64 `ids` (texts, tokens) -> float32 `vectors` (texts, hidden), rows of length 1.

    The texts of one run are of one length: without padding there is no mask, and attention takes its quick way.
    """
    graph = _Graph()
    embedded = _embeddings(graph, file)
    graph.add("Unsqueeze", [graph.add("Size", ["ids"], "size"), "zero"], "tokens")
    rest = graph.constant("rest", [-1], np.int64)
    graph.add("Concat", [graph.add("Shape", ["ids"], "shape"), rest], "by_text", axis=0)
    graph.constant("by_token", [-1, file.sizes.hidden], np.int64)
    x = graph.add("Reshape", [embedded, "by_token"], "start")
    for number in range(file.sizes.layers):
        x = _layer(graph, file, x, f"l{number}")
    _pool(graph, x)
    ids = helper.make_tensor_value_info("ids", TensorProto.INT64, ["texts", "tokens"])
    vectors = helper.make_tensor_value_info("vectors", TensorProto.FLOAT, ["texts", file.sizes.hidden])
    body = helper.make_graph(graph.nodes, "e5", [ids], [vectors], list(graph.constants.values()))
    opsets = [helper.make_opsetid("", _OPSET), helper.make_opsetid(_MICROSOFT, 1)]
    return helper.make_model(body, opset_imports=opsets, ir_version=_IR_VERSION)
