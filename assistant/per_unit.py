"""What comes to one of several: 1億円 from 23社 is about 435万円 a company; of one clause, of one bracket, of a year of a line, or of a table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from assistant.answer import Claim
from assistant.asked_value import NO_COUNT, asked_counter, fits_counter
from assistant.candidates import Candidate
from assistant.clauses import clauses_of
from assistant.line_change import of_names
from assistant.operands import Operand, operand_of
from assistant.per_unit_table import in_table
from assistant.question import Question
from assistant.scoring import Scored
from assistant.wording import money_text, quantity_text, ratio_text
from corpus.fold import fold, key
from corpus.quantity import Quantity, canonical_unit

_ASKED = re.compile(
    r"(?:(?<!\d)1|一)(?P<of>(?:か所|箇所|[^\s\d、。はがをのにで]{1,5}?))(?:あたり|当たり|当り|につき|平均)|平均(?:すると|して)"
)
_STATED = r"1?{of}(?:あたり|当た?り|平均|につき|ずつ)|[/／]\s*{of}|平均"
_BRACKET = re.compile(r"[(（]([^()（）]*)[)）]")
_HELD = 0.5
_DEPTH, _NAMED, _SHORTEST = 2, 12, 4


def per_unit(question: Question, ranked: Sequence[Scored], candidates: Sequence[Candidate]) -> Claim | None:
    """An amount divided by the count of those that share it, both of one clause (or row); None where the document says it itself."""
    asked = _ASKED.search(fold(question.text).text)
    if not asked or not asked["of"] or not question.asks_figure:
        return None
    known = canonical_unit(asked["of"])
    counter = known[0] if known else asked["of"]
    tabled = in_table(question, ranked, candidates, asked["of"], counter)
    if tabled:
        return _claim(*tabled, asked["of"])
    stated = re.compile(_STATED.format(of=re.escape(asked["of"])))
    if any(stated.search(fold(s.candidate.unit.text).text) for s in ranked[:_DEPTH]):
        return None
    for n, scored in enumerate(ranked[:_NAMED]):
        called = _is_called(question, scored.candidate)
        if scored.candidate.unit.cells or not (called or (n < _DEPTH and scored.coverage >= _HELD)):
            continue
        if not of_names(question, scored):
            continue
        for quantities in _groups(question, scored.candidate):
            counts = [q for q in quantities if fits_counter(counter, q.unit)]
            amounts = [q for q in quantities if _fits(question, q) and q not in counts]
            if len(counts) == len(amounts) == 1 and counts[0].value > 1:
                amount, count = (operand_of(scored.candidate, q) for q in (amounts[0], counts[0]))
                return _claim(amount, count, asked["of"])
    return None


def _is_called(question: Question, line: Candidate) -> bool:
    """Does the line begin with a name that the question holds, and bring its figures in brackets: 設備更新支援(12件、約30億円)?"""
    name = key(re.split(r"[(（]", line.unit.text)[0]).lstrip("・•-")
    return len(name) >= _SHORTEST and name in key(question.text)


def _groups(question: Question, line: Candidate) -> Iterator[list[Quantity]]:
    """The figures that belong together: of an asked year, of each clause, of each bracket, of the whole line."""
    text, quantities = line.unit.text, line.own.quantities
    dates = [d for d in line.own.dates if d.year in question.years]
    if len(dates) == 1 and len(question.years) == 1:
        end = min((d.start for d in line.own.dates if d.start > dates[0].start), default=len(text))
        yield [q for q in quantities if dates[0].end <= q.start < end]
    at = 0
    for clause in clauses_of(text):
        start = text.find(clause.text, at)
        at = start + len(clause.text)
        yield [q for q in quantities if start <= q.start < at]
    for bracket in _BRACKET.finditer(text):
        yield [q for q in quantities if bracket.start() <= q.start < bracket.end()]
    yield list(quantities)


def _fits(question: Question, quantity: Quantity) -> bool:
    if question.kind == "amount" or question.unit:
        return quantity.unit == "円"
    counter = asked_counter(question)
    return quantity.unit not in NO_COUNT and (counter is None or fits_counter(counter, quantity.unit))


def _claim(amount: Operand, count: Operand, of: str) -> Claim:
    each = amount.number / count.number
    shown, computed = _rounded(each, amount.unit)
    formula = " ÷ ".join(f"{o.name} {o.shown}".strip() for o in (amount, count))
    about = "" if computed == each else "約"
    return Claim(
        f"1{of}あたり{about}{shown}です（{formula}）。",
        tuple(dict.fromkeys((amount.evidence, count.evidence))),
        (computed, Decimal(1)),
    )


def _rounded(each: Decimal, unit: str) -> tuple[str, Decimal]:
    """Yen in 万円 from 10,000 on, other figures with one decimal; with the number as it is shown."""
    if unit == "円":
        step = Decimal(10**4) if each >= 10**5 else Decimal(1)
        number = (each / step).quantize(Decimal(1), rounding="ROUND_HALF_UP") * step
        return money_text(number), number
    number = each.quantize(Decimal("0.1"), rounding="ROUND_HALF_UP")
    return (quantity_text(number, unit) if number == int(number) else f"{ratio_text(number)}{unit}"), number
