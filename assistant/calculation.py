"""Differences, sums, shares and ratios, worked out by code from cited values and shown as a formula."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from assistant.answer import Claim, Evidence
from assistant.asked_value import NO_COUNT
from assistant.candidates import Candidate, read_text
from assistant.question import Question
from assistant.scoring import Scored, is_named, own_names
from assistant.tables_reading import CellValue, column, row_evidence, rows_for_years, table_rows
from assistant.values import cell_number, find_value, year_of
from assistant.wording import money_text, quantity_text, ratio_text
from corpus.fold import fold, key
from corpus.numeral import grouped
from corpus.tables import is_number

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
_YEAR_BEFORE = re.compile(r"前の?年")


@dataclass(frozen=True, slots=True)
class Operand:
    """A cited number: name for the formula, value in the base unit, how the document writes it, and its evidence."""

    name: str
    number: Decimal
    unit: str
    shown: str
    evidence: Evidence


def operation_of(question: Question) -> Operation | None:
    text = fold(question.text).text
    return next((name for name, pattern in _OPERATIONS if pattern.search(text)), None)


def calculate(question: Question, ranked: Sequence[Scored], candidates: Sequence[Candidate]) -> Claim | None:
    """The calculated answer, or None when the question asks for none or its two numbers are not both found for certain."""
    operation = operation_of(question)
    if operation is None:
        return None
    if operation == "share":
        operands = _part_and_whole(question, ranked, candidates)
    elif operation == "sum" and _SPAN.search(question.text) and (whole := _total(question, ranked, candidates)):
        return whole
    else:
        operands = (
            _by_year(question, ranked, candidates)
            or _in_brackets(question, ranked)
            or _by_name(question, ranked, candidates)
            or _by_column(question, ranked, candidates)
            or (_in_sentence(question, ranked) if operation == "sum" else None)
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


def _operand(value: CellValue) -> Operand:
    return Operand(value.name, value.number, value.unit, value.shown, row_evidence(value))


def _by_year(
    question: Question, ranked: Sequence[Scored], candidates: Sequence[Candidate]
) -> tuple[Operand, Operand] | None:
    years = question.years
    if len(years) == 1 and _YEAR_BEFORE.search(fold(question.text).text):
        years = (years[0] - 1, years[0])
    if len(years) != 2:
        return None
    found = rows_for_years(question, ranked, candidates, years)
    if len(found) != 2:
        return None
    first, second = (_operand(v) for v in found)
    return first, second


def _in_brackets(question: Question, ranked: Sequence[Scored]) -> tuple[Operand, Operand] | None:
    """Two values of one line that carry their years in brackets: 1,200億円(2000年)⇒3,400億円(2019年)."""
    if len(question.years) != 2:
        return None
    for scored in ranked[:3]:
        candidate, text = scored.candidate, scored.candidate.unit.text
        found: dict[int, Operand] = {}
        for q in candidate.own.quantities:
            year = year_of(text, q, candidate.own.dates)
            if year in question.years and year not in found:
                shown = text[q.start : q.end]
                found[year] = Operand(f"{year}年", q.value, q.unit, shown, candidate.evidence())
        if len(found) == 2:
            first, second = (found[y] for y in question.years)
            return first, second
    return None


def _by_name(
    question: Question, ranked: Sequence[Scored], candidates: Sequence[Candidate]
) -> tuple[Operand, Operand] | None:
    """Two units that the question names to the letter, each with a value of the same kind."""
    asked = key(question.text)
    found: dict[str, Operand] = {}
    for scored in ranked[:30]:
        candidate = scored.candidate
        if not is_named(question, candidate):
            continue
        name = _name_in(asked, candidate)
        if len(name) < 3 or is_number(name):
            continue
        operand = _value_of(question, candidate, candidates, name)
        if operand and name not in found:
            found[name] = operand
    names = sorted(found, key=lambda n: asked.index(n))
    # A name must not be found inside a longer one that the question means.
    names = [
        n
        for n in names
        if not any(n != m and n in m for m in names) or asked.replace(max(names, key=len), "").find(n) >= 0
    ]
    if len(names) != 2:
        return None
    return found[names[0]], found[names[1]]


def _by_column(
    question: Question, ranked: Sequence[Scored], candidates: Sequence[Candidate]
) -> tuple[Operand, Operand] | None:
    """Two cells of one row whose heads the question tells apart: 県内の避難者数 and 県外への避難者数 of 宮城県."""
    for scored in ranked[:4]:
        row = scored.candidate
        if row.unit.kind != "row" or not is_named(question, row):
            continue
        rows = table_rows(row, candidates)
        cells = [
            CellValue(row, cell, *number)
            for cell in row.unit.cells[1:]
            if cell.header and (number := cell_number(row, cell, rows))
        ]
        named: dict[int, CellValue] = {}
        for term in question.terms:
            holding = [n for n, v in enumerate(cells) if term.main in read_text(v.cell.header).terms]
            if len(holding) == 1:
                named[holding[0]] = cells[holding[0]]
        if len(named) == 2:
            first, second = (_column_operand(named[n]) for n in sorted(named))
            return first, second
    return None


def _in_sentence(question: Question, ranked: Sequence[Scored]) -> tuple[Operand, Operand] | None:
    """Two counts of one line whose counted things the question names: 企業と機関の合計 of 79企業、30機関."""
    asked = {term.main for term in question.terms}
    for scored in ranked[:2]:
        candidate, text = scored.candidate, scored.candidate.unit.text
        found = [q for q in candidate.own.quantities if read_text(text[q.start : q.end]).terms & asked]
        if len(found) == 2:
            first, second = (
                Operand("", q.value, q.unit, re.sub(r"\s+", "", text[q.start : q.end]), candidate.evidence())
                for q in found
            )
            return first, second
    return None


def _name_in(asked: str, candidate: Candidate) -> str:
    return max((k for k in own_names(candidate) if k in asked), key=len, default="")


def _value_of(question: Question, candidate: Candidate, candidates: Sequence[Candidate], name: str) -> Operand | None:
    if candidate.unit.kind == "row":
        rows = table_rows(candidate, candidates)
        values = column(question, rows)
        hit = next((v for v in values if v.row.position == candidate.position), None)
        if hit is None:
            return None
        operand = _operand(hit)
        return operand if name in key(operand.name) else replace(operand, name=_heading_named(candidate, name))
    value = find_value(question, candidate)
    if value is None or value.number is None:
        return None
    return Operand(_heading_named(candidate, name), value.number, value.unit, value.text, candidate.evidence())


def _heading_named(candidate: Candidate, name: str) -> str:
    """The heading as it is written whose key is `name`."""
    return next((h for h in reversed(candidate.unit.headings) if key(h) == name), name)


def _part_and_whole(
    question: Question, ranked: Sequence[Scored], candidates: Sequence[Candidate]
) -> tuple[Operand, Operand] | None:
    """(part, whole) of one row: …のうち B の割合 / A に占める B の割合."""
    text = fold(question.text).text
    match = re.search(r"(?P<whole>[^、。]*?)(?:のうち|に占める|に対する)、?(?P<part>.*)", text)
    if not match:
        return None
    for scored in ranked[:8]:
        row = scored.candidate
        if row.unit.kind != "row" or (question.years and not any(d.year in question.years for d in row.own.dates)):
            continue
        rows = table_rows(row, candidates)
        numbers = [
            CellValue(row, cell, *number)
            for cell in row.unit.cells[1:]
            if cell.header and (number := cell_number(row, cell, rows))
        ]
        part = max(numbers, key=lambda v: _overlap(v.cell.header, match["part"]), default=None)
        whole = max(
            (v for v in numbers if v is not part), key=lambda v: _overlap(v.cell.header, match["whole"]), default=None
        )
        if part and whole and _overlap(part.cell.header, match["part"]) and whole.number:
            return _column_operand(part), _column_operand(whole)
    return None


def _column_operand(value: CellValue) -> Operand:
    return Operand(value.head, value.number, value.unit, value.surface, row_evidence(value))


def _overlap(header: str, text: str) -> int:
    return len(read_text(header).terms & read_text(text).terms)


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
            gap = abs(b.number - a.number)
            more = a if a.number >= b.number else b
            shown = _both(gap, unit, a.shown)
            if (span := _in_time(a, b)) is not None:
                before, after = span
                way = "増加" if after.number > before.number else "減少" if after.number < before.number else "変化なし"
                text = f"{shown}の{way}です（{before.name} {before.shown} → {after.name} {after.shown}）。"
                return Claim(
                    text if gap else f"差はありません（{before.name}、{after.name}とも{a.shown}）。",
                    evidence,
                    _computed(gap),
                )
            text = f"差は{shown}です（{a.name} {a.shown}、{b.name} {b.shown}。{more.name}の方が多い）。"
            return Claim(text, evidence, _computed(gap))
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
