from __future__ import annotations

import numpy as np

from index.remembered_queries import RememberedQueries

from .fakes import BigramEmbedder


class Counting(BigramEmbedder):
    """Counts the questions that reach the model."""

    queries = 0

    def encode_queries(self, texts):  # type: ignore[no-untyped-def]
        self.queries += len(texts)
        return super().encode_queries(texts)


def test_a_question_is_encoded_once_and_gives_the_models_own_vector() -> None:
    model = Counting()
    remembered = RememberedQueries(model)
    twice = remembered.encode_queries(["会員数は", "予算は", "会員数は"])
    assert model.queries == 2
    np.testing.assert_array_equal(twice, BigramEmbedder().encode_queries(["会員数は", "予算は", "会員数は"]))
    assert remembered.encode_queries([]).shape == (0, model.dim)


def test_what_one_asker_does_with_a_vector_does_not_reach_the_next() -> None:
    remembered = RememberedQueries(BigramEmbedder())
    first = remembered.encode_queries(["会員数は"])
    first += 1
    np.testing.assert_array_equal(
        remembered.encode_queries(["会員数は"]), BigramEmbedder().encode_queries(["会員数は"])
    )


def test_all_else_is_the_models() -> None:
    model = BigramEmbedder("one")
    remembered = RememberedQueries(model)
    assert (remembered.dim, remembered.fingerprint) == (model.dim, "one")
    remembered.encode_passages(["会員"])
    assert model.passages == 1
