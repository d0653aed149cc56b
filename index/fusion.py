"""From two rankings to one: by scores (Bruch, Gai & Ingber, TOIS 2023) or by ranks (Cormack, Clarke & Büttcher, SIGIR 2009)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

RRF_K = 60
Ranking = Sequence[tuple[str, float]]  # (id, score), best first


def fuse(
    rankings: Mapping[str, Sequence[str]], weights: Mapping[str, float], k: int = RRF_K
) -> list[tuple[str, float]]:
    """Reciprocal rank fusion: (id, Σ weight / (k + rank)) over the legs, best first; ranks count from 1, ties by id."""
    scores: dict[str, float] = {}
    for leg, ids in rankings.items():
        for rank, one in enumerate(ids, 1):
            scores[one] = scores.get(one, 0.0) + weights.get(leg, 1.0) / (k + rank)
    return sorted(scores.items(), key=lambda item: (-item[1], item[0]))


def combine(rankings: Mapping[str, Ranking], weights: Mapping[str, float]) -> list[tuple[str, float]]:
    """Convex combination: (id, Σ weight · score) over the legs, best first, ties by id; scores on [0, 1], 0 where a leg lacks the id."""
    scores: dict[str, float] = {}
    for leg, ranking in rankings.items():
        for one, score in ranking:
            scores[one] = scores.get(one, 0.0) + weights.get(leg, 1.0) * score
    return sorted(scores.items(), key=lambda item: (-item[1], item[0]))


def stretch(ranking: Ranking) -> list[tuple[str, float]]:
    """The ranking's scores moved to [0, 1], its best at 1 and its last at 0: cosines of one model differ from another's in their range.

    Where all are equal, all are 1.
    """
    if not ranking:
        return []
    high, low = ranking[0][1], ranking[-1][1]
    return [(one, (score - low) / (high - low) if high > low else 1.0) for one, score in ranking]
