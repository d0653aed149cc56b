"""The values of two compared things, each found for itself: in units of any page, or in two clauses of one sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Claim
from assistant.asked_result import may_result
from assistant.candidates import Candidate, read_text
from assistant.checks import unsupported
from assistant.clauses import Clause, clauses_of
from assistant.line_change import of_names
from assistant.line_figures import line_figures
from assistant.operands import Operand, operand_of, value_of
from assistant.question import Question
from assistant.scoring import Scored, holds
from assistant.sides import Side, phrases_of, sides_of, units_of
from corpus.fold import fold, key
from corpus.quantity import Quantity
from corpus.sentence import open_bracket

_DEPTH, _LINES = 3, 12
_TOPIC = re.compile(r"([^\s、。はがのを]{2,20}?)(?:の?数)?(?:は|が)[、。]?")
_TELLING = 1.0  # weight that the words of a side must have, for its value to be looked for anywhere
_LEAD = re.compile(r"^(?:その|この)?うち|^計|累計$|約$")
_ALIKE = 0.9  # below it a word is only another one of like meaning (州 for 連邦)
_NEARLY = 0.9  # share of the best score from which on a second unit with another value makes the first one uncertain


def by_time(question: Question, ranked: Sequence[Scored]) -> tuple[Operand, Operand] | None:
    """Two values of one label, each in a line of its own that gives one of the two years: 会員数 of 1998年… and of 2001年…."""
    topic = _TOPIC.search(fold(question.text).text)
    if not topic or len(question.years) != 2:
        return None
    labels = (topic[1], *(form for t in question.terms if t.main == topic[1] for form in sorted(t.others)))
    found: dict[int, Operand] = {}
    for scored in ranked[:_LINES]:
        candidate, text = scored.candidate, scored.candidate.unit.text
        years = _years_of(candidate) & set(question.years)
        if candidate.unit.cells or len(years) != 1 or not of_names(question, scored, years=False):
            continue
        figures = [
            q
            for q in candidate.own.quantities
            if may_result(question, q.unit) and any(_is_called(label, text, q) for label in labels)
        ]
        (year,) = years
        if len(figures) == 1 and year in found and found[year].number != figures[0].value:
            return None
        if len(figures) == 1:
            found[year] = replace(_counted("", figures[0], candidate), name=f"{year}年", year=year)
    if len(found) != 2:
        return None
    first, second = (found[y] for y in question.years)
    return first, second


def _years_of(candidate: Candidate) -> set[int]:
    """The years of the line, else those of the heading that it stands under: 1998年:協議会発足."""
    own = candidate.own.dates
    return {d.year for d in own or (read_text(candidate.unit.headings[-1]).dates if candidate.unit.headings else ())}


def by_side(
    question: Question, ranked: Sequence[Scored], candidates: Sequence[Candidate]
) -> tuple[Operand, Operand] | None:
    """Two values of one kind, one for each side of the question; None unless both are certain."""
    labels = phrases_of(question)
    labelled = (in_labels(question, labels, ranked) or _in_figures(question, labels, ranked)) if labels else None
    sides = sides_of(question)
    if labelled or sides is None:
        return labelled
    return in_clauses(question, sides, ranked) or _in_units(question, sides, candidates)


def in_labels(question: Question, labels: tuple[str, str], ranked: Sequence[Scored]) -> tuple[Operand, Operand] | None:
    """Two figures of one line that stand right after the two labels: 会員数 and 企業会員 of 会員数120、うち企業会員80.

    Where the figures stand in brackets, only those whose bracket follows a name of the question: 若草国（62企業、26機関）.
    """
    for scored in ranked[:_DEPTH]:
        candidate, text = scored.candidate, scored.candidate.unit.text
        if candidate.unit.cells:
            continue
        found: list[list[Quantity]] = []
        for label in labels:
            fitting = [
                q for q in candidate.own.quantities if may_result(question, q.unit) and _is_called(label, text, q)
            ]
            inside = [q for q in fitting if _asked_bracket(question, text, q.start)]
            found.append(inside or fitting)
        if [len(f) for f in found] == [1, 1] and found[0] != found[1]:
            first, second = (_counted(label, q, candidate) for label, (q,) in zip(labels, found, strict=True))
            return first, second
    return None


def _in_figures(
    question: Question, labels: tuple[str, str], ranked: Sequence[Scored]
) -> tuple[Operand, Operand] | None:
    """Two of the figures that a line gives one after the other, each under its label: 大企業 34 中小企業 142."""
    for scored in ranked[:_DEPTH]:
        called = {key(o.name): o for o in line_figures(scored.candidate) if may_result(question, o.unit)}
        first, second = (called.get(key(label)) for label in labels)
        if first and second:
            return first, second
    return None


def _counted(label: str, quantity: Quantity, candidate: Candidate) -> Operand:
    named = key(label) in key(quantity.written(candidate.unit.text))  # 62企業 says itself what it counts
    return operand_of(candidate, quantity, "" if named else label)


def _is_called(label: str, text: str, quantity: Quantity) -> bool:
    """The label stands right before the figure, or is what the figure counts (62企業)."""
    wanted = key(label).removesuffix("数")
    before = _LEAD.sub("", key(re.split(r"[\s、。，,:：（(「『・|]", text[: quantity.start].rstrip())[-1]))
    counted = key(text[quantity.start : quantity.end]).lstrip("0123456789,. ")
    before = before.removesuffix("は").removesuffix("数")
    return len(wanted) >= 2 and wanted in (before, re.split("[のはがをにで]", before)[-1], counted)


def _asked_bracket(question: Question, text: str, at: int) -> bool:
    """Does the figure stand in a bracket after a word that the question holds?"""
    opening = open_bracket(text, at)
    if opening < 0:
        return False
    owner = key(re.split(r"[\s、。：:)）は]", text[:opening])[-1])
    return len(owner) >= 2 and owner in key(question.text)


def _in_units(
    question: Question, sides: tuple[Side, Side], candidates: Sequence[Candidate]
) -> tuple[Operand, Operand] | None:
    if any(sum(t.weight for t in side.own) < _TELLING for side in sides):
        return None
    first = _value(question, sides[0], sides[1], candidates)
    second = _value(question, sides[1], sides[0], candidates)
    if first is None or second is None or first.evidence.place == second.evidence.place or first.unit != second.unit:
        return None
    return first, second


def _value(question: Question, side: Side, other: Side, candidates: Sequence[Candidate]) -> Operand | None:
    found: list[tuple[float, Operand]] = []
    for scored in units_of(side, other, candidates):
        operand = value_of(side.question, scored.candidate, candidates, side.text)
        if operand and may_result(question, operand.unit) and _belongs(operand, side, scored.candidate):
            found.append((scored.score, operand))
    if not found:
        return None
    best, operand = found[0]
    if any(points >= _NEARLY * best and o.number != operand.number for points, o in found[1:]):
        return None
    return operand if _holds_name(operand) else replace(operand, name=_heading(operand, candidates))


def _belongs(operand: Operand, side: Side, candidate: Candidate) -> bool:
    """Where a clause of the unit has figures and names the side, the value is one of them: 雇用 of 1,093億円の効果、6,470人の雇用 is no money."""
    if candidate.unit.cells:
        return True
    naming = [
        c
        for c in clauses_of(candidate.unit.text)
        if c.reading.quantities and any(holds(t, c.reading) for t in side.own if not t.main.startswith("@"))
    ]
    return not naming or any(q.value == operand.number for c in naming for q in c.reading.quantities)


def _holds_name(operand: Operand) -> bool:
    """May the value be shown under the question's own words?"""
    return not unsupported(Claim(f"{operand.name} {operand.shown}。", (operand.evidence,)))


def _heading(operand: Operand, candidates: Sequence[Candidate]) -> str:
    """What the document calls it: the heading that its line stands under."""
    units = (c for c in candidates if c.evidence().place == operand.evidence.place)
    return next((c.unit.headings[-1] for c in units if c.unit.headings), operand.name)


def in_clauses(
    question: Question, sides: tuple[Side, Side], ranked: Sequence[Scored]
) -> tuple[Operand, Operand] | None:
    """Two figures of one sentence, each in the clause that alone names its side: 711件がAから、898件がBから."""
    for scored in ranked[:3]:
        candidate = scored.candidate
        if candidate.unit.kind == "row":
            continue
        clauses = [
            c
            for c in clauses_of(candidate.unit.text)
            if any(may_result(question, q.unit) for q in c.reading.quantities)
        ]
        chosen = [_clause_of(side, other, clauses) for side, other in (sides, sides[::-1])]
        found = [
            Operand(side.text, q.value, q.unit, c.text[q.start : q.end], candidate.evidence())
            for side, c in zip(sides, chosen, strict=True)
            if c and len(fitting := [q for q in c.reading.quantities if may_result(question, q.unit)]) == 1
            for q in fitting
        ]
        if len(found) == 2 and chosen[0] is not chosen[1] and found[0].unit == found[1].unit:
            return found[0], found[1]
    return None


def _clause_of(side: Side, other: Side, clauses: Sequence[Clause]) -> Clause | None:
    """The only clause that holds the side's own words and none of the other side's."""
    holding = [
        c
        for c in clauses
        if all(holds(t, c.reading) for t in side.own) and not any(holds(t, c.reading) > _ALIKE for t in other.own)
    ]
    return holding[0] if len(holding) == 1 else None
