"""The unit in which the result of a calculation is wanted: 何件, 何億円, 何万kW, 何ポイント."""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.asked_value import MONEY, asked_counter, fits_counter
from assistant.question import Question
from assistant.wording import money_in, money_text, quantity_text, scaled_text
from corpus.fold import fold, key
from corpus.numeral import grouped

_SCALE = re.compile(r"何(百万|十万|十億|[百千万億])(?!円)(?=[^\s、。はがをのに])")
_POINTS = frozenset({"%", "ポイント"})


def may_result(question: Question, unit: str) -> bool:
    """May the result have this base unit? What is counted in 件 is no money, and a bare number may be anything but money."""
    if question.unit:
        return unit == "円"
    counter = asked_counter(question)
    if counter in (None, "倍"):
        return True
    if counter == "ポイント":
        return unit in _POINTS
    return unit == "" or fits_counter(str(counter), unit)


def result_text(question: Question, number: Decimal, unit: str, like: str) -> str:
    """The result with the asked scale first, then as the operands are written (`like`), with the full yen amount beside 千円 and 百万円."""
    shown = _as_written(number, unit, like)
    if unit == "円" and question.unit:
        wanted = money_in(number, question.unit)
        return shown if key(wanted) in key(shown) else f"{wanted}（{money_text(number)}）"
    scale = _SCALE.search(fold(question.text).text)
    if scale and unit not in ("", "円", "%"):
        return scaled_text(number, unit, scale[1])
    return shown


def _as_written(number: Decimal, unit: str, like: str) -> str:
    if unit in MONEY and unit != "円":
        return f"{money_text(number).removesuffix('円')}{unit}"  # 195億ユーロ
    if unit != "円":
        return quantity_text(number, unit)
    for name, factor in (("千円", 10**3), ("百万円", 10**6)):
        if name in like:
            return f"{grouped(number / factor)}{name}（{money_text(number)}）"
    return money_text(number)
