"""How well confidence tells right from wrong: AUROC and the risk–coverage curve."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RiskPoint:
    """When only the answers with at least this confidence are given: their share of all items, and the share of them that is wrong."""

    confidence: float
    coverage: float
    risk: float


def auroc(scored: Sequence[tuple[float, bool]]) -> float | None:
    """Chance that a positive has a higher score than a negative, ties half (Fawcett 2006); None when one side is empty."""
    positives = [s for s, positive in scored if positive]
    negatives = [s for s, positive in scored if not positive]
    if not positives or not negatives:
        return None
    wins = sum((p > n) + 0.5 * (p == n) for p in positives for n in negatives)
    return round(wins / (len(positives) * len(negatives)), 4)


def risk_coverage(scored: Sequence[tuple[float, bool]], n: int) -> tuple[RiskPoint, ...]:
    """A point for every distinct confidence of the given answers, (confidence, right), most confident first; `n` counts all items."""
    ordered = sorted(scored, key=lambda s: -s[0])
    points: list[RiskPoint] = []
    wrong = 0
    for given, (confidence, right) in enumerate(ordered, 1):
        wrong += not right
        if given == len(ordered) or ordered[given][0] < confidence:
            points.append(RiskPoint(round(confidence, 6), round(given / n, 4), round(wrong / given, 4)))
    return tuple(points)
