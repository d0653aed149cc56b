"""Results as formulas: sums, differences, shares, rates and ratios of cited operands, with what was computed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

from assistant.answer import Claim, Evidence
from assistant.asked_result import may_result, result_text
from assistant.operands import Operand
from assistant.question import Question
from assistant.wording import ratio_text
from corpus.fold import fold

Operation = Literal["difference", "sum", "mean", "rate", "share", "times"]

_OF_WHICH = re.compile(r"[はが]、?[^、。]{2,40}の(?:およそ|約|ほぼ)?何倍")
_GAP_TOO = re.compile(r"(?:何[^、。]{1,4}|いくら|どれだけ)(?:増|減|伸)")


def formula_of(operation: Operation, question: Question, a: Operand, b: Operand) -> Claim | None:
    unit = a.unit or b.unit
    match operation:
        case "sum":
            total = a.number + b.number
            shown = result_text(question, total, unit if unit == b.unit or "" in (a.unit, b.unit) else "", a.shown)
            text = f"合わせて{shown}です（{_named(a)} ＋ {_named(b)}）。"
            return Claim(text, _evidence(a, b), (total,))
        case "difference":
            return _difference(question, a, b)
        case "share":
            if not b.number:
                return None
            share = (a.number / b.number * 100).quantize(Decimal("0.1"), rounding="ROUND_HALF_UP")
            text = f"約{_in_tenths(question, share)}です（{_named(a)} ÷ {_named(b)}）。"
            return Claim(text, _evidence(a, b), (share, round(share, 1), Decimal(round(share / 10))))
        case "rate":
            return _rate(a, b)
        case "times":
            return _ratio(question, a, b)
        case "mean":
            return None  # of three or more values only


def _evidence(*operands: Operand) -> tuple[Evidence, ...]:
    """What the operands stand on, each line once."""
    return tuple(dict.fromkeys(o.evidence for o in operands))


def _named(operand: Operand) -> str:
    return f"{operand.name} {operand.shown}".strip()


def _in_tenths(question: Question, share: Decimal) -> str:
    """70%, and 7割（70%） where 何割 is asked."""
    percent = f"{ratio_text(share)}%"
    return f"{round(share / 10)}割（{percent}）" if "何割" in fold(question.text).text and share >= 5 else percent


def _rate(a: Operand, b: Operand) -> Claim | None:
    """By how many percent of the earlier value the later one is larger or smaller; None for two shares."""
    span = _in_time(a, b)
    if span is None or not span[0].number or a.unit in ("%", "ポイント", "割"):
        return None
    before, after = span
    rate = ((after.number - before.number) / before.number * 100).quantize(Decimal("0.1"), rounding="ROUND_HALF_UP")
    way = "増加" if rate >= 0 else "減少"
    text = f"約{ratio_text(abs(rate))}%の{way}です（{before.name} {before.shown} → {after.name} {after.shown}）。"
    return Claim(text, _evidence(a, b), (abs(rate),))


def _ratio(question: Question, a: Operand, b: Operand) -> Claim | None:
    """The later by the earlier, the first by the second where the question says of which one (AはBの何倍), else the larger by the smaller."""
    span = _in_time(a, b)
    if span:
        below, above = span
    elif _OF_WHICH.search(fold(question.text).text):
        above, below = a, b
    else:
        below, above = sorted((a, b), key=lambda o: o.number)
    if not below.number:
        return None
    times = (above.number / below.number).quantize(Decimal("0.01"), rounding="ROUND_HALF_UP")
    text = f"約{ratio_text(times, 2)}倍です（{above.name} {above.shown} ÷ {below.name} {below.shown}）。"
    return Claim(text, _evidence(a, b), (times,))


def _difference(question: Question, a: Operand, b: Operand) -> Claim:
    """How far the two lie apart; what is of two years rose or fell."""
    gap = abs(b.number - a.number)
    unit = a.unit or b.unit
    shown = result_text(question, gap, "ポイント" if unit == "%" else unit, a.shown)
    span = _in_time(a, b)
    if span is None:
        more = a if a.number >= b.number else b
        both = "、".join(map(_named, (a, b)))
        text = f"差は{shown}です（{both}。{more.name or more.shown}の方が多い）。"
    elif not gap:
        before, after = span
        text = f"差はありません（{before.name}、{after.name}とも{a.shown}）。"
    else:
        before, after = span
        way = "増加" if after.number > before.number else "減少"
        text = f"{shown}の{way}です（{_named(before)} → {_named(after)}）。"
    return Claim(text, _evidence(a, b), (gap,))


def _in_time(a: Operand, b: Operand) -> tuple[Operand, Operand] | None:
    """The two in the order of their years; None when they are of no years, or of one."""
    if a.year is None or b.year is None or a.year == b.year:
        return None
    return (a, b) if a.year < b.year else (b, a)


def gap_and_ratio(question: Question, a: Operand, b: Operand) -> Claim | None:
    """The gap and the ratio, where both are asked: 何社増え、何倍になったか."""
    if not _GAP_TOO.search(fold(question.text).text) or not may_result(question, a.unit or b.unit):
        return None
    ratio, gap = _ratio(question, a, b), _difference(question, a, b)
    if ratio is None:
        return None
    head, _, formula = gap.text.partition("です（")
    times = ratio.text.partition("です（")[0]
    return Claim(f"{head}で、{times}です（{formula}", gap.evidence, (*gap.computed, *ratio.computed))


def added(question: Question, operands: Sequence[Operand]) -> Claim | None:
    """The sum of three or more."""
    if len(operands) < 3:
        return None
    total = sum((o.number for o in operands), Decimal(0))
    shown = result_text(question, total, operands[0].unit, operands[0].shown)
    parts = " ＋ ".join(f"{o.name} {o.shown}" for o in operands)
    return Claim(f"合わせて{shown}です（{parts}）。", _evidence(*operands), (total,))
