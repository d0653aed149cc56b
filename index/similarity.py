"""How near in meaning short texts are to a question, on a scale that does not depend on the embedding model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.embedder import Embedder

_SAMPLE = 128
_KEPT = 8192  # vectors: 12 MB for 384 dimensions


class Similarity(Protocol):
    """Compares texts with a question."""

    def scores(self, question: str, texts: Sequence[str]) -> NDArray[np.float64]:
        """One number for each text, (n,) in the order of `texts`: standard deviations above what unrelated texts have."""


class EmbeddingSimilarity:
    """Cosines of an embedding model as z-scores: (cosine − mean) / standard deviation of pairs of unrelated passages.

    Models differ in where their cosines lie (e5's between .75 and .95), so a bare cosine would need limits for each model.
    The vectors of passages are kept, for they come back with the next question. Safe to call from several threads.
    """

    def __init__(self, embedder: Embedder, background: tuple[float, float]) -> None:
        """`background` is mean and standard deviation, see `background_of`."""
        self._mean, self._deviation = background
        self._embedder = embedder
        self._known: dict[str, NDArray[np.float32]] = {}

    def scores(self, question: str, texts: Sequence[str]) -> NDArray[np.float64]:
        if not texts:
            return np.zeros(0)
        vector = self._embedder.encode_queries([question])[0]
        cosines: NDArray[np.float64] = (np.stack(self._vectors(texts)) @ vector).astype(np.float64)
        return (cosines - self._mean) / self._deviation

    def _vectors(self, texts: Sequence[str]) -> list[NDArray[np.float32]]:
        known = self._known  # another thread may put a new one in its place meanwhile
        fresh = [t for t in dict.fromkeys(texts) if t not in known]
        encoded = dict(zip(fresh, self._embedder.encode_passages(fresh), strict=True)) if fresh else {}
        found = [encoded[t] if t in encoded else known[t] for t in texts]
        if len(known) + len(encoded) > _KEPT:
            known = self._known = {}
        known.update(encoded)
        return found


def background_of(vectors: NDArray[np.float32]) -> tuple[float, float]:
    """Mean and standard deviation of the cosines between up to 128 of the unit vectors (n, dim), evenly picked.

    (0.8, 0.05) for fewer than eight, too few to tell.
    """
    sample = np.asarray(vectors[:: max(1, len(vectors) // _SAMPLE)][:_SAMPLE], dtype=np.float64)
    if len(sample) < 8:
        return 0.8, 0.05
    cosines = (sample @ sample.T)[np.triu_indices(len(sample), 1)]
    return float(cosines.mean()), max(float(cosines.std()), 1e-3)
