"""multilingual-e5-small as an ONNX graph for ONNX Runtime on CPUs: 8-bit matrix products, 4-bit word embeddings.

The word embeddings keep the 4-bit blocks of the source, so they lose nothing. The linear layers hold 8-bit weights with
one scale an output; their activations are quantised at run time over the whole input tensor, which is why a caller
should run one text at a time: in a batch the texts share one range, and a vector depends on its neighbours.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from index.e5_weights import BLOCK, BertShape, E5Weights, unpack

_OPSET, _IR_VERSION = 21, 10
_ORT = "com.microsoft"
# Seven bits: AVX2 without VNNI adds two u8*s8 products in 16 bits, which eight bits of weight could overflow.
_WEIGHT_LIMIT = 63

Tensors = Mapping[str, NDArray[np.float32]]


def build_onnx_model(weights: E5Weights, tensors: Tensors) -> onnx.ModelProto:
    """`input_ids`, `attention_mask` (batch, sequence) int64 -> `last_hidden_state` (batch, sequence, hidden) float32.

    `tensors` are the weights under BertModel's names. Needs ONNX Runtime (operators of the domain com.microsoft).
    """
    graph = _Graph()
    state = _embeddings(graph, weights, tensors)
    graph.add("Cast", ["attention_mask"], "mask", to=TensorProto.INT32)
    for layer in range(weights.shape.layers):
        state = _layer(graph, f"encoder.layer.{layer}.", state, tensors, weights.shape)
    graph.add("Identity", [state], "last_hidden_state")
    axes = ["batch", "sequence"]
    inputs = [helper.make_tensor_value_info(name, TensorProto.INT64, axes) for name in ("input_ids", "attention_mask")]
    output = helper.make_tensor_value_info("last_hidden_state", TensorProto.FLOAT, [*axes, weights.shape.hidden])
    return helper.make_model(
        helper.make_graph(graph.nodes, "multilingual-e5-small", inputs, [output], graph.constants),
        opset_imports=[helper.make_opsetid("", _OPSET), helper.make_opsetid(_ORT, 1)],
        ir_version=_IR_VERSION,
        producer_name="tenkyo",
    )


class _Graph:
    """Nodes and constants as they are added; every method returns the name of the tensor it makes."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def constant(self, name: str, values: NDArray[np.generic]) -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def add(self, operator: str, inputs: Sequence[str], output: str, domain: str = "", **attributes: object) -> str:
        node = helper.make_node(operator, inputs, [output], name=output, domain=domain, **attributes)
        self.nodes.append(node)
        return output

    def linear(self, state: str, weight: NDArray[np.float32], bias: NDArray[np.float32], output: str) -> str:
        """`state @ weight.T + bias`; weight (out, in), quantised to 8 bits with one scale an output."""
        scale = np.abs(weight).max(axis=1) / np.float32(_WEIGHT_LIMIT)
        quantised = np.rint(weight / scale[:, None]).astype(np.int8)
        constants = [
            self.constant(f"{output}.weight", quantised.T),
            self.constant(f"{output}.scale", scale),
            "",  # no zero point: the weights are symmetric
            self.constant(f"{output}.bias", bias),
        ]
        return self.add("DynamicQuantizeMatMul", [state, *constants], output, _ORT)


def _embeddings(graph: _Graph, weights: E5Weights, tensors: Tensors) -> str:
    """Words + positions + token type 0, normalised. The tokenizer knows one segment, so the type is folded in here."""
    shape = weights.shape
    blocks = weights.blocks("emb.word")
    nibbles = unpack(blocks).view(np.uint8) & 15
    packed = nibbles[:, 0::2] | nibbles[:, 1::2] << 4
    sizes = (shape.vocabulary, shape.hidden)
    graph.constants.append(helper.make_tensor("words.int4", TensorProto.INT4, sizes, packed.tobytes(), raw=True))
    scales = blocks["scale"].astype(np.float32).reshape(shape.vocabulary, shape.hidden // BLOCK)
    words = ["words.int4", "input_ids", graph.constant("words.scale", scales)]
    graph.add("GatherBlockQuantized", words, "words", _ORT, gather_axis=0, quantize_axis=1, block_size=BLOCK)
    types = tensors["embeddings.token_type_embeddings.weight"]
    table = graph.constant("positions.table", tensors["embeddings.position_embeddings.weight"] + types[0])
    graph.add("Shape", ["input_ids"], "length", start=1, end=2)
    graph.add("Slice", [table, graph.constant("zero", np.zeros(1, np.int64)), "length"], "positions")
    graph.add("Add", ["words", "positions"], "words_and_positions")
    norm = _norm(graph, "embeddings.LayerNorm", tensors)
    return graph.add(
        "LayerNormalization", ["words_and_positions", *norm], "embeddings", axis=-1, epsilon=shape.layer_norm_eps
    )


def _norm(graph: _Graph, name: str, tensors: Tensors) -> list[str]:
    return [graph.constant(f"{name}.{part}", tensors[f"{name}.{part}"]) for part in ("weight", "bias")]


def _layer(graph: _Graph, prefix: str, state: str, tensors: Tensors, shape: BertShape) -> str:
    """One encoder layer with the norms after the residual sums (Devlin et al. 2019)."""

    def linear(source: str, *names: str) -> str:
        weight = np.concatenate([tensors[f"{prefix}{name}.weight"] for name in names])
        bias = np.concatenate([tensors[f"{prefix}{name}.bias"] for name in names])
        return graph.linear(source, weight, bias, prefix + names[-1])

    def add_and_norm(source: str, residual: str, name: str) -> str:
        operands = [source, residual, *_norm(graph, prefix + name, tensors)]
        return graph.add("SkipLayerNormalization", operands, prefix + name, _ORT, epsilon=shape.layer_norm_eps)

    projections = linear(state, "attention.self.query", "attention.self.key", "attention.self.value")
    parts = [f"{prefix}{part}" for part in ("query", "key", "value")]
    split = helper.make_node("Split", [projections], parts, name=f"{prefix}split", axis=-1, num_outputs=3)
    graph.nodes.append(split)
    heads = [*parts, "", "mask"]  # the bias of the projections is already added
    context = graph.add("MultiHeadAttention", heads, f"{prefix}context", _ORT, num_heads=shape.heads)
    state = add_and_norm(linear(context, "attention.output.dense"), state, "attention.output.LayerNorm")
    inner = graph.add("Gelu", [linear(state, "intermediate.dense")], f"{prefix}gelu", _ORT)
    return add_and_norm(linear(inner, "output.dense"), state, "output.LayerNorm")
