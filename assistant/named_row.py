"""A table's row as a list: its name is asked for, and it has as many cells as things are asked for."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assistant.answer import Claim
from assistant.candidates import Candidate, read_text
from assistant.question import Question
from assistant.scoring import Scored, holds
from assistant.tables_reading import table_rows
from corpus.dates import find_dates
from corpus.tables import is_number

_DEPTH = 10


def named_row(question: Question, ranked: Sequence[Scored], candidates: Sequence[Candidate]) -> Claim | None:
    """The cells of the best ranked row that the question names before all others of its table; None without such a row."""
    for scored in ranked[:_DEPTH]:
        row = scored.candidate
        cells = row.unit.cells[1:]
        if (
            question.count is None
            or len(cells) != question.count
            or any(is_number(c.text) or find_dates(c.text) for c in cells)
        ):
            continue
        named = [(_named(question, r), r) for r in table_rows(row, candidates)]
        most = max(share for share, _ in named)
        (row, *others) = [r for share, r in named if share == most]
        heads = read_text(" ".join(c.header for c in row.unit.cells[1:]))
        if most and not others and any(holds(t, heads) for t in question.terms):
            text = "、".join(c.text for c in row.unit.cells[1:])
            return Claim(f"{question.count}つあります：{text}。", (row.evidence(),), (Decimal(question.count),))
    return None


def _named(question: Question, row: Candidate) -> float:
    """Weight of the question that the row's name holds."""
    name = read_text(row.unit.cells[0].text)
    return sum(t.weight * holds(t, name) for t in question.terms)
