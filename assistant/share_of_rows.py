"""Shares within a table: of one column of a row in another column, and of a row in the row that is named as the whole, else in the total (計)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.candidates import Candidate, read_text
from assistant.operands import PART_OF_WHOLE, Operand, column_operand
from assistant.question import Question
from assistant.scoring import Scored, is_named
from assistant.tables_reading import TOTALS, CellValue, column, row_evidence, row_values, table_rows
from corpus.fold import fold, key

_SHARE = re.compile(r"割合|比率|シェア|何(?:%|パーセント|割)")
_DEPTH, _SHORTEST = 8, 2


def part_and_whole(
    question: Question, ranked: Sequence[Scored], candidates: Sequence[Candidate]
) -> tuple[Operand, Operand] | None:
    """(part, whole) of one row: …のうち B の割合 / A に占める B の割合."""
    match = PART_OF_WHOLE.search(fold(question.text).text)
    if not match:
        return None
    for scored in ranked[:8]:
        row = scored.candidate
        if row.unit.kind != "row" or (question.years and not any(d.year in question.years for d in row.own.dates)):
            continue
        rows = table_rows(row, candidates)
        if not question.years and not is_named(question, row):  # what is asked of all stands in the total
            row = next((r for r in rows if key(r.unit.cells[0].text) in TOTALS), row)
        numbers = row_values(row, rows)
        part = max(numbers, key=lambda v: _overlap(v.cell.header, match["part"]), default=None)
        whole = max(
            (v for v in numbers if v is not part), key=lambda v: _overlap(v.cell.header, match["whole"]), default=None
        )
        if part and whole and read_text(part.head).dates and read_text(whole.head).dates:
            continue  # one year is no part of another
        if part and whole and _overlap(part.cell.header, match["part"]) and whole.number:
            return column_operand(part), column_operand(whole)
    return None


def share_of_rows(
    question: Question, ranked: Sequence[Scored], candidates: Sequence[Candidate]
) -> tuple[Operand, Operand] | None:
    """(part, whole) in the column that the question names; None unless the part's row is named after うち or に占める."""
    asked = PART_OF_WHOLE.search(fold(question.text).text)
    if not asked:
        return None
    part_words, whole_words = key(asked["part"]), key(asked["whole"])
    amounts = replace(question, text=_SHARE.sub("", fold(question.text).text), unit="")  # the rows hold no shares
    for scored in ranked[:_DEPTH]:
        if scored.candidate.unit.kind != "row":
            continue
        values = column(amounts, table_rows(scored.candidate, candidates))
        parts = [v for v in values if len(key(v.name)) >= _SHORTEST and key(v.name) in part_words]
        part = max(parts, key=lambda v: len(key(v.name)), default=None)
        whole = _whole_of(values, whole_words)
        if part and whole and part is not whole and part.unit == whole.unit and 0 < part.number < whole.number:
            return _operand(part), _operand(whole)
    return None


def _whole_of(values: Sequence[CellValue], words: str) -> CellValue | None:
    named = [v for v in values if len(key(v.name)) >= _SHORTEST and key(v.name) in words]
    totals = [v for v in values if key(v.name) in TOTALS]
    return max(named, key=lambda v: len(key(v.name)), default=totals[0] if len(totals) == 1 else None)


def _operand(value: CellValue) -> Operand:
    return Operand(value.name, value.number, value.unit, value.surface, row_evidence(value))


def _overlap(header: str, text: str) -> int:
    return len(read_text(header).terms & read_text(text).terms)
