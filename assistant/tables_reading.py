"""The rows, columns and figures of tables: the column that a question names, the rows of its years."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import reduce

from assistant.answer import Evidence
from assistant.asked_result import may_result
from assistant.candidates import Candidate, Reading, read_text
from assistant.question import Question
from assistant.scoring import Scored, holds
from assistant.term import Term
from assistant.values import NO_VALUE, cell_number
from assistant.wording import money_text
from corpus.fold import key
from corpus.tables import Cell, is_year, row_names

_HEAD_UNIT = re.compile(r"[（(]\s*(?:単位\s*[:：]?\s*)?(?:[千百万億兆]*円|[千万]?人|%|％|社|件|ha|万台|台)\s*[)）]")
TOTALS = frozenset(
    {"計", "合計", "総計", "小計", "総数", "総額", "全体", "全国", "歳出合計", "歳入合計", "total"}
)  # rows
_TABLE = 0.1  # what a word that names the whole table tells of its columns


@dataclass(frozen=True, slots=True)
class CellValue:
    """A cell's number in its base unit, with the row that it stands in."""

    row: Candidate
    cell: Cell
    number: Decimal
    unit: str
    surface: str

    @property
    def shown(self) -> str:
        """As the document writes it, with the full yen amount beside thousands and millions."""
        full = money_text(self.number) if self.unit == "円" and re.search(r"千円|百万円", self.surface) else ""
        return f"{self.surface}（{full}）" if full and key(full) != key(self.surface) else self.surface

    @property
    def head(self) -> str:
        """The column's head without the unit that it declares; a bare year gets its 年."""
        return _with_year(_HEAD_UNIT.sub("", self.cell.header).strip())

    @property
    def name(self) -> str:
        """The row's first cell without the unit that it declares; a bare year gets its 年."""
        text = _HEAD_UNIT.sub("", " ".join(row_names(self.row.unit.cells))).strip()
        return _with_year(text)


def _with_year(text: str) -> str:
    return f"{text}年" if text.isdigit() and is_year(text) else text


def table_rows(row: Candidate, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The rows of the table that `row` stands in, in order: same page, same headings, same column heads."""
    heads = tuple(c.header for c in row.unit.cells)
    return sorted(
        (
            c
            for c in candidates
            if c.unit.kind == "row"
            and c.on_page == row.on_page
            and c.unit.headings == row.unit.headings
            and tuple(x.header for x in c.unit.cells) == heads
        ),
        key=lambda c: c.position,
    )


def column(question: Question, rows: Sequence[Candidate]) -> list[CellValue]:
    """The numbers of the column that the question names best, one for each row that has one."""
    if not rows:
        return []
    best: tuple[float, int] | None = None
    asked = key(question.text).replace("の", "")  # 県の外 asks for 県外
    whole = rows[0].headings
    numeric = 0
    width = len(rows[0].unit.cells)
    for n in range(1, width):
        if rows[0].unit.cells[n].header in NO_VALUE:
            continue
        numbers = [v for r in rows if n < len(r.unit.cells) and (v := cell_number(r, r.unit.cells[n], rows))]
        if len(numbers) < 0.5 * len(rows) or not any(may_result(question, v[1]) for v in numbers):
            continue
        numeric += 1
        head = read_text(rows[0].unit.cells[n].header, bare_years=True)
        points = sum(t.weight * _tells(t, head, whole) for t in question.terms)
        points += sum(len(t) >= 2 and t in asked and t not in key(question.text) for t in sorted(head.terms))
        if best is None or points > best[0] + 1e-9:
            best = (points, n)
    if best is None or (numeric > 1 and best[0] <= 0):
        return []
    out = []
    for row in rows:
        if best[1] < len(row.unit.cells):
            cell = row.unit.cells[best[1]]
            number = cell_number(row, cell, rows)
            if number and may_result(question, number[1]):
                out.append(CellValue(row, cell, *number))
    return out


def _tells(term: Term, head: Reading, table: Reading) -> float:
    """How far a word names the column; what the table's own headings say better than the head (予算 for 事業費) names the table."""
    found = holds(term, head)
    return found * (_TABLE if found < holds(term, table) else 1.0)


def row_evidence(value: CellValue, *others: CellValue) -> Evidence:
    """The row as evidence, for values of its cells; its context also names the units that the numbers inherit from their columns."""
    evidence = value.row.evidence()
    context = evidence.context
    for one in (value, *others):
        unit = re.sub(r"^[\d,.]+", "", one.surface)
        if unit and unit not in one.cell.text and f"単位：{unit}" not in context:
            context += f" / 単位：{unit}"
    return replace(evidence, context=context)


def row_values(row: Candidate, rows: Sequence[Candidate]) -> list[CellValue]:
    """The numbers of a row under their heads, in the order of the columns; `rows` are those of its table."""
    return [
        CellValue(row, cell, *number)
        for cell in row.unit.cells[1:]
        if cell.header and (number := cell_number(row, cell, rows))
    ]


def value_of_year(question: Question, values: Sequence[CellValue], year: int) -> CellValue | None:
    """The column of the year; where it has several (開業率 2015年, 廃業率 2015年), the one that the question names best."""
    dated = [v for v in values if any(d.year == year for d in read_text(v.head, bare_years=True).dates)]
    return max(dated, key=lambda v: sum(t.weight * holds(t, read_text(v.head)) for t in question.terms), default=None)


def named_cells(question: Question, row: Candidate, rows: Sequence[Candidate]) -> list[CellValue]:
    """The numbers of a row whose column heads the question names: TAMAとシリコンバレーの面積はそれぞれ….

    A head that stands in the question only as a part of a longer one (出荷額 in 一人当たりの出荷額) is not named.
    """
    asked = key(question.text)
    named = [v for v in row_values(row, rows) if len(key(v.head)) >= 2 and key(v.head) in asked]
    heads = sorted({key(v.head) for v in named}, key=len, reverse=True)
    apart = {head for n, head in enumerate(heads) if head in reduce(_without, heads[:n], asked)}
    return [v for v in named if key(v.head) in apart]


def _without(text: str, head: str) -> str:
    return text.replace(head, "|")


def rows_for_years(
    question: Question,
    ranked: Sequence[Scored],
    candidates: Sequence[Candidate],
    years: Sequence[int] = (),
    may_be: Callable[[str], bool] | None = None,
) -> list[CellValue]:
    """One value for each of `years` (those of the question), from one table; empty unless every year has its row.

    A column of a unit that `may_be` refuses is passed over.
    """
    years = years or question.years
    if not years:
        return []
    for scored in ranked[:12]:
        if scored.candidate.unit.kind != "row":
            continue
        values = [
            v for v in column(question, table_rows(scored.candidate, candidates)) if may_be is None or may_be(v.unit)
        ]
        found = []
        for year in years:
            hit = next(
                (v for v in values if any(d.year == year for d in read_text(v.name, bare_years=True).dates)), None
            )
            if hit is None:
                break
            found.append(hit)
        if len(found) == len(years):
            return found
    return []
