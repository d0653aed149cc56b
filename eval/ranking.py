"""Retrieval metrics over the pages of a ranking.

A question has groups of pages, of which each needs one: usually a single group (any of its pages suffices), several when pages are
needed together. With one relevant thing a group, recall@k, MRR@10 and nDCG@10 take three lines each; ir-measures would bring
pytrec_eval's C, ranx numba, llvmlite and matplotlib.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

CUTOFFS = (1, 5, 10)
DEPTH = 10  # of MRR and nDCG
Place = tuple[str, str]  # (document id, page label)


def group_ranks(ranking: Sequence[Place], groups: Sequence[frozenset[Place]]) -> tuple[int | None, ...]:
    """For every group the rank, from 1 and among distinct places, of its first place; None when none was found."""
    places = list(dict.fromkeys(ranking))
    return tuple(next((n for n, place in enumerate(places, 1) if place in group), None) for group in groups)


def recall(ranks: Sequence[int | None], k: int) -> float:
    """Share of the groups with a page among the first k."""
    return sum(r is not None and r <= k for r in ranks) / len(ranks)


def reciprocal_rank(ranks: Sequence[int | None]) -> float:
    """1 / rank of the first page of any group, 0 beyond the tenth."""
    return max((1 / r for r in ranks if r is not None and r <= DEPTH), default=0.0)


def ndcg(ranks: Sequence[int | None]) -> float:
    """Binary gains, each group counted once, log2 discount (Järvelin & Kekäläinen 2002), cut at ten."""
    gained = sum(1 / math.log2(1 + r) for r in ranks if r is not None and r <= DEPTH)
    return gained / sum(1 / math.log2(1 + n) for n in range(1, len(ranks) + 1))


def retrieval_scores(ranks: Sequence[int | None]) -> Mapping[str, float]:
    """Every metric of one question by its name."""
    at = {f"recall@{k}": recall(ranks, k) for k in CUTOFFS}
    return at | {f"mrr@{DEPTH}": reciprocal_rank(ranks), f"ndcg@{DEPTH}": ndcg(ranks)}
