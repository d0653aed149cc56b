"""Two values that one line gives as before and after: 前年の21.4億円から9.1億円に減少, 24人から31人に増えた."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from assistant.answer import Claim
from assistant.asked_result import may_result
from assistant.candidates import Candidate
from assistant.checks import unsupported
from assistant.excerpt import excerpt
from assistant.line_years import both_years
from assistant.operands import Operand, operand_of
from assistant.question import Question
from assistant.scoring import Scored
from corpus.dates import DateMention
from corpus.fold import fold
from corpus.quantity import Quantity

_FROM = re.compile(r"\s*(?:程度|前後)?(?:から|より|→|⇒)[^、。()（）\d]{0,10}")
_BECAME = re.compile(
    r"\s*(?:程度|前後)?(?:に|へ|まで|と)?(?:大きく|大幅に|急)?(?:減|増|縮小|拡大|上昇|低下|伸び|落ち込|回復|引き?上げ|引き?下げ|改善|悪化|下落|成長|変更|改定|改め|修正|見直)"
)
_YEAR_BEFORE = re.compile(r"前の?年度?の?[^\d、。]{0,6}$")
_ASKS_YEAR_BEFORE = re.compile(r"前の?年")
_MORE, _LESS = re.compile(r"増|伸び|上が|上昇|拡大"), re.compile(r"減|下が|低下|縮小")
_SPANNED = re.compile(r"から|まで|累計|合計|[~〜～]")
_NAMED = 0.4  # how far a name or a year of the question must be found: at least in the document's title
_HELD = 0.5  # share of the question that the line must hold
_LESS_HELD = 0.03  # share by which a line tells less of what is asked, and is about something else
_DEPTH = 4
_QUOTED = 100


def by_change(question: Question, ranked: Sequence[Scored]) -> tuple[Operand, Operand] | None:
    """The one change that the best lines tell, where the question names one year at most; None where two lines tell two."""
    if len(question.years) > 1:
        return None
    told = [
        (_own(question, s), pair)
        for s in ranked[:_DEPTH]
        if of_names(question, s) and s.coverage >= _HELD
        for pair in _changes(question, s)
    ]
    most = max((share for share, _ in told), default=0.0)
    found = [pair for share, pair in told if share >= most - _LESS_HELD]
    if not found or any((a.number, b.number) != (found[0][0].number, found[0][1].number) for a, b in found):
        return None
    before, after = found[0]
    text = fold(question.text).text
    rises = after.number > before.number
    if (_MORE if not rises else _LESS).search(text) and not (_LESS if not rises else _MORE).search(text):
        return None
    return before, after


def _own(question: Question, scored: Scored) -> float:
    """The share of the question's weight, but for what happened, that the line itself holds."""
    held = [(t.weight, h) for t, h in zip(question.terms, scored.own, strict=True) if t.main != question.predicate]
    return sum(w * h for w, h in held) / (sum(w for w, _ in held) or 1.0)


def _changes(question: Question, scored: Scored) -> list[tuple[Operand, Operand]]:
    candidate, text = scored.candidate, scored.candidate.unit.text
    out = []
    for one, two in pairwise(candidate.own.quantities):
        told = _FROM.fullmatch(text[one.end : two.start]) and _BECAME.match(text[two.end :])
        if not told or one.unit != two.unit or not may_result(question, one.unit):
            continue
        last_year = _YEAR_BEFORE.search(text[: one.start])
        if last_year is None and _ASKS_YEAR_BEFORE.search(fold(question.text).text):
            continue
        year = question.years[0] if question.years else 1
        earlier = operand_of(candidate, one, "前年" if last_year else "", year - 1)
        out.append((earlier, operand_of(candidate, two, f"{year}年" if last_year and question.years else "", year)))
    return out


def of_names(question: Question, scored: Scored, *, years: bool = True) -> bool:
    """Does the line hold or inherit the names (and the `years`) that the question is about?"""
    pairs = zip(question.terms, scored.matches, strict=True)
    return all(m >= _NAMED for t, m in pairs if t.is_name and (years or not t.main.startswith("@")))


def in_two_years(question: Question, ranked: Sequence[Scored], _candidates: Sequence[Candidate]) -> Claim | None:
    """The values of two years of one line, where the question asks for both and for no sum: 2008年度に何件、2012年度に何件."""
    years = question.years
    if len(years) != 2 or question.calculates or not question.asks_figure or _SPANNED.search(fold(question.text).text):
        return None
    for scored in ranked[:_DEPTH]:
        candidate = scored.candidate
        if candidate.unit.cells or not of_names(question, scored) or scored.coverage < _HELD:
            continue
        found = both_years(question, candidate)
        if found:
            return _both(question, scored, found)
    return None


def _both(question: Question, scored: Scored, found: dict[int, tuple[Quantity, DateMention]]) -> Claim:
    """The two values with their years; where the checks cannot follow which year is meant (25年度 of 平成), in the order asked, with the line."""
    text, evidence = scored.candidate.unit.text, (scored.candidate.evidence(scored.score),)
    values = [found[y][0].written(text) for y in question.years]
    dated = (f"{y}年{'度' if found[y][1].fiscal else ''} {v}" for y, v in zip(question.years, values, strict=True))
    claim = Claim(f"{'、'.join(dated)}です。", evidence)
    if not unsupported(claim):
        return claim
    return Claim(f"順に{'、'.join(values)}です（「{excerpt(question, text, _QUOTED)}」）。", evidence)
