"""A row's share of another row of its table: of the one that the question names as the whole, else of the total (計)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.candidates import Candidate
from assistant.operands import PART_OF_WHOLE, Operand
from assistant.question import Question
from assistant.scoring import Scored
from assistant.tables_reading import CellValue, column, row_evidence, table_rows
from corpus.fold import fold, key

_SHARE = re.compile(r"割合|比率|シェア|何(?:%|パーセント|割)")
_WHOLE = ("計", "合計", "総計", "総数", "全体", "総額")
_DEPTH, _SHORTEST = 8, 2


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
    totals = [v for v in values if key(v.name) in _WHOLE]
    return max(named, key=lambda v: len(key(v.name)), default=totals[0] if len(totals) == 1 else None)


def _operand(value: CellValue) -> Operand:
    return Operand(value.name, value.number, value.unit, value.surface, row_evidence(value))
