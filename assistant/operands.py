"""The two cited numbers of a calculation: by their years, names, columns, or as counts of one line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.answer import Evidence
from assistant.asked_result import may_result
from assistant.candidates import Candidate, read_text
from assistant.line_years import both_years
from assistant.question import Question
from assistant.scoring import Scored, holds, is_named, own_names
from assistant.tables_reading import (
    CellValue,
    column,
    named_cells,
    row_evidence,
    row_values,
    rows_for_years,
    table_rows,
    value_of_year,
)
from assistant.values import find_value
from corpus.dates import DateMention
from corpus.fold import fold, key
from corpus.quantity import Quantity
from corpus.tables import is_number

_MENTIONED = re.compile(r"(?P<a>[^、。はがのをとに]{3,20})と(?P<b>[^、。はがのをとに]{3,20}?)(?:と)?(?=[をのではに])")
_YEAR_BEFORE = re.compile(r"前の?年")
_ROWS = 6
PART_OF_WHOLE = re.compile(r"(?P<whole>[^、。]*?)(?:のうち|に占める|に対する)、?(?P<part>.*)")


@dataclass(frozen=True, slots=True)
class Operand:
    """A cited number: name for the formula, value in the base unit, how the document writes it, and its evidence.

    `year` is set where the name is a time.
    """

    name: str
    number: Decimal
    unit: str
    shown: str
    evidence: Evidence
    year: int | None = None


def operand_of(candidate: Candidate, quantity: Quantity, name: str = "", year: int | None = None) -> Operand:
    """A figure of a line."""
    shown = quantity.written(candidate.unit.text)
    return Operand(name, quantity.value, quantity.unit, shown, candidate.evidence(), year)


def _operand(value: CellValue) -> Operand:
    return Operand(value.name, value.number, value.unit, value.shown, row_evidence(value))


def by_year(
    question: Question, ranked: Sequence[Scored], candidates: Sequence[Candidate]
) -> tuple[Operand, Operand] | None:
    years = question.years
    if len(years) == 1 and _YEAR_BEFORE.search(fold(question.text).text):
        years = (years[0] - 1, years[0])
    if len(years) != 2:
        return None
    found = rows_for_years(question, ranked, candidates, years, lambda unit: may_result(question, unit))
    if len(found) != 2:
        return None
    first, second = (replace(_operand(v), year=y) for v, y in zip(found, years, strict=True))
    return first, second


def by_year_heads(
    question: Question, ranked: Sequence[Scored], candidates: Sequence[Candidate]
) -> tuple[Operand, Operand] | None:
    """The values of the row that the question names, under the two years that it names."""
    if len(question.years) != 2:
        return None
    for scored in ranked[:_ROWS]:
        row = scored.candidate
        if row.unit.kind != "row" or not is_named(question, row):
            continue
        found = _under_years(question, row, table_rows(row, candidates))
        if found:
            first, second = (replace(column_operand(v), year=y) for v, y in zip(found, question.years, strict=True))
            return first, second
    return None


def _under_years(question: Question, row: Candidate, rows: Sequence[Candidate]) -> list[CellValue]:
    """The row's values under the heads of the question's years; empty unless each has a column of its own."""
    values = row_values(row, rows)
    found = [v for year in question.years if (v := value_of_year(question, values, year))]
    return found if len({v.cell.start for v in found}) == len(question.years) else []


def in_line(question: Question, ranked: Sequence[Scored]) -> tuple[Operand, Operand] | None:
    """Two values of one line that the line gives to the two years: 1,200億円(2000年)⇒3,400億円(2019年), 2020年 40MW⇒2028年頃 900MW."""
    if len(question.years) != 2:
        return None
    for scored in ranked[:3]:
        under = _under_years(question, scored.candidate, ())
        if under:
            first, second = (
                replace(_operand(v), name=v.head, year=y) for v, y in zip(under, question.years, strict=True)
            )
            return first, second
        if any(c.header for c in scored.candidate.unit.cells):
            continue  # its figures have the units of their columns
        found = both_years(question, scored.candidate)
        if found:
            first, second = (_of_year(scored.candidate, year, *found[year]) for year in question.years)
            return first, second
    return None


def _of_year(candidate: Candidate, year: int, value: Quantity, date: DateMention) -> Operand:
    text = candidate.unit.text
    written = text[date.start : date.end]
    return Operand(
        f"{year}年" if written[0] in "’‘'" else written,
        value.value,
        value.unit,
        text[value.start : value.end],
        candidate.evidence(),
        year,
    )


def by_name(
    question: Question, ranked: Sequence[Scored], candidates: Sequence[Candidate]
) -> tuple[Operand, Operand] | None:
    """Two units that the question names to the letter, each with a value of the same kind."""
    asked = key(question.text)
    found: dict[str, Operand] = {}
    called: dict[str, tuple[str, ...]] = {}
    for scored in ranked[:30]:
        candidate = scored.candidate
        if not is_named(question, candidate):
            continue
        name = _name_in(asked, candidate)
        if len(name) < 3 or is_number(name):
            continue
        operand = value_of(question, candidate, candidates, name)
        if operand and name not in found:
            found[name] = operand
            called[name] = own_names(candidate)
        elif operand and own_names(candidate) == called[name] and operand.number != found[name].number:
            return None  # two rows of one name: which is meant is not said
    names = sorted(found, key=lambda n: asked.index(n))
    # A name must not be found inside a longer one that the question means.
    names = [
        n
        for n in names
        if not any(n != m and n in m for m in names) or asked.replace(max(names, key=len), "").find(n) >= 0
    ]
    # A heading and a row that stands under it are no two things to compare.
    if len(names) != 2 or names[0] in called[names[1]] or names[1] in called[names[0]]:
        return None
    return found[names[0]], found[names[1]]


def by_mention(
    question: Question, ranked: Sequence[Scored], candidates: Sequence[Candidate]
) -> tuple[Operand, Operand] | None:
    """Two rows of one page that the question mentions in part: 設備投資と技術開発を合わせて of 設備投資支援 and 技術開発支援."""
    for mention in _MENTIONED.finditer(fold(question.text).text):
        found: list[Operand] = []
        pages = set()
        for name in (key(mention["a"]), key(mention["b"])):
            hits = [
                s.candidate
                for s in ranked[:30]
                if s.candidate.unit.kind == "row" and any(name in known for known in own_names(s.candidate)[:1])
            ]
            operand = value_of(question, hits[0], candidates, name) if len(hits) == 1 else None
            if operand:
                found.append(operand)
                pages.add((operand.evidence.document_id, operand.evidence.page_number))
        if len(found) == 2 and len(pages) == 1:
            return found[0], found[1]
    return None


def by_column(
    question: Question, ranked: Sequence[Scored], candidates: Sequence[Candidate]
) -> tuple[Operand, Operand] | None:
    """Two cells of one row whose heads the question tells apart: 県内の避難者数 and 県外への避難者数 of 宮城県."""
    for scored in ranked[:4]:
        row = scored.candidate
        rows = table_rows(row, candidates) if row.unit.kind == "row" else []
        if not rows or not (is_named(question, row) or _in_part(question, row, rows)):
            continue
        cells = row_values(row, rows)
        named: dict[int, CellValue] = {}
        for term in question.terms:
            holding = [n for n, v in enumerate(cells) if term.main in read_text(v.cell.header).terms]
            if len(holding) == 1:
                named[holding[0]] = cells[holding[0]]
        if len(named) == 2:
            asked = key(question.text)
            order = sorted(named, key=lambda n: (asked.find(key(named[n].head)), n))
            first, second = (column_operand(named[n]) for n in order)
            return first, second
    return None


def _in_part(question: Question, row: Candidate, rows: Sequence[Candidate]) -> bool:
    """Two of the heads are in the question, and so is a word of the row's name, where there are other rows."""
    name = read_text(row.unit.cells[0].text)
    named = len(rows) == 1 or any(holds(t, name) for t in question.terms)
    return named and len(named_cells(question, row, rows)) == 2


def in_sentence(question: Question, ranked: Sequence[Scored]) -> tuple[Operand, Operand] | None:
    """Two counts of one line whose counted things the question names: 企業と機関の合計 of 79企業、30機関."""
    asked = {term.main for term in question.terms}
    for scored in ranked[:2]:
        candidate, text = scored.candidate, scored.candidate.unit.text
        found = [q for q in candidate.own.quantities if read_text(text[q.start : q.end]).terms & asked]
        if len(found) == 2:
            first, second = (operand_of(candidate, q) for q in found)
            return first, second
    return None


def _name_in(asked: str, candidate: Candidate) -> str:
    return max((k for k in own_names(candidate) if k in asked), key=len, default="")


def value_of(question: Question, candidate: Candidate, candidates: Sequence[Candidate], name: str) -> Operand | None:
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


def column_operand(value: CellValue) -> Operand:
    return Operand(value.head, value.number, value.unit, value.surface, row_evidence(value))
