"""A value belongs to the time that the evidence gives it for: last year's figure says nothing of this year."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.clauses import Clause, clauses_of
from assistant.held import Held
from corpus.dates import DateMention
from corpus.quantity import Quantity


def time_check(held: Held) -> Iterable[str]:
    """The clauses of the claim that date a value otherwise than every piece of evidence that holds the value."""
    dates: tuple[DateMention, ...] = ()
    for clause in held.clauses:
        dates = clause.reading.dates or dates  # a clause without a date goes on with the last one
        if not dates or held.verbatim(clause.text):
            continue
        if any(_otherwise_dated(q, dates, held) for q in clause.reading.quantities):
            yield clause.text


def _otherwise_dated(quantity: Quantity, dates: Sequence[DateMention], held: Held) -> bool:
    """Every clause that gives the value has dates (its own, else those of its row or sentence), none of them among `dates`."""
    found = False
    for unit in held.units:
        clauses = clauses_of(unit.text)
        for at, clause in enumerate(clauses):
            if not clause.gives(quantity):
                continue
            given = _dates_at(clauses, at)
            if not given or _agree(given, dates):
                return False
            found = True
    return found


def _dates_at(clauses: Sequence[Clause], at: int) -> tuple[DateMention, ...]:
    """The dates of a clause; where it has none, those of the last clause before it that has some."""
    return next((c.reading.dates for c in reversed(clauses[: at + 1]) if c.reading.dates), ())


def _agree(given: Sequence[DateMention], dates: Sequence[DateMention]) -> bool:
    return any(g.given_by(d) or d.given_by(g) for g in given for d in dates)
