"""Recall, reciprocal rank and nDCG of hand-made rankings."""

import math

import pytest

from eval.ranking import group_ranks, ndcg, recall, reciprocal_rank

A, B, C = ("x", "1"), ("x", "2"), ("y", "1")


def test_a_page_stands_where_its_best_chunk_stands() -> None:
    assert group_ranks([A, A, B, A, C], [frozenset({C}), frozenset({B, C})]) == (3, 2)


def test_what_was_not_found_has_no_rank() -> None:
    assert group_ranks([A], [frozenset({C})]) == (None,)


def test_recall_is_the_share_of_the_groups() -> None:
    assert [recall((1, 6), k) for k in (1, 5, 10)] == [0.5, 0.5, 1.0]


def test_the_reciprocal_rank_is_that_of_the_first_page_and_ends_at_ten() -> None:
    assert reciprocal_rank((4, 2)) == 0.5
    assert reciprocal_rank((11,)) == 0.0
    assert reciprocal_rank((None,)) == 0.0


def test_ndcg_is_one_only_for_the_best_order() -> None:
    assert ndcg((1, 2)) == 1.0
    assert ndcg((3,)) == 0.5
    assert ndcg((1, 3)) == pytest.approx((1 + 1 / math.log2(4)) / (1 + 1 / math.log2(3)))
    assert ndcg((None, 11)) == 0.0
