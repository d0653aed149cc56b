"""The amount and the count of a table that a question per unit divides: 受入額 and 件数 of a row, or of two rows in one column."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.asked_value import counts_things, fits_counter
from assistant.candidates import Candidate, read_text
from assistant.operands import Operand
from assistant.question import Question
from assistant.scoring import Scored, is_named
from assistant.tables_reading import CellValue, row_evidence, row_values, table_rows
from corpus.fold import key

_DEPTH = 6
_PART = re.compile(r"^(?:うち|内)")


def in_table(
    question: Question, ranked: Sequence[Scored], candidates: Sequence[Candidate], of: str, counter: str
) -> tuple[Operand, Operand] | None:
    """(amount, count); None unless the question names the amount's column and the row, or the amount's row and the column."""
    for scored in ranked[:_DEPTH]:
        row = scored.candidate
        if row.unit.kind != "row":
            continue
        rows = table_rows(row, candidates)
        own = row_values(row, rows)
        if is_named(question, row) or any(d.year in question.years for d in row.own.dates):
            pair = _pair(question, own, lambda v: v.head, of, counter)
            if pair:
                return pair
        heads = [v.head for v in own if len(key(v.head)) >= 2 and key(v.head) in key(question.text)]
        if len(heads) == 1:
            cells = [v for r in rows for v in row_values(r, rows) if v.head == heads[0]]
            pair = _pair(question, cells, lambda v: v.name, of, counter)
            if pair:
                return pair
    return None


def _pair(
    question: Question, values: Sequence[CellValue], name: Callable[[CellValue], str], of: str, counter: str
) -> tuple[Operand, Operand] | None:
    """The values whose names the question holds best: one that counts `of`, and one that is no count and no share."""
    counts = [v for v in values if _counts(v, name(v), of, counter)]
    amounts = [
        v
        for v in values
        if v not in counts and v.unit != "%" and not counts_things(name(v)) and _told(question, name(v)) > 0
    ]
    if question.kind == "amount" or question.unit:
        amounts = [v for v in amounts if v.unit == "円"]
    count = max(counts, key=lambda v: (not _PART.match(name(v)), _told(question, name(v))), default=None)
    amount = max(amounts, key=lambda v: _told(question, name(v)), default=None)
    if count is None or amount is None or count.number <= 1:
        return None
    return _operand(amount, name(amount)), _operand(count, name(count))


def _counts(value: CellValue, name: str, of: str, counter: str) -> bool:
    """Does it say how many there are: 件数, 採択件数（件）, or a figure in 社?"""
    return bool(re.search(rf"{re.escape(of)}数$", key(name))) or (
        bool(value.unit) and fits_counter(counter, value.unit)
    )


def _told(question: Question, name: str) -> float:
    held = read_text(name).terms
    return sum(t.weight for t in question.terms if t.main in held)


def _operand(value: CellValue, name: str) -> Operand:
    return Operand(name, value.number, value.unit, value.surface, row_evidence(value))
