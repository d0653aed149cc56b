"""A second pass over the candidates: query and passage are read together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.embedder import EmbeddingModelError


class Reranker(Protocol):
    """Scores passages for a query."""

    def score(self, query: str, texts: Sequence[str]) -> NDArray[np.float32]:
        """Relevance of each text, (n_texts,), higher is better; any scale."""


class CrossEncoderReranker:
    """A sentence-transformers cross-encoder by name or folder (extra `models`)."""

    def __init__(self, name_or_folder: str) -> None:
        """Raises EmbeddingModelError when the extra is not installed or the model cannot be loaded."""
        try:
            from sentence_transformers import CrossEncoder
        except ImportError as error:
            raise EmbeddingModelError(
                "TENKYO_RERANKER を使うには追加の部品が要ります。`pip install 'tenkyo[models]'` を実行してください。"
            ) from error
        try:
            self._model = CrossEncoder(name_or_folder, device="cpu")
        except (OSError, ValueError) as error:
            raise EmbeddingModelError(
                f"リランカー「{name_or_folder}」を読み込めません。名前かフォルダーを確かめてください。"
            ) from error

    def score(self, query: str, texts: Sequence[str]) -> NDArray[np.float32]:
        if not texts:
            return np.zeros(0, np.float32)
        return np.asarray(self._model.predict([(query, t) for t in texts], show_progress_bar=False), np.float32)
