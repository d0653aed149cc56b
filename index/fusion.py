"""Reciprocal rank fusion (Cormack, Clarke & Büttcher, SIGIR 2009)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

RRF_K = 60


def fuse(
    rankings: Mapping[str, Sequence[str]], weights: Mapping[str, float], k: int = RRF_K
) -> list[tuple[str, float]]:
    """(id, Σ weight / (k + rank)) over the legs, best first; ranks count from 1, ties by id."""
    scores: dict[str, float] = {}
    for leg, ids in rankings.items():
        for rank, one in enumerate(ids, 1):
            scores[one] = scores.get(one, 0.0) + weights.get(leg, 1.0) / (k + rank)
    return sorted(scores.items(), key=lambda item: (-item[1], item[0]))
