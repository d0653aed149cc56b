"""What code works out of the evidence before a line is quoted: extremes, remainders, gaps, comparisons, calculations, members, figures told together."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assistant.answer import Claim
from assistant.calculation import calculate
from assistant.candidates import Candidate
from assistant.chart_series import charted
from assistant.checks import unsupported
from assistant.extreme import extreme
from assistant.figure_cards import figure_cards
from assistant.line_change import in_two_years
from assistant.most_changed import most_changed
from assistant.per_unit import per_unit
from assistant.period import period
from assistant.question import Question
from assistant.remainder import remainder
from assistant.roster import roster
from assistant.scoring import Scored
from assistant.several_figures import several_figures
from assistant.stated_total import stated_total
from assistant.target_gap import target_gap
from assistant.which import which


def _gap(question: Question, ranked: Sequence[Scored], _candidates: Sequence[Candidate]) -> Claim | None:
    return target_gap(question, ranked)


Work = Callable[[Question, Sequence[Scored], Sequence[Candidate]], Claim | None]
# The more particular a question is, the earlier it is tried.
_WORKS: tuple[Work, ...] = (
    period, stated_total, most_changed, extreme, remainder, _gap, which, per_unit, calculate, in_two_years, charted, roster,
    figure_cards, several_figures,
)  # fmt: skip


def worked_out(question: Question, ranked: Sequence[Scored], candidates: Sequence[Candidate]) -> Claim | None:
    """The first result that its evidence holds; None when the question asks for none, or nothing is certain."""
    for work in _WORKS:
        if work is calculate and not question.calculates:
            continue
        claim = work(question, ranked, candidates)
        if claim is not None and not unsupported(claim):
            return claim
    return None
