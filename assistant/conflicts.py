"""The same thing with different values on different pages: both are shown."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.candidates import Candidate, read_text
from assistant.ordinals import ordinal_held
from assistant.question import GENERIC, Question
from assistant.scoring import Scored, holds, year_conflict
from assistant.values import Value, find_value, value_key
from corpus.fold import key
from corpus.tables import is_number, is_year

_NEAR_COVERAGE = 0.7
_STRONG_OWN = 0.7
_DAY = re.compile(r"\d{1,2}[月日]?")
_LABEL = 14  # characters before a figure in which its name stands


def conflicting(question: Question, best: Scored, ranked: Sequence[Scored]) -> list[tuple[Scored, Value]]:
    """The best unit with its value and every other page's unit that answers as fully with another value; [] when none does.

    As fully: it holds (in its own words or its headings) every word that the best unit holds in its own, and covers the
    question nearly as well. Values of other years or kinds are no conflict.
    """
    if not question.asks_value or question.calculates or len(question.years) > 1:
        return []
    value = find_value(question, best.candidate)
    if value is None or _is_figures(question, best.candidate) or year_conflict(question, best.candidate):
        return []
    found: dict[str, tuple[Scored, Value]] = {value_key(value): (best, value)}
    needed = [i for i, own in enumerate(best.own) if own >= 0.75 and question.terms[i].weight >= 1.0]
    for other in ranked[1:40]:
        if not _answers_as_fully(question, best, other, needed):
            continue
        rival = find_value(question, other.candidate)
        if rival is None or not _comparable(value, rival) or _other_times(question, best.candidate, other.candidate):
            continue
        figures = question.kind != "date"
        if figures and not (_is_labelled(question, best, value) and _is_labelled(question, other, rival)):
            continue
        found.setdefault(value_key(rival), (other, rival))
    return list(found.values()) if len(found) == 2 else []


def _answers_as_fully(question: Question, best: Scored, other: Scored, needed: Sequence[int]) -> bool:
    """Another page's unit that is about the same thing: every name, and what happened, stands there too."""
    candidate = other.candidate
    if other.coverage < _NEAR_COVERAGE * best.coverage or _same_page(candidate, best.candidate):
        return False
    if _is_figures(question, candidate) or year_conflict(question, candidate):
        return False
    if ordinal_held(question.text, candidate.unit.text) < ordinal_held(question.text, best.candidate.unit.text):
        return False
    named = any(name in candidate.own.key for name in question.names)
    for i, term in enumerate(question.terms):
        happened = question.kind == "date" and term.main == question.predicate and not named
        if (term.is_name or happened) and not term.main.startswith("@") and not _stands(question, other, i):
            return False
    held = sum(question.terms[i].weight for i in needed if _stands(question, other, i))
    return held >= (0.6 if named else 0.8) * sum(question.terms[i].weight for i in needed)


def _is_labelled(question: Question, scored: Scored, value: Value) -> bool:
    """The asked noun phrase stands right before the figure, or names its field or its column."""
    unit = scored.candidate.unit
    nouns = [t for t in question.terms if t.main in question.focus and t.main not in GENERIC]
    before = read_text(unit.text[max(0, value.where[0] - _LABEL) : value.where[0]])
    heads = [read_text(head) for head in (unit.label, unit.lead, *(c.header for c in unit.cells)) if head]
    return any(holds(t, reading) for t in nouns for reading in (*heads, before))


def _other_times(question: Question, a: Candidate, b: Candidate) -> bool:
    """Figures of different years are no conflict."""
    if question.kind == "date":
        return False
    years = [{d.year for d in (*c.own.dates, *c.headings.dates)} for c in (a, b)]
    return bool(years[0]) and bool(years[1]) and years[0].isdisjoint(years[1])


def _stands(question: Question, other: Scored, i: int) -> bool:
    """Term i stands in the unit itself; all but what happened may also stand in its headings, the year of a line without one beside it."""
    term = question.terms[i]
    if other.own[i] >= _STRONG_OWN:
        return True
    if term.main.startswith("@") and not other.candidate.own.dates:
        return max(holds(term, r) for r in (other.candidate.around, other.candidate.headings)) >= _STRONG_OWN
    happened = question.kind == "date" and term.main == question.predicate
    return not happened and holds(term, other.candidate.headings) >= _STRONG_OWN


def _is_figures(question: Question, candidate: Candidate) -> bool:
    """A row of figures under column heads: its cells are values of many things, told apart by tables_reading.

    Where a date is asked, a row that says what happened in a year and month (2013 | 3 | 学園の開所) is a line like others.
    """
    cells = candidate.unit.cells
    if question.kind == "date" and cells and is_year(cells[0].text):
        told = [c for c in cells[1:] if not is_number(c.text)]
        return not told or any(not _DAY.fullmatch(key(c.text)) for c in cells[1:] if c not in told)
    return any(is_number(c.text) for c in cells[1:])


def _same_page(a: Candidate, b: Candidate) -> bool:
    return a.on_page == b.on_page


def _comparable(a: Value, b: Value) -> bool:
    """Values of one kind that differ, and of which neither is merely the less exact form of the other."""
    if a.date and b.date:
        if a.date.year != b.date.year:
            return True
        return a.date.month is not None and b.date.month is not None and a.date.month != b.date.month
    if a.number is None or b.number is None or a.number == b.number:
        return False
    return a.unit == b.unit or not a.unit or not b.unit
