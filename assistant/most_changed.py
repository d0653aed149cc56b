"""Which row of a table rose or fell most: by its column of changes (増減), or by the columns of two years."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.answer import Claim, Evidence
from assistant.asked_result import result_text
from assistant.candidates import Candidate
from assistant.question import Question
from assistant.scoring import Scored
from assistant.tables_reading import TOTALS, row_evidence, row_values, table_rows, value_of_year
from corpus.fold import fold, key

_ROSE = re.compile(r"(?:最も|一番)[^、。]{0,8}?(?:増え|増加し|増額|伸び|上が|上昇し)")
_FELL = re.compile(r"(?:最も|一番)[^、。]{0,8}?(?:減っ|減少し|減額|下が|低下し|落ち込)")
_CHANGE = re.compile(r"^(?:対?前年度?)?(?:増減|増加|伸び)(?:額|数|幅)?$|^(?:対)?前年度?(?:差|比較)$")
_RATE = re.compile(r"増減率|増加率|伸び率|前年度?比")
_NEGATIVE = re.compile(r"^\s*[△▲−-]")
_DEPTH, _FEWEST = 8, 3


@dataclass(frozen=True, slots=True)
class _Change:
    name: str
    number: Decimal
    unit: str
    like: str
    formula: str
    evidence: Evidence


def most_changed(question: Question, ranked: Sequence[Scored], candidates: Sequence[Candidate]) -> Claim | None:
    """The row that rose (fell) most; None where the question asks for none, or no row went that way."""
    text = fold(question.text).text
    rose, fell = _ROSE.search(text), _FELL.search(text)
    if bool(rose) == bool(fell):
        return None
    for scored in ranked[:_DEPTH]:
        row = scored.candidate
        if row.unit.kind != "row":
            continue
        rows = [r for r in table_rows(row, candidates) if key(r.unit.cells[0].text) not in TOTALS]
        changes = _told(text, rows) or _between(question, rows)
        if len(changes) >= _FEWEST and len({c.unit for c in changes}) == 1:
            return _claim(question, changes, rose=bool(rose))
    return None


def _claim(question: Question, changes: Sequence[_Change], *, rose: bool) -> Claim | None:
    best = (max if rose else min)(c.number for c in changes)
    if (best <= 0) if rose else (best >= 0):
        return None
    chosen = [c for c in changes if c.number == best]
    one = chosen[0]
    shown = result_text(question, abs(best), one.unit, one.like)
    names = "と".join(c.name for c in chosen)
    formula = f"（{one.formula}）" if len(chosen) == 1 else ""
    text = f"{names}で、{shown}の{'増加' if rose else '減少'}です{formula}。"
    return Claim(text, tuple(c.evidence for c in chosen), (abs(best),))


def _told(text: str, rows: Sequence[Candidate]) -> list[_Change]:
    """The column that tells the change, as a rate where the question asks for one."""
    rate = bool(re.search(r"率|何(?:%|パーセント)", text))
    wanted = _RATE if rate else _CHANGE
    out = []
    for row in rows:
        value = next((v for v in row_values(row, rows) if wanted.search(key(v.head))), None)
        if value is None:
            return []
        falls = bool(_NEGATIVE.match(value.cell.text))
        number = -abs(value.number) if falls else value.number
        formula = f"{value.head} {'△' if falls else ''}{value.surface}"
        out.append(_Change(value.name, number, value.unit, value.surface, formula, row_evidence(value)))
    return out


def _between(question: Question, rows: Sequence[Candidate]) -> list[_Change]:
    """The difference of the columns of the two asked years."""
    if len(question.years) != 2:
        return []
    first, last = sorted(question.years)
    out = []
    for row in rows:
        values = row_values(row, rows)
        before, after = value_of_year(question, values, first), value_of_year(question, values, last)
        if before is None or after is None:
            continue
        unit = "ポイント" if after.unit == "%" else after.unit
        formula = f"{before.head} {before.surface} → {after.head} {after.surface}"
        change = after.number - before.number
        out.append(_Change(after.name, change, unit, after.surface, formula, row_evidence(after)))
    return out
