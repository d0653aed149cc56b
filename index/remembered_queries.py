"""An embedding model that keeps the vectors of the last questions: search and the comparison by meaning ask for the same one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from index.embedder import Embedder

_KEPT = 64


class RememberedQueries:
    """The `Embedder` that it is given, which encodes none of the last 64 questions twice. As safe between threads as that one."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._query = lru_cache(maxsize=_KEPT)(self._encoded)

    @property
    def dim(self) -> int:
        return self._embedder.dim

    @property
    def fingerprint(self) -> str:
        return self._embedder.fingerprint

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.stack([self._query(text) for text in texts]) if texts else self._embedder.encode_queries(texts)

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self._embedder.encode_passages(texts)

    def _encoded(self, text: str) -> NDArray[np.float32]:
        vector: NDArray[np.float32] = self._embedder.encode_queries([text])[0]
        vector.setflags(write=False)  # every asker gets this one
        return vector
