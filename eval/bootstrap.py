"""Means with 95 % intervals, and paired differences of two runs."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

SAMPLES = 2000
SEED = 20240601
_LEVEL = 95.0


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over `n` items with its percentile-bootstrap interval (Efron & Tibshirani 1993, ch. 13)."""

    mean: float
    low: float
    high: float
    n: int


def estimate(values: Sequence[float | bool]) -> Estimate | None:
    """The mean with its interval: items drawn with replacement, the same draws for the same n. None for no item."""
    if not values:
        return None
    data = np.asarray(values, dtype=np.float64)
    low, high = _interval(data)
    return Estimate(round(float(data.mean()), 4), low, high, len(data))


def _interval(data: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> tuple[float, float]:
    draws = np.random.default_rng(SEED).integers(0, len(data), size=(SAMPLES, len(data)), dtype=np.int32)
    edge = (100 - _LEVEL) / 2
    low, high = np.percentile(data[draws].mean(axis=1), (edge, 100 - edge))
    return round(float(low), 4), round(float(high), 4)


@dataclass(frozen=True, slots=True)
class Difference:
    """New minus old over the items that both runs have. `p` is McNemar's exact two-sided p, for values that are 0 or 1."""

    difference: float
    low: float
    high: float
    n: int
    won: int
    lost: int
    p: float

    @property
    def is_fall(self) -> bool:
        """A significant one: the whole interval lies below zero, or the exact test says so (it is kept when few items flip)."""
        return self.difference < 0 and (self.high < 0 or self.p < 0.05)

    def reversed(self) -> Difference:
        """The same for a figure of which less is better."""
        return Difference(-self.difference, -self.high, -self.low, self.n, self.lost, self.won, self.p)


def paired(old: Sequence[float | bool], new: Sequence[float | bool]) -> Difference | None:
    """Both sequences in the same order of items; None for no item."""
    if not old:
        return None
    change = np.asarray(new, dtype=np.float64) - np.asarray(old, dtype=np.float64)
    low, high = _interval(change)
    won, lost = int((change > 0).sum()), int((change < 0).sum())
    return Difference(round(float(change.mean()), 4), low, high, len(change), won, lost, mcnemar(won, lost))


def mcnemar(won: int, lost: int) -> float:
    """Exact two-sided p of so uneven a split of the items that changed, were either way as likely (McNemar 1947)."""
    n = won + lost
    tail = sum(math.comb(n, k) for k in range(min(won, lost) + 1)) / 2**n
    return round(min(1.0, 2.0 * float(tail)), 6)
