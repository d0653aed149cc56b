"""Is a stated total the sum of its parts? 14機関 of which 7大学、4自治体、1金融機関 are listed: both are shown, and whether they agree."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from assistant.answer import Claim
from assistant.asked_value import NO_COUNT
from assistant.candidates import Candidate
from assistant.operands import Operand
from assistant.question import Question
from assistant.scoring import Scored
from assistant.tables_reading import column, row_evidence, table_rows
from assistant.wording import quantity_text
from corpus.fold import fold, key

_ADDED = re.compile(r"足し|足す|合計|合算|内訳|積み上げ")
_AGREE = re.compile(r"合って|合いま|合う|合わな|合わせ(?:て|た)?と?同じ|同じ|一致|等し|食い違|矛盾|ずれ")
_WHOLE = re.compile(r"(?:合?計|総[計数]|全体)(?:[(（].*[)）])?")
_WITHIN = re.compile(r"うち|内数|再掲")  # counted in another part already
_LISTED = re.compile(r"[、・]")
_BEFORE = 2  # lines between a total and the line that lists its parts
_DEPTH = 6


def stated_total(question: Question, ranked: Sequence[Scored], candidates: Sequence[Candidate]) -> Claim | None:
    """Whether a total agrees with the sum of what is counted under it; None when that is not asked, or either is not certain."""
    text = fold(question.text).text
    if not (_ADDED.search(text) and _AGREE.search(text)):
        return None
    for scored in ranked[:_DEPTH]:
        found = _of_table(question, scored.candidate, ranked, candidates) or _of_line(scored.candidate, candidates)
        if found:
            return _said(*found)
    return None


def _said(total: Operand, parts: Sequence[Operand]) -> Claim:
    added = sum((p.number for p in parts), Decimal(0))
    formula = " ＋ ".join(f"{p.name} {p.shown}".strip() for p in parts)
    shown = quantity_text(added, total.unit if len({p.unit for p in parts}) == 1 else "")
    verdict = "一致します" if added == total.number else "合いません"
    text = f"{verdict}：記載の計は{total.shown}、内訳を足すと{shown}です（{formula}）。"
    return Claim(text, tuple(dict.fromkeys((total.evidence, *(p.evidence for p in parts)))), (added,))


def _of_table(
    question: Question, row: Candidate, ranked: Sequence[Scored], candidates: Sequence[Candidate]
) -> tuple[Operand, list[Operand]] | None:
    """The total row of a column, else the one figure of its unit in a line of the page, and the rows that it sums."""
    if row.unit.kind != "row":
        return None
    values = column(question, table_rows(row, candidates))
    cells = [Operand(v.name, v.number, v.unit, v.surface, row_evidence(v)) for v in values]
    parts = [c for c in cells if not _WHOLE.fullmatch(key(c.name)) and not _WITHIN.search(c.name)]
    totals = [c for c in cells if _WHOLE.fullmatch(key(c.name))] or _in_lines(row, parts, ranked)
    if len(totals) != 1 or len(parts) < 2 or len({p.unit for p in (*parts, totals[0])}) != 1:
        return None
    return totals[0], parts


def _in_lines(row: Candidate, parts: Sequence[Operand], ranked: Sequence[Scored]) -> list[Operand]:
    """The figure that the best line of the page gives in the unit of the parts."""
    unit = parts[0].unit if parts else ""
    for scored in ranked[: 2 * _DEPTH]:
        candidate = scored.candidate
        figures = [q for q in candidate.own.quantities if q.unit == unit]
        if unit and candidate.page is row.page and candidate.unit.kind != "row" and len(figures) == 1:
            shown = candidate.unit.text[figures[0].start : figures[0].end]
            return [Operand("", figures[0].value, unit, shown, candidate.evidence())]
    return []


def _of_line(line: Candidate, candidates: Sequence[Candidate]) -> tuple[Operand, list[Operand]] | None:
    """A line that lists counted things one by one, and the one count in the line before it."""
    parts = _listed(line)
    if len(parts) < 3:
        return None
    before = [c for c in candidates if c.page is line.page and 0 < line.position - c.position <= _BEFORE]
    for candidate in sorted(before, key=lambda c: -c.position):
        counts = [q for q in candidate.own.quantities if q.unit not in NO_COUNT]
        if len(counts) == 1 and counts[0].value > max(p.number for p in parts):
            shown = candidate.unit.text[counts[0].start : counts[0].end]
            return Operand("", counts[0].value, counts[0].unit, shown, candidate.evidence()), parts
    return None


def _listed(line: Candidate) -> list[Operand]:
    """The counts of 7大学、4自治体、1金融機関; none unless every item of the list has one."""
    text, parts = line.unit.text, []
    start = 0
    for end in [*(m.start() for m in _LISTED.finditer(text)), len(text)]:
        inside = [q for q in line.own.quantities if start <= q.start < end]
        if inside:
            shown = re.match(r"[\d０-９,]+[^\d、・。（(]{0,12}?(?=と|で|から|が|を|$)", text[inside[0].start : end])
            if len(inside) != 1 or inside[0].unit in NO_COUNT or not shown:
                return []
            parts.append(Operand("", inside[0].value, inside[0].unit, shown[0].strip(), line.evidence()))
        elif parts:
            return []
        start = end + 1
    return parts
