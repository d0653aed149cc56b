"""The values of two compared things, each found for itself: in units of any page, or in two clauses of one sentence."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.asked_result import may_result
from assistant.candidates import Candidate
from assistant.clauses import Clause, clauses_of
from assistant.operands import Operand, value_of
from assistant.question import Question
from assistant.scoring import Scored, holds
from assistant.sides import Side, sides_of, units_of

_NEAR = 0.03  # points within which a second unit with another value makes the first one uncertain


def by_side(
    question: Question, ranked: Sequence[Scored], candidates: Sequence[Candidate]
) -> tuple[Operand, Operand] | None:
    """Two values of one kind, one for each side of the question; None unless both are certain."""
    sides = sides_of(question)
    if sides is None:
        return None
    return in_clauses(question, sides, ranked) or _in_units(question, sides, candidates)


def _in_units(
    question: Question, sides: tuple[Side, Side], candidates: Sequence[Candidate]
) -> tuple[Operand, Operand] | None:
    first = _value(question, sides[0], sides[1], candidates)
    second = _value(question, sides[1], sides[0], candidates)
    if first is None or second is None or first.evidence.place == second.evidence.place:
        return None
    return first, second


def _value(question: Question, side: Side, other: Side, candidates: Sequence[Candidate]) -> Operand | None:
    found: list[tuple[float, Operand]] = []
    for scored in units_of(side, other, candidates):
        operand = value_of(side.question, scored.candidate, candidates, side.text)
        if operand and may_result(question, operand.unit):
            found.append((scored.score, operand))
    if not found:
        return None
    best, operand = found[0]
    if any(best - points < _NEAR and o.number != operand.number for points, o in found[1:]):
        return None
    return operand


def in_clauses(
    question: Question, sides: tuple[Side, Side], ranked: Sequence[Scored]
) -> tuple[Operand, Operand] | None:
    """Two figures of one sentence, each in the clause that alone names its side: 711件がAから、898件がBから."""
    for scored in ranked[:3]:
        candidate = scored.candidate
        if candidate.unit.kind == "row":
            continue
        clauses = [
            c for c in clauses_of(candidate.unit.text) if any(_fits(question, q.unit) for q in c.reading.quantities)
        ]
        chosen = [_clause_of(side, other, clauses) for side, other in (sides, sides[::-1])]
        found = [
            Operand(side.text, q.value, q.unit, c.text[q.start : q.end], candidate.evidence())
            for side, c in zip(sides, chosen, strict=True)
            if c and len(fitting := [q for q in c.reading.quantities if _fits(question, q.unit)]) == 1
            for q in fitting
        ]
        if len(found) == 2 and chosen[0] is not chosen[1] and found[0].unit == found[1].unit:
            return found[0], found[1]
    return None


def _fits(question: Question, unit: str) -> bool:
    return may_result(question, unit)


def _clause_of(side: Side, other: Side, clauses: Sequence[Clause]) -> Clause | None:
    """The only clause that holds the side's own words and none of the other side's."""
    holding = [
        c
        for c in clauses
        if all(holds(t, c.reading) for t in side.own) and not any(holds(t, c.reading) for t in other.own)
    ]
    return holding[0] if len(holding) == 1 else None
