"""Differences, sums, shares and ratios, worked out by code from cited values and shown as a formula."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.answer import Claim
from assistant.asked_result import may_result
from assistant.asked_value import NO_COUNT
from assistant.candidates import Candidate
from assistant.chart_series import by_chart
from assistant.checks import unsupported
from assistant.enumerated import by_list
from assistant.formulas import Operation, added, formula_of, gap_and_ratio
from assistant.labelled_values import labelled_values
from assistant.line_change import by_change
from assistant.operands import (
    Operand,
    by_column,
    by_mention,
    by_name,
    by_year,
    by_year_heads,
    in_line,
    in_sentence,
)
from assistant.question import Question
from assistant.scoring import Scored
from assistant.share_of_rows import part_and_whole, share_of_rows
from assistant.side_values import by_side, by_time
from assistant.span_total import over_all, spans_years
from assistant.text_share import share_in_text
from corpus.fold import fold, key

_OPERATIONS: tuple[tuple[Operation, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern))  # type: ignore[misc]
    for name, pattern in (
        ("times", r"何倍|how many times"),
        ("rate", r"(?:増加|減少|伸び|成長|上昇|低下)率|何(?:%|パーセント|割)(?:ほど|くらい)?(?:の)?(?:増|減|伸|上昇|低下|拡大|縮小)"),
        ("share", r"割合|占め|比率|何パーセント|何%|何割|percentage|share of"),
        ("sum", r"合わせ(?:る|て|た)|合計|足す|足し|合算|in total|combined"),
        ("difference", r"差(?:は|額|を|が|の)|(?:増え|減っ|増加し|減少し|伸び|増|減)(?:まし)?た?(?:か|の|分|です|でし)|どれだけ|いくら(?:多|少|増|減)|いくつ(?:多|少|増|減)|"
         r"何[^\s、。はがをのに]{0,5}(?:多|少|増|減|伸|大き|小さ|上が|下が|上昇|低下)|前の?年|上回|下回|より[^。]{0,12}(?:多|少|大き|小さ)|difference|increase|decrease|more than"),
        ("mean", r"平均"),
    )
)  # fmt: skip


_SPAN = re.compile(r"から.{1,12}まで|[~〜～]")
# The gap of two shares is asked, no share of a whole.
_GAP = re.compile(r"の(?:差|違い|開き)(?:は|が|を)|より[^。]{0,12}(?:多|少|大き|小さ|高|低)")
_POINTS = re.compile(r"何(?:%|パーセント)?ポイント")
_PERCENT = re.compile(r"何(?:%|パーセント|割)|(?:増加|減少|伸び|成長|上昇|低下)率")


def operation_of(question: Question) -> Operation | None:
    text = fold(question.text).text
    found = [name for name, pattern in _OPERATIONS if pattern.search(text)]
    if "rate" in found and len(question.years) < 2:
        found.remove("rate")
    if "share" in found and (_GAP.search(text) or _POINTS.search(text)):
        found.remove("share")
    return found[0] if found else None


def calculate(question: Question, ranked: Sequence[Scored], candidates: Sequence[Candidate]) -> Claim | None:
    """The calculated answer, or None when the question asks for none or its numbers are not all found for certain."""
    operation = operation_of(question)
    if operation is None:
        return None
    claims = _claims(operation, question, ranked, candidates)
    return next((c for c in claims if c is not None and not unsupported(c)), None)


def _claims(
    operation: Operation, question: Question, ranked: Sequence[Scored], candidates: Sequence[Candidate]
) -> Iterator[Claim | None]:
    """The result from the numbers that each way of finding them gives, the surest way first."""
    if operation == "mean":
        yield over_all(question, ranked, candidates, mean=True)
        return
    if operation == "sum":
        if _SPAN.search(question.text) or spans_years(question):
            yield over_all(question, ranked, candidates)
        if spans_years(question):
            return
        yield added(question, by_list(question, ranked, candidates))
        yield added(question, _under_headings(question, ranked, candidates))
    for found in _pairs(operation, question, ranked, candidates):
        if found and _same_kind(operation, *found) and _wanted(operation, question, *found):
            yield gap_and_ratio(question, *found) if operation == "times" else None
            yield formula_of(operation, question, *found)
    if operation == "sum":
        yield over_all(question, ranked, candidates)


def _pairs(
    operation: Operation, question: Question, ranked: Sequence[Scored], candidates: Sequence[Candidate]
) -> Iterator[tuple[Operand, Operand] | None]:
    """The two numbers as each way of finding them gives them, the surest way first."""
    if operation == "share":
        yield part_and_whole(question, ranked, candidates)
        yield share_of_rows(question, ranked, candidates)
        yield share_in_text(question, ranked, candidates)
        return
    if operation == "rate":
        amounts = replace(question, text=_PERCENT.sub("", fold(question.text).text), unit="")
        yield by_year_heads(amounts, ranked, candidates)
        yield by_year(amounts, ranked, candidates)
        yield in_line(amounts, ranked)
        yield by_chart(amounts, ranked, candidates)
        return
    yield by_year_heads(question, ranked, candidates)
    yield by_year(question, ranked, candidates)
    yield in_line(question, ranked)
    yield by_chart(question, ranked, candidates)
    if operation == "difference":
        yield by_change(question, ranked)
    yield by_name(question, ranked, candidates)
    yield by_mention(question, ranked, candidates)
    yield by_column(question, ranked, candidates)
    if operation == "sum":
        yield in_sentence(question, ranked)
    yield by_time(question, ranked)
    yield by_side(question, ranked, candidates)


def _wanted(operation: Operation, question: Question, a: Operand, b: Operand) -> bool:
    """Is the result of the unit that is asked for? A ratio or a share has none."""
    return operation in ("times", "share", "rate") or may_result(question, a.unit or b.unit)


def _under_headings(question: Question, ranked: Sequence[Scored], candidates: Sequence[Candidate]) -> list[Operand]:
    """The values of one label under the headings that the question names."""
    asked = key(question.text)
    return [v for v in labelled_values(question, ranked, candidates)[1] if key(v.name) in asked]


def _same_kind(operation: Operation, a: Operand, b: Operand) -> bool:
    """May the two be put into one formula? Things that are counted in other words (企業, 機関) may be added."""
    if a.unit == b.unit or "" in (a.unit, b.unit):
        return True
    return operation == "sum" and not {a.unit, b.unit} & NO_COUNT
