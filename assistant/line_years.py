"""The values of one line by the years that the line gives them: 840億円(1980年)⇒1,600億円(2000年), 2020年 40MW⇒2028年頃 900MW."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.asked_result import may_result
from assistant.candidates import Candidate
from assistant.question import Question
from corpus.dates import DateMention
from corpus.quantity import Quantity

_BEFORE = 16  # characters that may stand between a year and its value
_APART = re.compile(r"[。；;()（）⇒→]")


def values_by_year(candidate: Candidate, fitting: Sequence[Quantity]) -> dict[int, tuple[Quantity, DateMention]]:
    """The first of the line's `fitting` values for each year, with the mention of the year.

    A year belongs to the value before it where it stands in brackets, else to the first number after it, or to
    the first of them before the next year (2019年度 11件 3,870万円、2020年度 …). A line that does both is read by its brackets alone.
    """
    text, dates = candidate.unit.text, candidate.own.dates
    found: dict[int, tuple[Quantity, DateMention]] = {}
    for quantity in fitting:
        of = dated_after(text, quantity, dates)
        if of is not None:
            found.setdefault(of.year, (quantity, of))
    if found:
        return found
    for n, date in enumerate(dates):
        following = dates[n + 1].start if n + 1 < len(dates) else len(text)
        first = next((q for q in candidate.own.quantities if q.start >= date.end), None)
        after = first if first in fitting else next((q for q in fitting if date.end <= q.start < following), None)
        if after is not None and _joined(text[date.end : after.start]):
            found.setdefault(date.year, (after, date))
    return found


def both_years(question: Question, candidate: Candidate) -> dict[int, tuple[Quantity, DateMention]]:
    """The line's values of the two years of the question, of one unit that the result may have; empty unless it has both."""
    quantities = candidate.own.quantities
    for unit in dict.fromkeys(q.unit for q in quantities):
        if may_result(question, unit):
            found = values_by_year(candidate, [q for q in quantities if q.unit == unit])
            if len({found[year][0].start for year in question.years if year in found}) == 2:
                return found
    return {}


def dated_after(text: str, quantity: Quantity, dates: Sequence[DateMention]) -> DateMention | None:
    """The date that stands in brackets after a value: 1,200億円(2000年)⇒3,400億円(2019年)."""
    for date in dates:
        between = text[quantity.end : date.start] if date.start >= quantity.end else None
        if between is not None and re.fullmatch(r"\s*[(（]\s*", between):
            return date
    return None


def _joined(between: str) -> bool:
    return len(between) <= _BEFORE and not _APART.search(between)
