"""The sum or the mean over a span of years or over all rows: of a table's column, of its row across years, or of one line (2019年度 11件、2020年度 14件)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.answer import Claim
from assistant.asked_result import may_result, result_text
from assistant.asked_value import asked_counter, fits
from assistant.candidates import Candidate, read_text
from assistant.line_years import values_by_year
from assistant.operands import Operand, operand_of
from assistant.question import Question
from assistant.scoring import Scored, is_named
from assistant.tables_reading import CellValue, column, row_evidence, row_values, table_rows
from corpus.fold import fold

_ALL_ROWS = re.compile(r"から.{1,12}まで|すべて|全て|全部|総計|[3-9]つ|[3-9](?:年|か年)間|[~〜～]")
_YEAR_SPAN = re.compile(r"(?:から|[~〜～]|[3-9](?:年|か年)間)")
_MOST_ROWS, _DEPTH, _TABLES = 12, 3, 12
_HELD = 0.5
_RESULT = frozenset("合計 総計 計 合算 合わせる 平均 足す".split())  # what is done with the values names no column


def spans_years(question: Question) -> bool:
    """Does the question ask for all years from one to a later one, with others between?"""
    years = question.years
    return (
        len(years) == 2
        and abs(years[0] - years[1]) > 1
        and bool(_YEAR_SPAN.search(fold(question.text, drop_space=True).text))
    )


def over_all(
    question: Question, ranked: Sequence[Scored], candidates: Sequence[Candidate], *, mean: bool = False
) -> Claim | None:
    """The sum (the mean) of three values or more; None unless every year of an asked span has its value."""
    if not ranked or not (_ALL_ROWS.search(fold(question.text).text) or spans_years(question)):
        return None
    question = replace(question, terms=tuple(t for t in question.terms if t.main not in _RESULT))
    ways = (_across, _rows, _line) if ranked[0].candidate.unit.kind == "row" else (_line, _across, _rows)
    for way in ways:
        found = way(question, ranked, candidates)
        if 2 < len(found) <= _MOST_ROWS and len({o.unit for o in found}) == 1:
            return _claim(question, found, mean=mean)
    return None


def _claim(question: Question, found: Sequence[Operand], *, mean: bool) -> Claim:
    total = sum((o.number for o in found), Decimal(0))
    unit, like = found[0].unit, found[0].shown
    parts = " ＋ ".join(f"{o.name} {o.shown}" for o in found)
    evidence = tuple(dict.fromkeys(o.evidence for o in found))
    if not mean:
        return Claim(f"合わせて{result_text(question, total, unit, like)}です（{parts}）。", evidence, (total,))
    average = _rounded(total / len(found), unit, like)
    text = f"平均は約{result_text(question, average, unit, like)}です（（{parts}）÷ {len(found)}）。"
    return Claim(text, evidence, (average, Decimal(len(found))))


def _rounded(number: Decimal, unit: str, like: str) -> Decimal:
    """One decimal in the scale of the operands; whole yen of amounts in yen."""
    scales = (("百万円", Decimal(10**5)), ("千円", Decimal(100)), ("億", Decimal(10**7)), ("万", Decimal(10**3)))
    step = next((s for name, s in scales if name in like), Decimal(1) if unit == "円" else Decimal("0.1"))
    return (number / step).quantize(Decimal(1), rounding="ROUND_HALF_UP") * step


def _within(question: Question, found: dict[int, Operand]) -> list[Operand]:
    """The values of the asked span in order; [] where one of its years has none."""
    first, last = min(question.years), max(question.years)
    inside = [found[year] for year in sorted(found) if first <= year <= last]
    return inside if len(inside) == last - first + 1 else []


def _rows(question: Question, ranked: Sequence[Scored], candidates: Sequence[Candidate]) -> list[Operand]:
    """The column that the question names, in the rows of the span; without years the whole column of the best row."""
    for scored in ranked[: _TABLES if len(question.years) == 2 else 1]:
        if scored.candidate.unit.kind != "row":
            continue
        values = column(question, table_rows(scored.candidate, candidates))
        if len(question.years) != 2:
            return [_operand(v, v.name) for v in values]
        found = _within(question, {y: _operand(v, v.name) for v in values if (y := _year_in(v.name))})
        if found:
            return found
    return []


def _across(question: Question, ranked: Sequence[Scored], candidates: Sequence[Candidate]) -> list[Operand]:
    """The row that the question names, under the years of the span."""
    if len(question.years) != 2:
        return []
    for scored in ranked[:_TABLES]:
        row = scored.candidate
        if row.unit.kind != "row" or not is_named(question, row):
            continue
        values = row_values(row, table_rows(row, candidates))
        fits_it = all(may_result(question, v.unit) for v in values)
        found = _within(question, {y: _operand(v, v.head) for v in values if fits_it and (y := _year_in(v.head))})
        if found:
            return found
    return []


def _line(question: Question, ranked: Sequence[Scored], _candidates: Sequence[Candidate]) -> list[Operand]:
    """The values of one kind that a line gives to the years of the span."""
    if len(question.years) != 2:
        return []
    counter = asked_counter(question)
    for scored in ranked[:_DEPTH]:
        line, text = scored.candidate, scored.candidate.unit.text
        if line.unit.cells or scored.coverage < _HELD:
            continue
        for unit in dict.fromkeys(q.unit for q in line.own.quantities):
            fitting = [q for q in line.own.quantities if q.unit == unit and fits(question, q, counter)]
            if not fitting or not may_result(question, unit):
                continue
            dated = values_by_year(line, fitting)
            named = {y: operand_of(line, q, text[d.start : d.end], y) for y, (q, d) in dated.items()}
            found = _within(question, named)
            if found:
                return found
    return []


def _year_in(text: str) -> int | None:
    dates = read_text(text, bare_years=True).dates
    return dates[0].year if dates else None


def _operand(value: CellValue, name: str) -> Operand:
    return Operand(name, value.number, value.unit, value.surface, row_evidence(value))
