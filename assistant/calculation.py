"""Differences, sums, shares and ratios, worked out by code from cited values and shown as a formula."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

from assistant.answer import Claim
from assistant.asked_value import NO_COUNT
from assistant.candidates import Candidate, read_text
from assistant.operands import (
    Operand,
    by_column,
    by_mention,
    by_name,
    by_year,
    in_brackets,
    in_sentence,
    part_and_whole,
)
from assistant.question import Question
from assistant.scoring import Scored
from assistant.tables_reading import column, row_evidence, table_rows
from assistant.wording import money_text, quantity_text, ratio_text
from corpus.fold import fold
from corpus.numeral import grouped

Operation = Literal["difference", "sum", "share", "times"]

_OPERATIONS: tuple[tuple[Operation, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern))  # type: ignore[misc]
    for name, pattern in (
        ("times", r"何倍|how many times"),
        ("share", r"割合|占め|比率|何パーセント|何%|percentage|share of"),
        ("sum", r"合わせ(?:る|て|た)|合計|足す|足し|合算|in total|combined"),
        ("difference", r"差(?:は|額|を|が|の)|(?:増え|減っ|増加し|減少し|伸び|増|減)(?:まし)?た?(?:か|の|分|です|でし)|どれだけ|いくら(?:多|少|増|減)|いくつ(?:多|少|増|減)|"
         r"何[人社件円校]*(?:多|少|増|減)|前の?年|上回|下回|より[^。]{0,12}(?:多|少|大き|小さ)|difference|increase|decrease|more than"),
    )
)  # fmt: skip


_ALL_ROWS = re.compile(r"から.{1,12}まで|すべて|全て|全部|総計|[3-9]つ")
_SPAN = re.compile(r"から.{1,12}まで|[~〜～]")
_MOST_ROWS = 12


def operation_of(question: Question) -> Operation | None:
    text = fold(question.text).text
    return next((name for name, pattern in _OPERATIONS if pattern.search(text)), None)


def calculate(question: Question, ranked: Sequence[Scored], candidates: Sequence[Candidate]) -> Claim | None:
    """The calculated answer, or None when the question asks for none or its two numbers are not both found for certain."""
    operation = operation_of(question)
    if operation is None:
        return None
    if operation == "share":
        operands = part_and_whole(question, ranked, candidates)
    elif operation == "sum" and _SPAN.search(question.text) and (whole := _total(question, ranked, candidates)):
        return whole
    else:
        operands = (
            by_year(question, ranked, candidates)
            or in_brackets(question, ranked)
            or by_name(question, ranked, candidates)
            or by_mention(question, ranked, candidates)
            or by_column(question, ranked, candidates)
            or (in_sentence(question, ranked) if operation == "sum" else None)
        )
    if operands is None and operation == "sum":
        return _total(question, ranked, candidates)
    if operands is None or not _same_kind(operation, *operands):
        return None
    return _formula(operation, *operands)


def _same_kind(operation: Operation, a: Operand, b: Operand) -> bool:
    """May the two be put into one formula? Things that are counted in other words (企業, 機関) may be added."""
    if a.unit == b.unit or "" in (a.unit, b.unit):
        return True
    return operation == "sum" and not {a.unit, b.unit} & NO_COUNT


def _total(question: Question, ranked: Sequence[Scored], candidates: Sequence[Candidate]) -> Claim | None:
    """The sum of a whole column, where the question asks for all rows (1号から3号まで, すべて)."""
    if not ranked or ranked[0].candidate.unit.kind != "row" or not _ALL_ROWS.search(question.text):
        return None
    values = column(question, table_rows(ranked[0].candidate, candidates))
    if len(question.years) == 2:
        first, last = sorted(question.years)
        values = [v for v in values if any(first <= d.year <= last for d in read_text(v.name, bare_years=True).dates)]
    if not 2 < len(values) <= _MOST_ROWS or len({v.unit for v in values}) != 1:
        return None
    total = sum((v.number for v in values), Decimal(0))
    parts = " ＋ ".join(f"{v.name} {v.surface}" for v in values)
    text = f"合わせて{_both(total, values[0].unit, values[0].surface)}です（{parts}）。"
    return Claim(text, tuple(row_evidence(v) for v in values), (total,))


def _formula(operation: Operation, a: Operand, b: Operand) -> Claim | None:
    evidence = tuple(dict.fromkeys((a.evidence, b.evidence)))
    unit = a.unit or b.unit
    match operation:
        case "sum":
            total = a.number + b.number
            shown = _both(total, unit if unit == b.unit or "" in (a.unit, b.unit) else "", a.shown)
            text = f"合わせて{shown}です（{f'{a.name} {a.shown}'.strip()} ＋ {f'{b.name} {b.shown}'.strip()}）。"
            return Claim(text, evidence, _computed(total))
        case "difference":
            return _difference(a, b)
        case "share":
            if not b.number:
                return None
            share = (a.number / b.number * 100).quantize(Decimal("0.1"), rounding="ROUND_HALF_UP")
            text = f"約{ratio_text(share)}%です（{a.name} {a.shown} ÷ {b.name} {b.shown}）。"
            return Claim(text, evidence, (share, round(share, 1)))
        case "times":
            small, large = sorted((a, b), key=lambda o: o.number)
            if not small.number:
                return None
            times = (large.number / small.number).quantize(Decimal("0.01"), rounding="ROUND_HALF_UP")
            text = f"約{ratio_text(times, 2)}倍です（{large.name} {large.shown} ÷ {small.name} {small.shown}）。"
            return Claim(text, evidence, (times,))


def _difference(a: Operand, b: Operand) -> Claim:
    """How far the two lie apart; what is of two years rose or fell."""
    evidence = tuple(dict.fromkeys((a.evidence, b.evidence)))
    gap = abs(b.number - a.number)
    shown = _both(gap, a.unit or b.unit, a.shown)
    span = _in_time(a, b)
    if span is None:
        more = a if a.number >= b.number else b
        text = f"差は{shown}です（{a.name} {a.shown}、{b.name} {b.shown}。{more.name}の方が多い）。"
    elif not gap:
        before, after = span
        text = f"差はありません（{before.name}、{after.name}とも{a.shown}）。"
    else:
        before, after = span
        way = "増加" if after.number > before.number else "減少"
        text = f"{shown}の{way}です（{before.name} {before.shown} → {after.name} {after.shown}）。"
    return Claim(text, evidence, _computed(gap))


def _in_time(a: Operand, b: Operand) -> tuple[Operand, Operand] | None:
    """The two in the order of the years that they are named after; None when they are of no years, or of one."""
    years = [read_text(o.name, bare_years=True).dates for o in (a, b)]
    if not all(years) or years[0][0].year == years[1][0].year:
        return None
    return (a, b) if years[0][0].year < years[1][0].year else (b, a)


def _both(number: Decimal, unit: str, like: str) -> str:
    """The result in the unit of the operands, with the full yen amount beside thousands and millions."""
    if unit != "円":
        return quantity_text(number, unit)
    for name, factor in (("千円", 10**3), ("百万円", 10**6)):
        if name in like:
            return f"{grouped(number / factor)}{name}（{money_text(number)}）"
    return money_text(number)


def _computed(number: Decimal) -> tuple[Decimal, ...]:
    return (number,)
