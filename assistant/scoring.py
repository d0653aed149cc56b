"""How well a unit answers a question: the share of the question's meaning that it holds or inherits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.candidates import Candidate, Reading
from assistant.question import Question, Term

# Where a word of the question is found, and how far that counts.
OWN, LEAD, HEADING, AROUND, TITLE, PAGE = 1.0, 0.95, 0.8, 0.45, 0.4, 0.3
_SYNONYM = 0.75


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each sign counts beside coverage (which lies in 0..1)."""

    value: float = 0.12
    other_year: float = 0.35
    prior: float = 0.10
    name: float = 0.15
    heading: float = 0.06
    source: float = 0.15
    short: float = 0.08


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate with its score; `matches[i]` is how far term i of the question was found (0..1), `own[i]` in the unit itself."""

    candidate: Candidate
    score: float
    coverage: float
    matches: tuple[float, ...]
    own: tuple[float, ...]


def holds(term: Term, reading: Reading) -> float:
    if term.main in reading.terms:
        return 1.0
    if len(term.main) >= 2 and not term.main.startswith("@") and term.main in reading.key:
        return 0.9
    return _SYNONYM if not term.others.isdisjoint(reading.terms) else 0.0


def match(term: Term, candidate: Candidate) -> float:
    """The best of the places where the term is found, weighted by the place."""
    best = 0.0
    for weight, reading in (
        (OWN, candidate.own),
        (LEAD, candidate.lead),
        (HEADING, candidate.headings),
        (AROUND, candidate.around),
        (TITLE, candidate.title),
        (PAGE, candidate.page_reading),
    ):
        if weight <= best:
            break
        best = max(best, weight * holds(term, reading))
    return best


def has_value(question: Question, candidate: Candidate) -> bool:
    """Does the unit hold a value of the kind that is asked for?"""
    own = candidate.own
    match question.kind:
        case "date":
            return bool(own.dates or candidate.headings.dates)
        case "amount":
            return any(q.unit in ("円", "ドル", "ユーロ", "マルク", "ポンド", "元") for q in own.quantities) or bool(
                candidate.unit.cells and own.quantities
            )
        case "number":
            return bool(own.quantities)
        case _:
            return True


def _year_conflict(question: Question, candidate: Candidate) -> bool:
    """The unit speaks of another year and not of the one that is asked for."""
    if not question.years:
        return False
    own = {d.year for d in (*candidate.own.dates, *candidate.headings.dates)}
    return bool(own) and own.isdisjoint(question.years)


def score(question: Question, candidate: Candidate, weights: Weights) -> Scored:
    total = sum(t.weight for t in question.terms) or 1.0
    matches = tuple(match(t, candidate) for t in question.terms)
    own = tuple(holds(t, candidate.own) for t in question.terms)
    coverage = sum(t.weight * m for t, m in zip(question.terms, matches, strict=True)) / total
    points = coverage + weights.prior * candidate.prior
    unit = candidate.unit
    if question.kind in ("date", "amount", "number"):
        points += weights.value if has_value(question, candidate) else -weights.value
    if _year_conflict(question, candidate):
        points -= weights.other_year
    if any(name in candidate.own.key for name in question.names):
        points += weights.name
    if unit.kind == "heading" and question.kind not in ("name", "date"):
        points -= weights.heading
    if unit.text.startswith(
        ("出所", "出典", "（資料", "(資料", "資料：", "資料:", "(出所", "(出典", "（出所", "（出典")
    ):
        points -= weights.source
    if len(unit.text) < 8 and unit.kind != "row":
        points -= weights.short
    return Scored(candidate, points, coverage, matches, own)


def rank(question: Question, candidates: Sequence[Candidate], weights: Weights | None = None) -> list[Scored]:
    """All candidates, best first; ties in the order of retrieval."""
    weights = weights or Weights()
    scored = [score(question, c, weights) for c in candidates]
    order = sorted(range(len(scored)), key=lambda i: (-round(scored[i].score, 6), i))
    return [scored[i] for i in order]
