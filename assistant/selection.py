"""Which units an answer stands on: the best one, and those that hold what it lacks."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.question import Question
from assistant.scoring import Scored, has_value

_DEPTH, _NEARLY = 15, 0.6
_ENOUGH = 0.8  # coverage from which on a unit with the asked value answers alone


def value_first(question: Question, ranked: Sequence[Scored]) -> Sequence[Scored]:
    """The ranking, led by a unit that holds the asked kind of value where one answers nearly as well as the best."""
    if not question.asks_value or not ranked or has_value(question, ranked[0].candidate):
        return ranked
    for scored in ranked[1:_DEPTH]:
        if has_value(question, scored.candidate) and scored.coverage >= _NEARLY * ranked[0].coverage:
            return [scored, *(s for s in ranked if s is not scored)]
    return ranked


def added(question: Question, held: Sequence[float], own: Sequence[float]) -> float:
    """Share of the question's meaning that a unit's own words hold (`own`, a number for each term) and `held` does not."""
    total = sum(t.weight for t in question.terms) or 1.0
    return sum(t.weight * max(0.0, o - h) for t, o, h in zip(question.terms, own, held, strict=True)) / total


def select(question: Question, ranked: Sequence[Scored], limit: int, gain: float = 0.12) -> list[Scored]:
    """Up to `limit` units: the best, then each time the one that adds most of the question's meaning in its own words.

    A unit is added while it adds at least `gain` (share of the question's weight) and its score is not far below the best.
    """
    if not ranked:
        return []
    ranked = value_first(question, ranked)
    chosen = [ranked[0]]
    held = list(ranked[0].own)
    texts = {ranked[0].candidate.own.key}
    if (
        question.asks_value
        and not question.compares
        and ranked[0].coverage >= _ENOUGH
        and has_value(question, ranked[0].candidate)
    ):
        return chosen
    while len(chosen) < limit:
        best: tuple[float, Scored] | None = None
        for scored in ranked[1:40]:
            if scored.candidate.unit.kind == "heading" and question.kind not in ("name", "open", "list"):
                continue
            if scored in chosen or scored.candidate.own.key in texts or scored.score < 0.45 * ranked[0].score:
                continue
            more = added(question, held, scored.own)
            if more >= gain and (best is None or more * scored.score > best[0]):
                best = (more * scored.score, scored)
        if best is None:
            break
        chosen.append(best[1])
        texts.add(best[1].candidate.own.key)
        held = [max(h, o) for h, o in zip(held, best[1].own, strict=True)]
    return chosen
