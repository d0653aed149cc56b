from __future__ import annotations

import numpy as np
import pytest

from index.similarity import EmbeddingSimilarity, background_of

from .fakes import BigramEmbedder

TEXTS = ("協議会は会員を募る", "工場を北の港に建てる", "会員は三百の企業である")


def unit_vectors(count: int) -> np.ndarray:
    vectors = np.random.default_rng(0).normal(1.0, 0.5, (count, 16)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def test_unrelated_passages_have_the_mean_zero_and_the_deviation_one() -> None:
    vectors = unit_vectors(100)
    mean, deviation = background_of(vectors)
    pairs = ((vectors @ vectors.T)[np.triu_indices(100, 1)] - mean) / deviation
    assert abs(pairs.mean()) < 1e-4
    assert pairs.std() == pytest.approx(1, abs=1e-4)


def test_the_sample_is_bounded_and_too_few_passages_have_a_stated_background() -> None:
    assert background_of(unit_vectors(5)) == (0.8, 0.05)
    assert background_of(unit_vectors(1000)) == background_of(unit_vectors(1000))
    same = np.repeat(unit_vectors(1), 20, axis=0)
    assert background_of(same)[1] > 0


def test_scores_follow_the_texts_and_their_order() -> None:
    similarity = EmbeddingSimilarity(BigramEmbedder(), (0.0, 1.0))
    scores = similarity.scores("会員は何社の企業か", TEXTS)
    assert scores.shape == (3,)
    assert scores.argmax() == 2
    assert similarity.scores("会員は何社の企業か", TEXTS[::-1]).tolist() == pytest.approx(scores[::-1].tolist())
    assert similarity.scores("会員", ()).shape == (0,)


def test_a_passage_is_embedded_once() -> None:
    embedder = BigramEmbedder()
    similarity = EmbeddingSimilarity(embedder, (0.0, 1.0))
    similarity.scores("会員", (*TEXTS, TEXTS[0]))
    similarity.scores("工場", TEXTS[:2])
    assert embedder.passages == len(TEXTS)


def test_a_model_with_other_cosines_gives_the_same_scores() -> None:
    plain = EmbeddingSimilarity(BigramEmbedder(), (0.2, 0.1)).scores("会員", TEXTS)
    doubled = EmbeddingSimilarity(BigramEmbedder(), (0.2, 0.2)).scores("会員", TEXTS)
    assert (plain / 2).tolist() == pytest.approx(doubled.tolist())
