"""Exact search over a generation's stored vectors: for commands that ask once, and safe beside a server that has Chroma open."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.errors import IndexBroken
from index.ledger import ChunkRow

FILE = "vectors.npy"


def save_vectors(folder: Path, vectors: NDArray[np.float32]) -> None:
    """Keeps `vectors` (n_chunks, dim), unit vectors in the order of the ledger's chunks."""
    np.save(folder / FILE, np.asarray(vectors, np.float32))


def stored_vectors(folder: Path) -> NDArray[np.float32]:
    """The kept vectors (n_chunks, dim), mapped and not read. Raises IndexBroken when the file is missing or no array."""
    try:
        vectors: NDArray[np.float32] = np.load(folder / FILE, mmap_mode="r")
    except (OSError, ValueError) as error:
        raise IndexBroken(f"索引（{folder}）を開けません（{error}）。`tenkyo ingest` で作り直してください。") from error
    return vectors


class ExactVectors:
    """Ranks by the dot product with every vector: no import of Chroma (half a second), nothing opened for writing.

    Two processes on one embedded Chroma folder are not safe, and a command line beside a running server would be the second.
    """

    def __init__(self, folder: Path, chunks: Sequence[ChunkRow]) -> None:
        """Raises IndexBroken when the file is missing or of another length."""
        self._matrix = stored_vectors(folder)
        self._chunks = chunks
        if len(self._matrix) != len(chunks):
            raise IndexBroken(f"索引（{folder}）の件数が台帳と合いません。`tenkyo ingest` で作り直してください。")

    def rank(
        self, vector: NDArray[np.float32], depth: int, document_ids: Sequence[str] | None
    ) -> list[tuple[str, float]]:
        if depth <= 0 or not len(self._chunks):
            return []
        scores = self._matrix @ vector
        wanted = None if document_ids is None else set(document_ids)
        rows = [n for n, c in enumerate(self._chunks) if wanted is None or c.document_id in wanted]
        rows.sort(key=lambda n: (-float(scores[n]), self._chunks[n].id))
        return [(self._chunks[n].id, float(scores[n])) for n in rows[:depth]]

    def count(self) -> int:
        return len(self._matrix)

    def warm(self) -> None:
        """Nothing to load."""

    def close(self) -> None:
        """Nothing is held open but the mapped file."""
