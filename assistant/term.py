"""A word of a question and what may stand for it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the question; `others` match it nearly, and so do `compounds`, which are search keys.

    `weight` is its share of meaning.
    """

    main: str
    others: frozenset[str]
    weight: float
    is_name: bool
    compounds: frozenset[str] = frozenset()
