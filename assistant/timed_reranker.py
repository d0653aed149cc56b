"""A reranker that tells how long it took."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from index.reranker import Reranker

Observe = Callable[[str, float], None]  # (stage, seconds)


class TimedReranker:
    """The Reranker inside, with `observe("rerank", seconds)` after each pass."""

    def __init__(self, inner: Reranker, observe: Observe) -> None:
        self._inner = inner
        self._observe = observe

    def score(self, query: str, texts: Sequence[str]) -> NDArray[np.float32]:
        begun = time.perf_counter()
        scores = self._inner.score(query, texts)
        self._observe("rerank", time.perf_counter() - begun)
        return scores
