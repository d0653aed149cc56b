import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from index.embedding_cache import EmbeddingCache, text_key

from .fakes import BigramEmbedder

TEXTS = ["予算の総額", "ごみ", "予算の総額", "補助金の交付の対象となる事業"]


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[EmbeddingCache]:
    with closing(EmbeddingCache(tmp_path / "embeddings.sqlite3")) as one:
        yield one


def test_vectors_come_in_the_order_of_the_texts(cache: EmbeddingCache) -> None:
    vectors = cache.encode(BigramEmbedder(), TEXTS)
    assert vectors.dtype == np.float32
    assert np.array_equal(vectors, BigramEmbedder().encode_passages(TEXTS))


def test_equal_texts_are_embedded_once(cache: EmbeddingCache) -> None:
    embedder = BigramEmbedder()
    cache.encode(embedder, TEXTS)
    assert embedder.passages == 3


def test_known_texts_are_not_embedded_again(cache: EmbeddingCache, tmp_path: Path) -> None:
    before = cache.encode(BigramEmbedder(), TEXTS)
    embedder = BigramEmbedder()
    with closing(EmbeddingCache(tmp_path / "embeddings.sqlite3")) as again:
        assert np.array_equal(again.encode(embedder, TEXTS), before)
    assert embedder.passages == 0


def test_another_model_has_vectors_of_its_own(cache: EmbeddingCache) -> None:
    cache.encode(BigramEmbedder(), TEXTS)
    other = BigramEmbedder("other")
    cache.encode(other, TEXTS)
    assert other.passages == 3


def test_no_text_gives_no_vector(cache: EmbeddingCache) -> None:
    assert cache.encode(BigramEmbedder(), []).shape == (0, BigramEmbedder.dim)


def test_keep_forgets_other_texts_and_models(cache: EmbeddingCache, tmp_path: Path) -> None:
    cache.encode(BigramEmbedder("old"), TEXTS)
    cache.encode(BigramEmbedder(), TEXTS)
    cache.keep("bigrams", ["ごみ"])
    with closing(sqlite3.connect(tmp_path / "embeddings.sqlite3")) as db:
        assert db.execute("SELECT model, text FROM vectors").fetchall() == [("bigrams", text_key("ごみ"))]


def test_every_batch_is_kept_at_once(cache: EmbeddingCache) -> None:
    class Dies(BigramEmbedder):
        def encode_passages(self, texts):  # type: ignore[no-untyped-def]
            if self.passages:
                raise KeyboardInterrupt
            return super().encode_passages(texts)

    texts = [f"第{n}条" for n in range(50)]
    with pytest.raises(KeyboardInterrupt):
        cache.encode(Dies(), texts)
    embedder = BigramEmbedder()
    cache.encode(embedder, texts)
    assert embedder.passages == 50 - 32


def test_progress_counts_the_texts_that_are_embedded(cache: EmbeddingCache) -> None:
    cache.encode(BigramEmbedder(), ["第1条"])
    seen: list[tuple[int, int]] = []
    cache.encode(BigramEmbedder(), [f"第{n}条" for n in range(41)], lambda done, total: seen.append((done, total)))
    assert seen == [(32, 40), (40, 40)]


def test_damaged_file_is_thrown_away(tmp_path: Path) -> None:
    path = tmp_path / "damaged.sqlite3"
    path.write_bytes(b"no database" * 500)
    with closing(EmbeddingCache(path)) as cache:
        assert len(cache.encode(BigramEmbedder(), TEXTS)) == 4
