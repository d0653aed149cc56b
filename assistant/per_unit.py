"""What comes to one of several: 1億円 from 23社 is about 435万円 a company."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from assistant.answer import Claim
from assistant.asked_value import NO_COUNT, asked_counter, fits_counter
from assistant.candidates import Candidate
from assistant.clauses import clauses_of
from assistant.line_change import of_names
from assistant.question import Question
from assistant.scoring import Scored
from assistant.wording import money_text, quantity_text, ratio_text
from corpus.fold import fold
from corpus.quantity import Quantity, canonical_unit

_ASKED = re.compile(
    r"(?:1|一)(?P<of>人|名|社|件|校|戸|台|か所|箇所|団体|企業|世帯|日|組|棟|農家)(?:あたり|当たり|につき|平均)|平均(?:すると|して)"
)
_STATED = re.compile(r"あたり|当たり|平均|につき|ずつ|毎|[/／]")
_HELD = 0.5
_DEPTH = 2


def per_unit(question: Question, ranked: Sequence[Scored], _candidates: Sequence[Candidate]) -> Claim | None:
    """An amount divided by the count of those that share it, both of one clause; None where the document says it itself."""
    asked = _ASKED.search(fold(question.text).text)
    if not asked or not asked["of"] or not question.asks_figure:
        return None
    best = [s for s in ranked[:_DEPTH] if not s.candidate.unit.cells]
    if any(_STATED.search(s.candidate.unit.text) for s in ranked[:_DEPTH]):
        return None
    known = canonical_unit(asked["of"])
    counter = known[0] if known else asked["of"]
    for scored in best:
        if scored.coverage < _HELD or not of_names(question, scored):
            continue
        for clause in clauses_of(scored.candidate.unit.text):
            counts = [q for q in clause.reading.quantities if fits_counter(counter, q.unit)]
            amounts = [q for q in clause.reading.quantities if _fits(question, q) and q not in counts]
            if len(counts) == len(amounts) == 1 and counts[0].value > 1:
                return _claim(scored, clause.text, amounts[0], counts[0], asked["of"])
    return None


def _fits(question: Question, quantity: Quantity) -> bool:
    if question.kind == "amount" or question.unit:
        return quantity.unit == "円"
    counter = asked_counter(question)
    return quantity.unit not in NO_COUNT and (counter is None or fits_counter(counter, quantity.unit))


def _claim(scored: Scored, text: str, amount: Quantity, count: Quantity, of: str) -> Claim:
    each = amount.value / count.value
    shown, computed = _rounded(each, amount.unit)
    formula = " ÷ ".join(q.written(text) for q in (amount, count))
    about = "" if computed == each else "約"
    return Claim(
        f"1{of}あたり{about}{shown}です（{formula}）。",
        (scored.candidate.evidence(scored.score),),
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
