import pytest

from index.fusion import combine, fuse, stretch


def test_rrf_adds_reciprocal_ranks() -> None:
    fused = dict(fuse({"lexical": ["a", "b"], "dense": ["b"]}, {}, k=60))
    assert fused == pytest.approx({"a": 1 / 61, "b": 1 / 62 + 1 / 61})


def test_rrf_weighs_the_legs() -> None:
    assert fuse({"lexical": ["a"], "dense": ["b"]}, {"dense": 2.0})[0][0] == "b"


def test_combine_adds_weighted_scores_and_counts_a_missing_one_as_zero() -> None:
    fused = combine({"lexical": [("a", 0.9), ("b", 0.5)], "dense": [("b", 1.0)]}, {"lexical": 1.0, "dense": 0.5})
    assert fused == [("b", 1.0), ("a", 0.9)]


def test_ties_fall_to_the_smaller_id() -> None:
    assert [one for one, _ in fuse({"lexical": ["b"], "dense": ["a"]}, {})] == ["a", "b"]
    assert [one for one, _ in combine({"lexical": [("b", 1.0)], "dense": [("a", 1.0)]}, {})] == ["a", "b"]


def test_stretch_puts_the_best_at_one_and_the_last_at_zero() -> None:
    assert stretch([("a", 0.9), ("b", 0.85), ("c", 0.8)]) == [("a", 1.0), ("b", pytest.approx(0.5)), ("c", 0.0)]


def test_stretch_of_equal_scores_is_one() -> None:
    assert stretch([("a", 0.8)]) == [("a", 1.0)]
    assert stretch([("a", 0.8), ("b", 0.8)]) == [("a", 1.0), ("b", 1.0)]


def test_empty_rankings_give_nothing() -> None:
    assert fuse({"lexical": [], "dense": []}, {}) == combine({"lexical": [], "dense": []}, {}) == stretch([]) == []
