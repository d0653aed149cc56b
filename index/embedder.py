"""Texts to vectors: the interface that every embedding model meets."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.errors import TenkyoError


class EmbeddingModelError(TenkyoError):
    """An embedding model cannot be had or used; the message says in Japanese what, where and what to do."""


class Embedder(Protocol):
    """A bi-encoder: questions and passages become unit vectors whose dot product ranks passages for a question.

    The vector of a text does not depend (beyond rounding) on the texts that are encoded with it.
    """

    @property
    def dim(self) -> int:
        """Length of a vector."""

    @property
    def fingerprint(self) -> str:
        """Short name of weights, precision and prompts: the key of the embedding cache and of the index's stamp.

        Equal for equal model files on every machine; different when weights, tokenizer, prompts or backend differ.
        """

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors of questions, (n, dim) float32, in the order of `texts`; (0, dim) for no text."""

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors of passages, (n, dim) float32, in the order of `texts`; (0, dim) for no text."""


@dataclass(frozen=True)
class Prompts:
    """What a model wants before a question and before a passage; empty for a model that wants nothing."""

    query: str
    passage: str

    @classmethod
    def configured(cls, prompts: Mapping[str, str]) -> "Prompts":
        """The prompts of a sentence-transformers configuration, which names the passage's one in three ways.

        Empty ones are passed over: sentence-transformers fills in an empty `document` that would hide `passage`.
        """
        passages = (prompts.get(name, "") for name in ("document", "passage", "corpus"))
        return cls(prompts.get("query", ""), next(filter(None, passages), ""))


def fingerprint_of(backend: str, facts: Mapping[str, object]) -> str:
    """`backend-` and 16 hexadecimal digits of the SHA-256 of the facts (JSON values), whatever their order."""
    canonical = json.dumps(facts, ensure_ascii=True, sort_keys=True)
    return f"{backend}-{hashlib.sha256(canonical.encode()).hexdigest()[:16]}"


def file_sha256(path: Path) -> str:
    """SHA-256 of a file's bytes, as hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
