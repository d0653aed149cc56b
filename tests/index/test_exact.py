"""Exact search ranks as Chroma does."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.errors import IndexBroken
from index.exact import ExactVectors, save_vectors
from index.ledger import ChunkRow
from index.vectors import create_embedded

CHUNKS = [ChunkRow(f"{d}#1.{n}", d, 1, n, n + 1, ()) for d in ("a", "b") for n in range(20)]


@pytest.fixture
def vectors() -> np.ndarray:
    found = np.random.default_rng(0).normal(size=(len(CHUNKS), 16)).astype(np.float32)
    return found / np.linalg.norm(found, axis=1, keepdims=True)


def test_exact_search_ranks_as_chroma_does(tmp_path: Path, vectors: np.ndarray) -> None:
    save_vectors(tmp_path, vectors)
    exact = ExactVectors(tmp_path, CHUNKS)
    chroma = create_embedded(tmp_path / "chroma")
    chroma.add(CHUNKS, vectors)
    for wanted in (None, ["b"], []):
        a, b = exact.rank(vectors[25], 5, wanted), chroma.rank(vectors[25], 5, wanted)
        assert [i for i, _ in a] == [i for i, _ in b]
        assert np.allclose([s for _, s in a], [s for _, s in b], atol=1e-5)
    chroma.close()


def test_no_depth_gives_nothing(tmp_path: Path, vectors: np.ndarray) -> None:
    save_vectors(tmp_path, vectors)
    assert ExactVectors(tmp_path, CHUNKS).rank(vectors[0], 0, None) == []


def test_missing_or_other_vectors_are_a_broken_index(tmp_path: Path, vectors: np.ndarray) -> None:
    with pytest.raises(IndexBroken, match="tenkyo ingest"):
        ExactVectors(tmp_path, CHUNKS)
    save_vectors(tmp_path, vectors[:-1])
    with pytest.raises(IndexBroken, match="tenkyo ingest"):
        ExactVectors(tmp_path, CHUNKS)
